"""What a reprint site makes of an article: Traditional, the reading after some characters, bytes out of step.

Such a site turns the text into Traditional characters and works on its GBK bytes. It puts the reading in
brackets after the characters of a table of its own. Where the last byte of one character and the first of
the next look like a third that has a reading, the bracket falls between the two bytes of a character. The
reader of those bytes shows ``?`` for a first byte that nothing can follow, and swallows what stands there.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from functools import cache

import opencc
from pypinyin import Style, pinyin

_TONED = set("āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜü")
_PUNCTUATION = str.maketrans("，！；：？（）", ",!;:?()")
_STRAYS = "！；：？，（"


@dataclass(frozen=True, slots=True)
class Site:
    """The habits of one site."""

    annotated: float  # share of the converted characters in its table
    slips: float  # chance that a bracket falls between the bytes where it can
    strays: bool  # whether A3xx across two characters is taken for punctuation
    halfwidth: bool  # whether it writes ASCII punctuation
    undefined: str  # what it shows for two bytes that are no character: "" or "?" or "pua"
    mark: str  # what it shows for a byte alone


def site(rng: random.Random) -> Site:
    return Site(
        annotated=rng.uniform(0.35, 1.0),
        slips=rng.choice((0.0, 0.01, 0.02, 0.04)),
        strays=rng.random() < 0.6,
        halfwidth=rng.random() < 0.5,
        undefined=rng.choice(("pua", "?", "pua")),
        mark=rng.choice(("?", "?", "?", "\ufffd")),
    )


def reprint(text: str, rng: random.Random, habits: Site | None = None) -> tuple[str, str]:
    """Return the reprint of a Simplified text, and the text that a perfect repair would give."""
    habits = habits or site(rng)
    if habits.halfwidth:
        text = text.translate(_PUNCTUATION)
    traditional = "".join(map(_traditional, text))
    table = {char for char in sorted(set(traditional)) if _reading(char) and rng.random() < habits.annotated}
    pieces: list[bytes] = []
    for i, char in enumerate(traditional):
        data = char.encode("gbk")
        after = traditional[i + 1 : i + 2].encode("gbk")
        converted = char != text[i]
        if converted and char in table:
            data += _bracket(char)
        elif len(data) == len(after) == 2:
            across = (data[1:] + after[:1]).decode("gbk", "replace")
            if len(across) == 1 and _reading(across) and rng.random() < habits.slips:
                pieces.append(data + after[:1] + _bracket(across))
                pieces.append(b"\0")  # the first byte of the next character stands before the bracket
                continue
            if habits.strays and char == "。" and across in _STRAYS:
                shown = across.translate(_PUNCTUATION) if habits.halfwidth else across
                pieces.append(b"\xa1\1" + shown.encode("gbk"))
                pieces.append(b"\0")
                continue
        pieces.append(data)
    out = bytearray()
    skip = False
    for piece in pieces:
        if piece == b"\0":
            skip = True
            continue
        out += piece[1:] if skip else piece
        skip = False
    return _shown(bytes(out), habits), text


def annotated(text: str, rng: random.Random) -> tuple[str, str]:
    """Return the reprint of a site that works on characters: all readings, no byte out of step."""
    traditional = "".join(map(_traditional, text))
    share = rng.uniform(0.5, 1.0)
    table = {char for char in sorted(set(traditional)) if rng.random() < share}
    wide = rng.random() < 0.3
    said = []
    for old, new in zip(text, traditional, strict=True):
        reading = _reading(new) if new != old and new in table else None
        said.append(new + ((f"（{reading}）" if wide else f"({reading})") if reading else ""))
    return "".join(said), text


def _shown(data: bytes, habits: Site) -> str:
    """Read GBK as a careless program does."""
    shown: list[str] = []
    at = 0
    while at < len(data):
        byte = data[at]
        if byte < 0x80:
            shown.append(chr(byte))
            at += 1
            continue
        following = data[at + 1] if at + 1 < len(data) else 0
        if following >= 0x40 and following != 0x7F:
            pair = data[at : at + 2]
            try:
                shown.append(pair.decode("gbk"))
            except UnicodeDecodeError:
                shown.append(
                    pair.decode("gb18030", "replace") if habits.undefined == "pua" else habits.undefined
                )
        else:
            shown.append(habits.mark)
        at += 2
    return "".join(shown)


def _bracket(char: str) -> bytes:
    reading = _reading(char)
    assert reading
    return f"({reading})".encode("gbk")


@cache
def _reading(char: str) -> str | None:
    """Return the reading of a character that conversion produces, None for all others."""
    if not "一" <= char <= "鿿" or char not in _produced():
        return None
    reading = str(pinyin(char, style=Style.TONE)[0][0])
    usual = all((letter.isascii() and letter.isalpha()) or letter in _TONED for letter in reading)
    return reading if usual and reading != char else None


@cache
def _produced() -> frozenset[str]:
    every = (bytes((lead, trail)) for lead in range(0xB0, 0xF8) for trail in range(0xA1, 0xFF))
    simplified = [char for char in (pair.decode("gbk", "replace") for pair in every) if len(char) == 1]
    return frozenset(_traditional(char) for char in simplified if _traditional(char) != char)


@cache
def _traditional(char: str) -> str:
    new = _converter().convert(char)
    try:
        return new if len(new.encode("gbk")) == 2 else char
    except UnicodeEncodeError:
        return char


@cache
def _converter() -> opencc.OpenCC:
    return opencc.OpenCC("s2t")
