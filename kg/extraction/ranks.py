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
        (*lexicon.phrases["rank_verbs"], *words["verbs"]),
        tuple(words["after_verb"]),
        tuple(words["places"]),
        tuple(words["tops"]),
    )
    for match in ranked.finditer(sentence.document, sentence.start, sentence.end):
        if not set(match[1]) & set(lexicon.sets["honour_stops"]):
            yield Mention("Designation", match.start(1), match.end(1), match[1], kind="rank")
    pattern = _superlative(*(tuple(words[key]) for key in ("verbs", "areas", "ranks", "no_ends")))
    for match in pattern.finditer(sentence.document, sentence.start, sentence.end):
        if match[1].endswith(tuple(words["nouns"])) and not _names_holder(sentence, match[1], match.start(1)):
            yield Mention("Designation", match.start(1), match.end(1), match[1], kind="rank")


def _names_holder(sentence: Sentence, rank: str, start: int) -> bool:
    """Whether a rank goes on to name who has it (被选为全省首个试点县的|长汀县), which is a clause of its own."""
    behind = rank.rfind("的") + 1
    index = sentence.word_at(start + behind) if 0 < behind < len(rank) else None
    return index is not None and sentence.words[index].label in ("GPE", "ORG", "PERSON")


@cache
def _superlative(
    verbs: tuple[str, ...], areas: tuple[str, ...], ranks: tuple[str, ...], no_ends: tuple[str, ...]
) -> re.Pattern[str]:
    area = rf"(?:{alternation(areas)}|[一-鿿]{{1,4}}[省市县州]?)"
    return re.compile(
        rf"(?:{alternation(verbs)})"
        rf"({area}(?:乃至{area})?(?:{alternation(ranks)}|第[一二三四五六七八九十]大?)的?[^，。；：！？\s]{{2,20}}?(?<!{alternation(no_ends)}))"
        rf"(?=[，。；：！？\s]|$)"
    )


@cache
def _ranked(
    verbs: tuple[str, ...], after: tuple[str, ...], units: tuple[str, ...], tops: tuple[str, ...]
) -> re.Pattern[str]:
    return re.compile(
        rf"(?:{alternation(verbs)})(?:{alternation(after)})?"
        rf"([^，。；：！？、“”]{{1,20}}?(?:第[一二三四五六七八九十百\d]{{1,4}}(?:{alternation(units)})?|{alternation(tops)}))"
        rf"(?=[，。；：！？、]|$)"
    )
