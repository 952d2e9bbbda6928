"""Files that hold no article in a form that can be read, by the bytes that they begin with."""

from __future__ import annotations

from collections.abc import Iterator

from kg.reading.source import Part, Source, Unreadable

_MEDIA = "It is a picture, a sound or a film."
_PROGRAM = "It is a program or a database, no text."
_OLD_OFFICE = "It is an Office document of the old kind (.doc, .xls, .ppt); save it as .docx."
_ARCHIVE = "It is an archive of a kind that is not read; unpack it, or pack it as .zip."
_RTF = "It is a Rich Text document; save it as .docx or .txt."

# What a file begins with, why it is not read, and whether somebody should look at it.
_SIGNATURES: tuple[tuple[bytes, str, str], ...] = (
    (b"\xff\xd8\xff", _MEDIA, "refused"),  # JPEG
    (b"\x89PNG\r\n\x1a\n", _MEDIA, "refused"),
    (b"GIF87a", _MEDIA, "refused"),
    (b"GIF89a", _MEDIA, "refused"),
    (b"RIFF", _MEDIA, "refused"),  # WebP, WAV, AVI
    (b"\x00\x00\x01\x00", _MEDIA, "refused"),  # icons
    (b"ID3", _MEDIA, "refused"),
    (b"OggS", _MEDIA, "refused"),
    (b"\x1aE\xdf\xa3", _MEDIA, "refused"),  # Matroska
    (b"wOFF", _MEDIA, "refused"),
    (b"wOF2", _MEDIA, "refused"),
    (b"\x7fELF", _PROGRAM, "refused"),
    (b"MZ\x90\x00", _PROGRAM, "refused"),
    (b"SQLite format 3\x00", _PROGRAM, "refused"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", _OLD_OFFICE, "quarantined"),
    (b"{\\rtf", _RTF, "quarantined"),
    (b"7z\xbc\xaf\x27\x1c", _ARCHIVE, "quarantined"),
    (b"Rar!\x1a\x07", _ARCHIVE, "quarantined"),
    (b"BZh", _ARCHIVE, "quarantined"),
    (b"\xfd7zXZ\x00", _ARCHIVE, "quarantined"),
    (b"\x28\xb5\x2f\xfd", _ARCHIVE, "quarantined"),  # zstandard
)


def matches(source: Source) -> bool:
    return _found(source.head) is not None


def read(source: Source) -> Iterator[Part]:
    """Raise Unreadable."""
    reason, kind = _found(source.head) or (_ARCHIVE, "quarantined")
    raise Unreadable(reason, kind)
    yield  # a generator, as every format's read


def _found(head: bytes) -> tuple[str, str] | None:
    for signature, reason, kind in _SIGNATURES:
        if head.startswith(signature):
            return reason, kind
    if head[4:8] == b"ftyp":  # MP4, HEIC
        return _MEDIA, "refused"
    return None
