"""Of candidates for the same characters the best, and what stands inside it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from kg.model import Mention

# What a name may hold inside it that is worth knowing.
_PARTS = frozenset({"Place", "Organization", "Platform", "Time", "Person", "Product", "Event"})
# Whose goods are: a measure's (核桃销售额), an honour's (“核桃之乡”), a campaign's (核桃促销行动).
_TELL_GOODS = frozenset({"Indicator", "CountNoun", "Designation", "Programme", "Event", "Facility"})
# Of candidates for the same characters the class that comes first wins.
_PRIORITY = (
    "Policy", "Report", "Designation", "Place", "Platform", "Organization", "Facility", "Event", "Programme",
    "Person", "Time", "Agreement", "JobTitle", "Role", "Kin", "Couple",
    "Growth", "Money", "Percent", "Quantity", "Product", "Indicator", "CountNoun", "Duration", "Actor",
)  # fmt: skip


def resolve(candidates: Iterable[Mention]) -> tuple[Mention, ...]:
    """Keep the longest of overlapping candidates; those inside a kept one become its parts."""
    ordered = sorted(
        candidates, key=lambda m: (m.start - m.end, _PRIORITY.index(m.cls), m.start, not m.keys, m.name or "")
    )
    kept: list[Mention] = []
    inner: dict[int, list[Mention]] = {}
    for mention in ordered:
        place = next((i for i, k in enumerate(kept) if mention.start < k.end and k.start < mention.end), None)
        if place is None:
            kept.append(mention)
        elif _is_inside(mention, kept[place]):
            inner.setdefault(place, []).append(mention)
    whole = [_with_parts(m, _parts(inner.get(i, ()), m)) for i, m in enumerate(kept)]
    return tuple(sorted(whole, key=lambda m: m.start))


def _with_parts(mention: Mention, parts: tuple[Mention, ...]) -> Mention:
    return mention if mention.parts == parts else replace(mention, parts=parts)


def _is_inside(mention: Mention, other: Mention) -> bool:
    """Whether a mention covers a part of another, not all of it."""
    whole = (mention.start, mention.end) == (other.start, other.end)
    return other.start <= mention.start and mention.end <= other.end and not whole


def _parts(candidates: Iterable[Mention], whole: Mention) -> tuple[Mention, ...]:
    """Return what is worth knowing inside a mention; an honour names goods, but no village (“千泉之县”)."""
    kept: list[Mention] = []
    for mention in candidates:  # already ordered, the longest first
        if (
            mention.cls in _PARTS
            and not mention.anaphor
            and (
                mention.keys
                or mention.cls == "Time"
                or (mention.cls == "Place" and whole.cls != "Designation")
                or (mention.cls == "Product" and whole.cls in _TELL_GOODS)
            )
        ) and not any(mention.start < k.end and k.start < mention.end for k in kept):
            kept.append(mention)
    return tuple(sorted(kept, key=lambda m: m.start))
