"""Plain text, Markdown and HTML: one document, told apart by what is in it when it is read."""

from __future__ import annotations

from collections.abc import Iterator

from kg.reading.source import Document, Part, Source, Unreadable

NO_TEXT = "Its bytes are not text in UTF-8, UTF-16, GB18030, Big5 or HZ."


def matches(source: Source) -> bool:
    return True


def read(source: Source) -> Iterator[Part]:
    """Yield the one text that the source is."""
    if not source.data.strip(b"\0 \t\r\n\f\v"):
        raise Unreadable(
            "The file is empty." if not source.data else "There is only white space in it.", "empty"
        )
    decoded = source.decoded
    if decoded is None:
        raise Unreadable(NO_TEXT)
    yield Document(*decoded, source.data, source.sha256, fields=source.known)
