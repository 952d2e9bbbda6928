"""Why forms were taken for one thing, what is joined across articles, and what stays apart."""

from __future__ import annotations

import pytest

from kg.linking.article import classes_of
from kg.linking.scope import needs_place
from kg.model import Mention


def why(linked, document: int = 0) -> dict[str, tuple[str, str]]:
    """Return form → name and reason of what was merged in one document."""
    name = f"{document}.txt"
    return {
        m.form: (e.name, m.reason) for e in linked.entities.values() for m in e.merges if m.document == name
    }


@pytest.mark.parametrize(
    ("text", "form", "name", "reason"),
    [
        ("《缙云县电商规划》发布。缙云县电商规划好。", "缙云县电商规划", "《缙云县电商规划》", "spelling"),
        ("阿里巴巴公司来了。", "阿里巴巴公司", "阿里巴巴集团", "known-alias"),
        ("景宁县很美。", "景宁县", "景宁畲族自治县", "known-alias"),
        ("缙云很美，缙云人能干。", "缙云", "缙云县", "short-form"),
        ("密云县很美。", "密云县", "密云区", "former-name"),
        ("缙云县很美。县商务局开会。", "县商务局", "缙云县商务局", "body-of-place"),
        ("缙云县政府开会。", "缙云县政府", "缙云县人民政府", "body-of-place"),
        ("缙云县很美。该县产茶。", "该县", "缙云县", "anaphor"),
        ("青禾农业科技有限公司扩产，该公司很好。", "该公司", "青禾农业科技有限公司", "anaphor"),
        ("青禾农业科技有限公司（简称“青禾公司”）扩产。", "“青禾公司”", "青禾农业科技有限公司", "introduced"),
        ("青禾农业科技有限公司扩产。青禾公司投产。", "青禾公司", "青禾农业科技有限公司", "shortening"),
        ("“山里阿妹”网店开张。“山里阿妹”店铺红了。", "“山里阿妹”店铺", "山里阿妹", "quoted-noun"),
        ("壶镇镇被评为全国电商示范镇。全国电商示范镇多。壶镇镇被评为国家级电商示范镇。", "国家级电商示范镇",
         "全国电商示范镇", "honour"),
    ],
)  # fmt: skip
def test_every_merge_has_its_reason(link, text, form, name, reason):
    assert why(link(text))[form] == (name, reason)


def test_a_word_for_two_is_merged_into_both(link):
    found = link("缙云县与京东集团签约，双方将合作。")
    assert {e.name for e in found.entities.values() if "双方" in {m.form for m in e.merges}} == {
        "缙云县",
        "京东集团",
    }


def test_a_name_is_no_merge(link):
    found = link("缙云县与京东集团签约。王小丽任青禾农业科技有限公司总经理。")
    assert why(found) == {}


def test_an_introduced_name_is_not_known_before_it_is_introduced(link):
    text = "青禾公司扩产。木玩有限公司（以下简称“青禾公司”）也扩产。青禾公司投产。"
    found = link(text)
    assert found.named(0, "青禾公司", (text,)) == {"青禾公司"}
    assert found.named(0, "青禾公司", (text,), nth=2) == {"木玩有限公司"}


FULL, SHORT = "缙云县很美。青禾农业科技有限公司来了。", "青禾公司扩产。"


@pytest.mark.parametrize(
    "place",
    [
        "缙云县很美。",
        "丽水市很美。",  # the prefecture that the county lies in
    ],
)
def test_a_short_name_is_joined_to_the_only_full_name_of_the_place(link, place):
    found = link(FULL, place + SHORT)
    (firm,) = found.of("Organization")
    assert (firm.name, firm.aliases) == ("青禾农业科技有限公司", ("青禾公司",))
    assert why(found, 1)["青禾公司"] == ("青禾农业科技有限公司", "shortening-nearby")


@pytest.mark.parametrize(
    "others",
    [
        ("云和县很美。" + SHORT,),  # another county
        (SHORT,),  # of no place
        ("浙江省很美。" + SHORT,),  # a province is too large to tell
        ("缙云县很美。青禾食品有限公司来了。", "缙云县很美。" + SHORT),  # two fit
        ("缙云县很美。青禾食品公司扩产。",),  # none fits
    ],
)
def test_a_short_name_that_fits_less_plainly_stays_apart(link, others):
    found = link(FULL, *others)
    assert "青禾农业科技有限公司" in found.names("Organization")
    assert len(found.of("Organization")) == len(others) + 1


def test_facts_follow_the_join(link):
    found = link(FULL, "缙云县很美。2020年，青禾公司与京东集团签订合作协议。")
    (fact,) = found.said("Partnership")
    assert found.role(fact, "partner") == {"青禾农业科技有限公司", "京东集团"}
    assert set(fact.roles["partner"]) <= set(found.entities)


@pytest.mark.parametrize("text", ["青禾公司扩产。", "在盛煌农业公司工作。"])
def test_what_many_places_have_is_one_for_each_place(link, text):
    found = link("缙云县很美。" + text, "缙云县也好。" + text, "云和县很美。" + text)
    assert sorted(tuple(e.seen) for e in found.of("Organization")) == [("0.txt", "1.txt"), ("2.txt",)]


@pytest.mark.parametrize(
    ("cls", "name", "kind", "needed"),
    [
        ("Organization", "青禾公司", "company", True),
        ("Organization", "青禾农业科技有限公司", "company", False),
        ("Organization", "三只刺猬", "company", False),
        ("Organization", "大力鼓合作社", "cooperative", True),
        ("Organization", "缙云大力鼓合作社", "cooperative", False),
        ("Organization", "电子商务协会", "association", True),
        ("Organization", "网商联盟", "association", True),
        ("Organization", "山里阿妹联盟", "association", False),
        ("Organization", "国家林业局", "government", False),
        ("Organization", "农业信息站", "government", True),
        ("Facility", "众慧电商孵化基地", "incubator", True),
        ("Facility", "缙云电商产业园", "park", False),
        ("Facility", "阿里巴巴客服中心", "service", False),
        ("Person", "王小丽", None, True),
        ("Product", "香菇", None, False),
    ],
)
def test_which_names_need_a_place(cls, name, kind, needed):
    assert needs_place(cls, name, kind) == needed


@pytest.mark.parametrize(
    "text", ["浙江青禾公司扩产。", "青禾农业科技有限公司扩产。", "中国快递协会开会。", "浙江大学来人。"]
)
def test_what_only_one_place_has_is_one_everywhere(link, text):
    (one,) = link("缙云县很美。" + text, "贵阳市很美。" + text).of("Organization")
    assert len(one.seen) == 2


_AWAY = "贵阳市很美，贵阳人能干，贵阳好。"  # an article on another place


def test_people_of_one_name_at_one_body_are_one(link):
    found = link("缙云县很美。张小明任缙云县商务局局长。", _AWAY + "张小明任缙云县商务局副局长。")
    (person,) = found.of("Person")
    assert len(person.seen) == 2
    assert "same-person" in {m.reason for m in person.merges}
    assert {f.roles["person"] for f in found.said("Position")} == {(person.id,)}


def test_people_of_one_name_in_one_post_of_a_place_are_one(link):
    text = "张小明任缙云县县长。"
    assert len(link("缙云县很美。" + text, _AWAY + text).of("Person")) == 1


@pytest.mark.parametrize(
    "texts",
    [
        ("缙云县很美。张小明任缙云县商务局局长。", "云和县很美。张小明任云和县商务局局长。"),
        ("缙云县很美。张小明任缙云县县长。", _AWAY + "张小明任缙云县教师。"),  # two may work in one county
        ("张小明开了一家网店。", "张小明回乡创业。"),  # nothing tells
        ("浙江省很美。张小明开了一家网店。", "浙江省很美。张小明回乡创业。"),
        ("缙云县很美。张志岭和张志玲来了。",),
    ],
)
def test_people_without_a_reason_to_be_one_are_two(link, texts):
    assert len(link(*texts).of("Person")) == 2


def test_subsidiaries_of_one_group_are_two(link):
    names = {"阿里巴巴(中国)教育科技有限公司", "阿里巴巴(山东)有限公司"}
    assert names <= link("".join(f"{name}来了。" for name in sorted(names))).names("Organization")


def test_the_order_of_articles_does_not_matter_for_what_is_one(link):
    texts = [FULL, "丽水市很美。" + SHORT, "云和县很美。" + SHORT]

    def ids(*order: int) -> set[tuple[str, frozenset[int]]]:
        found = link(*(texts[i] for i in order))
        return {
            (e.id, frozenset(order[int(name.removesuffix(".txt"))] for name in e.seen))
            for e in found.of("Organization")
        }

    assert ids(0, 1, 2) == ids(2, 1, 0) == ids(1, 2, 0)


def test_a_bare_title_is_short_for_the_title_before_it(link):
    found = link("《缙云县电商发展规划》和《缙云县电商扶持办法》发布。根据《规划》，缙云县扶持电商。")
    assert found.names("Policy") == {"《缙云县电商发展规划》", "《缙云县电商扶持办法》"}
    assert why(found)["《规划》"] == ("《缙云县电商发展规划》", "shortening")


def test_a_bare_title_alone_stays(link):
    assert link("根据《规划》，缙云县扶持电商。").names("Policy") == {"《规划》"}


def test_one_name_in_one_article_is_one_thing_whatever_class_each_mention_has():
    mentions = [
        Mention(cls, n, n + 4, "豫晨庄园") for n, cls in enumerate(["Facility", "Organization", "Facility"])
    ]
    assert classes_of([*mentions, Mention("Product", 9, 11, "豫晨")]) == {"豫晨庄园": "Facility"}
    assert classes_of(mentions[1:]) == {"豫晨庄园": "Facility"}, (
        "of two that are as frequent, the first by name"
    )
