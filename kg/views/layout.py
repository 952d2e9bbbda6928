"""Where to draw each node: no physics in the browser, and the same picture every time.

Each connected part is laid out by stress majorization (Gansner, Koren & North 2004) from a radial
tree, then its labels are pushed apart, then the parts are packed into one wide rectangle.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

import networkx as nx
import numpy as np
from numpy.typing import NDArray

ASPECT = 1.45  # width to height of the whole picture
_STEPS = 150
_SEPARATIONS = 150
_GAP = 7  # pixels between labels
_MARGIN = 26  # pixels between parts

Points = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Box:
    """The room a node needs, in pixels: its mark with the label beneath it.

    ``drop`` is how far the middle of the box lies below the middle of the mark.
    """

    width: float
    height: float
    drop: float


def positions(graph: nx.Graph, boxes: Mapping[int, Box]) -> dict[int, tuple[int, int]]:
    """Return x and y in pixels (y grows downwards) for each node. Nodes are sortable numbers."""
    parts = sorted(
        (sorted(part) for part in nx.connected_components(graph)), key=lambda part: (-len(part), part)
    )
    placed: dict[int, tuple[int, int]] = {}
    laid_out = [_lay_out(graph.subgraph(part), part, [boxes[node] for node in part]) for part in parts]
    shifts = _pack(parts, laid_out, boxes)
    for part, points, (left, top) in zip(parts, laid_out, shifts, strict=True):
        for node, (x, y) in zip(part, points, strict=True):
            placed[node] = (round(float(x) + left), round(float(y) + top - boxes[node].drop))
    return placed


def _lay_out(graph: nx.Graph, part: list[int], boxes: list[Box]) -> Points:
    """Return the middles of the boxes of one connected part."""
    if len(part) == 1:
        return np.zeros((1, 2))
    points = _reduce_stress(_radial_tree(graph, part), _distances(graph, part, boxes))
    # From here on whole numbers, so that the last bit of a matrix product decides nothing.
    return _separate(np.round(_turned(points)), boxes)


def _distances(graph: nx.Graph, part: list[int], boxes: list[Box]) -> Points:
    """Return wanted distances: a link is longer for wide labels and for neighbours not shared."""
    index = {node: number for number, node in enumerate(part)}
    far = np.full((len(part), len(part)), np.inf)
    np.fill_diagonal(far, 0.0)
    for one, other in graph.edges:
        apart = len(set(graph[one]) ^ set(graph[other])) - 2
        room = boxes[index[one]].width + boxes[index[other]].width
        far[index[one], index[other]] = far[index[other], index[one]] = (
            10 + 0.28 * room + 4.5 * min(apart, 60)
        )
    for middle in range(len(part)):
        np.minimum(far, far[:, middle, None] + far[None, middle, :], out=far)
    return far


def _radial_tree(graph: nx.Graph, part: list[int]) -> Points:
    """Return a start without crossings of the tree: rings around the busiest node, sectors by leaves."""
    root = min(part, key=lambda node: (-graph.degree(node), node))
    children: dict[int, list[int]] = {root: []}
    depth = {root: 0}
    order = [root]
    for node in order:
        for near in sorted(graph[node]):
            if near not in depth:
                depth[near] = depth[node] + 1
                children[node].append(near)
                children[near] = []
                order.append(near)
    leaves = dict.fromkeys(part, 1)
    for node in reversed(order):
        leaves[node] = sum(leaves[child] for child in children[node]) or 1
    sector = {root: (0.0, 2 * math.pi)}
    where = {}
    for node in order:
        start, width = sector[node]
        angle = start + width / 2
        where[node] = (200 * depth[node] * math.cos(angle), 200 * depth[node] * math.sin(angle))
        for child in children[node]:
            share = width * leaves[child] / leaves[node]
            sector[child] = (start, share)
            start += share
    return np.array([where[node] for node in part])


def _reduce_stress(points: Points, far: Points) -> Points:
    """Move the points until their distances come close to the wanted ones, near pairs first."""
    count = len(points)
    weights = 1 / np.where(far > 0, far, np.inf) ** 2
    laplacian = np.diag(weights.sum(axis=1)) - weights
    inverse = np.linalg.inv(laplacian + 1 / count * weights.max())
    for _ in range(_STEPS):
        dx, dy = _differences(points)
        pull = weights * far / np.maximum(np.sqrt(dx * dx + dy * dy), 1e-3)
        np.fill_diagonal(pull, 0.0)
        moved = inverse @ (pull.sum(axis=1)[:, None] * points - pull @ points)
        change = float(np.abs(moved - points).max())
        points = moved
        if change < 0.5:
            break
    return points


def _differences(points: Points) -> tuple[Points, Points]:
    x, y = points.T
    return x[:, None] - x[None, :], y[:, None] - y[None, :]


def _turned(points: Points) -> Points:
    """Turn the points so that they spread most from left to right."""
    points = points - points.mean(axis=0)
    xx, xy, yy = (points[:, 0] ** 2).sum(), (points[:, 0] * points[:, 1]).sum(), (points[:, 1] ** 2).sum()
    angle = 0.5 * math.atan2(2 * xy, xx - yy)
    cos, sin = math.cos(angle), math.sin(angle)
    x, y = points[:, 0] * cos + points[:, 1] * sin, points[:, 1] * cos - points[:, 0] * sin
    return np.stack([x, y], axis=1)


def _separate(points: Points, boxes: list[Box]) -> Points:
    """Push overlapping boxes apart, each time along the axis where less is needed."""
    width = np.array([box.width + _GAP for box in boxes])
    height = np.array([box.height + _GAP for box in boxes])
    reach_x, reach_y = (width[:, None] + width) / 2, (height[:, None] + height) / 2
    points = points * _growth(points, width, height)
    # Boxes with one middle go apart in the order of their numbers.
    tie = np.sign(np.arange(len(boxes))[:, None] - np.arange(len(boxes)))
    for _ in range(_SEPARATIONS):
        dx, dy = _differences(points)
        excess_x, excess_y = reach_x - np.abs(dx), reach_y - np.abs(dy)
        clash = (excess_x > 0.5) & (excess_y > 0.5)
        np.fill_diagonal(clash, False)
        if not clash.any():
            break
        sideways = excess_x <= excess_y
        push_x = np.where(clash & sideways, np.where(dx == 0, tie, np.sign(dx)) * excess_x, 0)
        push_y = np.where(clash & ~sideways, np.where(dy == 0, tie, np.sign(dy)) * excess_y, 0)
        push = np.stack([push_x.sum(axis=1), push_y.sum(axis=1)], axis=1)
        crowd = np.sqrt(np.maximum(clash.sum(axis=1), 1))
        points = points + np.round(push / 2 / crowd[:, None] * 8) / 8
    return points


def _growth(points: Points, width: Points, height: Points) -> float:
    """Return by how much to spread the points so that the boxes find room at all."""
    extent = points.max(axis=0) - points.min(axis=0)
    area = float((extent[0] + width.mean()) * (extent[1] + height.mean()))
    needed = float((width * height).sum())
    return round(max(1.0, math.sqrt(1.2 * needed / area)), 2)


def _pack(
    parts: list[list[int]], laid_out: list[Points], boxes: Mapping[int, Box]
) -> list[tuple[float, float]]:
    """Return how far to shift each part, the first being the largest, so that none overlap."""
    taken: list[tuple[float, float, float, float]] = []
    shifts = []
    for part, points in zip(parts, laid_out, strict=True):
        half = np.array([(boxes[node].width / 2, boxes[node].height / 2) for node in part])
        low, high = (points - half).min(axis=0), (points + half).max(axis=0)
        width, height = (high - low + _MARGIN).tolist()
        corners = [(0.0, 0.0), *((box[2], box[1]) for box in taken), *((box[0], box[3]) for box in taken)]
        free = [(x, y) for x, y in corners if not _hits(taken, x, y, x + width, y + height)]
        right = max((box[2] for box in taken), default=0.0)
        bottom = max((box[3] for box in taken), default=0.0)
        x, y = min(
            free,
            key=lambda at: (
                max(right, at[0] + width, ASPECT * max(bottom, at[1] + height)),
                at[0] + at[1],
                at,
            ),
        )
        taken.append((x, y, x + width, y + height))
        shifts.append((x - float(low[0]), y - float(low[1])))
    return shifts


def _hits(
    taken: list[tuple[float, float, float, float]], left: float, top: float, right: float, bottom: float
) -> bool:
    return any(left < box[2] and box[0] < right and top < box[3] and box[1] < bottom for box in taken)
