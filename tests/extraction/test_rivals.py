"""Which of the statements that several rules read in the same words stay."""

from __future__ import annotations

from kg.extraction.rivals import most_telling, of_surest_time
from kg.model import Mention, Statement

COUNTY = Mention("Place", 0, 3, "沙集县")
BODY = Mention("Organization", 4, 8, "青禾公司")
TITLE = Mention("Designation", 10, 13, "淘宝村")


def statement(rule: str, weight: float, time: str | None = None, **roles: Mention) -> Statement:
    """Return a statement with these roles."""
    named = {role: (mention,) for role, mention in roles.items()}
    return Statement("Designation", named, 0, 20, rule, 0.9, weight=weight, time=time)


def test_the_surer_rule_says_when():
    sure = statement("sure", 0.9, "2019", holder=COUNTY, title=TITLE)
    other = statement("other", 0.8, "2021", holder=COUNTY, title=TITLE)
    assert of_surest_time([other, sure]) == [sure]


def test_of_two_rules_that_are_as_sure_the_first_says_when():
    first = statement("first", 0.8, "2019", holder=COUNTY, title=TITLE)
    second = statement("second", 0.8, None, holder=COUNTY, title=TITLE)
    assert of_surest_time([first, second]) == [first]


def test_rules_that_agree_both_count_and_one_rule_may_name_several_times():
    agreed = [statement(rule, 0.8, "2019", holder=COUNTY, title=TITLE) for rule in ("one", "other")]
    assert of_surest_time(agreed) == agreed
    listed = [statement("one", 0.8, year, holder=COUNTY, title=TITLE) for year in ("2019", "2020")]
    assert of_surest_time(listed) == listed


def test_who_else_holds_it_is_another_statement():
    both = [
        statement("one", 0.8, "2019", holder=COUNTY, title=TITLE),
        statement("two", 0.9, None, holder=BODY, title=TITLE),
    ]
    assert of_surest_time(both) == both


def test_a_part_does_not_stand_beside_the_whole():
    part = statement("part", 0.8, holder=COUNTY)
    whole = statement("whole", 0.8, holder=COUNTY, title=TITLE)
    assert most_telling([part, whole], dated=False) == [whole]
