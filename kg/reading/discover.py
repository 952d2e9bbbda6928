"""Paths given by the user → the files that they name, each to be opened with :func:`opened`."""

from __future__ import annotations

import glob
import os
import re
import shutil
import stat
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from kg.model import Skipped

STANDARD_INPUT = "-"
_LINK = "It is a symbolic link, and links inside a folder are not followed."
_NO_FILE = "It is not a regular file."
_GLOB = re.compile(r"[*?\[]")


@dataclass(frozen=True, slots=True)
class Found:
    """A file. Its name is the path below the folder given; ``follow`` tells that the user named it."""

    name: str
    path: str  # absolute
    follow: bool


def files(paths: Sequence[str | Path], kept: ExitStack) -> Iterator[Found | Skipped]:
    """Yield every file below ``paths``, and a Skipped for all that is none. Opens nothing, raises nothing.

    A path is a folder, a file, a pattern such as ``news/**/*.html``, or ``-`` for standard input. Files of a
    folder come sorted by name, at any depth. Hidden files and folders are passed over silently. Links
    inside a folder are not followed; a link that the user names is. The copy of standard input goes with ``kept``.
    """
    seen: set[str] = set()
    for path in paths:
        for found in _standard_input(kept) if str(path) == STANDARD_INPUT else _named(path):
            if isinstance(found, Skipped):
                yield found
            elif found.name in seen:
                yield Skipped(found.name, "Another file of this name was read before it.")
            else:
                seen.add(found.name)
                yield found


@contextmanager
def opened(path: str, follow: bool) -> Iterator[BinaryIO | Skipped]:
    """Open a file for reading, or say why it cannot be. What is no regular file is never waited for."""
    # O_NONBLOCK and fstat: what was a file when the folder was listed may be a pipe by now.
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    if not follow:
        flags |= getattr(os, "O_NOFOLLOW", 0)
    try:
        stream = open(os.open(path, flags), "rb")  # noqa: SIM115
    except OSError as error:
        yield Skipped("", _why_not("The file", error))
        return
    with stream:
        if stat.S_ISREG(os.fstat(stream.fileno()).st_mode):
            yield stream
        else:
            yield Skipped("", _NO_FILE, "refused")


def _standard_input(kept: ExitStack) -> Iterator[Found | Skipped]:
    """Yield standard input as a file, which is there until ``kept`` is closed."""
    try:
        copy = kept.enter_context(tempfile.NamedTemporaryFile())  # noqa: SIM115
        shutil.copyfileobj(sys.stdin.buffer, copy)
        copy.flush()
    except OSError as error:
        yield Skipped(STANDARD_INPUT, _why_not("Standard input", error))
    else:
        yield Found(STANDARD_INPUT, copy.name, True)


def _named(path: str | Path) -> Iterator[Found | Skipped]:
    """Yield what one path of the user means."""
    try:
        mode = os.stat(path).st_mode
    except (OSError, ValueError) as error:
        pattern = str(path)
        if isinstance(error, FileNotFoundError) and _GLOB.search(pattern):
            yield from _matching(pattern)
        else:
            missing = isinstance(error, FileNotFoundError)
            kind = "missing" if missing else "quarantined"
            yield Skipped(printable(str(path)), _why_not("The path", error), kind)
        return
    if stat.S_ISDIR(mode):
        count = 0
        for found in _below(os.path.abspath(path), "", printable(str(path))):
            count += 1
            yield found
        if not count:
            yield Skipped(printable(str(path)), "There is no file in the folder.", "missing")
        return
    name = printable(Path(path).name or str(path))
    if stat.S_ISREG(mode):
        yield Found(name, os.path.abspath(path), True)
    else:
        yield Skipped(name, _NO_FILE, "refused")


def _matching(pattern: str) -> Iterator[Found | Skipped]:
    """Yield the files that match a pattern, named by their path below its fixed part."""
    parts = Path(pattern).parts
    fixed = next(i for i, part in enumerate(parts) if _GLOB.search(part))
    root = os.path.abspath(os.path.join(*parts[:fixed])) if fixed else os.getcwd()
    matches = sorted(glob.glob(pattern, recursive=True))
    if not matches:
        yield Skipped(printable(pattern), "No file matches this pattern.", "missing")
    whole: list[str] = []  # folders that were read with all that is in them
    for match in matches:
        path = os.path.abspath(match)
        if any(path.startswith(folder + os.sep) for folder in whole):
            continue
        name = printable(os.path.relpath(path, root)).replace(os.sep, "/")
        mode = os.lstat(path).st_mode
        if stat.S_ISDIR(mode):
            whole.append(path)
            yield from _below(path, "" if name == "." else name + "/", name)
        else:
            yield _entry(name, path, mode)


def _below(folder: str, prefix: str, name: str) -> Iterator[Found | Skipped]:
    """Yield the files of a folder at any depth, in the order of their names, with a list of one folder at a time."""
    try:
        with os.scandir(folder) as entries:
            listed = [_listed(entry, prefix) for entry in entries if not entry.name.startswith(".")]
    except OSError as error:
        yield Skipped(name, _why_not("The folder", error))
        return
    for key, path, mode in sorted(listed):
        if isinstance(mode, str):
            yield Skipped(key, mode)
        elif stat.S_ISDIR(mode):
            yield from _below(path, key, key[:-1])
        else:
            yield _entry(key, path, mode)


def _listed(entry: os.DirEntry[str], prefix: str) -> tuple[str, str, int | str]:
    """Return name, path, and mode or why there is none; a folder's name ends in "/", which sorts it."""
    name = prefix + printable(entry.name)
    try:
        mode = entry.stat(follow_symlinks=False).st_mode
    except OSError as error:
        return name, entry.path, _why_not("The file", error)
    return name + "/" * stat.S_ISDIR(mode), entry.path, mode


def _entry(name: str, path: str, mode: int) -> Found | Skipped:
    if stat.S_ISLNK(mode):
        return Skipped(name, _LINK, "refused")
    if not stat.S_ISREG(mode):
        return Skipped(name, _NO_FILE, "refused")
    return Found(name, path, False)


def _why_not(what: str, error: Exception) -> str:
    if isinstance(error, FileNotFoundError):
        return f"{what} does not exist."
    if isinstance(error, PermissionError):
        return f"{what} cannot be read: permission denied."
    reason = getattr(error, "strerror", None) or str(error)
    return f"{what} cannot be read: {reason}."


def printable(name: str) -> str:
    """Return a file name that can be written on one line of UTF-8, with \\xNN for every other byte."""
    text = os.fsencode(name).decode("utf-8", "backslashreplace") if "\0" not in name else name
    return "".join(f"\\x{ord(char):02x}" if char < " " or char == "\x7f" else char for char in text)
