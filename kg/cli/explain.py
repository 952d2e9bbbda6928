"""``kg explain``: what was found in a sentence and what not, for those who check facts or write rules."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kg.cli.common import NO_GRAPH, NOT_UNDERSTOOD, fail, graph_option, note, open_graph, printable
from kg.cli.output import print_table

if TYPE_CHECKING:
    from kg.model import Article
    from kg.pipeline import Explained

_NEAR = 10  # rules that came close, of a sentence
_SPAN = re.compile(r"(?P<document>.*):(?P<start>[0-9]+)-(?P<end>[0-9]+)", re.S)


@click.command()
@click.argument("place", metavar="[DOCUMENT[:START-END]]", required=False)
@graph_option
@click.option("--sentence", metavar="TEXT", help="Only the sentences in which this text stands.")
@click.option("--text", metavar="TEXT", help="Explain this text instead of a document.")
@click.option(
    "--date", metavar="DATE", default="", help="The day on which --text is published, such as 2021-06-15."
)
@click.option(
    "--all", "every", is_flag=True, envvar="KG_EXPLAIN_ALL", help=f"All rules that came close, not {_NEAR}."
)
@click.option(
    "--format",
    "form",
    envvar="KG_EXPLAIN_FORMAT",
    type=click.Choice(["table", "json"]),
    default="table",
    show_default=True,
    help="How to write the result.",
)
def explain(
    place: str | None, folder: Path, sentence: str | None, text: str | None, date: str, every: bool, form: str
) -> None:
    """Show how sentences were read: mentions, facts with their rules, and rules that came close.

    DOCUMENT is one of the graph, START and END are offsets as `kg facts` tells them. Of each rule that came
    close, the first element of its pattern that found nothing is shown, and what the pattern had matched up
    to there. The rules are those of this program, which may be newer than the graph.

    \b
    Example:
      kg explain 000_4b67726bf6ce8553.txt:2310-2335
      kg explain --text "2019年5月8日，缙云县与拼多多签订合作协议。"
    """
    if (place is None) == (text is None):
        raise click.UsageError("give either a DOCUMENT or --text")
    if text is not None:
        article, start, end = _written(text, date), 0, len(text)
    else:
        if date:
            raise click.UsageError("--date goes with --text: a document has its own")
        article, start, end = _document(folder, place or "")
    from kg import pipeline

    def wanted(first: int, last: int) -> bool:
        inside = first < end and start < last
        return inside and (sentence is None or sentence in article.text[first:last])

    found = pipeline.explain(article, wanted)
    if not found:
        note("no such sentence")
    most = None if every else _NEAR
    if form == "json":
        click.echo(json.dumps([_record(one, most) for one in found], ensure_ascii=False, indent=2))
        return
    for number, one in enumerate(found):
        if number:
            click.echo()
        _show(_record(one, most))


def _written(text: str, date: str) -> Article:
    from kg.model import Article, OffsetMap

    if not text.strip():
        fail("the text is empty", NOT_UNDERSTOOD)
    if date and not re.fullmatch(r"[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?", date):
        raise click.BadParameter(f"{date!r} is no date such as 2021-06-15", param_hint="--date")
    return Article("text", text, OffsetMap((), ()), "", "utf-8", published=date or None)


def _document(folder: Path, place: str) -> tuple[Article, int, int]:
    opened = open_graph(folder)
    names = opened.manifest["articles"]
    span = None if place in names else _SPAN.fullmatch(place)
    name = span["document"] if span else place
    if name not in names:
        fail(f"the graph has no document {name!r}; kg facts and manifest.json name them", NO_GRAPH)
    article = opened.article(name)
    start, end = (int(span["start"]), int(span["end"])) if span else (0, len(article.text))
    if start >= end or start >= len(article.text):
        raise click.BadParameter(f"{start}-{end} is no stretch of its {len(article.text)} characters")
    return article, start, end


def _record(one: Explained, most: int | None) -> dict[str, Any]:
    def shown(value: Any) -> str:
        return value if isinstance(value, str) else value.name or value.text

    return {
        "start": one.start,
        "end": one.end,
        "text": one.text,
        "mentions": [
            {
                "class": mention.cls,
                "text": mention.text,
                "start": mention.start,
                "end": mention.end,
                "means": [entity.name for entity in entities] or [v for v in [mention.value] if v],
                "ids": [entity.id for entity in entities],
            }
            for mention, entities in one.mentions
        ],
        "facts": [
            {
                "type": fact.type,
                "rule": rule,
                "roles": {role: [one.names.get(v, v) for v in values] for role, values in fact.roles.items()},
                "time": fact.time,
                "modality": fact.modality,
                "confidence": fact.confidence,
            }
            for fact, rule in one.facts
        ],
        "refused": [
            {
                "rule": statement.rule,
                "why": why,
                "roles": {role: list(map(shown, values)) for role, values in statement.roles.items()},
            }
            for statement, why in one.refused
        ],
        "near": [
            {"rule": near.rule, "failed": near.failed, "reached": near.reached} for near in one.near[:most]
        ],
    }


def _show(one: dict[str, Any]) -> None:
    click.echo(f"{one['start']}-{one['end']}  {printable(one['text'])}")
    _table("mentions", ("class", "text", "means", "id"), one["mentions"], ("class", "text", "means", "ids"))
    for fact in one["facts"] + one["refused"]:
        fact["roles"] = "; ".join(f"{role}: {'、'.join(values)}" for role, values in fact["roles"].items())
    columns = ("rule", "roles", "time", "modality", "confidence")
    _table("facts", columns, one["facts"], columns)
    _table("read, but no fact", ("rule", "why", "roles"), one["refused"], ("rule", "why", "roles"))
    _table("came close", ("rule", "found nothing", "after"), one["near"], ("rule", "failed", "reached"))


def _table(
    title: str, columns: tuple[str, ...], records: list[dict[str, Any]], keys: tuple[str, ...]
) -> None:
    click.echo(f"\n{title}: {'none' if not records else len(records)}")
    if records:
        print_table(columns, [[record[key] for key in keys] for record in records])
