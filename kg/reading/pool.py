"""Worker processes: every file is parsed in one, and a file that hangs or crashes it costs only itself.

Nothing is parsed in the process of the caller, however small: no length is short enough to be safe from every
pattern and every C library, and one worker starts in half a second, most of which is loading the same
tables that the caller would load. Workers are new processes, never forks and never threads. They start when
they are needed: a second one only for more than a handful of files. Between readings they
sleep, and they end with the process that started them.
"""

from __future__ import annotations

import selectors
import signal
import time
from collections import deque
from collections.abc import Collection, Iterator, Mapping
from typing import Any

from kg.model import Skipped
from kg.reading.processes import Item, Task, Worker, give_back, taken
from kg.reading.source import Limits

_MANY = 12  # files for each worker before another one starts
_AHEAD = 64  # results that wait for an earlier file before their worker has to wait too
_GRACE = 0.3  # seconds for a worker to end the file it is at when nobody wants the rest
_CRASHES = 5  # crashes of a worker over one archive after which the rest of it is left


class Run:
    """One reading: tasks in, their results out in the order of the tasks."""

    def __init__(
        self, limits: Limits, fields: Mapping[str, str], workers: int, repairs: Collection[str] | None = None
    ) -> None:
        self.limits = limits
        self.fields = fields
        self.repairs = repairs
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
            worker.send(task, self.limits, self.fields, self.repairs)
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
            worker = taken(self.limits)
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
                task.at = ""
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
        # A document that was taken out of its file can be passed over next time, the file itself cannot.
        if not task.at or task.crashes == _CRASHES:
            task.ended = True
            reason += " The rest of the file was left unread." if task.done else ""
        task.results.append(Skipped(task.at or task.name, reason))
        task.done += 1
        task.at = ""

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
                give_back(worker)
        self.workers = []


def _ended(worker: Worker, messages: Iterator[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for message in messages:
        if "end" in message and not message["retire"]:
            worker.task = None
        yield message


def _told(code: int) -> str:
    if code < 0:
        try:
            return signal.Signals(-code).name
        except ValueError:
            return f"signal {-code}"
    return f"exit code {code}"
