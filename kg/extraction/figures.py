"""Figures in a sentence: a number with its unit, expanded to a plain number in base units.

Classes: ``Money``, ``Percent`` (a fraction), ``Growth`` (a change, as a fraction) and ``Quantity``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
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


def _any(words: Iterable[str]) -> str:
    return "|".join(sorted(map(re.escape, words), key=lambda word: (-len(word), word)))


@cache
def _pattern() -> re.Pattern[str]:
    w = _words()
    rough = "".join(w["rough_after"])
    number = rf"\d{{1,3}}(?:,\d{{3}})+|\d{{1,12}}(?:\.\d{{1,4}})?|[{_CHINESE}]{{1,8}}"
    scale = "[百千]?万亿?|[百千]?亿"
    tenth = f"{_any(w['fractions'])}(?![{''.join(w['not_after_fraction'])}])"
    return re.compile(
        rf"(?P<part>(?P<whole>[{_CHINESE}\d]{{1,4}})分之(?P<share>[{_CHINESE}\d]{{1,4}}))"
        rf"|(?<![\d.A-Za-z第])(?P<number>{number})[ ]?[{rough}]?[ ]?(?P<scale>{scale})?[{rough}]?"
        rf"(?P<unit>%|％|{tenth}|{_any([*w['money'], *w['units']])})"
        rf"|(?<![\d.])(?P<round>\d{{1,6}}(?:\.\d{{1,3}})?)(?P<roundscale>[万亿])(?=[，。、；,;）)])"
        rf"|(?<={_any_last(w['rough_before'])})(?P<bare>[十百千]?[万亿])(?P<bareunit>{_any(w['money'])})"
    )


def _any_last(words: Iterable[str]) -> str:
    """One character class of last characters: a look-behind has a fixed width."""
    return "[" + "".join(sorted({word[-1] for word in words})) + "]"


def figures(sentence: Sentence) -> Iterator[Mention]:
    """Yield the figures of a sentence (2.26万家 → 22600; 五分之一 → 0.2), and changes with their verbs."""
    for match in _pattern().finditer(sentence.document, sentence.start, sentence.end):
        value, unit = _value(match)
        if value is None or (
            match["number"] in ("一", "两") and not match["scale"]
        ):  # 一个 is an article rather than a count
            continue
        words = _words()
        fraction = bool(match["part"]) or unit in ("%", "％", *words["fractions"])
        kinds = (
            ("Percent", fraction),
            ("Money", unit in words["money"]),
            ("Duration", unit in words["durations"]),
        )
        cls = next((name for name, holds in kinds if holds), "Quantity")
        text, start, end = match.group(), match.start(), match.end()
        if cls == "Percent" and (change := _change(sentence, start)):
            begin, sign = change
            yield Mention(
                "Growth", begin, end, sentence.document[begin:end], kind="", value=plain(value * sign)
            )
        yield Mention(cls, start, end, text, kind="" if fraction else unit, value=plain(value))


def _value(match: re.Match[str]) -> tuple[Decimal | None, str]:
    words = _words()
    if match["part"]:
        whole, share = number(match["whole"]), number(match["share"])
        return (share / whole if whole and share is not None else None), ""
    if match["bare"]:
        return number("1", match["bare"]), match["bareunit"]
    if match["round"]:
        return number(match["round"], match["roundscale"]), ""
    value = number(match["number"], match["scale"] or "")
    if value is not None and match["unit"] in "%％":
        value /= 100
    elif value is not None and match["unit"] in words["fractions"]:
        value *= Decimal(str(words["fractions"][match["unit"]]))
    return value, match["unit"]


def _change(sentence: Sentence, start: int) -> tuple[int, int] | None:
    """Return where the verb of change before a percentage starts, and its sign."""
    before = sentence.document[max(sentence.start, start - 10) : start].rstrip()
    for verbs, sign in ((_words()["growth"], 1), (_words()["decline"], -1)):
        verb = max((v for v in verbs if before.endswith(v)), key=len, default=None)
        if verb:
            return start - len(verb), sign
    return None


def number(digits: str, scale: str = "") -> Decimal | None:
    """Return the number that digits or Chinese numerals name, times 万, 亿 …; None if they name none."""
    if digits[0].isdigit():
        value = Decimal(digits.replace(",", ""))
    else:
        plain_digits = digits.replace("两", "二")
        if plain_digits[0] in "百千":
            plain_digits = "一" + plain_digits
        try:
            value = Decimal(cn2an.cn2an(plain_digits, "smart"))
        except ValueError:
            return None
    for step in scale:
        value *= _words()["multipliers"][step]
    return value


def plain(value: Decimal) -> str:
    """Return a number without exponent or trailing zeros, to ten decimal places."""
    text = f"{value:.10f}"
    return text.rstrip("0").rstrip(".")
