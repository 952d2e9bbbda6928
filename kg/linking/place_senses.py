"""What a place's name can mean: the divisions that bear it where the text speaks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from kg.linking import gazetteer, villages
from kg.linking.context import Discourse, Reference
from kg.linking.entities import words
from kg.model import Mention

NEAR = ("township", "county")  # places small enough to tell a village


def codes_of(mention: Mention) -> list[str]:
    return [key.removeprefix("place/") for key in mention.keys]


def holding(codes: list[str], following: Mention) -> list[str]:
    """Return those of several divisions that hold the place whose name follows; all of them if none does."""
    if following.keys:
        inside = codes_of(following)
        held = [c for c in codes if any(c != code and gazetteer.within(code, c) for code in inside)]
        above = {found.parent for code in inside if (found := gazetteer.division(code))}
        held = [code for code in held if code in above] or held
    else:
        stem, _ = villages.parts(following.text)
        held = [code for code in codes if villages.search(stem, code)] if following.level == "village" else []
    return held or codes


def area_of(place: Reference | None) -> str | None:
    """Return the code of a place, or of the one around it if it has none."""
    for key in (place.id, place.parent) if place is not None else ():
        if key and gazetteer.division(key.removeprefix("place/")):
            return key.removeprefix("place/")
    return None


def led_to(stem: str, kind: str | None, leading: Reference) -> list[str]:
    """Return the villages that a name can mean after a place: in it, or in what it stands for."""
    area = area_of(leading)
    if area is None or kind == "natural":  # the list has none of these
        return []
    found = villages.search(stem, area)
    return of_kind(found, kind) or [village.code for village in found]


def successors(stem: str, leading: Reference | None) -> tuple[str, ...]:
    """Return the village into which one that the list no longer has may have gone: 灰埠新村 for 灰埠村."""
    area = area_of(leading)
    if area is None or _level(area) != "township":
        return ()
    return tuple(f"place/{village.code}" for village in villages.search(f"{stem}新", area))


def discussed(stem: str, kind: str | None, discourse: Discourse) -> list[str]:
    """Return the villages that a name can mean that no place leads to."""
    if kind == "natural":
        return []
    near = [area for area in under_discussion(discourse) if _level(area) in NEAR]
    for area in near[:3] or under_discussion(discourse)[:1]:
        found = villages.search(stem, area)
        codes = of_kind(found, kind)
        if not codes and _level(area) == "township":
            codes = [village.code for village in found]
        if codes:
            return _narrowed(codes, near)
    open_place = next((r for r in reversed(discourse.named) if r.candidates and r.level in NEAR), None)
    if not near and open_place is not None:
        areas = [key.removeprefix("place/") for key in open_place.candidates]
        return [code for area in areas for code in of_kind(villages.search(stem, area), kind)]
    elsewhere = {code for area in near[3:] for code in of_kind(villages.search(stem, area), kind)}
    return _narrowed(sorted(elsewhere), near)


def _narrowed(codes: list[str], near: Sequence[str]) -> list[str]:
    """Return the only one that lies in a township that the article names, or all."""
    named = [code for code in codes if code[:9] in near]
    return named if len(named) == 1 else codes


def of_kind(found: Iterable[villages.Village], kind: str | None) -> list[str]:
    kinds = words()["villages"]["alike"].get(kind or "village", ())
    return [village.code for village in found if village.kind in kinds]


def _level(code: str) -> str:
    found = gazetteer.division(code)
    return found.level if found else ""


def under_discussion(discourse: Discourse) -> list[str]:
    """Return the codes of places under discussion: the township or county named last, what is around it,
    the place for which the article speaks, then all others that it names."""
    last = next((r for r in reversed(discourse.named) if r.cls == "Place" and r.level in NEAR), None)
    order: list[str] = []
    for place in (last, *discourse.home):
        area = area_of(place)
        if area is not None:
            order.append(area)
            if _level(area) == "township":
                order.extend(step for step in gazetteer.chain(area) if _level(step) == "county")
    return list(dict.fromkeys(order))
