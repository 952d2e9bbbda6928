"""Every file of queries/ is asked in both languages and answers as its expected file says."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from kg.graph import UnknownQuestion, ask, query, questions
from kg.graph.ask import templates
from kg.graph.query import MIN_CONFIDENCE, QueryRefused, read_head
from kg.graph.schema import KG
from kg.resources import folder

EXPECTED = Path(__file__).parent / "expected"
FILES = sorted(folder("queries").glob("*.rq"))
CASES = [
    (path.stem, case)
    for path in FILES
    if (EXPECTED / f"{path.stem}.json").exists()
    for case in json.loads((EXPECTED / f"{path.stem}.json").read_text("utf-8"))
]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_query_file_is_complete(path, graph):
    text = path.read_text("utf-8")
    head = read_head(text)
    chinese = [wording for wording in head.questions if re.search("[一-鿿]", wording)]
    assert chinese and len(chinese) < len(head.questions), "a question comment in each language"
    assert (EXPECTED / f"{path.stem}.json").exists(), "an expected result"
    assert head.parameters[MIN_CONFIDENCE] == "number" and head.defaults == {MIN_CONFIDENCE: "0"}
    named = set(head.parameters) - set(head.defaults)
    result = query(graph, text, dict.fromkeys(named, "无此实体"))
    assert named <= set(result.columns)
    assert {"date", "modality", "confidence", "sources", "document", "quote"} <= set(result.columns)
    assert result.rows == (), "a parameter that nothing matches gives nothing"


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_an_expected_file_asks_in_both_languages_and_finds_something(path):
    cases = [case for name, case in CASES if name == path.stem]
    asked = [bool(re.search("[一-鿿]", re.sub(r"\{.*?\}", "", case["wording"]))) for case in cases]
    assert set(asked) == {True, False}
    assert any(case["rows"] for case in cases)


@pytest.mark.parametrize(("name", "case"), CASES, ids=[f"{name}: {case['question']}" for name, case in CASES])
def test_the_expected_result(name, case, graph):
    answer = ask(graph, case["question"])
    assert answer.template == name
    assert answer.wording == case["wording"]
    assert list(answer.result.columns) == case["columns"]
    assert [list(row) for row in answer.result.rows] == case["rows"]
    assert list(answer.notes) == case["notes"]


@pytest.mark.parametrize("template", templates(folder("queries")), ids=lambda template: template.name)
def test_every_wording_finds_its_own_file(template, graph):
    for wording in template.wordings:
        question = re.sub(r"\{\w+\}", "青鸟集团", wording.text)
        assert ask(graph, question).template == template.name, question


@pytest.mark.parametrize(("name", "case"), CASES, ids=[f"{name}: {case['question']}" for name, case in CASES])
def test_what_is_below_the_confidence_asked_for_is_left_out(name, case, graph):
    at = case["columns"].index("confidence")
    background = [row for row in case["rows"] if row[at] is None]
    for least in (0.5, 0.6, 1):
        kept = [row for row in case["rows"] if row[at] is None or float(row[at]) >= least]
        assert [list(row) for row in ask(graph, case["question"], min_confidence=least).result.rows] == kept
    assert kept == background, "no fact of the sample is certain"
    assert not background or name in ("members", "owners", "places")


def test_a_file_that_knows_no_confidence_is_refused_one(graph, tmp_path):
    (tmp_path / "all.rq").write_text("# question: all\nSELECT ?s { ?s ?p ?o }", "utf-8")
    assert ask(graph, "all", tmp_path).result.rows
    with pytest.raises(QueryRefused, match=r"# parameter: min_confidence number = 0"):
        ask(graph, "all", tmp_path, min_confidence=0.5)


def test_every_type_of_fact_has_a_question(graph):
    """All but the questions about everything (timeline, plans) speak of the roles of some type."""
    asked = " ".join(path.read_text("utf-8") for path in FILES)
    for fact_type in graph.schema.facts.values():
        for role in fact_type.roles.values():
            assert role.iri.replace(KG, "kg:") in asked, role.iri


def test_a_fact_of_several_articles_is_one_row_and_a_reprint_is_no_source(graph):
    (post,) = ask(graph, "who works at 云阳县").result.records()
    assert (post["sources"], post["document"]) == ("2", "news/first.txt")
    training = ask(graph, "who partnered with 青鸟集团 when").result.records()[0]
    assert (training["date"], training["sources"], training["document"]) == ("2018", "1", "news/second.txt")


@pytest.mark.parametrize(
    "question",
    [
        "谁在什么时候与青鸟集团合作",
        "谁在什么时候与青鸟集团合作过？",
        "谁和青鸟集团在什么时候合作过",
        "请问哪些单位曾经在哪一年跟青鸟集团签约？",
        "青鸟集团都在什么时候和谁合作过呢",
        "青鸟集团先后与哪些企业牵手",
        "在哪年谁与青鸟集团一起合作",
        "tell me, which companies cooperated with the Bluebird Group in which year",
        "谁在什么时候与青鸟集团合作了?",
        "  谁 在什么时候 与 《青鸟集团》 合作 。",
        "谁在什么时候与青鸟合作",
        "who partnered with Bluebird Group when",
        "Who partnered with BLUEBIRD GROUP, when?",
        "WHO PARTNERED WITH “bluebird group” WHEN ?",
        "ｗｈｏ　ｐａｒｔｎｅｒｅｄ　ｗｉｔｈ　Ｂｌｕｅｂｉｒｄ　Ｇｒｏｕｐ　ｗｈｅｎ？",
    ],
)
def test_matching_is_tolerant(question, graph):
    answer = ask(graph, question)
    assert answer.parameters["actor"] == "https://kg.example/organization/aa01"
    assert [row[0] for row in answer.result.rows] == ["云阳县"] * 4 + ["禾田园区"]


@pytest.mark.parametrize(
    ("question", "name"),
    [
        ("成都有哪些称号", "成都"),  # 都 may be put in, but here it is of the name
        ("the Bluebird Groups有哪些称号", "the Bluebird Groups"),
        ("“青鸟集团”都有哪些称号", "青鸟集团"),
    ],
)
def test_a_name_is_cut_only_to_one_that_is_known(question, name, graph):
    answer = ask(graph, question)
    known = graph.names.find(name)
    assert answer.template == "designations"
    if known:
        assert answer.parameters["holder"] == known[0]
    elif name == "成都":
        assert "called 成都" in answer.notes[0]
    else:
        assert answer.parameters["holder"] == "https://kg.example/organization/aa01"


def test_the_family_acts_as_one(graph):
    rows = ask(graph, "who partnered with 青鸟集团 when").result.records()
    joint = [row for row in rows if row["agreement"] == "乙约、甲约"]
    assert [row["partner"] for row in joint] == ["云阳县", "禾田园区"], "a row a partner, none for the family"
    assert {row["through"] for row in joint} == {"青鸟研究院、青鸟集团"}


def test_control_in_a_text_makes_family_too(graph):
    rows = ask(graph, "who partnered with 青鸟研究院 when").result.records()
    assert {row["through"] for row in rows} == {"青鸟研究院", "飞鱼公司"}
    assert "青鸟集团" in {row["partner"] for row in rows}, "the owner is not a member of what it owns"
    members = ask(graph, "what does 青鸟集团 control").result.records()
    assert {row["member"] for row in members} == {"青鸟研究院", "青鸟集市", "飞鱼公司"}


def test_plans_are_told_as_such_and_denials_not_at_all(graph):
    (row,) = ask(graph, "who partnered with 飞鱼公司").result.records()
    assert (row["partner"], row["modality"], row["quote"]) == ("云阳县", "planned", "云阳县将与飞鱼公司合作")
    told = ask(graph, "what happened to 飞鱼公司 when").result.records()
    assert [row["modality"] for row in told] == ["actual", "planned", "negated"], (
        "but everything is told here"
    )


def test_an_unknown_name_is_an_empty_answer(graph):
    answer = ask(graph, "Who partnered with Nobody when?")
    assert answer.result.rows == () and "no entity called Nobody" in answer.notes[0]


@pytest.mark.parametrize("question", ["", "?", "why", "谁", "x" * 10_000, "{actor}"])
def test_an_unknown_question_lists_the_known_ones(question, graph):
    with pytest.raises(UnknownQuestion) as error:
        ask(graph, question)
    assert "who partnered with {actor} when" in str(error.value)
    assert error.value.questions == questions()


def test_a_new_question_is_only_a_file(graph, tmp_path):
    text = "PREFIX kg: <https://kg.example/ontology#>\nSELECT ?what ?f { ?f kg:product ?what }"
    head = "# question: facts on {what}?\n# question: 关于{what}的事实\n# parameter: what entity\n"
    (tmp_path / "about.rq").write_text(head + text, "utf-8")
    assert len(ask(graph, "Facts on 云阳橙\ufffd", tmp_path).result.rows) == 2
    with pytest.raises(UnknownQuestion):
        ask(graph, "请问关于云阳橙\ufffd的事实", tmp_path)
    assert questions(tmp_path) == ["facts on {what}?", "关于{what}的事实"]


@pytest.mark.parametrize(
    ("head", "message"),
    [
        ("# question: facts on {what}\n", "each parameter once"),
        ("# question: facts\n# parameter: what entity\n", "each parameter once"),
        ("# question: {what} {what}\n# parameter: what entity\n", "each parameter once"),
        ("# parameter: what\n", "not a parameter declaration"),
        ("# parameter: what = 1\n", "not a parameter declaration"),
    ],
)
def test_a_bad_head_names_its_file(graph, tmp_path, head, message):
    (tmp_path / "bad.rq").write_text(head + "SELECT ?what { ?what ?p ?o }", "utf-8")
    with pytest.raises(QueryRefused, match=rf"bad\.rq: .*{message}"):
        ask(graph, "facts on x", tmp_path)


INJECTIONS = [
    "青鸟集团> } UNION { ?s ?p ?o } #",
    '青鸟集团" ; DROP ALL',
    "x' || true || 'x",
    "?partner",
    "SERVICE <http://127.0.0.1:9/>",
    "\\u003e",
    "<https://kg.example/organization/aa01>",
]


@pytest.mark.parametrize("value", INJECTIONS)
@pytest.mark.parametrize("wording", [template.leading()[0] for template in templates(folder("queries"))])
def test_a_name_is_only_a_name(graph, wording, value):
    answer = ask(graph, re.sub(r"\{\w+\}", lambda _: value, wording))
    assert answer.result.rows == () and answer.notes
