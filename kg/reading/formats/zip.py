"""zip archives: the files inside are named archive.zip/member."""

from __future__ import annotations

import stat
import zipfile
from collections.abc import Iterator
from typing import BinaryIO, cast

from kg.reading.source import Member, Part, Source, Unread

_UTF8_NAME = 0x800
_ENCRYPTED = 0x1
_LINK = "It is a symbolic link, and links inside an archive are not followed."


def matches(source: Source) -> bool:
    return source.head.startswith((b"PK\x03\x04", b"PK\x05\x06"))


def read(source: Source) -> Iterator[Part]:
    """Yield every file in the archive, in the archive's order. Hidden ones are passed over."""
    with zipfile.ZipFile(source.seekable()) as archive:
        for info in archive.infolist():
            name = member_name(_name(info))
            if info.is_dir() or not name:
                continue
            if stat.S_ISLNK(info.external_attr >> 16):
                yield Unread(f"/{name}", _LINK, "refused")
            elif info.flag_bits & _ENCRYPTED:
                yield Unread(f"/{name}", "It is locked with a password.")
            else:
                yield from _member(archive, info, f"/{name}")


def member_name(name: str) -> str:
    """Return a name below the archive's, "" for a hidden file: no "..", no drive, "/" only, printable."""
    parts = [part for part in name.replace("\\", "/").split("/") if part not in ("", ".", "..")]
    if any(part.startswith(".") for part in parts) or parts[:1] == ["__MACOSX"]:
        return ""
    return "/".join(
        "".join(char if char.isprintable() else f"\\x{ord(char):02x}" for char in part) for part in parts
    )


def _member(archive: zipfile.ZipFile, info: zipfile.ZipInfo, suffix: str) -> Iterator[Part]:
    try:
        stream = archive.open(info)
    except (zipfile.BadZipFile, NotImplementedError, OSError, EOFError, ValueError) as error:
        yield Unread(suffix, f"It cannot be unpacked: {str(error).rstrip('.')}.")
        return
    with stream:
        yield Member(suffix, cast(BinaryIO, stream))


def _name(info: zipfile.ZipInfo) -> str:
    """Return the name of a member; old Chinese archivers write it in GBK and do not say so."""
    if info.flag_bits & _UTF8_NAME:
        return info.filename
    raw = info.orig_filename.encode("cp437", "replace")
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return info.filename
