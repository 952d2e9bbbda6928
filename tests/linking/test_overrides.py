"""What humans decide holds, wherever it is said; what no longer applies is told."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.graph import load_schema
from kg.linking import Overrides, read_decisions

FIRM = "青禾农业科技有限公司"
SIGNED = f"缙云县很美。2020年，{FIRM}与京东集团签订合作协议。青禾公司投产。"


@pytest.fixture
def decide(link):
    """A function from lines and texts to what is linked, and to what became of the lines."""

    def _decide(lines: str, *texts: str):
        known = load_schema().classes
        overrides = Overrides(read_decisions(lines, "o.txt", known, "https://kg.example/"))
        found = link(*texts, overrides=overrides)
        return found, {outcome.decision: outcome.problem for outcome in overrides.outcomes()}

    return _decide


def test_same(decide):
    found, told = decide("same 木玩公司 = 青禾农业科技有限公司", SIGNED, "云和县很美。木玩公司扩产。")
    (firm,) = [e for e in found.of("Organization") if e.name == FIRM]
    assert set(firm.seen) == {"0.txt", "1.txt"} and "木玩公司" in firm.aliases
    assert firm.decisions == ("same 木玩公司 = 青禾农业科技有限公司",)
    assert [(m.form, m.reason) for m in firm.merges if m.document == "1.txt"] == [("木玩公司", "decision")]
    assert told == {"same 木玩公司 = 青禾农业科技有限公司": None}
    assert "木玩公司" not in found.names("Organization")


def test_same_moves_facts(decide):
    text = "云和县很美。2020年，木玩公司与京东集团签订合作协议。"
    found, _ = decide(f"same 木玩公司 = {FIRM}", SIGNED, text)
    partners = [found.role(fact, "partner") for fact in found.said("Partnership")]
    assert partners == [{FIRM, "京东集团"}] * len(partners) and partners


def test_what_became_one_is_no_partner_of_itself(decide):
    found, _ = decide("same 京东集团 = 青禾农业科技有限公司", SIGNED)
    assert found.said("Partnership") == []


def test_same_with_a_thing_that_only_the_registry_knows(decide):
    found, told = decide("same 木玩公司 = 京东集团", "云和县很美。木玩公司扩产。")
    assert {e.id for e in found.of("Organization")} == {"organization/jd-group"}
    assert told == {"same 木玩公司 = 京东集团": None}


def test_same_of_all_people_of_a_name(decide):
    texts = ("缙云县很美。张小明开了一家网店。", "云和县很美。张小明回乡创业。")
    assert len(decide("", *texts)[0].of("Person")) == 2
    (person,) = decide("same 张小明 = 张小明", *texts)[0].of("Person")
    assert len(person.seen) == 2


def test_same_in_one_document(decide):
    texts = ("云和县很美。木玩公司扩产。", "云和县很美。木玩公司投产。", SIGNED)
    found, told = decide(f"same 木玩公司 = {FIRM} in 1.txt", *texts)
    seen = {e.name: set(e.seen) for e in found.of("Organization")}
    assert seen["木玩公司"] == {"0.txt"} and seen[FIRM] == {"1.txt", "2.txt"}
    assert set(told.values()) == {None}


def test_different_splits_a_short_form_off(decide):
    found, told = decide(f"different 青禾公司 ≠ {FIRM}", SIGNED)
    assert {"青禾公司", FIRM} <= found.names("Organization")
    (firm,) = [e for e in found.of("Organization") if e.name == FIRM]
    assert "青禾公司" not in firm.aliases and set(told.values()) == {None}


def test_different_in_one_document(decide):
    found, _ = decide(f"different 青禾公司 ≠ {FIRM} in 1.txt", SIGNED, SIGNED)
    seen = {e.name: set(e.seen) for e in found.of("Organization")}
    assert seen["青禾公司"] == {"1.txt"} and seen[FIRM] == {"0.txt", "1.txt"}


def test_different_from_a_registered_thing(decide):
    found, _ = decide("different 京东 ≠ 京东集团 in 0.txt", "京东集团来了。京东公司来了。", "京东集团来了。")
    assert "京东集团" in found.names("Organization")
    found, told = decide("different 京东公司 ≠ 京东集团", "京东集团来了。京东公司来了。")
    assert found.names("Organization") == {"京东集团", "京东公司"} and set(told.values()) == {None}


def test_different_keeps_apart_what_another_article_would_join(decide):
    texts = ("缙云县很美。青禾农业科技有限公司来了。", "缙云县很美。青禾公司扩产。")
    assert len(decide("", *texts)[0].of("Organization")) == 1
    found, told = decide("different 青禾公司 ≠ 青禾农业科技有限公司", *texts)
    assert len(found.of("Organization")) == 2 and set(told.values()) == {None}


def test_another_person_of_the_name_in_one_document(decide):
    text = "缙云县很美。张小明任缙云县商务局局长。"
    assert len(decide("", text, text)[0].of("Person")) == 1
    found, told = decide("different 张小明 ≠ 张小明 in 1.txt", text, text)
    assert [e.name for e in found.of("Person")] == ["张小明"] * 2 and set(told.values()) == {None}


def test_things_that_are_apart_already_are_told_as_found(decide):
    line = "different 张志岭 ≠ 张志玲"
    assert decide(line, "缙云县很美。张志岭和张志玲来了。")[1] == {line: None}
    assert decide(line, "缙云县很美。张志岭来了。")[1] == {line: "nothing is called 张志玲"}


def test_rename(decide):
    found, told = decide(f"rename {FIRM} = 浙江青禾", SIGNED)
    (firm,) = [e for e in found.of("Organization") if e.name == "浙江青禾"]
    assert {FIRM, "青禾公司"} <= set(firm.aliases) and "浙江青禾" not in firm.aliases
    (before,) = [e for e in decide("", SIGNED)[0].of("Organization") if e.name == FIRM]
    assert firm.id == before.id
    assert set(told.values()) == {None}


def test_rename_a_place_and_a_registered_thing(decide):
    found, _ = decide("rename 缙云县 = 缙云\nrename 京东集团 = 京东", "缙云县与京东集团签约。")
    assert found.names("Place") == {"缙云"} and found.names("Organization") == {"京东"}


def test_drop(decide):
    found, told = decide("drop 京东集团", SIGNED)
    assert "京东集团" not in {e.name for e in found.entities.values()}
    assert found.said("Partnership") == [] and set(told.values()) == {None}


def test_drop_a_form_alone(decide):
    found, _ = decide("drop 青禾公司", SIGNED)
    (firm,) = [e for e in found.of("Organization") if e.name == FIRM]
    assert SIGNED.index("青禾公司投产") not in {start for start, _ in firm.seen["0.txt"]}


def test_drop_in_one_document(decide):
    found, _ = decide("drop 京东集团 in 1.txt", SIGNED, SIGNED)
    (firm,) = [e for e in found.of("Organization") if e.name == "京东集团"]
    assert set(firm.seen) == {"0.txt"}


def test_what_is_dropped_is_not_referred_to(decide):
    text = "木玩有限公司来了。青禾农业科技有限公司来了。该公司好。"
    found, _ = decide("drop 青禾农业科技有限公司", text)
    (firm,) = found.of("Organization")
    assert (firm.name, "该公司" in {m.form for m in firm.merges}) == ("木玩有限公司", True)


@pytest.mark.parametrize(
    ("value", "cls", "level"), [("Facility", "Facility", None), ("village", "Place", "village")]
)
def test_retype(decide, value, cls, level):
    found, told = decide(f"retype {FIRM} = {value}", SIGNED)
    (thing,) = [e for e in found.of(cls) if e.name == FIRM]
    assert thing.level == level and thing.decisions and FIRM not in found.names("Organization")
    assert set(told.values()) == {None}


def test_retype_makes_one_of_two_readings(decide):
    found, _ = decide(
        "retype Organization:豫晨庄园 = Facility", "缙云县很美。走进豫晨庄园。豫晨庄园公司扩产。"
    )
    assert "豫晨庄园" not in found.names("Organization")


@pytest.mark.parametrize(
    "line",
    [
        "drop 无此物", "same 无此物 = 京东集团", "same 京东集团 = 无此物", "rename 无此物 = 甲",
        "retype 无此物 = Event",
        "drop 京东集团 in 9.txt", "different 京东集团 ≠ 无此物", "drop Person:京东集团", "drop organization/none",
    ],
)  # fmt: skip
def test_a_line_that_matches_nothing_is_told_and_changes_nothing(decide, line):
    found, told = decide(line, SIGNED)
    plain, _ = decide("", SIGNED)
    assert [problem for problem in told.values() if problem and "nothing is called" in problem]
    assert found.entities.keys() == plain.entities.keys() and found.facts == plain.facts


def test_a_name_of_several_is_no_target(decide):
    texts = ("缙云县很美。青禾公司扩产。", "云和县很美。青禾公司扩产。", "木玩有限公司来了。")
    found, told = decide("same 木玩有限公司 = 青禾公司", *texts)
    assert "several things are called 青禾公司" in told["same 木玩有限公司 = 青禾公司"]
    path = min(e.id for e in found.of("Organization") if e.name == "青禾公司")
    joined, told = decide(f"same 木玩有限公司 = {path}", *texts)
    assert len(joined.entities[path].seen) == 2 and set(told.values()) == {None}


UNRELATED = (
    f"different 青禾公司 ≠ {FIRM}", "drop 京东集团 in 1.txt", "rename 缙云县 = 缙云", "retype 木玩公司 = Facility",
    "same 山里阿妹 = 木玩公司", "drop 无此物",
)  # fmt: skip


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.permutations(UNRELATED))
def test_the_order_of_unrelated_lines_does_not_matter(decide, lines):
    texts = (SIGNED, SIGNED, "云和县很美。木玩公司扩产。“山里阿妹”网店开张。")
    found, told = decide("\n".join(lines), *texts)
    plain, expected = decide("\n".join(UNRELATED), *texts)
    assert (found.entities, found.facts, told) == (plain.entities, plain.facts, expected)
