"""ask, query, facts and entities on the graph of seeds/."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest

from .support import ROOT, Kg

QUESTION = "who partnered with Alibaba when"
COUNT = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
NOTHING = "SELECT ?s { ?s ?p ?o FILTER(false) }"
PARTNERS = ROOT / "queries" / "partners.rq"


def read_csv(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def read_lines(text: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in text.splitlines()]


class TestAsk:
    def test_the_question_of_the_project(self, seeded: Kg) -> None:
        result = seeded("ask", QUESTION, "--format", "json")
        rows = json.loads(result.stdout)
        assert result.exit_code == 0
        told = ["modality", "confidence", "sources", "document", "quote"]
        assert list(rows[0]) == ["partner", "date", "agreement", "through", *told]
        assert {
            "partner": "肃宁县",
            "date": "2015-05",
            "agreement": "合作框架协议",
            "through": "阿里巴巴集团",
            "document": "000_4b67726bf6ce8553.txt",
        }.items() <= next(row for row in rows if row["agreement"] == "合作框架协议").items()

    @pytest.mark.parametrize(
        "words", [["谁在什么时候与阿里巴巴合作"], QUESTION.split(), ["Who partnered with Alibaba, when?"]]
    )
    def test_wordings_give_one_answer(self, seeded: Kg, words: list[str]) -> None:
        assert seeded("ask", *words).stdout == seeded("ask", QUESTION).stdout

    def test_question_on_standard_input(self, seeded: Kg) -> None:
        result = seeded("ask", "-", input=QUESTION + "\n")
        assert result.stdout == seeded("ask", QUESTION).stdout

    def test_formats_agree(self, seeded: Kg) -> None:
        rows = json.loads(seeded("ask", QUESTION, "--format", "json").stdout)
        assert read_lines(seeded("ask", QUESTION, "--format", "jsonl").stdout) == rows
        as_csv = read_csv(seeded("ask", QUESTION, "--format", "csv").stdout)
        assert as_csv == [{key: value or "" for key, value in row.items()} for row in rows]
        table = seeded("ask", QUESTION).stdout.splitlines()
        assert len(table) == len(rows) + 1
        for line, row in zip(table[1:], rows, strict=True):
            assert all(value in line for value in row.values() if value)

    def test_sparql_goes_to_standard_error(self, seeded: Kg) -> None:
        plain, shown = seeded("ask", QUESTION), seeded("ask", QUESTION, "--show-sparql")
        assert shown.stdout == plain.stdout
        assert "SELECT ?actor ?min_confidence" in shown.stderr
        assert "# ?actor is https://kg.example/organization/alibaba" in shown.stderr

    @pytest.mark.parametrize("form, expected", [("table", ""), ("jsonl", ""), ("json", "[]\n")])
    def test_nothing_found(self, seeded: Kg, form: str, expected: str) -> None:
        result = seeded("ask", "who partnered with 乌有乡公司", "--format", form)
        assert (result.exit_code, result.stdout) == (0, expected)
        assert "nothing found" in result.stderr and "乌有乡公司" in result.stderr

    def test_not_understood(self, seeded: Kg) -> None:
        result = seeded("ask", "how is the weather")
        assert (result.exit_code, result.stdout) == (5, "")
        assert "how is the weather" in result.stderr and "who partnered with {actor} when" in result.stderr

    @pytest.mark.parametrize("question", ["", "  ", "-"])
    def test_empty_question(self, seeded: Kg, question: str) -> None:
        result = seeded("ask", question, input="")
        assert (result.exit_code, result.stdout) == (5, "")
        assert "the question is empty" in result.stderr

    def test_no_question(self, seeded: Kg) -> None:
        assert seeded("ask").exit_code == 2


class TestQuery:
    def test_file_with_a_parameter(self, seeded: Kg) -> None:
        result = seeded("query", PARTNERS, "--set", "actor=阿里巴巴", "--format", "json")
        asked = json.loads(seeded("ask", QUESTION, "--format", "json").stdout)
        rows = json.loads(result.stdout)
        assert [{key: row[key] for key in asked[0]} for row in rows] == asked

    @pytest.mark.parametrize("args", [["query"], ["query", "-"]])
    def test_standard_input(self, seeded: Kg, args: list[str]) -> None:
        result = seeded(*args, "--format", "csv", input=COUNT)
        assert int(read_csv(result.stdout)[0]["n"]) > 1000

    def test_byte_order_mark(self, seeded: Kg) -> None:
        assert seeded("query", input="\ufeff" + COUNT).exit_code == 0

    def test_construct(self, seeded: Kg) -> None:
        text = "CONSTRUCT { ?s a ?c } { ?s a ?c } LIMIT 3"
        assert len(read_lines(seeded("query", "--format", "jsonl", input=text).stdout)) == 3

    @pytest.mark.parametrize(
        "form, expected", [("table", ""), ("csv", "s\n"), ("json", "[]\n"), ("jsonl", "")]
    )
    def test_nothing_found(self, seeded: Kg, form: str, expected: str) -> None:
        result = seeded("query", "--format", form, input=NOTHING)
        assert (result.exit_code, result.stdout, result.stderr) == (0, expected, "nothing found\n")

    @pytest.mark.parametrize(
        "sparql, message",
        [
            ("", "empty"),
            (" \n", "empty"),
            ("who partnered with Alibaba", "only SELECT"),
            ("SELECT * { SERVICE <http://localhost/> { ?s ?p ?o } }", "SERVICE"),
            ("DELETE WHERE { ?s ?p ?o }", "only SELECT"),
            ("SELECT {", "not SPARQL"),
            ("# parameter: a entity\nSELECT ?a { ?a ?p ?o }", "'a' is missing"),
            (b"SELECT * { ?s ?p '\xb0\xa2' }", "not UTF-8"),
        ],
    )
    def test_refused(self, seeded: Kg, sparql: str | bytes, message: str) -> None:
        result = seeded("query", input=sparql)
        assert (result.exit_code, result.stdout) == (5, "")
        assert message in result.stderr

    def test_parameter_that_is_not_declared(self, seeded: Kg) -> None:
        result = seeded("query", "--set", "actor=阿里巴巴", input=COUNT)
        assert result.exit_code == 5 and "actor" in result.stderr

    @pytest.mark.parametrize("settings", [["actor"], ["=x"], ["a=1", "a=2"]])
    def test_wrong_settings(self, seeded: Kg, settings: list[str]) -> None:
        args = [part for setting in settings for part in ("--set", setting)]
        assert seeded("query", PARTNERS, *args).exit_code == 2

    def test_a_value_may_hold_an_equals_sign(self, seeded: Kg) -> None:
        result = seeded("query", PARTNERS, "--set", "actor=a=b")
        assert result.exit_code == 0 and "a=b" in result.stderr

    def test_missing_file(self, seeded: Kg) -> None:
        result = seeded("query", "no-such.rq")
        assert result.exit_code == 2 and "no-such.rq" in result.stderr


class TestFacts:
    def test_json_lines_have_the_shape_of_the_contract(self, seeded: Kg, seed_graph: Path) -> None:
        facts = read_lines(seeded("facts", "--format", "jsonl").stdout)
        assert {"Partnership", "Designation", "Location"} <= {fact["type"] for fact in facts}
        for fact in facts:
            assert {"type", "roles", "time", "modality", "doc", "start", "end", "quote", "confidence"} <= set(
                fact
            )
            text = (seed_graph / "texts" / f"{fact['doc']}.txt").read_bytes().decode()
            assert text[fact["start"] : fact["end"]] == fact["quote"]

    def test_type(self, seeded: Kg) -> None:
        every = read_lines(seeded("facts", "--format", "jsonl").stdout)
        chosen = ["Partnership", "Position"]
        some = seeded("facts", "--type", chosen[0], "--type", chosen[1], "--format", "jsonl")
        assert read_lines(some.stdout) == [fact for fact in every if fact["type"] in chosen]

    def test_formats_agree(self, seeded: Kg) -> None:
        facts = read_lines(seeded("facts", "--type", "Partnership", "--format", "jsonl").stdout)
        assert json.loads(seeded("facts", "--type", "Partnership", "--format", "json").stdout) == facts
        rows = read_csv(seeded("facts", "--type", "Partnership", "--format", "csv").stdout)
        roles = {f"roles.{role}" for role in ("partner", "agreement", "kind", "amount", "place")}
        assert {key for key in rows[0] if key.startswith("roles.")} == roles
        for row, fact in zip(rows, facts, strict=True):
            assert row["roles.partner"] == " | ".join(fact["roles"]["partner"])
            assert (row["quote"], row["start"]) == (fact["quote"], str(fact["start"]))
        table = seeded("facts", "--type", "Partnership").stdout.splitlines()
        assert len(table) == len(facts) + 1
        assert all(fact["quote"] in line for line, fact in zip(table[1:], facts, strict=True))

    def test_unknown_type(self, seeded: Kg) -> None:
        result = seeded("facts", "--type", "Marriage")
        assert (result.exit_code, result.stdout) == (2, "")
        assert "Marriage" in result.stderr and "Partnership" in result.stderr


class TestEntities:
    def test_json_lines_have_the_shape_of_the_contract(self, seeded: Kg) -> None:
        entities = read_lines(seeded("entities", "--format", "jsonl").stdout)
        assert {tuple(entity) for entity in entities} == {
            ("doc", "class", "names", "aliases", "level", "code", "within", "candidates", "id")
        }
        assert len({(entity["doc"], entity["id"]) for entity in entities}) == len(entities)
        county = next(entity for entity in entities if entity["names"] == "肃宁县")
        assert (county["class"], county["level"], county["id"]) == (
            "Place",
            "county",
            "https://kg.example/place/130926",
        )
        assert "肃宁" in county["aliases"]

    def test_formats_agree(self, seeded: Kg) -> None:
        entities = read_lines(seeded("entities", "--type", "Platform", "--format", "jsonl").stdout)
        assert {entity["class"] for entity in entities} == {"Platform"}
        assert json.loads(seeded("entities", "--type", "Platform", "--format", "json").stdout) == entities
        rows = read_csv(seeded("entities", "--type", "Platform", "--format", "csv").stdout)
        for row, entity in zip(rows, entities, strict=True):
            assert row == entity | {
                "aliases": " | ".join(entity["aliases"]),
                "level": "",
                "code": "",
                "within": "",
                "candidates": "",
            }
        assert len(seeded("entities", "--type", "Platform").stdout.splitlines()) == len(entities) + 1

    def test_unknown_class(self, seeded: Kg) -> None:
        result = seeded("entities", "--type", "Partnership")
        assert (result.exit_code, result.stdout) == (2, "")
        assert "Platform" in result.stderr


@pytest.mark.parametrize(
    "args", [["ask", QUESTION], ["query", PARTNERS], ["facts"], ["entities"], ["view"], ["export"]]
)
def test_no_graph(kg: Kg, tmp_path: Path, args: list[object]) -> None:
    for folder in ("build", tmp_path, __file__):
        result = kg(*args, "--graph", folder)
        assert (result.exit_code, result.stdout) == (4, "")
        assert str(folder) in result.stderr and "kg build" in result.stderr


def test_unknown_format(seeded: Kg) -> None:
    assert seeded("facts", "--format", "xml").exit_code == 2


def test_format_from_the_environment(kg: Kg, seed_graph: Path) -> None:
    result = kg("facts", env={"KG_GRAPH": str(seed_graph), "KG_FORMAT": "json"})
    assert json.loads(result.stdout)


def test_a_place_is_asked_for_by_its_english_name(seeded: Kg) -> None:
    for name in ("Suning County", "suning"):
        rows = json.loads(seeded("ask", f"who partnered with {name} when", "--format", "json").stdout)
        assert "阿里巴巴集团" in {row["partner"] for row in rows}
