"""The bytes of one file → the documents in it, however they are packed."""

from __future__ import annotations

import lzma
import zlib
from collections.abc import Iterator, Mapping
from typing import BinaryIO

from kg.model import Skipped
from kg.reading import formats
from kg.reading.source import Document, Limits, Member, Source, Unread, Unreadable

_DEEPEST = 4  # archives inside archives; a .warc.gz inside a .zip is two
_FLOOR = 100_000_000  # bytes that any archive may unpack to


def documents(
    name: str,
    stream: BinaryIO,
    limits: Limits,
    fields: Mapping[str, str] | None = None,
    size: int = 0,
    known: Mapping[str, str] | None = None,
) -> Iterator[tuple[str, Document] | Skipped]:
    """Yield every document of a file with its name, and a Skipped for all that cannot be read.

    At least one of them comes out of every file. ``size`` is how many bytes the file has on disk, ``known``
    what a companion tells of it (title, date …). Raises MemoryError, which only a new process can cure, and
    nothing else.
    """
    if size > limits.archive:
        yield Skipped(name, f"It is larger than {limits.archive:,} bytes, too large even for an archive.")
        return
    budget = _Budget(max(_FLOOR, limits.inflation * size))
    yield from _parts(name, stream, _Reading(limits, fields or {}, budget), known or {}, 0)


class _Exhausted(Unreadable):
    """The whole file is to be left."""


class _Budget:
    """How many bytes may still be unpacked."""

    def __init__(self, left: int) -> None:
        self.left = left

    def spend(self, count: int) -> None:
        self.left -= count
        if self.left < 0:
            raise _Exhausted("It unpacks to far more than its own size, as only a trap does.")


class _Reading:
    """What holds for the whole of one file."""

    def __init__(self, limits: Limits, fields: Mapping[str, str], budget: _Budget) -> None:
        self.limits = limits
        self.fields = fields
        self.budget = budget


class _Metered:
    """A stream out of an archive that is charged to the budget."""

    def __init__(self, stream: BinaryIO, budget: _Budget) -> None:
        self._stream = stream
        self._budget = budget

    def read(self, most: int = -1) -> bytes:
        piece = self._stream.read(most)
        self._budget.spend(len(piece))
        return piece


def _parts(
    name: str, stream: BinaryIO, reading: _Reading, known: Mapping[str, str], depth: int
) -> Iterator[tuple[str, Document] | Skipped]:
    count = 0
    try:
        source = Source(stream, reading.limits, reading.fields, known)
        for part in formats.of(source).read(source):
            count += 1
            match part:
                case Document():
                    yield name + part.suffix, part
                case Unread():
                    yield Skipped(name + part.suffix, part.reason, part.kind)
                case Member() if depth == _DEEPEST:
                    reason = f"It is packed more than {_DEEPEST} times."
                    yield Skipped(name + part.suffix, reason)
                case Member():
                    metered: BinaryIO = _Metered(part.stream, reading.budget)  # type: ignore[assignment]
                    yield from _parts(name + part.suffix, metered, reading, part.fields, depth + 1)
        source.finish()
        if not count:
            yield Skipped(name, "There is nothing in it.", "empty")
    except Unreadable as error:
        if depth and isinstance(error, _Exhausted):
            raise
        yield Skipped(name, error.reason, error.kind)
    except MemoryError:
        raise
    except Exception as error:
        yield Skipped(name, _damaged(error, count))


def _damaged(error: Exception, count: int) -> str:
    """Return in one sentence why reading stopped. The parsers that formats use raise what they like."""
    before = f" after {count:,} of its parts" if count else ""
    if isinstance(error, (EOFError, zlib.error, lzma.LZMAError)):
        return f"It is damaged or cut off{before}."
    words = " ".join(str(error).split()).rstrip(".")[:120]
    return f"It is damaged{before} ({type(error).__name__}{': ' if words else ''}{words})."
