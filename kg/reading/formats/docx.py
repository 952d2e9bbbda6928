"""Word documents (.docx): the text of ``word/document.xml``, a paragraph a line."""

from __future__ import annotations

import html
import re
import zipfile
from collections.abc import Iterator

from kg.reading.aligned import AlignedText, Edit, replace, substitute
from kg.reading.decode import align
from kg.reading.source import Document, Part, Source, Unreadable

LAYER = "word/document.xml"
_CONTENTS = "[Content_Types].xml"  # every Office document has this member
_ENCODING = re.compile(rb"""\A(?:\xef\xbb\xbf)?<\?xml[^>]{0,80}encoding=["']([\w-]{1,20})["']""")
# Linear: the branches begin with different characters, and none looks far ahead.
_TOKEN = re.compile(r"<(/?)([A-Za-z_][\w.-]*:)?([\w.-]+)([^<>]*)>|<[^<>]*>|<")
_REFERENCE = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|lt|gt|amp|quot|apos);")
_INSTEAD = {"p": "\n", "br": "\n", "cr": "\n", "tab": " ", "tc": " ", "noBreakHyphen": "-"}
# Second versions of what stands in the text, and notes to the reader of the draft.
_DROPPED = frozenset({"Fallback", "instrText", "delText", "del", "moveFrom", "pPr", "rPr", "sectPr"})


def matches(source: Source) -> bool:
    if not source.head.startswith(b"PK\x03\x04"):
        return False
    try:
        names = zipfile.ZipFile(source.seekable()).namelist()
    except (zipfile.BadZipFile, OSError, ValueError):
        return False
    return _CONTENTS in names or LAYER in names


def read(source: Source) -> Iterator[Part]:
    """Yield the document's text."""
    with zipfile.ZipFile(source.seekable()) as archive:
        if LAYER not in archive.namelist():
            raise Unreadable("It is an Office document without a text, such as a table; save it as .csv.")
        info = archive.getinfo(LAYER)
        most = source.limits.size
        if info.flag_bits & 1:
            raise Unreadable("It is locked with a password.")
        with archive.open(info) as stream:
            data = stream.read(most + 1)
        if len(data) > most:
            raise Unreadable(f"Its text is larger than {most:,} bytes, too large for an article.")
    stated = _ENCODING.match(data)
    if data[:2] in (b"\xff\xfe", b"\xfe\xff") or (
        stated and stated[1].lower() not in (b"utf-8", b"us-ascii")
    ):
        raise Unreadable("Its text is not in UTF-8, as Word writes it.")
    aligned = align(data, "utf-8", 3 if data.startswith(b"\xef\xbb\xbf") else 0)
    yield Document(
        _text(aligned), "utf-8", data, source.sha256, layer=LAYER, fields=source.known, form="paragraphs"
    )


def _text(aligned: AlignedText) -> AlignedText:
    """Return what stands in ``w:t`` elements, with line breaks where paragraphs and table rows end."""
    edits: list[Edit] = []
    done = 0
    inside: str | None = None  # the element that is left out
    depth = 0
    shown = False
    for match in _TOKEN.finditer(aligned.text):
        if shown:
            edits += _kept(aligned, done, match.start())
            done = match.start()
        closing, name, rest = match[1], match[3], match[4] or ""
        gap = ""
        if inside:
            if name == inside and not rest.endswith("/"):
                depth += -1 if closing else 1
                inside = inside if depth else None
        elif name in _DROPPED and not closing and not rest.endswith("/"):
            inside, depth = name, 1
        elif name in _INSTEAD and (closing or rest.endswith("/")):
            gap = _INSTEAD[name]
        shown = name == "t" and not closing and not rest.endswith("/") and not inside
        edits.append((done, match.end(), gap))
        done = match.end()
    edits.append((done, len(aligned.text), ""))
    return replace(aligned, edits)


def _kept(aligned: AlignedText, start: int, end: int) -> list[Edit]:
    piece = AlignedText(aligned.text[start:end], aligned.starts[start:end], aligned.ends[start:end])
    return [(start, end, substitute(piece, _REFERENCE, lambda match: html.unescape(match[0])))]
