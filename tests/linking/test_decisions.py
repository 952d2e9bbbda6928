"""The file in which humans overrule: what a line may be, and what is refused with file and line."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.graph import load_schema
from kg.linking import BadDecision, read_decisions

BASE = "https://kg.example/"


def read(text: str):
    return read_decisions(text, "o.txt", load_schema().classes, BASE)


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("same 甲公司 = 甲有限公司", None),
        ("same\t甲公司=甲有限公司  # 见工商登记", "same 甲公司 = 甲有限公司"),
        ("different 甲 ≠ 乙 in news/a b.txt", None),
        ("different 甲 != 乙", "different 甲 ≠ 乙"),
        ("different 甲 ≠ 甲 in a.txt", None),
        ("rename 甲 = 乙", None),
        ("drop 甲", None),
        ("drop Alibaba Group in a.txt", None),
        ('drop "A = B in C"', "drop A = B in C"),
        ("retype 甲 = Facility", None),
        ("retype 甲 = village", None),
        ("same Organization:甲 = organization/0a1b", None),
        ("same https://kg.example/person/0a = https://kg.example/person/0b", "same person/0a = person/0b"),
        ("\ufeffdrop 甲", "drop 甲"),
        ("drop 甲\r", "drop 甲"),
    ],
)
def test_a_line_is_a_decision(line, told):
    (decision,) = read(line)
    assert (str(decision), decision.place) == (told or line, "o.txt:1")


@pytest.mark.parametrize("text", ["", "\n\n", "# nothing\n  # at all\n"])
def test_a_file_may_decide_nothing(text):
    assert read(text) == ()


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("merge 甲 = 乙", "no decision; there are: different, drop, rename, retype, same"),
        ("same 甲", "shape"),
        ("same 甲 = ", "shape"),
        ("same 甲 ≠ 乙", "shape"),
        ("different 甲 = 乙", "shape"),
        ("same 甲 = 乙 = 丙", "shape"),
        ("drop", "shape"),
        ("drop 甲 = 乙", "shape"),
        ('drop "甲', "shape"),
        ("different 甲 ≠ 甲", "in which document"),
        ("rename 甲 = 乙 in a.txt", "no 'in'"),
        ("retype 甲 = Company", "no class"),
        ("retype 甲 = Place", "no class and no level"),
    ],
)
def test_what_is_no_decision_is_refused_with_its_line(line, reason):
    with pytest.raises(BadDecision, match=reason) as error:
        read(f"drop 乙公司\n\n{line}\n")
    assert str(error.value).startswith("o.txt:3: ")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("same 甲 = 乙", "different 甲 ≠ 乙"),
        ("same 甲 = 乙", "different 乙 ≠ 甲"),
        ("same 甲 = 乙", "same 甲 = 丙"),
        ("same 甲 = 乙", "same 乙 = 甲"),
        ("rename 甲 = 乙", "rename 甲 = 丙"),
        ("retype 甲 = Event", "retype 甲 = Facility"),
    ],
)
def test_lines_that_contradict_one_another_are_refused(one, other):
    with pytest.raises(BadDecision, match="contradicts") as error:
        read(f"{one}\n# 说明\n{other}\n")
    assert str(error.value).startswith("o.txt:3: ") and "o.txt:1" in str(error.value)


def test_a_line_may_stand_twice():
    (decision,) = read("drop 甲\ndrop 甲\n")
    assert decision.place == "o.txt:1"


LINES = [
    "drop 甲", "same 乙 = 丙", "same 丁 = 丙", "different 戊 ≠ 己", "rename 丙 = 庚", "retype 辛 = Event",
    "drop 壬 in a.txt",
]  # fmt: skip


@given(st.permutations(LINES))
def test_the_order_of_lines_does_not_matter(lines):
    assert [str(d) for d in read("\n".join(lines))] == [str(d) for d in read("\n".join(LINES))]


@given(st.text(max_size=40))
def test_any_text_is_read_or_refused_with_its_line(text):
    try:
        read(text)
    except BadDecision as error:
        assert str(error).startswith("o.txt:")
