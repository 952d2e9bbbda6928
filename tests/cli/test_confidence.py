"""--min-confidence leaves out the same facts in every command."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
from graph.sample import FIRST, SECOND, knowledge

from kg import graph

from .support import Kg

LOW = "https://kg.example/fact/0014"  # 青鸟研究院 controls 飞鱼公司, at 0.5; all else is at 0.9
COMMANDS: list[list[str]] = [
    ["ask", "what does 青鸟集团 own"],
    ["query", "members", "--set", "owner=青鸟集团"],
    ["facts"],
    ["view", "--out", "-"],
    ["export"],
]


@pytest.fixture
def sampled(kg: Kg, tmp_path: Path) -> Kg:
    """Run a command on the graph of made-up facts that the tests of kg.graph use."""
    graph.write(knowledge(), tmp_path / "graph")

    def run(*args: object, **options: Any) -> Any:
        env = {"KG_GRAPH": str(tmp_path / "graph"), **options.pop("env", {})}
        return kg(*args, env=env, **options)

    return run


def test_facts(sampled: Kg) -> None:
    every = [json.loads(line) for line in sampled("facts", "--format", "jsonl").stdout.splitlines()]
    some = sampled("facts", "--format", "jsonl", "--min-confidence", "0.6").stdout.splitlines()
    assert [json.loads(line) for line in some] == [fact for fact in every if fact["id"] != LOW]
    assert len(some) == len(every) - 1
    assert "nothing found" in sampled("facts", "--min-confidence", "1").stderr


@pytest.mark.parametrize(
    "args", [["ask", "what does 青鸟集团 own"], ["query", "members", "--set", "owner=青鸟集团"]]
)
def test_answers(sampled: Kg, args: list[str]) -> None:
    rows = json.loads(sampled(*args, "--format", "json").stdout)
    left = json.loads(sampled(*args, "--format", "json", "--min-confidence", "0.6").stdout)
    assert "飞鱼公司" in {row["member"] for row in rows}
    assert left == [row for row in rows if row["confidence"] is None]


def test_a_query_without_the_parameter_is_refused(sampled: Kg) -> None:
    result = sampled("query", "--min-confidence", "0.5", input="SELECT ?s { ?s ?p ?o }")
    assert (result.exit_code, result.stdout) == (5, "")
    assert "# parameter: min_confidence number = 0" in result.stderr


def test_the_page(sampled: Kg) -> None:
    assert "青鸟研究院拥有飞鱼公司" in sampled("view", "--out", "-").stdout
    assert "青鸟研究院拥有飞鱼公司" not in sampled("view", "--out", "-", "--min-confidence", "0.6").stdout


def test_export_leaves_out_what_only_that_fact_brings(sampled: Kg) -> None:
    def quads(*options: str) -> set[ox.Quad]:
        data = sampled("export", "--format", "nquads", *options).stdout_bytes
        return set(ox.parse(data, format=ox.RdfFormat.N_QUADS))

    every, some = quads(), quads("--min-confidence", "0.6")
    gone = every - some
    assert some < every
    passages = {
        q.object for q in every if q.subject == ox.NamedNode(LOW) and q.predicate.value.endswith("#evidence")
    }
    links = {q.predicate.value.rpartition("#")[2] for q in gone if "/organization/" in q.subject.value}
    assert {q.subject for q in gone if "/organization/" not in q.subject.value} == {
        ox.NamedNode(LOW),
        *passages,
    }
    assert links == {"controls", "ownedBy"}
    assert len([q for q in some if q.predicate.value.endswith("#ownedBy")]) == 2, "the registry's stay"
    turtle = sampled("export", "--min-confidence", "0.6").stdout
    assert "fact/0013" in turtle and "fact/0014" not in turtle


def test_eval(sampled: Kg, tmp_path: Path) -> None:
    gold = tmp_path / "facts.jsonl"
    lines = [
        {
            "type": "Control",
            "roles": {"controller": ["青鸟研究院"], "controlled": ["飞鱼公司"]},
            "doc": SECOND,
        },
        {"type": "Issuance", "roles": {"issuer": ["青鸟研究院"], "document": ["青鸟报告"]}, "doc": FIRST},
    ]
    gold.write_text("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines), "utf-8")

    def found(*options: str) -> dict[str, int]:
        types = json.loads(sampled("eval", gold, "--format", "json", *options).stdout)["type"]
        return {name: tally["found"] for name, tally in types.items()}

    assert found()["Control"] == 1
    assert found("--min-confidence", "0.6") == {**found(), "Control": 0}
    assert sampled("eval", gold, "--entities", "--min-confidence", "0.6").exit_code == 2


@pytest.mark.parametrize("value", ["-0.1", "1.01", "nan", "inf", "high", ""])
@pytest.mark.parametrize("args", [*COMMANDS, ["eval", "gold"]], ids=lambda args: args[0])
def test_only_from_0_to_1(sampled: Kg, args: list[str], value: str) -> None:
    Path("gold").write_text("")
    result = sampled(*args, "--min-confidence", value)
    assert (result.exit_code, result.stdout) == (2, "")


def test_from_the_environment(sampled: Kg) -> None:
    assert sampled("facts", env={"KG_MIN_CONFIDENCE": "1"}).stdout == ""
