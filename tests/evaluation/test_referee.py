"""``kg eval`` gives the referee's figures, digit for digit.

The referee is a script apart from this repository that scores by the same conventions. Where it lies beside
the repository (shared/score.py), it is run; its figures on altered copies of the gold are recorded in
referee.json, and these hold everywhere. To record them anew, where the referee is:
``python tests/evaluation/test_referee.py``.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

GOLD = Path(__file__).resolve().parents[1] / "gold"
RECORDED = Path(__file__).with_name("referee.json")
SETS = ("seeds", "dev")
REFEREE = next((path for parent in GOLD.parents if (path := parent / "shared" / "score.py").exists()), None)

needs_referee = pytest.mark.skipif(REFEREE is None, reason="the referee is not beside the repository")


def altered(gold: Path) -> list[dict[str, Any]]:
    """Return the facts of a gold file with faults of every kind, as a program might have found them."""
    found = []
    for number, line in enumerate(gold.read_text("utf-8").splitlines(), 1):
        fact = json.loads(line)
        roles = {
            role: [str(value).split("|")[0] for value in (values if isinstance(values, list) else [values])]
            for role, values in fact["roles"].items()
        }
        fact = {**fact, "roles": roles}
        fact.pop("optional", None)
        if number % 5 == 0:
            fact["time"] = "1999"
        if number % 6 == 0 and len(roles) > 2:
            roles.pop(sorted(roles)[0])
        if number % 8 == 0:
            fact["modality"] = "negated" if number % 16 else "planned"
        if number % 9 == 0:
            found.append(fact)  # said twice
        if number % 13 == 0:
            fact = {
                **fact,
                "roles": {role: [f"{value}1" for value in values] for role, values in roles.items()},
            }
        if number % 7:
            found.append(fact)
    return found


def referee(gold: Path, predicted: Path) -> dict[str, list[str]]:
    """Return what the referee prints: type → gold, found, P, R, F1, strict P, R, F1; and the macro F1."""
    assert REFEREE is not None
    run = subprocess.run(
        [sys.executable, str(REFEREE), str(gold), str(predicted)], capture_output=True, text=True, check=True
    )
    rows = {}
    for line in run.stdout.splitlines()[1:]:
        if match := re.match(r"(\S+(?: \(micro\))?) +(\d+) +(\d+) \|(.*)", line):
            rows[match[1]] = [match[2], match[3], *re.findall(r"[0-9.]+|nan", match[4])]
    rows["macro"] = re.findall(r"macro F1 \(lenient\) ([0-9.]+)", run.stdout)
    return rows


def evaluated(gold: Path, *source: object) -> dict[str, list[str]]:
    """Return the same figures as ``kg eval`` reports them."""
    from kg.cli import main

    args = ["eval", str(gold), *map(str, source), "--format", "json"]
    report = json.loads(CliRunner().invoke(main, args, catch_exceptions=False).stdout)

    def shown(figure: float | None) -> str:
        return "nan" if figure is None else f"{figure:.3f}"

    def row(tally: dict[str, Any]) -> list[str]:
        figures = [
            shown(tally[kind][key]) for kind in ("lenient", "strict") for key in ("precision", "recall", "f1")
        ]
        return [str(tally["gold"]), str(tally["found"]), *figures]

    rows = {name: row(tally) for name, tally in report["type"].items()}
    return {**rows, "ALL (micro)": row(report["micro"]), "macro": [shown(report["macro_f1"])]}


def write(path: Path, facts: list[dict[str, Any]]) -> Path:
    path.write_text("".join(json.dumps(fact, ensure_ascii=False) + "\n" for fact in facts), "utf-8")
    return path


@pytest.mark.parametrize("name", SETS)
def test_the_recorded_figures(tmp_path, name):
    predicted = write(tmp_path / "found.jsonl", altered(GOLD / name / "facts.jsonl"))
    found = evaluated(GOLD / name / "facts.jsonl", "--predicted", predicted)
    assert found == json.loads(RECORDED.read_text("utf-8"))[name]


@needs_referee
@pytest.mark.parametrize("name", SETS)
def test_the_referee_still_says_so(tmp_path, name):
    predicted = write(tmp_path / "found.jsonl", altered(GOLD / name / "facts.jsonl"))
    recorded = json.loads(RECORDED.read_text("utf-8"))[name]
    assert referee(GOLD / name / "facts.jsonl", predicted) == recorded


@needs_referee
def test_on_the_graph_of_the_seeds(seed_graph, tmp_path):
    from kg import graph

    gold = GOLD / "seeds" / "facts.jsonl"
    predicted = write(tmp_path / "found.jsonl", list(graph.facts(graph.open_graph(seed_graph))))
    assert evaluated(gold, "--graph", seed_graph) == referee(gold, predicted)


@needs_referee
def test_on_the_graph_of_the_development_articles(tmp_path):
    from kg import graph, pipeline

    pipeline.build([GOLD / "dev" / "articles"], tmp_path / "graph")
    gold = GOLD / "dev" / "facts.jsonl"
    predicted = write(tmp_path / "found.jsonl", list(graph.facts(graph.open_graph(tmp_path / "graph"))))
    assert evaluated(gold, "--graph", tmp_path / "graph") == referee(gold, predicted)


def _record() -> None:
    recorded = {}
    for name in SETS:
        predicted = write(RECORDED.with_suffix(".jsonl"), altered(GOLD / name / "facts.jsonl"))
        recorded[name] = referee(GOLD / name / "facts.jsonl", predicted)
        predicted.unlink()
    RECORDED.write_text(json.dumps(recorded, ensure_ascii=False, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    _record()
