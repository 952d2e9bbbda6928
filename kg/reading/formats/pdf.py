"""PDF with a text layer: its pages' text in reading order, a paragraph a line."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from kg.reading.aligned import AlignedText
from kg.reading.decode import align
from kg.reading.formats.columns import Box, Line, in_reading_order, paragraphs
from kg.reading.source import Document, Part, Source, Unreadable

LAYER = "text"
_SIGNATURE = b"%PDF-"
_MOST_PAGES = 1_000
_GAP = 1.5  # heights of a character; a wider gap in a printed line parts two columns
_EDGE = 2  # lines at the head and the foot of a page that may be furniture
_OFTEN = 3  # pages on which a line stands that is furniture
_NUMBER = re.compile(r"\s*(?:[-—–·•第]\s*)?\d{1,4}\s*(?:[-—–·•页]|/\s*\d{1,4})?\s*")


def matches(source: Source) -> bool:
    return _SIGNATURE in source.head[:1024]


def read(source: Source) -> Iterator[Part]:
    """Yield the text layer as one document."""
    data = source.seekable().read(10 * source.limits.size + 1)
    if len(data) > 10 * source.limits.size:
        raise Unreadable(f"It is larger than {10 * source.limits.size:,} bytes, too large for an article.")
    text, repairs = text_layer(data)
    layer = text.encode("utf-8", "replace")
    if len(layer) > source.limits.size:
        raise Unreadable(f"Its text is larger than {source.limits.size:,} bytes, too large for an article.")
    aligned = align(layer, "utf-8")
    aligned = AlignedText(aligned.text, aligned.starts, aligned.ends, repairs)
    yield Document(
        aligned, "utf-8", layer, source.digest(data), layer=LAYER, fields=source.known, form="lines"
    )


def text_layer(data: bytes) -> tuple[str, dict[str, int]]:
    """Return the text of a PDF in whole paragraphs, without running heads and page numbers, and what was done.

    Repairs: ``page-furniture`` (lines left out), ``line-break`` (lines joined). Raises Unreadable for a PDF
    that is locked, damaged or without text.
    """
    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        locked = "password" in str(error).lower()
        raise Unreadable(
            "It is locked with a password." if locked else "It is a damaged PDF file."
        ) from error
    try:
        if len(document) > _MOST_PAGES:
            raise Unreadable(f"It has more than {_MOST_PAGES:,} pages, too many for an article.")
        pages = [_page(document, number) for number in range(len(document))]
    finally:
        document.close()
    if not any(line.text.strip() for page in pages for line in page):
        raise Unreadable("Its pages are pictures; text must first be recognised in them (OCR).")
    kept = _without_furniture(pages)
    texts, joints = paragraphs([line for page in kept for line in page])
    done = {"page-furniture": sum(map(len, pages)) - sum(map(len, kept)), "line-break": joints}
    return "\n".join(texts), {repair: count for repair, count in done.items() if count}


def _page(document: pdfium.PdfDocument, number: int) -> list[Line]:
    try:
        page = document[number]
        textpage = page.get_textpage()
    except pdfium.PdfiumError as error:
        raise Unreadable(f"Page {number + 1} of it is damaged.") from error
    lines = [_line(chars) for chars in _runs(textpage)]
    textpage.close()
    page.close()
    return in_reading_order([line for line in lines if line.text.strip()])


def _runs(textpage: pdfium.PdfTextPage) -> Iterator[list[tuple[str, Box]]]:
    """Yield the characters of every stretch of a printed line that no wide gap parts."""
    run: list[tuple[str, Box]] = []
    for char, box in _characters(textpage):
        if char in "\r\n" or (run and box and _parted(run[-1][1], box)):
            if run:
                yield run
            run = []
        if char not in "\r\n" and box:
            run.append((char, box))
        elif char == " " and run:
            run.append((char, run[-1][1]))
    if run:
        yield run


def _characters(textpage: pdfium.PdfTextPage) -> Iterator[tuple[str, Box | None]]:
    """Yield every character with its box; a space or line break that PDFium put in has none."""
    high = 0
    for i in range(textpage.count_chars()):
        code = raw.FPDFText_GetUnicode(textpage, i)
        if 0xD800 <= code < 0xDC00:
            high = code
            continue
        if 0xDC00 <= code < 0xE000:
            code, high = (0x10000 + ((high - 0xD800) << 10) + code - 0xDC00 if high else 0xFFFD), 0
        char = chr(code) if 0 < code < 0x110000 else "\ufffd"
        if raw.FPDFText_IsGenerated(textpage, i) == 1 or char in " \r\n":
            yield char, None
        else:
            left, bottom, right, top = textpage.get_charbox(i, loose=True)
            yield char, Box(left, bottom, right, top)


def _parted(before: Box, box: Box) -> bool:
    height = max(before.top - before.bottom, box.top - box.bottom, 1.0)
    return box.left - before.right > _GAP * height or before.left - box.right > _GAP * height


def _line(chars: list[tuple[str, Box]]) -> Line:
    boxes = [box for char, box in chars if not char.isspace()] or [box for _, box in chars]
    box = Box(
        min(b.left for b in boxes),
        min(b.bottom for b in boxes),
        max(b.right for b in boxes),
        max(b.top for b in boxes),
    )
    return Line("".join(char for char, _ in chars).rstrip(), box)


def _without_furniture(pages: list[list[Line]]) -> list[list[Line]]:
    """Leave out page numbers, and the lines that stand at the edges of several pages."""
    edges = Counter(
        shape for page in pages for shape in {_shape(line) for line in page[:_EDGE] + page[-_EDGE:]}
    )
    return [
        [
            line
            for i, line in enumerate(page)
            if not (
                (i < _EDGE or i >= len(page) - _EDGE)
                and (edges[_shape(line)] >= _OFTEN or (len(page) > 1 and _NUMBER.fullmatch(line.text)))
            )
        ]
        for page in pages
    ]


def _shape(line: Line) -> str:
    return re.sub(r"\d+", "0", line.text.strip())
