"""Which things many places have under one name (电商协会, 青禾公司): those are known by their place, too.

Word lists: ``names.yaml``; heads of names: ``organisation_heads.yaml``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache

from kg.linking import gazetteer, registry, shortenings
from kg.linking.context import Reference
from kg.linking.entities import words
from kg.resources import lexicon, load_yaml

_SMALL = ("county", "prefecture")  # where one name is likely one thing


def home(places: Sequence[Reference]) -> str:
    """Return the id of the county, else the prefecture, that an article speaks for; "" if there is none.

    ``places`` are the places of the article, the likeliest first. An article on a province speaks for the only
    county or prefecture in it that it names.
    """
    levels = [_levels(place) for place in places]
    for level in _SMALL:
        if levels and level in levels[0]:
            return f"place/{levels[0][level]}"
    for level in _SMALL:
        found = {codes[level] for codes in levels if level in codes}
        if len(found) == 1 and all(level in codes for codes in levels if codes.keys() & set(_SMALL)):
            return f"place/{found.pop()}"
    return ""


def _levels(place: Reference) -> dict[str, str]:
    """Return the codes of a place and those around it, by level."""
    code = place.id.removeprefix("place/")
    if gazetteer.division(code) is None:
        code = (place.parent or "").removeprefix("place/")
    return {found.level: step for step in gazetteer.chain(code) if (found := gazetteer.division(step))}


def needs_place(cls: str, name: str, kind: str | None) -> bool:
    """Whether a thing of this name may be another one in another place."""
    if cls == "Person":
        return True
    if cls not in ("Organization", "Facility") or _names_its_place(name) or registry.brand_owner(name):
        return False
    if cls == "Facility" or kind in words()["local_kinds"]:
        return True
    short = name.endswith(tuple(words()["short_endings"]))
    return (short and not name.endswith(tuple(words()["legal_endings"]))) or not _coined(name)


def near(some: set[str], others: set[str]) -> bool:
    """Whether of two sets of homes one is, or lies in, one of the other."""
    codes = [{place.removeprefix("place/") for place in places} for places in (some, others)]
    return any(
        gazetteer.within(one, other) or gazetteer.within(other, one) for one in codes[0] for other in codes[1]
    )


def _names_its_place(name: str) -> bool:
    known = gazetteer.names()
    return name.startswith(tuple(words()["nationwide_openings"])) or any(
        name[:length] in known for length in range(2, len(name))
    )


@cache
def _heads() -> tuple[str, ...]:
    lists: Mapping = load_yaml(lexicon("organisation_heads.yaml"))["Organization"]
    return tuple(
        sorted({str(head) for heads in lists.values() for head in heads}, key=lambda h: (-len(h), h))
    )


def _coined(name: str) -> bool:
    """Whether something is left of a name without the words that say what it is."""
    head = next((head for head in _heads() if name.endswith(head)), "")
    return len(shortenings.without_trade(name.removesuffix(head))) > 1
