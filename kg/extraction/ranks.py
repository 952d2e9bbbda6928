"""Ranks that a clause states, which are honours: 全国最大的面料集散地, 全国第八位."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from kg.extraction.lexicon import Lexicon, alternation
from kg.extraction.sentences import Sentence
from kg.model import Mention


def superlatives(sentence: Sentence, lexicon: Lexicon) -> Iterator[Mention]:
    """Yield ranks that a clause states (全国最大的面料集散地), as honours that a holder is said to be."""
    words = lexicon.phrases["superlatives"]
    ranked = _ranked(
        (*lexicon.phrases["rank_verbs"], *words["verbs"]), tuple(words["after_verb"]), tuple(words["places"])
    )
    for match in ranked.finditer(sentence.document, sentence.start, sentence.end):
        if not set(match[1]) & set(lexicon.sets["honour_stops"]):
            yield Mention("Designation", match.start(1), match.end(1), match[1], kind="rank")
    pattern = _superlative(*(tuple(words[key]) for key in ("verbs", "areas", "ranks")))
    for match in pattern.finditer(sentence.document, sentence.start, sentence.end):
        yield Mention("Designation", match.start(1), match.end(1), match[1], kind="rank")


@cache
def _superlative(verbs: tuple[str, ...], areas: tuple[str, ...], ranks: tuple[str, ...]) -> re.Pattern[str]:
    area = rf"(?:{alternation(areas)}|[一-鿿]{{1,4}}[省市县州]?)"
    return re.compile(
        rf"(?:{alternation(verbs)})"
        rf"({area}(?:乃至{area})?(?:{alternation(ranks)}|第[一二三四五六七八九十]大?)的?[^，。；：！？]{{2,20}})"
        rf"(?=[，。；：！？]|$)"
    )


@cache
def _ranked(verbs: tuple[str, ...], after: tuple[str, ...], units: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(
        rf"(?:{alternation(verbs)})(?:{alternation(after)})?"
        rf"([^，。；：！？、“”]{{2,20}}?第[一二三四五六七八九十百\d]{{1,4}}(?:{alternation(units)})?)(?=[，。；：！？、]|$)"
    )
