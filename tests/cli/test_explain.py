"""kg explain tells what was read in a sentence, what was not, and how close a rule came."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from .support import Kg

SIGNED = "2019年5月8日，缙云县与拼多多签订合作协议。"


def told(kg: Kg, *args: object) -> list[dict[str, Any]]:
    result = kg("explain", *args, "--format", "json")
    assert result.exit_code == 0, result.stderr
    return json.loads(result.stdout)


def test_a_text_of_ones_own(kg: Kg) -> None:
    (one,) = told(kg, "--text", SIGNED)
    assert one["text"] == SIGNED
    means = {
        mention["text"]: (mention["class"], mention["means"], mention["ids"]) for mention in one["mentions"]
    }
    assert means["缙云县"] == ("Place", ["缙云县"], ["place/331122"])
    assert means["2019年5月8日"] == ("Time", ["2019-05-08"], [])
    fact = next(fact for fact in one["facts"] if fact["type"] == "Partnership")
    assert fact["roles"]["partner"] == ["缙云县", "拼多多"] and fact["time"] == "2019-05-08"
    assert fact["rule"].startswith("Partnership.") and 0 < fact["confidence"] <= 1


def test_a_role_that_stays_empty(kg: Kg) -> None:
    """签订 makes a partnership; without a second partner it gives none, and that is told."""
    (one,) = told(kg, "--text", "缙云县昨日签订合作协议。")
    assert one["facts"] == []
    assert {"nothing fills partner 2 times"} == {refused["why"] for refused in one["refused"]}


def test_the_element_that_found_nothing(kg: Kg) -> None:
    (one,) = told(kg, "--text", "缙云县与村民签订合作协议。", "--all")
    near = [near for near in one["near"] if near["rule"].startswith("Partnership.")]
    assert near and all(one["failed"] for one in near)
    assert any(one["reached"].startswith("[缙云县]") for one in near)
    assert len(told(kg, "--text", "缙云县与村民签订合作协议。")[0]["near"]) <= 10


def test_a_rule_that_a_word_rules_out(kg: Kg) -> None:
    (one,) = told(kg, "--text", "缙云县与拼多多签订合作协议未果。", "--all")
    assert {"unless", "unless-next"} & {
        near["failed"] for near in one["near"] if near["rule"].startswith("Partnership.")
    }


def test_what_linking_refuses(kg: Kg) -> None:
    found = told(kg, "--text", "丽水市泰顺县都来了。")
    refused = [refusal for one in found for refusal in one["refused"]]
    whys = {r["why"] for r in refused if r["rule"].startswith("Location.")}
    assert whys == {"check 'inside' does not hold"}


def test_the_context_is_that_of_the_whole_text(kg: Kg) -> None:
    (one,) = told(kg, "--text", f"{SIGNED}该县风景很美。", "--sentence", "该县")
    assert one["text"] == "该县风景很美。"
    assert [mention["means"] for mention in one["mentions"] if mention["text"] == "该县"] == [["缙云县"]]


def test_the_date_resolves_relative_times(kg: Kg) -> None:
    (one,) = told(kg, "--text", "去年，缙云县与拼多多签订合作协议。", "--date", "2020-03-01")
    assert {fact["time"] for fact in one["facts"] if fact["type"] == "Partnership"} == {"2019"}


def test_a_document_of_the_graph(seeded: Kg) -> None:
    fact = json.loads(seeded("facts", "--type", "Partnership", "--format", "jsonl").stdout.splitlines()[0])
    place = f"{fact['doc']}:{fact['start']}-{fact['end']}"
    found = told(seeded, place)
    assert [one["start"] <= fact["start"] < fact["end"] <= one["end"] for one in found] == [True]
    assert fact["rule"] in {made["rule"] for made in found[0]["facts"]}
    every = told(seeded, fact["doc"])
    assert found[0] in every and len(every) > 20
    assert told(seeded, fact["doc"], "--sentence", fact["quote"]) == found


def test_the_table_says_the_same(kg: Kg) -> None:
    shown = kg("explain", "--text", SIGNED).stdout
    assert shown.splitlines()[0].endswith(SIGNED)
    assert "Partnership.sign-agreement" in shown and "place/331122" in shown
    assert "read, but no fact: none" in shown


def test_control_characters_do_not_reach_the_terminal(kg: Kg) -> None:
    assert "\x1b" not in kg("explain", "--text", "缙云县\x1b[2J与拼多多签约。").stdout


@pytest.mark.parametrize(
    ("args", "code", "message"),
    [
        ([], 2, "either a DOCUMENT or --text"),
        (["a.txt", "--text", "x"], 2, "either a DOCUMENT or --text"),
        (["a.txt", "--date", "2020"], 2, "--date goes with --text"),
        (["--text", " "], 5, "empty"),
        (["--text", "x", "--date", "soon"], 2, "no date"),
        (["nothing.txt"], 4, "no document 'nothing.txt'"),
        (["000_4b67726bf6ce8553.txt:9-9"], 2, "no stretch"),
        (["000_4b67726bf6ce8553.txt:999999-1000000"], 2, "no stretch"),
    ],
)
def test_what_is_refused(seeded: Kg, args: list[str], code: int, message: str) -> None:
    result = seeded("explain", *args)
    assert (result.exit_code, result.stdout) == (code, "") and message in result.stderr


def test_no_such_sentence(kg: Kg) -> None:
    result = kg("explain", "--text", SIGNED, "--sentence", "云和县", "--format", "json")
    assert json.loads(result.stdout) == [] and "no such sentence" in result.stderr


def test_no_graph(kg: Kg, tmp_path: Path) -> None:
    assert kg("explain", "a.txt", "--graph", tmp_path).exit_code == 4
