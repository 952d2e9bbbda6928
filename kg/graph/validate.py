"""Checking a graph against ontology/shapes.ttl."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.graph import iris, rdf
from kg.graph.schema import KG, XSD, load_schema
from kg.model import Knowledge
from kg.resources import folder

if TYPE_CHECKING:
    import rdflib

_SUBCLASS = ox.NamedNode("http://www.w3.org/2000/01/rdf-schema#subClassOf")
_SH = "http://www.w3.org/ns/shacl#"


def validate(source: Knowledge | Iterable[ox.Quad], base: str = iris.DEFAULT_BASE) -> list[str]:
    """Return what is wrong with the graph, a sentence each with the subject's path first; [] if it conforms.

    ``source`` is knowledge, made into quads with ``base``, or the quads themselves; their named graphs are
    read as one. Raises ValueError for knowledge that cannot be made into quads.
    """
    quads = rdf.quads(source, base) if isinstance(source, Knowledge) else source
    triples = _union(quads)
    # rudof is a hundred times faster than pyshacl, but words many violations itself, without the shape's message.
    return [] if _conforms(triples) else _violations(triples, base)


def _union(quads: Iterable[ox.Quad]) -> list[ox.Triple]:
    found = dict.fromkeys(ox.Triple(quad.subject, quad.predicate, quad.object) for quad in quads)
    # The shapes speak of superclasses, which the data does not repeat.
    for child, parent in load_schema().superclasses:
        found[ox.Triple(ox.NamedNode(child), _SUBCLASS, ox.NamedNode(parent))] = None
    return list(found)


def _conforms(triples: Sequence[ox.Triple]) -> bool:
    import pyrudof  # takes long to import, and only validation needs it

    checker = pyrudof.Rudof(pyrudof.RudofConfig())
    with tempfile.TemporaryDirectory() as scratch:
        # From a file, for a text that looks like an address would be taken for one.
        file = Path(scratch, "union.nt")
        ox.serialize(triples, file, format=ox.RdfFormat.N_TRIPLES)
        checker.read_data(file, pyrudof.RDFFormat.NTriples, reader_mode=pyrudof.ReaderMode.Strict)
    checker.read_shacl(folder("ontology") / "shapes.ttl", pyrudof.ShaclFormat.Turtle)
    return checker.validate_shacl().conforms


def _violations(triples: Sequence[ox.Triple], base: str) -> list[str]:
    import pyshacl
    import rdflib

    data = rdflib.Graph()
    for triple in triples:
        data.add((_term(triple.subject), _term(triple.predicate), _term(triple.object)))
    _, report, _ = pyshacl.validate(data, shacl_graph=_shapes(), inplace=True, inference="none")
    if not isinstance(report, rdflib.Graph):
        raise RuntimeError(f"the validator failed: {report!r}")
    return sorted({_sentence(report, data, result, base) for result in _results(report)})


@cache
def _shapes() -> rdflib.Graph:
    import rdflib

    return rdflib.Graph().parse(folder("ontology") / "shapes.ttl", format="turtle")


def _term(term: object) -> rdflib.term.Node:
    import rdflib

    if isinstance(term, ox.NamedNode):
        return rdflib.URIRef(term.value)
    if isinstance(term, ox.Literal):
        # rdflib tells "x" from "x"^^xsd:string, which RDF does not.
        plain = term.language or term.datatype.value == XSD + "string"
        datatype = None if plain else rdflib.URIRef(term.datatype.value)
        return rdflib.Literal(term.value, lang=term.language, datatype=datatype, normalize=False)
    raise ValueError(f"only IRIs and literals are written to the graph, not {term}")


def _results(report: rdflib.Graph) -> Iterable[rdflib.term.Node]:
    import rdflib

    return report.subjects(rdflib.RDF.type, rdflib.URIRef(_SH + "ValidationResult"))


def _sentence(report: rdflib.Graph, data: rdflib.Graph, result: rdflib.term.Node, base: str) -> str:
    import rdflib

    def get(key: str) -> str | None:
        found = report.value(result, rdflib.URIRef(_SH + key))
        return None if found is None else str(found)

    focus = rdflib.URIRef(get("focusNode") or "")
    name = data.value(focus, rdflib.URIRef(rdf.PREF_LABEL.value))
    quote = next((f" “{text}”" for text in _quotes(data, focus)), "")
    value = get("value")
    shown = "" if value is None or value == str(focus) else f": {value.removeprefix(base)!r}"
    called = f" ({name})" if name else quote
    return f"{focus.removeprefix(base)}{called} {get('resultMessage')}{shown}"


def _quotes(data: rdflib.Graph, focus: rdflib.URIRef) -> list[str]:
    import rdflib

    passages = data.objects(focus, rdflib.URIRef(KG + "evidence"))
    first = set(data.objects(focus, rdflib.URIRef(KG + "bestEvidence")))
    ordered = sorted(passages, key=lambda node: (node not in first, str(node)))
    return [str(text) for node in ordered for text in data.objects(node, rdflib.URIRef(KG + "quote"))]
