"""Joins the lines of a paragraph that a page layout has broken.

Two kinds of text need it: text out of a PDF, where every line is as wide as the column and may be
followed by an empty one, and text where a page or a picture has broken a few paragraphs.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from statistics import median

from kg.reading.aligned import AlignedText, Edit, replace
from kg.reading.repairs.evidence import is_word
from kg.reading.repairs.pages import width
from kg.reading.words import pattern

_LINE = re.compile(r"(?m)^.*\S")
# The end of a sentence, with what may close after it: quotation marks, a source in brackets.
_FINISHED = re.compile(r"[。！？!?…；;：:][”’\"'』」》）)\]】]*(?:\s?[(（][^()（）]{1,30}[)）])?\Z")
_STOPPED = re.compile(r"[。！？!?…][”’\"'』」》）)\]】]*(?:\s?[(（][^()（）]{1,30}[)）])?\Z")
_CLAUSES = re.compile(r"[，,、；;：:]")
_NEW_BLOCK = re.compile(
    r"[#>*◆◎□■●▲★☆○※【]|- |!\[|\d{1,2}[.、．](?!\d)"
    r"|[一二三四五六七八九十]{1,3}、|[(（][一二三四五六七八九十\d]{1,3}[)）]"
)
_PUNCTUATION = re.compile(r"[，,。；;：:！？!?、]")
_SPACED_ON = re.compile(r"(?<!\d)\d \d\d(?: |\D|\Z)|\A\D*\d\d \d(?!\d)")
_NUMBER_END = re.compile(r"[一-鿿]\d+(?:\.\d*)?\Z")
_NUMBER_ON = re.compile(r"\d ?\.?\n(?:\. ?)?\d|\d\n ?\.")  # a number goes on in the next line
_NEVER_FIRST = frozenset(
    "，。、；：？！”’）》"
)  # in a line, but for the end of what the one before has begun
_TAIL = 60  # characters at the end of a line that show how it ends
_OPEN = {"（": "）", "(": ")", "《": "》", "“": "”", "【": "】"}
_NARROW = 0.75  # of the column: a line below this does not fill it
_NARROWEST = 26  # half-width columns that lines have if nothing else shows that they are broken
_FEWEST = 8  # lines that show it
_RAGGED = 4  # half-width columns by which full lines differ
_INDENT = 4  # half-width columns that the first line of a paragraph is indented by
_NEIGHBOURS = 4  # lines before and after that show how wide the column is
_LONG_HEADING = 18  # characters; few are longer
_LONG = 40  # characters; no heading is longer


@dataclass(frozen=True, slots=True)
class _Line:
    start: int  # of what is visible, in the text
    end: int
    text: str
    width: int  # in half-width columns, with the indent
    indented: bool
    close: bool  # no empty line stands before it


def join_column_lines(aligned: AlignedText) -> AlignedText:
    """Return a text set in columns as whole paragraphs, any other as it is.

    The repair ``line-break`` counts the joints.
    """
    lines = _lines(aligned.text)
    return _joined(aligned, lines, _column_joints(lines)) if _is_column(lines) else aligned


def join_stray_lines(aligned: AlignedText) -> AlignedText:
    """Return the text with the paragraphs whole that break off in mid-sentence (repair ``line-break``)."""
    lines = _lines(aligned.text)
    return _joined(aligned, lines, _stray_joints(lines))


def _joined(aligned: AlignedText, lines: list[_Line], joints: list[int]) -> AlignedText:
    edits: list[Edit] = []
    for i in joints:
        before, after = lines[i], lines[i + 1]
        both_latin = before.text[-1].isascii() and after.text[0].isascii()
        words = both_latin and before.text[-1].isalpha() and after.text[0].isalpha()
        # The figures of a number that is set with gaps stay apart, for the repair of such numbers to see.
        words = words or bool(_SPACED_ON.search(before.text[-3:] + after.text[:3]))
        edits.append((before.end, after.start, " " if words else ""))
    return replace(aligned, edits, "line-break")


def _lines(text: str) -> list[_Line]:
    lines = []
    last_end = 0
    for match in _LINE.finditer(text):
        shown = match[0].strip()
        start = match.start() + match[0].index(shown[0])
        close = text.count("\n", last_end, match.start()) < 2
        indent = min(_INDENT, width(match[0][: start - match.start()]))  # more would be a centred line
        wide = indent + width(shown)
        lines.append(_Line(start, start + len(shown), shown, wide, match[0][0].isspace(), close))
        last_end = match.end()
    return lines


def _is_column(lines: list[_Line]) -> bool:
    """Tell whether the text is set in columns: most lines stop in mid-sentence, all equally wide."""
    if len(lines) < _FEWEST:
        return False
    if _is_full_width(lines):
        return True
    unfinished = [i for i, line in enumerate(lines[:-1]) if not _ends(_FINISHED, line)]
    if 2 * len(unfinished) < len(lines):
        return False
    even = sum(abs(lines[i].width - lines[i + 1].width) <= 0.15 * lines[i].width for i in unfinished)
    prose = sum(bool(_CLAUSES.search(line.text)) or _ends(_STOPPED, line) for line in lines)
    long = median(line.width for line in lines) >= 16
    return long and 2 * even >= len(unfinished) and 10 * prose >= 4 * len(lines)


def _is_full_width(lines: list[_Line]) -> bool:
    """Tell whether the lines that stop in mid-sentence have the width that no line exceeds, but the title."""
    widths = [line.width for line in lines[1:-1] if not _ends(_FINISHED, line)]
    if len(widths) < _FEWEST // 2:
        return False
    full = sorted(widths)[len(widths) // 2]
    near = sum(abs(width - full) <= _RAGGED for width in widths)
    over = sum(line.width > full + _RAGGED for line in lines[1:])
    return full >= _NARROWEST and 10 * near >= 7 * len(widths) and over <= len(lines) // 20


def _column_joints(lines: list[_Line]) -> list[int]:
    """Return the lines that go on in the next one."""
    spaced = sum(not line.close for line in lines) * 2 > len(lines)
    some_indented = sum(line.indented for line in lines) * 10 < 9 * len(lines)
    joints: list[int] = []
    opens = True  # line i opens a paragraph
    for i in range(len(lines) - 1):
        line, following = lines[i], lines[i + 1]
        heading = opens and _is_heading(lines, i)
        stopped = _ends(_STOPPED, line)
        if spaced and heading and following.close and not following.indented and _is_heading(lines, i + 1):
            joined = True  # a heading of two lines
        elif following.text[0] in _NEVER_FIRST or _goes_on(line, following):
            joined = True
        elif (
            heading
            or _NEW_BLOCK.match(following.text)
            or (some_indented and following.indented)
            or (not spaced and not following.close and (stopped or not _fills_column(lines, i)))
        ):
            joined = False
        elif stopped:
            joined = _fills_column(lines, i) and not _is_heading(lines, i + 1)
        else:
            joined = True
        if joined:
            joints.append(i)
        opens = heading or not joined  # what follows a heading of two lines opens a paragraph
    return joints


def _goes_on(line: _Line, following: _Line) -> bool:
    return _NUMBER_ON.search(f"{line.text[-4:]}\n{following.text[:4]}") is not None


def _is_heading(lines: list[_Line], i: int) -> bool:
    """Tell whether a line that opens a paragraph stands alone.

    It is much narrower than the lines below, or the next one is a heading too: narrower, without punctuation.
    """
    line = lines[i]
    if _ends(_STOPPED, line) or i == len(lines) - 1:
        return False
    if pattern("bylines", r"\A(?:{})\Z").match(line.text):
        return True
    if i == 0 and abs(line.width - _column_around(lines, i)) > _RAGGED:
        return True  # the title
    if _CLAUSES.search(line.text):
        return False
    following = lines[i + 1]
    if not _PUNCTUATION.search(following.text) and line.width - following.width > _RAGGED:
        return True
    return line.width < _NARROW * _column_width(lines[i + 1 : i + 1 + _NEIGHBOURS])


def _ends(how: re.Pattern[str], line: _Line) -> bool:
    return how.search(line.text[-_TAIL:]) is not None


def _fills_column(lines: list[_Line], i: int) -> bool:
    return lines[i].width > _column_around(lines, i) - _RAGGED


def _column_around(lines: list[_Line], i: int) -> int:
    """Return how wide the column is near a line: as wide as the wider ones of its neighbours."""
    near = lines[max(0, i - _NEIGHBOURS) : i] + lines[i + 1 : i + 1 + _NEIGHBOURS]
    widths = sorted(line.width for line in near)
    return widths[len(widths) * 2 // 3] if widths else 0


def _column_width(lines: list[_Line]) -> float:
    return median(line.width for line in lines) if lines else 0.0


def _stray_joints(lines: list[_Line]) -> list[int]:
    """Return the lines that break off in mid-sentence, in a text of whole paragraphs."""
    joints = []
    begun = False  # the first sentence has been seen: what stands before is headlines
    for i, line in enumerate(lines[:-1]):
        following = lines[i + 1]
        begun = begun or _ends(_STOPPED, line)
        if _ends(_FINISHED, line) or _NEW_BLOCK.match(line.text) or _NEW_BLOCK.match(following.text):
            continue
        long = len(line.text) >= _LONG
        if line.text[-1] in "，、," or following.text[0] in _NEVER_FIRST or _breaks_number(line, following):
            joints.append(i)
        elif not (begun or long) or not _ends(_STOPPED, following) or _ends_with_item(line.text):
            continue
        elif (
            long
            or _leaves_open(line.text)
            or _trails_off(line.text)
            or _breaks_word(line.text, following.text)
        ):
            joints.append(i)
    return joints


def _ends_with_item(text: str) -> bool:
    """A line of bare items (outlet, date, byline) is whole without a full stop."""
    return bool(re.search(r"\d日?\Z|[:：]\S{0,12}\Z|[)）】\]]\Z|\s\S{1,6}\Z", text[-_TAIL:]))


def _breaks_word(text: str, following: str) -> bool:
    """Tell whether the break goes through a word or a number of a line that is long for a heading."""
    if len(text) < _LONG_HEADING:
        return False
    pairs = ((text[-1:], following[:1]), (text[-2:], following[:1]), (text[-1:], following[:2]))
    return any(is_word(a + b) for a, b in pairs)


def _breaks_number(line: _Line, following: _Line) -> bool:
    if len(line.text) < _LONG_HEADING or not _NUMBER_END.search(line.text[-8:]):
        return False
    return pattern("number-goes-on", r"\A(?:{})").match(following.text) is not None


def _leaves_open(text: str) -> bool:
    return any(text.count(left) > text.count(right) for left, right in _OPEN.items())


def _trails_off(text: str) -> bool:
    """The last clause of a heading is about as long as the others; that of a cut sentence is shorter."""
    sizes = [len(clause) for clause in re.split("[，,]", text)]
    return len(sizes) > 1 and max(sizes) - sizes[-1] >= 3 and text[-1] not in "”’》"
