"""Whom a figure is about: the candidates, their features and the weights."""

from __future__ import annotations

import pytest

from kg import extraction, language, linking
from kg.extraction import features, history
from kg.extraction.rules import FOLDER


@pytest.fixture(scope="module")
def tools():
    return language.load(), extraction.prepare(linking.known_names())


def subjects_of(text: str, tools) -> dict[str, str]:
    """Return for each figure of a text the name that it is said of."""
    nlp, lexicon = tools
    (doc,) = language.analyse(nlp, [text])
    found = extraction.extract(doc, lexicon, "2021-06-15").statements
    return {
        s.roles["value"][0].text: s.roles["subject"][0].text
        for s in found
        if s.type == "Measurement" and s.roles["subject"][0].text
    }


@pytest.mark.parametrize(
    ("text", "figure", "subject"),
    [
        ("去年，缙云县网络零售额达到52亿元。", "52亿元", "缙云县"),
        ("沛县青禾食品有限公司落户沛县。公司去年销售额达到5200万元。", "5200万元", "公司"),
        ("孙倩是沛县人。她的网店去年销售额达到260万元，粉丝35万人。", "260万元", "她"),
        ("云谷电商产业园位于沛县，总投资6亿元，占地面积200亩。", "6亿元", "云谷电商产业园"),
        ("在县长孙倩的陪同下，缙云县网络零售额达到52亿元。", "52亿元", "缙云县"),
    ],
)
def test_the_name_that_a_figure_is_about(text, figure, subject, tools):
    assert subjects_of(text, tools)[figure] == subject


@pytest.mark.parametrize("name", ["_subjects.tsv", "_likely.tsv"])
def test_the_tables_are_sorted_and_in_hundredths(name):
    lines = (FOLDER / name).read_text("utf-8").splitlines()
    rows = [line.split("\t") for line in lines if not line.startswith(("#", "rule\t"))]
    assert [tuple(row[:2]) for row in rows] == sorted({tuple(row[:2]) for row in rows})
    assert all(f"{float(weight):.2f}" == weight for _, _, weight in rows)
    known = features.weights(name)
    assert sum(map(len, known.values())) == len(rows)
    assert all(known[rule][feature] == round(float(weight) * 1000) for rule, feature, weight in rows)


def test_names_are_one_by_their_place_in_the_gazetteer(tools):
    nlp, lexicon = tools
    (doc,) = language.analyse(nlp, ["缙云县在浙江。缙云产茶。"])
    first, second = (mentions[0] for mentions in extraction.extract(doc, lexicon, None).mentions)
    assert (first.text, second.text) == ("缙云县", "缙云")
    assert history.key(first) == history.key(second)
