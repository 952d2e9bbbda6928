"""Which participants of a fact are joined."""

from __future__ import annotations

from kg.graph import load_schema
from kg.views.links import MOST_IN_PAIRS, joins, links

from . import sample


def pairs(kind: str, roles: dict[str, list[str]], ids: dict[str, str] | None = None) -> list[tuple[str, str]]:
    names = {value: value for values in roles.values() for value in values} if ids is None else ids
    return [(link.source, link.target) for link in links({"type": kind, "roles": roles, "ids": names})]


def test_every_join_names_a_type_and_roles_of_the_ontology() -> None:
    schema = load_schema()
    assert set(joins()) == set(schema.facts)
    for name, entries in joins().items():
        roles = schema.facts[name].roles
        for entry in entries:
            assert set(entry.values()) <= set(roles), (name, entry)
            ends = [role for key, role in entry.items() if key != "label"]
            assert all(roles[role].datatype is None for role in ends), f"{name}: a literal cannot be a node"


def test_partners_are_joined_two_by_two_and_without_direction() -> None:
    assert pairs("Partnership", {"partner": ["a", "b", "c"]}) == [("a", "b"), ("a", "c"), ("b", "c")]
    assert not next(links(sample.facts()[0])).directed


def test_many_partners_are_joined_to_the_first_only() -> None:
    many = [f"p{number:02}" for number in range(MOST_IN_PAIRS + 1)]
    assert pairs("Partnership", {"partner": many}) == [("p00", other) for other in many[1:]]


def test_a_position_carries_its_title() -> None:
    (link,) = links(sample.facts()[3])
    assert (link.source, link.target) == (sample.iri("陈雷"), sample.iri("西乾泊村"))
    assert link.directed and link.label == "村支书"


def test_an_unknown_type_joins_its_first_two_roles_of_entities() -> None:
    roles = {"sum": ["5"], "bank": ["a"], "village": ["b"], "place": ["c"]}
    assert pairs("Loan", roles, {"a": "A", "b": "B", "c": "C"}) == [("A", "B")]
    assert pairs("Meeting", {"guest": ["a", "b"]}) == [("a", "b")]
    assert pairs("Remark", {"text": ["none"]}, {}) == []


def test_nothing_is_joined_to_itself_or_to_a_literal() -> None:
    assert pairs("Location", {"entity": ["a"], "place": ["a"]}) == []
    assert pairs("Location", {"entity": ["a"], "place": ["b"]}, {"a": "A"}) == []
    assert pairs("Measurement", {"subject": ["a"]}) == []
