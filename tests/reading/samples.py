"""Small files of every kind, made by hand so that the tests need no program that writes them."""

from __future__ import annotations

import gzip
import io
import zipfile
from collections.abc import Iterable, Sequence

PARAGRAPHS = (
    "6月23日，曹县大集镇与阿里巴巴集团签订合作框架协议，共建农村电商产业园。",
    "截至目前，全镇已有淘宝村15个，网店1.2万家，年销售额达到68.9亿元，带动就业4万余人。",
    "据介绍，当地还将建设物流仓储中心，培训青年返乡创业，让特色农产品走出大山。",
)
TEXT = "\n".join(PARAGRAPHS)


def pdf(pages: Iterable[Sequence[tuple[float, float, str]]], extra: bytes = b"") -> bytes:
    """Return a PDF with lines of text, each at its place in points, in 12 points.

    The font is not embedded; its characters are UCS-2. ``extra`` goes into the trailer.
    """
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"",
        b"<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/UniGB-UCS2-H/DescendantFonts[4 0 R]>>",
        b"<</Type/Font/Subtype/CIDFontType0/BaseFont/STSong-Light/DW 1000"
        b"/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 2>>/FontDescriptor 5 0 R>>",
        b"<</Type/FontDescriptor/FontName/STSong-Light/Flags 4/FontBBox[0 -120 1000 880]/ItalicAngle 0"
        b"/Ascent 880/Descent -120/CapHeight 700/StemV 80>>",
    ]
    kids = []
    for lines in pages:
        shown = "".join(
            f"BT /F1 12 Tf {x} {y} Td <{text.encode('utf-16-be').hex()}> Tj ET\n" for x, y, text in lines
        ).encode()
        objects.append(b"<</Length %d>>stream\n%s\nendstream" % (len(shown), shown))
        objects.append(
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents %d 0 R/Resources<</Font<</F1 3 0 R>>>>>>"
            % len(objects)
        )
        kids.append(b"%d 0 R" % len(objects))
    objects[1] = b"<</Type/Pages/Count %d/Kids[%s]>>" % (len(kids), b" ".join(kids))
    return pdf_of(objects, extra)


def pdf_of(objects: Sequence[bytes], extra: bytes = b"") -> bytes:
    """Return a PDF file of the given objects, of which the first is the catalogue."""
    out = bytearray(b"%PDF-1.7\n")
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer<</Size %d/Root 1 0 R%s>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, extra, start)
    return bytes(out)


def wrapped(text: str, width: int, x: float = 60, top: float = 780) -> list[tuple[float, float, str]]:
    """Return a text as lines of ``width`` characters, paragraphs indented, as a printed page has it."""
    lines: list[tuple[float, float, str]] = []
    for paragraph in text.split("\n"):
        shown = f"　　{paragraph}"
        for i in range(0, len(shown), width):
            lines.append((x, top - 18 * len(lines), shown[i : i + width]))
    return lines


def docx(paragraphs: Iterable[str] = PARAGRAPHS) -> bytes:
    """Return a Word document."""
    body = "".join(f"<w:p><w:pPr><w:jc/></w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>" for text in paragraphs)
    document = (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
        '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
        f"<w:body>{body}<w:sectPr/></w:body></w:document>"
    )
    return packed({"[Content_Types].xml": b"<Types/>", "word/document.xml": document.encode()})


def packed(members: dict[str, bytes]) -> bytes:
    """Return a zip archive."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def warc(bodies: Iterable[bytes], compress: bool = True, status: bytes = b"200 OK") -> bytes:
    """Return a WARC file with a record of the crawler's own and a request and a response for every body."""
    records = [_record(b"warcinfo", b"software: none\r\n", 0)]
    for number, body in enumerate(bodies, 1):
        records.append(_record(b"request", b"GET / HTTP/1.1\r\nHost: news.example\r\n\r\n", number))
        head = b"HTTP/1.1 " + status + b"\r\nContent-Type: text/html\r\n\r\n"
        records.append(_record(b"response", head + body, number))
    return b"".join(gzip.compress(record, mtime=0) if compress else record for record in records)


def _record(kind: bytes, payload: bytes, number: int) -> bytes:
    media = b"application/warc-fields" if kind == b"warcinfo" else b"application/http; msgtype=" + kind
    head = (
        b"WARC/1.0\r\nWARC-Type: %s\r\nWARC-Record-ID: <urn:uuid:%d>\r\nWARC-Date: 2020-01-01T00:00:00Z\r\n"
        b"WARC-Target-URI: http://news.example/%d.html\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n"
    )
    return head % (kind, number, number, media, len(payload)) + payload + b"\r\n\r\n"
