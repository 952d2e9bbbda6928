"""What weights decide: whether a name takes part in a fact that no pattern reads, and with whom."""

from __future__ import annotations

from dataclasses import replace
from unittest import mock

import pytest

from kg import extraction, language, linking
from kg.extraction import likely
from kg.extraction.features import BIAS
from kg.extraction.rules import RuleFile, load

ALONE = {BIAS: 0, likely.MOST: 9000, "home": -9000}  # nobody but who the weights speak for


@pytest.fixture(scope="module")
def tools():
    return language.load(), extraction.prepare(linking.known_names())


def production(*names: str) -> RuleFile:
    """Return the file of Production with some of its rules."""
    file = next(file for file in load() if file.type == "Production")
    return replace(file, rules=tuple(r for r in file.rules if r.id.split(".")[1] in names))


def read(text: str, weights: dict[str, int], tools, *rules: str) -> list[tuple[str, str, str]]:
    """Return rule, producer and product of what is read with these weights, in thousandths."""
    nlp, lexicon = tools
    (doc,) = language.analyse(nlp, [text])
    tables = {"Production.likely": {**ALONE, **weights}}
    with mock.patch.object(likely, "weights", lambda name: tables):
        found = extraction.extract(doc, lexicon, "2021-06-15", [production("likely", *rules)]).statements
    return [
        (s.rule, s.roles["producer"][0].text, s.roles["product"][0].text)
        for s in found
        if s.type == "Production"
    ]


def test_the_highest_sum_wins(tools):
    text = "沛县的孙倩和萧县的李平，说起了苹果。"
    near = {"where=back1:rank1": 3000, "where=back1:rank2": 1000}
    far = {"where=back1:rank1": 1000, "where=back1:rank2": 3000}
    (first,), (second,) = read(text, near, tools), read(text, far, tools)
    assert first[2] == second[2] == "苹果"
    assert first[1] != second[1]


def test_who_is_not_likely_enough_is_passed_over(tools):
    assert read("沛县的人说起了苹果。", {"class=county": 100}, tools)
    assert not read("沛县的人说起了苹果。", {"class=county": -100}, tools)
    assert not read("沛县的人说起了苹果。", {"class=county": 100, BIAS: -200}, tools)


def test_a_name_that_nothing_makes_likely_is_not_compared_with_others(tools):
    with mock.patch.object(likely, "others", side_effect=AssertionError):
        assert not read("沛县的人说起了苹果。", {BIAS: -9001}, tools)


def test_the_place_of_the_article_can_be_the_other_party(tools):
    assert read("苹果熟了。", {"home": 5000}, tools) == [("Production.likely", "", "苹果")]


def test_what_another_rule_has_read_is_not_weighed(tools):
    text = "沛县大蒜卖到了全国。"
    sure = {"class=county": 5000, "home": 5000}
    assert {rule for rule, *_ in read(text, sure, tools)} == {"Production.likely"}
    assert {rule for rule, *_ in read(text, sure, tools, "place-product")} == {"Production.place-product"}


def test_without_weights_nothing_is_read(tools):
    nlp, lexicon = tools
    (doc,) = language.analyse(nlp, ["沛县盛产苹果。"])
    with mock.patch.object(likely, "weights", lambda name: {}):
        assert not extraction.extract(doc, lexicon, None, [production("likely")]).statements
