"""Names of places that are ordinary words too (江永, 海口): places where the article or a list says so."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from kg.extraction.lexicon import Lexicon, matches
from kg.extraction.sentences import Sentence
from kg.model import Mention

_SHORT = 2  # characters
_PREFECTURE = len("place/3311")  # of the official code of a place, what its whole prefecture shares


def regions(found: Iterable[Mention]) -> frozenset[str]:
    """Return the prefectures of the places that an article names beyond doubt."""
    return frozenset(
        key[:_PREFECTURE] for m in found if m.cls == "Place" and len(m.keys) == 1 for key in m.keys
    )


def in_full(found: Iterable[Mention]) -> frozenset[str]:
    """Return the keys of the places that an article names with their unit (武功|县)."""
    return frozenset(
        key
        for m in found
        if m.cls == "Place" and len(m.keys) == 1 and len(m.text) > _SHORT and not m.anaphor
        for key in m.keys
    )


def places(
    sentence: Sentence,
    candidates: Sequence[Mention],
    near: frozenset[str],
    full: frozenset[str],
    lexicon: Lexicon,
) -> Iterator[Mention]:
    """Yield such names where the pipeline sees a name, in a prefecture of the article or a list of places.

    Of a place that the article names in full they are the short form wherever they are a word; what is also a good
    (牡丹) is none in a place's stead.
    """
    text = sentence.document
    sure = {m.start for m in candidates if m.cls == "Place"} | {m.end for m in candidates if m.cls == "Place"}
    for start, end, known in matches(lexicon.names, text, sentence.start, sentence.end):
        if known.cls != "Place" or not known.weak or lexicon.products.get(text[start:end], None):
            continue
        if not full.isdisjoint(known.keys) and sentence.is_boundary(start) and sentence.is_boundary(end):
            yield Mention("Place", start, end, text[start:end], level=known.level, keys=known.keys)
            continue
        if not _is_name(sentence, start, end):
            continue
        listed = {start - 1, end + 1} <= sure and text[start - 1] == text[end : end + 1] == "、"
        if listed or (len(known.keys) == 1 and known.keys[0][:_PREFECTURE] in near):
            yield Mention("Place", start, end, text[start:end], level=known.level, keys=known.keys)


def _is_name(sentence: Sentence, start: int, end: int) -> bool:
    """Whether the pipeline takes exactly these characters for a name of some kind."""
    index = sentence.word_at(start)
    word = sentence.words[index] if index is not None else None
    return word is not None and (word.start, word.end) == (start, end) and word.pos == "PROPN"
