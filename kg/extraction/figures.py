"""Figures in a sentence: a number with its unit, expanded to a plain number in base units."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import cn2an

from kg.extraction.sentences import Sentence
from kg.model import Mention
from kg.resources import load_yaml

_CHINESE = "零〇一二两三四五六七八九十百千"


@cache
def _words() -> dict[str, Any]:
    return load_yaml(Path(__file__).with_name("figures.yaml"))


@cache
def _pattern() -> re.Pattern[str]:
    words = _words()
    units = "|".join(sorted(words["units"], key=lambda unit: (-len(unit), unit)))
    rough = "".join(words["rough_after"])
    return re.compile(
        rf"(?<![\d.A-Za-z第])(?P<number>\d{{1,3}}(?:,\d{{3}})+|\d{{1,12}}(?:\.\d{{1,4}})?|[{_CHINESE}]{{1,8}})"
        rf"[{rough}]?(?P<scale>[百千]?[万亿]?亿?)[{rough}]?(?P<unit>%|％|{units})"
    )


def quantities(sentence: Sentence) -> Iterator[Mention]:
    """Yield figures with a unit; ``value`` is the plain number (2.26万家 → 22600), percentages as fractions."""
    for match in _pattern().finditer(sentence.document, sentence.start, sentence.end):
        value = number(match["number"], match["scale"])
        if value is not None:
            if match["unit"] in "%％":
                value /= 100
            yield Mention(
                "Quantity", match.start(), match.end(), match.group(), kind=match["unit"], value=plain(value)
            )


def number(digits: str, scale: str = "") -> Decimal | None:
    """Return the number that digits or Chinese numerals name, times 万, 亿 …; None if they name none."""
    if digits[0].isdigit():
        value = Decimal(digits.replace(",", ""))
    else:
        try:
            value = Decimal(cn2an.cn2an(digits.replace("两", "二"), "smart"))
        except ValueError:
            return None
    for step in scale:
        value *= _words()["multipliers"][step]
    return value


def plain(value: Decimal) -> str:
    """Return a number without exponent or trailing zeros."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
