"""Which thing named before a figure is what such a figure is of: a site has an area, a fair has visitors.

沛县打造云谷产业园，占地110亩: the clause of the figure has no subject, and it is not the county that covers 110 亩.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from kg.extraction.clauses import REACH
from kg.extraction.grammar import CLAUSE_END
from kg.extraction.rules import said
from kg.extraction.skeleton import Match, Skeleton
from kg.model import Mention
from kg.resources import lexicon as lexicon_path
from kg.resources import load_yaml

_WORDS = 14  # characters before a figure, and
_LEADING = 5  # characters between a place and its figure
_AFTER = 6  # characters behind it that say what it measures


@cache
def _affinities() -> tuple[dict[str, Any], ...]:
    return tuple(load_yaml(lexicon_path("indicators.yaml"))["affinities"])


def bearer(match: Match, view: Skeleton, text: str, before: tuple[Mention, ...]) -> Mention | None:
    """Return the thing named last that a figure is of by what it measures, or None if that does not tell.

    ``text`` is the sentence's document, ``before`` what the sentence before named.
    """
    value = match.roles.get("value", ())
    if not value:
        return None
    index = view.index(value[0].start)
    words = _clause_words(view, index, text)
    for affinity in _affinities():
        if any(word in words for word in affinity["words"]):
            for i in sorted((i for i in view.mentions if max(0, index - REACH) <= i < index), reverse=True):
                if _fits(view.mentions[i], affinity):
                    several = view.mentions.get(i + 1)  # 孵化基地|4家
                    return None if several is not None and several.cls == "Quantity" else view.mentions[i]
            return next((m for m in reversed(before) if _fits(m, affinity)), None)
    return None


def _clause_words(view: Skeleton, index: int, text: str) -> str:
    """Return the words beside a figure, of its clause alone."""
    start, end = view.clause(index, index)
    first, figure = view.offsets[start], view.offsets[index]
    last = view.ends[max(start, end - 1)]
    return text[max(first, figure - _WORDS) : min(last, view.ends[index] + _AFTER)]


def _fits(mention: Mention, affinity: dict[str, Any]) -> bool:
    if mention.cls not in affinity["classes"] or mention.kind == "counted":
        return False
    heads = tuple(affinity.get("heads", ()))
    return not heads or mention.text.rstrip("”》").endswith(heads)


def beside(view: Skeleton, match: Match) -> Mention | None:
    """Return the place that stands directly before the figure of a match, in a list of such (浙江11席、福建9席)."""
    value = match.roles.get("value", ())
    index = view.index(value[0].start) if value else 0
    before = index - 1
    while (
        before > 0
        and before not in view.mentions
        and index - before < _LEADING
        and view.text[before] not in CLAUSE_END
    ):
        before -= 1
    mention = view.mentions.get(before)
    if mention is None or mention.cls != "Place" or said("has", view.text[before + 1 : index]) is None:
        return None
    return mention if said("item", view.text[max(0, before - 3) : before]) is not None else None
