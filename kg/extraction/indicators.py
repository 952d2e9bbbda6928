"""What figures measure: indicators by their last word (网络零售额), and the nouns that are counted."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache

from kg.extraction.lexicon import Automaton, Lexicon, automaton, longest, matches
from kg.extraction.sentences import Sentence
from kg.model import Mention
from kg.resources import lexicon as lexicon_path
from kg.resources import load_yaml

_LONGEST = 16  # characters
_FULL_NAME = 6  # characters: a body's full name, which is no part of what is measured


@cache
def _heads() -> Automaton:
    return automaton(dict.fromkeys(_data()["heads"]))


@cache
def _data() -> dict[str, list[str]]:
    return load_yaml(lexicon_path("indicators.yaml"))


@cache
def _reach() -> re.Pattern[str]:
    """The words between a noun and its figure (网店|已超过|300家), at the end of a text."""
    words = sorted(_data()["between"], key=lambda word: (-len(word), word))
    return re.compile(f"(?:{'|'.join(map(re.escape, words))}){{1,3}}$")


def indicators(sentence: Sentence, edges: frozenset[int], lexicon: Lexicon) -> Iterator[Mention]:
    """Yield indicators; ``edges`` are ends of places, times and people, which they do not take in."""
    heads = matches(_heads(), sentence.document, sentence.start, sentence.end)
    whole = [head for head in heads if sentence.is_boundary(head[1])]
    for start, end, _ in longest([*whole, *_measures(sentence)]):
        edge = _left(sentence, start, edges, lexicon)
        yield Mention("Indicator", edge, end, sentence.document[edge:end])


def _measures(sentence: Sentence) -> Iterator[tuple[int, int, str]]:
    """Yield the words that end like what is measured (询盘量, 通达率) and are in no list."""
    endings, others = tuple(_data()["endings"]), tuple(_data()["not_measures"])
    for word in sentence.words:
        fits = word.pos in ("NOUN", "VERB") and not word.label and word.end - word.start > 1
        if fits and word.text.endswith(endings) and not word.text.endswith(others):
            yield word.start, word.end, word.text
        elif word.text in endings and word.pos == "NOUN" and word.start > sentence.start:
            before = (
                sentence.words[index] if (index := sentence.word_at(word.start - 1)) is not None else word
            )
            if before.pos in ("NOUN", "VERB") and not before.label:
                text = sentence.document[before.start : word.end]
                if not text.endswith(others):  # 寄递|量
                    yield before.start, word.end, text


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
            and not (word.label == "ORG" and len(word.text) >= _FULL_NAME)
            and word.tag not in ("f", "s", "q")
        )
        if not (fits or word.text in _data()["openings"] or word.text in lexicon.sets["inner_verbs"]):
            break
        if word.text in _data()["whose"]:
            break
        edge = word.start
        if word.text in _data()["openers"]:
            break
    return edge


def _noun_phrases(
    sentence: Sentence, figures: Sequence[Mention], edges: frozenset[int], lexicon: Lexicon
) -> Iterator[Mention]:
    """Yield the noun phrase after a count (20余名|国际嘉宾), or before it (创业实体|78户)."""
    for figure in figures:
        if figure.cls != "Quantity":
            continue
        start, end = _phrase_after(sentence, figure.end)
        if end == start and sentence.document[end : end + 1] in ("", *"，、。；,;：（(和 ）)"):
            yield from _phrase_before(
                sentence, figure.start, frozenset(f.end for f in figures) | edges, lexicon
            )
        elif end > start:
            text = sentence.document[start:end]
            if text not in _data()["uncounted"]:
                yield Mention("CountNoun", start, end, text, kind="counted")


def _phrase_before(
    sentence: Sentence, figure: int, edges: frozenset[int], lexicon: Lexicon
) -> Iterator[Mention]:
    """Yield the noun phrase before a count, or before the word that leads to it (网店|已超过|300家)."""
    leading = _reach().search(sentence.document[max(sentence.start, figure - 9) : figure])
    end = figure - len(leading[0]) if leading else figure
    if end == sentence.start or not sentence.is_boundary(end):
        return
    known = next((n for n in _data()["places_of_trade"] if sentence.document[:end].endswith(n)), "")
    last = sentence.word_at(end - 1)
    left = _after_deed(sentence, _left(sentence, end - len(known), edges, lexicon), end, lexicon)
    noun = known or (last is not None and sentence.words[last].pos in ("NOUN", "PROPN"))
    text = sentence.document[left:end]
    if noun and len(text) > 1 and text not in _data()["uncounted"]:
        yield Mention("CountNoun", left, end, text, kind="counted")


def _after_deed(sentence: Sentence, left: int, end: int, lexicon: Lexicon) -> int:
    """Return where the goods begin that close a phrase, if a verb before them says what is done to them.

    平台销售|香菇 1.2万吨: what is counted is the goods; the verb is the clause's.
    """
    if not any(e == end and kind for _, e, kind in matches(lexicon.products, sentence.document, left, end)):
        return left
    verbs = (
        word.end
        for word in sentence.words
        if left <= word.start
        and word.end < end
        and word.pos == "VERB"
        and word.text in lexicon.sets["inner_verbs"]
    )
    return max(verbs, default=left)


def _phrase_after(sentence: Sentence, start: int) -> tuple[int, int]:
    """Return the noun phrase that a count at ``start`` is of; empty if none follows."""
    start += next((len(word) for word in _data()["about"] if sentence.document.startswith(word, start)), 0)
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


def counted(
    sentence: Sentence, numbers: Sequence[Mention], edges: frozenset[int], lexicon: Lexicon
) -> Iterator[Mention]:
    """Yield what is counted; a kind of facility counts as one of unnamed facilities."""
    for mention in _noun_phrases(sentence, numbers, edges, lexicon):
        if mention.text in lexicon.sets["parts_in_events"]:
            continue
        ends = [
            (head.cls, len(word))
            for _, end, head in matches(lexicon.heads, mention.text)
            if end == len(mention.text)
            for word in [head.text]
        ]
        facility = max(ends, key=lambda item: item[1], default=("", 0))[0] == "Facility"
        plain = _without_verb(mention, lexicon) if facility or ends else mention
        yield replace(plain, cls="Facility") if facility else plain


def _without_verb(mention: Mention, lexicon: Lexicon) -> Mention:
    """Leave to the clause the verb that what is counted opens with (建设|服务站150个)."""
    verb = next((v for v in lexicon.phrases["before_counted"] if mention.text.startswith(v)), "")
    rest = mention.text.removeprefix(verb)
    return replace(mention, start=mention.start + len(verb), text=rest) if len(rest) > 2 else mention
