"""The printed lines of a page → the order in which they are read, and the paragraphs they make up.

The order in which a PDF draws them is kept, unless white space parts the page from top to bottom:
then the left column is read before the right one. A headline above columns is read before them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from statistics import median

_FEW = 3  # lines that make a column
_GUTTER = 0.5  # heights of a line; as wide as white space between columns is at least
_BREAK = 0.6  # heights of a line; white space that parts a headline from what is below
_DEEPEST = 20
_RAGGED = 1.6  # heights of a line by which a full line may be shorter than the column
_INDENT = 0.8  # heights of a line
_LEADING = 1.3  # heights of a line; more white space than this ends a paragraph
_NEAR = 6  # lines before and after that show how wide a column is
_ENDED = re.compile(r"[。！？!?…][”’」』）)]*\Z")


@dataclass(frozen=True, slots=True)
class Box:
    """Where something is on a page, in points from the lower left corner."""

    left: float
    bottom: float
    right: float
    top: float


@dataclass(frozen=True, slots=True)
class Line:
    text: str
    box: Box


def in_reading_order(lines: list[Line]) -> list[Line]:
    """Return the lines column by column if the page is set in columns, else as they are."""
    if len(lines) < 2 * _FEW:
        return lines
    height = median(line.box.top - line.box.bottom for line in lines)
    blocks = _blocks(lines, max(height, 1.0), 0)
    if len(blocks) == 1:
        return lines
    return [line for block in blocks for line in block]


def _blocks(lines: list[Line], height: float, depth: int) -> list[list[Line]]:
    """Return the blocks of lines between white space, in reading order; one if there are no columns."""
    if len(lines) < 2 * _FEW or depth == _DEEPEST:
        return [lines]
    at = _gutter(lines, height)
    if at is not None:
        left = [line for line in lines if line.box.right <= at]
        right = [line for line in lines if line.box.left >= at]
        return [block for side in (left, right) for block in _blocks(_downwards(side), height, depth + 1)]
    for at in _breaks(lines, height):
        upper = [line for line in lines if line.box.bottom >= at]
        lower = [line for line in lines if line.box.bottom < at]
        below = _blocks(lower, height, depth + 1)
        if len(below) > 1:
            return [_downwards(upper), *below]
    return [lines]


def _downwards(lines: list[Line]) -> list[Line]:
    return sorted(lines, key=lambda line: (-line.box.top, line.box.left))


def _gutter(lines: list[Line], height: float) -> float | None:
    """Return where white space parts the lines into two columns that stand side by side."""
    right = float("-inf")
    ordered = sorted(lines, key=lambda line: line.box.left)
    for i, line in enumerate(ordered):
        parted = i >= _FEW and len(ordered) - i >= _FEW and line.box.left - right > _GUTTER * height
        if parted and _side_by_side(ordered[:i], ordered[i:]):
            return (line.box.left + right) / 2
        right = max(right, line.box.right)
    return None


def _side_by_side(left: list[Line], right: list[Line]) -> bool:
    tops = [max(line.box.top for line in side) for side in (left, right)]
    bottoms = [min(line.box.bottom for line in side) for side in (left, right)]
    shared = min(tops) - max(bottoms)
    return shared > 0.5 * min(tops[i] - bottoms[i] for i in (0, 1))


def _breaks(lines: list[Line], height: float) -> list[float]:
    """Return the heights at which white space runs from side to side, from the top, a few."""
    found: list[float] = []
    ordered = sorted(lines, key=lambda line: -line.box.top)
    lowest = ordered[0].box.bottom
    for line in ordered[1:]:
        if lowest - line.box.top > _BREAK * height:
            found.append((lowest + line.box.top) / 2)
        lowest = min(lowest, line.box.bottom)
    return found[:5]


def paragraphs(lines: list[Line]) -> tuple[list[str], int]:
    """Return the lines joined into paragraphs, and the number of joints.

    A line goes on in the next one if it fills its column, and the next one is as large and not
    indented. Where nothing is indented, the end of a sentence is the end of a paragraph.
    """
    columns = [_column(lines, i) for i in range(len(lines))]
    indents = [_indented(line, column) for line, column in zip(lines, columns, strict=True)]
    texts: list[str] = []
    joints = 0
    joined = False
    for i, line in enumerate(lines):
        if joined:
            both_words = bool(re.search(r"[A-Za-z]\Z", texts[-1]) and re.match("[A-Za-z]", line.text))
            texts[-1] += " " * both_words + line.text.lstrip()
            joints += 1
        else:
            texts.append(line.text)
        joined = i + 1 < len(lines) and _goes_on(line, lines[i + 1], columns[i], indents[i + 1], any(indents))
    return texts, joints


def _goes_on(line: Line, following: Line, column: Box, indented: bool, usual: bool) -> bool:
    height, next_height = (item.box.top - item.box.bottom for item in (line, following))
    if indented or abs(height - next_height) > 0.2 * max(height, next_height):
        return False
    below = following.box.top <= line.box.top
    if below and line.box.bottom - following.box.top > _LEADING * height:
        return False
    full = line.box.right > column.right - _RAGGED * height and column.right - column.left > 8 * height
    return full and (usual or not _ENDED.search(line.text))


def _column(lines: list[Line], i: int) -> Box:
    """Return the left and the right edge of the column that a line stands in."""
    box = lines[i].box
    near = [
        other.box
        for other in lines[max(0, i - _NEAR) : i + _NEAR + 1]
        if min(other.box.right, box.right) - max(other.box.left, box.left) > 0.5 * (box.right - box.left)
    ]
    # A headline above several columns reaches further than any line of them.
    height = box.top - box.bottom
    shared = [b.right for b in near if sum(abs(b.right - other.right) < height for other in near) > 1]
    return Box(min(b.left for b in near), box.bottom, max(shared, default=box.right), box.top)


def _indented(line: Line, column: Box) -> bool:
    return line.text[:1].isspace() or line.box.left - column.left > _INDENT * (line.box.top - line.box.bottom)
