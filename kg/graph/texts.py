"""The cleaned texts beside the graph, and the way from them back to the original bytes."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from pathlib import Path, PurePosixPath

from kg.graph.iris import article_key
from kg.graph.rdf import clean
from kg.model import Article, OffsetMap

_LONGEST_NAME = 200  # bytes; file systems allow 255, and suffixes are added
# What Windows forbids in a file name, and what could lead out of the folder.
_UNSAFE = re.compile(r'[<>:"\\|?*\x00-\x1f\ufffd]|(?:^|/)\.{1,2}(?:/|$)|^/|//|/$|[. ](?:/|$)')

Run = list[int]


def text_name(article: Article) -> str:
    """Return the path below ``texts/`` of an article's text, without ".txt": its name where that is safe."""
    name = clean(article.name)
    too_long = any(len(part.encode()) > _LONGEST_NAME for part in PurePosixPath(name).parts)
    return article_key(article) if not name or too_long or _UNSAFE.search(name) else name


def write_text(folder: Path, article: Article) -> None:
    """Write ``<name>.txt`` and ``<name>.offsets.json`` below ``folder``."""
    name = text_name(article)
    path = folder / f"{name}.txt"
    path.parent.mkdir(parents=True, exist_ok=True)
    # Bytes, so that no system translates the line ends that offsets count.
    path.write_bytes(clean(article.text).encode())
    offsets = {
        "document": clean(article.name),
        "encoding": article.encoding,
        "sha256": article.sha256,
        "length": len(article.text),
        "runs": runs(article.offsets),
    }
    data = json.dumps(offsets, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    (folder / f"{name}.offsets.json").write_bytes(data.encode() + b"\n")


def runs(offsets: OffsetMap) -> list[Run]:
    """Return the map as runs ``[start, width, step, count]``.

    The i-th character of a run came from the bytes ``start + i * step`` to that plus ``width``.
    """
    found: list[Run] = []
    for start, end in zip(offsets.starts, offsets.ends, strict=True):
        width = end - start
        if found:
            run = found[-1]
            if run[1] == width and run[3] == 1:
                run[2] = start - run[0]
                run[3] = 2
                continue
            if run[1] == width and start == run[0] + run[2] * run[3]:
                run[3] += 1
                continue
        found.append([int(start), int(width), 0, 1])
    return found


def offset_map(run_list: Sequence[Run]) -> OffsetMap:
    """Return the map that ``runs`` was made from."""
    starts = [start + i * step for start, _, step, count in run_list for i in range(count)]
    ends = [start + i * step + width for start, width, step, count in run_list for i in range(count)]
    return OffsetMap(starts, ends)
