"""Every question of queries/ is asked on the graph of seeds/, by `kg ask` in both languages and by `kg query`."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from kg.resources import load_yaml

from .support import ROOT, Kg

CASES: dict[str, Any] = load_yaml(Path(__file__).with_name("answers_on_seeds.yaml"))
NAMES = sorted(path.stem for path in (ROOT / "queries").glob("*.rq"))


def answered(seeded: Kg, question: str, *options: str) -> list[dict[str, Any]]:
    result = seeded("ask", question, "--format", "json", *options)
    assert result.exit_code == 0, result.stderr
    return json.loads(result.stdout)


def holds(row: dict[str, Any], told: dict[str, Any]) -> bool:
    return all(row[column] == (None if value is None else str(value)) for column, value in told.items())


def test_every_query_has_a_case_in_both_languages() -> None:
    assert sorted(CASES) == NAMES
    for case in CASES.values():
        english, chinese = case["questions"]
        assert re.match("[a-z]", english) and not re.match("[a-z]", chinese)


@pytest.mark.parametrize("name", NAMES)
def test_the_answer_on_the_seeds(seeded: Kg, seed_graph: Path, name: str) -> None:
    english, chinese = (answered(seeded, question) for question in CASES[name]["questions"])
    assert english == chinese
    for told in CASES[name]["rows"]:
        assert [row for row in english if holds(row, told)], told
    for row in english:
        if row["document"]:
            text = (seed_graph / "texts" / f"{row['document']}.txt").read_bytes().decode()
            assert row["quote"] in text
            assert row["modality"] in ("actual", "planned", "negated") and int(row["sources"]) >= 1


def test_a_query_by_its_name_gives_the_same(seeded: Kg) -> None:
    asked = answered(seeded, "how did 曹县's sales grow")
    result = seeded("query", "growth", "--set", "subject=曹县", "--format", "json")
    assert [{key: row[key] for key in asked[0]} for row in json.loads(result.stdout)] == asked


def test_a_name_that_no_query_has(seeded: Kg) -> None:
    result = seeded("query", "growing", "--set", "subject=曹县")
    assert result.exit_code == 2 and "growing" in result.stderr


def test_a_file_goes_before_a_query_of_that_name(seeded: Kg) -> None:
    Path("growth").write_text("SELECT ?x { VALUES ?x { 1 } }")
    assert seeded("query", "growth", "--format", "csv").stdout == "x\n1\n"
