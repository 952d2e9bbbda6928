"""JSON and JSON Lines: every object is a document, named file.json#1 and so on.

An offset leads to the bytes of the string in the object that stood in the file, escapes and all.
The objects of a file are those of its outermost list, or of the first list of objects inside an outer
object; an object without such a list is a document itself. One object a line is read line by line, so
such a file may be as large as an archive.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from kg.reading.aligned import AlignedText, cut, substitute
from kg.reading.decode import detect
from kg.reading.formats import records
from kg.reading.source import Part, Source, Unread, Unreadable

_BEGINS = re.compile(r"\A\s*(?:\[\s*)?\{\s*(?:\"|\}|\Z)")
_LINES = re.compile(r"\A\s*\{[^\n]*\}[ \t]*\r?\n\s*\{")
_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*+"|[{}\[\]:,]', re.DOTALL)
_ESCAPE = re.compile(
    r"\\(?:u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|[\"\\/bfnrt])"
)
_BAD = "It is not well-formed JSON."


def matches(source: Source) -> bool:
    return _BEGINS.match(source.sample) is not None


def read(source: Source) -> Iterator[Part]:
    """Yield the document of every object."""
    encoding, skip = detect(source.head)
    if encoding is None:
        raise Unreadable(_BAD)
    several = _LINES.match(source.sample) is not None and not encoding.startswith("utf-16")
    pieces = _lines(source, skip) if several else _objects(source)
    for number, piece in enumerate(pieces, 1):
        if isinstance(piece, Unread):
            yield Unread(f"#{number}", piece.reason)
        else:
            yield _document(f"#{number}", piece, encoding, source)


def _document(suffix: str, data: bytes, encoding: str, source: Source) -> Part:
    aligned = records.whole(encoding, data)
    try:
        loaded = json.loads(aligned.text, strict=False)
    except (ValueError, RecursionError):
        return Unread(suffix, _BAD)
    if not isinstance(loaded, dict):
        return Unread(suffix, "It is no JSON object.")
    cells = {name: _unescaped(cut(aligned, *span)) for name, span in _strings(aligned.text)}
    return records.document(suffix, data, encoding, cells, source.fields, source.known)


def _lines(source: Source, skip: int) -> Iterator[bytes | Unread]:
    stream = source.sequence()
    stream.read(skip)
    most = source.limits.size
    while line := stream.readline(most + 1):
        if len(line) > most:
            while line and not line.endswith(b"\n"):
                line = stream.readline(most)
            yield Unread("", f"It is larger than {most:,} bytes, too large for an article.")
        elif line.strip():
            yield line.rstrip(b"\r\n")


def _objects(source: Source) -> Iterator[bytes | Unread]:
    """Yield the objects of a whole file; what follows a fault in it is one part that cannot be read."""
    if source.decoded is None:
        raise Unreadable(_BAD)
    aligned, _ = source.decoded
    text = aligned.text
    first = text.find("{")
    level = 1 if text.lstrip().startswith("[") else 0 if _is_record(text, source) else 2
    open_at: list[int] = []  # where every open bracket stands
    done = 0
    for match in _TOKEN.finditer(text):
        token = match[0]
        if token in "{[":
            open_at.append(match.start())
        elif token in "}]" and open_at:
            begun = open_at.pop()
            # The documents of an outer object stand in a list in it.
            if token == "}" and len(open_at) == level and (level < 2 or text[open_at[-1]] == "["):
                yield source.data[aligned.starts[begun] : aligned.ends[match.start()]]
                done = match.end()
    if open_at:
        yield Unread("", "The file breaks off within this record.")
    elif not done and first >= 0:
        yield source.data[aligned.starts[first] :]


def _is_record(text: str, source: Source) -> bool:
    """Tell whether the outermost object is a document, rather than a wrapping around many."""
    names = {name.lower(): None for name, _ in _strings(text)}
    return records.column_of("text", names, source.fields) is not None


def _strings(text: str) -> Iterator[tuple[str, tuple[int, int]]]:
    """Yield the name and the place, without quotation marks, of the strings in the outermost object."""
    depth = 0
    name: str | None = None
    last: re.Match[str] | None = None
    for match in _TOKEN.finditer(text):
        token = match[0]
        if token in "{[":
            depth += 1
        elif token in "}]":
            depth -= 1
        elif depth == 1 and token == ":" and last and last[0][0] == '"':
            name = json.loads(last[0], strict=False)
        elif depth == 1 and token[0] == '"' and name is not None:
            yield name, (match.start() + 1, match.end() - 1)
            name = None
        elif depth == 1 and token == ",":
            name = None
        last = match


def _unescaped(aligned: AlignedText) -> AlignedText:
    return substitute(aligned, _ESCAPE, lambda match: json.loads(f'"{match[0]}"'))
