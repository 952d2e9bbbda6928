"""The encoding is found by the plausibility of the whole text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.reading.decode import decode

SIMPLIFIED = "近年来，农村电商发展迅速，带动农民就业增收。"
TRADITIONAL = "近年來，農村電商發展迅速，帶動農民就業增收。"


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16-le", "utf-16-be"])
def test_simplified(encoding: str) -> None:
    found = decode(SIMPLIFIED.encode(encoding))
    assert found is not None
    assert (found[0].text, found[1]) == (SIMPLIFIED, encoding)


def test_big5_is_not_taken_for_gb18030_though_it_decodes_as_that() -> None:
    data = TRADITIONAL.encode("big5")
    data.decode("gb18030")
    found = decode(data)
    assert found is not None
    assert (found[0].text, found[1]) == (TRADITIONAL, "big5")


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_a_byte_order_mark_is_no_text_but_counts_in_the_offsets(encoding: str) -> None:
    found = decode(SIMPLIFIED.encode(encoding))
    assert found is not None
    assert found[0].text == SIMPLIFIED
    assert found[0].starts[0] == {"utf-8-sig": 3, "utf-16": 2}[encoding]


def test_a_text_cut_within_a_character_is_read_and_the_loss_recorded() -> None:
    found = decode(SIMPLIFIED.encode()[:-1])
    assert found is not None
    text, encoding = found
    assert (text.text, encoding) == (SIMPLIFIED[:-1] + "\ufffd\ufffd", "utf-8")
    assert text.repairs == {"undecodable-byte": 2}


def test_bytes_that_are_no_text_are_refused() -> None:
    assert decode(bytes(range(128, 256)) * 50) is None


@given(st.binary(max_size=300))
def test_any_bytes_are_decoded_or_refused(data: bytes) -> None:
    found = decode(data)
    if found is not None:
        text, _ = found
        assert not text.ends or (text.starts[0] <= 3 and text.ends[-1] == len(data))
        assert all(a == b for a, b in zip(text.ends, text.starts[1:], strict=False))
