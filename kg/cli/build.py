"""``kg build``: articles in, graph and page out, and a summary of both."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.common import (
    FAILED,
    NO_ARTICLE,
    QUARANTINED,
    chosen_repairs,
    fail,
    note,
    only_option,
    printable,
    without_option,
    write_file,
)
from kg.cli.output import print_table
from kg.cli.overrides import decisions, tell
from kg.cli.view import PAGE, render

if TYPE_CHECKING:
    from kg.model import Knowledge, Skipped
    from kg.pipeline import Settings

Progress = Callable[[str], None]


@click.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--out",
    metavar="DIR",
    type=click.Path(path_type=Path, file_okay=False),
    default="build",
    show_default=True,
    help="The folder for the graph; a graph that is there is replaced.",
)
@click.option(
    "--base",
    metavar="IRI",
    envvar="KG_BASE",
    show_envvar=True,
    help="What every IRI of the data begins with.  [default: https://kg.example/]",
)
@click.option(
    "--pipeline",
    metavar="NAME",
    envvar="KG_PIPELINE",
    show_envvar=True,
    help="An installed spaCy pipeline for Chinese to read with.  [default: lac, which is built in]",
)
@click.option(
    "--field", metavar="NAME=COLUMN", multiple=True,
    help="The column of JSON and CSV that has the text, title, date, source or author. May be repeated.",
)  # fmt: skip
@click.option(
    "--workers", metavar="N", type=click.IntRange(1, 64),
    help="How many processes read. The result is the same.  [default: one for each processor]",
)  # fmt: skip
@click.option(
    "--overrides", metavar="FILE", multiple=True, type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="Follow the decisions in this file, a line each. May be repeated.  [default: overrides.txt beside PATHS]",
)  # fmt: skip
@only_option
@without_option
@click.option("--strict", is_flag=True, help="Write nothing if a file cannot be read.")
@click.option("--quiet", is_flag=True, help="No progress on standard error.")
@click.pass_context
def build(
    ctx: click.Context,
    paths: tuple[Path, ...],
    out: Path,
    base: str | None,
    pipeline: str | None,
    field: tuple[str, ...],
    workers: int | None,
    overrides: tuple[Path, ...],
    only: tuple[str, ...],
    without: tuple[str, ...],
    strict: bool,
    quiet: bool,
) -> None:
    """Build a graph from the articles in PATHS: folders, files, patterns, or - for standard input.

    A page to look at, network.html, is written beside it. A document's name is its path below the folder
    given. What cannot be read is skipped and listed with the reason. The former graph stays until the new
    one is whole.

    \b
    Example:
      kg build seeds --out build
    """
    _refuse_own_output(paths, out)
    settings = replace(
        _settings(base, pipeline, field, workers), repairs=chosen_repairs(only, without), strict=strict
    )
    settings = replace(settings, decisions=decisions(paths, overrides, settings.base))
    knowledge = _run(paths, out, settings, quiet)
    _tell_skipped(knowledge.skipped)
    tell(knowledge.decisions)
    _summary(knowledge)
    note(f"the graph is in {out}, its page is {out / PAGE}")
    kinds = {skipped.kind for skipped in knowledge.skipped}
    if "missing" in kinds:
        ctx.exit(NO_ARTICLE)
    if "quarantined" in kinds:
        ctx.exit(QUARANTINED)


def _settings(base: str | None, pipeline: str | None, fields: Sequence[str], workers: int | None) -> Settings:
    from kg.graph.iris import DEFAULT_BASE, check_base
    from kg.pipeline import Settings

    try:
        chosen = Settings(base=check_base(base or DEFAULT_BASE))
    except ValueError as error:
        raise click.BadParameter(str(error), param_hint="--base") from error
    return replace(
        chosen, pipeline=pipeline or chosen.pipeline, fields=dict(map(_field, fields)), workers=workers
    )


def _field(option: str) -> tuple[str, str]:
    from kg.reading.formats.records import ROLES

    name, equals, column = option.partition("=")
    if name not in ROLES or not equals or not column:
        raise click.BadParameter(
            f"{option}: give one of {', '.join(ROLES)}, = and the name of a column", param_hint="--field"
        )
    return name, column


def _refuse_own_output(paths: Sequence[Path], out: Path) -> None:
    target = out.resolve()
    for path in paths:
        if target.is_relative_to(path.resolve()):
            raise click.BadParameter(
                f"{out} is inside {path}: the next build would read its files as articles", param_hint="--out"
            )


def _run(paths: Sequence[Path], out: Path, settings: Settings, quiet: bool) -> Knowledge:
    from kg import pipeline
    from kg.language import PipelineNotFound

    try:
        with _progress(quiet) as progress:
            knowledge = pipeline.build(paths, out, settings, progress)
            # A page of the former graph must not stand beside the new one, should drawing fail.
            (out / PAGE).unlink(missing_ok=True)
            progress("drawing")
            write_file(out / PAGE, render(out).encode())
    except pipeline.Quarantined as error:
        _tell_skipped(error.skipped)
        fail("not everything could be read: nothing was written", QUARANTINED)
    except pipeline.NoArticles as error:
        _tell_skipped(error.skipped)
        fail(f"no readable article in {', '.join(map(str, paths))}: nothing was written", NO_ARTICLE)
    except PipelineNotFound as error:
        raise click.BadParameter(str(error), param_hint="--pipeline") from error
    except pipeline.InvalidGraph as error:
        fail("\n".join([f"{error}. Nothing was written; please report this:", *error.violations]), FAILED)
    except OSError as error:
        fail(f"{out} cannot be written: {error.strerror or error}", FAILED)
    return knowledge


@contextmanager
def _progress(quiet: bool) -> Iterator[Progress]:
    """Yield what shows a message: a status line in a terminal, else a line each, nothing if quiet."""
    if quiet:
        yield lambda message: None
    elif sys.stderr.isatty():
        from rich.console import Console
        from rich.text import Text

        with Console(stderr=True).status("reading") as status:
            yield lambda message: status.update(Text(printable(message)))
    else:
        yield note


def _tell_skipped(skipped: Sequence[Skipped]) -> None:
    for item in skipped:
        note(f"{item.kind} {item.name}: {item.reason}")


def _counted(knowledge: Knowledge) -> list[tuple[str, str, int]]:
    unmet = sum(outcome.problem is not None for outcome in knowledge.decisions)
    if not knowledge.decisions:
        return []
    return [("decisions", "followed", len(knowledge.decisions) - unmet), ("decisions", "not applied", unmet)]


def _summary(knowledge: Knowledge) -> None:
    classes = Counter(entity.cls for entity in knowledge.entities)
    types = Counter(fact.type for fact in knowledge.facts)
    kinds = Counter(item.kind for item in knowledge.skipped if item.kind != "missing")
    rows = [
        ("articles", "found", len(knowledge.articles) + kinds.total()),
        ("articles", "read", len(knowledge.articles)),
        *(("articles", kind, kinds[kind]) for kind in sorted({"quarantined", *kinds})),
        *([("articles", "copies of another", len(knowledge.copies))] if knowledge.copies else []),
        *(("entities", name, classes[name]) for name in sorted(classes)),
        ("entities", "all", classes.total()),
        *_counted(knowledge),
        *(("facts", name, types[name]) for name in sorted(types)),
        ("facts", "all", types.total()),
    ]
    print_table(("what", "kind", "number"), rows)
    if knowledge.skipped:
        click.echo()
        rows_of_skipped = [(item.name, item.kind, item.reason) for item in knowledge.skipped]
        print_table(("skipped", "kind", "why"), rows_of_skipped)
