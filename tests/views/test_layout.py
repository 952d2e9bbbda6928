"""Positions: the same every time, and no two labels on one another."""

from __future__ import annotations

from itertools import combinations

import networkx as nx

from kg.views.layout import Box, positions


def overlaps(where: dict[int, tuple[int, int]], box: Box) -> list[tuple[int, int]]:
    return [
        (one, other)
        for one, other in combinations(where, 2)
        if abs(where[one][0] - where[other][0]) < box.width
        and abs(where[one][1] - where[other][1]) < box.height
    ]


def test_labels_do_not_overlap() -> None:
    box = Box(90, 50, 15)
    graph = nx.disjoint_union_all(
        [nx.star_graph(30), nx.complete_graph(6), nx.path_graph(4), nx.empty_graph(5)]
    )
    where = positions(graph, dict.fromkeys(graph, box))
    assert set(where) == set(graph)
    assert overlaps(where, box) == []


def test_the_order_of_nodes_and_edges_does_not_matter() -> None:
    graph = nx.gnm_random_graph(40, 60, seed=1)
    turned = nx.Graph()
    turned.add_nodes_from(reversed(list(graph)))
    turned.add_edges_from((other, one) for one, other in reversed(list(graph.edges)))
    boxes = dict.fromkeys(graph, Box(60, 40, 10))
    assert positions(graph, boxes) == positions(turned, boxes)


def test_no_nodes_no_positions() -> None:
    assert positions(nx.Graph(), {}) == {}


def test_linked_nodes_stand_nearer_than_others() -> None:
    graph = nx.path_graph(12)
    where = positions(graph, dict.fromkeys(graph, Box(40, 30, 5)))
    ends = abs(where[0][0] - where[11][0])
    assert all(abs(where[node][0] - where[node + 1][0]) < ends / 6 for node in range(11))
