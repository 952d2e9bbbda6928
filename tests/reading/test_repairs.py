"""Each repair on texts that need it and on near misses that must stay as they are."""

from __future__ import annotations

from array import array
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.reading.aligned import AlignedText
from kg.reading.repairs import REPAIRS, Repair, clean
from kg.reading.repairs.boilerplate import without_boilerplate
from kg.reading.repairs.characters import usual_characters
from kg.reading.repairs.digits import close_up_numbers
from kg.reading.repairs.linebreaks import join_column_lines, join_stray_lines
from kg.reading.repairs.markdown import without_markdown
from kg.reading.repairs.paragraphs import one_line_each
from kg.reading.repairs.pinyin import repair_pinyin
from kg.reading.repairs.script import simplify


def aligned(text: str) -> AlignedText:
    return AlignedText(text, array("I", range(len(text))), array("I", range(1, len(text) + 1)))


def after(repair: Callable[[AlignedText], AlignedText], text: str) -> str:
    return repair(aligned(text)).text


REPRINT = "農(nóng)村電(diàn)商務(wù)發(fā)展(zhǎn)產(chǎn)品"


@pytest.mark.parametrize(
    ("garbled", "right"),
    [
        ("農(nóng)村", "農村"),
        ("單(dān)看", "單看"),
        ("甘孜日?qǐng)?bào)", "甘孜日報"),
        ("帶動(dòng)當(dāng)?shù)厝罕娋蜆I(yè)9人", "帶動當地群眾就業9人"),
        ("帶動(dòng)當(dāng)?shù)匕倜麐D女", "帶動當地百名婦女"),
        ("承辦企業(yè)手中?!敝萆虅?wù)和", "承辦企業手中。”州商務和"),
    ],
)
def test_a_reprint_is_restored(garbled: str, right: str) -> None:
    assert after(repair_pinyin, REPRINT + "，" + garbled) == "農村電商務發展產品，" + right


@pytest.mark.parametrize("text", ["蘋果(app)下載", "增長?", "為什么?記者問", "企業(Alibaba)", "真的嗎?!他說"])
def test_brackets_and_question_marks_that_are_no_damage_stay(text: str) -> None:
    assert after(repair_pinyin, REPRINT + text).endswith(text)


@pytest.mark.parametrize("text", ["拼音：好(hǎo)、人(rén)。", "当地?shù)厝罕娋蜆I", "他说?!敝萆"])
def test_a_text_that_is_no_such_reprint_is_left_alone(text: str) -> None:
    assert after(repair_pinyin, text) == text


def test_what_cannot_be_known_is_marked_and_no_figure_is_read_for_it() -> None:
    found = repair_pinyin(aligned(REPRINT + "當(dāng)?shù)厝?12人"))  # 地熱 would be a word, but so is 當地
    assert found.text.endswith("當地\ufffd\ufffd12人")
    assert found.repairs["unreadable-byte"] == 1


def test_a_lost_byte_is_known_if_one_character_alone_makes_a_word() -> None:
    found = repair_pinyin(aligned(REPRINT + "當(dāng)?shù)刎毨?12人"))
    assert found.text.endswith("當地貧困\ufffd12人")


def test_traditional_text_is_simplified() -> None:
    found = simplify(aligned("農村電商發展迅速，乾花和臺灣的網店。"))
    assert found.text == "农村电商发展迅速，干花和台湾的网店。"
    assert found.repairs["traditional-to-simplified"] > 5
    assert list(found.starts) == list(range(len(found.text)))


def test_simplified_text_keeps_the_characters_that_only_look_traditional() -> None:
    text = "记者走进河北省的西乾村，乾隆年间就有的老村，如今家家开网店，村民说著笑著。"
    assert after(simplify, text) == text


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("电\u200b商\ufeff", "电商"),
        ("电商\xa0村", "电商 村"),
        ("⼒⽤", "力用"),
        ("１２ＡＢ％，３．５", "12AB%，3.5"),
        ("甲\r\n乙\r丙\u2028丁", "甲\n乙\n丙\n丁"),
        ("\x1b[31m红\x07", "红"),
    ],
)
def test_usual_characters(text: str, right: str) -> None:
    assert after(usual_characters, text) == right


@pytest.mark.parametrize("text", ["，。：；！？（）“”《》——……·", "(聊城),100%", "第．章", "①②"])
def test_punctuation_stays_as_it_is(text: str) -> None:
    assert after(usual_characters, text) == text


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("总额2 . 12亿元", "总额2.12亿元"),
        ("零售额126 .3亿元", "零售额126.3亿元"),
        ("增长14 .1%", "增长14.1%"),
        ("以及2 3 0余家", "以及230余家"),
        ("约12. 3亿元", "约12.3亿元"),
    ],
)
def test_spaced_numbers_are_closed_up(text: str, right: str) -> None:
    assert after(close_up_numbers, text) == right


@pytest.mark.parametrize(
    "text",
    ["在2015 2016两年", "1. 2015年", "2. 3亿元是目标", "5 . 2015年", "第1 2组数据表".replace("1 2", "1、2")],
)
def test_two_numbers_stay_two(text: str) -> None:
    assert after(close_up_numbers, text) == text


COLUMN = """经济导报

电商助力

本次活动以双循环新格局、大电商

新未来为主题，来自尼泊尔和其他

十余个国家地区的代表、商协会组

织的嘉宾以及两百余家电商企业的

代表参会。

线上合作

据悉，十个重大项目在现场进行集

中签约，合作内容涉及人才培养和

智慧农业、电商供应链产业平台。"""


def test_a_column_becomes_paragraphs_and_headings_stay_alone() -> None:
    assert after(one_line_each, after(join_column_lines, COLUMN)).split("\n") == [
        "经济导报",
        "电商助力",
        "本次活动以双循环新格局、大电商新未来为主题，来自尼泊尔和其他十余个国家地区的代表、商协会组织的嘉宾"
        "以及两百余家电商企业的代表参会。",
        "线上合作",
        "据悉，十个重大项目在现场进行集中签约，合作内容涉及人才培养和智慧农业、电商供应链产业平台。",
    ]


def test_a_list_of_names_is_no_column() -> None:
    text = "\n".join(["曹县大集镇", "曹县安蔡楼镇", "单县浮岗镇", "成武县天宫庙镇", "郓城县随官屯镇"] * 4)
    assert after(join_column_lines, text) == text
    assert after(join_stray_lines, text) == text


def test_a_paragraph_broken_in_mid_sentence_is_joined() -> None:
    text = "会议召开。\n疫情防控形势严峻时，我市商务\n\n部门充分利用电商平台，帮助农户。\n他说。"
    assert "我市商务部门充分" in after(join_stray_lines, text)


@pytest.mark.parametrize(
    "text",
    [
        "会议召开。\n出台电商发展行动方案，创新电商扶贫模式\n近年来，该县电商发展迅速。",
        "会议召开。\n助力青年电商，为创业梦想插上“翅膀”\n走进基地，店主正在打包。",
        "标题一行，没有句号\n近日，会议召开。",
        "会议召开。\n记者：毛迎\n近日，会议召开。",
        "会议召开。\n不知道，那就加大宣传；\n无从下手，那就手把手教。",
        "会议召开。\n一、签约，第二部分的内容\n战略合作协议1份。",
    ],
)
def test_whole_lines_stay_apart(text: str) -> None:
    assert after(join_stray_lines, text) == text


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("## 【目标】打造", "【目标】打造"),
        ("> 上周六", "上周六"),
        ("**问：谁？**", "问：谁？"),
        ("*（整理：冼颖）*", "（整理：冼颖）"),
        ("见[报道](https://a.example/1)。", "见报道。"),
        ("一行  \n二行", "一行\n二行"),
        ("---\n甲", "\n甲"),
    ],
)
def test_marks_of_markdown_go(text: str, right: str) -> None:
    assert after(without_markdown, text) == right


@pytest.mark.parametrize("text", ["3*4*5", "#1产品", "阿里巴巴(中国)", "[1]", "5>3"])
def test_what_only_looks_like_markdown_stays(text: str) -> None:
    assert after(without_markdown, text) == text


ARTICLE = "近日，该县的电商产业发展迅速，带动了群众增收。\n" * 6


@pytest.mark.parametrize(
    "residue",
    [
        "版权声明\n未经许可，不得转载。",
        "相关新闻\n- 另一篇\n- 又一篇",
        "免责声明：本文系网络整理。\n删除请联系。",
        "【打印本页】 【关闭窗口】 分享到：微信 微博 QQ空间",
        "责任编辑：王翔",
        "海量资讯、精准解读，尽在新浪财经APP",
        "上一篇：喀什举办培训班",
    ],
)
def test_what_follows_the_article_goes(residue: str) -> None:
    assert after(without_boilerplate, ARTICLE + residue).strip() == ARTICLE.strip()


@pytest.mark.parametrize(
    "text",
    [
        "该县加强版权保护，发布版权声明书。",
        "相关新闻报道见报后，群众反响热烈。",
        "他把新闻分享到村里的微信群里，大家都很高兴。记者" * 3,
    ],
)
def test_sentences_about_such_things_stay(text: str) -> None:
    assert after(without_boilerplate, ARTICLE + text).endswith(text)


def test_phrases_go_from_the_line_of_facts() -> None:
    line = "发布时间：2015-08-28 17:18  信息来源：县商务局  浏览次数：412  【字体：大 中 小】"
    assert after(without_boilerplate, line) == "发布时间：2015-08-28 17:18  信息来源：县商务局"


def test_paragraphs() -> None:
    assert after(one_line_each, "\n\n　　甲 乙　\n \n\t丙\n") == "甲 乙\n丙"


@given(st.text(alphabet="肃宁县電農村(nóng)?!?shù)。，“”\n 　12.#*>-版权声明A１\u200b\ufffd[]", max_size=200))
def test_cleaning_any_text_leaves_whole_paragraphs_with_offsets(text: str) -> None:
    found = clean(aligned(text))
    assert "\n\n" not in found.text
    assert found.text == found.text.strip()
    assert all(0 <= a <= b <= len(text) for a, b in zip(found.starts, found.ends, strict=True))
    assert set("0123456789") & set(found.text) <= set("12")


@pytest.mark.parametrize("repair", REPAIRS)
def test_an_empty_text_stays_empty(repair: Repair) -> None:
    assert after(repair.step, "") == ""
