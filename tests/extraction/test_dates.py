"""Of what time a fact is: the times that it could be of, and which of them the weights take."""

from __future__ import annotations

from unittest import mock

import pytest

from kg import extraction, language, linking
from kg.extraction import dates, statements

TEXT = "2019年，沛县与青禾公司签约，2021年，双方办起了学校。目前，全县有网店500家。"


@pytest.fixture(scope="module")
def tools():
    return language.load(), extraction.prepare(linking.known_names())


def read(text: str, tools, weights: dict[str, int] | None = None, published: str | None = "2022-03-05"):
    """Return the times that each fact could be of, and the type and time of each fact that was read."""
    nlp, lexicon = tools
    (doc,) = language.analyse(nlp, [text])
    offered = []

    def recording(*arguments):
        offered.append((arguments[0].type, {c.time: c.features for c in dates.candidates(*arguments)}))
        return dates.choose(*arguments)

    table = {} if weights is None else {"time": weights}
    with (
        mock.patch.object(dates, "weights", lambda name: table),
        mock.patch.object(statements, "choose", recording),
    ):
        found = extraction.extract(doc, lexicon, published).statements
    return offered, [(s.type, s.time) for s in found]


def test_without_weights_the_rules_decide(tools):
    _, found = read(TEXT, tools)
    assert ("Partnership", "2019") in found
    assert ("Measurement", "2022-03") in found


def test_the_highest_sum_wins(tools):
    _, found = read(TEXT, tools, {"source=after": 3000, "source=none": 1000})
    assert ("Partnership", "2021") in found
    assert ("Measurement", None) in found


def test_the_times_of_the_sentence_those_left_behind_and_none_are_offered(tools):
    offered, _ = read(TEXT, tools)
    partnership = next(times for kind, times in offered if kind == "Partnership")
    assert {"2019", "2021", None} == set(partnership)
    assert {"source=before", "pick"} <= set(partnership["2019"])
    assert "source=after" in partnership["2021"]
    assert "source=none" in partnership[None]
    measurement = next(times for kind, times in offered if kind == "Measurement")
    assert "source=paragraph" in measurement["2021"]
    assert "source=published" in measurement["2022-03-05"]


def test_a_time_that_stands_twice_is_offered_once_with_all_that_is_seen_of_it(tools):
    offered, _ = read("2021年的签约现场，2021年底，沛县与青禾公司签约，2021年又与白云公司签约。", tools)
    (_, times) = offered[0]
    assert len([time for time in times if time == "2021"]) == 1
    assert {"source=before", "source=after"} <= set(times["2021"])


def test_an_article_without_a_date_offers_none_of_its_own(tools):
    offered, _ = read("沛县与青禾公司签约。", tools, published=None)
    assert [set(times) for kind, times in offered if kind == "Partnership"] == [{None}]
