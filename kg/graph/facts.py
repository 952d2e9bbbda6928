"""Facts and entities read back from the graph, in the JSON shapes that users export and score."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator
from typing import Any

import pyoxigraph as ox

from kg.graph import iris
from kg.graph.rdf import RDF_TYPE, Term
from kg.graph.schema import KG, FactType
from kg.graph.store import Graph

Node = dict[str, list[Term]]  # predicate → objects
_OF_PLACES = ("level", "divisionCode", "within", "candidate")


def facts(
    graph: Graph, types: Collection[str] | None = None, min_confidence: float = 0
) -> Iterator[dict[str, Any]]:
    """Return the facts, by document and place in the text; with ``types``, only those types.

    A fact that several documents state is told once for each, with its passages there. Facts below
    ``min_confidence`` are left out.

    Each is a dict with type, roles (name → preferred names or literals), time (EDTF or None),
    modality, doc, start, end, quote and rule (of the first passage, offsets in code points), confidence,
    aliases (preferred name → other names), ids (preferred name → IRI), id, and evidence where there are
    several passages. Raises ValueError for an unknown type.
    """
    known = graph.schema.facts
    if unknown := sorted(set(types or ()) - known.keys()):
        raise ValueError(f"no such fact type: {', '.join(unknown)}. There are: {', '.join(known)}")
    wanted = {known[name].iri: known[name] for name in known if types is None or name in types}
    return (fact for fact in _facts(graph, wanted) if fact["confidence"] >= min_confidence)


def entities(graph: Graph, classes: Collection[str] | None = None) -> Iterator[dict[str, Any]]:
    """Return the entities of each document, by document, class and name; with ``classes``, only those.

    An entity is of a document that names it or has a fact of it. Each is a dict with doc, class,
    names (the preferred one), aliases, id (its IRI), and of a Place level, code (None without one), within
    (the names of the places around it, the next first) and candidates (where the article does not tell
    which division it is: name and code of each that it may be); of others these are None or empty.
    Raises ValueError for an unknown class.
    """
    known = graph.schema.classes
    if unknown := sorted(set(classes or ()) - known.keys()):
        raise ValueError(f"no such entity class: {', '.join(unknown)}. There are: {', '.join(known)}")
    wanted = {known[name].iri: name for name in known if classes is None or name in classes}
    return _entities(graph, wanted)


def _facts(graph: Graph, wanted: dict[str, FactType]) -> Iterator[dict[str, Any]]:
    for document, nodes in _documents(graph):
        found = []
        for iri, node in nodes.items():
            fact_type = wanted.get(_value(node, RDF_TYPE.value) or "")
            if fact_type:
                found.append(_fact(graph, document, iri, node, nodes, fact_type))
        yield from sorted(found, key=lambda fact: (fact["start"], fact["end"], fact["type"], fact["id"]))


def _fact(
    graph: Graph, document: str, iri: str, node: Node, nodes: dict[str, Node], fact_type: FactType
) -> dict[str, Any]:
    roles: dict[str, list[str]] = {}
    ids: dict[str, str] = {}
    aliases: dict[str, list[str]] = {}
    for name, role in fact_type.roles.items():
        values = sorted(term.value for term in node.get(role.iri, ()))
        if not values:
            continue
        if role.datatype is None:
            for value in values:
                ids.setdefault(graph.names.preferred(value), value)
                aliases.setdefault(graph.names.preferred(value), graph.names.aliases(value))
            values = sorted(map(graph.names.preferred, values))
        roles[name] = values
    evidence = sorted(
        (_evidence(nodes[passage.value]) for passage in node.get(KG + "evidence", ())),
        key=lambda passage: (passage["start"], passage["end"], passage["rule"]),
    )
    first = evidence[0] if evidence else {"start": None, "end": None, "quote": None, "rule": None}
    return {
        "type": fact_type.name,
        "roles": roles,
        "time": _value(node, KG + "time"),
        "modality": (_value(node, KG + "modality") or "").removeprefix(KG),
        "doc": document,
        **first,
        "confidence": float(_value(node, KG + "confidence") or "nan"),
        "aliases": aliases,
        "ids": ids,
        "id": iri,
        **({"evidence": evidence} if len(evidence) > 1 else {}),
    }


def _evidence(node: Node) -> dict[str, Any]:
    return {
        "start": int(_value(node, KG + "start") or "0"),
        "end": int(_value(node, KG + "end") or "0"),
        "quote": _value(node, KG + "quote"),
        "rule": _value(node, KG + "rule"),
    }


def _entities(graph: Graph, wanted: dict[str, str]) -> Iterator[dict[str, Any]]:
    described: dict[str, Node] = defaultdict(lambda: defaultdict(list))
    about = ((RDF_TYPE.value, "graph/entities"), *((KG + word, None) for word in _OF_PLACES))
    for name, where in about:
        for iri, predicate, term in graph.statements(name, graph=where):
            described[iri][predicate].append(term)
    for document, nodes in _documents(graph):
        here = {
            term.value
            for node in nodes.values()
            for terms in node.values()
            for term in terms
            if isinstance(term, ox.NamedNode) and term.value in described
        }
        lines = []
        for iri in here:
            cls = wanted.get(_value(described[iri], RDF_TYPE.value) or "")
            if cls:
                lines.append(
                    {
                        "doc": document,
                        "class": cls,
                        "names": graph.names.preferred(iri),
                        "aliases": graph.names.aliases(iri),
                        "level": _value(described[iri], KG + "level"),
                        "code": _value(described[iri], KG + "divisionCode"),
                        "within": [graph.names.preferred(larger) for larger in _around(described, iri)],
                        "candidates": _candidates(graph, described, iri),
                        "id": iri,
                    }
                )
        yield from sorted(lines, key=lambda line: (line["class"], line["names"], line["id"]))


def _around(described: dict[str, Node], iri: str) -> list[str]:
    """Return the places around a place, the next first."""
    found: list[str] = []
    while (larger := _value(described[iri], KG + "within")) and larger not in found:
        found.append(larger)
        iri = larger
    return found


def _candidates(graph: Graph, described: dict[str, Node], iri: str) -> list[str]:
    """Return each division that a place may be, as its names from the largest down and its code."""
    found = []
    for term in described[iri].get(KG + "candidate", ()):
        around = reversed([term.value, *_around(described, term.value)])
        path = [iri for iri in around if _value(described[iri], KG + "level") != "country"]
        code = _value(described[term.value], KG + "divisionCode")
        found.append((code or "", f"{''.join(map(graph.names.preferred, path))} {code}"))
    return [text for _, text in sorted(found)]


def _documents(graph: Graph) -> Iterator[tuple[str, dict[str, Node]]]:
    """Yield each document with what its named graph says: subject → predicate → objects."""
    prefix = iris.join(graph.base, "article/")
    for document, article in sorted(graph.manifest["articles"].items()):
        name = "graph/article/" + article["iri"].removeprefix(prefix)
        nodes: dict[str, Node] = defaultdict(lambda: defaultdict(list))
        for iri, predicate, term in graph.statements(graph=name):
            nodes[iri][predicate].append(term)
        yield document, nodes


def _value(node: Node, predicate: str) -> str | None:
    terms = node.get(predicate)
    return min(term.value for term in terms) if terms else None
