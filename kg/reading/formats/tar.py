"""tar archives: the files inside are named archive.tar/member."""

from __future__ import annotations

import tarfile
from collections.abc import Iterator
from typing import BinaryIO, cast

from kg.reading.formats.zip import member_name
from kg.reading.source import Member, Part, Source, Unread


def matches(source: Source) -> bool:
    return source.head[257:262] == b"ustar"


def read(source: Source) -> Iterator[Part]:
    """Yield every file in the archive, in the archive's order. Hidden ones are passed over."""
    with tarfile.open(fileobj=source.sequence(), mode="r|") as archive:
        for info in archive:
            name = member_name(info.name)
            stream = archive.extractfile(info) if info.isreg() else None
            if not name or info.isdir():
                continue
            if stream is None:
                yield Unread(f"/{name}", "It is not a regular file.", "refused")
            else:
                yield Member(f"/{name}", cast(BinaryIO, stream))
