"""Reading: a folder of files → articles with their cleaned text and the way back to the original."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from kg.model import Article, Skipped
from kg.reading.article import read_article
from kg.reading.discover import files

__all__ = ["read"]


def read(paths: Sequence[str | Path]) -> Iterator[Article | Skipped]:
    """Yield one Article, or one Skipped with the reason, for every file in ``paths``.

    A path is a folder, read at any depth in the order of its file names, or a file. Names are
    relative to the folder; of two files with one name the later is skipped. Hidden files are passed
    over silently. Bad input never raises; no other file is left out without a Skipped.
    """
    for found in files(paths):
        yield found if isinstance(found, Skipped) else read_article(*found)
