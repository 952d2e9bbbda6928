"""WARC, the archives of web crawlers: the responses, named file.warc.gz#1 and so on."""

from __future__ import annotations

from collections.abc import Iterator

from kg.reading.source import Member, Part, Source, Unread


def matches(source: Source) -> bool:
    return source.head.startswith(b"WARC/")


def read(source: Source) -> Iterator[Part]:
    """Yield the body of every response, transfer and content encodings undone.

    Its address is the field ``url``. Requests and the crawler's own notes are no documents.
    """
    from warcio.archiveiterator import ArchiveIterator  # here: few users need it

    number = 0
    for record in ArchiveIterator(source.sequence()):
        if record.rec_type not in ("response", "resource"):
            continue
        number += 1
        suffix = f"#{number}"
        status = record.http_headers.get_statuscode() if record.http_headers else "200"
        if status != "200":
            yield Unread(suffix, f"The server answered {status[:20]} instead of a page.", "empty")
        else:
            address = record.rec_headers.get_header("WARC-Target-URI") or ""
            yield Member(suffix, record.content_stream(), {"url": address})
