"""How many of the facts stated at each confidence are right, as ``kg eval --calibration`` tells it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from kg.cli.output import print_table

if TYPE_CHECKING:
    from kg.evaluation import Score


def print_calibration(scores: Sequence[Score], form: str) -> None:
    """Print a row for each range of stated confidence; a right share above the stated one is modesty."""
    from kg.evaluation import bins, gap

    judged = [pair for score in scores for pair in score.judged]
    rows = bins(judged)
    if form == "json":
        report = {"bins": [asdict(row) for row in rows], "gap": gap(judged)}
        click.echo(json.dumps(report, ensure_ascii=False, indent=2))
        return
    columns = ("confidence", "facts", "stated", "right (lenient)", "right (strict)")
    print_table(
        columns,
        [
            (
                f"{row.low:.2f}-{row.high:.2f}",
                row.facts,
                *(f"{x:.3f}" for x in (row.stated, row.lenient, row.strict)),
            )
            for row in rows
        ],
    )
    click.echo(f"mean gap between stated and right (lenient) {gap(judged):.3f}")
