"""Closes up numbers that a PDF has set with gaps."""

from __future__ import annotations

import re

from kg.reading.aligned import AlignedText, substitute

_HAN = "[㐀-鿿]"
# 2 . 12亿, 126 .3亿: a space before the point is no end of a sentence and no list number.
_POINT = re.compile(r"(?<=\d) +\. ?(?=\d{1,4}(?!\d|年))")
# 12. 3亿: only before a unit, and not after a list number at the head of a line.
_POINT_THEN_SPACE = re.compile(r"(?m)(?<=\d)(?<!^\d)(?<!^\d\d)\. (?=\d{1,2}[亿万%％个元倍吨公米平斤])")
# 2 3 0余家: every figure stands alone, between Chinese characters.
_SINGLE_FIGURES = re.compile(rf"(?<={_HAN})\d(?: \d)+(?=\s?{_HAN}|[%％])")


def close_up_numbers(aligned: AlignedText) -> AlignedText:
    """Return the text with such numbers in one piece; "2015 2016" stays two. Repair: ``spaced-number``."""
    aligned = substitute(aligned, _POINT, ".", "spaced-number")
    aligned = substitute(aligned, _POINT_THEN_SPACE, ".", "spaced-number")
    return substitute(aligned, _SINGLE_FIGURES, lambda match: match[0].replace(" ", ""), "spaced-number")
