"""Tables, CSV and JSON, apart from any graph."""

from __future__ import annotations

import csv
import io
import os
import pty
import re
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from kg.cli.output import disarm, emit, flat, print_table, share


@pytest.mark.parametrize(
    "start", ["=", "+", "-", "@", "\t", "\r", "\n", "\0", "＝", "＋", "－", "＠", "−", "﹢"]
)
def test_formulas_are_disarmed(start: str) -> None:
    assert disarm(start + "HYPERLINK(1)") == "'" + start + "HYPERLINK(1)"


@pytest.mark.parametrize("cell", ["\u3000=1+1", " =1+1", "\ufeff=1+1", "-5%", "+86 10", "--1", "-", "=1"])
def test_near_misses_are_disarmed(cell: str) -> None:
    assert disarm(cell) == "'" + cell


@pytest.mark.parametrize("cell", ["", "-0.5", "+3", "-12", "2015-05", "阿里巴巴=淘宝", "a@b", "《意见》"])
def test_other_cells_stay(cell: str) -> None:
    assert disarm(cell) == cell


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"])), min_size=1, max_size=4))
def test_csv_reads_back(values: list[str]) -> None:
    columns = [f"c{i}" for i in range(len(values))]
    out = io.StringIO()
    stdout, sys.stdout = sys.stdout, out
    try:
        emit([dict(zip(columns, values, strict=True))], "csv", flat(columns))
    finally:
        sys.stdout = stdout
    rows = list(csv.reader(io.StringIO(out.getvalue(), newline="")))
    assert rows == [columns, [disarm(value) for value in values]]


def test_a_table_aligns_chinese(capsys: pytest.CaptureFixture[str]) -> None:
    print_table(
        ("name", "n", "quote"), [("肃宁县", 5, "甲"), ("abc", 12, "乙"), ("阿里巴巴（中国）", 100, "丙")]
    )
    lines = capsys.readouterr().out.splitlines()
    starts = [
        cell_len(line[: line.index(mark)]) for line, mark in zip(lines, ["quote", *"甲乙丙"], strict=True)
    ]
    assert len(set(starts)) == 1
    ends = [
        cell_len(line[: line.index(mark) + len(mark)])
        for line, mark in zip(lines, [" n ", " 5 ", "12 ", "100 "], strict=True)
    ]
    assert len(set(ends)) == 1


def test_a_table_in_a_pipe_is_whole(capsys: pytest.CaptureFixture[str]) -> None:
    long = "引文" * 500
    print_table(("a", "b"), [(long, "x\ny\x1b[31m\u202e"), ("[bold]", ":smile:")])
    lines = capsys.readouterr().out.splitlines()
    assert [lines[1].split(), lines[2].split()] == [[long, "x", "y", "[31m"], ["[bold]", ":smile:"]]


@pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")
def test_a_table_in_a_terminal_wraps() -> None:
    code = (
        "from kg.cli.output import print_table\n"
        "print_table(('name', 'quote'), [('肃宁县', '阿里巴巴合作' * 30), ('县', '短')])"
    )
    master, slave = pty.openpty()
    subprocess.run(
        [sys.executable, "-c", code],
        stdout=slave,
        check=True,
        env=os.environ | {"COLUMNS": "60", "TERM": "xterm", "PYTHONIOENCODING": "utf-8"},
    )
    os.close(slave)
    shown = b""
    while chunk := _read(master):
        shown += chunk
    os.close(master)
    lines = [line.rstrip() for line in re.sub("\x1b\\[[0-9;]*m", "", shown.decode()).splitlines()]
    assert len(lines) > 6
    assert max(map(cell_len, lines)) <= 60
    assert "".join(line[-26:].strip() for line in lines[2:-1]).count("合作") == 30


def _read(master: int) -> bytes:
    try:
        return os.read(master, 65536)
    except OSError:  # what Linux says when the other end is closed
        return b""


@given(st.lists(st.integers(1, 500), min_size=1, max_size=8), st.integers(20, 300))
def test_columns_share_the_width(longest: list[int], total: int) -> None:
    widths = share(longest, total)
    assert all(width >= 1 for width in widths)
    assert all(width <= need for width, need in zip(widths, longest, strict=True))
    assert sum(widths) == min(total, sum(longest))
    most = max(longest)
    assert widths[max(i for i, need in enumerate(longest) if need == most)] >= min(most, total * 2 // 5)
