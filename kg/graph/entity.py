"""One entity with everything that the graph knows of it: names, identifiers, mentions, merges, facts."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from kg.graph import iris, rdf
from kg.graph.facts import facts
from kg.graph.schema import KG
from kg.graph.store import Graph

_REASON = KG + "reason-"
_END = re.compile(r"[。！？!?\n]")
_LONGEST_CHAIN = 20  # steps up; more than any real one


def find(graph: Graph, name: str) -> list[str]:
    """Return the IRIs of the entities that a name, an IRI or the path of one below the base means.

    The one with most facts comes first; none if the graph has no such entity.
    """
    for iri in (name, iris.join(graph.base, name)):
        if graph.names.preferred(iri) != iri:
            return [iri]
    return graph.names.find(name)


def describe(graph: Graph, iri: str) -> dict[str, Any]:
    """Return what is known of an entity.

    A dict with id, class, names (language tag → preferred name), aliases, level, code, kind, wikidata, source,
    decisions (of humans), within and owners (the chains upwards, a dict with id and name each), candidates (of
    a place that may be one of several: id, and name with the places around it), mentions
    (doc, start, end, form, sentence, reason), merges (doc, form, times, reason) and facts (as ``facts`` yields them).
    """
    node: dict[str, list[rdf.Term]] = defaultdict(list)
    for predicate, term in _properties(graph, iri):
        node[predicate].append(term)
    mentions = list(_mentions(graph, iri))
    merges: dict[tuple[str, str, str], int] = defaultdict(int)
    for mention in mentions:
        if mention["reason"]:
            merges[mention["doc"], mention["form"], mention["reason"]] += 1
    naming = {subject for subject, _, _ in graph.statements(value=iri)}
    classes = {entity_class.iri: name for name, entity_class in graph.schema.classes.items()}
    return {
        "id": iri,
        "class": classes.get(_first(node, rdf.RDF_TYPE.value) or ""),
        "names": {
            getattr(label, "language", None) or "und": label.value
            for label in sorted(node[rdf.PREF_LABEL.value], key=str)
        },
        "aliases": sorted({label.value for label in node[rdf.ALT_LABEL.value]}),
        "level": _first(node, KG + "level"),
        "code": _first(node, KG + "divisionCode"),
        "kind": (_first(node, KG + "productKind") or "").removeprefix(KG + "product-") or None,
        "wikidata": (_first(node, rdf.EXACT_MATCH.value) or "").rpartition("/")[2] or None,
        "source": _first(node, rdf.SOURCE.value),
        "decisions": sorted(term.value for term in node[KG + "decision"]),
        "within": _chain(graph, iri, KG + "within"),
        "candidates": [
            {"id": term.value, "name": _path(graph, term.value)}
            for term in sorted(node[KG + "candidate"], key=lambda term: term.value)
        ],
        "owners": _chain(graph, iri, KG + "ownedBy"),
        "mentions": mentions,
        "merges": [
            {"doc": doc, "form": form, "times": times, "reason": reason}
            for (doc, form, reason), times in sorted(merges.items())
        ],
        "facts": [fact for fact in facts(graph) if fact["id"] in naming],
    }


def mentions(graph: Graph) -> Iterator[dict[str, str]]:
    """Yield every place where an article names an entity: doc, form and id (the IRI of the entity)."""
    documents = {article["iri"]: name for name, article in graph.manifest["articles"].items()}
    for mention, _, thing in graph.statements(KG + "mentionOf"):
        node = _node(graph, mention)
        for _ in node[KG + "start"]:
            yield {
                "doc": documents[_first(node, KG + "inArticle") or ""],
                "form": _first(node, KG + "form") or "",
                "id": thing.value,
            }


def reasons(graph: Graph) -> dict[str, dict[str, str]]:
    """Return what each reason of a merge means: its name → language → sentence."""
    return {iri.removeprefix(_REASON): dict(text) for iri, text in graph.schema.merge_reasons.items()}


def _properties(graph: Graph, iri: str) -> Iterator[tuple[str, rdf.Term]]:
    for name in ("graph/entities", "graph/registry"):
        for _, predicate, term in graph.statements(graph=name, subject=iri):
            yield predicate, term


def _mentions(graph: Graph, iri: str) -> Iterator[dict[str, Any]]:
    """Yield the places where articles name the entity, by document and place."""
    documents = {article["iri"]: name for name, article in graph.manifest["articles"].items()}
    found: list[tuple[str, int, str, str | None]] = []
    for mention, _, _ in graph.statements(KG + "mentionOf", iri):
        node = _node(graph, mention)
        form = _first(node, KG + "form") or ""
        reason = _first(node, KG + "mergeReason")
        document = documents[_first(node, KG + "inArticle") or ""]
        why = reason.removeprefix(_REASON) if reason else None
        found.extend((document, int(term.value), form, why) for term in node[KG + "start"])
    texts = {document: graph.text(document) for document, *_ in found}
    for document, start, form, why in sorted(found, key=lambda item: item[:3]):
        end = start + len(form)
        yield {
            "doc": document,
            "start": start,
            "end": end,
            "form": form,
            "sentence": _sentence(texts[document], start, end),
            "reason": why,
        }


def _node(graph: Graph, iri: str) -> dict[str, list[rdf.Term]]:
    node: dict[str, list[rdf.Term]] = defaultdict(list)
    for _, predicate, term in graph.statements(subject=iri):
        node[predicate].append(term)
    return node


def _sentence(text: str, start: int, end: int) -> str:
    begin = max((match.end() for match in _END.finditer(text, 0, start)), default=0)
    close = _END.search(text, end)
    return text[begin : close.end() if close else len(text)].strip()


def _path(graph: Graph, iri: str) -> str:
    """Return the name of a division after those around it, without that of the country."""
    around = [
        place["name"]
        for place in _chain(graph, iri, KG + "within")
        if all(term.value != "country" for _, _, term in graph.statements(KG + "level", subject=place["id"]))
    ]
    return "".join([*reversed(around), graph.names.preferred(iri)])


def _chain(graph: Graph, iri: str, predicate: str) -> list[dict[str, str]]:
    """Return what the registry says lies above an entity, the nearest first. Articles may say more, as facts."""
    chain: list[dict[str, str]] = []
    seen = {iri}
    while len(chain) < _LONGEST_CHAIN:
        above = sorted(
            term.value
            for _, _, term in graph.statements(predicate, graph="graph/registry", subject=iri)
            if term.value not in seen
        )
        if not above:
            break
        iri = above[0]
        seen.add(iri)
        chain.append({"id": iri, "name": graph.names.preferred(iri)})
    return chain


def _first(node: dict[str, list[rdf.Term]], predicate: str) -> str | None:
    return min((term.value for term in node[predicate]), default=None)
