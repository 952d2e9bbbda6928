"""Records written to standard output as a table, CSV, JSON or JSON lines."""

from __future__ import annotations

import csv
import io
import json
import re
import sys
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import chain, islice
from typing import Any

import click

from kg.cli.common import note, printable

Record = dict[str, Any]
_NUMBER = re.compile(r"[+-]?[0-9]+(?:\.[0-9]+)?")
_INVISIBLE = " \u00a0\u3000\u200b\ufeff"
_GAP = 3  # cells between two columns of a table in a terminal
_ENDLESS = 10_000_000  # cells, more than any line has


@dataclass(frozen=True, slots=True)
class Sheet:
    """How a record becomes one row: the columns, and their values for a record."""

    columns: Sequence[str]
    row: Callable[[Record], Sequence[Any]]


def flat(columns: Sequence[str]) -> Sheet:
    """Return the sheet of records that have just these keys."""
    return Sheet(columns, lambda record: [record[column] for column in columns])


def emit(records: Iterable[Record], form: str, table: Sheet, spread: Sheet | None = None) -> None:
    """Write the records in one of FORMATS, and a note to standard error if there are none.

    ``spread`` is the sheet for CSV, where it differs from the one for people.
    """
    found = iter(records)
    first = list(islice(found, 1))
    if not first:
        note("nothing found")
    records = chain(first, found)
    if form == "csv":
        _print_csv(records, spread or table)
    elif form == "jsonl":
        for record in records:
            click.echo(json.dumps(record, ensure_ascii=False))
    elif form == "json":
        click.echo(json.dumps(list(records), ensure_ascii=False, indent=2))
    elif first:
        print_table(table.columns, [table.row(record) for record in records])


def print_table(columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    """Print an aligned table: in a terminal wrapped to its width, elsewhere one line a row, in full."""
    from rich import box
    from rich.cells import cell_len
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    cells = [[printable(text(value)) for value in row] for row in rows]
    longest = [max(map(cell_len, column)) for column in zip(map(str, columns), *cells, strict=True)]
    terminal = sys.stdout.isatty()
    if terminal:
        console = Console(file=sys.stdout)
        table = Table(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False)
        widths = share(longest, console.width - _GAP * (len(columns) - 1))
    else:
        page = io.StringIO()
        console = Console(file=page, width=_ENDLESS, force_terminal=False, color_system=None)
        table = Table(box=None, pad_edge=False)
        widths = longest
    for i, column in enumerate(columns):
        number = all(isinstance(row[i], int | float) for row in rows)
        table.add_column(
            Text(column), justify="right" if number else "left", width=widths[i], overflow="fold"
        )
    for row in cells:
        table.add_row(*map(Text, row))
    console.print(table)
    if not terminal:
        for line in page.getvalue().splitlines():
            click.echo(line.rstrip())


def share(longest: Sequence[int], total: int) -> list[int]:
    """Return the widths of columns that fill ``total``: the longest has at least two fifths of it."""
    if sum(longest) <= total:
        return list(longest)
    widths = [0] * len(longest)
    *others, widest = sorted(range(len(longest)), key=lambda i: longest[i])
    spare = max(total * 3 // 5, total - longest[widest]) if others else 0
    for done, i in enumerate(others):
        widths[i] = max(1, min(longest[i], spare // (len(others) - done)))
        spare -= widths[i]
    widths[widest] = max(1, total - sum(widths))
    return widths


def text(value: Any) -> str:
    """Return a cell: nothing for None, lists joined by " | "."""
    if value is None:
        return ""
    return " | ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)


def disarm(cell: str) -> str:
    """Return the cell with ' before it where a spreadsheet would run it as a formula; numbers stay."""
    shown = cell.lstrip(_INVISIBLE)
    # NFKC folds the full-width and small forms, which some spreadsheets take for the plain ones.
    first = unicodedata.normalize("NFKC", shown[:1])
    if first and first in "=+-−@\t\r\n\0" and not _NUMBER.fullmatch(cell):
        return "'" + cell
    return cell


def _print_csv(records: Iterable[Record], sheet: Sheet) -> None:
    line = io.StringIO()
    # With this end of line the writer quotes a lone carriage return; rows are printed with "\n" alone.
    writer = csv.writer(line, lineterminator="\r\n")
    for row in chain([sheet.columns], map(sheet.row, records)):
        writer.writerow([disarm(text(value)) for value in row])
        click.echo(line.getvalue().removesuffix("\r\n"))
        line.seek(0)
        line.truncate()
