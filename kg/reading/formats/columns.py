"""The printed lines of a page → the order in which they are read.

The order in which a PDF draws them is kept, unless white space parts the page from top to bottom:
then the left column is read before the right one. A headline above columns is read before them.
"""

from __future__ import annotations

from dataclasses import dataclass
from statistics import median

_FEW = 3  # lines that make a column
_GUTTER = 0.5  # heights of a line; as wide as white space between columns is at least
_BREAK = 0.6  # heights of a line; white space that parts a headline from what is below
_DEEPEST = 20


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
        if i >= _FEW and len(ordered) - i >= _FEW and line.box.left - right > _GUTTER * height:
            if _side_by_side(ordered[:i], ordered[i:]):
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
