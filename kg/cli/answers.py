"""What a built graph is asked: questions, queries, its facts and its entities."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from kg.cli import output
from kg.cli.common import (
    NOT_UNDERSTOOD,
    decode,
    fail,
    format_option,
    graph_option,
    min_confidence_option,
    note,
    open_graph,
)

_FACT = ("time", "modality", "doc", "start", "end", "quote", "rule", "confidence", "id")
_SHOWN = ("doc", "class", "names", "level", "code", "candidates", "aliases")
_ENTITY = ("doc", "class", "names", "level", "code", "within", "candidates", "aliases", "id")


@click.command()
@click.argument("question", nargs=-1, required=True)
@graph_option
@format_option
@min_confidence_option
@click.option("--show-sparql", is_flag=True, help="Write the SPARQL query to standard error.")
def ask(question: tuple[str, ...], folder: Path, form: str, min_confidence: float, show_sparql: bool) -> None:
    """Answer a QUESTION in English or Chinese.

    The questions are those that the files of queries/ declare, in these and similar words; one that is not
    understood lists them. A row is a fact, with its passage to check it by. `-` reads the question from standard input.

    \b
    Example:
      kg ask "who partnered with Alibaba when"
      kg ask 谁在什么时候与阿里巴巴合作 --format csv > partners.csv
    """
    from kg import graph

    asked = decode(sys.stdin.buffer).strip() if question == ("-",) else " ".join(question)
    opened = open_graph(folder)
    if not asked.strip():
        fail("the question is empty", NOT_UNDERSTOOD)
    try:
        answer = graph.ask(opened, asked, min_confidence=min_confidence)
    except (graph.UnknownQuestion, graph.QueryRefused) as error:
        fail(str(error), NOT_UNDERSTOOD)
    if show_sparql:
        for name, value in answer.parameters.items():
            note(f"# ?{name} is {value}")
        click.echo(answer.sparql.rstrip(), err=True)
    for message in answer.notes:
        note(message)
    output.emit(answer.result.records(), form, output.flat(answer.result.columns))


def _settings(ctx: click.Context, param: click.Parameter, values: tuple[str, ...]) -> dict[str, str]:
    settings: dict[str, str] = {}
    for value in values:
        name, equals, text = value.partition("=")
        if not name or not equals:
            raise click.BadParameter(f"{value!r} is not name=value")
        if name in settings:
            raise click.BadParameter(f"{name!r} is set twice")
        settings[name] = text
    return settings


@click.command()
@click.argument("file", default="-", metavar="[FILE.rq|NAME]")
@click.option(
    "--set",
    "settings",
    metavar="NAME=VALUE",
    multiple=True,
    callback=_settings,
    allow_from_autoenv=False,
    help="A value for a parameter that the query declares. May be repeated.",
)
@graph_option
@format_option
@min_confidence_option
def query(file: str, settings: dict[str, str], folder: Path, form: str, min_confidence: float) -> None:
    """Run a SPARQL query from a file, from standard input, or by its NAME among those of queries/.

    SELECT, ASK, CONSTRUCT and DESCRIBE are answered; nothing is changed and nothing is fetched. A
    comment such as `# parameter: actor entity` declares what --set must give.

    \b
    Example:
      kg query partners --set actor=阿里巴巴
      kg query my.rq --min-confidence 0.8
      echo "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }" | kg query
    """
    from kg import graph

    sparql = _sparql(file)
    opened = open_graph(folder)
    if not sparql.strip():
        fail("the query is empty", NOT_UNDERSTOOD)
    if min_confidence:
        settings = {graph.MIN_CONFIDENCE: f"{min_confidence:.6f}", **settings}
    try:
        result = graph.query(opened, sparql, settings)
    except graph.QueryRefused as error:
        fail(str(error), NOT_UNDERSTOOD)
    for message in result.notes:
        note(message)
    output.emit(result.records(), form, output.flat(result.columns))


def _sparql(source: str) -> str:
    """Return the text of a query: of standard input, of a file, or of a template that is so called."""
    from kg import graph

    if source == "-":
        if sys.stdin.isatty():
            note("reading the query from standard input, up to Ctrl-D")
        return decode(sys.stdin.buffer)
    if not Path(source).exists() and (known := graph.template(source)):
        return known.sparql
    try:
        with Path(source).open("rb") as file:
            return decode(file)
    except OSError as error:
        raise click.BadParameter(
            f"{source!r} is neither a file that can be read ({error.strerror}) nor the name of a query",
            param_hint="FILE",
        ) from error


@click.command()
@click.option(
    "--type",
    "types",
    envvar="KG_FACTS_TYPE",
    metavar="TYPE",
    multiple=True,
    help="Only this type. May be repeated.",
)
@graph_option
@format_option
@min_confidence_option
def facts(types: tuple[str, ...], folder: Path, form: str, min_confidence: float) -> None:
    """List the facts, each with its roles, time, document and quote, once for each document that states it.

    json and jsonl have everything that is known of a fact; csv has a column for every role; the table
    has what is needed to check a fact by eye.

    \b
    Example:
      kg facts --type Partnership --format jsonl > partnerships.jsonl
    """
    from kg import graph

    opened = open_graph(folder)
    try:
        found = graph.facts(opened, types or None, min_confidence)
    except ValueError as error:
        raise click.BadParameter(str(error), param_hint="--type") from error
    chosen = [fact for name, fact in opened.schema.facts.items() if not types or name in types]
    roles = list(dict.fromkeys(role for fact in chosen for role in fact.roles))
    spread = output.Sheet(
        ("type", *(f"roles.{role}" for role in roles), *_FACT),
        lambda fact: (
            fact["type"],
            *(fact["roles"].get(role) for role in roles),
            *(fact[key] for key in _FACT),
        ),
    )
    output.emit(found, form, output.Sheet(("document", "type", "roles", "time", "quote"), _brief), spread)


def _brief(fact: dict[str, Any]) -> tuple[Any, ...]:
    roles = "; ".join(f"{role}: {'、'.join(values)}" for role, values in fact["roles"].items())
    held = "" if fact["modality"] == "actual" else f"{fact['modality']}: "
    return fact["doc"], fact["type"], held + roles, fact["time"], fact["quote"]


@click.command()
@click.option(
    "--type",
    "types",
    envvar="KG_ENTITIES_TYPE",
    metavar="CLASS",
    multiple=True,
    help="Only this class. May be repeated.",
)
@graph_option
@format_option
def entities(types: tuple[str, ...], folder: Path, form: str) -> None:
    """List the entities of each document with their names.

    \b
    Example:
      kg entities --type Place --type Platform --format csv > places.csv
    """
    from kg import graph

    opened = open_graph(folder)
    try:
        found = graph.entities(opened, types or None)
    except ValueError as error:
        raise click.BadParameter(str(error), param_hint="--type") from error
    table = output.Sheet(
        ("document", "class", "name", "level", "code", "may be", "aliases"),
        lambda entity: [entity[key] for key in _SHOWN],
    )
    output.emit(found, form, table, output.flat(_ENTITY))
