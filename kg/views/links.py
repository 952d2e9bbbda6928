"""From facts with any number of participants to links between two, as links.yaml says."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import combinations, product
from pathlib import Path
from typing import Any

from kg.resources import load_yaml

# Beyond this many values, all pairs would bury the picture: the first is joined to each other one.
MOST_IN_PAIRS = 12


@dataclass(frozen=True, slots=True)
class Link:
    """One fact seen between two entities (IRIs). ``label`` is the value shown beside the type."""

    source: str
    target: str
    directed: bool
    label: str = ""


def links(fact: Mapping[str, Any]) -> Iterator[Link]:
    """Yield the links of one fact in the shape of ``kg.graph.facts``, none from an entity to itself."""
    roles: Mapping[str, list[str]] = fact["roles"]
    ids: Mapping[str, str] = fact["ids"]
    wanted = joins().get(fact["type"])
    for join in _first_roles(roles, ids) if wanted is None else wanted:
        label = "、".join(roles.get(join.get("label", ""), ()))
        directed = "from" in join
        for source, target in _pairs(join, roles):
            if source in ids and target in ids and ids[source] != ids[target]:
                yield Link(ids[source], ids[target], directed, label)


@cache
def joins() -> dict[str, list[dict[str, str]]]:
    """Return links.yaml. Raises ValueError for an entry that joins nothing."""
    path = Path(__file__).with_name("links.yaml")
    found: dict[str, list[dict[str, str]]] = load_yaml(path)
    for fact_type, entries in found.items():
        for entry in entries:
            if set(entry) - {"label"} not in ({"each"}, {"from", "to"}):
                raise ValueError(f"{path}: {fact_type}: {entry} has neither 'each' nor 'from' and 'to'")
    return found


def _pairs(join: Mapping[str, str], roles: Mapping[str, list[str]]) -> Iterator[tuple[str, str]]:
    if "from" in join:
        yield from product(roles.get(join["from"], ()), roles.get(join["to"], ()))
        return
    values = roles.get(join["each"], [])
    if len(values) > MOST_IN_PAIRS:
        yield from product(values[:1], values[1:])
    else:
        yield from combinations(values, 2)


def _first_roles(roles: Mapping[str, list[str]], ids: Mapping[str, str]) -> list[dict[str, str]]:
    filled = [name for name, values in roles.items() if values and all(value in ids for value in values)]
    if len(filled) == 1:
        return [{"each": filled[0]}]
    return [{"from": filled[0], "to": filled[1]}] if filled else []
