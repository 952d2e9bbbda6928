"""What stands in the page, without a browser."""

from __future__ import annotations

import json
import random
import re
from html.parser import HTMLParser
from typing import Any

import pytest

from kg.views import network, network_page
from kg.views.page import as_json

from . import sample


class Parts(HTMLParser):
    """The tags of a page, and the text of its data block."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.data = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        if self.tags and self.tags[-1] == ("script", {"id": "data", "type": "application/json"}):
            self.data += data


def data_of(html: str) -> dict[str, Any]:
    return json.loads(Parts(html).data)


def test_the_same_input_in_any_order_gives_the_same_page(
    html: str, labels: dict[str, dict[str, str]]
) -> None:
    facts, entities = sample.facts(), sample.entities()
    random.Random(1).shuffle(facts)
    random.Random(2).shuffle(entities)
    assert network_page(facts, entities, labels, "农村电商") == html


def test_every_fact_is_there_with_every_quote(html: str) -> None:
    found = data_of(html)
    shown = [one for fact in found["facts"] for one in fact["evidence"]]
    given = [one for fact in sample.facts() for one in fact.get("evidence", [fact])]
    keys = ("quote", "start", "end", "rule")
    assert [[one[key] for key in keys] for one in shown] == [[one[key] for key in keys] for one in given]
    assert [fact["doc"] for fact in found["facts"]] == [sample.DOCUMENT] * len(sample.facts())


def test_facts_between_the_same_two_share_one_edge(html: str) -> None:
    found = data_of(html)
    ends = [frozenset((edge["from"], edge["to"])) for edge in found["edges"]]
    assert len(ends) == len(set(ends))
    number = {entity["name"]: index for index, entity in enumerate(found["entities"])}
    edge = found["edges"][ends.index(frozenset((number["肃宁县"], number["阿里巴巴集团"])))]
    assert [found["facts"][entry["fact"]]["time"] for entry in edge["facts"]] == ["2015-05", "201X"]


@pytest.mark.parametrize(
    ("time", "years"),
    [
        ("2015-05", [2015, 2015]),
        ("2014/2016", [2014, 2016]),
        ("201X", [2010, 2019]),
        ("2020-09-25/2020-09-27", [2020, 2020]),
        (None, None),
    ],
)
def test_years_are_read_from_the_time(
    time: str | None, years: list[int] | None, labels: dict[str, dict[str, str]]
) -> None:
    fact = {**sample.facts()[0], "time": time}
    assert data_of(network_page([fact], [], labels, "t"))["facts"][0]["years"] == years


def test_an_entity_of_several_documents_is_one_node(labels: dict[str, dict[str, str]]) -> None:
    second = {**sample.entities()[0], "doc": "001.txt", "aliases": ["肃宁小县"]}
    found = data_of(network_page(sample.facts(), [*sample.entities(), second], labels, "t"))
    (entity,) = [one for one in found["entities"] if one["name"] == "肃宁县"]
    assert entity["docs"] == ["000.txt", "001.txt"]
    assert entity["aliases"] == ["Suning", "肃宁", "肃宁小县"]


def test_what_is_left_out_is_said(labels: dict[str, dict[str, str]], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(network, "MOST_NODES", 3)
    lonely = {**sample.entities()[0], "names": "无事实县", "id": sample.BASE + "thing/lonely"}
    html = network_page(sample.facts(), [*sample.entities(), lonely], labels, "t")
    found = data_of(html)
    assert [entity["name"] for entity in found["entities"]] == ["肃宁县", "西乾泊村", "阿里巴巴集团"]
    assert "只画出事实最多的 3 个实体" in html
    assert "另有 1 个实体未见于任何事实" in html


def test_no_facts_make_a_page_too(labels: dict[str, dict[str, str]]) -> None:
    assert data_of(network_page([], [], labels, "空"))["nodes"] == []


def test_nothing_is_loaded_and_only_hashed_texts_act(html: str) -> None:
    tags = Parts(html).tags
    assert not [
        tag for tag, attributes in tags if {"src", "href", "style", "srcset", "data"} & attributes.keys()
    ]
    assert not [name for _, attributes in tags for name in attributes if name.startswith("on")]
    (policy,) = [attributes["content"] for tag, attributes in tags if "http-equiv" in attributes]
    assert policy is not None and policy.startswith("default-src 'none'; script-src 'sha256-")
    assert "unsafe" not in policy
    assert "sourceMappingURL" not in html


def test_labels_are_wrapped_and_cut() -> None:
    assert network._wrapped("肃宁县") == "肃宁县"
    assert network._wrapped("许昌市直播电商协会") == "许昌市直播\n电商协会"
    long = network._wrapped("全国首批由阿里巴巴总部授牌的农村淘宝创业孵化中心")
    assert len(long.split("\n")) == 3 and long.endswith("…")
    assert network._wrapped("") == ""


@pytest.mark.parametrize("text", ["</script>", "<!--", "]]>", "\u2028\u2029", "\ud800", '"\\', "\0", "&lt;"])
def test_json_is_harmless_and_unchanged(text: str) -> None:
    written = as_json({"text": text})
    assert not re.search("[<>&\u2028\u2029\ud800\0]", written)
    assert json.loads(written) == {"text": text}
