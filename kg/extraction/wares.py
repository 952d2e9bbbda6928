"""Nouns that only their place in the sentence makes goods: 专攻|罗汉床, 绳网|产业, 3000亩|雪茶, 靠|罗汉床|致富."""

from __future__ import annotations

from collections.abc import Iterator

from kg.extraction.lexicon import Lexicon, matches
from kg.extraction.sentences import Sentence
from kg.model import Mention

_LONGEST = 8  # characters of a name
_BEFORE = 12  # characters in which a figure stands before its noun
_NAMELESS = frozenset({"", "PRODUCT", "WORK_OF_ART"})


def wares(sentence: Sentence, lexicon: Lexicon) -> Iterator[Mention]:
    """Yield the nouns after a verb of making or selling, with those listed behind, before 产业, or after a measure."""
    at = lexicon.wares
    end = 0
    for index, word in enumerate(sentence.words):
        first = None
        if word.pos == "VERB" and word.text in at["after"]:
            first = _object(sentence, index + 1, lexicon)
        elif word.text in at["by"] and _followed(sentence, index + 1, at["thrives"], lexicon):
            first = index + 1
        elif word.end >= end and _is_measured(sentence, word.start, lexicon):
            first = index
        while first is not None and (last := _phrase(sentence, first, lexicon)) is not None:
            end = sentence.words[last - 1].end
            yield from _mention(sentence, first, last, lexicon)
            more = sentence.words[last].text in at["joints"] if last < len(sentence.words) else False
            first = last + 1 if more else None
        if word.text in at["before"] and (opening := _before(sentence, index, lexicon)) is not None:
            yield from _mention(sentence, opening, index, lexicon)


def _mention(sentence: Sentence, first: int, last: int, lexicon: Lexicon) -> Iterator[Mention]:
    """Yield the good that some words name, and the place that may open the first of them (沛县雪茶)."""
    start, end = sentence.words[first].start, sentence.words[last - 1].end
    for opening, middle, known in matches(lexicon.names, sentence.document, start, end):
        text = sentence.document[start:middle]
        place = opening == start and known.cls == "Place" and not known.weak
        if place and not sentence.is_boundary(middle) and not lexicon.products.get(text, None):
            yield Mention("Place", start, middle, text, level=known.level, keys=known.keys)
    yield Mention("Product", start, end, sentence.document[start:end], kind="placed")


def _object(sentence: Sentence, index: int, lexicon: Lexicon) -> int | None:
    """Return where the object of a verb begins, after particles and figures (卖|的|是, 种|了|20亩)."""
    words = sentence.words
    while index < len(words) and (
        words[index].text in lexicon.wares["between"] or words[index].pos in ("NUM", "ADV")
    ):
        index += 1
    return index if index < len(words) else None


def _phrase(sentence: Sentence, first: int, lexicon: Lexicon) -> int | None:
    """Return where the noun phrase ends that begins at a word, if its last noun can be a good."""
    words = sentence.words
    last = first
    while last < len(words) and words[last].end - words[first].start <= _LONGEST:
        word = words[last]
        modifier = word.text in lexicon.good_modifiers or word.text in lexicon.single_modifiers
        if not modifier and not (word.tag in ("n", "nz", "nw") and word.label in _NAMELESS):
            break
        last += 1
    if last == first or (last < len(words) and words[last].tag in ("n", "nz", "vn", "s", "f", "ORG")):
        return None  # the noun modifies another (塑料|包装, 山|上)
    if last < len(words) and words[last].text == "的":
        return None
    if words[first].text in lexicon.not_modifiers:
        return None
    return last if _is_ware(words[last - 1].text, lexicon) else None


def _is_ware(noun: str, lexicon: Lexicon) -> bool:
    """Whether a noun can name a good: it is no word for people, places, bodies, money or what one thinks."""
    return (
        1 < len(noun) < 6
        and not noun.endswith(lexicon.no_ware_endings)
        and noun not in lexicon.wares["not"]
        and noun not in lexicon.not_goods
        and noun not in lexicon.not_modifiers
        and noun not in lexicon.known
        and not any(noun in lexicon.sets[key] for key in ("generic_words", "trades", "portfolios"))
        and all("一" <= char <= "鿿" for char in noun)
    )


def _followed(sentence: Sentence, first: int, verbs: frozenset[str], lexicon: Lexicon) -> bool:
    """Whether a noun phrase and one of these words follow (靠|雪茶|致富, 以|雪茶|为主)."""
    last = _phrase(sentence, first, lexicon) if first < len(sentence.words) else None
    if last is None or last >= len(sentence.words):
        return False
    return sentence.document.startswith(tuple(verbs), sentence.words[last].start)


def _before(sentence: Sentence, index: int, lexicon: Lexicon) -> int | None:
    """Return where the nouns begin that stand before 产业 and the like."""
    words, first = sentence.words, index
    while (
        first > 0
        and words[first - 1].tag in ("n", "nz")
        and words[first - 1].label in _NAMELESS
        and words[index].start - words[first - 1].start <= _LONGEST
    ):
        first -= 1
    while first < index and words[first].text in lexicon.not_modifiers:
        first += 1
    if first == index or not _is_ware(words[index - 1].text, lexicon):
        return None
    return first


def _is_measured(sentence: Sentence, start: int, lexicon: Lexicon) -> bool:
    """Whether a figure of land, weight or heads stands before a word (3000亩|雪茶)."""
    before = sentence.document[max(sentence.start, start - _BEFORE) : start]
    return before[-1:] in lexicon.measure_ends and lexicon.measures.search(before) is not None
