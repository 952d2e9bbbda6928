"""Repairs Traditional reprints that carry the reading of every converted character in brackets.

Those sites convert and annotate GBK byte by byte, without regard for where a character begins, so

* ``農(nóng)村`` is 農村;
* ``當(dāng)?shù)厝罕娋蜆I(yè)`` is 當地群眾就業: the bytes 94 B5, the end of 當 and the beginning of 地,
  were taken for 數 and given its reading. The bracket fell between the two and swallowed B5. Among the
  characters whose first byte is 94, the reading shù names the lost byte (if several have it, the word that it
  must make tells), and from there on the bytes are decoded anew, until they are in step with the text again;
* ``手中?!敝萆虅?wù)`` is 手中。”州商務: the bytes A3 A1 in the middle of 。” (A1A3 A1B1) were taken
  for a full-width exclamation mark and made a half-width one.

Where a byte cannot be known the character becomes U+FFFD, unless one character alone makes a word there;
a figure is never filled in.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterator
from functools import cache, lru_cache

from kg.reading.aligned import AlignedText, Edit, counted, replace, substitute
from kg.reading.repairs.evidence import characters_after, completing, is_word
from kg.reading.words import characters

_READING = "[a-zāáǎàēéěèīíǐìōóǒòūúǔùüǖǘǚǜńňǹḿ]{1,6}"
_TONES = re.compile("[āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹḿ]")
_HAN = "[㐀-䶿一-鿿豈-﫿]"
_BRACKETED = re.compile(rf"(?<={_HAN})[(（]({_READING})[)）]")
_SLIP = re.compile(rf"\?(?P<reading>{_READING})\)|(?<=[㐀-鿿）)”0-9a-zA-Z])\?!(?={_HAN})")
_BEFORE = re.compile(rf"(\S)(?:\({_READING}\))?\Z")
UNREADABLE = "\ufffd"
_ANY = frozenset(range(0x40, 0xFF))  # what a byte can be of which nothing is known
_FEW = 8  # values of a byte that are worth following up
_FEWEST = 5  # bracketed readings that make a text one of these reprints
_OFTEN = 3  # times that an article has a word for it to mend a damaged one
_LONGEST_RUN = 40  # characters that one slip can put out of step


def repair_pinyin(aligned: AlignedText) -> AlignedText:
    """Return the text of such a reprint as it was before; any other text is returned as it is.

    Repairs: ``byte-slip`` (lost bytes found and their run decoded anew), ``unreadable-byte`` (runs
    that end in a byte that cannot be known), ``pinyin-in-brackets`` (readings taken out).
    """
    toned = sum(1 for match in _BRACKETED.finditer(aligned.text) if _TONES.search(match[1]))
    if toned < _FEWEST:
        return aligned
    aligned = _mend_slips(aligned)
    return substitute(aligned, _BRACKETED, _without_reading, "pinyin-in-brackets")


def _without_reading(match: re.Match[str]) -> str | None:
    """A bracket goes if it has a tone or reads the character before it; 蘋果(app) stays."""
    char = match.string[match.start() - 1]
    return "" if _TONES.search(match[1]) or match[1] in readings(char) else None


def _mend_slips(aligned: AlignedText) -> AlignedText:
    edits: list[Edit] = []
    unreadable = 0
    position = 0
    while slip := _SLIP.search(aligned.text, position):
        position = slip.end()
        run = _run(aligned, slip)
        if run is not None:
            position, decoded = run
            edits.append((slip.start(), position, decoded))
            unreadable += UNREADABLE in decoded.text
    aligned = counted(replace(aligned, edits), "byte-slip", len(edits) - unreadable)
    return counted(aligned, "unreadable-byte", unreadable)


def _run(aligned: AlignedText, slip: re.Match[str]) -> tuple[int, AlignedText] | None:
    """Return where the run that begins with ``slip`` ends, and what it says; None if it is no such run."""
    text = aligned.text
    run = _Run()
    at = slip.start()
    before = _BEFORE.search(text, max(0, at - 12), at)
    lead = _gbk(before[1])[-1:] if before else b""
    while at < min(len(text), slip.start() + _LONGEST_RUN) and (run.is_open() or not run.values):
        found = _SLIP.match(text, at)
        if found and found["reading"]:
            leads = run.values[-1] if run.values else frozenset(lead)
            run.add([_lost_bytes(leads, found["reading"])], at, found.end(), found["reading"])
            at = found.end()
        elif found:
            run.add([frozenset({byte}) for byte in b"\xa1\xa3\xa1"], at, found.end())
            at = found.end()
        elif text.startswith("??", at) and _SLIP.match(text, at + 1):
            run.add([_ANY, _ANY], at, at + 1)  # two bytes that are no character
            at += 1
        else:
            new = _gbk(text[at])
            if not new or (len(new) == 1 and not 0x40 <= new[0] <= 0x7E):
                break
            run.add([frozenset({byte}) for byte in new], at, at + 1)
            at += 1
    if not run.values:
        return None
    chars = run.characters(before[1] if before else "", text[at : at + 1])
    if not slip["reading"] and (chars is None or _common(chars) < _common(text[slip.end() : at])):
        return None  # a question that is also a cry
    if chars is None:
        return slip.end(), _unreadable(aligned, slip)
    spans = [_bytes_behind(aligned, run.sources[i : i + 2]) for i in range(0, len(run.sources), 2)]
    if run.is_open():
        chars = _fill_in(before[1] if before else "", chars, run.values[-1], text)
        if text.startswith("?", at):  # it stands for the byte that was lost and for the character after it
            chars += UNREADABLE
            spans.append((aligned.starts[at], aligned.ends[at]))
            at += 1
    starts, ends = zip(*spans, strict=True)
    return at, AlignedText(chars, array("I", starts), array("I", ends))


def _unreadable(aligned: AlignedText, slip: re.Match[str]) -> AlignedText:
    first, last = slip.start(), slip.end() - 1
    return AlignedText(UNREADABLE, aligned.starts[first : first + 1], aligned.ends[last : last + 1])


class _Run:
    """The bytes of a run: for each the values it can have, and where in the text it comes from."""

    def __init__(self) -> None:
        self.values: list[frozenset[int]] = []
        self.sources: list[tuple[int, int]] = []
        self.readings: dict[int, str] = {}  # of the character that ends with byte i

    def add(self, values: list[frozenset[int]], start: int, end: int, reading: str | None = None) -> None:
        if reading and self.is_open():
            self.readings[len(self.values)] = reading
        self.values += values
        self.sources += [(start, end)] * len(values)

    def is_open(self) -> bool:
        return len(self.values) % 2 == 1

    def characters(self, before: str, after: str) -> str | None:
        """Return the characters, U+FFFD for those that cannot be told; None if two known bytes are none."""
        possible: list[tuple[str, ...]] = []
        for i in range(0, len(self.values) - 1, 2):
            leads, trails = self.values[i : i + 2]
            known = len(leads) == len(trails) == 1
            chars = () if _ANY in (leads, trails) else tuple(_pairs(leads, trails, self.readings.get(i + 1)))
            if known and not chars:
                return None
            possible.append(chars)
        said = ""
        for i, chars in enumerate(possible):
            following = possible[i + 1] if i + 1 < len(possible) else (after,)
            said += _one_of(chars, (before + said)[-1:], following[0] if len(following) == 1 else "")
        return said + UNREADABLE * self.is_open()


def _pairs(leads: frozenset[int], trails: frozenset[int], reading: str | None) -> Iterator[str]:
    for lead in sorted(leads):
        for char in characters_after(bytes([lead])):
            if _gbk(char)[1] in trails and (reading is None or reading in readings(char)):
                yield char


def _one_of(chars: tuple[str, ...], before: str, after: str) -> str:
    """Return the only character, else the only one that makes a word with its neighbours, else U+FFFD."""
    if len(chars) == 1:
        return chars[0]
    for makes_word in (lambda char: is_word(before + char), lambda char: is_word(char + after)):
        words = [char for char in chars if makes_word(char)]
        if len(words) == 1:
            return words[0]
    return UNREADABLE


def _bytes_behind(aligned: AlignedText, sources: list[tuple[int, int]]) -> tuple[int, int]:
    """Return the bytes of the file behind one character, from the stretches its two bytes come from."""
    first, last = min(start for start, _ in sources), max(end for _, end in sources)
    return aligned.starts[first], aligned.ends[last - 1]


def _fill_in(before: str, chars: str, leads: frozenset[int], text: str) -> str:
    """Complete a run that ends in a lost byte, as far as words show what it says.

    The last character is the only one with that first byte that makes a word with the one before it, if that
    one ends no word already (after 當地 anything may follow), or U+FFFD. The conversion has often damaged
    second bytes of such a run too: a character that makes no word gives way to the only one with the same
    first byte that does, if the article has that word elsewhere.
    """
    whole = list(before + chars[:-1])
    for i in range(max(1, len(before)), len(whole)):
        ends_word = is_word(whole[i - 1] + whole[i])
        opens_word = i + 1 < len(whole) and is_word(whole[i] + whole[i + 1])
        if ends_word or opens_word:
            continue
        other = completing(whole[i - 1], _gbk(whole[i])[:1])
        if other and _without_readings(text).count(whole[i - 1] + other) >= _OFTEN:
            whole[i] = other
    expected = bool(whole) and len(leads) == 1 and not is_word("".join(whole[-2:]))
    last = completing(whole[-1], bytes(leads)) if expected else None
    return "".join(whole[len(before) :]) + (last or UNREADABLE)


@lru_cache(maxsize=1)  # all runs of an article ask for the same
def _without_readings(text: str) -> str:
    return _BRACKETED.sub("", text)


def _common(text: str) -> float:
    frequent = characters("frequent")
    return sum(char in frequent for char in text) / len(text) if text else 0.0


def _gbk(char: str) -> bytes:
    try:
        return char.encode("gbk")
    except UnicodeEncodeError:
        return b""


@cache
def _lost_bytes(leads: frozenset[int], reading: str) -> frozenset[int]:
    """Return the second bytes of the GBK characters that begin with one of ``leads`` and read so."""
    if len(leads) > _FEW:
        return _ANY
    found = {
        _gbk(char)[1]
        for lead in leads
        for char in characters_after(bytes([lead]))
        if reading in readings(char)
    }
    return frozenset(found) or _ANY


@cache
def readings(char: str) -> frozenset[str]:
    """Return every reading of a character, with tone marks and without."""
    from pypinyin import Style, pinyin  # half a second to load, and few articles need it

    toned = pinyin(char, style=Style.TONE, heteronym=True, errors="ignore")
    plain = pinyin(char, style=Style.NORMAL, heteronym=True, errors="ignore")
    return frozenset(said for group in (*toned, *plain) for said in group)
