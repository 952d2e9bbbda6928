"""Takes out what a page layout puts between the lines of an article: running heads, page numbers, columns."""

from __future__ import annotations

import re
import unicodedata
from array import array
from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import pairwise

from kg.reading.aligned import AlignedText, counted, cut, replace
from kg.reading.words import pattern

_LINE = re.compile(r"[^\n]*\n?")
_NUMBER = re.compile(r"\d+")
_SENTENCE = re.compile("[。！？；!?;，]")
_LONGEST_HEAD = 40  # characters
_HEAD = 5  # lines at the head of the text, where the paper's name and date stand once
_APART = 6  # lines that a page has at least
_NARROWEST = 24  # half-width columns of a line that a page number can follow in mid-sentence
_REPEATED = 3  # times that a line without a number must stand there to be a running head
_GAP = re.compile(r"[ \u3000\t]{3,}|\t")
_FEWEST_ROWS = 6  # that make two columns
_CLOSE = 2  # half-width columns by which the beginnings of the lines of a column differ


def width(text: str) -> int:
    """Return the width of a text in half-width columns."""
    return sum(2 if unicodedata.east_asian_width(char) in "WFA" else 1 for char in text)


def without_running_heads(aligned: AlignedText) -> AlignedText:
    """Return the text without page numbers and the lines that every page repeats (repair ``running-head``).

    Such a line has a number that grows by one from page to page, or is the same on several pages, or says
    that it is a page's (第3页 共8页). The first lines of the text stay: they name the paper.
    """
    lines = [match for match in _LINE.finditer(aligned.text) if match[0].strip()]
    alike: defaultdict[str, list[int]] = defaultdict(list)
    for i, line in enumerate(lines):
        shown = " ".join(line[0].split())
        if len(shown) <= _LONGEST_HEAD and not _SENTENCE.search(shown):
            alike[_NUMBER.sub("#", shown)].append(i)
    marks = pattern("page-marks", r"\A\s*(?:{})\s*\Z")
    heads: set[int] = set()
    for shown, where in alike.items():
        if len(where) > 1 and min(b - a for a, b in pairwise(where)) < _APART:
            continue
        if _counts_up([lines[i][0] for i in where]) or ("#" not in shown and len(where) >= _REPEATED):
            heads.update(where)
    once = pattern("page-heads", r"\A\s*(?:{})\s*\Z")
    heads.update(i for i, line in enumerate(lines) if once.match(line[0]) or _within_sentence(lines, i))
    heads = {i for i in heads if i >= _HEAD} | {i for i, line in enumerate(lines) if marks.match(line[0])}
    return replace(aligned, [(*lines[i].span(), "") for i in sorted(heads)], "running-head")


def _within_sentence(lines: list[re.Match[str]], i: int) -> bool:
    """Tell whether a line is a number alone, in the middle of a sentence."""
    if not i or len(lines[i][0].strip()) > 3 or not lines[i][0].strip().isdecimal():
        return False
    before = lines[i - 1][0].rstrip()
    return width(before) >= _NARROWEST and before[-1] not in "。！？!?…”：:；"


def _counts_up(lines: list[str]) -> bool:
    """Tell whether one of the numbers of lines that are else alike grows by one from each to the next."""
    if len(lines) < 2:
        return False
    columns = zip(*(map(int, _NUMBER.findall(line)) for line in lines), strict=True)
    return any(all(b - a == 1 for a, b in pairwise(found)) for found in columns)


def columns_in_order(aligned: AlignedText) -> AlignedText:
    """Return a text in two columns that was read across the page with the right one below the left.

    The rows have a gap, after which the right column begins at the same place in each. The repair
    ``interleaved-columns`` counts the places where a text was set so.
    """
    count = 0
    for start, end, place in reversed(list(_tables(aligned.text))):
        left, right = [], []
        for row in _LINE.finditer(aligned.text, start, end):
            split = _split(row[0], place)
            left.append((row.start(), row.start() + (len(row[0].rstrip()) if split is None else split[0])))
            if split is not None:
                right.append((row.start() + split[1], row.start() + len(row[0].rstrip())))
        pieces = [piece for piece in (*left, *right) if piece[0] < piece[1]]
        aligned = replace(aligned, [(start, end, _in_lines(aligned, pieces))])
        count += 1
    return counted(aligned, "interleaved-columns", count)


def _tables(text: str) -> Iterator[tuple[int, int, int]]:
    """Yield where rows of two columns begin and end, and the place where the right one begins."""
    places = Counter(place for row in _LINE.finditer(text) if (place := _gap(row[0])) is not None)
    if not places:
        return
    place, _ = max(places.items(), key=lambda item: (item[1], -item[0]))
    rows: list[re.Match[str]] = []
    for row in [*_LINE.finditer(text), None]:
        belongs = row is not None and row[0].strip() and _belongs(row[0], place, bool(rows))
        if belongs and row is not None:
            rows.append(row)
            continue
        both = sum(_split(row[0], place) is not None for row in rows)
        if both >= _FEWEST_ROWS and 10 * both >= 6 * len(rows) and _is_prose(rows, place):
            yield rows[0].start(), rows[-1].end(), place
        rows = []


def _gap(row: str) -> int | None:
    """Return the place after the first gap within the row, in half-width columns."""
    shown = row.rstrip()
    first = len(shown) - len(shown.lstrip())
    match = _GAP.search(shown, first)
    return width(shown[: match.end()]) if match else None


def _split(row: str, place: int) -> tuple[int, int] | None:
    """Return where the left part of a row ends and the right one begins; None if it has no right part."""
    shown = row.rstrip()
    for match in _GAP.finditer(shown):
        if abs(width(shown[: match.end()]) - place) <= 2 * _CLOSE and match.end() < len(shown):
            end = match.end()
            while end > match.start() + 1 and width(shown[:end]) > place:  # the indent of a paragraph
                end -= 1
            return match.start(), end
    return None


def _belongs(row: str, place: int, within: bool) -> bool:
    return _split(row, place) is not None or (within and width(row.rstrip()) <= place)


def _is_prose(rows: list[re.Match[str]], place: int) -> bool:
    """Tell text in columns from a table: nearly all lines of the left column fill it, and break sentences off."""
    lefts = [row[0][: split[0]].strip() for row in rows if (split := _split(row[0], place))]
    full = max(map(width, lefts))
    filled = sum(width(left) >= full - 8 for left in lefts)
    return full >= 16 and 10 * filled >= 6 * len(lefts)


def _in_lines(aligned: AlignedText, spans: list[tuple[int, int]]) -> AlignedText:
    """Return the given stretches, each as a line of its own."""
    text, starts, ends = "", array("I"), array("I")
    for start, end in spans:
        piece = cut(aligned, start, end)
        text += piece.text + "\n"
        starts.extend(piece.starts)
        ends.extend(piece.ends)
        starts.append(piece.ends[-1])
        ends.append(piece.ends[-1])
    return AlignedText(text, starts, ends)
