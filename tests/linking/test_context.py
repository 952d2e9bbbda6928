"""Words that mean something only through what the article said before."""

from __future__ import annotations

import pytest

from kg.linking.context import Discourse, Reference
from kg.model import Mention


def wrong(reason: str):
    return pytest.mark.xfail(strict=True, reason=reason)


@pytest.mark.parametrize(
    ("text", "word", "meant"),
    [
        # The place the paper speaks for.
        ("我市电商兴旺。丽水市有九个县，丽水人会做生意。", "我市", {"丽水市"}),
        ("我县电商兴旺。缙云县在丽水市，缙云烧饼有名，缙云人能干。", "我县", {"缙云县"}),
        ("我省电商兴旺。浙江省很大，浙江人能干。", "我省", {"浙江省"}),
        ("义乌市很大，义乌人能干。我市电商兴旺。", "我市", {"义乌市"}),  # a county that is a city
        ("我市电商兴旺。缙云县很美，缙云人能干。", "我市", set()),  # a county is no city
        # The one named last.
        ("缙云县电商兴旺，云和县也好，该县产木玩。", "该县", {"云和县"}),
        ("缙云县电商兴旺。壶镇镇最好。该县产茶。", "该县", {"缙云县"}),  # of the same level
        ("青禾食品有限公司很大。浙江山里红食品有限公司也大。该公司产茶。", "该公司", {"浙江山里红食品有限公司"}),
        ("丽水学院很大。该公司产茶。", "该公司", set()),  # a college is no company
        # Not the one in the same clause.
        ("青禾食品有限公司很大。浙江山里红食品有限公司与该公司合作。", "该公司", {"青禾食品有限公司"}),
        # Nothing before it.
        ("该公司产茶。青禾食品有限公司也产茶。", "该公司", set()),
        # Bodies of a place left out.
        ("丽水市很美，丽水人能干。市商务局开会。", "市商务局", {"丽水市商务局"}),
        ("缙云县很美，缙云人能干。县政府开会。", "县政府", {"缙云县人民政府"}),
        ("缙云县很美，缙云人能干。县委召开会议。", "县委", {"缙云县委"}),
    ],
)  # fmt: skip
def test_references(link, text, word, meant):
    assert link(text).named(0, word, (text,)) == meant


def test_both_parties_are_the_two_before(link):
    found = link("缙云县与拼多多签订合作协议。2020年5月，双方联合举办缙云烧饼文化节。")
    assert {frozenset(found.role(f, "partner")) for f in found.said("Partnership")} == {
        frozenset({"缙云县", "拼多多"})
    }


def test_a_body_left_out_signs_as_that_of_its_place(link):
    found = link("缙云县电商兴旺，丽水市很美。市商务局与拼多多签订合作协议。")
    (fact,) = found.said("Partnership")
    assert found.role(fact, "partner") == {"丽水市商务局", "拼多多"}


def reference(cls: str, name: str, level: str | None = None) -> Reference:
    return Reference(f"{cls.lower()}/{name}", cls, name, level)


def anaphor(cls: str, kind: str, level: str | None = None, heads: str = "") -> Mention:
    return Mention(cls, 90, 92, "", level=level, kind=heads, anaphor=kind)


class TestDiscourse:
    """The same by hand, with offsets that say what stands in which clause."""

    county, city = reference("Place", "甲县", "county"), reference("Place", "乙市", "prefecture")
    firm, other = reference("Organization", "丙公司"), reference("Organization", "丁集团")

    def discourse(self) -> Discourse:
        talk = Discourse([self.city, self.county])
        for offset, thing in [(0, self.county), (10, self.city), (20, self.firm), (85, self.other)]:
            talk.note(thing, offset)
        return talk

    @pytest.mark.parametrize(
        ("mention", "clause", "meant"),
        [
            (anaphor("Place", "home", "city"), 80, ["乙市"]),
            (anaphor("Place", "home", "county"), 80, ["甲县"]),
            (anaphor("Place", "home", "province"), 80, []),
            (anaphor("Place", "last", ""), 80, ["乙市"]),
            (anaphor("Place", "last", "county"), 80, ["甲县"]),
            (anaphor("Organization", "last", heads="公司|集团"), 80, ["丙公司"]),  # 丁集团 is in this clause
            (anaphor("Organization", "last", heads="公司|集团"), 90, ["丁集团"]),
            (anaphor("Organization", "last", heads="合作社"), 90, []),
            (anaphor("Facility", "last"), 90, []),
            (anaphor("Actor", "parties"), 90, ["丙公司", "丁集团"]),
        ],
    )
    def test_refer(self, mention, clause, meant):
        assert [r.name for r in self.discourse().refer(mention, clause)] == meant

    def test_one_party_named_twice_is_not_both(self):
        talk = Discourse(())
        for offset, thing in enumerate([self.county, self.firm, self.firm]):
            talk.note(thing, offset)
        assert [r.name for r in talk.refer(anaphor("Actor", "parties"), 90)] == ["甲县", "丙公司"]

    def test_nothing_named_is_nothing_meant(self):
        assert Discourse(()).refer(anaphor("Actor", "parties"), 0) == []
        assert Discourse(()).refer(anaphor("Place", "home", "county"), 0) == []


def test_the_whole_country_needs_no_name_before_it():
    whole = Mention("Place", 0, 2, "全国", anaphor="home", level="country")
    assert [r.id for r in Discourse(home=()).refer(whole, 0)] == ["place/CHN"]
