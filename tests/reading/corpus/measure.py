"""How much of a text was read right."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

UNREADABLE = "\ufffd"


@dataclass(frozen=True, slots=True)
class Reading:
    """``agreement`` is the share of characters that are right, white space apart.

    ``false`` are the places that differ and are not marked as unreadable, as (right, read).
    ``digits`` are those where a figure was read that is not there, or one that is there was lost unmarked.
    """

    agreement: float
    false: tuple[tuple[str, str], ...]
    digits: tuple[tuple[str, str], ...]


def compare(right: str, read: str) -> Reading:
    a, b = "".join(right.split()), "".join(read.split())
    if a == b:
        return Reading(1.0, (), ())
    steps = [step for step in SequenceMatcher(None, a, b, autojunk=False).get_opcodes() if step[0] != "equal"]
    wrong = sum(max(i2 - i1, j2 - j1) for _, i1, i2, j1, j2 in steps)
    places = [(a[i1:i2], b[j1:j2]) for _, i1, i2, j1, j2 in steps]
    return Reading(
        1 - wrong / max(len(a), len(b)),
        tuple(place for place in places if UNREADABLE not in place[1]),
        tuple(
            (was, said)
            for was, said in places
            if re.search(r"\d", said) or (re.search(r"\d", was) and UNREADABLE not in said)
        ),
    )
