"""The graph as RDF in the formats that other tools read. The same graph gives the same bytes."""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kg.cli.common import NO_GRAPH, fail, graph_option, min_confidence_option, open_graph

if TYPE_CHECKING:
    from rdflib import Dataset, Graph

_PREFIXES = {
    "kg": "https://kg.example/ontology#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "dc": "http://purl.org/dc/elements/1.1/",
    "dcterms": "http://purl.org/dc/terms/",
    "edtf": "http://id.loc.gov/datatypes/edtf/",
    "prov": "http://www.w3.org/ns/prov#",
}


@click.command()
@graph_option
@click.option(
    "--format",
    "form",
    envvar="KG_EXPORT_FORMAT",
    type=click.Choice(["turtle", "trig", "nquads", "jsonld"]),
    default="turtle",
    show_default=True,
    help="turtle has all statements in one graph; the others keep the named graphs.",
)
@min_confidence_option
def export(folder: Path, form: str, min_confidence: float) -> None:
    """Write the whole graph as RDF.

    \b
    Example:
      kg export --format trig > graph.trig
    """
    expected = open_graph(folder).manifest["graph_sha256"]
    data = (folder / "graph.nq").read_bytes()
    if hashlib.sha256(data).hexdigest() != expected:
        fail(f"graph.nq in {str(folder)!r} is damaged: build the graph again", NO_GRAPH)
    if min_confidence:
        data = _confident(data, min_confidence)
    sys.stdout.buffer.write(_WRITERS[form](data))


def _confident(data: bytes, least: float) -> bytes:
    """Return N-Quads without the facts below a confidence, and without what only they bring."""
    import pyoxigraph

    from kg import graph

    quads = graph.confident(pyoxigraph.parse(data, format=pyoxigraph.RdfFormat.N_QUADS), least)
    return graph.nquads(quads)


def _turtle(data: bytes) -> bytes:
    import rdflib

    union = rdflib.Graph(bind_namespaces="none")
    for triple in sorted({quad[:3] for quad in _dataset(data).quads()}):
        union.add(triple)
    return _bind(union).serialize(format="turtle", encoding="utf-8")


def _trig(data: bytes) -> bytes:
    return _bind(_dataset(data)).serialize(format="trig", encoding="utf-8")


def _jsonld(data: bytes) -> bytes:
    tree = _sorted(json.loads(_dataset(data).serialize(format="json-ld")))
    return json.dumps(tree, ensure_ascii=False, indent=1, sort_keys=True).encode() + b"\n"


def _dataset(data: bytes) -> Dataset:
    """Parse N-Quads, whose order the dataset keeps."""
    import rdflib

    class Ordered(rdflib.Dataset):
        """A dataset with its named graphs in the order of their names; rdflib has them in a set."""

        def contexts(self, triple: Any = None) -> Any:
            return sorted(super().graphs(triple), key=lambda graph: graph.identifier)

    dataset = Ordered()
    dataset.parse(data=data, format="nquads")
    return dataset


def _bind(graph: Graph) -> Graph:
    for prefix, iri in _PREFIXES.items():
        graph.bind(prefix, iri, replace=True)
    return graph


def _sorted(tree: Any) -> Any:
    """Return parsed JSON-LD with its lists sorted: they are sets, for the graph has no rdf:List."""
    if isinstance(tree, dict):
        return {key: _sorted(value) for key, value in tree.items()}
    if isinstance(tree, list):
        return sorted(map(_sorted, tree), key=lambda item: json.dumps(item, sort_keys=True))
    return tree


_WRITERS: dict[str, Callable[[bytes], bytes]] = {
    "turtle": _turtle,
    "trig": _trig,
    "nquads": lambda data: data,
    "jsonld": _jsonld,
}
