"""Addresses, titles out of file names, and times in other zones."""

from __future__ import annotations

import pytest

from kg.reading.dates import any_date, full_date, full_dates
from kg.reading.metadata import metadata

BODY = "近日，曹县大集镇的淘宝村发展迅速，带动了群众增收。"


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("2021-06-14T16:30:00Z", "2021-06-15"),
        ("2021-06-14T15:30:00Z", "2021-06-14"),
        ("2021-06-15T00:30:00+08:00", "2021-06-15"),
        ("2021-06-15 06:30:00 +0900", "2021-06-15"),
        ("2021-06-15T00:30:00+0900", "2021-06-14"),
        ("Mon, 14 Jun 2021 22:30:00 GMT", "2021-06-15"),
        ("2020-12-31T23:59:59.999Z", "2021-01-01"),
        ("二〇二一年六月十五日", "2021-06-15"),
        ("二○二一年十二月三十一日", "2021-12-31"),
        ("2021.6.5", "2021-06-05"),
        ("2021 06/ 15 12:52", "2021-06-15"),
        ("2021-06-15T25:00:00Z", "2021-06-15"),
    ],
)
def test_the_day_in_china(text: str, date: str) -> None:
    assert full_date(text) == date


@pytest.mark.parametrize("text", ["二〇二一年十三月一日", "1.2.2021", "0931-2021061", "二一年六月五日"])
def test_no_date(text: str) -> None:
    assert full_dates(text) == ()


def test_seconds_since_1970_are_a_date_only_alone() -> None:
    assert (any_date("1623715786"), any_date("1623715786000")) == ("2021-06-15", "2021-06-15")
    assert any_date("电话 1623715786") is None


@pytest.mark.parametrize(
    ("front", "page", "text", "address"),
    [
        ({"url": "http://a.cn/1.html"}, {"og:url": "http://b.cn"}, BODY, "http://a.cn/1.html"),
        ({}, {"og:url": "https://b.cn/2"}, BODY, "https://b.cn/2"),
        ({}, {}, f"{BODY}\n原文链接：https://c.cn/3.html （某网）", "https://c.cn/3.html"),
        ({"url": "javascript:x()"}, {}, BODY, None),
        ({}, {}, f"网店地址在https://c.cn/3.html。{BODY}", None),
    ],
)
def test_the_address(front: dict[str, str], page: dict[str, str], text: str, address: str | None) -> None:
    assert metadata(text, front, page, None).address == address


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("news/2021-06-15_小网店带出大产业.txt", "小网店带出大产业"),
        ("003_曹县电商样本_0a1b2c3d4e.html", "曹县电商样本"),
        ("000_4b67726bf6ce8553.txt", None),
        ("曹县.txt", None),
    ],
)
def test_a_title_out_of_the_name_of_the_file(name: str, title: str | None) -> None:
    assert metadata(BODY, {}, {}, None, name).title == title
