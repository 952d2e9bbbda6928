"""Bytes → text: finds the encoding of a whole file by how plausible its Chinese is.

A byte order mark decides; so does text of which more is good UTF-8 than is not, because no
other encoding of Chinese yields that. Else every other encoding is tried and the one with the most common
characters wins, because Big5 often decodes as GB18030, and UTF-16 as anything, without an error.
Lines of a file that was put together from two encodings are decoded each in its own, and text
that was encoded twice is decoded twice (``kg.reading.mojibake``). What a page says of its own encoding is
not asked: it is wrong too often, and the characters know better.
"""

from __future__ import annotations

import codecs
import re
from array import array
from collections import Counter
from collections.abc import Iterator
from itertools import accumulate

from kg.reading import mojibake
from kg.reading.aligned import AlignedText, joined
from kg.reading.words import characters

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
    (b"\x84\x31\x95\x33", "gb18030"),
)
_CANDIDATES = ("gb18030", "big5", "utf-16-le", "utf-16-be")
_BAD_BYTE = "\udcff"  # one for each byte that the codec refuses; no codec here yields it
LOWEST_SCORE = 0.25  # random bytes reach 0.1, articles 0.7
_PUNCTUATION = (("\u3000", "\u301f"), ("\u2010", "\u2026"), ("\uff01", "\uff5e"))
_HZ = re.compile(rb"~\{((?:[!-w][!-~])*)(?:~\}|[!-w]?(?=[\r\n]|\Z))|~~")
_FEW_HZ = 4  # characters of Chinese that an HZ text has at least
_UTF8_RUN = re.compile(rb"(?:[\xe4-\xe9][\x80-\xbf]{2}|\xe3\x80[\x80-\x9f]|\xef\xbc[\x80-\xbf]){6}")
_PAIR = re.compile(rb"\xed[\xa0-\xaf][\x80-\xbf]\xed[\xb0-\xbf][\x80-\xbf]")


def decode(data: bytes) -> tuple[AlignedText, str] | None:
    """Return the text and the codec's name, or None if no encoding gives plausible text.

    Bytes that the encoding does not allow become U+FFFD, one for each byte, and are counted as
    the repair ``undecodable-byte``. Other repairs: ``mixed-encoding`` (stretches of lines decoded
    in another encoding than the whole), ``mojibake`` (times that the text was encoded once too often).
    """
    encoding, skip = detect(data)
    if encoding is None:
        return _patched(data)
    aligned = _mixed(data, encoding) if _ascii_bytes(encoding) and not skip else None
    aligned = aligned or align(data, encoding, skip)
    return mojibake.undone(aligned, plausibility, align), encoding


def detect(data: bytes) -> tuple[str | None, int]:
    """Return the encoding, None if there is none, and the length of the byte order mark."""
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return encoding, len(bom)
    if b"~{" in data and data.isascii() and sum(len(m[1] or b"") // 2 for m in _HZ.finditer(data)) >= _FEW_HZ:
        return "hz", 0
    if _is_utf8(data):
        return "utf-8", 0
    scored = [(plausibility(_decoded(data, name)), -i) for i, name in enumerate(_CANDIDATES)]
    score, index = max(scored)
    return (_CANDIDATES[-index] if score >= LOWEST_SCORE else None), 0


def decode_as(data: bytes, encoding: str) -> AlignedText:
    """Return a part of a file whose encoding is known."""
    return mojibake.undone(align(data, encoding), plausibility, align)


def align(data: bytes, encoding: str, skip: int = 0, base: int = 0) -> AlignedText:
    """Return ``data[skip:]`` in a given encoding. ``base`` is added to every offset."""
    if encoding == "hz":
        return _align_hz(data, base)
    if encoding == "utf-8" and _PAIR.search(data):
        return _align_cesu(data, skip, base)
    text = _decoded(data[skip:] if skip else data, encoding)
    ends = array("I", accumulate(_widths(text, encoding), initial=base + skip))
    starts = ends[:-1]
    del ends[0]
    bad = text.count(_BAD_BYTE)
    if bad:
        text = text.replace(_BAD_BYTE, "\ufffd")
    return AlignedText(text, starts, ends, {"undecodable-byte": bad} if bad else {})


def plausibility(text: str) -> float:
    """Share of common Chinese characters and punctuation among all that is not ASCII, faults against it."""
    common = characters("frequent")
    good = bad = beyond_ascii = 0
    for char, count in Counter(text).items():
        if char < "\x80":
            bad += count * (char < " " and char not in "\t\n\r\f\v")
            continue
        beyond_ascii += count
        if char in common or any(first <= char <= last for first, last in _PUNCTUATION):
            good += count
        elif char < "\xa0" or "\ud800" <= char <= "\uf8ff" or char == "\ufffd":
            bad += count
    return (good - 2 * bad) / beyond_ascii if beyond_ascii else 0.0


def _mark(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return _BAD_BYTE * (error.end - error.start), error.end


codecs.register_error("kg-mark-bad-bytes", _mark)


def _decoded(data: bytes, encoding: str) -> str:
    return data.decode(encoding, errors="kg-mark-bad-bytes")


def _is_utf8(data: bytes) -> bool:
    try:
        text = data.decode()
    except UnicodeDecodeError:
        text = _decoded(data, "utf-8")
        counts = Counter(text)
        bad = counts[_BAD_BYTE]
        return bad <= sum(count for char, count in counts.items() if char > "\u07ff") - bad
    # ASCII with many NULs is UTF-16 of Latin letters, or nothing.
    return text.count("\0") * 3 < len(text) or not text.isascii()


def _ascii_bytes(encoding: str) -> bool:
    return encoding in ("utf-8", "gb18030", "big5")


def _mixed(data: bytes, encoding: str) -> AlignedText | None:
    """Return the text of a file whose lines have two encodings, or None if all have the same."""
    if encoding != "utf-8":
        if not _UTF8_RUN.search(data):
            return None
    else:
        try:
            data.decode()
            return None
        except UnicodeDecodeError:
            pass
    stretches = list(_stretches(data, encoding))
    other = sum(name != encoding for name, _, _ in stretches)
    if not other:
        return None
    return joined(
        [align(data[start:end], name, base=start) for name, start, end in stretches],
        {"mixed-encoding": other},
    )


def _patched(data: bytes) -> tuple[AlignedText, str] | None:
    """Return the text of a file that makes sense in no one encoding, but line by line in two."""
    aligned = None if b"\0" in data else _mixed(data, "gb18030")
    if aligned is None or plausibility(aligned.text) < LOWEST_SCORE:
        return None
    return aligned, "gb18030"


def _stretches(data: bytes, encoding: str) -> Iterator[tuple[str, int, int]]:
    """Yield encoding, start and end of stretches of lines, as long as possible."""
    begun = at = 0
    current = encoding
    for line in data.splitlines(keepends=True):
        found = _line_encoding(line, encoding)
        if found and found != current:
            if begun < at:
                yield current, begun, at
            begun, current = at, found
        at += len(line)
    yield current, begun, at


def _line_encoding(line: bytes, main: str) -> str | None:
    """Return the encoding of one line in a file that is mostly in ``main``; None if any will do."""
    if line.isascii():
        return None
    scores = {
        name: plausibility(_decoded(line, name).replace(_BAD_BYTE, "\ufffd"))
        for name in ("utf-8", "gb18030", "big5")
    }
    if scores[main] < LOWEST_SCORE and _BAD_BYTE not in _decoded(line, "utf-8"):
        return "utf-8"  # no other encoding yields that by chance
    best = max(scores, key=lambda name: (scores[name], name == main))
    return best if scores[best] > max(LOWEST_SCORE, scores[main]) else main


def _align_hz(data: bytes, base: int) -> AlignedText:
    """Decode HZ: seven-bit GB2312 between ~{ and ~}."""
    pieces: list[AlignedText] = []
    done = 0
    for match in _HZ.finditer(data):
        pieces.append(align(data[done : match.start()], "ascii", base=base + done))
        done = match.end()
        if match[1] is None:  # ~~ is one tilde
            pieces.append(align(b"~", "ascii", base=base + match.start()))
        else:
            eight_bit = bytes(byte | 0x80 for byte in match[1])
            pieces.append(align(eight_bit, "gb18030", base=base + match.start(1)))
    pieces.append(align(data[done:], "ascii", base=base + done))
    return joined(pieces)


def _align_cesu(data: bytes, skip: int, base: int) -> AlignedText:
    """Decode UTF-8 in which a character beyond U+FFFF stands as two halves (CESU-8)."""
    pieces: list[AlignedText] = []
    done = skip
    pairs = 0
    for match in _PAIR.finditer(data, skip):
        pieces.append(align(data[done : match.start()], "utf-8", base=base + done))
        char = match[0].decode("utf-8", "surrogatepass").encode("utf-16", "surrogatepass").decode("utf-16")
        bounds = base + match.start(), base + match.end()
        pieces.append(AlignedText(char, array("I", [bounds[0]]), array("I", [bounds[1]])))
        done, pairs = match.end(), pairs + 1
    pieces.append(align(data[done:], "utf-8", base=base + done))
    return joined(pieces, {"surrogate-pair": pairs})


def _widths(text: str, encoding: str) -> Iterator[int]:
    """Yield how many bytes each character takes in the file."""
    width = {char: 1 if char == _BAD_BYTE else len(char.encode(encoding)) for char in set(text)}
    return map(width.__getitem__, text)
