"""The graph as a page to look at."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli.common import graph_option, min_confidence_option, open_graph, write_file

PAGE = "network.html"
_TITLE = "农村电商知识图谱 · Rural e-commerce knowledge graph"


@click.command()
@graph_option
@min_confidence_option
@click.option(
    "--out",
    metavar="FILE",
    type=click.Path(path_type=Path, dir_okay=False, allow_dash=True),
    help=f"Where to write the page; - is standard output.  [default: {PAGE} in the folder of the graph]",
)
def view(folder: Path, min_confidence: float, out: Path | None) -> None:
    """Draw the graph as an HTML page that works offline.

    Standard output carries the path of the page.

    \b
    Example:
      kg view --out alibaba.html
    """
    page = render(folder, min_confidence)
    if out == Path("-"):
        click.echo(page, nl=False)
        return
    path = out or folder / PAGE
    write_file(path, page.encode())
    click.echo(str(path))


def render(folder: Path, min_confidence: float = 0) -> str:
    """Return the page of the graph in ``folder``, without facts below that confidence."""
    from kg import graph, views

    opened = open_graph(folder)
    # Prefixed, because an entity class and a fact type may share a name (Designation).
    labels = {f"class/{name}": term.labels for name, term in opened.schema.classes.items()}
    for name, term in opened.schema.facts.items():
        labels[f"fact/{name}"] = term.labels
        labels |= {f"role/{name}/{role}": shape.labels for role, shape in term.roles.items()}
    return views.network_page(
        list(graph.facts(opened, min_confidence=min_confidence)), list(graph.entities(opened)), labels, _TITLE
    )
