"""Short names of firms and facilities that no registry knows: 青禾公司, where the article has 青禾农业科技有限公司.

A full name is a place, a core that was coined for it (青禾), words for its trade (农业, 科技) and a legal
form. A short name keeps the core and may drop the rest. Only names of one article are compared, and only
if exactly one full name fits. Endings: ``names.yaml``; words for trades: ``phrases.yaml``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from kg.linking import gazetteer, registry
from kg.linking.entities import words
from kg.model import Mention
from kg.resources import lexicon, load_yaml

_BRACKETS = re.compile(r"[（(][^（）()]{2,8}[)）]")
_CORE = 2  # characters that a coined name has at least


@dataclass(frozen=True, slots=True)
class Full:
    """A full name in its parts; ``places`` are the prefixes that a short name may keep."""

    places: tuple[str, ...]
    core: str
    trade: str
    ending: str
    short_endings: tuple[str, ...]


@cache
def _phrases() -> Mapping:
    return load_yaml(lexicon("phrases.yaml"))


@cache
def trade_words() -> tuple[str, ...]:
    lists = ("trades", "generic_words", "inner_verbs", "portfolios")
    found = {str(word) for key in lists for word in _phrases()[key] if len(word) > 1}
    return tuple(sorted(found, key=lambda word: (-len(word), word)))


def without_noun(name: str) -> str:
    """Return a quoted name without the noun that says what it is (“山里阿妹”店铺 → 山里阿妹)."""
    match = re.fullmatch(r"“([^“”]+)”(.+)", name)
    return match[1] if match and match[2] in _phrases()["quoted"]["Organization"] else name


def introduced(text: str, mentions: Iterable[Mention]) -> dict[str, Mention]:
    """Return, for each short name that a text introduces (…有限公司（以下简称“青禾”）), what stands before it."""
    ending: dict[int, Mention] = {}
    for mention in mentions:
        longest = ending.get(mention.end)
        if mention.cls != "Place" and not mention.anaphor and (not longest or mention.start < longest.start):
            ending[mention.end] = mention
    found: dict[str, Mention] = {}
    for pattern in words()["introductions"]:
        for match in re.finditer(str(pattern), text):
            if match.start() in ending:
                found.setdefault(match[1], ending[match.start()])
    return found


def full_names(names: Iterable[str]) -> dict[str, str]:
    """Return, for each short name among the names that one article gives things of a class, its full name."""
    roots: dict[str, str] = {}
    ordered = sorted(set(names), key=lambda name: (-len(name), name))
    parts = {name: found for name in ordered if (found := full(name))}
    for name in ordered:
        fitting = {
            roots.get(other, other)
            for other, found in parts.items()
            if len(other) > len(name) and fits(name, found)
        }
        if len(fitting) == 1:
            roots[name] = fitting.pop()
    return roots


def full(name: str) -> Full | None:
    """Return the parts of a full name; None if it is none, or nothing in it was coined."""
    plain = _BRACKETS.sub("", name)
    endings = words()["shortened"]
    ending = max((str(e) for e in endings if plain.endswith(str(e))), key=len, default="")
    if not ending:
        return None
    core = without_trade(plain.removesuffix(ending))
    trade = plain[len(core) : len(plain) - len(ending)]
    known = gazetteer.names()
    before = ""
    while place := next((core[:n] for n in range(len(core) - _CORE, 1, -1) if core[:n] in known), ""):
        before, core = before + place, core.removeprefix(place)
    if len(core) < _CORE or core in known or core in registry.known_names():
        return None
    if core.startswith(trade_words()):
        return None
    places = tuple(before[n:] for n in range(len(before)) if before[n:] in known or not n)
    return Full(places, core, trade, ending, tuple(map(str, endings[ending])))


def without_trade(text: str) -> str:
    """Return a name without the words for trades at its end."""
    while word := next((w for w in trade_words() if text.endswith(w)), ""):
        text = text.removesuffix(word)
    return text


def fits(name: str, whole: Full) -> bool:
    """Whether a name keeps the core and drops only places, trades and parts of the legal form."""
    place = next((p for p in whole.places if name.startswith(p + whole.core)), "")
    if not name.startswith(place + whole.core):
        return False
    rest = name.removeprefix(place + whole.core)
    if rest == whole.trade + whole.ending:
        return True  # only the place is gone
    trades = (rest.removesuffix(ending) for ending in whole.short_endings if rest.endswith(ending))
    return any(trade in whole.trade and not without_trade(trade) for trade in trades)
