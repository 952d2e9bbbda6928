"""Paths given by the user → the files in them, each with its name and bytes."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator, Sequence
from pathlib import Path

from kg.model import Skipped
from kg.reading.words import words

LARGEST = 10_000_000  # bytes; a news article has some ten thousand


def files(paths: Sequence[str | Path]) -> Iterator[tuple[str, bytes] | Skipped]:
    """Yield ``(name, bytes)`` for every readable article file, and Skipped for everything else.

    Files of a folder come sorted by name, at any depth; their name is the path below the folder,
    with "/". Hidden files and folders are passed over silently. Links inside a folder are not
    followed; a link that the user names is. Raises nothing.
    """
    seen: set[str] = set()
    for path in paths:
        for name, found in _below(Path(path)):
            if isinstance(found, Skipped):
                yield found
            elif name in seen:
                yield Skipped(name, "Another file of this name was read before it.")
            else:
                seen.add(name)
                data = _contents(found, follow=found == Path(path))
                yield Skipped(name, data) if isinstance(data, str) else (name, data)


def _below(path: Path) -> Iterator[tuple[str, Path | Skipped]]:
    try:
        mode = os.stat(path).st_mode
    except (OSError, ValueError) as error:
        yield "", Skipped(_printable(str(path)), _why_not("The path", error))
        return
    if not stat.S_ISDIR(mode):
        name = _printable(path.name or str(path))
        problem = _kind_problem(path.name, mode)
        yield name, Skipped(name, problem) if problem else path
        return
    found: list[tuple[str, Path | Skipped]] = []
    waiting = [(path, "")]
    while waiting:
        folder, prefix = waiting.pop()
        try:
            with os.scandir(folder) as entries:
                visible = [entry for entry in entries if not entry.name.startswith(".")]
        except OSError as error:
            name = prefix.rstrip("/") or _printable(str(path))
            found.append((name, Skipped(name, _why_not("The folder", error))))
            continue
        for entry in visible:
            name = prefix + _printable(entry.name)
            try:
                mode = entry.stat(follow_symlinks=False).st_mode
            except OSError as error:
                found.append((name, Skipped(name, _why_not("The file", error))))
                continue
            if stat.S_ISDIR(mode):
                waiting.append((Path(entry.path), name + "/"))
                continue
            problem = _kind_problem(entry.name, mode)
            found.append((name, Skipped(name, problem) if problem else Path(entry.path)))
    yield from sorted(found, key=lambda item: item[0])


def _kind_problem(name: str, mode: int) -> str | None:
    if stat.S_ISLNK(mode):
        return "It is a symbolic link, and links inside a folder are not followed."
    if not stat.S_ISREG(mode):
        return "It is not a regular file."
    if os.path.splitext(name)[1].lower() not in words("extensions"):
        return f"Files of this kind are not read; the kinds read are {', '.join(words('extensions'))}."
    return None


def _contents(path: Path, follow: bool) -> bytes | str:
    """Return the bytes of the file, or the reason why there are none."""
    # O_NONBLOCK and fstat: what was a file when the folder was listed may be a pipe by now.
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    if not follow:
        flags |= getattr(os, "O_NOFOLLOW", 0)
    try:
        with open(os.open(path, flags), "rb") as file:
            status = os.fstat(file.fileno())
            if not stat.S_ISREG(status.st_mode):
                return "It is not a regular file."
            if status.st_size > LARGEST:
                return f"It is larger than {LARGEST:,} bytes, too large for an article."
            data = file.read(LARGEST + 1)
    except OSError as error:
        return _why_not("The file", error)
    if len(data) > LARGEST:
        return f"It is larger than {LARGEST:,} bytes, too large for an article."
    return data or "The file is empty."


def _why_not(what: str, error: Exception) -> str:
    if isinstance(error, FileNotFoundError):
        return f"{what} does not exist."
    if isinstance(error, PermissionError):
        return f"{what} cannot be read: permission denied."
    reason = getattr(error, "strerror", None) or str(error)
    return f"{what} cannot be read: {reason}."


def _printable(name: str) -> str:
    """Return a file name that can be written as UTF-8, with \\xNN for bytes that are no text."""
    return os.fsencode(name).decode("utf-8", "backslashreplace")
