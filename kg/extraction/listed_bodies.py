"""Firms, sites and goods in the lines of a list of those that hold an honour: what stands there is a name.

An honour says of what kind its holders are (示范基地, 示范企业). So each item in the lines below its list
(江苏省（3家）：甲；乙) is one of them, even if nothing in its form shows where the name begins.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kg.extraction import rolls
from kg.extraction.lexicon import Lexicon
from kg.extraction.quotations import last_head
from kg.extraction.sentences import Sentence
from kg.model import Mention

_GROUP = re.compile(  # 江苏省（3家）：
    r"\s*(?:[（(]?[一二三四五六七八九十\d]{1,3}[）)、.．]\s*)?[一-鿿]{2,12}[（(]共?\d{1,3}[家个名][）)]\s*[:：]\s*"
)
_NUMBERED = re.compile(r"\s*[（(]?\d{1,3}[）)、.．]\s*(?!\d)")
_CELL = re.compile(r"(?:[一-鿿A-Za-z·]|[（(][^（）()；;，。、：:]{1,8}[）)](?=[一-鿿]))+")
_LONGEST_LINE = 40  # characters of a numbered line
_SHORT = 14  # characters of a line that may stand between a heading and its list
_LENGTHS = range(4, 31)  # characters of a name
_KINDS = ("Facility", "Organization", "Platform")


@dataclass(slots=True)
class Lines:
    """The class of those that the list above is of, if it is one of firms, sites or goods."""

    cls: str | None = None
    open: bool = False  # nothing but lines of the list stand between its heading and this line


def listed(
    sentence: Sentence, candidates: Sequence[Mention], above: Lines, lexicon: Lexicon
) -> Iterator[Mention]:
    """Yield the items of a list that the lines above opened, and note what the sentence says of the next."""
    text = sentence.document
    first = text.rfind("\n", 0, sentence.start) + 1
    group = _GROUP.match(text, first)
    line = group or _NUMBERED.match(text, first)
    honours = [m for m in candidates if m.cls == "Designation"]
    if honours and line is None:
        above.cls, above.open = _class_of_holders(honours, lexicon) or above.cls, True
        return
    if above.cls is None or line is None or not (group or above.open):
        above.open = above.open and len(sentence.text) <= _SHORT
        return
    last = text.find("\n", first)
    length = (last if last >= 0 else len(text)) - first
    if group is None and (length > _LONGEST_LINE or set("，。！？") & set(text[first : first + length])):
        return
    for cell in _CELL.finditer(text, max(line.end(), sentence.start), sentence.end):
        if len(cell[0]) not in _LENGTHS or text[cell.start() - 1] in "（(":
            continue
        if any(m.cls == "Place" and (m.start, m.end) == cell.span() for m in candidates):
            continue
        kind = last_head(cell[0], lexicon, _KINDS) or above.cls
        yield Mention(kind, cell.start(), cell.end(), cell[0])
        if group is None:
            return  # what follows in a numbered line says where it is


def _class_of_holders(honours: Sequence[Mention], lexicon: Lexicon) -> str | None:
    """Return the class of those that the last of some honours is for, as its last characters tell."""
    if rolls.level_of(honours[-1], lexicon) is not None:
        return None
    name = (honours[-1].name or honours[-1].text).strip("“”")
    kinds = lexicon.phrases["holders"].items()
    return next((str(cls) for cls, ends in kinds if name.endswith(tuple(ends))), None)
