"""Words that name something through their context, as the lexicon lists them: 我市, 该公司, 市 in 市商务局."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Anaphor:
    """A word that names something through its context (我市, 该公司)."""

    cls: str
    kind: str  # home, last, parties, speaker
    level: str | None
    heads: tuple[str, ...]


def in_context(data: Mapping[str, Any], regions: Iterable[str]) -> dict[str, Anaphor]:
    """Return what names through the context, with the region that may stand in it (这个县, 这个苏北县)."""
    found = {}
    for group, entries in data.items():
        if group == "organ":
            continue
        for surface, entry in entries.items():
            heads = tuple(entry.get("heads", ()))
            anaphor = Anaphor(entry["cls"], entry["kind"], entry.get("level") or None, heads)
            found[str(surface)] = anaphor
            if str(surface).startswith(("这个", "这座")) and anaphor.cls == "Place":
                opening, rest = surface[:2], surface[2:]
                found.update((f"{opening}{region}{rest}", anaphor) for region in regions)
    return found


def bare_prefixes(data: Mapping[str, Any]) -> dict[str, Anaphor]:
    """Return what may stand before an organ in place of a name (市 in 市商务局, 该县 in 该县政府)."""
    organ = data["organ"]
    found = {
        word: Anaphor("Place", organ["kind"], level or None, ()) for word, level in organ["bare"].items()
    }
    for word, level in organ["whole"].items():
        kind = "last" if word[0] in "该此当" else "home"
        found[word] = Anaphor("Place", kind, level or None, ())
    return found
