"""B³: whether mentions of one thing are one node, and mentions of several things several.

Gold has no mentions; it has, for each document, the names that each thing may have. So the program's own
mentions are scored, those whose text is an accepted name of exactly one thing in gold: these are the mentions of
which gold knows what they are. In each document, for each such mention, *precision* is the share of the mentions on
its node that gold gives the same thing, *recall* the share of the mentions of that thing in gold that are on its
node (Bagga and Baldwin 1998). The figures are means over all mentions. Mentions that the program did not find are the
matter of the entities' recall, not of this figure.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from kg.evaluation.records import Named, fold
from kg.evaluation.scoring import Figures, figures


@dataclass(frozen=True, slots=True)
class Spot:
    """One place in a document where the program saw a thing, with the id of its node."""

    document: str
    form: str
    id: str


@dataclass(frozen=True, slots=True)
class Clusters:
    """The figures, over how many of how many mentions in the documents of gold."""

    figures: Figures
    scored: int
    seen: int


def score_clusters(gold: Iterable[Named], spots: Iterable[Spot]) -> Clusters:
    """Compare the nodes of mentions with the things of gold, document by document."""
    bearers: dict[tuple[str, str], set[int]] = defaultdict(set)
    documents = set()
    for number, thing in enumerate(gold):
        documents.add(thing.document)
        for name in thing.names:
            bearers[thing.document, name].add(number)
    seen = 0
    pairs: Counter[tuple[str, int, str]] = Counter()  # document, thing of gold, node → mentions
    for spot in spots:
        if spot.document in documents:
            seen += 1
            meant = bearers.get((spot.document, fold(spot.form)), set())
            if len(meant) == 1:
                (thing_meant,) = meant
                pairs[spot.document, thing_meant, spot.id] += 1
    return Clusters(_b_cubed(pairs), pairs.total(), seen)


def _b_cubed(pairs: Counter[tuple[str, int, str]]) -> Figures:
    things: Counter[tuple[str, int]] = Counter()
    nodes: Counter[tuple[str, str]] = Counter()
    for (document, thing, node), count in pairs.items():
        things[document, thing] += count
        nodes[document, node] += count
    precision = sum(count * count / nodes[doc, node] for (doc, _, node), count in pairs.items())
    recall = sum(count * count / things[doc, thing] for (doc, thing, _), count in pairs.items())
    return figures(precision, pairs.total(), recall, pairs.total())
