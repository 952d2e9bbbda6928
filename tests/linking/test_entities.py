"""One entity per thing: within an article, across articles, and never two things in one."""

from __future__ import annotations

import pytest

from kg.linking.entities import fold, local_id
from kg.linking.shortenings import full_names


@pytest.mark.parametrize(
    ("cls", "texts", "name"),
    [
        ("Place", ("缙云县很美，缙云人能干。", "缙云的麻鸭好。"), "缙云县"),
        ("Place", ("密云县的板栗好。", "密云区的板栗好。"), "密云区"),
        ("Place", ("景宁畲族自治县很美。", "景宁县很美。"), "景宁畲族自治县"),
        ("Organization", ("阿里巴巴集团来了。阿里巴巴公司来了。", "阿里巴巴来了。"), "阿里巴巴集团"),
        ("Platform", ("淘宝网有店。", "淘宝平台有店。淘宝有店。"), "淘宝"),
        (
            "Organization",
            ("青禾农业科技有限公司扩产。", "昨天，青禾农业科技有限公司扩产。"),
            "青禾农业科技有限公司",
        ),
        ("Organization", ("缙云县政府开会。", "缙云县人民政府开会。缙云县政府来人。"), "缙云县人民政府"),
        ("Organization", ("缙云县商务局开会。", "缙云县电商多。县商务局来人。"), "缙云县商务局"),
        (
            "Organization",
            ("“山里阿妹”网店开张。山里阿妹火了。", "网店“山里阿妹”开张，她的网店叫“山里阿妹”。"),
            "山里阿妹",
        ),
        (
            "Policy",
            ("《缙云县电商发展规划》发布。", "《缙云县电商发展规划》出台。缙云县电商发展规划好。"),
            "《缙云县电商发展规划》",
        ),
        (
            "Policy",
            ("缙云县出台《缙云县电商行动方案(2020—2022年)》(以下简称《方案》)。《方案》指出，电商很重要。",),
            "《缙云县电商行动方案(2020—2022年)》",
        ),
        (
            "Designation",
            ("壶镇镇获得“全国电商示范镇”称号。", "壶镇镇被评为国家级电商示范镇。"),
            "全国电商示范镇",
        ),
        ("Product", ("缙云县盛产香菇。", "缙云县产香菇。"), "香菇"),
        # FACTS.md: a shortened name is an alias of the full one.
        (
            "Organization",
            ("青禾农业科技有限公司成立。青禾公司投产。", "青禾农业科技有限公司扩产。"),
            "青禾农业科技有限公司",
        ),
        (
            "Organization",
            ("浙江青禾农业科技有限公司成立。青禾科技投产。青禾公司扩产。",),
            "浙江青禾农业科技有限公司",
        ),
        ("Organization", ("青禾果蔬专业合作社成立。青禾合作社投产。",), "青禾果蔬专业合作社"),
        ("Facility", ("众慧电商孵化基地建成。众慧基地很大。",), "众慧电商孵化基地"),
        ("Organization", ("“山里阿妹”网店开张。", "“山里阿妹”店铺红了。"), "山里阿妹"),
    ],
)
def test_one_thing(link, cls, texts, name):
    found = link(*texts)
    assert found.names(cls) == {name}
    (entity,) = found.of(cls)
    assert set(entity.seen) == {f"{number}.txt" for number in range(len(texts))}


@pytest.mark.parametrize(
    ("cls", "texts", "names"),
    [
        (
            "Organization",
            ("青禾农业科技有限公司和青禾食品有限公司来了。",),
            {"青禾农业科技有限公司", "青禾食品有限公司"},
        ),
        (
            "Organization",  # of two that are called 青禾 for short, neither
            ("青禾农业科技有限公司和青禾食品有限公司来了。青禾公司扩产。",),
            {"青禾农业科技有限公司", "青禾食品有限公司", "青禾公司"},
        ),
        (
            "Organization",  # the short name of another article
            ("青禾农业科技有限公司来了。", "青禾公司扩产。"),
            {"青禾农业科技有限公司", "青禾公司"},
        ),
        ("Organization", ("缙云县商务局来了。", "云和县商务局来了。"), {"缙云县商务局", "云和县商务局"}),
        ("Organization", ("缙云县委、县政府开会。",), {"缙云县委", "缙云县人民政府"}),
        ("Organization", ("阿里研究院是阿里巴巴的。",), {"阿里研究院", "阿里巴巴集团"}),
        (
            "Platform",
            ("淘宝和天猫有店。", "农村淘宝来了，淘宝直播来了。"),
            {"淘宝", "天猫", "农村淘宝", "淘宝直播"},
        ),
        (
            "Policy",
            ("《缙云县电商发展规划》发布。《云和县电商发展规划》发布。",),
            {"《缙云县电商发展规划》", "《云和县电商发展规划》"},
        ),
        (
            "Designation",
            ("壶镇镇被评为全国电商示范镇。", "缙云县被评为全国电商示范县。"),
            {"全国电商示范镇", "全国电商示范县"},
        ),
        ("Place", ("吉林省很大。吉林市很大。",), {"吉林省", "吉林市"}),
    ],
)
def test_things_apart(link, cls, texts, names):
    found = link(*texts)
    assert found.names(cls) == names
    assert len(found.of(cls)) == len(names)


@pytest.mark.parametrize(
    ("full", "short"),
    [
        ("青禾农业科技有限公司", "青禾公司"), ("青禾农业科技有限公司", "青禾农业"),
        ("青禾农业科技有限公司", "青禾科技公司"), ("青禾农业科技有限公司", "青禾"),
        ("浙江青禾食品有限公司", "青禾食品有限公司"), ("浙江青禾食品有限公司", "青禾食品"),
        ("浙江青禾食品有限公司", "浙江青禾"), ("青禾（浙江）食品有限公司", "青禾公司"),
        ("青禾集团有限公司", "青禾集团"), ("青禾食品股份有限公司", "青禾股份"),
        ("浙江省丽水市青禾食品有限公司", "丽水市青禾公司"), ("青禾果蔬专业合作社", "青禾合作社"),
        ("众慧电商孵化基地", "众慧基地"), ("众慧电商孵化基地", "众慧孵化基地"), ("众慧电商产业园", "众慧产业园"),
    ],
)  # fmt: skip
def test_short_names(full, short):
    assert full_names([short, full]) == {short: full}


@pytest.mark.parametrize(
    ("full", "other"),
    [
        ("青禾农业科技有限公司", "青禾食品"), ("青禾农业科技有限公司", "青禾食品公司"),  # another trade
        ("青禾农业科技有限公司", "青禾集团"), ("青禾农业科技有限公司", "青禾合作社"),  # another form
        ("青禾农业科技有限公司", "青禾浙江分公司"), ("青禾农业科技有限公司", "青禾研究院"),  # a part of it
        ("青禾农业科技有限公司", "云南青禾公司"), ("浙江青禾食品有限公司", "云南青禾公司"),  # of another place
        ("青禾农业科技有限公司", "青禾苗公司"), ("青禾农业科技有限公司", "大青禾公司"),  # another core
        ("青禾农业有限公司", "青禾有限公司"), ("云南青禾农业有限公司", "浙江青禾农业有限公司"),  # another legal name
        ("缙云农业发展有限公司", "缙云公司"), ("农业科技有限公司", "农业公司"),  # no core
        ("丽水电商产业园", "丽水园区"),
        ("青禾公司", "青禾"),  # not full enough to tell
    ],
)  # fmt: skip
def test_no_short_names(full, other):
    assert full_names([other, full]) == {}


def test_a_short_name_of_two_is_of_neither():
    assert full_names(["青禾农业有限公司", "青禾食品有限公司", "青禾公司"]) == {}
    assert full_names(["青禾农业有限公司", "青禾食品有限公司", "青禾食品"]) == {
        "青禾食品": "青禾食品有限公司"
    }


def test_short_names_of_one_chain_share_the_fullest():
    chain = ["众慧电商孵化基地", "众慧孵化基地", "众慧基地"]
    assert full_names(chain) == dict.fromkeys(chain[1:], chain[0])


def test_a_short_name_is_an_alias(link):
    (firm,) = link("青禾农业科技有限公司成立。青禾公司投产。").of("Organization")
    assert (firm.name, firm.aliases) == ("青禾农业科技有限公司", ("青禾公司",))


def test_one_name_of_two_districts_is_told_by_the_city_before(link):
    districts = [
        e
        for e in link("江苏省南京市鼓楼区很美。", "福建省福州市鼓楼区很美。").of("Place")
        if e.name == "鼓楼区"
    ]
    assert sorted((e.code, *e.seen) for e in districts) == [("320106", "0.txt"), ("350102", "1.txt")]


def test_one_name_of_two_townships_is_told_by_the_county(link):
    found = link("缙云县很美。缙云县新建镇产茶。")
    (township,) = [e for e in found.of("Place") if e.name == "新建镇"]
    assert found.entities[township.parent].name == "缙云县"


def test_villages_of_one_name_in_two_townships_are_two(link):
    found = link("缙云县壶镇镇大桥村很美。", "云和县元和街道大桥村也美。")
    villages = [e for e in found.of("Place") if e.name == "大桥村"]
    assert sorted(found.entities[e.parent].name for e in villages) == ["元和街道", "壶镇镇"]


def test_a_village_whose_name_opens_like_a_county(link):
    found = link("缙云县壶镇镇西山村很美。", "云和县元和街道西山村也美。")
    villages = [e for e in found.of("Place") if e.name == "西山村"]
    assert sorted(found.entities[e.parent].name for e in villages) == ["元和街道", "壶镇镇"]
    assert "西山区" not in {e.name for e in found.entities.values()}


def test_bureaus_of_two_counties_are_two(link):
    found = link("缙云县农业农村局印发通知。", "云和县农业农村局印发通知。")
    assert found.names("Organization") == {"缙云县农业农村局", "云和县农业农村局"}


def test_bureaus_of_two_districts_of_one_name_are_two(link):
    found = link("江苏省南京市鼓楼区商务局开会。", "福建省福州市鼓楼区商务局开会。")
    assert [e.name for e in found.of("Organization")] == ["鼓楼区商务局"] * 2


@pytest.mark.parametrize(("name", "level"), [("新建镇", "township"), ("鼓楼区", "county")])
def test_one_of_many_is_none_of_them_if_nothing_tells(link, name, level):
    found = link(f"{name}很美，{name}的人能干。", f"{name}也美。")
    assert [(e.name, e.level, e.code, e.parent) for e in found.of("Place")] == [(name, level, None, None)] * 2


def test_what_was_told_once_is_known_later(link):
    (place,) = [e for e in link("缙云县新建镇很美。山水好。新建镇人能干。").of("Place") if e.name == "新建镇"]
    assert place.code and len(place.seen["0.txt"]) == 2


def test_people_of_one_name_in_two_counties_are_two(link):
    found = link("缙云县很美。王小丽任青禾公司总经理。", "云和县很美。王小丽任木玩公司总经理。")
    assert [e.name for e in found.of("Person") if e.name == "王小丽"] == ["王小丽"] * 2


def test_aliases_are_names(link):
    """An alias names the thing to anybody: it has no loose marks, and is not a kind of thing."""
    found = link("缙云县很美，缙云县政府开会。“山里阿妹”网店开张。", "“全国电商示范镇”壶镇镇。")
    for entity in found.entities.values():
        assert entity.name not in entity.aliases and list(entity.aliases) == sorted(set(entity.aliases))
        for form in (entity.name, *entity.aliases):
            assert form == form.strip() and form
            assert form.count("“") == form.count("”") and form.count("《") == form.count("》"), entity


def test_aliases_have_both_their_marks(link):
    (shop,) = link("“山里阿妹”店铺红了。").of("Organization")
    assert all(form.count("“") == form.count("”") for form in (shop.name, *shop.aliases))


def test_a_body_is_not_called_by_its_kind(link):
    found = link("丽水市很美，丽水人能干。市商务局开会，市政府开会。")
    names = {form for e in found.of("Organization") for form in (e.name, *e.aliases)}
    assert not names & {"商务局", "政府"}


def test_places_come_with_the_places_around_them(link):
    found = link("壶镇镇很美。")
    (township,) = found.of("Place")
    county = found.entities[township.parent]
    assert (county.name, county.level, county.seen) == ("缙云县", "county", {})
    assert found.entities[found.entities[county.parent].parent].name == "浙江省"


def test_registered_things_come_with_their_owners(link):
    found = link("农村淘宝来了。")
    (platform,) = found.of("Platform")
    assert found.entities[platform.owner].name == "阿里巴巴集团"
    assert platform.source and found.entities[platform.owner].seen == {}


def test_where_a_thing_is_seen(link):
    text = "缙云县很美。该县产茶。缙云人能干。"
    (county,) = link(text).of("Place")
    assert [text[a:b] for a, b in county.seen["0.txt"]] == ["缙云县", "该县", "缙云"]
    assert "该县" not in county.aliases


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("《规划》", "规划"),
        ("ＡＢＣ公司", "abc公司"),
        ("“雪莲”", "雪莲"),
        ("古丽·买买提", "古丽买买提"),
        ("青禾 公司", "青禾公司"),
    ],
)
def test_marks_width_and_case_carry_no_identity(one, other):
    assert fold(one) == fold(other)
    assert local_id("Organization", one) == local_id("Organization", other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("Organization", "青禾"), ("Product", "青禾")),
        (("Organization", "青禾"), ("Organization", "青禾公司")),
        (("Person", "王小丽", "place/1"), ("Person", "王小丽", "place/2")),
        (("Designation", "示范县"), ("Designation", "示范镇")),
    ],
)
def test_identity_is_class_name_and_scope(one, other):
    assert local_id(*one) != local_id(*other)


@pytest.mark.parametrize(
    "name", ["2019年淘宝村百强县", "中国淘宝村百强县", "“淘宝村百强县”", "2021年度中国淘宝村百强县"]
)
def test_an_honour_is_the_same_every_year(name):
    assert local_id("Designation", name) == local_id("Designation", "淘宝村百强县")


@pytest.mark.parametrize(
    ("text", "alias", "holds"),
    [
        ("缙云县壶镇镇青禾食品有限公司扩产。", "缙云县壶镇镇青禾食品有限公司", True),
        ("缙云县壶镇镇的青禾食品有限公司扩产。", "缙云县壶镇镇青禾食品有限公司", False),
        ("缙云县京东集团来人。", "缙云县京东集团", False),
    ],
)
def test_the_places_before_a_body_are_part_of_its_full_name(link, text, alias, holds):
    bodies = link(text).of("Organization")
    assert bodies and any(alias in (body.name, *body.aliases) for body in bodies) == holds
