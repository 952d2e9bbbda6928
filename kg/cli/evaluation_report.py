"""Scores as the JSON that ``kg eval --format json`` prints."""

from __future__ import annotations

from collections.abc import Sequence
from math import isnan
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kg.evaluation import Claim, Clusters, Figures, Named, Score, Tally


def report_clusters(clusters: Clusters | None) -> dict[str, Any]:
    """Return how well mentions of one thing are one node (B³); nothing if it was not asked for."""
    if clusters is None:
        return {}
    told = {"mentions": clusters.seen, "scored": clusters.scored, **_figures(clusters.figures)}
    return {"b_cubed": told}


def report_score(score: Score, by_document: bool, errors: int | None) -> dict[str, Any]:
    """Return a score by type or document, with at most ``errors`` misses and wrong facts if not None."""
    from kg.evaluation import macro_f1

    rows = score.by_document if by_document else score.by_type
    return {
        "document" if by_document else "type": {name: _tally(tally) for name, tally in rows.items()},
        "micro": _tally(score.total),
        "macro_f1": _number(macro_f1(rows)),
        **(
            {}
            if errors is None
            else {key: [i.record for i in items] for key, items in errors_of(score, errors)}
        ),
    }


def _tally(tally: Tally) -> dict[str, Any]:
    return {
        "gold": tally.gold,
        "found": tally.found,
        "lenient": _figures(tally.lenient),
        "strict": _figures(tally.strict),
    }


def _figures(found: Figures) -> dict[str, float | None]:
    return {"precision": _number(found.precision), "recall": _number(found.recall), "f1": _number(found.f1)}


def _number(figure: float) -> float | None:
    return None if isnan(figure) else figure


def errors_of(score: Score, errors: int) -> list[tuple[str, Sequence[Claim | Named]]]:
    return [("missed", score.missed[:errors]), ("wrong", score.wrong[:errors])]
