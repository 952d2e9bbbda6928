"""The processes that parse: limits, crashes, order, and what they leave behind."""

from __future__ import annotations

import io
import os
import random
import signal
import sys
from collections import deque
from pathlib import Path

import pytest

from kg import reading
from kg.model import Article, Skipped
from kg.reading import Limits, pool, processes, read
from kg.reading.discover import opened

from . import battery, samples

TEXT = samples.TEXT


def folder(tmp_path: Path, files: dict[str, bytes]) -> Path:
    for name, data in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(data)
    return tmp_path


def kinds(items: list[Article | Skipped]) -> dict[str, str]:
    return {item.name: "ok" if isinstance(item, Article) else item.reason for item in items}


def test_the_order_is_the_same_with_any_number_of_workers(tmp_path: Path) -> None:
    files = {f"{i % 7}/{i:03}.txt": (TEXT * (1 + i % 9)).encode() for i in range(120)}
    root = folder(tmp_path, files)
    expected = list(read([root], workers=1))
    assert [item.name for item in expected] == sorted(files)
    assert list(read([root], workers=3)) == expected


def test_a_file_that_takes_too_long_costs_only_itself(tmp_path: Path) -> None:
    slow = ("。\n" * 400_000 + TEXT).encode()
    root = folder(tmp_path, {"a.txt": TEXT.encode(), "b.txt": slow, "c.txt": TEXT.encode()})
    found = kinds(list(read([root], limits=Limits(seconds=0.5))))
    assert found == {"a.txt": "ok", "b.txt": "It takes more than 0.5 seconds to read.", "c.txt": "ok"}


def test_a_member_that_takes_too_long_costs_only_itself(tmp_path: Path) -> None:
    slow = ("。\n" * 400_000 + TEXT).encode()
    data = samples.packed({"a.txt": TEXT.encode(), "b.txt": slow, "c.txt": TEXT.encode()})
    found = kinds(list(read([folder(tmp_path, {"x.zip": data})], limits=Limits(seconds=0.5))))
    assert list(found) == ["x.zip/a.txt", "x.zip/b.txt", "x.zip/c.txt"]
    assert found["x.zip/b.txt"] == "It takes more than 0.5 seconds to read."
    assert found["x.zip/c.txt"] == "ok"


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux limits the address space of a process")
def test_a_file_that_needs_too_much_memory_costs_only_itself(tmp_path: Path) -> None:
    root = folder(
        tmp_path, {"a.txt": TEXT.encode(), "b.txt": (TEXT * 25_000).encode(), "c.txt": TEXT.encode()}
    )
    found = kinds(list(read([root], limits=Limits(memory=250_000_000))))
    assert (found["a.txt"], found["c.txt"]) == ("ok", "ok")
    assert found["b.txt"] == "It needs more memory than one document may have."


def test_a_worker_that_is_killed_costs_the_file_it_was_at(tmp_path: Path) -> None:
    slow = ("。\n" * 400_000 + TEXT).encode()
    root = folder(tmp_path, {"a.txt": TEXT.encode(), "b.txt": slow, "c.txt": TEXT.encode()})
    run = pool.Run(Limits(), {}, 1)
    tasks = iter([processes.Task(name, str(root / name), False) for name in ("a.txt", "b.txt", "c.txt")])
    items = run.results(tasks)
    first = next(items)
    while not run.workers[0].task or run.workers[0].task.name != "b.txt":
        run._advance(deque([processes.Task("b.txt", str(root / "b.txt"), False)]))
    os.kill(run.workers[0].process.pid, signal.SIGSEGV)
    found = kinds([first, *items])
    assert (found["a.txt"], found["c.txt"]) == ("ok", "ok")


def test_a_file_that_hangs_its_format_is_tried_once(tmp_path: Path) -> None:
    root = folder(tmp_path, {"a.pdf": battery.pdf_bomb(random.Random(1), ""), "b.txt": TEXT.encode()})
    found = list(read([root], limits=Limits(seconds=0.2)))
    assert [item.name for item in found] == ["a.pdf", "b.txt"]
    assert isinstance(found[0], Skipped) and isinstance(found[1], Article)


def test_an_idle_worker_that_died_is_replaced(tmp_path: Path) -> None:
    root = folder(tmp_path, {"a.txt": TEXT.encode()})
    assert kinds(list(read([root]))) == {"a.txt": "ok"}
    for worker in processes._idle:
        worker.process.kill()
        worker.process.wait()
    assert kinds(list(read([root]))) == {"a.txt": "ok"}


def test_readings_may_run_side_by_side_and_be_left(tmp_path: Path) -> None:
    root = folder(tmp_path, {f"{i}.txt": TEXT.encode() for i in range(9)})
    names = [(a.name, b.name) for a, b in zip(read([root]), read([root]), strict=True)]
    assert names == [(f"{i}.txt", f"{i}.txt") for i in range(9)]
    assert next(read([root])).name == "0.txt"
    assert len(list(read([root]))) == 9


def test_a_worker_of_a_large_process_is_kept(tmp_path: Path) -> None:
    """Its memory is its own, not that of the process that started it."""
    reading.close()
    large = bytearray(700_000_000)
    large[::4096] = b"x" * len(range(0, len(large), 4096))
    root = folder(tmp_path, {f"{i}.txt": TEXT.encode() for i in range(3)})
    assert len(list(read([root], workers=1))) == 3
    assert len(processes._idle) == 1


def test_no_process_stays_behind(tmp_path: Path) -> None:
    list(read([folder(tmp_path, {"a.txt": TEXT.encode()})]))
    workers = list(processes._idle)
    assert workers
    reading.close()
    assert all(worker.process.poll() is not None for worker in workers)


def test_standard_input(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(TEXT.encode("gbk"))))
    other = folder(tmp_path, {"a.txt": TEXT.encode()})
    assert kinds(list(read(["-", other, "-"]))) == {
        "-": "Another file of this name was read before it.",
        "a.txt": "ok",
    }


def test_patterns(tmp_path: Path) -> None:
    root = folder(tmp_path, {name: TEXT.encode() for name in ("x/a.txt", "y/a.txt", "y/b.html", "y/z/c.txt")})
    assert list(kinds(list(read([f"{root}/*/a.txt"])))) == ["x/a.txt", "y/a.txt"]
    assert list(kinds(list(read([f"{root}/**/*.txt"])))) == ["x/a.txt", "y/a.txt", "y/z/c.txt"]
    assert list(kinds(list(read([f"{root}/**"])))) == ["x/a.txt", "y/a.txt", "y/b.html", "y/z/c.txt"]
    assert kinds(list(read([f"{root}/*.none"]))) == {f"{root}/*.none": "No file matches this pattern."}


def test_a_file_that_became_a_pipe_or_a_link_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "link").symlink_to("/etc/passwd")
    for name in ("pipe", "link"):
        with opened(str(tmp_path / name), follow=False) as stream:
            assert isinstance(stream, Skipped)


def test_a_large_file_is_not_read_whole(tmp_path: Path) -> None:
    with (tmp_path / "large.txt").open("wb") as file:
        file.truncate(3_000_000_000)
    (found,) = read([tmp_path])
    assert isinstance(found, Skipped) and "larger than 10,000,000 bytes" in found.reason
