"""B³ on small examples, reckoned by hand."""

from __future__ import annotations

from math import isnan

import pytest

from kg.evaluation import Spot, score_clusters
from kg.evaluation.records import named


def gold(*things: str):
    return [named({"doc": "a", "class": "Place", "names": names}, in_gold=True) for names in things]


def spots(*seen: str):
    """Return mentions from "form node" each."""
    return [Spot("a", *one.split()) for one in seen]


@pytest.mark.parametrize(
    ("seen", "precision", "recall"),
    [
        (["甲县 1", "甲 1", "乙县 2"], 1, 1),
        (["甲县 1", "甲 2", "乙县 3"], 1, (0.5 + 0.5 + 1) / 3),  # one thing on two nodes
        (["甲县 1", "甲 1", "乙县 1"], (2 / 3 + 2 / 3 + 1 / 3) / 3, 1),  # two things on one node
        (["甲县 1", "甲县 1", "甲 2", "乙县 2"], (1 + 1 + 0.5 + 0.5) / 4, (2 / 3 + 2 / 3 + 1 / 3 + 1) / 4),
    ],
)
def test_by_hand(seen, precision, recall):
    found = score_clusters(gold("甲县|甲", "乙县|乙"), spots(*seen)).figures
    assert (found.precision, found.recall) == (pytest.approx(precision), pytest.approx(recall))


def test_only_names_of_one_thing_count():
    found = score_clusters(gold("甲县|甲", "甲乡|甲"), spots("甲 1", "甲县 1", "丙 1"))
    assert (found.scored, found.seen) == (1, 3)


def test_names_are_folded():
    assert score_clusters(gold("《甲》"), spots("“甲” 1", "甲 1")).scored == 2


def test_documents_do_not_mix():
    things = [named({"doc": doc, "class": "Place", "names": "甲"}, in_gold=True) for doc in "ab"]
    seen = [Spot("a", "甲", "1"), Spot("b", "甲", "2"), Spot("c", "甲", "3")]
    found = score_clusters(things, seen)
    assert (found.figures.f1, found.scored, found.seen) == (1, 2, 2)


def test_nothing_to_score_is_no_figure():
    assert isnan(score_clusters(gold("甲"), []).figures.f1)
