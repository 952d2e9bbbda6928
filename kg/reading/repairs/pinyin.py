"""Repairs Traditional reprints that carry the reading of every converted character in brackets.

Those sites convert and annotate GBK byte by byte, without regard for where a character begins, so

* ``農(nóng)村`` is 農村;
* ``當(dāng)?shù)厝罕娋蜆I(yè)`` is 當地群眾就業: the bytes 94 B5, the end of 當 and the beginning of 地,
  were taken for 數 and given its reading. The bracket fell between the two and swallowed B5. Among the
  characters whose first byte is 94, the reading shù names the lost byte, and from there on the bytes
  are decoded anew, until they are in step with the text again;
* ``手中?!敝萆虅?wù)`` is 手中。”州商務: the bytes A3 A1 in the middle of 。” (A1A3 A1B1) were taken
  for a full-width exclamation mark and made a half-width one.

Where a byte cannot be known the character becomes U+FFFD, unless one character alone makes a word there;
a figure is never filled in.
"""

from __future__ import annotations

import re
from array import array
from functools import cache

from kg.reading.aligned import AlignedText, Edit, counted, replace, substitute
from kg.reading.repairs.evidence import characters_after, completing, is_word
from kg.reading.words import characters

_READING = "[a-zāáǎàēéěèīíǐìōóǒòūúǔùüǖǘǚǜńňǹḿ]{1,6}"
_TONES = re.compile("[āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹḿ]")
_HAN = "[㐀-䶿一-鿿豈-﫿]"
_BRACKETED = re.compile(rf"(?<={_HAN})[(（]({_READING})[)）]")
_SLIP = re.compile(rf"\?(?P<reading>{_READING})\)|(?<=[㐀-鿿）)”0-9a-zA-Z])\?!(?={_HAN})")
_BEFORE = re.compile(rf"(\S)(?:\({_READING}\))?\Z")
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
            unreadable += "\ufffd" in decoded.text
    aligned = counted(replace(aligned, edits), "byte-slip", len(edits) - unreadable)
    return counted(aligned, "unreadable-byte", unreadable)


def _run(aligned: AlignedText, slip: re.Match[str]) -> tuple[int, AlignedText] | None:
    """Return where the run that begins with ``slip`` ends, and what it says."""
    text = aligned.text
    sources: list[tuple[int, int]] = []  # where in the text each byte of the run comes from
    data = bytearray()

    def add(new: bytes, start: int, end: int) -> None:
        data.extend(new)
        sources.extend([(start, end)] * len(new))

    at = slip.start()
    before = _BEFORE.search(text, max(0, at - 12), at)
    last = _gbk(before[1])[-1:] if before else b""
    while at < min(len(text), slip.start() + _LONGEST_RUN) and (len(data) % 2 or not data):
        match = _SLIP.match(text, at)
        if match and match["reading"]:
            lost = lost_byte(bytes(data[-1:]) or last, match["reading"])
            if lost is None:
                break
            add(lost, at, match.end())
            at = match.end()
        elif match:
            add(b"\xa1\xa3\xa1", at, match.end())
            at = match.end()
        else:
            new = _gbk(text[at])
            if not new or (len(new) == 1 and not 0x40 <= new[0] <= 0x7E):
                break
            add(new, at, at + 1)
            at += 1
    if not data:
        return None
    chars = _decode_pairs(bytes(data))
    if chars is None or _common(chars) < _common(text[slip.end() : at]):
        return None
    spans = [_bytes_behind(aligned, sources[i : i + 2]) for i in range(0, len(sources), 2)]
    if len(data) % 2:
        chars = _fill_in(before[1] if before else "", chars, bytes(data[-1:]), text)
        if text.startswith("?", at):  # it stands for the byte that was lost and for the character after it
            chars += "\ufffd"
            spans.append((aligned.starts[at], aligned.ends[at]))
            at += 1
    starts, ends = zip(*spans, strict=True)
    return at, AlignedText(chars, array("I", starts), array("I", ends))


def _decode_pairs(data: bytes) -> str | None:
    """Decode pairs of bytes, a last byte alone as U+FFFD; None if a pair is no character."""
    try:
        return data[: len(data) // 2 * 2].decode("gbk") + "\ufffd" * (len(data) % 2)
    except UnicodeDecodeError:
        return None


def _bytes_behind(aligned: AlignedText, sources: list[tuple[int, int]]) -> tuple[int, int]:
    """Return the bytes of the file behind one character, from the stretches its two bytes come from."""
    first, last = min(start for start, _ in sources), max(end for _, end in sources)
    return aligned.starts[first], aligned.ends[last - 1]


def _fill_in(before: str, chars: str, lead: bytes, text: str) -> str:
    """Complete a run that ends in a lost byte, as far as words show what it says.

    The last character is the only one with that first byte that makes a word with the one before it, if that
    one ends no word already (after 當地 anything may follow), or U+FFFD. The conversion has often damaged
    second bytes of such a run too: a character that makes no word gives way to the only one with the same
    first byte that does, if the article has that word elsewhere.
    """
    article = _BRACKETED.sub("", text)
    whole = list(before + chars[:-1])
    for i in range(max(1, len(before)), len(whole)):
        ends_word = is_word(whole[i - 1] + whole[i])
        opens_word = i + 1 < len(whole) and is_word(whole[i] + whole[i + 1])
        if ends_word or opens_word:
            continue
        other = completing(whole[i - 1], _gbk(whole[i])[:1])
        if other and article.count(whole[i - 1] + other) >= _OFTEN:
            whole[i] = other
    expected = bool(whole) and not is_word("".join(whole[-2:]))
    last = completing(whole[-1], lead) if expected else None
    return "".join(whole[len(before) :]) + (last or "\ufffd")


def _common(text: str) -> float:
    frequent = characters("frequent")
    return sum(char in frequent for char in text) / len(text) if text else 0.0


def _gbk(char: str) -> bytes:
    try:
        return char.encode("gbk")
    except UnicodeEncodeError:
        return b""


def lost_byte(lead: bytes, reading: str) -> bytes | None:
    """Return the second byte of the GBK character that begins with ``lead`` and reads so.

    None if there is no such character, or if there are several.
    """
    if len(lead) != 1:
        return None
    found = [char for char in characters_after(lead) if reading in readings(char)]
    return _gbk(found[0])[1:] if len(found) == 1 else None


@cache
def readings(char: str) -> frozenset[str]:
    """Return every reading of a character, with tone marks and without."""
    from pypinyin import Style, pinyin  # half a second to load, and few articles need it

    toned = pinyin(char, style=Style.TONE, heteronym=True, errors="ignore")
    plain = pinyin(char, style=Style.NORMAL, heteronym=True, errors="ignore")
    return frozenset(said for group in (*toned, *plain) for said in group)
