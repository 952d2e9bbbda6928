"""The part of ``kg eval --entities`` that looks at the official codes of places."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kg.cli.output import print_table

if TYPE_CHECKING:
    from kg.evaluation import Codes
    from kg.graph import Graph


def compare(gold: Path, source: Path | Graph) -> Codes | None:
    """Compare the codes of places with places.tsv of a gold folder; None if there is no such file."""
    from kg import evaluation, graph

    path = gold / "places.tsv"
    if not path.is_file():
        return None
    try:
        found = evaluation.predicted_entities(source if isinstance(source, Path) else graph.entities(source))
        return evaluation.score_codes(evaluation.gold_codes(path), found)
    except evaluation.BadLine as error:
        raise click.UsageError(str(error)) from error


def report(codes: Codes | None, errors: int | None) -> dict[str, Any]:
    if codes is None:
        return {}
    wrong = [
        {"doc": place.document, "name": place.name, "code": place.code, "found": list(found)}
        for place, found in codes.wrong[:errors]
    ]
    return {
        "codes": {"gold": codes.gold, "right": codes.right, **({} if errors is None else {"wrong": wrong})}
    }


def print_share(codes: Codes) -> None:
    share = codes.right / codes.gold if codes.gold else float("nan")
    click.echo(f"places with the right code {codes.right} of {codes.gold} ({share:.3f})")


def print_wrong(codes: Codes, errors: int) -> None:
    click.echo()
    rows = [
        (
            place.document,
            place.name,
            place.code or "none",
            ", ".join(code or "none" for code in found) or "not found",
        )
        for place, found in codes.wrong[:errors]
    ]
    print_table(("document", "place", "right code", "found"), rows)
