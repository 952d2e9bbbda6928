"""Figures and their units: the number that a reader would write into a table."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.extraction import figures as module
from kg.extraction.figures import number, plain
from kg.extraction.sentences import Sentence
from kg.model import Mention


def wrong(reason: str):
    return pytest.mark.xfail(strict=True, reason=reason)


def mentions(text: str) -> list[Mention]:
    return list(module.figures(Sentence(text, 0, len(text), (), ())))


def figures(text: str) -> list[tuple[str, str, str]]:
    """Return (text, value, unit) of each figure; changes are tested apart."""
    return [(m.text, m.value, m.kind) for m in mentions(text) if m.cls != "Growth"]


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("网店2.26万家", "22600", "家"),
        ("销售额1.2亿元", "120000000", "元"),
        ("销售60余万元", "600000", "元"),
        ("销售300多万单", "3000000", "单"),
        ("超过1.5亿多元", "150000000", "元"),
        ("100多亿元", "10000000000", "元"),
        ("1万亿元", "1000000000000", "元"),
        ("5千万元", "50000000", "元"),
        ("5.6亿美元", "560000000", "美元"),
        ("占14.1%", "0.141", ""),
        ("占50％", "0.5", ""),
        ("占0.05%", "0.0005", ""),
        ("提高20个百分点", "20", "个百分点"),
        ("占得三席", "3", "席"),
        ("新开1,234家", "1234", "家"),
        ("新开12,345,678件", "12345678", "件"),
        ("新开1000多家", "1000", "家"),
        ("来了3000余人", "3000", "人"),
        ("来了两万人", "20000", "人"),
        ("来了2万多人", "20000", "人"),
        ("二十一个分店", "21", "个"),
        ("一百二十家", "120", "家"),
        ("一千零五家", "1005", "家"),
        ("三十余万元", "300000", "元"),
        ("十几家", "10", "家"),
        ("增长3.5倍", "3.5", "倍"),
        ("卖了4万6，", "46000", "元"),
        ("去年卖了11万。", "110000", "元"),
        ("首重给到三块八。", "3.8", "元"),
        ("每单压到6元5角", "6.5", "元"),
        ("每单补贴五毛钱", "0.5", "元"),
        ("占收入的三成一；", "0.31", ""),
        ("占收入的两成半，", "0.25", ""),
        ("占三成半数以上", "0.3", ""),
        ("只卖到1块4毛5，", "1.45", "元"),
        ("每单两块六毛五分钱", "2.65", "元"),
        ("3.5万平方米", "35000", "平方米"),
        ("6.50万吨", "65000", "吨"),
        ("种了300亩", "300", "亩"),
        ("收了20斤", "20", "斤"),
        ("２万家", "20000", "家"),
        ("18个淘宝村", "18", "个"),
        ("日均1000单", "1000", "单"),
        # FACTS.md: a vague figure is the number it names.
        ("销售超百亿元", "10000000000", "元"),
        ("近百家", "100", "家"),
        ("上千万元", "10000000", "元"),
        ("百余家", "100", "家"),
        ("占百分之五十", "0.5", ""),
        ("占三成", "0.3", ""),
        ("种了4.5万公顷", "45000", "公顷"),
        # In two steps, with decimals, in older numerals.
        ("1万2千人", "12000", "人"),
        ("一万二千人", "12000", "人"),
        ("2万5千余人", "25000", "人"),
        ("1亿2000万元", "120000000", "元"),
        ("一亿零五百万元", "105000000", "元"),
        ("三点五亿元", "350000000", "元"),
        ("百分之十四点一", "0.141", ""),
        ("占百分之14.1", "0.141", ""),
        ("廿三家", "23", "家"),
        ("卅六家", "36", "家"),
        ("一〇一家", "101", "家"),
        ("近万家", "10000", "家"),
        # What stands before a number may end in numerals too.
        ("每周一二十三家企业参加", "23", "家"),
        ("一周二十三家", "23", "家"),
        ("五一十三家店", "13", "家"),
        ("双十一十三家店", "13", "家"),
        # A unit does not end within a word.
        ("43个村级服务站", "43", "个"),
        ("43个村民小组", "43", "个"),
        ("43个村", "43", "个村"),
        ("43个村的", "43", "个村"),
        ("20名人才", "20", "名"),
        ("35家电商企业", "35", "家"),
        ("35家乡镇企业", "35", "家"),
        ("80人工作", "80", "人"),
    ],
)
def test_figures(text, value, unit):
    assert [(v, u) for _, v, u in figures(text)] == [(value, unit)]


def test_the_mention_is_the_figure_alone():
    text = "去年销售60余万元，占14.1%。"
    assert figures(text) == [("60余万元", "600000", "元"), ("14.1%", "0.141", "")]
    assert all(text[m.start : m.end] == m.text for m in mentions(text))


@pytest.mark.parametrize(
    ("text", "cls"),
    [
        ("1.2亿元", "Money"),
        ("5.6亿美元", "Money"),
        ("14.1%", "Percent"),
        ("三分之一", "Percent"),
        ("300亩", "Quantity"),
        ("3天", "Duration"),
    ],
)
def test_what_is_counted(text, cls):
    assert [m.cls for m in mentions(text)] == [cls]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("同比增长14.1%", "0.141"),
        ("增长50％", "0.5"),
        ("同比下降5.2%", "-0.052"),
        ("减少三成", "-0.3"),
        ("占14.1%", None),
        ("增长3家", None),
    ],
)
def test_changes(text, value):
    assert next((m.value for m in mentions(text) if m.cls == "Growth"), None) == value


@pytest.mark.parametrize(
    "text",
    [
        "村子在302省道边",
        "第3名", "第三届", "第100个", "500强", "80后", "一带一路", "百强县", "5G网络", "A4纸", "三农", "13812345678",
        "一个老人", "三成立", "五成员",
        # Halves of idioms.
        "千县万村", "千家万户", "成百上千家企业",
        # Some tens, seven or eight: no number is named.
        "七八家", "三五个人", "十七八个", "二三百家", "十五六家", "七八成", "几十万单", "几百家", "数十家", "数百万元",
        "第一百家", "3五分之一", "百万人才", "5天猫店",
        "每周二十三家",  # 23 a week, or 13 on Tuesdays
    ],
)  # fmt: skip
def test_no_figures(text):
    assert figures(text) == []


def test_the_middle_of_a_number_is_no_number():
    assert figures("编号12345678901234元") == []
    assert [v for _, v, _ in figures("v1.5.3个")] in ([], ["3"])


@pytest.mark.parametrize(
    ("digits", "scale", "value"),
    [
        ("2.26", "万", 22600),
        ("1", "万亿", 10**12),
        ("3", "百万", 3 * 10**6),
        ("二", "", 2),
        ("两", "万", 20000),
        ("1,000", "", 1000),
    ],
)
def test_number(digits, scale, value):
    assert number(digits, scale) == Decimal(value)


def test_no_number():
    assert number("百百") is None


@given(st.integers(0, 10**9), st.sampled_from(["", "万", "亿"]))
def test_whole_numbers_are_exact(value, scale):
    factor = {"": 1, "万": 10**4, "亿": 10**8}[scale]
    assert figures(f"共{value}{scale}户") == [(f"{value}{scale}户", str(value * factor), "户")]


@given(st.decimals(0, 10**6, places=4), st.sampled_from(["万", "亿"]))
def test_broken_numbers_are_exact(value, scale):
    factor = {"万": 10**4, "亿": 10**8}[scale]
    ((_, found, _),) = figures(f"共{value}{scale}元")
    assert Decimal(found) == value * factor


@given(st.decimals(0, 10**9, places=6))
def test_plain_has_no_exponent_and_no_idle_zeros(value):
    text = plain(value)
    assert Decimal(text) == value and "E" not in text
    assert "." not in text or text[-1] not in "0."


@given(st.text(st.sampled_from("0123456789.,%万亿多余几家元个人第超近年"), max_size=14))
@settings(max_examples=400)
def test_never_raises_and_always_gives_a_number(text):
    for found, value, unit in figures(text):
        assert Decimal(value) >= 0 and unit in found


@pytest.mark.parametrize("text", ["编号零十一个", "十十一元", "百百家", "一二十三家", "3五家分之一"])
def test_numerals_that_are_no_number_are_none(text):
    assert figures(text) == []


NUMERALS = st.text(
    st.sampled_from("零〇一二两三四五六七八九十百千万亿廿卅点几数余多第%成家个元周期每星5.,0"), max_size=12
)


@given(NUMERALS, st.sampled_from(["", "万", "亿", "百万"]))
@settings(max_examples=600)
def test_number_never_raises(digits, scale):
    value = number(digits, scale)
    assert value is None or value.is_finite()


@given(NUMERALS, st.sampled_from(["", "家", "亿元", "个村级"]))
@settings(max_examples=600)
def test_figures_in_numerals_never_raise(text, unit):
    for found, value, kind in figures(text + unit):
        assert Decimal(value) >= 0 and kind in found and found in text + unit


@pytest.mark.parametrize("error", [KeyError, ValueError, IndexError, ZeroDivisionError, RecursionError])
def test_whatever_the_converter_raises_is_no_number(monkeypatch, error):
    def fails(*_):
        raise error

    monkeypatch.setattr(module.cn2an, "cn2an", fails)
    assert number("三") is None and figures("三百家") == []


@pytest.mark.parametrize(
    ("text", "value"),
    [("收入翻了一番", "1"), ("收入翻两番", "3"), ("销售增长20倍", "20"), ("比6月多了一倍半", "1.5")],
)
def test_multiples_are_changes(text: str, value: str) -> None:
    assert [m.value for m in mentions(text) if m.cls == "Growth"] == [value]


@pytest.mark.parametrize(
    ("text", "expected"),
    [("来了三个人", True), ("来了3个人", False), ("来了三百人", False), ("占三成", False)],
)
def test_a_handful_in_words(text: str, expected: bool) -> None:
    assert module.is_handful(mentions(text)[0]) is expected
