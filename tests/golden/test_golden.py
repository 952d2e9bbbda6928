"""Whole articles with the graph that a careful reader expects of them.

A case is a folder with ``article.txt``, an invented article, and ``expected.ttl``: what the graph holds of
that article (its facts, their evidence, what it mentions) and what each thing mentioned is called. Names
that the registry adds are no part of it. Each expected graph was checked line by line against its article.

Where the program has rightly changed its mind, write the graphs anew and read the difference before
committing it::

    pytest tests/golden --refresh-golden
    git diff tests/golden
"""

from __future__ import annotations

import re
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg import graph, pipeline

CASES = sorted(path.parent for path in Path(__file__).parent.glob("*/article.txt"))
LABELS = (
    ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type"),
    ox.NamedNode("http://www.w3.org/2004/02/skos/core#prefLabel"),
)
MENTIONS = ox.NamedNode(f"{graph.DEFAULT_BASE}ontology#mentions")
KINDS = (
    "article designation event evidence fact facility mention organization person place platform policy "
    "product report"
)
PREFIXES = {
    "": f"{graph.DEFAULT_BASE}ontology#",
    "dc": "http://purl.org/dc/elements/1.1/",
    "dct": "http://purl.org/dc/terms/",
    "edtf": "http://id.loc.gov/datatypes/edtf/",
    "prov": "http://www.w3.org/ns/prov#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    **{kind: f"{graph.DEFAULT_BASE}{kind}/" for kind in KINDS.split()},
}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_the_graph_of_an_article(case, refresh, tmp_path):
    found = said_of(case / "article.txt", tmp_path)
    if refresh:
        (case / "expected.ttl").write_bytes(turtle(found))
    expected = read(case / "expected.ttl")
    if found != expected:
        missing, extra = turtle(expected - found).decode(), turtle(found - expected).decode()
        pytest.fail(f"{case.name}: the graph lacks\n\n{missing}\nand holds besides\n\n{extra}", pytrace=False)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_there_are_no_blank_nodes(case):
    """So two graphs are isomorphic just when they are equal as sets of triples."""
    terms = {term for triple in read(case / "expected.ttl") for term in (triple.subject, triple.object)}
    assert not [term for term in terms if isinstance(term, ox.BlankNode)]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_every_quote_stands_in_the_article(case):
    text = (case / "article.txt").read_text("utf-8")
    quote = ox.NamedNode(f"{graph.DEFAULT_BASE}ontology#quote")
    quotes = [t.object.value for t in read(case / "expected.ttl") if t.predicate == quote]
    assert len(quotes) > 5 and all(q in text for q in quotes)


def said_of(article: Path, tmp_path: Path) -> set[ox.Triple]:
    """Return the graph of one article, and the class and preferred name of what it mentions."""
    pipeline.build([article], tmp_path / "graph")
    quads = list(ox.parse((tmp_path / "graph" / "graph.nq").read_bytes(), format=ox.RdfFormat.N_QUADS))
    of_article = {quad.triple for quad in quads if "/graph/article/" in str(quad.graph_name)}
    mentioned = {triple.object for triple in of_article if triple.predicate == MENTIONS}
    return of_article | {q.triple for q in quads if q.subject in mentioned and q.predicate in LABELS}


def read(path: Path) -> set[ox.Triple]:
    return {quad.triple for quad in ox.parse(path.read_bytes(), format=ox.RdfFormat.TURTLE)}


def turtle(triples: set[ox.Triple]) -> bytes:
    """Return triples as Turtle that is the same in every run, one block a subject."""
    ordered = sorted(
        triples, key=lambda t: (str(t.subject), t.predicate not in LABELS, str(t.predicate), str(t.object))
    )
    written = ox.serialize(ordered, format=ox.RdfFormat.TURTLE, prefixes=PREFIXES) or b""
    lines = written.decode().split("\n")
    head = sorted(line for line in lines if line.startswith("@prefix"))
    body = "\n".join(line for line in lines if not line.startswith("@prefix")).replace(" .\n", " .\n\n")
    used = [line for line in head if re.search(rf"(?<![\w<]){line.split()[1]}\w", body)]
    return "\n".join([*used, "", body.rstrip(), ""]).encode()
