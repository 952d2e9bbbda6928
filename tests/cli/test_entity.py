"""kg entity shows one thing with everything by which it can be checked."""

from __future__ import annotations

import json
from pathlib import Path

from kg import graph
from kg.model import Article, Entity, Knowledge, Merge, OffsetMap

from .support import Kg


def test_the_example_of_the_documentation(seeded: Kg) -> None:
    result = seeded("entity", "阿里")
    assert (result.exit_code, result.stderr) == (0, "")
    for told in (
        "阿里巴巴集团 (Organization)",
        "Alibaba Group",
        "known-alias",
        "阿里巴巴总部",
        "Partnership",
    ):
        assert told in result.stdout


def test_json(seeded: Kg) -> None:
    (found,) = json.loads(seeded("entity", "肃宁", "--format", "json").stdout)
    assert (found["names"]["zh"], found["code"], found["level"]) == ("肃宁县", "130926", "county")
    assert [place["name"] for place in found["within"]] == ["沧州市", "河北省", "中国"]
    assert {"form": "该县", "reason": "anaphor"}.items() <= next(
        merge.items() for merge in found["merges"] if merge["form"] == "该县"
    )
    assert found["facts"] and all(fact["quote"] for fact in found["facts"])


def test_an_unknown_name(seeded: Kg) -> None:
    result = seeded("entity", "肃宁市")
    assert (result.exit_code, result.stdout) == (5, "")
    assert "no entity is called '肃宁市'" in result.stderr and "肃宁县" in result.stderr


def test_no_graph(kg: Kg) -> None:
    assert kg("entity", "肃宁", "--graph", "nowhere").exit_code == 4


def test_a_hostile_name_moves_no_cursor_and_every_one_of_a_name_is_shown(kg: Kg, tmp_path: Path) -> None:
    text = "甲\x1b[2J公司来了。\u202e丙"
    name = "甲\x1b[2J公司"
    seen = {"a.txt": ((0, len(name)),)}
    things = tuple(
        Entity(f"organization/{n}", "Organization", name + "\u202e" * n, ("甲",), seen=seen,
               merges=(Merge("a.txt", name, "spelling"),))
        for n in range(2)
    )  # fmt: skip
    article = Article("a.txt", text, OffsetMap(range(len(text)), range(1, len(text) + 1)), "0" * 64, "utf-8")
    graph.write(Knowledge((article,), things, ()), tmp_path / "graph")
    result = kg("entity", "甲", "--graph", tmp_path / "graph")
    assert result.exit_code == 0 and "2 entities are called" in result.stderr
    assert "\x1b" not in result.stdout + result.stderr and "\u202e" not in result.stdout + result.stderr
    assert result.stdout.count("(Organization)") == 2
