"""``kg entity``: one thing, with everything by which a person can check that it is one thing."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from kg.cli.common import NOT_UNDERSTOOD, fail, graph_option, note, open_graph, printable
from kg.cli.output import print_table


@click.command()
@click.argument("name")
@graph_option
@click.option(
    "--format",
    "form",
    envvar="KG_ENTITY_FORMAT",
    type=click.Choice(["table", "json"]),
    default="table",
    show_default=True,
    help="How to write the result.",
)
def entity(name: str, folder: Path, form: str) -> None:
    """Show what is known of the entity called NAME.

    NAME is any name, Chinese or English, an IRI, or the path of one (place/131126). Shown are its names and
    identifiers, what it belongs to, every mention with its sentence, why other forms were taken for it, and
    its facts with their quotes. Of several entities of the name all are shown.

    \b
    Example:
      kg entity 阿里
      kg entity "Suning County" --format json
    """
    from kg import graph

    opened = open_graph(folder)
    found = graph.find_entities(opened, name)
    if not found:
        similar = opened.names.similar(name)
        advice = f"; similar names: {', '.join(similar)}" if similar else ""
        fail(f"no entity is called {name!r}{advice}", NOT_UNDERSTOOD)
    if len(found) > 1:
        note(f"{len(found)} entities are called {name!r}")
    described = [graph.describe_entity(opened, iri) for iri in found]
    if form == "json":
        click.echo(json.dumps(described, ensure_ascii=False, indent=2))
        return
    reasons = graph.merge_reasons(opened)
    for number, one in enumerate(described):
        if number:
            click.echo()
        _show(one, reasons)


def _show(one: dict[str, Any], reasons: dict[str, dict[str, str]]) -> None:
    click.echo(printable(f"{one['names'].get('zh', one['id'])} ({one['class']})"))
    click.echo()
    rows = [
        *((f"name ({language})", name) for language, name in one["names"].items()),
        ("other names", one["aliases"]),
        ("IRI", one["id"]),
        ("level", one["level"]),
        ("division code", one["code"]),
        ("kind", one["kind"]),
        ("Wikidata", one["wikidata"]),
        ("within", [place["name"] for place in one["within"]]),
        *(("may be", f"{place['name']} <{place['id']}>") for place in one["candidates"]),
        ("owned by", [owner["name"] for owner in one["owners"]]),
        ("source", one["source"]),
        *(("decided", decision) for decision in one["decisions"]),
    ]
    print_table(("what", "is"), [row for row in rows if row[1]])
    _section(
        "merges",
        ("document", "form", "times", "reason", "which means"),
        [
            (m["doc"], m["form"], m["times"], m["reason"], reasons.get(m["reason"], {}).get("en"))
            for m in one["merges"]
        ],
    )
    _section(
        "mentions",
        ("document", "at", "form", "sentence"),
        [(m["doc"], m["start"], m["form"], m["sentence"]) for m in one["mentions"]],
    )
    _section(
        "facts", ("type", "roles", "time", "modality", "document", "quote"), list(map(_fact, one["facts"]))
    )


def _fact(fact: dict[str, Any]) -> tuple[Any, ...]:
    roles = "; ".join(f"{role}: {'、'.join(values)}" for role, values in fact["roles"].items())
    return fact["type"], roles, fact["time"], fact["modality"], fact["doc"], fact["quote"]


def _section(title: str, columns: tuple[str, ...], rows: list[tuple[Any, ...]]) -> None:
    click.echo()
    click.echo(f"{title}: {len(rows)}")
    if rows:
        print_table(columns, rows)
