"""What stands around an act: of what kind it is, its agreement, sum and place, its day, and who shares its side."""

from __future__ import annotations

import pytest

from kg import extraction, language, linking, pipeline
from kg.graph import load_schema
from kg.model import Article, OffsetMap

PUBLISHED = "2021-06-15"


@pytest.fixture(scope="module")
def facts():
    nlp, lexicon, shapes = language.load(), extraction.prepare(linking.known_names()), pipeline.shapes()
    classes = load_schema().classes

    def read(text: str, kind: str) -> list[dict]:
        article = Article("example.txt", text, OffsetMap((), ()), "", "utf-8", published=PUBLISHED)
        found = extraction.extract(next(language.analyse(nlp, [text])), lexicon, PUBLISHED)
        entities, made, *_ = linking.link([(article, (found.mentions, found.statements))], shapes, classes)
        names = {entity.id: entity.name for entity in entities}
        return [
            {role: sorted(names.get(v, v) for v in values) for role, values in fact.roles.items()}
            | {"time": fact.time, "modality": fact.modality}
            for fact in made
            if fact.type == kind
        ]

    return read


def test_a_contract_to_buy_is_of_both_kinds_with_its_agreement_and_sum(facts):
    (fact,) = facts("砀山县果品协会与盒马鲜生签了5000吨的采购合同，金额3600万元。", "Partnership")
    assert {"agreement", "procurement"} <= set(fact["kind"])
    assert fact["agreement"] == ["采购合同"]
    assert fact["amount"] == ["36000000"]


def test_a_course_that_two_hold_is_training_too(facts):
    (fact,) = facts("沛县商务局与江南大学联合举办三期电商培训班。", "Partnership")
    assert "training" in fact["kind"]


def test_what_is_signed_at_the_event_is_of_its_day(facts):
    text = "6月12日，第三届江苏电商大会在沛县举行。\n沛县与拼多多签署合作协议。"
    assert [fact["time"] for fact in facts(text, "Partnership")] == ["2021-06-12"]


def test_what_was_signed_before_the_event_is_not(facts):
    text = "6月12日，第三届江苏电商大会在沛县举行。\n此前，沛县与拼多多签署合作协议。"
    assert [fact["time"] for fact in facts(text, "Partnership")] == [None]


def test_a_place_and_its_own_office_are_one_side(facts):
    assert facts("沛县与沛县商务局联合举办电商培训班。", "Partnership") == []


def test_the_owner_before_a_partner_is_none(facts):
    (fact,) = facts("沛县与阿里巴巴集团旗下的菜鸟网络签署合作协议。", "Partnership")
    assert fact["partner"] == ["沛县", "菜鸟网络"]


def test_a_deal_that_came_to_nothing_is_denied(facts):
    text = "沛县去年卖出三万吨黄桃。拼多多派人来看过，最后没有谈成。"
    assert "negated" in [fact["modality"] for fact in facts(text, "Partnership")]


def test_who_builds_at_home_builds_there(facts):
    (fact,) = facts("沛县建成村级服务站50个。", "Establishment")
    assert fact["place"] == ["沛县"]


def test_the_site_is_named_in_a_clause_of_its_own(facts):
    (fact,) = facts("沛县建成大蒜电商产业园，总投资600万元，选址敬安镇。", "Establishment")
    assert fact["place"] == ["敬安镇"]
    assert fact["amount"] == ["6000000"]


def test_where_something_opens_is_not_what_opens(facts):
    found = facts("云谷直播基地在沛县电商产业园揭牌。", "Establishment")
    assert [fact["thing"] for fact in found] == [["云谷直播基地"]]


def test_the_organiser_of_an_event_named_before(facts):
    text = "6月12日，第三届江苏电商大会在沛县举行。活动由江苏省商务厅主办，沛县商务局承办。"
    (fact,) = facts(text, "Holding")
    assert fact["organiser"] == ["江苏省商务厅"]
    assert fact["host"] == ["沛县商务局"]
    assert fact["time"] == "2021-06-12"
