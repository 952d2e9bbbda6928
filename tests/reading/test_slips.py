"""Reprints whose bytes are out of step: what is read, what is marked, and what is left alone."""

from __future__ import annotations

from array import array

import pytest

from kg.model import Article
from kg.reading.aligned import AlignedText
from kg.reading.article import read_article
from kg.reading.repairs.pinyin import is_reprint, repair_pinyin

BEFORE = "農(nóng)村電(diàn)商務(wù)發(fā)展(zhǎn)，"
RIGHT = "農村電商務發展，"


def repaired(text: str) -> AlignedText:
    text = BEFORE + text
    return repair_pinyin(AlignedText(text, array("I", range(len(text))), array("I", range(1, len(text) + 1))))


@pytest.mark.parametrize(
    ("garbled", "right"),
    [
        ("當(dāng)?shù)厝罕娋蜆I(yè)", "當地群眾就業"),
        ("甘孜日?qǐng)?bào)", "甘孜日報"),
        ("當(dāng)\ufffdshù)厝罕娋蜆I(yè)", "當地群眾就業"),
        ("當(dāng)?(shù)厝罕娋蜆I(yè)", "當地群眾就業"),
        ("手中?！敝萆虅?wù)局", "手中。”州商務局"),
        ("手中?!敝萆虅?wù)局", "手中。”州商務局"),
    ],
    ids=["letter", "two readings", "other mark", "bracket kept", "wide sign", "narrow sign"],
)
def test_a_stretch_is_read(garbled: str, right: str) -> None:
    found = repaired(garbled)
    assert found.text == RIGHT + right
    assert "unreadable-byte" not in found.repairs


def test_the_sign_after_a_lost_byte_is_not_known_and_a_figure_beside_it_not_whole() -> None:
    assert repaired("解決當(dāng)?shù)刎毨粲霉?12人").text.endswith("貧困用工\ufffd12人")


def test_where_the_mark_keeps_the_bracket_it_swallows_no_figure() -> None:
    assert repaired("當(dāng)?(shù)刎毨粲霉?12人").text.endswith("貧困用工12人")


@pytest.mark.parametrize("text", ["增長了嗎?好", "真的嗎?!他說", "為什么？？記者問", "(app)下載"])
def test_real_questions_stay(text: str) -> None:
    assert repaired(text).text == RIGHT + text


def test_every_character_comes_from_the_stretch() -> None:
    garbled = "當(dāng)?shù)厝罕娋蜆I(yè)"
    found = repaired(garbled)
    at = found.text.index("當")
    spans = list(zip(found.starts[at:], found.ends[at:], strict=True))
    whole = BEFORE + garbled
    assert [whole[a:b] for a, b in spans] == ["當", "?shù)厝", "厝罕", "罕娋", "娋蜆", "蜆I"]


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        (BEFORE, True),
        ("电商(diàn shāng)", False),
        ("小朋友读：好(hǎo)人(rén)大(dà)小(xiǎo)中(zhōng)", False),
        ("農(nóng)村的好(hǎo)人(rén)大(dà)小(xiǎo)中(zhōng)", False),
    ],
)
def test_which_texts_are_such_reprints(text: str, is_one: bool) -> None:
    assert is_reprint(text) is is_one


def test_a_page_of_such_a_site_has_its_headline_repaired_too() -> None:
    source = (
        "<html><head><title>x</title></head><body><h1>曹縣日?qǐng)?bào)：農(nóng)村電商</h1>"
        f"<div><p>{BEFORE}帶動(dòng)當(dāng)?shù)厝罕娋蜆I(yè)。</p><p>{BEFORE}很好。</p></div></body></html>"
    )
    found = read_article("a.html", source.encode())
    assert isinstance(found, Article)
    assert found.title == "曹县日报：农村电商"
    assert found.text.split("\n")[:2] == ["曹县日报：农村电商", "农村电商务发展，带动当地群众就业。"]
