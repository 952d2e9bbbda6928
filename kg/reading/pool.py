"""Worker processes: every file is parsed in one, and a file that hangs or crashes it costs only itself.

Nothing is parsed in the process of the caller, however small: no length is short enough to be safe from every
pattern and every C library, and one worker starts in half a second, most of which is loading the same
tables that the caller would load. Workers are new processes, never forks and never threads. They start when
they are needed: a second one only for more than a handful of files. Between readings they
sleep, and they end with the process that started them.
"""

from __future__ import annotations

import atexit
import json
import os
import selectors
import signal
import subprocess
import sys
import time
from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from kg.model import Article, Skipped
from kg.reading.source import Limits
from kg.reading.worker import decode, encode

_START = 60.0  # seconds that a worker may take to load
_MANY = 12  # files for each worker before another one starts
_AHEAD = 64  # results that wait for an earlier file before their worker has to wait too
_GRACE = 0.3  # seconds for a worker to end the file it is at when nobody wants the rest
_CRASHES = 5  # crashes of a worker over one archive after which the rest of it is left

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
        program = f"import sys; sys.path[:] = {json.dumps(sys.path)}; from kg.reading.worker import main; main()"
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

    def send(self, task: Task, limits: Limits, fields: Mapping[str, str]) -> None:
        self.task = task
        self.limits = limits
        self.deadline = time.monotonic() + limits.seconds
        request = {"name": task.name, "path": task.path, "follow": task.follow, "done": task.done}
        message = encode({**request, "limits": asdict(limits), "fields": dict(fields)})
        try:
            self.sink.write(message)
        except OSError:
            pass  # it has died: its output says so too

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


class Run:
    """One reading: tasks in, their results out in the order of the tasks."""

    def __init__(self, limits: Limits, fields: Mapping[str, str], workers: int) -> None:
        self.limits = limits
        self.fields = fields
        self.most = max(1, workers)
        self.workers: list[Worker] = []
        self.sent = 0

    def results(self, tasks: Iterator[Task | Skipped]) -> Iterator[Item]:
        """Yield what is in every file, and what was skipped before, in order."""
        waiting: deque[Task | Skipped] = deque()  # begun or next, the oldest first
        exhausted = False
        try:
            while True:
                while not exhausted and len(waiting) < 4 * self.most:
                    following = next(tasks, None)
                    exhausted = following is None
                    if following is not None:
                        waiting.append(following)
                while waiting:
                    head = waiting[0]
                    if isinstance(head, Skipped):
                        yield head
                        waiting.popleft()
                        continue
                    while head.results:
                        yield head.results.popleft()
                    if not head.ended:
                        break
                    waiting.popleft()
                else:
                    if exhausted:
                        return
                    continue
                self._advance(waiting)
        finally:
            self._release()

    def _advance(self, waiting: deque[Task | Skipped]) -> None:
        """Give work to whoever is free, and take in what has been done, waiting for it if need be."""
        at_work = {id(worker.task) for worker in self.workers}
        todo = [t for t in waiting if isinstance(t, Task) and not t.ended and id(t) not in at_work]
        for task in todo:
            worker = self._free()
            if worker is None:
                break
            worker.send(task, self.limits, self.fields)
            self.sent += 1
        head = waiting[0]
        listening = [
            worker
            for worker in self.workers
            if worker.task is head or worker.task is None or len(worker.task.results) < _AHEAD
        ]
        self._listen(listening)

    def _free(self) -> Worker | None:
        """Return a worker without a task, started if it is worth while; None if all are busy."""
        for worker in self.workers:
            if worker.task is None and worker.ready:
                return worker
        starting = any(not worker.ready for worker in self.workers)
        if not starting and len(self.workers) < self.most and self.sent >= _MANY * len(self.workers):
            worker = _taken(self.limits)
            self.workers.append(worker)
            return worker if worker.ready else None
        return None

    def _listen(self, workers: list[Worker]) -> None:
        now = time.monotonic()
        for worker in self.workers:
            if worker not in workers:  # it waits for us
                worker.deadline = now + self.limits.seconds
        busy = [worker for worker in workers if worker.task or not worker.ready]
        patience = max(0.0, min(worker.deadline for worker in busy) - now)
        with selectors.DefaultSelector() as selector:
            for worker in workers:
                selector.register(worker.source, selectors.EVENT_READ, worker)
            ready = [key.data for key, _ in selector.select(patience)]
        for worker in ready:
            self._take_in(worker)
        now = time.monotonic()
        for worker in busy:
            if worker not in ready and worker.deadline <= now:
                self._lost(worker, f"It takes more than {self.limits.seconds:g} seconds to read.")

    def _take_in(self, worker: Worker) -> None:
        messages = worker.received()
        if messages is None:
            self._lost(worker, None)
            return
        for message in messages:
            worker.deadline = time.monotonic() + self.limits.seconds
            task = worker.task
            if "ready" in message:
                worker.ready = True
            elif "crash" in message:
                self._lost(worker, message["crash"])
                return
            elif task and "at" in message:
                task.at = message["at"]
            elif task and "end" in message:
                task.ended = True
                worker.task = None
                if message["retire"]:
                    self.workers.remove(worker)
                    worker.end()
                    return
            elif task:
                task.done += 1
                task.results.append(
                    message["article"] if "article" in message else Skipped(**message["skipped"])
                )

    def _lost(self, worker: Worker, reason: str | None) -> None:
        """Quarantine what a worker was at when it ended or had to be ended, and let the rest be read."""
        self.workers.remove(worker)
        code = worker.end(reason is None)
        task = worker.task
        if task is None:
            if not worker.ready:
                raise RuntimeError("the process that reads articles does not start; its reason stands above")
            return
        task.crashes += 1
        reason = reason or f"The program that reads it crashed on it ({_told(code)})."
        if task.crashes == _CRASHES:
            reason += " So did other parts of this file, and the rest of it was left unread."
            task.ended = True
        task.results.append(Skipped(task.at or task.name, reason))
        task.done += 1

    def _release(self) -> None:
        """Keep the workers for the next reading; one that does not come to the end of its file is killed."""
        until = time.monotonic() + _GRACE
        for worker in self.workers:
            while worker.task and worker.ready and (left := until - time.monotonic()) > 0:
                with selectors.DefaultSelector() as selector:
                    selector.register(worker.source, selectors.EVENT_READ)
                    messages = worker.received() if selector.select(left) else None
                if messages is None or any("crash" in m or m.get("retire") for m in _ended(worker, messages)):
                    break
            if worker.task or not worker.ready:
                worker.end()
            else:
                _idle.append(worker)
        self.workers = []


def _ended(worker: Worker, messages: Iterator[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for message in messages:
        if "end" in message and not message["retire"]:
            worker.task = None
        yield message


def _taken(limits: Limits) -> Worker:
    """Return an idle worker with these limits, or a new one."""
    global _owner
    if _owner != os.getpid():  # the workers of the process that this one was forked from
        _idle.clear()
        _owner = os.getpid()
    for worker in list(_idle):
        if worker.process.poll() is not None or worker.limits is None or worker.limits.memory != limits.memory:
            _idle.remove(worker)
            worker.end()
    return _idle.pop() if _idle else Worker()


def _told(code: int) -> str:
    if code < 0:
        try:
            return signal.Signals(-code).name
        except ValueError:
            return f"signal {-code}"
    return f"exit code {code}"
