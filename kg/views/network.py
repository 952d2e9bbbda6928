"""The network page: entities as nodes, facts as links, every fact with its quotes."""

from __future__ import annotations

import math
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import networkx as nx
from pyvis.network import Network

from kg.resources import load_yaml
from kg.views.layout import Box, positions
from kg.views.links import links
from kg.views.page import render

MOST_NODES = 1000  # more make a picture that nobody can read and a page that browsers draw slowly
_LINE = 7.5  # width of a label's line, in Chinese characters
_LINES = 3
_YEAR = re.compile(r"(?<![\dX])\d{2}[\dX]{2}(?![\dX])")

Record = Mapping[str, Any]
Labels = Mapping[str, Mapping[str, str]]


def network_page(facts: Iterable[Record], entities: Iterable[Record], labels: Labels, title: str) -> str:
    """Return one HTML page that draws the facts as a network and needs no other file.

    ``facts`` and ``entities`` are dicts as ``kg.graph.facts`` and ``kg.graph.entities`` yield them.
    ``labels`` maps ``class/Place``, ``fact/Partnership`` and ``role/Partnership/partner``, or just the
    last of these words, to ``{"zh": …, "en": …}``, in the order of the legend; what it lacks is shown by
    its bare name. Of more than 1,000 entities those with most facts are drawn, and the page says so.
    The same input, with facts and entities in any order, gives the same page, byte for byte.
    """
    all_facts = sorted(facts, key=_place_in_text)
    known = _merge(entities, all_facts)
    weight = Counter(iri for fact in all_facts for iri in set(fact["ids"].values()))
    shown = sorted(sorted(weight, key=lambda iri: (-weight[iri], iri))[:MOST_NODES])
    number = {iri: index for index, iri in enumerate(shown)}
    drawn = [fact for fact in all_facts if any(iri in number for iri in fact["ids"].values())]
    edges = _edges(drawn, number)
    appearance = load_yaml(Path(__file__).with_name("appearance.yaml"))
    network = _network([known[iri] for iri in shown], edges, appearance)
    data = {
        "nodes": network.nodes,
        "edges": network.edges,
        "entities": [known[iri] for iri in shown],
        "facts": [_fact(fact, number) for fact in drawn],
        "labels": {key: dict(labels[key]) for key in sorted(labels)},
        "order": list(labels),
        "appearance": appearance,
        "counts": {
            "entities": len(known),
            "shown": len(shown),
            "unlinked": len(known) - len(weight),
            "facts": len(all_facts),
            "drawn": len(drawn),
            "documents": len({fact["doc"] for fact in all_facts}),
        },
    }
    return render(data, title)


def _place_in_text(fact: Record) -> tuple[Any, ...]:
    return (fact["doc"], fact["start"] or 0, fact["end"] or 0, fact["type"], fact["id"])


def _merge(entities: Iterable[Record], facts: Sequence[Record]) -> dict[str, dict[str, Any]]:
    """Return each entity once, by IRI, with all its names and the documents that name it."""
    merged: dict[str, dict[str, Any]] = {}
    documents: dict[str, set[str]] = defaultdict(set)
    aliases: dict[str, set[str]] = defaultdict(set)
    for line in sorted(entities, key=lambda line: (line["id"], line["doc"])):
        iri = line["id"]
        merged.setdefault(
            iri, {"iri": iri, "name": line["names"], "class": line["class"], "level": line["level"]}
        )
        documents[iri].add(line["doc"])
        aliases[iri].update(line["aliases"])
    for fact in facts:
        for name, iri in fact["ids"].items():
            merged.setdefault(iri, {"iri": iri, "name": name, "class": "", "level": None})
            documents[iri].add(fact["doc"])
            aliases[iri].update(fact["aliases"].get(name, ()))
    for iri, entity in merged.items():
        entity["aliases"] = sorted(aliases[iri] - {entity["name"]})
        entity["docs"] = sorted(documents[iri])
    return merged


def _fact(fact: Record, number: Mapping[str, int]) -> dict[str, Any]:
    """Return what the page shows of a fact; a role's value is a name, with its node if it has one."""
    ids = fact["ids"]
    passages = fact.get("evidence") or [fact]
    years = _YEAR.findall(fact["time"] or "")
    return {
        "type": fact["type"],
        "roles": {
            role: [[value, number[ids[value]]] if ids.get(value) in number else [value] for value in values]
            for role, values in fact["roles"].items()
        },
        "time": fact["time"],
        "years": [int(years[0].replace("X", "0")), int(years[-1].replace("X", "9"))] if years else None,
        "modality": fact["modality"],
        "doc": fact["doc"],
        "confidence": fact["confidence"] if math.isfinite(fact["confidence"]) else None,
        "evidence": [
            {key: passage.get(key) for key in ("start", "end", "quote", "rule")} for passage in passages
        ],
    }


def _edges(facts: Sequence[Record], number: Mapping[str, int]) -> dict[tuple[int, int], list[dict[str, Any]]]:
    """Return, for each pair of nodes, the facts that join them: index, direction and label.

    The direction is 1 from the first node to the second, -1 back, 0 where the link has none.
    """
    edges: dict[tuple[int, int], list[dict[str, Any]]] = defaultdict(list)
    for index, fact in enumerate(facts):
        for link in links(fact):
            if link.source in number and link.target in number:
                source, target = number[link.source], number[link.target]
                way = 0 if not link.directed else 1 if source < target else -1
                entry = {"fact": index, "way": way, "label": link.label}
                pair = edges[min(source, target), max(source, target)]
                if entry not in pair:
                    pair.append(entry)
    return edges


def _network(
    entities: Sequence[Record], edges: Mapping[tuple[int, int], list[dict[str, Any]]], appearance: Record
) -> Network:
    graph = nx.Graph()
    graph.add_nodes_from(range(len(entities)))
    graph.add_edges_from(sorted(edges))
    # In a large picture, which is seen from afar, the busiest nodes stand out more.
    more = max(1.0, math.sqrt(len(entities) / 200))
    size = {node: min(7 + 3.5 * math.sqrt(graph.degree(node)), 36) * more for node in graph}
    font = {
        node: min(round(15 + 2.4 * more * math.sqrt(max(graph.degree(node) - 1, 0))), round(36 * more))
        for node in graph
    }
    text = {node: _wrapped(entity["name"]) for node, entity in enumerate(entities)}
    where = positions(graph, {node: _box(text[node], size[node], font[node]) for node in graph})
    network = Network(directed=True)
    for node, entity in enumerate(entities):
        look = appearance["classes"].get(entity["class"], appearance["other"])
        x, y = where[node]
        network.add_node(
            node, label=text[node], **look, size=round(size[node], 1), x=x, y=y, font={"size": font[node]}
        )
    for number, ((source, target), entries) in enumerate(sorted(edges.items())):
        network.add_edge(source, target, id=number, facts=entries)
    return network


def _box(text: str, size: float, font: int) -> Box:
    lines = text.split("\n")
    label = len(lines) * font * 1.2 + 4
    return Box(max(2 * size, max(map(_width, lines)) * font), 2 * size + label, label / 2)


def _width(text: str) -> float:
    """Return the width of a text in Chinese characters; a Latin one is about half as wide."""
    return sum(1.0 if unicodedata.east_asian_width(char) in "WF" else 0.55 for char in text)


def _wrapped(name: str) -> str:
    """Return a name in at most three lines of about seven Chinese characters, cut with … if longer."""
    total = _width(name)
    wanted = math.ceil(total / _LINE)
    line = max(total / wanted + 1 if 1 <= wanted <= _LINES else _LINE, 1.0)
    lines = [""]
    for char in " ".join(name.split()):
        if _width(lines[-1] + char) > line and unicodedata.category(char) not in ("Pe", "Pf"):
            if len(lines) == _LINES:
                return "\n".join(lines)[:-1] + "…"
            lines.append("")
        lines[-1] += char
    return "\n".join(lines)
