"""The kinds of files that are read. A new one is a module here, and a line in ``FORMATS``.

A module has two functions. ``matches`` looks at ``source.head`` (bytes) or ``source.sample`` (the same
as text), never at a name, and tells whether the source is of the kind. ``read`` yields its parts, as
described in ``kg.reading.source``, and raises ``Unreadable`` where it cannot go on; what it has
yielded stands. It may also raise any other exception on a damaged file: the reader of archives turns
every one into a reason.
"""

from __future__ import annotations

from types import ModuleType

from kg.reading.formats import csv, docx, gz, json, other, pdf, tar, text, warc, zip
from kg.reading.source import Source

# In this order; the first that matches is taken. Text matches everything.
FORMATS: tuple[ModuleType, ...] = (gz, docx, zip, tar, warc, pdf, other, json, csv, text)


def of(source: Source) -> ModuleType:
    """Return the format of a source."""
    return next(known for known in FORMATS if known.matches(source))
