"""Bytes → text: finds the encoding of a whole file by how plausible its Chinese is.

A byte order mark decides; so does text of which more is good UTF-8 than is not, because no
other encoding of Chinese yields that. Else every other encoding is tried and the one with the most common
characters wins, because Big5 often decodes as GB18030, and UTF-16 as anything, without an error.
"""

from __future__ import annotations

import codecs
from array import array

from kg.reading.aligned import AlignedText
from kg.reading.words import characters

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_CANDIDATES = ("gb18030", "big5", "utf-16-le", "utf-16-be")
_BAD_BYTE = "\udcff"  # one for each byte that the codec refuses; no codec here yields it
_LOWEST_SCORE = 0.25  # random bytes reach 0.1, articles 0.7
_PUNCTUATION = (("\u3000", "\u301f"), ("\u2010", "\u2026"), ("\uff01", "\uff5e"))
_SAMPLE = 100_000  # characters looked at to judge an encoding


def decode(data: bytes) -> tuple[AlignedText, str] | None:
    """Return the text and the codec's name, or None if no encoding gives plausible text.

    Bytes that the encoding does not allow become U+FFFD, one for each byte, and are counted as
    the repair ``undecodable-byte``.
    """
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return _align(data, encoding, len(bom)), encoding
    if _is_utf8(data):
        return _align(data, "utf-8", 0), "utf-8"
    scored = [(_plausibility(_decoded(data[: 4 * _SAMPLE], name)), -i) for i, name in enumerate(_CANDIDATES)]
    score, index = max(scored)
    if score < _LOWEST_SCORE:
        return None
    encoding = _CANDIDATES[-index]
    return _align(data, encoding, 0), encoding


def _mark(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return _BAD_BYTE * (error.end - error.start), error.end


codecs.register_error("kg-mark-bad-bytes", _mark)


def _decoded(data: bytes, encoding: str) -> str:
    return data.decode(encoding, errors="kg-mark-bad-bytes")


def _is_utf8(data: bytes) -> bool:
    text = _decoded(data[: 4 * _SAMPLE], "utf-8")
    bad = text.count(_BAD_BYTE)
    return bad <= sum(char > "\u07ff" for char in text) - bad


def _plausibility(text: str) -> float:
    """Share of common Chinese characters and punctuation among all that is not ASCII, faults against it."""
    sample = text[:_SAMPLE]
    common = characters("frequent")
    good = bad = beyond_ascii = 0
    for char in sample:
        if char < "\x80":
            bad += char < " " and char not in "\t\n\r\f\v"
            continue
        beyond_ascii += 1
        if char in common or any(first <= char <= last for first, last in _PUNCTUATION):
            good += 1
        elif char < "\xa0" or "\ud800" <= char <= "\uf8ff":
            bad += 1
    return (good - 2 * bad) / beyond_ascii if beyond_ascii else 0.0


def _align(data: bytes, encoding: str, skip: int) -> AlignedText:
    text = _decoded(data[skip:], encoding)
    starts, ends = array("I"), array("I")
    at = skip
    for width in _widths(text, encoding):
        starts.append(at)
        at += width
        ends.append(at)
    bad = text.count(_BAD_BYTE)
    repairs = {"undecodable-byte": bad} if bad else {}
    return AlignedText(text.replace(_BAD_BYTE, "\ufffd"), starts, ends, repairs)


def _widths(text: str, encoding: str) -> list[int]:
    """Return how many bytes each character takes in the file."""
    if encoding == "utf-8":
        return [
            1 if c < "\x80" or c == _BAD_BYTE else 2 if c < "\u0800" else 3 if c < "\U00010000" else 4
            for c in text
        ]
    if encoding.startswith("utf-16"):
        return [1 if c == _BAD_BYTE else 2 if c < "\U00010000" else 4 for c in text]
    return [1 if c < "\x80" or c == _BAD_BYTE else len(c.encode(encoding)) for c in text]
