"""Checking a graph against ontology/shapes.ttl."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.graph import iris, rdf
from kg.graph.schema import KG, XSD, load_schema
from kg.model import Knowledge
from kg.resources import folder

if TYPE_CHECKING:
    import rdflib

_SH = "http://www.w3.org/ns/shacl#"


def validate(source: Knowledge | Iterable[ox.Quad], base: str = iris.DEFAULT_BASE) -> list[str]:
    """Return what is wrong with the graph, a sentence each with the subject's path first; [] if it conforms.

    ``source`` is knowledge, made into quads with ``base``, or the quads themselves; their named graphs are
    read as one. Raises ValueError for knowledge that cannot be made into quads.
    """
    # pyshacl and rdflib take long to import, and only validation needs them.
    import pyshacl
    import rdflib

    quads = rdf.quads(source, base) if isinstance(source, Knowledge) else source
    data = _union(quads)
    _, report, _ = pyshacl.validate(data, shacl_graph=_shapes(), inplace=True, inference="none")
    if not isinstance(report, rdflib.Graph):
        raise RuntimeError(f"the validator failed: {report!r}")
    return sorted({_sentence(report, data, result, base) for result in _results(report)})


def _union(quads: Iterable[ox.Quad]) -> rdflib.Graph:
    import rdflib

    data = rdflib.Graph()
    for quad in quads:
        data.add((_term(quad.subject), _term(quad.predicate), _term(quad.object)))
    # The shapes speak of superclasses, which the data does not repeat.
    for child, parent in load_schema().superclasses:
        data.add((rdflib.URIRef(child), rdflib.RDFS.subClassOf, rdflib.URIRef(parent)))
    return data


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
