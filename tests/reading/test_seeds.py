"""The seed articles, and three more with the text that a perfect cleaner would give."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.model import Article
from kg.reading import read

HERE = Path(__file__).parent
SEEDS = HERE.parents[1] / "seeds"
DATA = HERE / "data"  # what a perfect cleaner would give
DEV = HERE.parent / "gold" / "dev" / "articles"


def articles(folder: Path) -> dict[str, Article]:
    found = [item for item in read([folder]) if isinstance(item, Article)]
    return {item.name[:3]: item for item in found}


ALL = articles(SEEDS)
MORE = articles(DEV)


def without_space(text: str) -> str:
    return "".join(text.split())


def test_every_seed_is_read() -> None:
    assert sorted(ALL) == ["000", "001", "002", "003", "004"]


def test_002_is_the_perfect_text_but_for_the_figure_that_nobody_can_read() -> None:
    clean = (DATA / "002_clean.txt").read_text(encoding="utf-8")
    assert without_space(ALL["002"].text) == without_space(clean).replace("□", "\ufffd")


@pytest.mark.parametrize("name", ["B11", "B15"])
def test_the_perfect_text(name: str) -> None:
    clean = (DATA / f"{name}_clean.txt").read_text(encoding="utf-8")
    assert without_space(MORE[name].text) == without_space(clean)


def test_003_gets_its_broken_paragraphs_whole() -> None:
    text = ALL["003"].text
    assert "疫情防控形势严峻时，我市商务部门充分利用电商平台" in text
    assert "然后发往全国各地甚至国外。" in text
    assert "带动贫困户在家门口搞生产" in text
    assert "我市将构建10个直播电商产业集聚区" in text
    assert "\n【举措】 出台电商发展行动方案，创新电商扶贫模式\n" in text


def test_001_comes_out_in_whole_sentences() -> None:
    lines = ALL["001"].text.split("\n")
    assert lines[:3] == ["经济导报", "电商助力村镇“焕新”", "山东20县市跻身农产品电商销售百强"]
    first = (
        "6月23日-24日，由聊城市人民政府、山东省贸促会、阿里巴巴集团联合主办，聊城市贸促会、山东省贸促会贸易投资服务"
        "中心承办的2021齐鲁(聊城)淘宝村高峰论坛暨首届山东国际电商品牌产业发展大会在山东聊城举办。"
    )
    assert first in lines[3]
    for heading in ("山东20个县市上榜", "线上C端合作", "齐鲁(聊城)淘宝村高峰论坛显国际范儿", "曹县样本"):
        assert heading in lines
    for number in ("2.12亿元", "230余家", "126.3亿元", "14.1%", "68.9亿元", "37.3%", "每3公斤2.5元"):
        assert number in ALL["001"].text
    unfinished = [
        line
        for line in lines
        if len(line) > 45 and not re.search(r"[。！？][”)]?|\)$|百强县居全国第一$", line)
    ]
    assert not unfinished


def test_004_ends_with_the_article() -> None:
    assert ALL["004"].text.endswith("从2016年人均增收620元,增加到2018年的810元。")
    assert ALL["004"].repairs == {"closing-block": 1}


def test_000_is_the_article_without_the_page() -> None:
    text = ALL["000"].text
    assert "尽在新浪财经" not in text
    assert "责任编辑" not in text
    assert "打造全新产业链生态　推动电商产业更好更快发展" in text
    assert "\n在肃宁县举行的一场钓鱼比赛中" in text


def test_a10_leaves_out_links_advertisements_and_comments() -> None:
    text = MORE["A10"].text
    assert text.startswith(
        "新疆“兴农扶贫”项目启动 42个县市好物抱团上网\n发布时间：2019-07-21 10:50 来源：网络整理\n"
    )
    assert text.endswith("销售不理想的县拟调出项目。")
    for other in (
        "广告",
        "推广",
        "京东与奇台县",
        "戈壁老杨",
        "和田大枣",
        "淘宝开店培训",
        "版权",
        "首页",
        "微信",
    ):
        assert other not in text


@pytest.mark.parametrize(
    ("name", "published", "origin", "source", "author"),
    [
        ("000", "2021-06-15", "front-matter", "经济参考报", "新浪财经"),
        ("001", "2021-06", "inferred", "经济导报", "孙罗南"),
        ("002", "2020-08-24", "masthead", "甘孜日报", "周燕"),
        ("003", "2020-11", "inferred", None, "毛迎"),
        ("004", "2020", "inferred", None, None),
        ("A10", "2019-07-21", "page-metadata", "天山农贸资讯网", "热依拉"),
        ("B11", "2019-09-09", "page-metadata", "闽南花事网", "洪小渔"),
        ("B15", "2015-12-26", "masthead", "淮海新农网", None),
    ],
)
def test_metadata(name: str, published: str, origin: str, source: str | None, author: str | None) -> None:
    found = (ALL | MORE)[name]
    assert (found.published, found.published_origin) == (published, origin)
    assert (found.source, found.author) == (source, author)


@pytest.mark.parametrize("name", ["000", "001", "003", "004"])
def test_every_character_comes_from_bytes_that_say_it(name: str) -> None:
    article = ALL[name]
    data = (SEEDS / article.name).read_bytes()
    for i, char in enumerate(article.text):
        start, end = article.offsets.original(i, i + 1)
        if char == "\n":
            continue
        assert data[start:end].decode(article.encoding) == char


def test_repaired_characters_come_from_the_place_of_the_repair() -> None:
    article = ALL["002"]
    data = (SEEDS / article.name).read_bytes()
    for quote, original in (
        ("农特产品琳瑯满目", "特產(chǎn)品琳瑯滿目"),
        ("当地群众就业", "當(dāng)?shù)厝罕娋蜆I"),
        ("手中。”州商务", "手中?!敝萆虅?wù)"),
        ("贫困用工\ufffd12人", "毨粲霉?12人"),
    ):
        at = article.text.index(quote)
        start, end = article.offsets.original(at, at + len(quote))
        assert original in data[start:end].decode()
    changed = 0
    for i in range(len(article.text)):
        start, end = article.offsets.original(i, i + 1)
        assert start < end or article.text[i] == "\n"
        changed += data[start:end].decode() != article.text[i]
    assert changed < 1400


@given(st.data())
def test_every_stretch_has_its_place(data: st.DataObject) -> None:
    article = ALL[data.draw(st.sampled_from(sorted(ALL)))]
    size = (SEEDS / article.name).stat().st_size
    start = data.draw(st.integers(0, len(article.text) - 1))
    end = data.draw(st.integers(start + 1, len(article.text)))
    first, last = article.offsets.original(start, end)
    assert 0 <= first <= last <= size


def test_two_readings_are_equal() -> None:
    assert list(read([SEEDS])) == list(read([SEEDS]))
    assert [item.name for item in read([SEEDS])] == sorted(item.name for item in read([SEEDS]))
