"""Repeated statements are one fact; what differs in who, when or whether stays apart."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.linking.facts import bounds

SIGN = "缙云县与拼多多签订合作协议"


def test_the_same_fact_said_twice_has_two_evidences(link):
    text = f"2019年5月，{SIGN}。山水更美了。早在2019年5月，{SIGN}。"
    (fact,) = link(text).said("Partnership")
    quotes = [e.quote for e in fact.evidence]
    assert quotes == [f"2019年5月，{SIGN}。", f"早在2019年5月，{SIGN}。"]
    assert all(text[e.start : e.end] == e.quote and e.document == "0.txt" for e in fact.evidence)


@pytest.mark.parametrize(
    ("text", "times"),
    [
        (f"2019年5月，{SIGN}。2020年5月，{SIGN}。", ["2019-05", "2020-05"]),
        (f"2019年，{SIGN}。2019年5月8日，{SIGN}。", ["2019-05-08"]),  # the same, more precisely
        (f"{SIGN}。2019年5月，{SIGN}。", ["2019-05"]),
        (f"2019年5月，{SIGN}。2019年6月，{SIGN}。", ["2019-05", "2019-06"]),
    ],
)
def test_times_tell_acts_apart(link, text, times):
    assert sorted(f.time for f in link(text).said("Partnership")) == times


@pytest.mark.parametrize(
    ("text", "count"),
    [
        (f"{SIGN}。云和县与拼多多签订合作协议。", 2),
        (f"{SIGN}。缙云县与京东集团签订合作协议。", 2),
        ("壶镇镇被评为全国电商示范镇。壶镇镇没有被评为全国电商示范镇。", 2),  # said and denied
        ("壶镇镇被评为全国电商示范镇。壶镇镇被评为“全国电商示范镇”。", 1),
        ("壶镇镇被评为全国电商示范镇。壶镇镇被评为全国文明镇。", 2),
        ("壶镇镇、新建镇被评为全国电商示范镇。", 2),
    ],
)
def test_who_what_and_whether_tell_facts_apart(link, text, count):
    facts = [f for f in link(text).facts if f.type in ("Partnership", "Designation")]
    assert len(facts) == count


def test_two_articles_that_say_the_same_are_two_evidences(link):
    (fact,) = link(f"2019年5月，{SIGN}。", f"据悉，2019年5月，{SIGN}。").said("Partnership")
    assert [(e.document, e.quote) for e in fact.evidence] == [
        ("0.txt", f"2019年5月，{SIGN}。"),
        ("1.txt", f"据悉，2019年5月，{SIGN}。"),
    ]
    assert fact.documents == ("0.txt", "1.txt")
    assert fact.confidence == max(e.confidence for e in fact.evidence)


@pytest.mark.parametrize(
    ("first", "second", "kind"),
    [
        (f"2019年，{SIGN}。", f"2020年，{SIGN}。", "Partnership"),  # again, in another year
        (f"2019年，{SIGN}。", f"2019年5月，{SIGN}。", "Partnership"),  # it may be another act of that year
        (
            "2019年，缙云县电商销售额达10亿元。",
            "2019年，缙云县电商销售额达12亿元。",
            "Measurement",
        ),  # they differ
        ("壶镇镇被评为全国电商示范镇。", "壶镇镇没有被评为全国电商示范镇。", "Designation"),
    ],
)
def test_what_two_articles_tell_otherwise_stays_apart_with_its_source(link, first, second, kind):
    facts = [f for f in link(first, second).said(kind) if f.documents]
    assert len(facts) == 2
    assert sorted(f.documents for f in facts) == [("0.txt",), ("1.txt",)]


def test_ids_do_not_depend_on_other_articles(link):
    alone = {f.id for f in link(f"2019年5月，{SIGN}。").facts}
    assert alone < {f.id for f in link(f"2019年5月，{SIGN}。", "壶镇镇被评为全国电商示范镇。").facts}


def test_everything_is_sorted_and_every_value_known(link):
    found = link(f"2019年5月，浙江省丽水市{SIGN}。缙云县副县长李伟到场。壶镇镇被评为全国电商示范镇。")
    assert [f.id for f in found.facts] == sorted(f.id for f in found.facts)
    assert list(found.entities) == sorted(found.entities)
    assert {f.type for f in found.facts} >= {"Partnership", "Position", "Designation", "Location"}
    for fact in found.facts:
        for values in fact.roles.values():
            assert list(values) == sorted(values)
            assert all(v in found.entities for v in values if "/" in v)


def test_a_place_does_not_lie_in_itself(link):
    assert link("缙云县的缙云很美。").said("Location") == []


def test_codes_overrule_a_wrong_reading_of_where_places_lie(link):
    """Side by side, but Taishun is not in Lishui: the divisions know better than the pattern."""
    assert link("丽水市泰顺县都来了。").said("Location") == []


@pytest.mark.parametrize(
    ("text", "controlled"),
    [
        ("阿里巴巴旗下的盒马鲜生来了。", {"盒马鲜生"}),
        ("阿里巴巴没有收购京东集团。", set()),
        ("京东集团抖音都来了。", set()),  # side by side, but the registry knows no such owner
    ],
)
def test_control(link, text, controlled):
    found = link(text)
    said = [f for f in found.said("Control") if f.modality == "actual"]
    assert {name for f in said for name in found.role(f, "controlled")} == controlled


@pytest.mark.parametrize(
    ("edtf", "first", "last"),
    [
        ("2019", "2019-01-01", "2019-12-31"),
        ("2019-02", "2019-02-01", "2019-02-28"),
        ("2020-02", "2020-02-01", "2020-02-29"),
        ("2019-03-05", "2019-03-05", "2019-03-05"),
        ("2020-09-25/2020-09-27", "2020-09-25", "2020-09-27"),
        ("2021-01/2021-05", "2021-01-01", "2021-05-31"),
        ("2016/2020", "2016-01-01", "2020-12-31"),
        ("2019-11/2020-02-03", "2019-11-01", "2020-02-03"),
    ],
)
def test_bounds(edtf, first, last):
    assert bounds(edtf) == (first, last)


@given(st.dates(date(1900, 1, 1), date(2100, 12, 31)), st.sampled_from([4, 7, 10]))
def test_bounds_hold_the_day(day, precision):
    first, last = map(date.fromisoformat, bounds(day.isoformat()[:precision]))
    assert first <= day <= last
    assert {4: 364, 7: 27, 10: 0}[precision] <= (last - first).days <= {4: 365, 7: 30, 10: 0}[precision]


def test_a_fact_carries_its_bounds(link):
    (fact,) = link(f"去年5月，{SIGN}。").said("Partnership")
    assert (fact.time, fact.earliest, fact.latest) == ("2020-05", "2020-05-01", "2020-05-31")
