"""Tables with a header (CSV, also with semicolons or tabs): every row is a document, file.csv#1 and so on.

The first row below the header is #1. Rows are read one by one, so a table may be as large as an archive.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import BinaryIO

from kg.reading.aligned import AlignedText, cut, substitute
from kg.reading.decode import detect
from kg.reading.formats import records
from kg.reading.source import Part, Source, Unread, Unreadable

_DELIMITERS = ",\t;|"
_DOUBLED = re.compile('""')
_LONGEST_HEADER = 2_000  # characters


def matches(source: Source) -> bool:
    header = source.sample.lstrip("\ufeff\r\n").partition("\n")[0].rstrip("\r")
    if not header or len(header) > _LONGEST_HEADER or "<" in header:
        return False
    names = _names(header, _delimiter(header))
    return len(names) > 1 and records.column_of("text", names, source.fields) is not None


def read(source: Source) -> Iterator[Part]:
    """Yield the document of every row."""
    encoding, skip = detect(source.head)
    if encoding is None or encoding.startswith(("utf-16", "utf-32")):
        rows, encoding = _recoded(source)
    else:
        stream = source.sequence()
        stream.read(skip)
        rows = _rows(stream, source.limits.size)
    header = next(rows, b"")
    first = records.whole(encoding, header or b"").text.strip("\r\n")
    delimiter = _delimiter(first)
    names = list(_names(first, delimiter))
    for number, row in enumerate(rows, 1):
        suffix = f"#{number}"
        if row is None:
            reason = f"It is larger than {source.limits.size:,} bytes, too large for an article."
            yield Unread(suffix, f"{reason} A quotation mark may be missing.")
            continue
        text = records.whole(encoding, row)
        cells = dict(zip(names, _cells(text, delimiter), strict=False))
        yield records.document(suffix, row, encoding, cells, source.fields, source.known)


def _delimiter(header: str) -> str:
    return max(_DELIMITERS, key=header.count)


def _names(header: str, delimiter: str) -> dict[str, None]:
    return dict.fromkeys(name.strip().strip('"').strip().lower() for name in header.split(delimiter))


def _rows(stream: BinaryIO, most: int) -> Iterator[bytes | None]:
    """Yield the bytes of every row, None for one that is too long. A line break in quotation marks is none.

    No encoding but UTF-16 uses the byte of a quotation mark or of a line break within a character.
    """
    row: list[bytes] = []
    size = quotes = 0
    while line := stream.readline(most + 1):
        quotes += line.count(b'"')
        size += len(line)
        row.append(line if size <= most else b"")
        if quotes % 2 and line.endswith(b"\n"):
            continue
        whole = b"".join(row)
        if size > most:
            yield None
        elif whole.strip():
            yield whole.rstrip(b"\r\n")
        row, size, quotes = [], 0, 0
    if row:
        yield b"".join(row) if size <= most else None


def _recoded(source: Source) -> tuple[Iterator[bytes | None], str]:
    """Return the rows of a table in UTF-16, each still in UTF-16."""
    if source.decoded is None:
        raise Unreadable("Its bytes are not text.")
    aligned, encoding = source.decoded
    return _recoded_rows(source, aligned), encoding


def _recoded_rows(source: Source, aligned: AlignedText) -> Iterator[bytes | None]:
    begun = quotes = end = 0
    for match in re.finditer(r"\n|\Z", aligned.text):
        quotes += aligned.text.count('"', end, match.start())
        end = match.start()
        if quotes % 2 and match[0]:
            continue
        if aligned.text[begun:end].strip():
            yield source.data[aligned.starts[begun] : aligned.ends[end - 1]]
        begun, quotes = match.end(), 0


def _cells(row: AlignedText, delimiter: str) -> Iterator[AlignedText]:
    """Yield the cells of a row without their quotation marks."""
    text = row.text
    at = 0
    while at <= len(text):
        if text.startswith('"', at):
            closing = _closing(text, at + 1)
            yield substitute(cut(row, at + 1, closing), _DOUBLED, '"')
            end = text.find(delimiter, closing)
        else:
            end = text.find(delimiter, at)
            yield cut(row, at, end if end >= 0 else len(text))
        if end < 0:
            return
        at = end + 1


def _closing(text: str, start: int) -> int:
    """Return where the quotation mark stands that ends the cell."""
    at = text.find('"', start)
    while at >= 0 and text.startswith('""', at):
        at = text.find('"', at + 2)
    return at if at >= 0 else len(text)
