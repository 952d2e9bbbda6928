"""Names of places that are ordinary words too (江永, 海口): places where the article or a list says so."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from kg.extraction.lexicon import Lexicon, matches
from kg.extraction.sentences import Sentence
from kg.model import Mention

_PREFECTURE = len("place/3311")  # of the official code of a place, what its whole prefecture shares


def regions(found: Iterable[Mention]) -> frozenset[str]:
    """Return the prefectures of the places that an article names beyond doubt."""
    return frozenset(
        key[:_PREFECTURE] for m in found if m.cls == "Place" and len(m.keys) == 1 for key in m.keys
    )


def places(
    sentence: Sentence, candidates: Sequence[Mention], near: frozenset[str], lexicon: Lexicon
) -> Iterator[Mention]:
    """Yield such names where the pipeline sees a name, in a prefecture of the article or a list of places."""
    text = sentence.document
    sure = {m.start for m in candidates if m.cls == "Place"} | {m.end for m in candidates if m.cls == "Place"}
    for start, end, known in matches(lexicon.names, text, sentence.start, sentence.end):
        if known.cls != "Place" or not known.weak or not _is_name(sentence, start, end):
            continue
        listed = {start - 1, end + 1} <= sure and text[start - 1] == text[end : end + 1] == "、"
        if listed or (len(known.keys) == 1 and known.keys[0][:_PREFECTURE] in near):
            yield Mention("Place", start, end, text[start:end], level=known.level, keys=known.keys)


def _is_name(sentence: Sentence, start: int, end: int) -> bool:
    """Whether the pipeline takes exactly these characters for a name of some kind."""
    index = sentence.word_at(start)
    word = sentence.words[index] if index is not None else None
    return word is not None and (word.start, word.end) == (start, end) and word.pos == "PROPN"
