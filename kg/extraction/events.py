"""Names of events that their number, a quotation or what is done with them tells (第六届…橙博会, 召开全市…会议)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from kg.extraction.lexicon import Lexicon, matches
from kg.extraction.sentences import Sentence
from kg.model import Mention

_NUMBER = re.compile(r"(?:(?:19|20)\d\d年?)?(?:第[一二三四五六七八九十百\d]{1,3}[届期次]|首届)")
_QUOTED = re.compile(r"“[^“”，。；：]{2,20}”")
_LONGEST = 36  # characters from the number or quotation to the end
_SHORTEST = 4  # characters before the head of an event that only a verb tells


def numbered(sentence: Sentence, lexicon: Lexicon) -> Iterator[Mention]:
    """Yield what a number makes an event (第六届…橙博会, 首届橙博会), with the place or quotation before it."""
    text = sentence.document
    for match in _NUMBER.finditer(text, sentence.start, sentence.end):
        end = _end(sentence, match.end(), lexicon)
        if end is None:
            continue
        start = _opening(text, match.start(), sentence, lexicon)
        yield Mention("Event", start, end, text[start:end], kind="strong")


def opened_by_quotation(sentence: Sentence, lexicon: Lexicon) -> Iterator[Mention]:
    """Yield events whose name goes on behind a quotation (“黔货出山”2020年…走进上海活动)."""
    text = sentence.document
    for match in _QUOTED.finditer(text, sentence.start, sentence.end):
        behind = text[match.end() : match.end() + 5]
        named = re.match(r"(?:19|20)\d\d年", behind) or any(
            start == 0 and known.cls == "Place" for start, _, known in matches(lexicon.names, behind)
        )
        end = _end(sentence, match.end(), lexicon) if named else None
        if end is not None:
            yield Mention("Event", match.start(), end, text[match.start() : end], kind="strong")


def held(sentence: Sentence, lexicon: Lexicon) -> Iterator[Mention]:
    """Yield what is called or opened without a proper name (召开全市农村电商现场推进会)."""
    text = sentence.document
    words = lexicon.phrases["events"]
    for verb in re.finditer(_either(tuple(words["calling"])), text[sentence.start : sentence.end]):
        start = sentence.start + verb.end()
        end = _end(sentence, start, lexicon)
        scope = text.startswith(tuple(words["scopes"]), start)
        if end is not None and scope and end - start > _SHORTEST + 2:
            yield Mention("Event", start, end, text[start:end], kind="strong")


def _end(sentence: Sentence, start: int, lexicon: Lexicon) -> int | None:
    """Return where the name of an event ends that goes on at ``start``: after its last head before a stop."""
    text = sentence.document
    stops = lexicon.phrases["events"]["stops"]
    limit = min(start + _LONGEST, sentence.end)
    stop = re.compile(_either(tuple(stops))).search(text, start, limit)
    limit = stop.start() if stop else limit
    ends = [
        end
        for _, end, head in matches(lexicon.heads, text, start, limit)
        if head.cls == "Event" and sentence.is_boundary(end) and end - start > 1
    ]
    return max(ends, default=None)


def _opening(text: str, start: int, sentence: Sentence, lexicon: Lexicon) -> int:
    """Return where the name opens whose number stands at ``start``: with the place and quotation before it."""
    window = max(sentence.start, start - 12)
    places = (s for s, e, k in matches(lexicon.names, text, window, start) if e == start and k.cls == "Place")
    start = min(places, default=start)
    quoted = next((m for m in _QUOTED.finditer(text, sentence.start, start) if m.end() == start), None)
    return quoted.start() if quoted else start


@cache
def _either(words: tuple[str, ...]) -> str:
    return "|".join(sorted(map(re.escape, words), key=lambda word: (-len(word), word)))
