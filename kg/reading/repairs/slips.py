"""Reads a stretch of a reprint whose bytes are out of step, from the mark where it begins to where it ends.

A bracket between the two bytes of a character leaves the first one, X, alone: it is shown as a mark, and lost.
From there on the pairs of bytes are the second of one character and the first of the next. So the stretch is
X and then, two by two, the bytes of what is shown; it ends where another byte is left alone:

* a Latin letter, which is a second byte itself;
* a mark before a reading, ``?bào)``: the lost byte ends a character, and the reading tells which;
* any other mark: the lost byte ends a character, and the mark has also swallowed what came after it.

The reading tells X too: with the last byte before it, X makes a converted character that is read so.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterator
from dataclasses import dataclass, field

from kg.reading.aligned import AlignedText
from kg.reading.repairs.evidence import characters_after, completing, converted, gbk, is_word, readings
from kg.reading.words import characters

UNREADABLE = "\ufffd"
_ANY = frozenset(range(0x40, 0xFF))  # what a byte can be of which nothing is known
_LONGEST = 400  # characters that one slip can put out of step
_ENOUGH = 200_000  # characters of an article that show which words it has
_WAYS = 6  # of reading one stretch that are tried
_BEYOND = 4  # characters after a stretch that show whether it was read right
_OFTEN = 3  # times that an article has a word for it to mend a damaged one
_STRAY_LEAD = frozenset({0xA1})  # of the full stop, whose second byte was taken for half of punctuation
_BRACKET = re.compile(r"[(（][a-zāáǎàēéěèīíǐìōóǒòūúǔùüǖǘǚǜńňǹḿ]{1,6}[)）]")
_BEFORE = re.compile(rf"(\S)(?:{_BRACKET.pattern})?\Z")


@dataclass(slots=True)
class _Stretch:
    """The bytes of a stretch: the values each can have, and where in the text it comes from."""

    at: int  # where the text goes on
    values: list[frozenset[int]] = field(default_factory=list)
    sources: list[tuple[int, int]] = field(default_factory=list)
    readings: dict[int, str] = field(default_factory=dict)  # of the character that ends with byte i
    swallowed: tuple[int, int] | None = None  # the mark at the end that stands for another character too

    def plus(self, values: list[frozenset[int]], end: int, reading: str | None = None) -> _Stretch:
        """Return the stretch with the bytes of ``text[at:end]``."""
        said = {**self.readings, len(self.values) + len(values) - 1: reading} if reading else self.readings
        sources = [*self.sources, *[(self.at, end)] * len(values)]
        return _Stretch(end, [*self.values, *values], sources, said)

    def is_open(self) -> bool:
        return len(self.values) % 2 == 1


class Reader:
    """Reads the stretches of one article.

    ``slip`` matches the beginning of a stretch and names its ``reading`` or ``stray``; ``mark`` is the class of
    marks; ``swallows`` says whether a mark stands for the character after the lost byte too.
    """

    def __init__(self, aligned: AlignedText, slip: re.Pattern[str], mark: str, swallows: bool) -> None:
        self._aligned, self._text, self._slip = aligned, aligned.text, slip
        self._marks = frozenset(mark.strip("[]"))
        self._swallows = swallows
        self._plain = _BRACKET.sub("", aligned.text[:_ENOUGH])
        self._quoting = False  # whether the stretch begins within quotation marks
        self._counts: dict[str, int] = {}

    def run(self, slip: re.Match[str]) -> tuple[int, AlignedText] | None:
        """Return where the stretch that begins with ``slip`` ends, and what it says; None if it is none."""
        before = _BEFORE.search(self._text, max(0, slip.start() - 12), slip.start())
        last = before[1] if before else ""
        line = self._text[max(0, slip.start() - _LONGEST) : slip.start()].rpartition("\n")[2]
        self._quoting = line.count("“") > line.count("”")
        start = _Stretch(slip.start())
        if slip["reading"]:
            start = start.plus([_misread(last, slip["reading"])], slip.end())
        else:
            start = start.plus([_STRAY_LEAD, *map(_only, gbk(_full_width(slip["stray"])))], slip.end())
        ways = list(self._ways(start))
        end = max((way.at for way in ways), default=slip.end())
        read = [
            (self._sense(last, said, way, end), -i, way, said)
            for i, way in enumerate(ways)
            if (said := self._said(way, last)) is not None
        ]
        best = max(read, key=lambda way: way[:2], default=None)
        sure = best is not None and (best[2].readings or "”" in best[3])
        if slip["stray"] and slip[0][0] in "?？" and not sure:
            shown = last + self._text[slip.start() + 1 : end + _BEYOND]
            if best is None or best[0] < _sense(_BRACKET.sub("", shown)):
                return None  # a question that is also a cry
        if best is None:
            return slip.end(), self._aligned_as(UNREADABLE, [(slip.start(), slip.end())])
        _, _, stretch, said = best
        spans = [
            (min(a for a, _ in pair), max(b for _, b in pair))
            for pair in (stretch.sources[i : i + 2] for i in range(0, len(stretch.sources), 2))
        ]
        if stretch.swallowed:
            said += UNREADABLE
            spans.append(stretch.swallowed)
        return stretch.at, self._aligned_as(said, spans)

    def _aligned_as(self, said: str, spans: list[tuple[int, int]]) -> AlignedText:
        starts = array("I", (self._aligned.starts[first] for first, _ in spans))
        return AlignedText(said, starts, array("I", (self._aligned.ends[last - 1] for _, last in spans)))

    def _ways(self, start: _Stretch) -> Iterator[_Stretch]:
        """Yield the ways to read the stretch to its end, the most natural first."""
        waiting = [start]
        found = 0
        while waiting and found < _WAYS:
            stretch = waiting.pop()
            if not stretch.is_open():
                found += 1
                yield stretch
            elif stretch.at < len(self._text) and len(stretch.values) < 2 * _LONGEST:
                waiting += reversed(list(self._next(stretch)))

    def _next(self, stretch: _Stretch) -> Iterator[_Stretch]:
        """Yield the stretch with one more of what is shown, in each way that it can be meant."""
        text, at = self._text, stretch.at
        char = text[at]
        slip = self._slip.match(text, at)
        if slip and slip["reading"]:
            yield stretch.plus([_ANY], slip.end(), slip["reading"])
        elif char in self._marks:
            closed = stretch.plus([_ANY], at + 1)
            closed.swallowed = (at, at + 1) if self._swallows else None
            yield closed
            yield stretch.plus([_ANY, _ANY], at + 1)  # two bytes that are no character
        elif bracket := _BRACKET.match(text, at):  # after two bytes that were taken for a character
            stretch.at = bracket.end()
            yield stretch
        elif len(new := gbk(char)) == 2:
            yield stretch.plus(_bytes(new), at + 1)
        elif new and 0x40 <= new[0] <= 0x7E:
            end = at + 1
            bracket = _BRACKET.match(text, end)
            yield stretch.plus([_only(new[0])], end, bracket[0][1:-1] if bracket else None)
        elif char in "!;:,()":
            yield stretch.plus([*map(_only, gbk(_full_width(char)))], at + 1)

    def _said(self, stretch: _Stretch, before: str) -> str | None:
        """Return the characters, U+FFFD for those that cannot be told; None if two known bytes are none."""
        possible: list[tuple[str, ...]] = []
        for i in range(0, len(stretch.values), 2):
            leads, trails = stretch.values[i : i + 2]
            reading = stretch.readings.get(i + 1)
            unknown = leads == _ANY or (trails == _ANY and not reading)
            chars = () if unknown else tuple(_pairs(leads, trails, reading))
            if len(leads) == len(trails) == 1 and not chars:
                return None
            possible.append(chars)
        after = "" if stretch.swallowed else self._text[stretch.at : stretch.at + 1]
        said = before
        for i, chars in enumerate(possible):
            following = possible[i + 1] if i + 1 < len(possible) else (after,)
            next_char = following[0] if len(following) == 1 else ""
            lead = stretch.values[2 * i]
            char = self._one_of(chars, said, next_char) if chars else self._complete(said, lead)
            said += UNREADABLE if char.isdecimal() else char  # no figure is read out of step
        return said[len(before) :]

    def _complete(self, said: str, leads: frozenset[int]) -> str:
        """Return the only character with that first byte that makes a word with the one before it.

        If that one ends a word already (after 當地 anything may follow), it is not known. After a full stop
        that ends what is quoted, the quotation mark is.
        """
        if leads == _STRAY_LEAD:
            return "”" if said.endswith("。") and self._quoting and "”" not in said else UNREADABLE
        if len(leads) != 1 or not said or is_word(said[-2:]):
            return UNREADABLE
        known = completing(said[-1], bytes(leads))
        here = {char for char in characters_after(bytes(leads)) if self._count(said[-1] + char)}
        return known if known and here <= {known} else UNREADABLE

    def _count(self, word: str) -> int:
        """Return how often the article has a word."""
        if word not in self._counts:
            self._counts[word] = self._plain.count(word)
        return self._counts[word]

    def _one_of(self, chars: tuple[str, ...], before: str, after: str) -> str:
        """Return the only character, else the only one that makes a word with its neighbours, else U+FFFD.

        If several do, the article may have one of the words elsewhere, and not the others.
        """
        if len(chars) == 1:
            return chars[0]
        for first, second in ((before[-2:], ""), (before[-1:], ""), ("", after)):
            words = [char for char in chars if first + second and is_word(first + char + second)]
            here = [char for char in words if self._count(first + char + second) >= _OFTEN - 1]
            if len(words) == 1:
                return words[0]
            if len(here) == 1:
                return here[0]
        return UNREADABLE

    def _sense(self, before: str, said: str, stretch: _Stretch, end: int) -> float:
        """Score a way to read, together with what is shown between its end and that of the longest way."""
        lost = UNREADABLE if stretch.swallowed else ""
        return _sense(before + said + lost + _BRACKET.sub("", self._text[stretch.at : end + _BEYOND]))


def _sense(text: str) -> float:
    """Return the share of characters that are common, and of pairs that are words."""
    if not text:
        return 0.0
    frequent = characters("frequent")
    common = sum(char in frequent for char in text)
    words = sum(is_word(text[i : i + 2]) for i in range(len(text) - 1))
    return (common + words) / len(text)


def _only(byte: int) -> frozenset[int]:
    return frozenset({byte})


def _bytes(shown: bytes) -> list[frozenset[int]]:
    """Return what the two bytes of a character in a stretch can be.

    Two bytes that make a Cyrillic letter (A7..) have been seen shown as the rare character F4...
    """
    lead, trail = shown
    cyrillic = lead == 0xF4 and (0xA1 <= trail <= 0xC1 or 0xD1 <= trail <= 0xF1)
    return [frozenset({lead, 0xA7}) if cyrillic else _only(lead), _only(trail)]


def _full_width(char: str) -> str:
    return chr(ord(char) + 0xFEE0) if char.isascii() else char


def _misread(before: str, reading: str) -> frozenset[int]:
    """Return the bytes that make, with the last byte before, a character that is read so."""
    last = gbk(before)[-1:] if len(gbk(before)) == 2 else b""
    chars = [char for char in characters_after(last) if reading in readings(char)] if last else []
    chosen = [char for char in chars if converted(char)] or chars
    return frozenset(gbk(char)[1] for char in chosen) or _ANY


def _pairs(leads: frozenset[int], trails: frozenset[int], reading: str | None) -> Iterator[str]:
    for lead in sorted(leads):
        for char in characters_after(bytes([lead])):
            if gbk(char)[1] in trails and (reading is None or reading in readings(char)):
                yield char
