"""What the rules make of a sentence and of the sentences before it: time, modality, who, and which quote."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.extraction import dates
from kg.model import Statement


@pytest.fixture(scope="session")
def stated(read):
    """A function from a text to its statements of one type."""

    def _stated(text: str, kind: str, **options) -> list[Statement]:
        return [s for s in read(text, **options).statements if s.type == kind]

    return _stated


@pytest.fixture
def by_rules(monkeypatch):
    """Leave the time of a fact to the rules alone, without weights."""
    monkeypatch.setattr(dates, "weights", lambda name: {})


def texts(statement: Statement, role: str) -> tuple[str, ...]:
    return tuple(v if isinstance(v, str) else v.text for v in statement.roles.get(role, ()))


SIGN = "与京东集团签订合作协议"


@pytest.mark.parametrize(
    ("text", "time"),
    [
        (f"2019年5月，缙云县{SIGN}。", "2019-05"),
        (f"2019年5月8日，缙云县{SIGN}。", "2019-05-08"),
        (f"缙云县2019年5月{SIGN}。", "2019-05"),
        (f"去年，缙云县{SIGN}。", "2020"),
        (f"近日，缙云县{SIGN}。", "2021-06"),
        (f"缙云县{SIGN}。", None),  # an event of the past without a date
        (f"缙云县{SIGN}，2022年开工。", None),  # a time after the act is another's
        # Carried over only where the text says that it is the same occasion.
        (f"2019年5月，烧饼节开幕。现场，缙云县{SIGN}。", "2019-05"),
        (f"2019年5月，烧饼节开幕。活动现场，缙云县{SIGN}。", "2019-05"),
        (f"2019年5月8日，烧饼节开幕。当天，缙云县{SIGN}。", "2019-05-08"),
        (f"2019年5月8日，烧饼节开幕。次日，缙云县{SIGN}。", "2019-05-09"),
        (f"2019年5月，烧饼节开幕。缙云县{SIGN}。", None),
        (f"烧饼节开幕。次日，缙云县{SIGN}。", None),
        pytest.param(
            f"2019年5月，烧饼节开幕。会上，缙云县{SIGN}。", "2019-05",
        ),
    ],
)  # fmt: skip
def test_the_time_of_an_event(stated, by_rules, text, time):
    statements = stated(text, "Partnership")
    assert statements
    assert {s.time for s in statements} == {time}


def test_two_years_are_two_honours(stated):
    honours = stated("2019年和2020年，壶镇镇被评为“全国电商示范镇”。", "Designation")
    assert {s.time for s in honours} == {"2019", "2020"}


def test_a_state_has_no_time(stated):
    assert {s.time for s in stated("2019年5月，县长李伟来到北京。", "Position")} == {None}


@pytest.mark.parametrize(
    ("text", "kind", "modality"),
    [
        ("壶镇镇被评为“全国电商示范镇”。", "Designation", "actual"),
        ("壶镇镇没有被评为“全国电商示范镇”。", "Designation", "negated"),
        ("壶镇镇未能入选“全国电商示范镇”。", "Designation", "negated"),
        ("壶镇镇力争成为“全国电商示范镇”。", "Designation", "planned"),
        ("壶镇镇将被评为“全国电商示范镇”。", "Designation", "planned"),
        (
            "壶镇镇没有工厂，但被评为“全国电商示范镇”。",
            "Designation",
            "actual",
        ),  # the 没有 is another clause's
        ("将来不好说，壶镇镇被评为“全国电商示范镇”。", "Designation", "actual"),
        ("缙云县与拼多多签订合作协议。", "Partnership", "actual"),
        ("缙云县将与拼多多签订合作协议。", "Partnership", "planned"),
        ("缙云县即将同拼多多签约。", "Partnership", "planned"),
        ("缙云县没有与拼多多签订合作协议。", "Partnership", "negated"),
        ("缙云县未与拼多多签订合作协议。", "Partnership", "negated"),
    ],
)
def test_modality(stated, text, kind, modality):
    assert {s.modality for s in stated(text, kind)} == {modality}


@pytest.mark.parametrize(
    ("text", "holder"),
    [
        ("壶镇镇电商兴旺，2020年被评为“全国电商示范镇”。", "壶镇镇"),
        (
            "壶镇镇电商兴旺。2020年，被浙江省商务厅评为“全国电商示范镇”。",
            "壶镇镇",
        ),  # from the sentence before
        ("青禾公司在缙云县开店，2020年被评为“全国电商示范企业”。", "青禾公司"),  # not where it does so
    ],
)
def test_a_subject_left_out_is_the_one_before(stated, text, holder):
    assert {texts(s, "holder") for s in stated(text, "Designation")} == {(holder,)}


def test_nobody_is_made_up_where_no_subject_was_named(stated):
    assert stated("2020年，被评为“全国电商示范镇”。", "Designation") == []


def test_the_items_of_a_list_are_facts_of_their_own(stated):
    honours = stated("2020年，壶镇镇、新建镇和东渡镇被评为“全国电商示范镇”。", "Designation")
    assert {texts(s, "holder") for s in honours} == {("东渡镇",), ("壶镇镇",), ("新建镇",)}
    assert {s.time for s in honours} == {"2020"}


def test_partners_of_one_act_stay_together(stated):
    acts = stated("缙云县与京东集团、拼多多共同签订合作协议。", "Partnership")
    assert any(set(texts(s, "partner")) == {"缙云县", "京东集团", "拼多多"} for s in acts)
    assert all(set(texts(s, "partner")) == {"缙云县", "京东集团", "拼多多"} for s in acts)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("青禾公司总经理周洁介绍情况。", {("周洁", "总经理", "青禾公司")}),
        ("周洁担任青禾公司总经理。", {("周洁", "总经理", "青禾公司")}),
        ("缙云县副县长李伟到场。", {("李伟", "副县长", "缙云县")}),
        ("缙云县副县长李伟、周洁出席。", {("李伟", "副县长", "缙云县"), ("周洁", "副县长", "缙云县")}),
        ("周洁没有担任青禾公司总经理。", set()),
        ("周洁参观了青禾公司，总经理不在。", set()),
    ],
)
def test_positions(stated, text, expected):
    said = {
        tuple(texts(s, role)[0] for role in ("person", "title", "organization"))
        for s in stated(text, "Position")
    }
    assert said == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("浙江省丽水市的网店多。", {("丽水市", "浙江省")}),
        ("缙云县、云和县都来了。", set()),  # side by side, not one in the other
        ("丽水市的缙云县、云和县都来了。", {("缙云县", "丽水市"), ("云和县", "丽水市")}),
        pytest.param(
            "青禾公司位于缙云县壶镇镇。", {("壶镇镇", "缙云县"), ("青禾公司", "壶镇镇")},
        ),
    ],
)  # fmt: skip
def test_locations(stated, text, expected):
    assert {(texts(s, "entity")[0], texts(s, "place")[0]) for s in stated(text, "Location")} == expected


@pytest.mark.parametrize(
    "text",
    [
        "许多公司与不少平台签订合作协议。",
        "缙云县的茶叶远销京东集团总部所在的北京。",
        "如果没有好货，签订再多合作协议也没用。",
        "",
        "。。。！！",
    ],
)
def test_no_partnership_without_named_partners(stated, text):
    assert stated(text, "Partnership") == []


def test_a_quote_is_its_sentence(stated):
    text = "缙云县很美。2019年5月，缙云县与京东集团签订合作协议。云和县也很美。"
    for s in stated(text, "Partnership"):
        assert text[s.start : s.end] == "2019年5月，缙云县与京东集团签订合作协议。"


def test_of_a_long_sentence_the_quote_is_the_clause(stated):
    padding = "这里山好水好人也好，" * 20
    text = f"{padding}缙云县与京东集团签订合作协议，{padding[:-1]}。"
    for s in stated(text, "Partnership"):
        assert text[s.start : s.end] == "缙云县与京东集团签订合作协议"


def test_every_statement_names_its_rule(read):
    from kg.extraction.rules import load

    known = {rule.id for file in load() for rule in file.rules}
    text = "2019年5月，浙江省丽水市缙云县与京东集团签订合作协议。缙云县县长李伟到场。壶镇镇被评为“全国电商示范镇”。"
    statements = read(text).statements
    assert {s.type for s in statements} >= {"Partnership", "Position", "Designation", "Location"}
    assert all(
        s.rule in known and s.rule.startswith(f"{s.type}.") and 0 < s.confidence <= 1 for s in statements
    )


PIECES = (
    "缙云县 丽水市 壶镇镇 北山村 青禾公司 京东集团 拼多多 县长 李伟 王小丽 2019年 次日 3月5日 近日 "
    "1.2亿元 三家 “全国电商示范县” 淘宝村 、 和 与 等 ， 。 ； ： \n 被评为 获得 签订 合作协议 双方 "
    "该县 我市 市商务局 电商产业园 位于 旗下 任 是 的 将 未 没有 会上 联合 发布 《电商发展规划》 "
    "烧饼节 名单 上榜 分别"
)
pieces = st.sampled_from(PIECES.split(" "))


@given(st.lists(pieces, max_size=40).map("".join))
@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_heap_of_words_gives_well_formed_statements(read, text):
    from edtf import parse_edtf

    for s in read(text).statements:
        assert 0 <= s.start < s.end <= len(text)
        assert s.modality in ("actual", "planned", "negated")
        assert s.time is None or parse_edtf(s.time)
        for values in s.roles.values():
            for value in values:
                assert isinstance(value, str) or text[value.start : value.end] == value.text


@pytest.mark.parametrize(
    ("text", "time"),
    [
        ("去年“双11”当天，孙倩卖出大蒜3000单。", "2020-11-11"),
        ("“双11”当天，孙倩卖出大蒜3000单。", "2020-11-11"),  # the last such day before the article
        ("“双11”以来，孙倩卖出大蒜3000单。", None),  # not on the day itself
        ("2019年孙倩回乡。她卖出大蒜3000单。", "2019"),  # the date of the paragraph
        ("孙倩卖出大蒜3000单。", None),
    ],
)
def test_the_time_of_a_sale(stated, by_rules, text, time):
    assert {s.time for s in stated(text, "Sale")} == {time}


@pytest.mark.parametrize(
    ("text", "seller"),
    [
        ("在孙倩的直播间里，大蒜卖出3000单。", "孙倩"),
        ("孙倩说，去年网上卖了大蒜3000斤。", "孙倩"),
        ("青禾合作社理事长孙倩说，去年网上卖了大蒜3000斤。", "青禾合作社"),
        ("孙倩开的淘宝店“青禾小铺”只做网络生意，卖的是大蒜。", "“青禾小铺”"),
        ("当地成立青禾食品有限公司，专卖大蒜、土豆，订单来自网上。", "青禾食品有限公司"),
        ("孙倩创办的青禾公司在网上销售大蒜3000斤。", "青禾公司"),
        ("网上热闹，去年沛县大蒜线上成交额380万元。", "沛县"),
    ],
)
def test_who_sells(stated, text, seller):
    assert {name for s in stated(text, "Sale") for name in texts(s, "seller")} >= {seller}


def test_a_sale_has_its_goods_and_platforms_from_the_sentence(stated):
    (sale,) = stated("孙倩在淘宝、拼多多开了店，卖大蒜、土豆，去年卖出3000斤。", "Sale")[-1:]
    assert texts(sale, "product") == ("大蒜", "土豆")
    assert texts(sale, "platform") == ("淘宝", "拼多多")


def test_sales_of_different_years_stay_apart(stated):
    sales = stated("孙倩前年在拼多多开店，去年卖出大蒜3000斤。", "Sale")
    assert {s.time for s in sales} == {"2019", "2020"}
