"""The elements of patterns, which near misses are told by."""

from __future__ import annotations

import pytest

from kg.extraction.elements import elements
from kg.extraction.grammar import PatternError, compile_pattern
from kg.extraction.rules import load, vocabulary


@pytest.mark.parametrize(
    ("source", "parts"),
    [
        ("partner:Actor+ .. (与|和) 签订", ["partner:Actor+", "..", "(与|和)", "签订"]),
        ("(holder:Place 的)? time:Time? 签", ["(holder:Place 的)?", "time:Time?", "签"]),
        ("((甲|乙) 丙)? ^ kind:@signed ..25 $", ["((甲|乙) 丙)?", "^", "kind:@signed", "..25", "$"]),
        ("与?和", ["与?", "和"]),
    ],
)
def test_the_elements_of_a_pattern(source, parts):
    assert elements(source) == parts


def test_every_rule_is_the_sum_of_its_elements():
    """The first elements of every pattern are a pattern, and all of them the same one."""
    for rule in (rule for file in load() for rule in file.rules):
        for pattern in rule.patterns:
            parts = elements(pattern.source)
            for end in range(1, len(parts)):
                compile_pattern(" ".join(parts[:end]), vocabulary())
            assert compile_pattern(" ".join(parts), vocabulary()).expression == pattern.expression


def test_what_is_no_pattern():
    with pytest.raises(PatternError):
        elements("签 @")
