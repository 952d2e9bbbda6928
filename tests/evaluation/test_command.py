"""``kg eval`` on files and on the graph of seeds/."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from kg.cli import main

from .support import GOLD, fact, write

Run = Callable[..., Result]
FACTS = [
    fact("Holding", event="论坛", time="2020") | {"quote": "论坛举行"},
    fact("Sale", seller="陈雷", product="鱼竿", modality="planned") | {"quote": "陈雷将卖鱼竿"},
]


@pytest.fixture
def kg(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Run:
    for name in os.environ:
        if name.startswith("KG_"):
            monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)

    def run(*args: object, **options: Any) -> Result:
        result = CliRunner().invoke(main, ["eval", *map(str, args)], **options)
        if result.exception and not isinstance(result.exception, SystemExit):
            raise result.exception
        return result

    return run


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    return write(tmp_path / "gold.jsonl", FACTS)


@pytest.fixture
def found(tmp_path: Path) -> Path:
    return write(
        tmp_path / "found.jsonl",
        [fact("Holding", event="论坛") | {"quote": "论坛"}, fact("Holding", event="双11")],
    )


def test_table(kg: Run, gold: Path, found: Path) -> None:
    assert kg(gold, "--predicted", found).stdout == (
        "type         gold  found  P      R      F1     strict P  strict R  strict F1\n"
        "Holding         1      2  0.500  1.000  0.667  0.000     0.000     nan\n"
        "Sale            1      0  nan    0.000  nan    nan       0.000     nan\n"
        "ALL (micro)     2      2  0.500  0.500  0.500  0.000     0.000     nan\n"
        "macro F1 (lenient) 0.333\n"
    )


def test_by_document_with_errors(kg: Run, gold: Path, found: Path) -> None:
    shown = kg(gold, "--predicted", found, "--by-document", "--errors").stdout
    assert "\na.txt " in shown
    assert shown.splitlines()[-2:] == [
        "missed  a.txt     Sale     planned: seller: 陈雷; product: 鱼竿        陈雷将卖鱼竿",
        "wrong   a.txt     Holding  event: 双11",
    ]
    assert "missed" not in kg(gold, "--predicted", found, "--errors", "0").stdout


def test_json(kg: Run, gold: Path, found: Path) -> None:
    report = json.loads(kg(gold, "--predicted", found, "--format", "json", "--errors", "1").stdout)
    assert report["micro"] == {
        "gold": 2,
        "found": 2,
        "lenient": {"precision": 0.5, "recall": 0.5, "f1": 0.5},
        "strict": {"precision": 0.0, "recall": 0.0, "f1": None},
    }
    assert (list(report["type"]), report["macro_f1"]) == (["Holding", "Sale"], pytest.approx(1 / 3))
    assert (report["missed"], len(report["wrong"])) == ([FACTS[1]], 1)


def test_documents_without_a_find_are_noted(kg: Run, gold: Path, tmp_path: Path) -> None:
    other = write(tmp_path / "other.jsonl", [fact("Holding", doc="b.txt", event="论坛")])
    assert "nothing was found in a.txt" in kg(gold, "--predicted", other).stderr
    assert "nothing is annotated" in kg(write(tmp_path / "none.jsonl", []), "--predicted", other).stderr


def test_bad_lines_and_wrong_usage(kg: Run, gold: Path, found: Path, tmp_path: Path) -> None:
    bad = tmp_path / "bad.jsonl"
    bad.write_text("{}\n", "utf-8")
    result = kg(gold, "--predicted", bad)
    assert (result.exit_code, result.stdout) == (2, "")
    assert f"{bad}, line 1: it has no 'roles'" in result.stderr
    for args in (
        ["missing.jsonl"],
        [gold, "--predicted", "missing.jsonl"],
        [gold, "--predicted", found, "--graph", "build"],
        [tmp_path, "--predicted", found],
        [GOLD / "seeds", GOLD / "dev", "--entities"],
        [GOLD / "seeds", gold],
        [GOLD / "seeds", GOLD / "seeds"],
    ):
        assert kg(*args).exit_code == 2, args
    assert kg(gold).exit_code == 4


def test_the_graph_of_the_seeds(kg: Run, seed_graph: Path) -> None:
    for more in ([], ["--entities"]):
        result = kg(GOLD / "seeds", "--graph", seed_graph, "--format", "json", "--errors", *more)
        assert (result.exit_code, result.stderr) == (0, "")
        report = json.loads(result.stdout)
        assert report["micro"]["lenient"]["f1"] > 0.5
        assert len(report["wrong"]) < report["micro"]["found"]


def test_errors_stand_beside_their_sentences(kg: Run, seed_graph: Path) -> None:
    lines = kg(GOLD / "seeds", "--graph", seed_graph, "--entities", "--errors").stdout.splitlines()
    errors = [line for line in lines if line.startswith(("missed", "wrong"))]
    assert errors
    assert sum(line.endswith(("。", "！", "？")) for line in errors) > len(errors) / 2


def test_sets_side_by_side(kg: Run, seed_graph: Path, tmp_path: Path) -> None:
    (tmp_path / "graphs").mkdir()
    for name in ("seeds", "again"):
        (tmp_path / "graphs" / name).symlink_to(seed_graph)
    again = tmp_path / "again"
    again.mkdir()
    for name in ("facts.jsonl", "entities.jsonl"):
        (again / name).write_bytes((GOLD / "seeds" / name).read_bytes())
    head, *rows = kg(GOLD / "seeds", again, "--graph", "graphs").stdout.splitlines()
    figures = [f"{name} {figure}" for name in ("seeds", "again") for figure in ("P", "R", "F1")]
    assert re.split("  +", head) == ["micro-averaged", *figures]
    kinds = ["facts, lenient", "facts, strict", "entities", "one node (B3)"]
    assert [row.rsplit(maxsplit=6)[0] for row in rows] == kinds
    for row in rows:
        figures = row.rsplit(maxsplit=6)[1:]
        assert figures[:3] == figures[3:]
    report = json.loads(kg(GOLD / "seeds", again, "--graph", "graphs", "--format", "json").stdout)
    assert report["seeds"] == report["again"] and set(report["again"]) == {"facts", "entities", "b_cubed"}


def test_one_thing_one_node(kg: Run, seed_graph: Path) -> None:
    options = (GOLD / "seeds", "--entities", "--graph", seed_graph)
    assert "one thing, one node (B3): P 0.9" in kg(*options).stdout
    told = json.loads(kg(*options, "--format", "json").stdout)["b_cubed"]
    assert 0.9 < told["f1"] <= 1 and 0 < told["scored"] < told["mentions"]


def test_entities_come_with_the_share_of_right_codes(kg: Run, tmp_path: Path) -> None:
    town = {"doc": "a.txt", "class": "Place", "names": "曹县", "aliases": [], "code": "371722"}
    (tmp_path / "gold").mkdir()
    write(tmp_path / "gold/entities.jsonl", [town])
    (tmp_path / "gold/places.tsv").write_text("doc\tname\tcode\na.txt\t曹县\t371721\n", "utf-8")
    found = write(tmp_path / "found.jsonl", [town])
    lines = kg("gold", "--predicted", found, "--entities", "--errors").stdout.splitlines()
    assert "places with the right code 0 of 1 (0.000)" in lines
    assert lines[-1].split() == ["a.txt", "曹县", "371721", "371722"]
    report = json.loads(kg("gold", "--predicted", found, "--entities", "--format", "json").stdout)
    assert report["codes"] == {"gold": 1, "right": 0}


def test_bad_codes_are_named(kg: Run, tmp_path: Path) -> None:
    town = {"doc": "a.txt", "class": "Place", "names": "曹县"}
    (tmp_path / "gold").mkdir()
    write(tmp_path / "gold/entities.jsonl", [town])
    (tmp_path / "gold/places.tsv").write_text("a.txt\t曹县\n", "utf-8")
    result = kg("gold", "--predicted", write(tmp_path / "found.jsonl", [town]), "--entities")
    assert result.exit_code == 2 and "places.tsv, line 1" in result.stderr


def test_calibration(kg: Run, gold: Path, tmp_path: Path) -> None:
    lines = [FACTS[0] | {"confidence": 0.92}, FACTS[1] | {"confidence": 0.92}]
    found = write(tmp_path / "stated.jsonl", [*lines, fact("Holding", event="双11") | {"confidence": 0.6}])
    assert kg(gold, "--predicted", found, "--calibration").stdout == (
        "confidence  facts  stated  right (lenient)  right (strict)\n"
        "0.60-0.70       1  0.600   0.000            0.000\n"
        "0.90-0.95       2  0.920   1.000            1.000\n"
        "mean gap between stated and right (lenient) 0.253\n"
    )
    report = json.loads(kg(gold, "--predicted", found, "--calibration", "--format", "json").stdout)
    assert [row["facts"] for row in report["bins"]] == [1, 2] and report["gap"] == pytest.approx(0.76 / 3)
    for option in ("--entities", "--by-document", "--errors=3"):
        assert kg(gold, "--predicted", found, "--calibration", option).exit_code == 2


def test_a_stated_confidence_must_be_one(kg: Run, gold: Path, tmp_path: Path) -> None:
    found = write(tmp_path / "stated.jsonl", [FACTS[0] | {"confidence": 2}])
    result = kg(gold, "--predicted", found)
    assert result.exit_code == 2 and "confidence" in result.stderr and "line 1" in result.stderr
