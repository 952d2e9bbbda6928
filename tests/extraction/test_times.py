"""Times in news, resolved by hand: what a reader of the paper of that day would note down."""

from __future__ import annotations

from datetime import date

import pytest
from edtf import parse_edtf
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.extraction.times import dateline, find_times

TUESDAY = "2021-06-15"
JANUARY = "2021-01-10"
LAST = "2018-04-12"


def dates(text: str, published: str | None = TUESDAY, last: str | None = None) -> list[str]:
    return [t.edtf for t in find_times(text, 0, len(text), published, last) if t.edtf]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # As the paper prints them.
        ("2019年3月5日，云和县", ["2019-03-05"]),
        ("于2019年12月挂牌", ["2019-12"]),
        ("2019年，云和县", ["2019"]),
        ("二〇一九年挂牌", ["2019"]),
        ("一九九八年办厂", ["1998"]),
        ("2020年度优秀", ["2020"]),
        ("2020年底建成", ["2020"]),
        ("2020年12月底建成", ["2020-12"]),
        ("2020年5月中旬开园", ["2020-05"]),
        ("2020年2月30日", ["2020-02"]),  # no such day: the month is certain
        ("2019年和2020年", ["2019", "2020"]),
        ("自2018年起", ["2018"]),
        ("到2025年，建成", ["2025"]),
        ("2022年6月开馆", ["2022-06"]),
        # Stretches.
        ("2020年9月25日至27日在", ["2020-09-25/2020-09-27"]),
        ("2020年9月25日—27日在", ["2020-09-25/2020-09-27"]),
        ("2020年9月25-27日在", ["2020-09-25/2020-09-27"]),
        ("2020年9月25日至10月3日", ["2020-09-25/2020-10-03"]),
        ("9月25日至27日，", ["2020-09-25/2020-09-27"]),
        ("5月25日至6月2日，", ["2021-05-25/2021-06-02"]),
        ("2021年1-5月，", ["2021-01/2021-05"]),
        ("2021年1月至5月，", ["2021-01/2021-05"]),
        ("2015年至2019年，", ["2015/2019"]),
        ("2015—2019年，", ["2015/2019"]),
        ("2016-2020年规划", ["2016/2020"]),
        ("2020年上半年", ["2020-01/2020-06"]),
        ("2020年下半年", ["2020-07/2020-12"]),
        ("2020年第三季度", ["2020-07/2020-09"]),
        ("2020年四季度", ["2020-10/2020-12"]),
        ("“十三五”期间", ["2016/2020"]),
        ("“十四五”时期", ["2021/2025"]),
        ("十二五末", ["2011/2015"]),
        # From the day of the paper.
        ("今年，云和县", ["2021"]),
        ("今年5月，", ["2021-05"]),
        ("今年3月20日，", ["2021-03-20"]),
        ("今年上半年，", ["2021-01/2021-06"]),
        ("去年下半年，", ["2020-07/2020-12"]),
        ("去年底，", ["2020"]),
        ("去年12月，", ["2020-12"]),
        ("前年，", ["2019"]),
        ("明年，", ["2022"]),
        ("本月，", ["2021-06"]),
        ("上月底，", ["2021-05"]),
        ("上个月，", ["2021-05"]),
        ("下月初，", ["2021-07"]),
        ("今天，", ["2021-06-15"]),
        ("昨日，", ["2021-06-14"]),
        ("前天，", ["2021-06-13"]),
        ("明天，", ["2021-06-16"]),
        ("上周五，", ["2021-06-11"]),
        ("本周一，", ["2021-06-14"]),
        ("下周三，", ["2021-06-23"]),
        ("上星期天，", ["2021-06-13"]),
        ("近日，", ["2021-06"]),
        ("日前，", ["2021-06"]),
        ("目前，", ["2021-06"]),  # FACTS.md: a present state takes the article's month
        ("截至目前，", ["2021-06-15"]),
        ("上半年，", ["2021-01/2021-06"]),
        ("一季度，", ["2021-01/2021-03"]),
        # Without a year: the latest such day that the paper can mean.
        ("6月10日，", ["2021-06-10"]),
        ("5月，", ["2021-05"]),
        ("9月初，", ["2020-09"]),
        ("12月20日，", ["2020-12-20"]),
        ("6月16日开幕", ["2021-06-16"]),
        ("8月将开幕", ["2021-08"]),
        ("截至5月底，", ["2021-05"]),
        # Without a month.
        ("9日上午，", ["2021-06-09"]),
        ("20日晚，", ["2021-05-20"]),
        ("15日讯", ["2021-06-15"]),
        # No dates.
        ("近年来，", []),
        ("此前，", []),
        ("当时，", []),
        ("20年前，", []),
        ("今后几年，", []),
        ("3日内发货", []),
        ("日均8单", []),
        ("13月", []),
        ("99年历史", []),
        ("第2019号", []),
    ],
)  # fmt: skip
def test_a_paper_of_a_tuesday_in_june(text, expected):
    assert dates(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("去年12月，", ["2020-12"]),
        ("12月28日，", ["2020-12-28"]),
        ("上月，", ["2020-12"]),
        ("下月，", ["2021-02"]),
        ("3月，", ["2021-03"]),
        ("25日上午，", ["2020-12-25"]),
        ("上周日，", ["2021-01-03"]),
        ("近日，", ["2021-01"]),
    ],
)
def test_a_paper_of_january_looks_back_over_the_new_year(text, expected):
    assert dates(text, JANUARY) == expected


@pytest.mark.parametrize(
    ("text", "published", "expected"),
    [
        ("昨天，", "2021-03-01", ["2021-02-28"]),
        ("昨天，", "2020-03-01", ["2020-02-29"]),
        ("昨天，", "2021-01-01", ["2020-12-31"]),
        ("明天，", "2020-12-31", ["2021-01-01"]),
        ("上周五，", "2021-01-02", ["2020-12-25"]),
        # A paper known only by its month or year resolves no finer than that.
        ("昨天，", "2021-06", ["2021-06"]),
        ("上月，", "2021-06", ["2021-05"]),
        ("去年，", "2021", ["2020"]),
        ("上月，", "2021", []),
        # Without a date only what the text itself says is known.
        ("2019年5月，", None, ["2019-05"]),
        ("5月，", None, []),
        ("去年，", None, []),
        ("昨天，", None, []),
        ("近日，", None, []),
        ("上半年，", None, []),
        ("上周五，", None, []),
        ("9日上午，", None, []),
    ],
)
def test_other_dates_of_the_paper(text, published, expected):
    assert dates(text, published) == expected


@pytest.mark.parametrize(
    ("text", "last", "expected"),
    [
        ("当天，", LAST, ["2018-04-12"]),
        ("同日，", LAST, ["2018-04-12"]),
        ("次日，", LAST, ["2018-04-13"]),
        ("第二天，", LAST, ["2018-04-13"]),
        ("次日，", "2018-12-31", ["2019-01-01"]),
        ("当月，", LAST, ["2018-04"]),
        ("次月，", "2018-12", ["2019-01"]),
        ("当年，", LAST, ["2018"]),
        ("同年9月，", LAST, ["2018-09"]),
        ("同年9月3日，", LAST, ["2018-09-03"]),
        ("次年，", LAST, ["2019"]),
        ("次年3月，", LAST, ["2019-03"]),
        ("当天，", "2018-04", ["2018-04"]),  # no finer than what was named
        ("当年，", "2018", ["2018"]),
        ("当天，", None, []),
        ("当年，", None, []),
    ],
)
def test_times_that_lean_on_the_last_one(text, last, expected):
    assert dates(text, TUESDAY, last) == expected


def test_a_date_in_the_sentence_is_the_last_one_for_those_after():
    assert dates("2017年6月3日签约，次日开工，同年10月完工，次年投产") == [
        "2017-06-03", "2017-06-04", "2017-10", "2018",
    ]  # fmt: skip


def test_the_article_date_does_not_become_the_last_one():
    first, present, same = dates("2017年6月签约，目前运营良好，当年盈利")
    assert (first, present[:7], same) == ("2017-06", "2021-06", "2017")


def test_a_month_takes_the_year_last_named_in_the_paragraph():
    text = "8月开张"
    assert [t.edtf for t in find_times(text, 0, len(text), TUESDAY, "2017-03", "2017-03")] == ["2017-08"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # Parts of years.
        ("前三季度，", ["2021-01/2021-09"]),
        ("2020年前三季度，", ["2020-01/2020-09"]),
        ("今年前两季度，", ["2021-01/2021-06"]),
        ("2020年的第一季度，", ["2020-01/2020-03"]),
        ("今年前5个月，", ["2021-01/2021-05"]),
        ("去年前十一个月，", ["2020-01/2020-11"]),
        ("前5个月，", []),  # of this year, or the last five
        ("四季度，", []),  # the last or the next
        ("去年年底，", ["2020"]),
        ("年底，", ["2021"]),
        ("年内建成", ["2021"]),
        ("三年内建成", []),
        ("今春，", ["2021"]),
        ("2020年秋，", ["2020"]),
        ("截至2020年底，", ["2020"]),
        ("截至2020年12月31日，", ["2020-12-31"]),
        # Stretches of months, days, weeks and years.
        ("1至5月，", ["2021-01/2021-05"]),
        ("3到5月，", ["2021-03/2021-05"]),
        ("今年1-5月，", ["2021-01/2021-05"]),
        ("2020年1—9月份，", ["2020-01/2020-09"]),
        ("8、9月，", ["2020-08/2020-09"]),
        ("2018年3、5月，", ["2018"]),
        ("2018年3月、5月，", ["2018-03", "2018-05"]),
        ("9月至11月，", ["2020-09/2020-11"]),
        ("2020年9月至2021年3月，", ["2020-09/2021-03"]),
        ("去年9月至今年3月，", ["2020-09/2021-03"]),
        ("2020年11月至次年3月，", ["2020-11/2021-03"]),
        ("11月至次年3月，", ["2020-11/2021-03"]),
        ("12月至1月，", ["2020-12/2021-01"]),
        ("2020年12月30日至2021年1月2日，", ["2020-12-30/2021-01-02"]),
        ("12月28日至1月3日，", ["2020-12-28/2021-01-03"]),
        ("本月5日至7日，", ["2021-06-05/2021-06-07"]),
        ("9日至11日，", ["2021-06-09/2021-06-11"]),
        ("5月25日、26日，", ["2021-05-25/2021-05-26"]),
        ("5月25日和29日，", ["2021-05"]),  # not the days between
        ("上周，", ["2021-06-07/2021-06-13"]),
        ("2015——2019年，", ["2015/2019"]),
        ("2020年至2021年3月，", ["2020", "2021-03"]),
        ("2019、2020年，", ["2019", "2020"]),
        ("2015、2016和2018年，", ["2015", "2016", "2018"]),
        # Plans, decades and centuries.
        ("“十四五”开局之年", ["2021"]),
        ("“十三五”收官之年", ["2020"]),
        ("上世纪90年代，", ["1990/1999"]),
        ("上世纪九十年代末，", ["1990/1999"]),
        ("20世纪80年代，", ["1980/1989"]),
        ("21世纪初，", []),
        # In other figures.
        ("二〇一九年三月，", ["2019-03"]),
        ("去年十二月二十五日，", ["2020-12-25"]),
        ("十二月五日，", ["2020-12-05"]),
        ("三月，", ["2021-03"]),
        ("三月初，", ["2021-03"]),
        ("2020-05-03，", ["2020-05-03"]),
        ("2020.05.03，", ["2020-05-03"]),
        ("2020/5/3，", ["2020-05-03"]),
        # What a figure is compared with, what comes back each year, what is no date.
        ("同期，", []),
        ("去年同期，", []),
        ("比上年增长", []),
        ("比2019年上半年增长", []),
        ("相比去年，", []),
        ("今年5月比去年5月增长", ["2021-05"]),
        ("每年5月至10月，", []),
        ("截至今年5月底，", ["2021-05"]),
        ("运营至今，", ["2021-06"]),
        ("近三年，", []),
        ("最近三年，", []),
        ("两年前，", []),
        ("三年前年收入", []),
        ("春节前夕，", []),
        ("今年春节前夕，", ["2021"]),
        ("农历三月十五日，", []),
        ("三月三歌会", []),
        ("历时三月，", []),
        ("十月稻田", []),
        ("8月龄", []),
        ("3日后", []),
        ("两日游3日游", []),
        ("本周期", []),
        ("今日头条", []),
        ("2020.5", []),
        ("1.2020.05.3", []),
        ("2020-13-40", []),
        ("13月至15月", []),
    ],
)  # fmt: skip
def test_other_ways_to_say_when(text, expected):
    assert dates(text) == expected


@pytest.mark.parametrize("text", ["年底，", "下半年，", "四季度，"])
def test_in_january_the_end_of_the_year_may_be_either(text):
    assert dates(text, JANUARY) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("陇南1月8日消息", "2021-01-08"),
        ("陇南12月28日电", "2020-12-28"),
        ("陇南99月99日讯", JANUARY),
        ("陇南2月31日讯", JANUARY),
        ("陇南的消息", JANUARY),
    ],
)
def test_datelines(text, expected):
    assert dateline(text, JANUARY) == expected


days = st.dates(date(1000, 1, 1), date(2999, 12, 31))  # the years that the patterns can read
edtf_dates = st.one_of(
    st.none(), st.builds(lambda day, length: day.isoformat()[:length], days, st.sampled_from([4, 7, 10]))
)
news_dates = st.one_of(
    st.none(),
    st.integers(1950, 2060).map(str),
    st.sampled_from([TUESDAY, JANUARY, LAST, "2020-02-29", "2019-12"]),
)
PIECES = (
    "2019 2020 1998 0 1 5 9 12 25 31 99 年 月 日 号 至 到 - — ～ 、 和 初 底 中旬 上半年 一季度 今年 "
    "去年 同年 次年 本月 上月 当月 次月 今天 昨日 次日 当天 上周 本周 五 日 十三五 期间 “ ” "
    "二〇一九 近日 目前 以来 末 期间 ， 。 上午 讯 村 三 十二 十 . / 每年 上世纪 年代 "
    "前 个月 三季度 同期 比 十三五 开局之年 最近"
)
pieces = st.sampled_from(PIECES.split(" "))


@given(st.one_of(st.lists(pieces, max_size=14).map("".join), st.text(max_size=30)), news_dates, news_dates)
@settings(max_examples=600, deadline=None)
def test_whatever_is_read_is_a_date_within_the_text(text, published, last):
    end = 0
    for time in find_times(text, 0, len(text), published, last):
        assert end <= time.start < time.end <= len(text)
        end = time.end
        if time.edtf is not None:
            parse_edtf(time.edtf)
            first, _, final = time.edtf.partition("/")
            assert not final or final == ".." or first <= final


@given(
    st.sampled_from(["昨天", "次日", "上月", "次月", "去年", "次年", "上周五", "20日晚", "5月"]),
    edtf_dates,
    edtf_dates,
)
@settings(max_examples=200, deadline=None)
def test_no_calendar_is_too_strange(text, published, last):
    find_times(text, 0, len(text), published, last)


@given(st.lists(pieces, max_size=8).map("".join), st.text(max_size=5), st.text(max_size=5))
@settings(max_examples=150, deadline=None)
def test_only_the_asked_stretch_is_read(text, before, after):
    whole = before + text + after
    for time in find_times(whole, len(before), len(before) + len(text), TUESDAY, LAST):
        assert len(before) <= time.start and time.end <= len(before) + len(text)
