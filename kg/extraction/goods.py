"""Goods by the nouns that name them, with what belongs to their name: 有机|蔬菜, 火腿|酱, 卖|茶."""

from __future__ import annotations

from collections.abc import Iterator

from kg.extraction.lexicon import Lexicon, longest, matches
from kg.extraction.sentences import Sentence, Word
from kg.model import Mention

_LONGEST_MODIFIERS = 6  # characters


def products(sentence: Sentence, lexicon: Lexicon) -> Iterator[Mention]:
    """Yield goods, by the noun that names them; everyday words only as words of their own."""
    before: tuple[int, int, str] | None = None
    found = matches(lexicon.products, sentence.document, sentence.start, sentence.end)
    for start, end, kind in longest(item for item in found if _stands(sentence, *item, lexicon)):
        if kind is not None:
            _, _, name = kind.rpartition(" ")
            opens = sentence.is_boundary(start)
            start = start if opens else _whole_word(sentence, start, end, lexicon)
            start = _with_modifiers(sentence, start, lexicon)
            end = _with_ending(sentence, end, lexicon)
            yield Mention("Product", start, end, sentence.document[start:end], kind=name)
            if before and before[1] == start and "generic" not in (name, before[2]):  # 牦牛|酸奶
                yield Mention("Product", before[0], end, sentence.document[before[0] : end], kind=name)
            before = (start, end, name)
    endings, others = tuple(lexicon.good_endings), lexicon.not_goods
    for word in sentence.words:
        plain = word.pos in ("NOUN", "PROPN") and not word.label and 1 < len(word.text) < 6
        plain = plain or (
            word.label == "PERSON" and len(word.text) == 2 and word.text[0] in lexicon.single_modifiers
        )  # 白桃
        plain = plain and word.text[0] not in lexicon.deeds and word.text[0] not in lexicon.not_modifiers
        if plain and word.text.endswith(endings) and word.text not in others:
            yield from _derived(word, lexicon)
    yield from _single_goods(sentence, lexicon)


def _derived(word: Word, lexicon: Lexicon) -> Iterator[Mention]:
    """Yield the good that a word names by its ending, apart from the place that opens the word (沛县|雪茶)."""
    for length in range(len(word.text) - 2, 1, -1):
        place = lexicon.known.get(word.text[:length])
        if place is not None and place.cls == "Place" and not place.weak:
            middle = word.start + length
            text = word.text[:length]
            yield Mention("Place", word.start, middle, text, level=place.level, keys=place.keys)
            yield Mention("Product", middle, word.end, word.text[length:], kind="derived")
            return
    yield Mention("Product", word.start, word.end, word.text, kind="derived")


def _tells_kind(word: Word, start: int, lexicon: Lexicon) -> bool:
    """Whether what stands in a word before an offset tells the kind of a good (红) or where it is from (沛县)."""
    first = word.text[: start - word.start]
    place = lexicon.known.get(first)
    return first in lexicon.single_modifiers or (
        place is not None and place.cls == "Place" and not place.weak
    )


def _stands(sentence: Sentence, start: int, end: int, kind: str | None, lexicon: Lexicon) -> bool:
    """Whether a good is a word of its own, or opens or closes one; everyday words only the former."""
    if kind is None:
        return True
    opens, closes = sentence.is_boundary(start), sentence.is_boundary(end)
    index = sentence.word_at(start)
    if closes and index is not None and _tells_kind(sentence.words[index], start, lexicon):
        return True  # 红|苹果: one word of the model's
    inside = sentence.word_at(start) == sentence.word_at(end - 1)  # 人|参加 is no 人参
    return (opens and closes) or (not kind.startswith("weak ") and inside and (opens or closes))


def _single_goods(sentence: Sentence, lexicon: Lexicon) -> Iterator[Mention]:
    """Yield goods of one character after a verb of trade or farming: 卖|茶, 种茶, 卖|了|枣."""
    for index, word in enumerate(sentence.words):
        single = lexicon.single_goods.get(word.text[-1])
        if single is None or len(word.text) > 2:
            continue
        if len(word.text) == 2:
            done = word.text[0] in lexicon.deeds and word.pos in ("VERB", "NOUN") and not word.label
        else:
            before = [w.text for w in sentence.words[max(0, index - 3) : index]]
            if before and before[-1][-1] in "了着的":
                before[-1] = before[-1].rstrip("了着的")
                before = before if before[-1] else before[:-1]
            done = word.pos == "NOUN" and bool(before) and before[-1] in lexicon.deeds
        if done:
            name = single if single != word.text else None
            yield Mention("Product", word.end - 1, word.end, word.text[-1], kind="single", name=name)


def _with_modifiers(sentence: Sentence, start: int, lexicon: Lexicon) -> int:
    """Return where a good begins with the words before it that belong to its name (有机|蔬菜)."""
    index = sentence.word_at(start - 1) if start > sentence.start else None
    first = start
    while index is not None and index >= 0 and first - start < _LONGEST_MODIFIERS:
        word = sentence.words[index]
        noun = (
            word.tag in ("n", "nz")
            and not word.label
            and 1 < len(word.text) < 4
            and word.text not in lexicon.not_modifiers
            and word.text[0] not in lexicon.not_modifiers
        )
        if word.text not in lexicon.good_modifiers and not noun:
            break
        start = word.start
        index -= 1
    return start


def _with_ending(sentence: Sentence, end: int, lexicon: Lexicon) -> int:
    """Return where a good ends with the one character after it that makes another of it (玫瑰|酱)."""
    if not sentence.is_boundary(end):
        index = sentence.word_at(end - 1)  # 火腿|酱 in one word
        word = sentence.words[index] if index is not None else None
        return word.end if word and word.end == end + 1 and word.text[-1] in lexicon.good_endings else end
    index = sentence.word_at(end) if end < sentence.end else None
    word = sentence.words[index] if index is not None else None
    return word.end if word and word.start == end and word.text in lexicon.good_endings else end


def _whole_word(sentence: Sentence, start: int, end: int, lexicon: Lexicon) -> int:
    """Return where the word starts that a good ends (油|橄榄), unless a place opens it (道孚|大葱)."""
    index = sentence.word_at(start)
    if index is None:
        return start
    word = sentence.words[index]
    handled = word.text[0] in lexicon.deeds or word.text[0] in lexicon.not_modifiers  # 卖|山货, 一地|大蒜
    fits = (
        not handled
        and word.end == end
        and len(word.text) < 6
        and word.pos in ("NOUN", "PROPN")
        and word.label == ""
    )
    place = any(s == 0 and k.cls == "Place" for s, _, k in matches(lexicon.names, word.text))
    return word.start if fits and not place else start
