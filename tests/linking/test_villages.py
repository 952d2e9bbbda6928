"""The official villages: by code, and by stem within an area."""

from __future__ import annotations

import pytest

from kg.linking import gazetteer, villages


@pytest.mark.parametrize(
    ("name", "stem", "kind"),
    [
        ("湖川村", "湖川", "village"),
        ("湖川村委会", "湖川", "village"),
        ("湖川村民委员会", "湖川", "village"),
        ("湖川村村民委员会", "湖川", "village"),
        ("湖川行政村", "湖川", "village"),
        ("寿山社区", "寿山", "community"),
        ("寿山社区居委会", "寿山", "community"),
        ("寿山居委会", "寿山", "neighbourhood"),
        ("大村社区居民委员会", "大", "community"),
        ("巴彦希里嘎查", "巴彦希里", "banner"),
        ("下潜自然村", "下潜", "natural"),
        ("张家庄", "张家庄", None),
        ("村委会", "村委会", None),  # an ending needs something before it
        ("", "", None),
    ],
)
def test_parts_of_a_name(name, stem, kind):
    assert villages.parts(name) == (stem, kind)


def names(stem: str, area: str) -> set[str]:
    return {village.name for village in villages.search(stem, area)}


@pytest.mark.parametrize(
    ("area", "count"),
    [("331122101", 1), ("331122", 1), ("331100", 1), ("330000", 1), ("331122100", 0), ("410000", 0), ("CHN", 0)],
)  # fmt: skip
def test_a_village_is_found_in_every_area_around_it_and_in_no_other(area, count):
    assert [v.code for v in villages.search("湖川", area)] == ["331122101207"] * count


def test_of_one_name_in_a_county_all_are_found_in_the_order_of_their_codes():
    codes = [village.code for village in villages.search("和平", "230000")]
    assert len(codes) > 20 and codes == sorted(codes) and all(code.startswith("23") for code in codes)


def test_a_stem_is_not_the_beginning_of_another():
    assert all(village.stem == "东" for village in villages.search("东", "331122"))


def test_a_village_by_its_code():
    village = villages.village("331122101207")
    assert village is not None and (village.name, village.stem) == ("湖川村", "湖川")


@pytest.mark.parametrize("code", ["", "331122", "331122101", "331122101999", "999999999999", "湖川村", "CHN"])
def test_no_village_by_another_code(code):
    assert villages.village(code) is None


def test_a_village_lies_in_its_township():
    chain = gazetteer.chain("331122101207")
    assert [gazetteer.division(code).name for code in chain] == [
        "湖川村", "壶镇镇", "缙云县", "丽水市", "浙江省", "中国",
    ]  # fmt: skip
    assert gazetteer.within("331122101207", "331122") and not gazetteer.within("331122101207", "331121")


def test_a_village_of_what_is_no_township_lies_in_the_county():
    """The list has villages below prisons and farms, which are no divisions."""
    odd = next(
        code
        for prefecture in sorted(villages._index())
        for township, section in villages._block(prefecture).items()
        if township not in gazetteer.divisions()
        for code, _ in villages._rows(township, section)
    )
    assert gazetteer.division(odd).parent == odd[:6]


@pytest.mark.parametrize(
    ("name", "area", "found"),
    [
        ("新建乡", "331122", "新建镇"),  # raised
        ("五云镇", "331122", "五云街道"),
        ("壶镇", "331122", "壶镇镇"),
        ("乍浦乡", "331122", None),
    ],
)
def test_townships_by_a_former_name(name, area, found):
    known = [gazetteer.divisions()[code].name for code in gazetteer.townships(name, area)]
    assert known == ([found] if found else [])


def test_every_word_that_is_no_village_by_itself_stands_once():
    lines = (villages._DATA.parent / "village_words.txt").read_text("utf-8").splitlines()
    words = [word for line in lines if not line.startswith("#") for word in line.split()]
    assert len(set(words)) == len(words) and all(1 < len(word) < 4 for word in words)
