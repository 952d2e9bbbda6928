"""Facts and entities come back in the shapes that FACTS promises."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from kg.graph import entities, facts, open_graph, write
from kg.model import Entity

from .sample import COUNTY, EMPTY, FIRST, GROUP, PROVINCE, SECOND

BASE = "https://kg.example/"


def test_one_fact_in_full(graph):
    found = next(fact for fact in facts(graph) if fact["id"] == BASE + "fact/0001")
    assert found == {
        "type": "Partnership",
        "roles": {"partner": ["云阳县", "青鸟集团"], "agreement": ["合作协议"], "kind": ["agreement"]},
        "time": "2019-05",
        "modality": "actual",
        "doc": FIRST,
        "start": 8,
        "end": 22,
        "quote": "云阳县与青鸟公司签订合作协议",
        "rule": "Partnership.sample",
        "confidence": 0.9,
        "aliases": {"云阳县": ["云阳"], "青鸟集团": ["Bluebird Group", "青鸟", "青鸟公司"]},
        "ids": {"云阳县": BASE + COUNTY, "青鸟集团": BASE + GROUP},
        "id": BASE + "fact/0001",
    }


def test_every_fact_comes_back_as_it_went_in(graph, sample):
    names = {entity.id: entity.name.replace("\x07", "\ufffd") for entity in sample.entities}
    found = {(fact["id"].removeprefix(BASE), fact["doc"]): fact for fact in facts(graph)}
    said = [(fact, document) for fact in sample.facts for document in fact.documents]
    assert len(found) == len(said) == len(list(facts(graph))) > len(sample.facts)
    for fact, document in said:
        again = found[fact.id, document]
        assert (again["type"], again["time"]) == (fact.type, fact.time)
        assert (again["modality"], again["confidence"]) == (fact.modality, fact.confidence)
        given = {
            role: sorted(names.get(value, value) for value in values) for role, values in fact.roles.items()
        }
        assert again["roles"] == {**given, **({"change": ["0.5"]} if "change" in given else {})}


def test_quotes_are_where_they_say(graph):
    for fact in facts(graph):
        for passage in fact.get("evidence", [fact]):
            assert graph.text(fact["doc"])[passage["start"] : passage["end"]] == passage["quote"]


def test_the_first_passage_speaks_for_several(graph):
    (found,) = [fact for fact in facts(graph) if "evidence" in fact]
    assert found["doc"] == SECOND, "and the line of the reprint has only its own passage"
    assert [passage["quote"] for passage in found["evidence"]] == [
        "云阳县与青鸟公司开展培训",
        "云阳县与青鸟公司再次合作",
    ]
    assert found["quote"] == "云阳县与青鸟公司开展培训"


def test_facts_are_in_the_order_of_the_texts(graph):
    order = [(fact["doc"], fact["start"]) for fact in facts(graph)]
    assert order == sorted(order)


def test_only_some_types(graph):
    assert {fact["type"] for fact in facts(graph, ["Designation", "Sale"])} == {"Designation", "Sale"}
    assert list(facts(graph, [])) == []


def test_an_unknown_type_is_refused_at_once(graph):
    with pytest.raises(ValueError, match="no such fact type: Friendship"):
        facts(graph, ["Friendship"])
    with pytest.raises(ValueError, match="no such entity class: Ghost"):
        entities(graph, ["Ghost"])


def test_an_entity_in_full(graph):
    found = next(line for line in entities(graph) if line["id"] == BASE + COUNTY)
    assert found == {
        "doc": FIRST,
        "class": "Place",
        "names": "云阳县",
        "aliases": ["云阳"],
        "level": "county",
        "code": "990101",
        "within": ["云省"],
        "candidates": [],
        "id": BASE + COUNTY,
    }


def test_a_place_that_may_be_one_of_several_says_which(sample, tmp_path):
    open_place = Entity(
        "place/ab", "Place", "南镇", level="county", candidates=(COUNTY, PROVINCE), seen={FIRST: ((0, 2),)}
    )
    write(replace(sample, entities=(*sample.entities, open_place)), tmp_path)
    found = next(line for line in entities(open_graph(tmp_path)) if line["id"] == BASE + "place/ab")
    assert (found["code"], found["within"]) == (None, [])
    assert found["candidates"] == ["云省 990000", "云省云阳县 990101"]


def test_an_entity_is_of_a_document_that_names_it_or_has_a_fact_of_it(graph):
    here = {(line["doc"], line["names"]) for line in entities(graph)}
    assert (FIRST, "飞鱼") in here, "named, without a fact"
    assert (SECOND, "禾田园区") in here, "in a fact, without a mention"
    assert not [name for _, name in here if name == "云省"], "only the gazetteer knows it"
    assert not [document for document, _ in here if document == EMPTY]


def test_lines_are_sorted_and_fit_for_json(graph):
    lines = list(entities(graph))
    assert lines == sorted(lines, key=lambda line: (line["doc"], line["class"], line["names"], line["id"]))
    assert json.loads(json.dumps([*lines, *facts(graph)]))
    assert [line["class"] for line in entities(graph, ["Person"])] == ["Person"] * 3
