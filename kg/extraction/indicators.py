"""What figures measure: indicators by their last word (网络零售额), and the nouns that are counted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache

from kg.extraction.lexicon import Automaton, Lexicon, automaton, longest, matches
from kg.extraction.sentences import Sentence
from kg.model import Mention
from kg.resources import lexicon as lexicon_path
from kg.resources import load_yaml

_LONGEST = 16  # characters


@cache
def _heads() -> Automaton:
    return automaton(dict.fromkeys(_data()["heads"]))


@cache
def _data() -> dict[str, list[str]]:
    return load_yaml(lexicon_path("indicators.yaml"))


def indicators(sentence: Sentence, edges: frozenset[int], lexicon: Lexicon) -> Iterator[Mention]:
    """Yield indicators; ``edges`` are ends of places, times and people, which they do not take in."""
    for start, end, _ in longest(matches(_heads(), sentence.document, sentence.start, sentence.end)):
        if sentence.is_boundary(end):
            edge = _left(sentence, start, edges, lexicon)
            yield Mention("Indicator", edge, end, sentence.document[edge:end])


def _left(sentence: Sentence, start: int, edges: frozenset[int], lexicon: Lexicon) -> int:
    edge = start
    while edge > sentence.start and edge not in edges and start - edge < _LONGEST:
        index = sentence.word_at(edge - 1)
        if index is None:
            break
        word = sentence.words[index]
        fits = (
            word.pos in ("NOUN", "PROPN", "ADJ")
            and word.label not in ("DATE", "PERSON")
            and word.tag not in ("f", "s", "q")
        )
        if not (fits or word.text in _data()["openings"] or word.text in lexicon.sets["inner_verbs"]):
            break
        edge = word.start
    return edge


def counted(
    sentence: Sentence, figures: Sequence[Mention], edges: frozenset[int], lexicon: Lexicon
) -> Iterator[Mention]:
    """Yield the noun phrase after a count (20余名|国际嘉宾), or before it (创业实体|78户)."""
    for figure in figures:
        if figure.cls != "Quantity":
            continue
        start, end = _phrase_after(sentence, figure.end)
        if end == start and sentence.document[end : end + 1] in ("", *"，、。；,;：（(和 ）)"):
            left = _left(sentence, figure.start, frozenset(f.end for f in figures) | edges, lexicon)
            last = sentence.word_at(figure.start - 1) if figure.start > sentence.start else None
            noun = last is not None and sentence.words[last].pos in ("NOUN", "PROPN")
            if noun and figure.start - left > 1:
                text = sentence.document[left : figure.start]
                yield Mention("CountNoun", left, figure.start, text, kind="counted")
        elif end > start:
            text = sentence.document[start:end]
            if text not in _data()["uncounted"]:
                yield Mention("CountNoun", start, end, text, kind="counted")


def _phrase_after(sentence: Sentence, start: int) -> tuple[int, int]:
    """Return the noun phrase that a count at ``start`` is of; empty if none follows."""
    index = sentence.word_at(start) if start < sentence.end else None
    if index is not None and sentence.words[index].pos in ("VERB", "ADP"):
        of = sentence.document.find("的", start, min(start + 14, sentence.end))
        if of > 0 and not set(sentence.document[start:of]) & set("，。；：、"):
            start = of + 1  # 20家具有示范作用的|直播机构
            index = sentence.word_at(start) if start < sentence.end else None
    end = start
    while index is not None and index < len(sentence.words):
        word = sentence.words[index]
        if word.start < start or word.end - start > _LONGEST:
            break
        if word.pos not in ("NOUN", "PROPN", "ADJ") or word.label or word.tag in ("f", "s"):
            break
        end = word.end
        index += 1
    return start, end
