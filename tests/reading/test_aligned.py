"""Offsets stay right whatever is done to a text."""

from __future__ import annotations

import re
from array import array

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.reading.aligned import AlignedText, cut, keep, replace, substitute
from kg.reading.decode import decode


def aligned(text: str) -> AlignedText:
    """A text whose characters take one byte each."""
    return AlignedText(text, array("I", range(len(text))), array("I", range(1, len(text) + 1)))


@st.composite
def edited(draw: st.DrawFn) -> tuple[str, list[tuple[int, int, str]]]:
    text = draw(st.text(alphabet="肃宁abc。 \n", max_size=40))
    bounds = sorted(draw(st.lists(st.integers(0, len(text)), max_size=8)))
    pairs = list(zip(bounds[::2], bounds[1::2], strict=False))
    return text, [(a, b, draw(st.text(alphabet="县X肃", max_size=3))) for a, b in pairs]


@given(edited())
def test_replace_makes_the_text_that_plain_slicing_makes(
    case: tuple[str, list[tuple[int, int, str]]],
) -> None:
    text, edits = case
    expected = text
    for start, end, new in reversed(edits):
        expected = expected[:start] + new + expected[end:]
    assert replace(aligned(text), edits).text == expected


@given(edited())
def test_characters_outside_the_edits_keep_their_place(case: tuple[str, list[tuple[int, int, str]]]) -> None:
    text, edits = case
    result = replace(aligned(text), edits)
    at = done = 0
    for start, end, new in [*edits, (len(text), len(text), "")]:
        kept = start - done
        assert list(result.starts[at : at + kept]) == list(range(done, start))
        at += kept
        for i in range(at, at + len(new)):
            assert start <= result.starts[i] <= result.ends[i] <= end
        at += len(new)
        done = end


def test_characters_common_to_old_and_new_keep_their_place() -> None:
    result = replace(aligned("2 . 12亿"), [(0, 6, "2.12")])
    assert list(result.starts) == [0, 2, 4, 5, 6]


@pytest.mark.parametrize(
    "edits", [[(2, 3, ""), (1, 2, "")], [(0, 2, ""), (1, 3, "")], [(0, 99, "")], [(2, 1, "")]]
)
def test_edits_out_of_order_or_out_of_the_text_are_refused(edits: list[tuple[int, int, str]]) -> None:
    with pytest.raises(ValueError, match="out of"):
        replace(aligned("肃宁县"), edits)


def test_only_real_changes_are_counted() -> None:
    text = substitute(aligned("a b a"), re.compile("a"), lambda m: None if m.start() else "A", "letters")
    assert (text.text, dict(text.repairs)) == ("A b a", {"letters": 1})
    assert substitute(text, re.compile("b"), "b", "nothing").repairs == {"letters": 1}


def test_cut_and_keep() -> None:
    assert list(cut(aligned("肃宁县"), 1, 3).starts) == [1, 2]
    kept = keep(aligned("肃宁县城"), [(0, 1), (2, 4)])
    assert (kept.text, list(kept.ends)) == ("肃县城", [1, 3, 4])


@given(
    st.text(alphabet=st.characters(codec="gb18030", categories=("L", "N", "P", "Z")), max_size=60),
    st.sampled_from(["utf-8", "utf-8-sig", "gb18030", "big5", "utf-16"]),
)
def test_every_decoded_character_comes_from_its_own_bytes(words: str, encoding: str) -> None:
    words = "近年来，农村电商发展很快，农民收入增加。" * 3 + words
    if encoding == "big5":
        words = "近年來，農村電商發展很快，農民收入增加。" * 3
    data = words.encode(encoding)
    found = decode(data)
    assert found is not None
    text, codec = found
    assert text.text == words
    for char, start, end in zip(text.text, text.starts, text.ends, strict=True):
        assert data[start:end].decode(codec) == char
