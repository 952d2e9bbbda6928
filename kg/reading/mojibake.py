"""Text that was encoded twice: 鐢靛晢 and ç”µå•† are both 电商, its UTF-8 read in a wrong encoding.

Such text is brought back into the bytes it was wrongly read from, which are then decoded as what
they are, as often as it makes the Chinese much more plausible.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterator
from functools import cache

from kg.reading.aligned import AlignedText, counted

_READ_AS = ("latin", "gb18030", "big5")  # what the bytes were taken for
_ARE = ("utf-8", "gb18030", "big5")  # what they are
_DOUBTFUL = 0.45  # plausibility below which a text is looked at; articles have 0.7, their mojibake 0.2
_GAIN = 0.25
_DEPTH = 3
_SAMPLE = 2_000  # characters by which the two encodings are found
_LOST = 0xFF  # a byte for what cannot be brought back; no encoding here allows it

Align = Callable[..., AlignedText]


def undone(aligned: AlignedText, plausibility: Callable[[str], float], align: Align) -> AlignedText:
    """Return the text as it was before; any other text is returned as it is. Repair: ``mojibake``."""
    if aligned.text.isascii():
        return aligned
    score = plausibility(aligned.text.replace("\ufffd", ""))
    if score >= _DOUBTFUL:
        return aligned
    sample = aligned.text[:_SAMPLE]
    more, best, steps = max(_chains(sample, _DEPTH, plausibility), default=(0.0, 0.0, ()))
    # Nothing is thrown away to make the rest look better.
    if best >= max(_DOUBTFUL, score + _GAIN) and more > score * _foreign(sample):
        for wrong, right in steps:
            aligned = _step(aligned, wrong, right, align)
    return aligned


Steps = tuple[tuple[str, str], ...]


def _chains(
    sample: str, depth: int, plausibility: Callable[[str], float], before: Steps = ()
) -> Iterator[tuple[float, float, Steps]]:
    """Yield every way to undo up to ``depth`` encodings: good characters less lost ones, then plausibility."""
    for wrong in _READ_AS:
        for right in _ARE:
            if wrong == right or before[-1:] == ((right, wrong),):
                continue
            text = _again(sample, wrong).decode(right, "replace")
            lost = text.count("\ufffd")
            if 2 * lost > len(text):
                continue
            steps = (*before, (wrong, right))
            score = plausibility(text.replace("\ufffd", ""))
            yield score * _foreign(text) - lost / 4, score, steps  # a character lost shows as three, often
            if depth > 1 and score < _DOUBTFUL:
                yield from _chains(text, depth - 1, plausibility, steps)


def _foreign(text: str) -> int:
    return sum(char > "\x7f" and char != "\ufffd" for char in text)


def _step(aligned: AlignedText, wrong: str, right: str, align: Align) -> AlignedText:
    starts, ends = array("I"), array("I")
    pieces: list[bytes] = []
    for char, start, end in zip(aligned.text, aligned.starts, aligned.ends, strict=True):
        piece = _bytes(char, wrong)
        pieces.append(piece)
        starts.extend([start] * len(piece))
        ends.extend([end] * len(piece))
    found = align(b"".join(pieces), right)
    lost = aligned.repairs.get("undecodable-byte", 0) + found.repairs.get("undecodable-byte", 0)
    repairs = {**aligned.repairs, **({"undecodable-byte": lost} if lost else {})}
    composed = AlignedText(
        found.text,
        array("I", (starts[at] for at in found.starts)),
        array("I", (ends[at - 1] for at in found.ends)),
        repairs,
    )
    return counted(composed, "mojibake", 1)


def _again(text: str, wrong: str) -> bytes:
    return b"".join([_bytes(char, wrong) for char in text])


@cache
def _bytes(char: str, wrong: str) -> bytes:
    """Return the bytes that were read as ``char``, one byte of no use if none are known."""
    if char == "\ufffd":
        return bytes([_LOST])
    for codec in ("cp1252", "latin-1") if wrong == "latin" else (wrong,):
        try:
            return char.encode(codec)
        except UnicodeEncodeError:
            continue
    return bytes([_LOST])
