"""Numbers without a unit in a list of places (沛县69，青禾县52，云州36): each counts what the list is of."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kg.extraction.figures import number, plain
from kg.extraction.sentences import Sentence
from kg.model import Mention

_LEAST = 3  # places with a number
_NUMBER = re.compile(r"各?[：:]?(\d{1,5})(?=[，、；。,;）)\s]|$)")
_UNIT = "个"


def tallies(sentence: Sentence, mentions: Sequence[Mention]) -> Iterator[Mention]:
    """Yield the numbers that stand directly behind the places of a list."""
    text = sentence.document
    found = [
        match
        for m in mentions
        if m.cls == "Place" and (match := _NUMBER.match(text, m.end, sentence.end)) is not None
    ]
    if len(found) < _LEAST:
        return
    for match in found:
        value = number(match[1])
        if value is not None:
            yield Mention("Quantity", match.start(1), match.end(1), match[1], kind=_UNIT, value=plain(value))
