"""Reading: files → articles with their cleaned text and the way back to the original.

``discover`` finds the files; ``pool`` has each parsed in one of its ``processes``, with limits, by ``worker``;
``unpack`` takes the documents out of it with the ``formats``; ``article`` makes an article of each.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path

from kg.model import Article, Skipped
from kg.reading.copies import find_copies
from kg.reading.discover import Found, files
from kg.reading.pool import Run
from kg.reading.processes import Task, close
from kg.reading.repairs import check_names
from kg.reading.source import Limits

_LIMITS = Limits()

__all__ = ["Limits", "close", "find_copies", "read"]


def read(
    paths: Sequence[str | Path],
    *,
    fields: Mapping[str, str] | None = None,
    workers: int | None = None,
    limits: Limits = _LIMITS,
    repairs: Collection[str] | None = None,
) -> Iterator[Article | Skipped]:
    """Yield an Article for every one in ``paths``, and a Skipped with the reason for all else.

    A path is a folder, read at any depth in the order of its file names, a file, a pattern, or ``-``
    for standard input. Names are relative to the folder; of two documents with one name the later is skipped.
    Every file yields at least one item, in the same order with any number of ``workers`` (as many
    as there are processors). Bad input never raises. Hidden files are passed over silently.

    ``fields`` names the columns of JSON and CSV: from ``text``, ``title``, ``date``, ``source``, ``author``
    to the name of a column; the usual names are known. ``repairs`` are the names of those to make, all if
    None; see ``kg.reading.repairs``. Raises ValueError if one is unknown.
    """
    check_names(repairs or ())
    run = Run(limits, fields or {}, workers or min(os.cpu_count() or 1, 8), repairs)
    seen: set[str] = set()
    with ExitStack() as kept:
        for item in run.results(_task(found) for found in files(paths, kept)):
            if isinstance(item, Article) and item.name in seen:
                yield Skipped(item.name, "Another document of this name was read before it.")
                continue
            seen.add(item.name)
            yield item


def _task(found: Found | Skipped) -> Task | Skipped:
    return found if isinstance(found, Skipped) else Task(found.name, found.path, found.follow)
