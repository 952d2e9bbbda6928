"""Pairs and counts, with figures computed by hand, and what holds of any gold."""

from __future__ import annotations

import random
from math import isnan
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.evaluation import (
    gold_entities,
    gold_facts,
    predicted_entities,
    predicted_facts,
    score_entities,
    score_facts,
)
from kg.evaluation.compare import Agreement
from kg.evaluation.records import Record, named
from kg.evaluation.scoring import Tally, macro_f1
from kg.graph import load_schema
from kg.pipeline import shapes

from .support import GOLD, agreement, counts, fact, rules, score


def test_figures_by_hand() -> None:
    gold = [
        fact("Location", entity="西乾泊村", place="肃宁县"),
        fact("Location", entity="留善寺镇", place="肃宁县"),
        fact("Location", entity="肃宁县", place="河北省", optional=True),
        fact("Holding", event="论坛", time="2020-09"),
        fact("Holding", doc="b.txt", event="论坛"),
    ]
    found = [
        fact("Location", entity="西乾泊村", place="肃宁县"),  # right
        fact("Location", entity="肃宁县", place="河北省"),  # optional: not counted
        fact("Location", entity="河北省", place="肃宁县"),  # wrong
        fact("Holding", event="论坛", time="2021"),  # right but for the time
        fact("Holding", doc="c.txt", event="论坛"),  # gold does not name c.txt
    ]
    result = score(gold, found)
    assert {name: counts(tally) for name, tally in result.by_type.items()} == {
        "Holding": (2, 1, 1, 0),
        "Location": (2, 2, 1, 1),
    }
    assert {name: counts(tally) for name, tally in result.by_document.items()} == {
        "a.txt": (3, 3, 2, 1),
        "b.txt": (1, 0, 0, 0),
    }
    assert counts(result.total) == (4, 3, 2, 1)
    lenient, strict = result.total.lenient, result.total.strict
    assert (lenient.precision, lenient.recall, lenient.f1) == pytest.approx((2 / 3, 1 / 2, 4 / 7))
    assert (strict.precision, strict.recall, strict.f1) == pytest.approx((1 / 3, 1 / 4, 2 / 7))
    assert macro_f1(result.by_type) == pytest.approx((2 / 3 + 1 / 2) / 2)
    assert macro_f1(result.by_document) == pytest.approx((2 / 3 + 0) / 2)
    assert [item.record for item in result.missed] == [gold[1], gold[4]]
    assert [item.record for item in result.wrong] == [found[2]]


def test_a_duplicate_is_wrong() -> None:
    one = fact("Holding", event="论坛")
    assert counts(score([one], [one, one]).total) == (1, 2, 1, 1)
    assert counts(score([one, one], [one]).total) == (2, 1, 1, 1)


def test_full_agreement_is_paired_first() -> None:
    gold = [fact("Holding", event="论坛", time="2019"), fact("Holding", event="论坛", time="2020")]
    found = [fact("Holding", event="论坛", time="2020"), fact("Holding", event="论坛", time="2019")]
    assert counts(score(gold, found).total) == (2, 2, 2, 2)
    assert counts(score(gold, found[:1]).total) == (2, 1, 1, 1)


def test_what_is_demanded_is_paired_before_what_is_optional() -> None:
    one = fact("Holding", event="论坛")
    assert counts(score([one | {"optional": True}, one], [one]).total) == (1, 1, 1, 1)


def test_an_optional_duplicate_takes_the_second() -> None:
    one = fact("Holding", event="论坛")
    assert counts(score([one, one | {"optional": True}], [one, one]).total) == (1, 1, 1, 1)


def test_a_wrong_type_has_a_row_and_no_part_in_the_mean() -> None:
    result = score([fact("Holding", event="论坛")], [fact("Sale", seller="陈雷", product="鱼竿")])
    assert {name: counts(tally) for name, tally in result.by_type.items()} == {
        "Holding": (1, 0, 0, 0),
        "Sale": (0, 1, 0, 0),
    }
    assert macro_f1(result.by_type) == 0
    assert isnan(result.by_type["Sale"].lenient.recall)


def test_nothing_is_no_number() -> None:
    empty = score([], [])
    assert empty.total == Tally()
    assert isnan(empty.total.lenient.f1) and isnan(macro_f1(empty.by_type))


def test_entities_by_hand() -> None:
    def entity(cls: str, names: str, **more: object) -> Record:
        return {"doc": "a.txt", "class": cls, "names": names, **more}

    gold = [
        entity("Organization|Facility", "众慧基地|基地"),
        entity("Place", "肃宁县|肃宁"),
        entity("Product", "鱼竿", optional=True),
    ]
    found = [
        entity("Facility", "基地"),
        entity("Facility", "众慧基地"),  # the second name of one thing is one too many
        entity("Product", "鱼竿"),
        entity("Person", "肃宁"),
    ]
    result = score_entities([named(item, in_gold=True) for item in gold], map(named, found))
    assert {name: counts(tally) for name, tally in result.by_type.items()} == {
        "Facility": (0, 1, 0, 0),
        "Organization": (1, 1, 1, 1),
        "Person": (0, 1, 0, 0),
        "Place": (1, 0, 0, 0),
    }


@pytest.mark.parametrize(
    "folder", sorted(path.parent for path in GOLD.glob("*/facts.jsonl")), ids=lambda p: p.name
)
def test_gold_against_itself_is_perfect(folder: Path) -> None:
    facts, entities = folder / "facts.jsonl", folder / "entities.jsonl"
    for result in (
        score_facts(gold_facts(facts, shapes()), predicted_facts(facts), rules()),
        score_entities(gold_entities(entities, load_schema().classes), predicted_entities(entities)),
    ):
        total = result.total
        assert total.gold == total.found == total.lenient_hits == total.strict_hits > 0
        assert result.missed == result.wrong == ()


NAMES = st.sampled_from(["肃宁县", "肃宁县|肃宁", "阿里巴巴集团|阿里", "淘宝", "鱼竿", "西乾泊村"])
TIMES = st.sampled_from([None, "2020", "2020-09", "2020-09-25", "2019/2020"])


@st.composite
def facts(draw: st.DrawFn, optional: bool = False) -> Record:
    kind = draw(st.sampled_from(sorted(set(rules()) - {"Measurement"})))
    shape = shapes()[kind]
    roles = {
        role: draw(st.lists(NAMES, min_size=what.least, max_size=what.least + 1))
        for role, what in shape.roles.items()
        if what.least or draw(st.booleans())
    }
    if kind == "Partnership":
        roles["partner"] = ["肃宁县", "阿里巴巴集团|阿里"]
    return fact(
        kind,
        doc=draw(st.sampled_from(["a.txt", "b.txt"])),
        time=draw(TIMES),
        modality=draw(st.sampled_from(["actual", "planned", "negated"])),
        optional=optional and draw(st.booleans()),
        **roles,
    )


@given(st.lists(facts(), min_size=1, max_size=12))
def test_any_gold_against_itself_is_perfect(gold: list[Record]) -> None:
    assert counts(score(gold, gold).total) == (len(gold),) * 4


@given(st.lists(facts(optional=True), max_size=8), st.lists(facts(), max_size=8))
def test_pairs_are_one_to_one_and_everything_is_counted_once(gold: list[Record], found: list[Record]) -> None:
    result = score(gold, found)
    total = result.total
    documents = {item["doc"] for item in gold}
    demanded = [item for item in gold if not item["optional"]]
    assert total.gold == len(demanded)
    assert total.strict_hits <= total.lenient_hits <= min(total.gold, total.found)
    assert total.found <= sum(item["doc"] in documents for item in found)
    assert len(result.missed) == total.gold - total.lenient_hits
    assert len(result.wrong) == total.found - total.lenient_hits
    assert sum(result.by_document.values(), Tally()) == total


@given(st.lists(facts(), max_size=8), st.randoms(use_true_random=False))
def test_the_order_of_lines_does_not_matter(gold: list[Record], chance: random.Random) -> None:
    # Where facts of gold resemble one another, the order decides among equally good pairs: see _pairs.
    found = [item for item in gold if chance.random() < 0.7]
    alike = (
        agreement(a, b) or agreement(b, a)
        for i, a in enumerate(gold)
        for b in gold[:i]
        if a["doc"] == b["doc"]
    )
    if any(alike):
        return
    mixed = [chance.sample(items, len(items)) for items in (gold, found)]
    assert score(*mixed).by_type == score(gold, found).by_type
    assert score(*mixed).by_document == score(gold, found).by_document


@pytest.mark.parametrize("seed", range(5))
def test_the_order_of_documents_does_not_matter(seed: int) -> None:
    gold = gold_facts(GOLD / "dev" / "facts.jsonl", shapes())
    found = gold[::2]
    documents = sorted({item.document for item in gold})
    random.Random(seed).shuffle(documents)
    mixed = [sorted(items, key=lambda item: documents.index(item.document)) for items in (gold, found)]
    one, other = score_facts(gold, found, rules()), score_facts(*mixed, rules())
    assert (one.by_type, one.by_document) == (other.by_type, other.by_document)
    assert (one.missed, one.wrong) == (other.missed, other.wrong)


def test_strict_is_lenient_too() -> None:
    assert Agreement.STRICT > Agreement.LENIENT > Agreement.NONE == 0
