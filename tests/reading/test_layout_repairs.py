"""Running heads, columns, marks of one character, and the choice of repairs."""

from __future__ import annotations

from array import array
from collections.abc import Callable

import pytest

from kg.reading.aligned import AlignedText
from kg.reading.repairs import NAMES, REPAIRS, characters, clean
from kg.reading.repairs.linebreaks import join_column_lines
from kg.reading.repairs.pages import columns_in_order, without_running_heads
from kg.reading.repairs.paragraphs import one_line_each


def aligned(text: str) -> AlignedText:
    return AlignedText(text, array("I", range(len(text))), array("I", range(1, len(text) + 1)))


def after(repair: Callable[[AlignedText], AlignedText], text: str) -> str:
    return repair(aligned(text)).text


LINES = "该县把农村电商作为富民的产业来抓，\n建起了县乡村三级的服务体系，带动\n" * 4


@pytest.mark.parametrize(
    "head", ["经济导报 2021年6月25日 A0{}版", "— {} —", "第{}页 共3页", "- {} -", "经济导报　　{}", "{}"]
)
def test_running_heads_go(head: str) -> None:
    text = "".join(LINES + head.format(page) + "\n" for page in (1, 2, 3))
    assert after(without_running_heads, text) == LINES * 3


@pytest.mark.parametrize(
    "line", ["甘孜日报 2020年08月24日", "一、发展现状", "其中2020年增长12.5%。", "曹县大集镇"]
)
def test_lines_of_the_article_stay(line: str) -> None:
    assert line in after(without_running_heads, f"{line}\n{LINES}{line}\n{LINES}")


def test_numbers_over_chapters_stay() -> None:
    text = "".join(f"0{i}\n近日，该县召开会议。\n" for i in range(1, 5))
    assert after(without_running_heads, text) == text


LEFT = """　　该县把农村电商作为富
民产业来抓，建起县乡村三
级服务体系，带动群众增收。
　　两年来，全县新建服务
站一百二十个，开通物流专
线十五条，构建了县乡村三
级贯通的配送网络和高效率""".splitlines()
RIGHT = """的物流体系，快递进了村，
农产品出了山。
　　目前全县共有网店三千
家，年销售额突破一亿元，
带动就业一万余人，户均增
收两千元，比上年多三成。

""".splitlines()
ROWS = "标题在上面\n" + "".join(f"{a}{'  ' * (16 - len(a))}{b}\n" for a, b in zip(LEFT, RIGHT, strict=True))


def test_columns_read_across_are_put_in_order() -> None:
    read = one_line_each(join_column_lines(columns_in_order(aligned(ROWS))))
    assert read.text.split("\n") == [
        "标题在上面",
        "该县把农村电商作为富民产业来抓，建起县乡村三级服务体系，带动群众增收。",
        "两年来，全县新建服务站一百二十个，开通物流专线十五条，构建了县乡村三级贯通的配送网络和高效率的物流体系，"
        "快递进了村，农产品出了山。",
        "目前全县共有网店三千家，年销售额突破一亿元，带动就业一万余人，户均增收两千元，比上年多三成。",
    ]
    assert all(
        ROWS[start] == char for char, start in zip(read.text, read.starts, strict=True) if char != "\n"
    )


def test_a_table_is_no_text_in_columns() -> None:
    table = "".join(
        f"{name}      {count}      {count * 3}\n" for count, name in enumerate("曹单郓巨东成鄄定", 11)
    )
    assert after(columns_in_order, table) == table


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("&ldquo;好&rdquo;&nbsp;AT&amp;T", "“好”\xa0AT&T"),
        ("&amp;ldquo;好", "“好"),
        ("A&B 与 Q&A; 的 &nosuch;", "A&B 与 Q&A; 的 &nosuch;"),
    ],
)
def test_character_references(text: str, right: str) -> None:
    assert after(characters.without_references, text) == right


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("甲，，乙。。", "甲，乙。"),
        ("甲、、乙；；", "甲、乙；"),
        ("真的！！", "真的！！"),
        ("甲。。。", "甲。。。"),
        ("……", "……"),
    ],
)
def test_doubled_punctuation(text: str, right: str) -> None:
    assert after(characters.single_punctuation, text) == right


def test_half_width_punctuation_becomes_usual() -> None:
    assert after(characters.usual_width, "甲､乙｡｢丙｣") == "甲、乙。「丙」"


def test_every_repair_can_be_left_out() -> None:
    text = "農(nóng)村電(diàn)商務(wù)發(fā)展(zhǎn)，，⼒\u200b量１２ &ldquo;約2 . 12亿元\n版权声明"
    everything = clean(aligned(text))
    for name in NAMES:
        without = clean(aligned(text), chosen=set(NAMES) - {name})
        repair = next(repair for repair in REPAIRS if repair.name == name)
        assert not set(repair.counts or (name,)) - {"line-break"} & set(without.repairs)
    none = clean(aligned(text), chosen=())
    assert (none.text, none.repairs) == (text, {})
    assert set(everything.repairs) <= {
        count for repair in REPAIRS for count in repair.counts or (repair.name,)
    }


def test_an_unknown_repair_is_refused() -> None:
    with pytest.raises(ValueError, match="no repair is called 'pinyin'"):
        clean(aligned("电商"), chosen=["pinyin"])
