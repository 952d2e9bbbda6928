"""Knowledge becomes exactly the committed graph."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.graph import quads
from kg.graph.rdf import clean, nquads
from kg.graph.schema import KG
from kg.model import Evidence

from .sample import FIRST, SECOND

EXPECTED = Path(__file__).parent / "expected" / "sample.nq"


def difference(expected: set[ox.Quad], found: set[ox.Quad]) -> str:
    """Return the quads that only one side has, as a diff. Without blank nodes, equal sets are isomorphic."""
    lines = [f"- {quad}" for quad in expected - found] + [f"+ {quad}" for quad in found - expected]
    return "\n".join(sorted(lines, key=lambda line: line[2:]))


def test_the_golden_graph(sample):
    expected = set(ox.parse(path=str(EXPECTED), format=ox.RdfFormat.N_QUADS))
    assert not any(isinstance(quad.subject, ox.BlankNode) for quad in expected)
    diff = difference(expected, set(quads(sample)))
    assert not diff, f"the graph differs from {EXPECTED.name} (- expected, + found):\n{diff}"


def test_the_file_is_sorted_and_reads_back(sample):
    data = nquads(quads(sample))
    lines = data.decode().splitlines()
    assert lines == sorted(set(lines))
    assert set(ox.parse(data, format=ox.RdfFormat.N_QUADS)) == set(quads(sample))


def links(knowledge) -> set[tuple[str, str, str]]:
    names = {"partneredWith", "ownedBy", "controls", "relatedTo", "locatedIn", "holdsDesignation"}
    base = "https://kg.example/"
    return {
        (
            q.subject.value.removeprefix(base),
            q.predicate.value.removeprefix(KG),
            q.object.value.removeprefix(base),
        )
        for q in quads(knowledge)
        if q.predicate.value.removeprefix(KG) in names
    }


def test_only_actual_facts_yield_links(sample):
    found = links(sample)
    county, group, fish = "place/990101", "organization/aa01", "organization/aa04"
    assert (county, "partneredWith", group) in found and (group, "partneredWith", county) in found
    assert (county, "partneredWith", fish) not in found, "one fact denies it and the other only plans it"
    assert not any(a == b for a, _, b in found)


def test_links_run_both_ways_where_the_ontology_says_so(sample):
    found = links(sample)
    lab, fish, li, son = "organization/aa02", "organization/aa04", "person/cc01", "person/cc02"
    assert {(lab, "controls", fish), (fish, "ownedBy", lab)} <= found
    assert {(li, "relatedTo", son), (son, "relatedTo", li)} <= found


def test_a_mention_has_all_its_places_and_the_reason_of_its_merge(sample):
    found = {
        (q.subject, q.predicate.value.removeprefix(KG), q.object.value.removeprefix(KG))
        for q in quads(sample)
        if "/mention/" in q.subject.value and "/graph/article/" in q.graph_name.value
    }
    (first,) = {s for s, p, o in found if (p, o) == ("form", "青鸟集团")}
    text = {article.name: article.text for article in sample.articles}
    assert {o for s, p, o in found if s == first and p == "start"} == {str(text[FIRST].index("青鸟集团"))}
    assert not any(p == "mergeReason" for s, p, _ in found if s == first), "it is the name"
    others = {s for s, p, o in found if (p, o) == ("form", "青鸟公司")}
    assert len(others) == 2, "one in each article"
    assert {o for s, p, o in found if s in others and p == "mergeReason"} == {"reason-known-alias"}
    (second,) = (s for s in others if (s, "start", "4") in found)
    starts = {int(o) for s, p, o in found if s == second and p == "start"}
    assert len(starts) == 2 and all(text[SECOND].startswith("青鸟公司", start) for start in starts)


def test_another_base_moves_the_data_and_not_the_vocabulary(sample):
    for quad in quads(sample, "https://data.example.org/x/"):
        assert quad.subject.value.startswith("https://data.example.org/x/")
        assert quad.predicate.value.startswith(("https://kg.example/ontology#", "http"))


@pytest.mark.parametrize(
    "base", ["kg.example/", "https://kg.example", "https://kg.example/<x>/", "https://例/", ""]
)
def test_a_base_that_cannot_head_an_iri_is_refused(sample, base):
    with pytest.raises(ValueError, match="base"):
        quads(sample, base)


def test_iris_are_ascii_even_where_an_id_is_not(sample):
    odd = replace(sample.entities[0], id="product/橙 子<>")
    found = {quad.subject.value for quad in quads(replace(sample, entities=(odd,), facts=()))}
    assert any("%E6%A9%99%20" in iri for iri in found) and all(iri.isascii() for iri in found)


@pytest.mark.parametrize(
    "char", ["\x00", "\x07", "\x1b", "\x7f", "\x9f", "\ud800", "\udfff", "\ufffe", "\uffff"]
)
def test_what_rdf_cannot_hold_is_replaced_one_for_one(char):
    assert clean(f"甲{char}乙") == "甲\ufffd乙"


@pytest.mark.parametrize("text", ["甲\n乙\t\r\n", "𠮷", "é", "\u3000", "\ufffd", "\u200b", "\x85"])
def test_all_else_stays(text):
    assert clean(text) == text


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("150000000", '"150000000"'),
        ("007", '"7"'),
        ("1.50", '"1.5"'),
        ("-0.25", '"-0.25"'),
        ("0.0", '"0"'),
        ("1e9", None),
        ("1e999999999", None),
        ("NaN", None),
        ("１２", None),
        ("100多", None),
        ("", None),
        ("9" * 40, None),
    ],
)
def test_numbers_are_decimals_and_the_rest_is_text_for_validation_to_report(sample, value, written):
    figure = next(fact for fact in sample.facts if fact.type == "Measurement")
    fact = replace(figure, roles={**figure.roles, "value": (value,)})
    (found,) = [q.object for q in quads(replace(sample, facts=(fact,))) if q.predicate.value == KG + "value"]
    assert found.datatype.value.endswith("#decimal" if written else "#string")
    assert str(found).partition("^^")[0] == (written or f'"{value}"')


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"type": "Friendship"}, "type 'Friendship'"),
        ({"roles": {"friend": ("place/1",)}}, "role 'friend'"),
        (
            {"evidence": (Evidence("nowhere.txt", 0, 1, "何", "Partnership.sample"),)},
            "not among the articles",
        ),
    ],
)
def test_what_the_ontology_does_not_know_stops_the_build(sample, change, message):
    with pytest.raises(ValueError, match=message):
        quads(replace(sample, facts=(replace(sample.facts[0], **change),)))


def test_a_product_has_its_kind_with_the_scheme_beside_it(sample):
    orange = next(entity for entity in sample.entities if entity.cls == "Product")
    others = tuple(entity for entity in sample.entities if entity is not orange)
    known = sorted((replace(orange, kind="fruit"), *others), key=lambda entity: entity.id)
    store = ox.Store()
    store.extend(quads(replace(sample, entities=tuple(known))))
    text = f"""PREFIX kg: <{KG}> PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
        SELECT ?label ?broader {{ GRAPH ?e {{ ?product kg:productKind ?kind }}
          GRAPH ?s {{ ?kind skos:prefLabel ?label ; skos:broader/skos:prefLabel ?broader
            FILTER (lang(?label) = "en" && lang(?broader) = "zh") }} }}"""
    assert [(row[0].value, row[1].value) for row in store.query(text)] == [("Fruit", "农产品")]


def test_without_kinds_there_is_no_scheme(sample):
    assert not any("graph/products" in quad.graph_name.value for quad in quads(sample))
