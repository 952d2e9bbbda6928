"""Places in lists of those that hold an honour: what stands in a column is a village or township.

A list says of what level its members are (淘宝村, 示范镇). So after 沭阳县颜集镇 a short name is a village in it
although nothing in its form shows that (小马坊), and one with 镇 a township although no list has it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from kg.extraction import rolls
from kg.extraction.lexicon import Lexicon, alternation, matches
from kg.extraction.rules import vocabulary
from kg.extraction.sentences import Sentence
from kg.model import Mention

_CELL = re.compile(r"[^\s，、。；：！,.．;:!（）()【】\[\]〔〕|｜/●○■□◆◇★☆※▲△·•⊙“”—－–-]+")
_NUMBER = re.compile(r"第?[\d一二三四五六七八九十两]+[^\d一二三四五六七八九十两]{0,4}")
_MORE = re.compile(r"等[\d一二三四五六七八九十两余多]*个?[一-鿿]{0,3}$")  # 等5个村
_HEADING = re.compile(r"[（(]?[一二三四五六七八九十]{1,3}[）)、.．]")
_LONGEST_ALONE = 8  # characters of a line that is a village's name and nothing else
_SHORT = 14  # characters of a line that may stand between a heading and its list
_AREAS = ("prefecture", "county", "township")
_LISTED = ("village", "township")
_MEMBERS = 2  # of a list in a sentence


@dataclass(slots=True)
class Lists:
    """What the lines above say of the line at hand."""

    level: str | None = None  # of the places that the list is of
    open: bool = False  # nothing but lines of the list stand between its heading and this line
    row: bool = False  # the line before is one of them


@dataclass(frozen=True, slots=True)
class _Cell:
    places: tuple[Mention, ...]  # that are known in it
    named: tuple[Mention, ...]  # what the list makes of the rest
    fits: bool  # so that nothing is left of it


def listed(
    sentence: Sentence, candidates: Sequence[Mention], above: Lists, lexicon: Lexicon
) -> Iterator[Mention]:
    """Yield the places of a list that nothing else tells, and note what the sentence says of the next."""
    honours = sorted((m for m in candidates if m.cls == "Designation"), key=lambda m: m.start)
    if honours:
        levels = [level for m in honours if (level := rolls.level_of(m, lexicon))]
        above.level = levels[-1] if levels and levels[-1] in _LISTED else None
        above.open, above.row = True, False
    if above.level is None:
        return
    known = _by_start(candidates)
    if not honours and above.open:
        cells = [_cell(sentence, *span, known, above.level, lexicon) for span in _spans(sentence)]
        areas = [m for cell in cells for m in cell.places if m.level in _AREAS]
        alone = above.row and not _HEADING.match(sentence.text) and len(sentence.text) <= _LONGEST_ALONE
        shaped = [cell for cell in cells if any(m.level == above.level for m in cell.places)]
        alone = alone or (len(cells) > _MEMBERS and len(shaped) * 2 > len(cells))
        if cells and all(cell.fits for cell in cells):
            above.row = above.row or any(cell.places for cell in cells)
            if areas or alone:
                yield from (m for cell in cells for m in cell.named)
            return
        above.open = len(sentence.text) <= _SHORT
    above.row = False
    yield from _told(sentence, known, above.level, lexicon)


def _told(
    sentence: Sentence, known: Mapping[int, Mention], level: str, lexicon: Lexicon
) -> Iterator[Mention]:
    """Yield the members of lists within a sentence (…分别是甲村、乙庄和丙（丁镇）), half of them known."""
    text = sentence.document
    for lead in _leads(lexicon).finditer(text, sentence.start, sentence.end):
        cells: list[_Cell] = []
        for start, end in _spans(sentence, lead.end()):
            cell = _cell(sentence, start, end, known, level, lexicon)
            if not cell.fits:
                break
            cells.append(cell)
            if _MORE.search(text, start, end):
                break
        plain = [cell for cell in cells if cell.places or cell.named]
        level_named = any(m.level == level for cell in plain for m in cell.places)
        if (
            level_named
            and len(plain) >= _MEMBERS
            and sum(bool(cell.places) for cell in plain) * 2 >= len(plain)
        ):
            yield from (m for cell in cells for m in cell.named)


def _leads(lexicon: Lexicon) -> re.Pattern[str]:
    return re.compile(alternation(tuple(lexicon.phrases["list_leads"])))


def _spans(sentence: Sentence, start: int | None = None) -> Iterator[tuple[int, int]]:
    at = sentence.start if start is None else start
    return (found.span() for found in _CELL.finditer(sentence.document, at, sentence.end))


def _by_start(candidates: Iterable[Mention]) -> dict[int, Mention]:
    """Return the longest place at each offset."""
    found: dict[int, Mention] = {}
    for mention in candidates:
        named = mention.cls == "Place" and not mention.anaphor and mention.level != "country"
        if named and (mention.start not in found or mention.end > found[mention.start].end):
            found[mention.start] = mention
    return found


def _cell(
    sentence: Sentence, start: int, end: int, known: Mapping[int, Mention], level: str, lexicon: Lexicon
) -> _Cell:
    """Return what a cell of a list holds: places that are known, and what follows them."""
    text = sentence.document
    more = _MORE.search(text, start, end)
    end = more.start() if more else end
    words = (*lexicon.phrases["list_leads"], *lexicon.phrases["cell_leads"])
    if start not in known:
        start += max((len(word) for word in words if text.startswith(word, start, end)), default=0)
    places: list[Mention] = []
    at = start
    while at in known and known[at].end <= end:
        places.append(known[at])
        at = known[at].end
        at += text[at : at + 1] == "的" and at + 1 < end
    if places and places[-1].level == "village" and text.startswith(lexicon.endings["township"], at, end):
        at = places.pop().start  # 田付村乡
    rest = text[at:end]
    if not rest or _is_word(rest) or _NUMBER.fullmatch(rest):
        return _Cell(tuple(places), (), True)
    if not places and any(s == at and e == end and k for s, e, k in matches(lexicon.products, text, at, end)):
        return _Cell((), (), True)  # a column says what the villages make
    parsed = _rest(lexicon.endings["township"]).fullmatch(rest)
    if parsed is None or _names_other(sentence, at, end, lexicon):
        return _Cell(tuple(places), (), False)
    township = parsed["township"] if not places or places[-1].level in ("prefecture", "county") else None
    split = at + len(township or "")
    named = []
    if township:
        named.append(Mention("Place", at, split, township, level="township"))
    if split < end:
        lowest = "township" if township else places[-1].level if places else None
        if level != "village" or lowest == "village" or end - split < 2:
            return _Cell(tuple(places), (), False)
        named.append(Mention("Place", split, end, text[split:end], level="village"))
    return _Cell(tuple(places), tuple(named), True)


@cache
def _rest(endings: tuple[str, ...]) -> re.Pattern[str]:
    """Return a pattern of what may follow the known places of a cell: a township, a village, or both."""
    township = rf"(?P<township>[一-鿿]{{1,5}}?(?:{alternation(endings)}))(?=$|[一-鿿]{{2}})"
    return re.compile(rf"(?:{township})?(?P<village>[一-鿿]{{1,7}})?")


def _is_word(text: str) -> bool:
    """Whether nothing is left of a cell without the words and figures of lists (合计12个, 序号)."""
    rest = _NUMBER.sub("", text)
    for word in sorted((*vocabulary().words["roll"], *vocabulary().words["column"]), key=len, reverse=True):
        rest = rest.replace(word, "")
    return not rest


def _names_other(sentence: Sentence, start: int, end: int, lexicon: Lexicon) -> bool:
    """Whether the rest of a cell is a name of another kind or part of what a sentence tells."""
    text = sentence.document[start:end]
    if set(text) & lexicon.sets["no_list_characters"] or text in lexicon.known:
        return True
    ordinary = lexicon.sets["generic_words"] | lexicon.sets["inner_verbs"]
    shaped = text.endswith((*lexicon.endings["village"], *lexicon.endings["township"]))
    if not shaped and any(len(word) > 1 and word in text for word in ordinary):
        return True
    return any(
        e == len(text) and head.cls != "Place" and len(head.text) > 1
        for _, e, head in matches(lexicon.heads, text)
    )
