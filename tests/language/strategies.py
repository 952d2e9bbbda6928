"""Texts of every kind that a folder of web pages may hold."""

from __future__ import annotations

from hypothesis import strategies as st

CHINESE = "县村镇市省与和签订合作年月日的在是网店电商淘宝李王张，。；：！？、“”《》（）—"
LATIN = "abcXYZ019%.,!?;:-+/()[]\"'"
BLANK = " \t\n\r\u3000\u00a0\u2028\x0b\x0c"
ODD = "😀🎉👩\u200d🌾\ufe0f\u200b\u0301é𠮷㐀\ufffd\x00\x07"

characters = st.one_of(
    st.sampled_from(CHINESE), st.sampled_from(LATIN), st.sampled_from(BLANK), st.sampled_from(ODD),
    st.characters(exclude_categories=["Cs"]),
)  # fmt: skip
texts = st.text(characters, max_size=60)
lines = st.text(st.sampled_from(CHINESE + LATIN), max_size=40)
runs = st.builds(
    lambda piece, times: piece * times, st.text(characters, min_size=1, max_size=3), st.integers(1, 500)
)
any_text = st.one_of(texts, st.builds("".join, st.lists(st.one_of(texts, lines), max_size=6)), runs)
