"""What a file beside the articles tells of them: ``published.jsonl`` or ``metadata.jsonl``, a record a line.

A record names its article's file (``doc``, ``file`` …, see ``companion-names`` in ``words.yaml``) in the same folder,
and has the fields that a record of JSON may have: date, title, source, author, url. What it says has the
trust of front matter; what the article's own front matter says goes before it.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from functools import cache

from kg.model import Skipped
from kg.reading.discover import opened
from kg.reading.words import words

_LARGEST = 50_000_000  # bytes


class Unfit(Exception):
    """A companion that cannot be used; the message is a sentence for the user."""


def fields(path: str) -> Mapping[str, str]:
    """Return what the companions in its folder tell of the file at ``path``; nothing if none does."""
    folder, name = os.path.split(path)
    told: dict[str, str] = {}
    for companion in words("companion-files"):
        if companion == name:
            return {}
        try:
            told |= _records(os.path.join(folder, companion)).get(name, {})
        except Unfit:  # reported when its turn to be read comes
            continue
    return told


def told_by(name: str, path: str) -> Skipped | None:
    """Return what to say of a file that is a companion and no article; None if it is none."""
    if os.path.basename(path) not in words("companion-files"):
        return None
    try:
        records = _records(path)
    except Unfit as error:
        return Skipped(name, str(error))
    return Skipped(name, f"It tells of {len(records)} articles beside it.", "empty") if records else None


@cache
def _records(path: str) -> Mapping[str, Mapping[str, str]]:
    """Return the fields of each file that a companion names; none if it is missing or holds articles itself.

    Raises Unfit.
    """
    with opened(path, False) as stream:
        if isinstance(stream, Skipped):
            return {}
        data = stream.read(_LARGEST + 1)
    if len(data) > _LARGEST:
        raise Unfit(f"It is larger than {_LARGEST:,} bytes.")
    found: dict[str, dict[str, str]] = {}
    for number, line in enumerate(data.decode("utf-8-sig", "replace").splitlines(), 1):
        if not line.strip():
            continue
        try:
            record = json.loads(line)
        except (ValueError, RecursionError):
            raise Unfit(f"Line {number} is not well-formed JSON.") from None
        if not isinstance(record, dict):
            raise Unfit(f"Line {number} is no JSON object.")
        texts = {str(key).lower(): value for key, value in record.items() if isinstance(value, str)}
        if any(column in texts for column in words("text-columns")):
            return {}
        article = next((texts.pop(key) for key in words("companion-names") if key in texts), None)
        if article is None:
            raise Unfit(f"Line {number} names no file.")
        found[article] = texts
    return found
