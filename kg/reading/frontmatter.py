"""The fields between two lines ``---`` at the head of a file."""

from __future__ import annotations

import re

import yaml

from kg.reading.aligned import AlignedText, cut

_BLOCK = re.compile(
    r"\A\s*---[ \t]*\r?\n(.{0,65536}?)^(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.DOTALL | re.MULTILINE
)
_FIELD = re.compile(r"^([\w.:-]{1,40}?)[ \t]*[:：](?:[ \t]+|(?=\S))(.*)$", re.MULTILINE)


def split(aligned: AlignedText) -> tuple[dict[str, str], AlignedText]:
    """Return the fields, with lower-case keys, and the text below them.

    Values are strings; those of a list are joined by a space, nested ones left out. Broken YAML
    is read line by line. A file without front matter has no fields and keeps its text.
    """
    match = _BLOCK.match(aligned.text)
    if not match or not _FIELD.search(match[1]):
        return {}, aligned
    return _fields(match[1]), cut(aligned, match.end(), len(aligned.text))


def _fields(block: str) -> dict[str, str]:
    try:
        loaded = yaml.load(block, Loader=yaml.BaseLoader)
    except (yaml.YAMLError, RecursionError, ValueError):
        loaded = None
    if not isinstance(loaded, dict):
        return {key.lower(): value.strip(" \t\r'\"") for key, value in _FIELD.findall(block)}
    fields: dict[str, str] = {}
    for key, value in loaded.items():
        if isinstance(value, list):
            value = " ".join(item for item in value if isinstance(item, str))
        if isinstance(key, str) and isinstance(value, str) and value.strip():
            fields[key.lower()] = value.strip()
    return fields
