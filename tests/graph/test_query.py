"""User queries: what they may do, what is refused, and that a value is never more than a value."""

from __future__ import annotations

import pytest

from kg.graph import QueryRefused, query

PREFIX = "PREFIX kg: <https://kg.example/ontology#>\nPREFIX skos: <http://www.w3.org/2004/02/skos/core#>\n"
LABELLED = (
    "# parameter: label text\n"
    + PREFIX
    + "SELECT ?label ?e { ?e skos:prefLabel ?l BIND(STR(?l) AS ?s) FILTER(?s = ?label) }"
)
PARTNERS = "# parameter: who entity\n" + PREFIX + "SELECT ?who ?fact { ?fact kg:partner ?who }"


def test_select_over_all_graphs_without_graph_clauses(graph):
    text = PREFIX + "SELECT ?t { ?f a kg:Partnership ; kg:partner/skos:prefLabel ?t FILTER(LANG(?t) = 'zh') }"
    result = query(graph, text, {})
    assert result.columns == ("t",) and {row[0] for row in result.rows} >= {"青鸟集团", "禾田园区"}
    assert list(result.rows) == sorted(result.rows), "rows are sorted where the query does not order them"


def test_an_order_that_the_query_asks_for_is_kept(graph):
    text = (
        PREFIX
        + "SELECT DISTINCT ?l { ?e kg:level ?x ; skos:prefLabel ?l FILTER(?x != 'village') } ORDER BY DESC(?l)"
    )
    names = [row[0] for row in query(graph, text).rows]
    assert names == ["云阳县", "云省"] == sorted(names, reverse=True)


def test_the_other_forms(graph):
    assert query(graph, PREFIX + "ASK { ?f a kg:Sale }").rows == (("true",),)
    made = query(graph, PREFIX + "CONSTRUCT { ?f kg:x ?p } WHERE { ?f a kg:Sale ; kg:product ?p }")
    assert made.columns == ("subject", "predicate", "object")
    assert made.rows == (
        (
            "<https://kg.example/fact/0009>",
            "<https://kg.example/ontology#x>",
            "<https://kg.example/product/dd01>",
        ),
    )
    assert len(query(graph, "DESCRIBE <https://kg.example/product/dd01>").rows) >= 3


def test_unbound_cells_are_none_and_records_are_dicts(graph):
    text = PREFIX + "SELECT ?f ?t { ?f a kg:Sale OPTIONAL { ?f kg:time ?t } }"
    assert query(graph, text).records() == [{"f": "https://kg.example/fact/0009", "t": None}]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }", "SERVICE"),
        ("SELECT * { sErViCe SILENT <http://127.0.0.1:9/> { ?s ?p ?o } }", "SERVICE"),
        ("ASK { FILTER EXISTS { SERVICE <http://127.0.0.1:9/> {} } }", "SERVICE"),
        ("SELECT * { ?a ?b ?c FILTER(?c<'x>') SERVICE <http://127.0.0.1:9/> {} }", "SERVICE"),
        ("SELECT * { \\u0053ERVICE <http://127.0.0.1:9/> {} }", "escapes"),
        ("SELECT * { SERVI\\U00000043E <http://127.0.0.1:9/> {} }", "escapes"),
        ("SELECT * FROM <file:///etc/passwd> { ?s ?p ?o }", "FROM"),
        ("SELECT * from named <http://127.0.0.1:9/> { ?s ?p ?o }", "FROM"),
        ("INSERT DATA { <a:a> <a:b> <a:c> }", "not INSERT"),
        ("PREFIX x: <a:b#>\n# a comment\nDELETE WHERE { ?s ?p ?o }", "not DELETE"),
        ("LOAD <http://127.0.0.1:9/>", "not LOAD"),
        ("DROP ALL", "not DROP"),
        ("# SELECT\nCLEAR ALL", "not CLEAR"),
        ("SELECT * { ?s ?p ?o } ; DROP ALL", "not SPARQL"),
        ("", "only SELECT"),
        ("SELECT * {", "not SPARQL"),
        ("SELECT * " + "{" * 33 + "}" * 33, "nested"),
        ("SELECT * { FILTER(" + "(" * 3000 + "1" + ")" * 3000 + ") }", "nested"),
        ("SELECT * { FILTER(" + "!" * 9000 + "true) }", "nested"),
        ("SELECT * { ?s ?p '" + "长" * 4000 + "' }", "longer than"),
    ],
)
def test_what_is_refused(graph, text, message):
    with pytest.raises(QueryRefused, match=message):
        query(graph, text)


def test_words_that_only_resemble_updates_are_fine(graph):
    assert query(graph, PREFIX + "SELECT ?insert { ?insert kg:kind 'insert; drop all' }").rows == ()


def test_the_store_cannot_be_written(graph):
    with pytest.raises(RuntimeError, match="read-write"):
        graph.store.update("INSERT DATA { <a:a> <a:b> <a:c> }")


@pytest.mark.parametrize(
    ("text", "given", "message"),
    [
        (PARTNERS, {}, "'who' is missing"),
        (PARTNERS, {"who": "青鸟", "whom": "青鸟"}, "declares no parameter 'whom'"),
        (PARTNERS.replace("SELECT ?who ", "SELECT "), {"who": "青鸟"}, "projection"),
        (
            "# parameter: who entity\nSELECT ?who { ?s ?p ?o BIND(?o AS ?who) }",
            {"who": "青鸟"},
            "itself sets [?]who",
        ),
        (
            "# parameter: who entity\nSELECT (STR(?s) as # x\n $who) { ?s ?p ?o }",
            {"who": "青鸟"},
            "itself sets [?]who",
        ),
        ("# parameter: who entity\nSELECT ?who { VALUES (?o ?who) {} }", {"who": "青鸟"}, "itself sets"),
        (
            "# parameter: who ghost\nSELECT ?who { ?s ?p ?who }",
            {"who": "青鸟"},
            "not a parameter declaration",
        ),
        ("# parameter: n integer\nSELECT ?n { ?s ?p ?n }", {"n": "3.5"}, "whole number"),
        ("# parameter: n integer\nSELECT ?n { ?s ?p ?n }", {"n": "１"}, "whole number"),
        ("# parameter: x number\nSELECT ?x { ?s ?p ?x }", {"x": "1e3"}, "a number such as"),
        ("# parameter: d date\nSELECT ?d { ?s ?p ?d }", {"d": "2020-1-1"}, "date such as"),
    ],
)
def test_parameters_that_cannot_work_are_refused(graph, text, given, message):
    with pytest.raises(QueryRefused, match=message):
        query(graph, text, given)


def test_typed_parameters_find_typed_values(graph):
    integer = "# parameter: n integer\n" + PREFIX + "SELECT ?n ?f { ?f kg:count ?n }"
    assert len(query(graph, integer, {"n": "3"}).rows) == 1
    assert query(graph, integer, {"n": "4"}).rows == ()
    date = "# parameter: d date\n" + PREFIX + "SELECT ?d ?f { ?f kg:earliest ?d }"
    assert len(query(graph, date, {"d": "2019-05-01"}).rows) == 1
    assert len(query(graph, LABELLED, {"label": "青鸟集团"}).rows) == 1
    number = "# parameter: x number = 0.6\n" + PREFIX + "SELECT ?f ?x { ?f kg:confidence ?c FILTER(?c < ?x) }"
    assert query(graph, number, {"x": "0.5"}).rows == ()
    assert query(graph, number).columns == ("f",), "a parameter with a default is no column"
    assert query(graph, number).rows == (("https://kg.example/fact/0014",),)


@pytest.mark.parametrize(
    "value", ["青鸟集团", "青鸟", "BLUEBIRD  group", "organization/aa01", "《青鸟公司》"]
)
def test_an_entity_is_found_by_any_of_its_names(graph, value):
    result = query(graph, PARTNERS, {"who": value})
    assert result.parameters == {"who": "https://kg.example/organization/aa01"}
    assert len(result.rows) == 3 and result.notes == ()


def test_an_entity_is_found_by_its_iri(graph):
    assert len(query(graph, PARTNERS, {"who": "https://kg.example/organization/aa01"}).rows) == 3


def test_of_namesakes_the_one_with_most_facts_is_taken_and_the_note_says_so(graph):
    result = query(graph, PARTNERS, {"who": "飞鱼"})
    assert result.parameters == {"who": "https://kg.example/organization/aa04"}
    assert result.notes == (
        "飞鱼 was taken as 飞鱼公司 <https://kg.example/organization/aa04>, "
        "not as 飞鱼 <https://kg.example/platform/aa05>",
    )


def test_an_unknown_name_gives_no_rows_and_a_note(graph):
    result = query(graph, PARTNERS, {"who": "云阳"[:1] + "南县"})
    assert result.columns == ("who", "fact") and result.rows == ()
    assert "no entity called 云南县" in result.notes[0]


INJECTIONS = [
    "青鸟集团' } UNION { ?e ?p ?label",
    '青鸟集团"@zh . ?x ?y ?z #',
    "x> } SELECT * { ?s ?p ?o } #",
    "?label",
    "' || true || '",
    "\\u0027",
    "} } ; DROP ALL",
    "<https://kg.example/organization/aa01>",
    "\x00",
    "青\n鸟\n群",
    "https://kg.example/x> ?p ?o",
]


@pytest.mark.parametrize("value", INJECTIONS)
def test_a_value_is_only_a_value(graph, value):
    assert query(graph, LABELLED, {"label": value}).rows == ()
    assert query(graph, PARTNERS, {"who": value}).rows == ()
