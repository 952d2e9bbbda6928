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

from kg.extraction.lexicon import alternation
from kg.extraction.sentences import Sentence
from kg.model import Mention
from kg.resources import load_yaml

_DIGIT = "零〇一二两三四五六七八九"
_ROUND = "十百千"
_CHINESE = f"{_DIGIT}{_ROUND}廿卅"
# Seven or eight, two or three hundred: neighbouring digits name no single number, but 一〇一 does.
_EITHER = re.compile("[一二两三四五六七八九]{2}")
_SPELT = re.compile(f"(?=.+[零〇])(?![零〇])[{_DIGIT}]{{3,}}")
_LEADING = 16  # characters before a number that may say whom it counts
_HANDFUL = 12  # counts up to which are told in words rather than noted
_MANY = 20  # from which on 期 and 口 count (办了38期, 1588口人) rather than give an order or a household
_HALVES = "百千万"  # of an idiom: 千县万村, 成百上千


@cache
def _words() -> dict[str, Any]:
    return load_yaml(Path(__file__).with_name("figures.yaml"))


@cache
def _pattern() -> re.Pattern[str]:
    w = _words()
    rough = "".join(w["rough_after"])
    chinese = rf"(?<![{_CHINESE}])[{_CHINESE}]{{1,8}}(?:点[{_DIGIT}]{{1,4}}(?![{_ROUND}]))?"
    number = rf"\d{{1,3}}(?:,\d{{3}})+|\d{{1,12}}(?:\.\d{{1,4}})?|{chinese}"
    share = rf"(?P<share>\d{{1,4}}(?:\.\d{{1,4}})?|[{_CHINESE}]{{1,4}}(?:点[{_DIGIT}]{{1,4}})?)"
    scale = "[百千]?万亿?|[百千]?亿|个亿"
    end = "[，。、；,;）)”！]"
    second = rf"(?P<next>\d{{1,4}}|零?[{_CHINESE}]{{1,8}})(?P<nextscale>[百千]?万|[百千])?"
    tenth = f"{alternation(w['fractions'])}(?![{''.join(w['not_after_fraction'])}])"
    return re.compile(
        rf"每?(?<![{_CHINESE}])(?P<each>[十百])(?P<kind>[一-鿿])(?:{alternation(w['within'])})有(?P<some>[{_DIGIT[3:]}])(?P=kind)"
        rf"|(?<![\d.{_CHINESE}])(?P<whole_money>{number})[元块](?P<tenth>[\d{_DIGIT[2:]}])(?:[毛角](?:(?P<cent>[\d{_DIGIT[2:]}])(?=分|钱|{end}))?|(?<=块.)(?={end}|{alternation(w['after_price'])}))"
        rf"|(?P<part>(?P<whole>[{_CHINESE}\d]{{1,4}})分之{share})"
        rf"|(?<![\d.A-Za-z第万亿])(?P<number>{number})[ ]?[{rough}]?[ ]?"
        rf"(?:(?P<scale>{scale})(?:{second})?)?[{rough}]?"
        rf"(?P<unit>%|％|{tenth}|{_units()})"
        rf"(?P<hundredth>(?<=[{''.join(w['fractions'])}])(?:[{_DIGIT[3:]}]|[一半](?={end}))(?![{_CHINESE}])|(?<=倍)半)?"
        rf"|(?<![\d.{_CHINESE}])(?P<small>[{_DIGIT[2:]}\d])[毛角]钱"
        rf"|翻(?:了|上)?(?:(?P<folds>[一两二三123])?番)"
        rf"|(?<![\d.{_CHINESE}第万亿])(?P<sum>{number})[{rough}]?个(?P<sumscale>亿)"  # 一年做两个亿
        rf"|(?<![\d.])(?P<round>\d{{1,6}}(?:\.\d{{1,3}})?)(?P<roundscale>[万亿])(?P<digit>[1-9])?[{rough}]?(?={end})"
        rf"|(?<![\d.年—－~-])(?P<plain>\d{{3,7}})[多余](?=[，。、；,;）)”！])"
        rf"|(?<![\d.{_CHINESE}第万亿])(?P<people>{number})[{rough}]?(?P<peoplescale>[百千]?[万亿])[{rough}]?(?={alternation(w['people'])})"
        rf"|(?<={_any_last(w['rough_before'])})(?P<bare>[{_ROUND}]?[万亿])(?:(?P<bareunit>{_units()})|(?=[，。；！”]))"
    )


@cache
def _people_before() -> re.Pattern[str]:
    """Words for people that a number behind them counts (粉丝超过|10万), at the end of a text."""
    return re.compile(rf"{alternation(_words()['people'])}(?:数量?|总数|人数)?[^，。；：、\d]{{0,6}}$")


@cache
def _money_before() -> re.Pattern[str]:
    """Words that a sum follows (卖了|11万), at the end of a text."""
    return re.compile(rf"{alternation(_words()['earned'])}[了到出得]?[{''.join(_words()['about'])}]{{0,2}}$")


def _units() -> str:
    """The units, the longer ones first, none of which ends within a longer word (43个|村级服务站)."""
    w = _words()
    units = sorted({*w["money"], *w["units"]}, key=lambda unit: (-len(unit), unit))
    guards = {
        unit: [word for end, words in w["not_after"].items() if unit.endswith(end) for word in words]
        for unit in units
    }
    return "|".join(
        re.escape(unit) + (f"(?!{alternation(guards[unit])})" if guards[unit] else "") for unit in units
    )


def _any_last(words: Iterable[str]) -> str:
    """One character class of last characters: a look-behind has a fixed width."""
    return "[" + "".join(sorted({word[-1] for word in words})) + "]"


def figures(sentence: Sentence) -> Iterator[Mention]:
    """Yield the figures of a sentence (2.26万家 → 22600; 五分之一 → 0.2), and changes with their verbs."""
    for match in _pattern().finditer(sentence.document, sentence.start, sentence.end):
        start = match.start()
        if match["number"]:
            start += _skipped(match)
            if _names_none(match, start):
                continue
        value, unit = _value(match, start)
        words = _words()
        fraction = bool(match["part"] or match["each"]) or unit in ("%", "％", *words["fractions"])
        article = match["number"] in ("一", "两") and not match["scale"] and not fraction and unit != "倍"
        if value is None or article:  # 一个 is an article rather than a count
            continue
        kinds = (
            ("Percent", fraction),
            ("Money", unit in words["money"]),
            ("Duration", unit in words["durations"] and not (unit in words["rounds"] and value >= _MANY)),
        )
        cls = next((name for name, holds in kinds if holds), "Quantity")
        end = match.end()
        text = sentence.document[start:end]
        if match["unit"] is None and match[0].startswith("翻"):
            yield Mention("Growth", start, end, text, kind="", value=plain(value))
            continue
        if (cls == "Percent" or unit == "倍") and (change := _change(sentence, start)):
            begin, sign = change
            yield Mention(
                "Growth", begin, end, sentence.document[begin:end], kind="", value=plain(value * sign)
            )
        yield Mention(cls, start, end, text, kind="" if fraction else unit, value=plain(value))


def is_handful(figure: Mention) -> bool:
    """Whether a figure is a small count in words (三个人, 十几户)."""
    return figure.cls == "Quantity" and figure.text[0] in _CHINESE and float(figure.value or 0) <= _HANDFUL


def _skipped(match: re.Match[str]) -> int:
    """Return how many numerals before a number belong to a word (五一|十三家), where all of them name none."""
    digits = match["number"]
    if digits[0].isdigit() or number(digits) is not None or _EITHER.match(digits[-2:]):
        return 0
    before, words = match.string[: match.start()], _words()
    feasts = [feast for feast in words["feasts"] if digits.startswith(feast)]
    length = max(map(len, feasts), default=int(before.endswith(tuple(words["before_weekday"]))))
    return length if length < len(digits) and number(digits[length:]) is not None else 0


def _names_none(match: re.Match[str], start: int) -> bool:
    """Whether a number is too vague to name one (几十家), is half of an idiom (千县万村) or may be of a weekday."""
    digits, before, words = match["number"], match.string[max(0, start - 2) : start], _words()
    if digits[0] in _ROUND and before.endswith(tuple(words["some"])):
        return True
    if before in words["before_weekday"] and len(digits) > 1 and digits[0] in words["weekdays"]:
        return number(digits[1:]) is not None  # 每周二十三家: on Tuesdays thirteen, or 23 a week
    if digits not in tuple(_HALVES) or match["scale"]:
        return False
    neighbours = {before[-2:-1], match.string[match.end() : match.end() + 1]}
    return not neighbours.isdisjoint(_HALVES)


def _value(match: re.Match[str], start: int) -> tuple[Decimal | None, str]:
    words = _words()
    if match["part"]:
        whole, share = number(match["whole"]), number(match["share"])
        return (share / whole if whole and share is not None else None), ""
    if match["bare"]:
        return number("1", match["bare"]), match["bareunit"] or ""
    if match["plain"]:
        return number(match["plain"]), ""
    if match["each"]:  # 十件里有九件
        return (number(match["some"]) or Decimal()) / (number(match["each"]) or Decimal(1)), ""
    if match["whole_money"]:  # 6元5角, 三块八
        whole, tenths = number(match["whole_money"]), number(match["tenth"])
        cents = number(match["cent"] or "零") or Decimal()  # 1块4毛5
        return (None if whole is None or tenths is None else whole + tenths / 10 + cents / 100), words[
            "money"
        ][0]
    if match["small"]:
        tenths = number(match["small"])
        return (None if tenths is None else tenths / 10), words["money"][0]
    if match[0].startswith("翻"):  # 翻两番: twice doubled
        return 2 ** (number(match["folds"] or "1") or Decimal(1)) - 1, ""
    if match["sum"]:
        return number(match["sum"], match["sumscale"]), words["money"][0]
    if match["people"]:
        return number(match["people"], match["peoplescale"]), words["person"]
    if match["round"]:
        before = match.string[max(0, start - _LEADING) : start]
        unit = words["person"] if _people_before().search(before) else ""
        unit = words["money"][0] if not unit and _money_before().search(before) else unit
        value = number(match["round"], match["roundscale"])
        tenths = number(match["digit"], match["roundscale"]) if match["digit"] else None
        if value is not None and tenths is not None:  # 4万6
            value += tenths / 10
        return value, unit
    value = number(match["number"][start - match.start() :], match["scale"] or "")
    if value is not None and match["next"]:
        rest = number(match["next"].lstrip("零"), match["nextscale"] or "")
        if rest is None or not 10 <= rest < (number("1", match["scale"]) or 0):
            return None, ""
        value += rest
    if value is not None and match["unit"] in "%％":
        value /= 100
    elif value is not None and match["unit"] in words["fractions"]:
        value *= Decimal(str(words["fractions"][match["unit"]]))
        if match["hundredth"]:  # 八成五, 一成半
            value += (number(match["hundredth"]) or Decimal(5)) / 100
    elif value is not None and match["hundredth"]:  # 一倍半
        value += Decimal("0.5")
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
    try:
        value = Decimal(digits.replace(",", "")) if digits[:1].isdigit() else _chinese(digits)
    except Exception:  # of any class: cn2an raises KeyError for 五一十三
        return None
    for step in scale:
        value *= _words()["multipliers"][step]
    return value


def _chinese(digits: str) -> Decimal:
    if _EITHER.search(digits.partition("点")[0]) and not _SPELT.fullmatch(digits):
        raise ValueError(digits)
    digits = digits.replace("两", "二").replace("卅", "三十")
    if digits[0] in "百千":
        digits = "一" + digits
    return Decimal(str(cn2an.cn2an(digits, "smart")))


def plain(value: Decimal) -> str:
    """Return a number without exponent or trailing zeros, to six decimal places."""
    text = f"{value:.6f}"
    return text.rstrip("0").rstrip(".")
