"""The divisions of China by any of their names."""

from __future__ import annotations

import pytest

from kg.linking import gazetteer


def units(name: str) -> list[str]:
    return [gazetteer.divisions()[code].name for code in gazetteer.names().get(name, ())]


@pytest.mark.parametrize(
    ("name", "unit", "level"),
    [
        ("中国", "中国", "country"),
        ("泰国", "泰国", "country"),
        ("浙江省", "浙江省", "province"),
        ("上海市", "上海市", "province"),
        ("内蒙古自治区", "内蒙古自治区", "province"),
        ("丽水市", "丽水市", "prefecture"),
        ("和田地区", "和田地区", "prefecture"),
        ("缙云县", "缙云县", "county"),
        ("义乌市", "义乌市", "county"),
        ("浦东新区", "浦东新区", "county"),
        ("壶镇镇", "壶镇镇", "township"),
        ("五云街道", "五云街道", "township"),
        # Without the generic ending.
        ("浙江", "浙江省", "province"),
        ("丽水", "丽水市", "prefecture"),
        ("缙云", "缙云县", "county"),
        ("新疆", "新疆维吾尔自治区", "province"),
        ("广西", "广西壮族自治区", "province"),
        ("香港", "香港特别行政区", "province"),
        # Without the ethnic groups, which may be several.
        ("景宁", "景宁畲族自治县", "county"),
        ("景宁县", "景宁畲族自治县", "county"),
        ("新晃", "新晃侗族自治县", "county"),
        ("黔东南州", "黔东南苗族侗族自治州", "prefecture"),
        ("恩施州", "恩施土家族苗族自治州", "prefecture"),
        ("伊犁州", "伊犁哈萨克自治州", "prefecture"),
        # Former names.
        ("密云县", "密云区", "county"),
        ("襄樊市", "襄阳市", "prefecture"),
        ("海东地区", "海东市", "prefecture"),
        # Two characters are whole names; one is none.
        ("曹县", "曹县", "county"),
        ("泸县", "泸县", "county"),
    ],
)
def test_names(name, unit, level):
    assert unit in units(name)
    known = gazetteer.known_names()[name]
    assert (known.cls, known.level) == ("Place", level)


@pytest.mark.parametrize("name", ["曹", "县", "自治", "市", "维吾尔", "浙江县", "街道", ""])
def test_no_names(name):
    assert units(name) == []


def test_of_one_name_the_larger_comes_first():
    levels = [gazetteer.LEVELS.index(gazetteer.divisions()[c].level) for c in gazetteer.names()["吉林"]]
    assert units("吉林")[:2] == ["吉林省", "吉林市"] and levels == sorted(levels)
    assert len(units("鼓楼区")) == 4  # in Nanjing, Xuzhou, Fuzhou and Kaifeng


@pytest.mark.parametrize("name", ["和平", "朝阳", "新华", "三元", "万年"])
def test_names_that_are_ordinary_words_are_weak(name):
    assert gazetteer.known_names()[name].weak
    assert not gazetteer.known_names()["缙云"].weak


def test_a_chain_leads_to_the_country():
    (code,) = gazetteer.names()["壶镇镇"]
    chain = gazetteer.chain(code)
    assert [gazetteer.divisions()[step].name for step in chain] == [
        "壶镇镇",
        "缙云县",
        "丽水市",
        "浙江省",
        "中国",
    ]
    assert gazetteer.chain("nonesuch") == []


def test_every_division_lies_in_its_country_through_larger_ones():
    known, levels = gazetteer.divisions(), gazetteer.LEVELS
    for code, unit in known.items():
        if unit.level != "country":
            assert unit.parent in known
            assert levels.index(known[unit.parent].level) < levels.index(unit.level), (code, unit)
            assert gazetteer.chain(code)[-1] == gazetteer.CHINA


def test_within():
    county, city = gazetteer.names()["缙云县"][0], gazetteer.names()["丽水市"][0]
    assert gazetteer.within(county, city) and gazetteer.within(county, county)
    assert not gazetteer.within(city, county)


@pytest.mark.parametrize(
    ("name", "level", "short"),
    [
        ("缙云县", "county", "缙云"), ("丽水市", "prefecture", "丽水"),
        ("乌当区", "county", "乌当"), ("曹县", "county", None), ("壶镇镇", "township", None), ("中国", "country", None),
        ("景宁畲族自治县", "county", "景宁"), ("新晃侗族自治县", "county", "新晃"),
        ("龙胜各族自治县", "county", "龙胜"),
        ("延边朝鲜族自治州", "prefecture", "延边"), ("大理白族自治州", "prefecture", "大理"),
        ("积石山保安族东乡族撒拉族自治县", "county", "积石山"), ("和布克赛尔蒙古自治县", "county", "和布克赛尔"),
        # Groups that are the whole name, and characters that only look like one.
        ("鄂伦春自治旗", "county", "鄂伦春"), ("东乡族自治县", "county", "东乡"),
        ("西藏自治区", "province", "西藏"), ("内蒙古自治区", "province", "内蒙古"),
    ],
)  # fmt: skip
def test_short_form(name, level, short):
    assert gazetteer.short_form(name, level) == short


def test_every_autonomous_division_has_a_short_form_without_groups():
    units = [d for d in gazetteer.divisions().values() if d.name.endswith(("自治州", "自治县", "自治旗"))]
    shorts = [gazetteer.short_form(d.name, d.level) or "" for d in units]
    assert len(units) > 140 and all(len(short) > 1 and not short.endswith("族") for short in shorts)


def test_former_names_and_aliases_by_code():
    assert "密云县" in gazetteer.former_names()["110118"]
    assert "甘孜州" in gazetteer.aliases_of(gazetteer.names()["甘孜藏族自治州"][0])
    assert gazetteer.aliases_of("nonesuch") == ()
