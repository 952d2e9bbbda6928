"""What the formats are given, and what they give back.

A format is a function from a ``Source`` to the parts of it, in order: a ``Document`` for every text, a
``Member`` for what is a file of its own (in an archive), an ``Unread`` for what cannot be read.

**What offsets count in.** An article's offsets count bytes in exactly that which its ``sha256`` is the
digest of (its *layer* is ""): the file; the file inside an archive, unpacked; the body of a WARC
record's response; the line or object of one JSON record; the row of a CSV file. Two formats are no text
in any encoding. In a Word document the bytes are those of its member ``word/document.xml`` (that is
the layer's name), in a PDF those of the text that ``kg.reading.formats.pdf.text_layer`` takes out of it, in
UTF-8 (the layer ``text``); ``sha256`` is of the file itself.
"""

from __future__ import annotations

import hashlib
import io
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import BinaryIO

from kg.reading.aligned import AlignedText
from kg.reading.decode import decode, detect

BROKEN = (EOFError, zlib.error, OSError)  # what a damaged stream raises, again whenever it is read on
HEAD = 262_144  # bytes by which the kind of a file is told


@dataclass(frozen=True, slots=True)
class Limits:
    """How much may be spent. Beyond any of these a document is quarantined."""

    seconds: float = 20.0  # for one document
    memory: int = 1 << 30  # bytes of address space of the process that reads it
    size: int = 10_000_000  # bytes of one document; a news article has some ten thousand
    archive: int = 4_000_000_000  # bytes of a file of many documents; offsets have 32 bits
    inflation: int = 100  # times its own size, and at least 100 MB, that an archive may unpack to


class Unreadable(Exception):
    """Why something cannot be read: one sentence for the user."""

    def __init__(self, reason: str, kind: str = "quarantined") -> None:
        super().__init__(reason)
        self.reason = reason
        self.kind = kind


@dataclass(frozen=True, slots=True)
class Document:
    """One text, and what its format says of it.

    ``data`` are the bytes that the offsets of ``text`` count in. ``fields`` are named as in front matter.
    """

    text: AlignedText
    encoding: str
    data: bytes
    sha256: str
    suffix: str = ""  # what its name has after that of the source
    layer: str = ""
    fields: Mapping[str, str] = field(default_factory=dict)
    form: str = (
        "text"  # text (perhaps HTML, perhaps with front matter), cell (perhaps HTML), lines, paragraphs
    )


@dataclass(frozen=True, slots=True)
class Member:
    """A file inside another. ``stream`` is to be read before the next part is asked for."""

    suffix: str
    stream: BinaryIO
    fields: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Unread:
    """What is in the source and cannot be read, and why."""

    suffix: str
    reason: str
    kind: str = "quarantined"


Part = Document | Member | Unread


class Source:
    """The bytes of one file or member, of which no more is in memory than a format asks for."""

    def __init__(
        self,
        stream: BinaryIO,
        limits: Limits,
        fields: Mapping[str, str],
        known: Mapping[str, str] | None = None,
    ) -> None:
        self.limits = limits
        self.fields = fields  # which column of a record is which, as told by the user
        self.known = known or {}  # what the archive says of this member
        self._stream = stream
        self._buffer: io.BytesIO | None = None
        self._rejoined: _Rejoined | None = None
        self.head: bytes = _read(stream, HEAD)

    @cached_property
    def data(self) -> bytes:
        """All bytes. Raises Unreadable if they are more than one document may have."""
        return self._all(self.limits.size, "an article")

    def seekable(self) -> BinaryIO:
        """Return a file to move about in."""
        if isinstance(self._stream, io.BufferedReader) and self._stream.seekable():
            self._stream.seek(0)
            return self._stream
        self._buffer = self._buffer or io.BytesIO(
            self._all(10 * self.limits.size, "an archive inside an archive")
        )
        self._buffer.seek(0)
        return self._buffer

    def sequence(self) -> BinaryIO:
        """Return a file to be read once, from the beginning."""
        self._rejoined = _Rejoined(self.head, self._stream)
        return io.BufferedReader(self._rejoined, HEAD)

    def finish(self) -> None:
        """Raise what kept ``sequence`` from reaching its end, if anything did."""
        if self._rejoined and self._rejoined.error:
            raise self._rejoined.error

    @cached_property
    def sha256(self) -> str:
        return self.digest(self.data)

    @staticmethod
    def digest(data: bytes) -> str:
        return hashlib.sha256(data).hexdigest()

    @cached_property
    def sample(self) -> str:
        """The head as text, "" if it is none."""
        if len(self.head) < HEAD:
            return self.decoded[0].text if self.decoded else ""
        encoding, skip = detect(self.head)
        return self.head[skip:].decode(encoding, "replace") if encoding else ""

    @cached_property
    def decoded(self) -> tuple[AlignedText, str] | None:
        return decode(self.data)

    def _all(self, most: int, what: str) -> bytes:
        if self._buffer:
            return self._buffer.getvalue()
        if isinstance(self._stream, io.BufferedReader) and self._stream.seekable():
            self._stream.seek(len(self.head))
        rest = _read(self._stream, most + 1 - len(self.head)) if len(self.head) <= most else b""
        if len(self.head) + len(rest) > most:
            raise Unreadable(f"It is larger than {most:,} bytes, too large for {what}.")
        return self.head + rest


class _Rejoined(io.RawIOBase):
    """What has been read of a stream already, and then the rest of it, or as much as can be read."""

    def __init__(self, head: bytes, rest: BinaryIO) -> None:
        self._head = memoryview(head)
        self._rest = rest
        self.error: Exception | None = None

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        piece: bytes | memoryview = self._head[: len(buffer)]
        if piece:
            self._head = self._head[len(piece) :]
        else:
            try:
                piece = self._rest.read(len(buffer))
            except BROKEN as error:
                self.error = error
        buffer[: len(piece)] = piece
        return len(piece)


def _read(stream: BinaryIO, most: int) -> bytes:
    """Return up to ``most`` bytes, fewer only at the end, or where the stream breaks off."""
    pieces: list[bytes] = []
    try:
        while most > 0 and (piece := stream.read(most)):
            pieces.append(piece)
            most -= len(piece)
    except BROKEN:
        if not pieces:
            raise
    return b"".join(pieces)
