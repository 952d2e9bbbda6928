"""What the commands share: exit codes, options, notes and failures."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, NoReturn

import click

if TYPE_CHECKING:
    from kg.graph import Graph

FAILED, NO_ARTICLE, NO_GRAPH, NOT_UNDERSTOOD, QUARANTINED = 1, 3, 4, 5, 6
EXIT_CODES = {
    0: "done; also when nothing was found, or some files had no article in them",
    FAILED: "the program failed, the graph broke a rule of the ontology, or a file could not be written",
    2: "wrong usage: an unknown command, option or value, or a file that cannot be opened",
    NO_ARTICLE: "a path is missing or empty, or there is no readable article (what other paths have was built)",
    NO_GRAPH: "there is no whole graph in the folder --graph",
    NOT_UNDERSTOOD: "the question is not understood, the query is refused, or no entity has the name",
    QUARANTINED: "some files could not be read, as listed (the rest was built, but not with --strict)",
}
FORMATS = ("table", "csv", "json", "jsonl")

# Control characters could move the cursor of a terminal or end a line, and signs of direction could
# make a name look like another.
_UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]+")

graph_option = click.option(
    "--graph",
    "folder",
    metavar="DIR",
    type=click.Path(path_type=Path),
    default="build",
    show_default=True,
    envvar="KG_GRAPH",
    show_envvar=True,
    help="The folder of a built graph.",
)
format_option = click.option(
    "--format",
    "form",
    type=click.Choice(FORMATS),
    default="table",
    show_default=True,
    envvar="KG_FORMAT",
    show_envvar=True,
    help="How to write the result. jsonl is one JSON object a line.",
)


def _confidence(ctx: click.Context, param: click.Parameter, value: float) -> float:
    if not 0 <= value <= 1:  # so that not-a-number is refused too
        raise click.BadParameter(f"{value:g} is not from 0 to 1")
    return value


min_confidence_option = click.option(
    "--min-confidence",
    metavar="X",
    type=float,
    default=0,
    callback=_confidence,
    envvar="KG_MIN_CONFIDENCE",
    show_envvar=True,
    help="Leave out facts that the program is less sure of, from 0 to 1.  [default: 0]",
)
only_option = click.option(
    "--only", metavar="REPAIR", multiple=True, help="Make only this repair. May be repeated."
)
without_option = click.option(
    "--without", metavar="REPAIR", multiple=True, help="Do not make this repair. May be repeated."
)


def fail(message: str, code: int) -> NoReturn:
    """End the program with a message, which may have several lines, and one of EXIT_CODES."""
    click.echo("\n".join(map(printable, f"Error: {message}".splitlines())), err=True)
    raise click.exceptions.Exit(code)


def note(message: str) -> None:
    """Tell the user something that is not the result."""
    click.echo(printable(message), err=True)


def printable(text: str) -> str:
    """Return ``text`` on one line, with a space for what a terminal would obey instead of show."""
    return _UNPRINTABLE.sub(" ", text)


def open_graph(folder: Path) -> Graph:
    """Open the graph in ``folder``, or end the program with NO_GRAPH."""
    from kg import graph

    try:
        return graph.open_graph(folder)
    except graph.GraphNotFound as error:
        fail(str(error), NO_GRAPH)


def write_file(path: Path, data: bytes) -> None:
    """Write a file whole or not at all, or end the program with FAILED."""
    draft = path.with_name(f".{path.name}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            draft.write_bytes(data)
            draft.replace(path)
        finally:
            draft.unlink(missing_ok=True)
    except OSError as error:
        fail(f"{path} cannot be written: {error.strerror or error}", FAILED)


def chosen_repairs(only: Sequence[str], without: Sequence[str]) -> list[str] | None:
    """Return the names of the repairs to make, None for all. Raises click.BadParameter for an unknown name."""
    from kg.reading.repairs import NAMES, check_names

    for names, option in ((only, "--only"), (without, "--without")):
        try:
            check_names(names)
        except ValueError as error:
            raise click.BadParameter(str(error), param_hint=option) from error
    if not only and not without:
        return None
    return [name for name in NAMES if (not only or name in only) and name not in without]


def decode(stream: BinaryIO) -> str:
    """Return the text of a binary stream, or end the program with NOT_UNDERSTOOD if it is not UTF-8."""
    try:
        # Far more than a question or query may have; an endless stream ends here.
        return stream.read(1_000_000).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        fail(f"the input is not UTF-8: {error}", NOT_UNDERSTOOD)
