"""The processes in which files are parsed: how one is started, asked and ended, and those that are idle."""

from __future__ import annotations

import atexit
import json
import os
import subprocess
import sys
import time
from collections import deque
from collections.abc import Collection, Iterator, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from typing import Any

from kg.model import Article, Skipped
from kg.reading.source import Limits
from kg.reading.worker import decode, encode

_START = 60.0  # seconds that a worker may take to load

Item = Article | Skipped


@dataclass(slots=True)
class Task:
    """A file to be parsed. ``follow`` a link only if the user named it."""

    name: str
    path: str
    follow: bool
    done: int = 0  # results that have come
    at: str = ""  # name of the document that is being read
    crashes: int = 0
    results: deque[Item] = field(default_factory=deque)
    ended: bool = False


class Worker:
    """A process, the task it is at, and until when it must send something."""

    def __init__(self) -> None:
        program = (
            f"import sys; sys.path[:] = {json.dumps(sys.path)}; from kg.reading.worker import main; main()"
        )
        self.process = subprocess.Popen(
            [sys.executable, "-c", program], stdin=subprocess.PIPE, stdout=subprocess.PIPE, bufsize=0
        )
        assert self.process.stdin and self.process.stdout
        self.sink, self.source = self.process.stdin, self.process.stdout
        self.task: Task | None = None
        self.ready = False
        self.limits: Limits | None = None  # those that the process has set for itself
        self.deadline = time.monotonic() + _START
        self.data = bytearray()

    def send(
        self, task: Task, limits: Limits, fields: Mapping[str, str], repairs: Collection[str] | None
    ) -> None:
        self.task = task
        self.limits = limits
        self.deadline = time.monotonic() + limits.seconds
        request = {"name": task.name, "path": task.path, "follow": task.follow, "done": task.done}
        chosen = None if repairs is None else sorted(repairs)
        message = encode({**request, "limits": asdict(limits), "fields": dict(fields), "repairs": chosen})
        with suppress(OSError):  # it has died: its output says so too
            self.sink.write(message)

    def received(self) -> Iterator[dict[str, Any]] | None:
        """Return the messages that have come, None if the process has ended."""
        piece = os.read(self.source.fileno(), 1 << 20)
        if not piece:
            return None
        self.data += piece
        return self._messages()

    def _messages(self) -> Iterator[dict[str, Any]]:
        while found := decode(self.data):
            message, length = found
            del self.data[:length]
            yield message

    def end(self, by_itself: bool = False) -> int:
        """Kill the process, unless it is ending by itself, and return its exit code (for a signal, negative)."""
        if not by_itself:
            self.process.kill()
        code = self.process.wait()
        self.sink.close()
        self.source.close()
        return code


_idle: list[Worker] = []
_owner = os.getpid()


def close() -> None:
    """End all idle workers."""
    while _owner == os.getpid() and _idle:
        _idle.pop().end()


atexit.register(close)


def give_back(worker: Worker) -> None:
    """Keep a worker without a task for the next reading."""
    _idle.append(worker)


def taken(limits: Limits) -> Worker:
    """Return an idle worker with these limits, or a new one."""
    global _owner
    if _owner != os.getpid():  # the workers of the process that this one was forked from
        _idle.clear()
        _owner = os.getpid()
    for worker in list(_idle):
        if (
            worker.process.poll() is not None
            or worker.limits is None
            or worker.limits.memory != limits.memory
        ):
            _idle.remove(worker)
            worker.end()
    return _idle.pop() if _idle else Worker()
