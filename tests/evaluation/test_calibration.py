"""Stated confidences against what is right, and what a rule's share of right facts suggests."""

from __future__ import annotations

import runpy

import pytest

from kg.evaluation import bins, estimates, gap
from kg.evaluation.compare import Agreement
from kg.evaluation.records import claim
from kg.extraction.rules import RuleError, confidences, load

from .support import GOLD


def judged(rule: str, right: int, wrong: int, confidence: float = 0.9, **more):
    """Return facts of one rule, the right ones strictly so."""
    record = {
        "type": rule.partition(".")[0],
        "roles": {"person": ["甲"]},
        "doc": "a.txt",
        "rule": rule,
        "confidence": confidence,
        **more,
    }
    agreements = [Agreement.STRICT] * right + [Agreement.NONE] * wrong
    return [(claim(record), agreement) for agreement in agreements]


def test_facts_are_counted_by_stated_confidence():
    found = [*judged("A.x", 9, 1, 0.9), *judged("A.x", 1, 1, 0.45), *judged("A.x", 1, 0, 1.0)]
    found.append((found[0][0], Agreement.LENIENT))
    low, high, top = bins(found)
    assert (low.low, low.high, low.facts, low.lenient) == (0.0, 0.5, 2, 0.5)
    assert (high.low, high.high, high.facts) == (0.9, 0.95, 11)
    assert high.stated == pytest.approx(0.9) and high.lenient == pytest.approx(10 / 11)
    assert high.strict == pytest.approx(9 / 11)
    assert (top.low, top.facts) == (0.95, 1), "a confidence of 1 is in the last bin"
    assert bins([]) == []


def test_the_gap_is_the_mean_over_facts():
    assert gap([*judged("A.x", 9, 1, 0.9), *judged("A.x", 5, 5, 0.6)]) == pytest.approx(0.05)
    assert gap([]) == 0


def test_few_facts_are_drawn_to_the_type_and_few_of_a_type_to_the_mean():
    found = estimates([*judged("A.many", 90, 10), *judged("A.few", 0, 3), *judged("B.few", 1, 0)])
    assert 0.88 <= found["A.many"].confidence <= 0.91
    assert 0.4 < found["A.few"].confidence < found["A"].confidence, "three wrong ones do not make it 0"
    assert (found["A.few"].facts, found["A.few"].right) == (3, 0)
    assert found["A"].confidence < found["B"].confidence < 1
    assert "B.few" not in found, "one fact says nothing of a rule"
    assert list(found) == sorted(found)


def test_nothing_is_certain():
    assert estimates(judged("A.x", 1000, 0))["A.x"].confidence == 0.98


def test_a_fact_of_two_rules_speaks_for_both():
    evidence = [{"rule": "A.x"}, {"rule": "A.y"}, {"rule": "A.x"}]
    found = estimates(judged("A.x", 4, 0, evidence=evidence))
    assert (found["A.x"].facts, found["A.y"].facts, found["A"].facts) == (4, 4, 4)


def test_the_measured_table_is_of_types_and_rules():
    known = confidences()
    assert known and all(0 < value <= 0.98 for value in known.values())
    types = {file.type for file in load()}
    assert types == {name for name in known if "." not in name}
    assert {name.partition(".")[0] for name in known} == types


def test_a_rule_states_what_was_measured_and_else_no_more_than_its_type_or_its_author():
    known = confidences()
    rules = [rule for file in load() for rule in file.rules]
    assert any(rule.id in known for rule in rules) and any(rule.id not in known for rule in rules)
    for rule in rules:
        expected = known.get(rule.id, min(known[rule.type], rule.confidence))
        assert rule.measured == expected


@pytest.mark.parametrize("line", ["A.x\t1\t1", "A.x\t1\t1\thigh", "A.x\t1\t1\t0", "A.x\t1\t1\t1.5"])
def test_a_bad_table_is_told_with_its_line(line, tmp_path, monkeypatch):
    (tmp_path / "_confidence.tsv").write_text(f"# head\nrule\tfacts\tright\tconfidence\n{line}\n", "utf-8")
    monkeypatch.setattr("kg.extraction.rules.FOLDER", tmp_path)
    with pytest.raises(RuleError, match=r"_confidence\.tsv, line 3"):
        confidences.__wrapped__()


def test_the_tool_writes_what_the_rules_read(tmp_path, monkeypatch):
    tool = runpy.run_path(str(GOLD.parents[1] / "tools/calibrate.py"))
    text = tool["table"](estimates([*judged("A.x", 9, 1), *judged("A.y", 0, 2)]), "2026-11")
    (tmp_path / "_confidence.tsv").write_text(text, "utf-8")
    monkeypatch.setattr("kg.extraction.rules.FOLDER", tmp_path)
    assert set(confidences.__wrapped__()) == {"A", "A.x"}
    assert "Date: 2026-11." in text and "Licence" in text


def test_the_tool_never_reads_the_check_set():
    tool = runpy.run_path(str(GOLD.parents[1] / "tools/calibrate.py"))
    assert {gold.name for _, gold in tool["SETS"]} == {"seeds", "dev", "more"}
