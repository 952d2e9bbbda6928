"""The process that parses files: gets names on its standard input, sends what is in them to its output.

It has little memory, writes no files and can be killed at any moment. Messages are a length, then
JSON, then the offsets as they are in memory; nothing that is received is executed.
"""

from __future__ import annotations

import json
import os
import struct
import sys
from array import array
from collections.abc import Iterator
from dataclasses import asdict
from typing import Any, BinaryIO

from kg.model import Article, OffsetMap, Skipped
from kg.reading.source import Document

_LENGTHS = struct.Struct("=III")  # of the JSON, of the starts, of the ends
_RETIRE = 600_000_000  # bytes of memory after which a worker makes room for a new one


def encode(message: dict[str, Any], article: Article | None = None) -> bytes:
    """Return a message as bytes."""
    starts = ends = b""
    if article is not None:
        fields = {name: getattr(article, name) for name in article.__slots__ if name != "offsets"}
        message = {**message, "article": {**fields, "repairs": dict(article.repairs)}}
        starts, ends = (
            array("I", article.offsets.starts).tobytes(),
            array("I", article.offsets.ends).tobytes(),
        )
    body = json.dumps(message).encode("ascii")
    return b"".join((_LENGTHS.pack(len(body), len(starts), len(ends)), body, starts, ends))


def decode(data: bytearray) -> tuple[dict[str, Any], int] | None:
    """Return the first message in ``data`` and how long it is, None if it is not whole yet."""
    if len(data) < _LENGTHS.size:
        return None
    lengths = _LENGTHS.unpack_from(data)
    total = _LENGTHS.size + sum(lengths)
    if len(data) < total:
        return None
    at = _LENGTHS.size
    parts = []
    for length in lengths:
        parts.append(bytes(data[at : at + length]))
        at += length
    message = json.loads(parts[0])
    if "article" in message:
        starts, ends = array("I"), array("I")
        starts.frombytes(parts[1])
        ends.frombytes(parts[2])
        message["article"] = Article(offsets=OffsetMap(starts, ends), **message["article"])
    return message, total


def main() -> None:
    """Serve until standard input ends."""
    source, sink = _own_pipes()
    sink.write(encode({"ready": True}))
    sink.flush()
    limited = False
    while head := source.read(_LENGTHS.size):
        request = json.loads(source.read(_LENGTHS.unpack(head)[0]))
        if not limited:
            _limit(request["limits"]["memory"])
            limited = True
        retire = False
        try:
            for item in _items(request):
                sink.write(item)
                sink.flush()
        except MemoryError:
            sink.write(encode({"crash": "It needs more memory than one document may have."}))
            retire = True
        sink.write(encode({"end": True, "retire": retire or _memory() > _RETIRE}))
        sink.flush()


def _items(request: dict[str, Any]) -> Iterator[bytes]:
    """Yield the messages for one file, without the first ``done`` of them."""
    from kg.reading import companions
    from kg.reading.discover import opened
    from kg.reading.source import Limits
    from kg.reading.unpack import documents

    name, done, limits = request["name"], request["done"], Limits(**request["limits"])
    count = 0
    if (companion := companions.told_by(name, request["path"])) is not None:
        yield encode({"skipped": asdict(companion)})
        return
    known = companions.fields(request["path"])
    with opened(request["path"], request["follow"]) as stream:
        if isinstance(stream, Skipped):
            yield encode({"skipped": asdict(Skipped(name, stream.reason, stream.kind))})
            return
        before = os.fstat(stream.fileno())
        for item in documents(name, stream, limits, request["fields"], before.st_size, known):
            count += 1
            if count <= done:
                continue
            if isinstance(item, Skipped):
                result: Article | Skipped = item
            else:
                yield encode({"at": item[0]})
                result = _read(*item, request.get("repairs"))
            if _changed(before, os.fstat(stream.fileno())):
                result = Skipped(result.name, "The file changed while it was read.")
            if isinstance(result, Skipped):
                yield encode({"skipped": asdict(result)})
            else:
                yield encode({}, result)


def _read(name: str, document: Document, repairs: list[str] | None) -> Article | Skipped:
    from kg.reading.article import read_document

    try:
        return read_document(name, document, repairs)
    except MemoryError:
        raise
    except Exception as error:  # a fault of the program: it must show, and cost no other article
        return Skipped(name, f"The program failed on it ({type(error).__name__}); please report this.")


def _changed(before: os.stat_result, after: os.stat_result) -> bool:
    return (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns)


def _own_pipes() -> tuple[BinaryIO, BinaryIO]:
    """Return standard input and output, and leave nothing there for others to write to or read from."""
    source, sink = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    nowhere = os.open(os.devnull, os.O_RDWR)
    for number in (0, 1):
        os.dup2(nowhere, number)
    _load()
    os.dup2(nowhere, 2)
    return source, sink


def _load() -> None:
    """Load what every article needs, so that a fault in the program shows before the first one."""
    import signal

    from kg.reading.article import read_article

    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent gets it too, and ends this process
    read_article("", "近日，电商。".encode())


def _limit(memory: int) -> None:
    try:
        import resource
    except ImportError:  # not on Windows
        return
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))


def _memory() -> int:
    """Return the bytes of memory that this process holds, or where that is not told, has held at most."""
    try:
        # Not ru_maxrss: on Linux a new process begins with the peak of the one that started it.
        with open("/proc/self/statm", "rb") as stream:
            return int(stream.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except OSError:
        pass
    try:
        import resource
    except ImportError:
        return 0
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak * 1024


if __name__ == "__main__":
    main()
