"""Files that are not what they should be, and those that are though they look odd."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.evaluation import BadLine, gold_entities, gold_facts, predicted_entities, predicted_facts, sentence
from kg.evaluation.records import claim, named

from .support import fact

TYPES = ("Holding", "Sale")
GOOD = '{"doc": "a.txt", "type": "Holding", "roles": {"event": ["论坛"]}}'


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (
            b'{"doc": "a.txt", ',
            "it is not JSON: Expecting property name enclosed in double quotes at column 17",
        ),
        (b"[]", "it is not a JSON object"),
        (b'{"type": "Holding", "roles": {}}', "it has no 'doc'"),
        (b'{"doc": 1, "type": "Holding", "roles": {}}', "its 'doc' is not a string"),
        (b'{"doc": "a", "roles": {}}', "it has no 'type'"),
        (b'{"doc": "a", "type": "Holding"}', "it has no 'roles'"),
        (b'{"doc": "a", "type": "Holding", "roles": []}', "its 'roles' is not an object"),
        (
            b'{"doc": "a", "type": "Holding", "roles": {"event": {}}}',
            "its role 'event' is not a list of strings",
        ),
        (
            b'{"doc": "a", "type": "Holding", "roles": {}, "time": 2020}',
            "its 'time' is neither null nor an EDTF string",
        ),
        (b'{"doc": "a", "type": "Holding", "roles": {}, "modality": 1}', "its 'modality' is not a string"),
        (b'{"doc": "a", "type": "Holding", "roles": {}, "aliases": [1]}', "its 'aliases' is not an object"),
        (b'{"doc": "a", "type": "Party", "roles": {}}', "no such fact type: Party. There are: Holding, Sale"),
        (b'{"doc": "\xb4"}', "it is not UTF-8: invalid start byte"),
        (b"[" * 100_000, "it is nested too deeply"),
    ],
)
def test_a_bad_line_is_named(tmp_path: Path, line: bytes, reason: str) -> None:
    path = tmp_path / "gold.jsonl"
    path.write_bytes(GOOD.encode() + b"\n\n" + line + b"\n" + GOOD.encode())
    with pytest.raises(BadLine) as caught:
        gold_facts(path, TYPES)
    assert str(caught.value) == f"{path}, line 3: {reason}"


def test_a_found_fact_of_an_unknown_type_is_only_wrong(tmp_path: Path) -> None:
    path = tmp_path / "found.jsonl"
    path.write_text('{"doc": "a", "type": "Party", "roles": {}}', "utf-8")
    assert [item.kind for item in predicted_facts(path)] == ["Party"]


@pytest.mark.parametrize(
    "line", ['{"doc": "a", "class": "Person"}', '{"doc": "a", "class": "Ghost", "names": "x"}']
)
def test_bad_entities(tmp_path: Path, line: str) -> None:
    path = tmp_path / "gold.jsonl"
    path.write_text(line, "utf-8")
    with pytest.raises(BadLine, match=r"line 1: (it has no 'names'|no such entity class: Ghost)"):
        gold_entities(path, ["Person"])


def test_byte_order_mark_blank_lines_and_odd_line_ends(tmp_path: Path) -> None:
    path = tmp_path / "gold.jsonl"
    odd = GOOD.replace("论坛", "论\u2028坛\x85")
    path.write_bytes("\ufeff".encode() + odd.encode() + b"\r\n \n" + GOOD.encode())
    assert [item.kind for item in gold_facts(path, TYPES)] == ["Holding"] * 2


def test_one_value_may_stand_without_a_list() -> None:
    record = fact("Measurement", subject="肃宁县", value="1000")
    record["roles"] = {"subject": "肃宁县|肃宁", "value": 1000, "unit": []}
    item = claim(record)
    assert item.values == {"subject": ("肃宁县|肃宁",), "value": ("1000",)}
    assert item.names["subject"] == (frozenset({"肃宁县", "肃宁"}),)


def test_entities_from_a_graph_have_aliases() -> None:
    record = {"doc": "a", "class": "Place", "names": "肃宁县", "aliases": ["肃宁", " "]}
    assert predicted_entities([record])[0].names == {"肃宁县", "肃宁"}
    assert named(record, in_gold=True).names == {"肃宁县"}


TEXT = "第一句。肃宁县在河北。\n陈雷卖鱼竿！末句"


@pytest.mark.parametrize(
    ("quote", "start", "expected"),
    [
        ("河北", None, "肃宁县在河北。"),
        ("卖鱼竿", 14, "陈雷卖鱼竿！"),
        ("句", 2, "第一句。"),
        ("句", 19, "末句"),
        ("肃宁县在河北。", 4, "肃宁县在河北。"),
        ("句。肃宁县", None, "第一句。肃宁县在河北。"),
        ("不在文中", None, "不在文中"),
    ],
)
def test_sentence_of_a_fact(quote: str, start: int | None, expected: str) -> None:
    item = claim(fact("Holding", event="x") | {"quote": quote, "start": start})
    assert sentence(item, TEXT) == expected
    assert sentence(item, None) == quote


def test_sentence_of_an_entity() -> None:
    item = named({"doc": "a", "class": "Person", "names": "陈老板|陈雷"})
    assert sentence(item, TEXT) == "陈雷卖鱼竿！"
    assert sentence(item, None) == ""
