"""gzip: one file inside, which bears the name of the outer one."""

from __future__ import annotations

import io
import zlib
from collections.abc import Iterator
from typing import BinaryIO, cast

from kg.reading.source import Member, Part, Source

_BLOCK = 65_536


def matches(source: Source) -> bool:
    return source.head.startswith(b"\x1f\x8b\x08")


def read(source: Source) -> Iterator[Part]:
    """Yield the file that was compressed."""
    yield Member("", cast(BinaryIO, _Unpacked(source.sequence())))


class _Unpacked(io.RawIOBase):
    """The contents of one or more gzip members. Gives all that is there before it raises what is wrong.

    (``gzip.GzipFile`` loses up to a block before the place where a file was cut off.)
    """

    def __init__(self, packed: BinaryIO) -> None:
        self._packed = packed
        self._member: zlib._Decompress | None = None  # None between members
        self._left = b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        while True:
            self._left = self._left or self._packed.read(_BLOCK)
            if self._member is None:
                self._left = self._left.lstrip(b"\0") or self._packed.read(_BLOCK).lstrip(b"\0")
                if not self._left:
                    return 0
                self._member = zlib.decompressobj(zlib.MAX_WBITS | 16)
            elif not self._left:
                raise EOFError("the file breaks off")
            piece = self._member.decompress(self._left, len(buffer))
            ended = self._member.eof
            self._left = self._member.unused_data if ended else self._member.unconsumed_tail
            self._member = None if ended else self._member
            if piece:
                buffer[: len(piece)] = piece
                return len(piece)
