"""One entity with its names, mentions, merges and facts."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kg.graph import describe_entity, find_entities, merge_reasons, open_graph, write
from kg.model import Entity

from .sample import COUNTY, FIRST, FISH, FISH_TWIN, FORUM, GROUP, LAB, MARKET, PROVINCE, REPORT, SECOND

BASE = "https://kg.example/"


@pytest.mark.parametrize("name", ["青鸟", "青鸟集团", "Bluebird group", BASE + GROUP, GROUP])
def test_a_thing_is_found_by_any_name_its_iri_and_its_path(graph, name):
    assert find_entities(graph, name) == [BASE + GROUP]


@pytest.mark.parametrize("name", ["Yünyang Forum", "yunyang", "YUNYANG  forum", "青鸟论坛"])
def test_a_thing_is_found_by_its_english_names_with_or_without_accents(graph, name):
    assert find_entities(graph, name) == [BASE + FORUM]


def test_a_thing_is_found_by_its_pinyin(graph):
    assert find_entities(graph, "qingniao baogao") == [BASE + REPORT]
    names = {"zh": "青鸟报告", "zh-latn-pinyin": "Qingniao Baogao"}
    assert describe_entity(graph, BASE + REPORT)["names"] == names
    assert graph.names.preferred(BASE + REPORT) == "青鸟报告"


def test_all_things_of_a_name_are_found(graph):
    assert find_entities(graph, "飞鱼") == [BASE + FISH, BASE + FISH_TWIN]


@pytest.mark.parametrize("name", ["", "无此物", "organization/none", "article/x", "graph/entities"])
def test_what_is_no_entity_is_not_found(graph, name):
    assert find_entities(graph, name) == []


def test_what_is_known_of_a_thing(graph):
    found = describe_entity(graph, BASE + GROUP)
    assert (found["id"], found["class"]) == (BASE + GROUP, "Organization")
    assert found["names"] == {"zh": "青鸟集团", "en": "Bluebird Group"}
    assert found["aliases"] == ["青鸟", "青鸟公司"]
    assert (found["source"], found["wikidata"]) == ("company register", "Q42")
    assert found["level"] is found["code"] is None


def test_a_mention_has_its_sentence(graph):
    mentions = describe_entity(graph, BASE + GROUP)["mentions"]
    assert [(m["doc"], m["form"], m["reason"]) for m in mentions] == [
        (FIRST, "青鸟公司", "known-alias"),
        (FIRST, "青鸟集团", None),
        (SECOND, "青鸟公司", "known-alias"),
        (SECOND, "青鸟公司", "known-alias"),
    ]
    assert mentions[1]["sentence"] == "青鸟研究院与青鸟集团联合云阳县举办青鸟论坛，发布《青鸟报告》。"
    for mention in mentions:
        text = graph.text(mention["doc"])
        assert text[mention["start"] : mention["end"]] == mention["form"]
        assert mention["form"] in mention["sentence"] and "\n" not in mention["sentence"]


def test_merges_are_counted(graph):
    assert describe_entity(graph, BASE + GROUP)["merges"] == [
        {"doc": FIRST, "form": "青鸟公司", "times": 1, "reason": "known-alias"},
        {"doc": SECOND, "form": "青鸟公司", "times": 2, "reason": "known-alias"},
    ]
    assert set(merge_reasons(graph)["known-alias"]) == {"zh", "en"}


def test_a_place_that_may_be_one_of_several_says_which(sample, tmp_path):
    open_place = Entity("place/ab", "Place", "南镇", level="county", candidates=(PROVINCE, COUNTY))
    write(replace(sample, entities=(*sample.entities, open_place)), tmp_path)
    assert describe_entity(open_graph(tmp_path), BASE + "place/ab")["candidates"] == [
        {"id": BASE + PROVINCE, "name": "云省"},
        {"id": BASE + COUNTY, "name": "云省云阳县"},
    ]


def test_the_chains_upwards(graph):
    assert describe_entity(graph, BASE + COUNTY)["within"] == [{"id": BASE + PROVINCE, "name": "云省"}]
    assert describe_entity(graph, BASE + MARKET)["owners"] == [{"id": BASE + GROUP, "name": "青鸟集团"}]
    # An article says that the institute owns the fish company. That is a fact, no background.
    assert describe_entity(graph, BASE + FISH)["owners"] == []


def test_its_facts_are_those_of_kg_facts(graph):
    found = describe_entity(graph, BASE + LAB)["facts"]
    assert sorted(fact["type"] for fact in found) == ["Control", "Holding", "Issuance", "Partnership"]
    assert all(fact["quote"] for fact in found)
