"""``kg build``: articles in, graph and page out, and a summary of both."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.common import FAILED, NO_ARTICLE, fail, note, printable, write_file
from kg.cli.output import print_table
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
@click.option("--quiet", is_flag=True, help="No progress on standard error.")
@click.pass_context
def build(
    ctx: click.Context,
    paths: tuple[Path, ...],
    out: Path,
    base: str | None,
    pipeline: str | None,
    quiet: bool,
) -> None:
    """Build a graph from the articles in PATHS, folders and files.

    A page to look at, network.html, is written beside it. A document's name is its path below the folder
    given. What cannot be read is skipped and listed
    with the reason. The former graph stays until the new one is whole.

    \b
    Example:
      kg build seeds --out build
    """
    _refuse_own_output(paths, out)
    settings = _settings(base, pipeline)
    knowledge = _run(paths, out, settings, quiet)
    barren = _barren(paths)
    for path in barren:
        note(f"{path} has no readable article")
    for skipped in knowledge.skipped:
        note(f"skipped {skipped.name}: {skipped.reason}")
    _summary(knowledge)
    note(f"the graph is in {out}, its page is {out / PAGE}")
    if barren:
        ctx.exit(NO_ARTICLE)


def _settings(base: str | None, pipeline: str | None) -> Settings:
    from kg.graph.iris import DEFAULT_BASE, check_base
    from kg.pipeline import Settings

    try:
        chosen = Settings(base=check_base(base or DEFAULT_BASE))
    except ValueError as error:
        raise click.BadParameter(str(error), param_hint="--base") from error
    return Settings(base=chosen.base, pipeline=pipeline or chosen.pipeline)


def _refuse_own_output(paths: Sequence[Path], out: Path) -> None:
    target = out.resolve()
    for path in paths:
        if target.is_relative_to(path.resolve()):
            raise click.BadParameter(
                f"{out} is inside {path}: the next build would read its files as articles", param_hint="--out"
            )


def _barren(paths: Sequence[Path]) -> list[Path]:
    """Return the paths that are missing or folders without an article."""
    from kg import reading
    from kg.model import Article

    def has_article(path: Path) -> bool:
        # Reading stops at the first article, so that this costs next to nothing.
        return any(isinstance(item, Article) for item in reading.read([path]))

    return [path for path in paths if not path.is_file() and not has_article(path)]


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
    except pipeline.NoArticles as error:
        for skipped in error.skipped:
            note(f"skipped {skipped.name}: {skipped.reason}")
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


def _summary(knowledge: Knowledge) -> None:
    classes = Counter(entity.cls for entity in knowledge.entities)
    types = Counter(fact.type for fact in knowledge.facts)
    rows = [
        ("articles", "read", len(knowledge.articles)),
        ("articles", "skipped", len(knowledge.skipped)),
        *(("entities", name, classes[name]) for name in sorted(classes)),
        ("entities", "all", classes.total()),
        *(("facts", name, types[name]) for name in sorted(types)),
        ("facts", "all", types.total()),
    ]
    print_table(("what", "kind", "number"), rows)
    if knowledge.skipped:
        click.echo()
        print_table(("skipped", "why"), [_row(skipped) for skipped in knowledge.skipped])


def _row(skipped: Skipped) -> tuple[str, str]:
    return skipped.name, skipped.reason
