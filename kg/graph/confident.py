"""A graph without the facts below a confidence, as the same quads with some left out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import cast

import pyoxigraph as ox

from kg.graph.links import Term, links
from kg.graph.rdf import RDF_TYPE
from kg.graph.schema import KG, Schema, load_schema

Roles = dict[str, list[Term]]  # predicate → objects


def confident(quads: Iterable[ox.Quad], least: float, schema: Schema | None = None) -> list[ox.Quad]:
    """Return the quads in their order, without facts whose confidence is below ``least``.

    The passages and the links that only such facts have go with them; entities, articles and what the
    gazetteer and the registry know stay.
    """
    known = schema or load_schema()
    everything = list(quads)
    doubtful = {
        quad.subject
        for quad in everything
        if quad.predicate.value == KG + "confidence" and float(cast(ox.Literal, quad.object).value) < least
    }
    passages: dict[bool, set[object]] = {True: set(), False: set()}
    for quad in everything:
        if quad.predicate.value == KG + "evidence":
            passages[quad.subject in doubtful].add(quad.object)
    left_out = doubtful | (passages[True] - passages[False])
    supported = _links([quad for quad in everything if quad.subject not in doubtful], known)
    told = _links(everything, known)
    return [
        quad
        for quad in everything
        if quad.subject not in left_out and (quad not in told or quad in supported)
    ]


def _links(quads: Iterable[ox.Quad], schema: Schema) -> set[ox.Quad]:
    """Return the binary links that the actual facts among the quads yield, each in the graph of its fact."""
    types = {fact_type.iri: fact_type for fact_type in schema.facts.values()}
    nodes: Mapping[tuple[object, object], Roles] = defaultdict(lambda: defaultdict(list))
    for quad in quads:
        nodes[quad.subject, quad.graph_name][quad.predicate.value].append(cast(Term, quad.object))
    found: set[ox.Quad] = set()
    for (_, graph), node in nodes.items():
        kinds = [types[term.value] for term in node.get(RDF_TYPE.value, ()) if term.value in types]
        if not kinds or [term.value for term in node.get(KG + "modality", ())] != [KG + "actual"]:
            continue
        fillers = {name: node[role.iri] for name, role in kinds[0].roles.items() if role.iri in node}
        for source, link, target in links(kinds[0], fillers):
            found.add(ox.Quad(source, link, target, cast(ox.NamedNode, graph)))
    return found
