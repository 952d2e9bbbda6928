"""gzip: one file inside, which bears the name of the outer one."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from typing import BinaryIO, cast

from kg.reading.source import Member, Part, Source


def matches(source: Source) -> bool:
    return source.head.startswith(b"\x1f\x8b\x08")


def read(source: Source) -> Iterator[Part]:
    """Yield the file that was compressed."""
    with gzip.GzipFile(fileobj=source.sequence()) as stream:
        yield Member("", cast(BinaryIO, stream))
