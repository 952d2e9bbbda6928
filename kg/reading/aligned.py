"""Text that knows, for every character, the bytes of the original file it came from.

Every step of reading is a function from one ``AlignedText`` to the next, and every change goes
through :func:`replace` (directly or as :func:`substitute`), so offsets are right by construction.
"""

from __future__ import annotations

import re
from array import array
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class AlignedText:
    """``text[i]`` came from the original bytes ``starts[i]:ends[i]``.

    ``repairs`` counts the repairs made so far, by name. A character that was put in has the
    bounds of what it replaced, or an empty span where it replaced nothing.
    """

    text: str
    starts: array[int]
    ends: array[int]
    repairs: Mapping[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if not len(self.text) == len(self.starts) == len(self.ends):
            raise ValueError("text and offsets differ in length")


# A change: text[start:end] becomes the third item, whose own offsets are kept if it has any.
Edit = tuple[int, int, "str | AlignedText"]


def cut(aligned: AlignedText, start: int, end: int) -> AlignedText:
    """Return ``text[start:end]`` with its offsets; the repairs stay with the whole."""
    return AlignedText(aligned.text[start:end], aligned.starts[start:end], aligned.ends[start:end])


def replace(aligned: AlignedText, edits: Iterable[Edit], repair: str | None = None) -> AlignedText:
    """Return the text with all ``edits`` made; they must be in order and must not overlap.

    An edit that leaves its stretch as it is does nothing and is not counted. The others are
    added to ``repairs`` under the name ``repair``, if there is one. Raises ValueError for edits
    that overlap or leave the text.
    """
    pieces: list[str] = []
    starts, ends = array("I"), array("I")
    done = count = 0
    for start, end, new in edits:
        if not done <= start <= end <= len(aligned.text):
            raise ValueError(f"edit {start}:{end} is out of order or out of the text")
        new_text = new if isinstance(new, str) else new.text
        if new_text == aligned.text[start:end]:
            continue
        count += 1
        pieces.append(aligned.text[done:start])
        starts.extend(aligned.starts[done:start])
        ends.extend(aligned.ends[done:start])
        new_starts, new_ends = (
            _offsets(aligned, start, end, new) if isinstance(new, str) else (new.starts, new.ends)
        )
        pieces.append(new_text)
        starts.extend(new_starts)
        ends.extend(new_ends)
        done = end
    if not count:
        return aligned
    pieces.append(aligned.text[done:])
    starts.extend(aligned.starts[done:])
    ends.extend(aligned.ends[done:])
    return counted(AlignedText("".join(pieces), starts, ends, aligned.repairs), repair, count)


def joined(pieces: Iterable[AlignedText], repairs: Mapping[str, int] | None = None) -> AlignedText:
    """Return the pieces one after the other, their repairs and ``repairs`` summed up."""
    texts: list[str] = []
    starts, ends = array("I"), array("I")
    counts = Counter(repairs or {})
    for piece in pieces:
        texts.append(piece.text)
        starts.extend(piece.starts)
        ends.extend(piece.ends)
        counts.update(piece.repairs)
    return AlignedText("".join(texts), starts, ends, dict(counts))


def counted(aligned: AlignedText, repair: str | None, count: int) -> AlignedText:
    """Return the text with ``count`` more uses of ``repair`` on record."""
    if not repair or not count:
        return aligned
    repairs = {**aligned.repairs, repair: aligned.repairs.get(repair, 0) + count}
    return AlignedText(aligned.text, aligned.starts, aligned.ends, repairs)


def substitute(
    aligned: AlignedText,
    pattern: re.Pattern[str],
    replacement: str | Callable[[re.Match[str]], str | None],
    repair: str | None = None,
) -> AlignedText:
    """Replace every match of ``pattern``; see :func:`replace`.

    A string stands for itself (no backslash escapes). A function may return None to leave its
    match as it is.
    """
    edits: list[Edit] = []
    for match in pattern.finditer(aligned.text):
        new = replacement if isinstance(replacement, str) else replacement(match)
        if new is not None:
            edits.append((match.start(), match.end(), new))
    return replace(aligned, edits, repair)


def keep(aligned: AlignedText, spans: Iterable[tuple[int, int]], repair: str | None = None) -> AlignedText:
    """Return only the given stretches, which must be in order, one after the other."""
    gaps: list[Edit] = []
    done = 0
    for start, end in spans:
        gaps.append((done, start, ""))
        done = end
    gaps.append((done, len(aligned.text), ""))
    return replace(aligned, gaps, repair)


def _offsets(aligned: AlignedText, start: int, end: int, new: str) -> tuple[array[int], array[int]]:
    """Return where each character of ``new``, which replaces ``text[start:end]``, came from.

    Texts of one length are aligned character by character; where characters are only left out, the
    others keep their place. Else what the two have in common at both ends keeps its place, and the rest has
    the bounds of what it replaces.
    """
    old = aligned.text[start:end]
    if len(old) == len(new):
        return aligned.starts[start:end], aligned.ends[start:end]
    if len(new) == 1 and old and new not in old:
        return array("I", [min(aligned.starts[start:end])]), array("I", [max(aligned.ends[start:end])])
    kept = _kept(old, new)
    if kept is not None:
        return (
            array("I", (aligned.starts[start + i] for i in kept)),
            array("I", (aligned.ends[start + i] for i in kept)),
        )
    head = _common_prefix(old, new)
    tail = min(_common_prefix(old[::-1], new[::-1]), len(old) - head, len(new) - head)
    middle = slice(start + head, end - tail)
    if head + tail < len(old):
        bounds = min(aligned.starts[middle]), max(aligned.ends[middle])
    else:
        place = aligned.ends[middle.start - 1] if middle.start else min(aligned.starts[:1], default=0)
        bounds = place, place
    inserted = len(new) - head - tail
    return (
        aligned.starts[start : middle.start]
        + array("I", [bounds[0]] * inserted)
        + aligned.starts[middle.stop : end],
        aligned.ends[start : middle.start]
        + array("I", [bounds[1]] * inserted)
        + aligned.ends[middle.stop : end],
    )


def _kept(old: str, new: str) -> list[int] | None:
    """Return which characters of ``old`` make up ``new``, or None if ``new`` has others."""
    kept: list[int] = []
    at = -1
    for char in new:
        at = old.find(char, at + 1)
        if at < 0:
            return None
        kept.append(at)
    return kept


def _common_prefix(old: str, new: str) -> int:
    pairs = enumerate(zip(old, new, strict=False))
    return next((i for i, (a, b) in pairs if a != b), min(len(old), len(new)))
