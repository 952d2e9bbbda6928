"""Records: which of their fields are the text, the title, the date.

JSON and CSV share this. A record is one document; its text is the column that the user named, else one
with a usual name (``text-columns`` in ``words.yaml``), else the one with the most Chinese. Its title stands
before the text as its first line, as in an article, unless the text begins with it.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import replace

from kg.reading.aligned import AlignedText, joined
from kg.reading.decode import decode_as
from kg.reading.source import Document, Part, Unread
from kg.reading.words import words

_CHINESE = re.compile("[㐀-鿿]")
_LEAST = 30  # Chinese characters that make a column without a usual name the text
ROLES = ("text", "title", "date", "source", "author")
_LISTS = {
    "text": "text-columns",
    "title": "front-title",
    "date": "front-date",
    "source": "front-source",
    "author": "front-author",
}


def document(
    suffix: str,
    data: bytes,
    encoding: str,
    cells: Mapping[str, AlignedText],
    given: Mapping[str, str],
    known: Mapping[str, str],
) -> Part:
    """Return the document of one record, whose bytes are ``data``.

    ``cells`` are its strings by column, ``given`` the columns that the user named by role.
    """
    by_name = {name.strip().lower(): cell for name, cell in cells.items()}
    text = _text_column(by_name, given)
    if text is None:
        return Unread(suffix, "None of its fields is the text of an article.", "empty")
    body = by_name[text]
    fields = {name: cell.text for name, cell in by_name.items() if name != text and cell.text.strip()}
    for role in ROLES[1:]:
        column = given.get(role, "").lower()
        if column in fields:
            fields[role] = fields[column]
    title = column_of("title", by_name, given)
    if title and title != text:
        body = _headed(by_name[title], body)
    return Document(
        body,
        encoding,
        data,
        hashlib.sha256(data).hexdigest(),
        suffix,
        fields={**known, **fields},
        form="cell",
    )


def column_of(role: str, names: Mapping[str, object], given: Mapping[str, str]) -> str | None:
    """Return which of the columns (in lower case) plays a role."""
    wanted = (given[role].lower(),) if role in given else words(_LISTS[role])
    return next((name for name in wanted if name in names), None)


def whole(encoding: str, data: bytes) -> AlignedText:
    """Return the text of a record that is decoded alone; offsets count in ``data``."""
    return decode_as(data, encoding)


def _text_column(cells: Mapping[str, AlignedText], given: Mapping[str, str]) -> str | None:
    if "text" in given:
        return column_of("text", cells, given)
    usual = [name for name in words(_LISTS["text"]) if name in cells and _CHINESE.search(cells[name].text)]
    if usual:
        return usual[0]
    most = {name: len(_CHINESE.findall(cell.text)) for name, cell in cells.items()}
    best = max(most, key=lambda name: most[name], default=None)
    return best if best is not None and most[best] >= _LEAST else None


def _headed(title: AlignedText, body: AlignedText) -> AlignedText:
    shown = title.text.strip()
    if not shown or "\n" in shown or "<" in body.text[:1] or body.text.lstrip().startswith(shown):
        return body
    end = title.ends[-1:]
    line_break = AlignedText("\n", end, end)
    return replace(joined([title, line_break, body]), repairs=body.repairs)
