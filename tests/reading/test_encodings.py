"""Stretches of real articles in every encoding, whole, cut, mixed and encoded twice."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.reading.decode import decode

SEEDS = Path(__file__).parents[2] / "seeds"
TEXTS = [path.read_text("utf-8") for path in sorted(SEEDS.iterdir()) if path.name[:3] != "002"]
ENCODINGS = ["utf-8", "utf-8-sig", "gb18030", "utf-16-le", "utf-16-be", "utf-16", "utf-32"]


@st.composite
def stretches(draw: st.DrawFn, least: int = 60) -> str:
    text = draw(st.sampled_from(TEXTS))
    start = draw(st.integers(0, len(text) - 400))
    found = text[start : start + draw(st.integers(least, 400))]
    return "近日，电商发展。" + found


@given(stretches(), st.sampled_from(ENCODINGS))
def test_every_encoding_is_found(text: str, encoding: str) -> None:
    data = text.encode(encoding)
    found = decode(data)
    assert found is not None
    aligned, name = found
    assert aligned.text == text
    for i in range(0, len(text), 7):
        assert data[aligned.starts[i] : aligned.ends[i]].decode(name) == text[i]


@given(stretches(), st.sampled_from(["utf-8", "gb18030"]), st.integers(1, 3))
def test_a_file_cut_in_a_character_loses_that_character_only(text: str, encoding: str, cut: int) -> None:
    found = decode(text.encode(encoding)[:-cut])
    assert found is not None
    assert found[0].text.rstrip("\ufffd").startswith(text[:-3].rstrip("\ufffd"))


@given(stretches(), stretches(), st.permutations(["utf-8", "gb18030"]))
def test_lines_in_two_encodings(first: str, second: str, encodings: list[str]) -> None:
    found = decode(first.encode(encodings[0]) + b"\n" + second.encode(encodings[1]))
    assert found is not None
    lines = [line for line in f"{first}\n{second}".split("\n") if line.strip()]
    found_lines = found[0].text.split("\n")
    # A line of a few characters may not tell its encoding.
    lost = sum(len(line) for line in lines if line not in found_lines)
    assert lost <= 0.1 * sum(map(len, lines))


@given(stretches(120), st.sampled_from(["latin-1", "gb18030"]), st.integers(1, 2))
def test_text_that_was_encoded_twice(text: str, wrong: str, times: int) -> None:
    twice = text
    for _ in range(times if wrong == "latin-1" else 1):
        twice = twice.encode().decode(wrong, "replace")
    found = decode(twice.encode())
    assert found is not None
    aligned, _ = found
    assert aligned.repairs["mojibake"]
    if wrong == "latin-1":
        assert aligned.text == text
    size = len(twice.encode())
    assert all(0 <= a < b <= size for a, b in zip(aligned.starts, aligned.ends, strict=True))


@pytest.mark.parametrize("text", TEXTS)
def test_good_text_is_left_alone(text: str) -> None:
    found = decode(text.encode())
    assert found is not None
    assert (found[0].text, found[0].repairs) == (text, {})
