"""What programs leave in a text: characters that cannot be seen, other forms of usual ones, doubled signs."""

from __future__ import annotations

import html
import random
import unicodedata
from functools import cache

_UNSEEN = "\u200b\u200c\u200d\u2060\ufeff\u00ad\u0007\u001f\u200e\u202a"


def specks(text: str, rng: random.Random) -> str:
    """Return the text with one to three kinds of such specks."""
    kinds = (radicals, wide, doubled, references, unseen)  # references are made of what is there by then
    chosen = rng.sample(kinds, rng.randint(1, 3))
    for kind in sorted(chosen, key=kinds.index):
        text = "\n".join(kind(line, rng) for line in text.split("\n"))
    return text


def unseen(line: str, rng: random.Random) -> str:
    return "".join(char + (rng.choice(_UNSEEN) if rng.random() < 0.02 else "") for char in line)


def radicals(line: str, rng: random.Random) -> str:
    """PDF programs take 力 for the radical ⼒ where a font has one sign for both."""
    return "".join(_radicals().get(char, char) if rng.random() < 0.5 else char for char in line)


def wide(line: str, rng: random.Random) -> str:
    """Digits, Latin letters and per cent of full width."""
    share = rng.choice((0.3, 1.0))
    usual = "0123456789%ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
    return "".join(chr(ord(c) + 0xFEE0) if c in usual and rng.random() < share else c for c in line)


def doubled(line: str, rng: random.Random) -> str:
    return "".join(char * 2 if char in "，。、；" and rng.random() < 0.05 else char for char in line)


def references(line: str, rng: random.Random) -> str:
    """References of HTML that some program has not resolved, or escaped once more."""
    named = {"“": "&ldquo;", "”": "&rdquo;", "（": "&#65288;", "）": "&#xFF09;"}
    again = rng.random() < 0.3
    made = "".join(named.get(char, char) if rng.random() < 0.5 else char for char in line)
    return html.escape(made, quote=False) if again else made


@cache
def _radicals() -> dict[str, str]:
    codes = map(chr, range(0x2F00, 0x2FD6))
    return {unicodedata.normalize("NFKC", radical): radical for radical in codes}
