"""Dates, outlets, authors and titles, by the order of trust."""

from __future__ import annotations

import pytest

from kg.model import Article
from kg.reading.article import read_article
from kg.reading.dates import any_date, full_date
from kg.reading.inference import inferred_date

BODY = "近日，曹县大集镇的淘宝村发展迅速，带动了群众增收。"


def article(text: str) -> Article:
    found = read_article("a.txt", text.encode())
    assert isinstance(found, Article)
    return found


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("2015-08-28 17:18", "2015-08-28"),
        ("2020年08月24日", "2020-08-24"),
        ("2020年4月10日  星期五", "2020-04-10"),
        ("2019-07-21T10:50:00+08:00", "2019-07-21"),
        ("2021/6/5", "2021-06-05"),
        ("20210615", "2021-06-15"),
        ("Tue, 15 Jun 2021 00:09:46 GMT", "2021-06-15"),
        ("June 15, 2021", "2021-06-15"),
    ],
)
def test_full_dates(text: str, date: str) -> None:
    assert full_date(text) == date


@pytest.mark.parametrize(
    "text", ["2021-13-05", "2021年2月30日", "电话0931-8159799", "2021-6", "202106151234", "12021-06-15"]
)
def test_what_is_no_full_date(text: str) -> None:
    assert full_date(text) is None


def test_coarser_dates() -> None:
    assert [any_date(text) for text in ("2021年6月", "2021-06", "2021", "2021年", "共2021家")] == [
        "2021-06",
        "2021-06",
        "2021",
        "2021",
        None,
    ]


@pytest.mark.parametrize(
    ("text", "published", "origin"),
    [
        (
            f"---\ndate: Tue, 15 Jun 2021 00:09:46 GMT\n---\n2020年1月1日\n{BODY}",
            "2021-06-15",
            "front-matter",
        ),
        (f"标题在此\n发布时间：2015-08-28 17:18\n{BODY}", "2015-08-28", "label"),
        (f"县简报（第38期） 编发日期：2020年9月30日\n{BODY}", "2020-09-30", "label"),
        (f"龙江农业报  2020年4月10日  星期五  第一版\n{BODY}", "2020-04-10", "masthead"),
        (f"甘孜日报2020年08月24日\n{BODY}", "2020-08-24", "masthead"),
        (f"新华社北京2020年5月1日电 {BODY}", "2020-05-01", "dateline"),
        (f"{BODY}\n2020年5月1日", "2020-05-01", "closing-date"),
        (f"据报道，2020年该县电商发展。\n{BODY}", "2020", "inferred"),
        (BODY, None, None),
    ],
)
def test_the_date_and_where_it_was_read(text: str, published: str | None, origin: str | None) -> None:
    found = article(text)
    # A closing date stands within the last lines, where a masthead may stand in a short text.
    origins = {origin, "masthead"} if origin == "closing-date" else {origin}
    assert found.published == published
    assert found.published_origin in origins


@pytest.mark.parametrize(
    "text", [f"2020年9月25日第八届淘宝村高峰论坛举行\n{BODY}", f"活动时间：2021年6月23日起的三天。\n{BODY}"]
)
def test_the_date_of_an_event_is_no_date_of_publication(text: str) -> None:
    assert article(text).published_origin == "inferred"


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("11月10日，记者采访。2020年农产品百强。方案(2020—2022年)。2022年年底，我市将建基地。", "2020-11"),
        ("6月24日，2021齐鲁论坛举行。2020年，零售额126亿元。", "2021-06"),
        (BODY * 8 + "在4月14日召开的2020年全市会议上，他说。" + BODY, "2020"),
        ("到2025年，力争建成。", None),
        ("8月26日，我县召开会议。", None),
    ],
)
def test_inference(text: str, date: str | None) -> None:
    assert inferred_date(text) == date


def test_broken_front_matter_is_read_line_by_line() -> None:
    found = article(
        f"---\ntitle: 题目: 有冒号: 也行\ndate: 2021-06-15\nbad: [\nsource: 经济参考报\n---\n{BODY}"
    )
    assert (found.title, found.published, found.source) == ("题目: 有冒号: 也行", "2021-06-15", "经济参考报")


def test_a_rule_at_the_head_is_no_front_matter() -> None:
    assert article(f"---\n{BODY}\n---\n{BODY}").text == f"{BODY}\n{BODY}"


@pytest.mark.parametrize(
    ("line", "source"),
    [
        ("来源：经济参考报", "经济参考报"),
        ("信息来源：县商务部门供稿", "县商务部门"),
        ("来源：网络整理", None),
        ("高原果讯 2022年10月9日 记者 马川", "高原果讯"),
    ],
)
def test_the_outlet(line: str, source: str | None) -> None:
    assert article(f"题目在这里\n{line}\n{BODY}").source == source


@pytest.mark.parametrize(
    ("line", "author"),
    [
        ("◎本网见习记者 周燕 文/图", "周燕"),
        ("□ 记者 毛迎", "毛迎"),
        ("导报讯(记者 孙罗南)6月23日，会议召开。", "孙罗南"),
        ("作者：洪小渔", "洪小渔"),
        ("记者了解到，会议召开。", None),
    ],
)
def test_the_author(line: str, author: str | None) -> None:
    assert article(f"题目在这里\n{line}\n{BODY}").author == author


def test_the_title_is_the_first_line_that_is_a_headline() -> None:
    assert (
        article(f"甘孜日报 2020年08月24日\n◎本网记者 周燕\n农村电商助农增收\n{BODY}").title
        == "农村电商助农增收"
    )
    assert article(BODY).title is None
