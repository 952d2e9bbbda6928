"""``kg eval``: a graph compared with the annotation of careful readers."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import click
from click.core import ParameterSource

from kg.cli import place_codes
from kg.cli.calibration import print_calibration
from kg.cli.common import graph_option, min_confidence_option, note, open_graph
from kg.cli.evaluation_report import errors_of, report_clusters, report_score
from kg.cli.output import print_table

if TYPE_CHECKING:
    from kg.evaluation import Claim, Clusters, Figures, Named, Score, Tally
    from kg.graph import Graph

Kind = Literal["facts", "entities"]
_ALL = 1_000_000_000  # errors, more than any list has
_PRF = ("P", "R", "F1")
_HEADINGS = ("gold", "found", "P", "R", "F1", "strict P", "strict R", "strict F1")


@click.command("eval")
@click.argument(
    "gold", nargs=-1, required=True, metavar="GOLD...", type=click.Path(path_type=Path, exists=True)
)
@graph_option
@click.option(
    "--predicted",
    metavar="FILE",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="Score this file, as kg facts or kg entities --format jsonl writes it, instead of a graph.",
)
@click.option("--entities", "of_entities", is_flag=True, envvar="KG_EVAL_ENTITIES", help="Score entities.")
@min_confidence_option
@click.option("--by-document", is_flag=True, help="A row for every document instead of every type.")
@click.option(
    "--errors",
    metavar="[N]",
    type=click.IntRange(min=0),
    is_flag=False,
    flag_value=_ALL,
    help="List what was missed and what was wrong, at most N of each, with the sentences.",
)
@click.option(
    "--calibration",
    is_flag=True,
    help="Show how many facts of each stated confidence are right, over all GOLD together.",
)
@click.option(
    "--format",
    "form",
    envvar="KG_EVAL_FORMAT",
    type=click.Choice(["table", "json"]),
    default="table",
    show_default=True,
    help="How to write the result.",
)
@click.pass_context
def evaluate(
    ctx: click.Context,
    gold: tuple[Path, ...],
    folder: Path,
    predicted: Path | None,
    of_entities: bool,
    min_confidence: float,
    by_document: bool,
    errors: int | None,
    calibration: bool,
    form: str,
) -> None:
    """Compare a graph with GOLD: precision, recall and F1, lenient and strict.

    GOLD is a file of annotated facts or entities, or a folder with facts.jsonl and entities.jsonl. Only
    documents that it names count. Of a folder with places.tsv, --entities also gives the share of places
    with the right official code. Several folders are set side by side; the graph of each is then the
    folder of its name in DIR.

    \b
    Example:
      kg eval tests/gold/seeds --errors 20
      kg eval tests/gold/seeds tests/gold/dev --graph build/eval
    """
    if predicted and ctx.get_parameter_source("folder") is ParameterSource.COMMANDLINE:
        raise click.UsageError("--graph and --predicted exclude each other")
    if of_entities and ctx.get_parameter_source("min_confidence") is ParameterSource.COMMANDLINE:
        raise click.UsageError("--min-confidence is of facts: entities have none")
    if calibration and (of_entities or by_document or errors is not None):
        raise click.UsageError("--calibration is a table of its own, of facts")
    if len(gold) > 1:
        if predicted or of_entities or by_document or errors is not None:
            raise click.UsageError("several GOLD go with --graph, --min-confidence and --format alone")
        _compare_sets(gold, folder, form, min_confidence, calibration)
        return
    source = predicted or open_graph(folder)
    score = _score(gold[0], "entities" if of_entities else "facts", source, min_confidence)
    if calibration:
        print_calibration([score], form)
        return
    clusters = None if isinstance(source, Path) or not of_entities else _clusters(gold[0], source)
    codes = place_codes.compare(gold[0], source) if of_entities else None
    if form == "json":
        extra = report_clusters(clusters) | place_codes.report(codes, errors)
        _print_json(report_score(score, by_document, errors) | extra)
        return
    _print_score(score, by_document)
    if clusters:
        found = ", ".join(f"{name} {cell}" for name, cell in zip(_PRF, _cells(clusters.figures), strict=True))
        click.echo(f"one thing, one node (B3): {found} over {clusters.scored} of {clusters.seen} mentions")
    if codes is not None:
        place_codes.print_share(codes)
    if errors is not None:
        _print_errors(score, errors, source)
        if codes is not None and codes.wrong[:errors]:
            place_codes.print_wrong(codes, errors)


def _compare_sets(
    gold: Sequence[Path], folder: Path, form: str, min_confidence: float, calibration: bool
) -> None:
    if not all(path.is_dir() for path in gold) or len({path.resolve().name for path in gold}) < len(gold):
        raise click.BadParameter("several GOLD must be folders with names of their own", param_hint="GOLD")
    graphs = {path.resolve().name: open_graph(folder / path.resolve().name) for path in gold}
    sets = {path.resolve().name: _both(path, graphs[path.resolve().name], min_confidence) for path in gold}
    if calibration:
        print_calibration([score["facts"] for score in sets.values()], form)
        return
    clusters = {path.resolve().name: _clusters(path, graphs[path.resolve().name]) for path in gold}
    if form == "table":
        _print_side_by_side(sets, clusters)
        return
    _print_json(
        {
            name: {
                kind: report_score(score, by_document=False, errors=None) for kind, score in scores.items()
            }
            | report_clusters(clusters[name])
            for name, scores in sets.items()
        }
    )


def _both(gold: Path, graph: Graph, min_confidence: float) -> dict[Kind, Score]:
    return {
        "facts": _score(gold, "facts", graph, min_confidence),
        "entities": _score(gold, "entities", graph),
    }


def _score(gold: Path, kind: Kind, source: Path | Graph, min_confidence: float = 0) -> Score:
    """Compare a gold file, or that of a gold folder, with a file of the same kind or with a graph."""
    from kg import evaluation, graph
    from kg.pipeline import shapes

    path = gold / f"{kind}.jsonl" if gold.is_dir() else gold
    try:
        if kind == "entities":
            demanded = evaluation.gold_entities(path, graph.load_schema().classes)
            named = evaluation.predicted_entities(
                source if isinstance(source, Path) else graph.entities(source)
            )
            _note_unread(demanded, named)
            return evaluation.score_entities(demanded, named)
        known = shapes()
        claims = evaluation.gold_facts(path, known)
        found = evaluation.predicted_facts(source if isinstance(source, Path) else graph.facts(source))
        found = [claim for claim in found if claim.confidence >= min_confidence]
        _note_unread(claims, found)
        return evaluation.score_facts(claims, found, evaluation.conventions(known))
    except evaluation.BadLine as error:
        raise click.UsageError(str(error)) from error
    except OSError as error:
        raise click.BadParameter(
            f"{error.filename} cannot be opened: {error.strerror or error}", param_hint="GOLD"
        ) from error


def _clusters(gold: Path, source: Graph) -> Clusters:
    from kg import evaluation, graph

    path = gold / "entities.jsonl" if gold.is_dir() else gold
    demanded = evaluation.gold_entities(path, graph.load_schema().classes)
    spots = (evaluation.Spot(m["doc"], m["form"], m["id"]) for m in graph.mentions(source))
    return evaluation.score_clusters(demanded, spots)


def _note_unread(gold: Sequence[Claim | Named], found: Sequence[Claim | Named]) -> None:
    if not gold:
        note("nothing is annotated")
    for document in sorted({item.document for item in gold} - {item.document for item in found}):
        note(f"nothing was found in {document}: was it read?")


def _print_json(report: Any) -> None:
    click.echo(json.dumps(report, ensure_ascii=False, indent=2))


def _print_score(score: Score, by_document: bool) -> None:
    from kg.evaluation import macro_f1

    rows = score.by_document if by_document else score.by_type
    print_table(
        ("document" if by_document else "type", *_HEADINGS),
        [_row(name, tally) for name, tally in [*rows.items(), ("ALL (micro)", score.total)]],
    )
    click.echo(f"macro F1 (lenient) {macro_f1(rows):.3f}")


def _row(name: str, tally: Tally) -> tuple[Any, ...]:
    return name, tally.gold, tally.found, *_cells(tally.lenient), *_cells(tally.strict)


def _cells(figures: Figures) -> tuple[str, str, str]:
    return f"{figures.precision:.3f}", f"{figures.recall:.3f}", f"{figures.f1:.3f}"


def _print_side_by_side(sets: Mapping[str, Mapping[Kind, Score]], clusters: Mapping[str, Clusters]) -> None:
    """Print the figures over all types, a row for each comparison and three columns for each set."""
    totals = {name: {kind: score.total for kind, score in scores.items()} for name, scores in sets.items()}
    columns = ["micro-averaged", *(f"{name} {figure}" for name in sets for figure in _PRF)]
    rows = {
        "facts, lenient": [total["facts"].lenient for total in totals.values()],
        "facts, strict": [total["facts"].strict for total in totals.values()],
        "entities": [total["entities"].lenient for total in totals.values()],
        "one node (B3)": [clusters[name].figures for name in totals],
    }
    print_table(
        columns,
        [[name, *(cell for found in figures for cell in _cells(found))] for name, figures in rows.items()],
    )


def _print_errors(score: Score, errors: int, source: Path | Graph) -> None:
    from kg.evaluation import sentence

    texts = {} if isinstance(source, Path) else _texts(score, source)
    rows = [
        (what, item.document, *_told(item), sentence(item, texts.get(item.document)))
        for what, items in errors_of(score, errors)
        for item in items
    ]
    if rows:
        click.echo()
        print_table(("error", "document", "type", "what", "time", "sentence"), rows)


def _told(item: Claim | Named) -> tuple[str, str, str | None]:
    from kg.evaluation import Named

    if isinstance(item, Named):
        return item.record["class"], item.record["names"], None
    held = "" if item.modality == "actual" else f"{item.modality}: "
    roles = (f"{role}: {'、'.join(values)}" for role, values in item.values.items())
    return item.kind, held + "; ".join(roles), item.time


def _texts(score: Score, graph: Graph) -> dict[str, str]:
    known = graph.manifest["articles"]
    return {name: graph.text(name) for name in score.by_document if name in known}
