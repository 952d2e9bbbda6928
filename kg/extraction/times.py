"""Times in Chinese news: where they stand in a sentence, and which EDTF date they mean.

Relative times are resolved against the article's date (``published``, any EDTF precision) or the
last date that the text named, to the coarsest precision that is certain.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from kg.resources import load_yaml

_DIGITS = str.maketrans("〇零○一二三四五六七八九", "000123456789")


@dataclass(frozen=True, slots=True)
class Time:
    """A time expression. ``edtf`` is None where the text is too vague for a date."""

    start: int
    end: int
    edtf: str | None
    relative: bool = False  # to the last date named (当天, 同年), which it repeats
    present: bool = False  # 目前 and the like: a state rather than an event


@cache
def _words() -> Mapping[str, Any]:
    return load_yaml(Path(__file__).with_name("times.yaml"))


def _any(words: object) -> str:
    return "|".join(sorted(map(re.escape, words), key=lambda word: (-len(word), word)))  # type: ignore[call-overload]


@cache
def _pattern() -> re.Pattern[str]:
    """One alternation, longest forms first; every quantifier is bounded."""
    w = _words()
    year_words = {**w["years"]["published"], **w["years"]["last"]}
    short = [word for word in year_words if len(word) > 1]
    edge = f"(?:{_any(w['edges'])})?"
    year = rf"(?:(?P<y>(?<!\d)[12]\d{{3}}|[一二][〇零○一二三四五六七八九]{{3}})年|(?P<yw>{_any(short)}))"
    month = rf"(?:(?P<m>(?<![\d.])\d{{1,2}})月|(?P<mw>{_any({**w['months']['published'], **w['months']['last']})}))"
    day = r"(?P<d>\d{1,2})[日号]"
    to = r"(?:日|号)?(?:至|到|—|－|-|~|～|、|和)"
    return re.compile(
        rf"(?P<plan>[“\"]?(?:{_any(w['plans'])})[”\"]?(?:时期|期间|规划期|以来|末))"
        rf"|(?P<span>{year}{month.replace('?P<m>', '?P<m1>').replace('?P<mw>', '?P<mw1>')}(?P<d1>\d{{1,2}})?"
        rf"{to}(?:(?P<m2>\d{{1,2}})月)?(?P<d2>\d{{1,2}})[日号])".replace("?P<y>", "?P<sy>").replace("?P<yw>", "?P<syw>")
        + rf"|(?P<dspan>(?P<dm1>(?<![\d.])\d{{1,2}})月(?P<dd1>\d{{1,2}}){to}(?:(?P<dm2>\d{{1,2}})月)?(?P<dd2>\d{{1,2}})[日号])"
        rf"|(?P<mspan>(?P<my>(?<!\d)[12]\d{{3}})年(?P<mm1>\d{{1,2}})月?{to}(?P<mm2>\d{{1,2}})月份?)"
        rf"|(?P<yspan>(?P<ya>(?<!\d)[12]\d{{3}})年?(?:至|到|—|－|-|~|～)(?P<yb>[12]\d{{3}})年)"
        rf"|(?P<full>{year}(?:(?P<part>{_any(w['parts'])})|{month}(?:{day}|{edge})|{edge}))"
        rf"|(?P<md>{month.replace('?P<m>', '?P<m3>').replace('?P<mw>', '?P<mw3>')}(?:(?P<d3>\d{{1,2}})[日号]|{edge}))"
        rf"|(?P<week>(?P<ww>{_any(w['weeks'])})(?P<wd>[一二三四五六日天]))"
        rf"|(?P<dw>{_any({**w['days']['published'], **w['days']['last']})})"
        rf"|(?P<now>{_any(w['month_of_article'])})"
        rf"|(?P<partonly>(?P<po>{_any(w['parts'])}))"
        rf"|(?P<edge>年初|年底|年末)"
        rf"|(?P<vague>{_any(w['vague'])})"
        r"|(?P<bare>(?<![\d.月、—-])(?P<bd>[12]?\d|3[01])日(?![均内常])(?=[，,、上下晚早至—讯召举，]|[一-鿿]))"
    )


def find_times(
    text: str, start: int, end: int, published: str | None, last: str | None, recent: str | None = None
) -> list[Time]:
    """Return the times in ``text[start:end]``, in order.

    ``last`` is the last date named before ``start``, ``recent`` the last one of the same paragraph, whose
    year a month without a year takes. Each date found becomes both in turn.
    """
    found: list[Time] = []
    for match in _pattern().finditer(text, start, end):
        edtf, relative = _resolve(match, published, last, recent)
        present = bool(match["now"])
        found.append(Time(match.start(), match.end(), edtf, relative, present))
        if edtf and not present:
            last = recent = edtf.split("/")[0]
    return found


def _resolve(
    match: re.Match[str], published: str | None, last: str | None, recent: str | None
) -> tuple[str | None, bool]:
    """Return EDTF (or None) of a match, and whether it repeats the last date named."""
    w = _words()
    get = match.groupdict().get
    if get("plan"):
        first, final = w["plans"][re.sub(r"[“”\"]|时期|期间|规划期|以来|末", "", match.group())]
        return f"{first}/{final}", False
    if get("span"):
        year, _ = _year(get("sy"), get("syw"), published, last)
        month = _month(get("m1"), get("mw1"), published, last, year)
        return _day_span(month, get("d1"), get("m2"), get("d2")), False
    if get("dspan"):
        month = _nearest_month(int(get("dm1") or 0), published, recent)
        return _day_span(month, get("dd1"), get("dm2"), get("dd2")), False
    if get("mspan"):
        return _ordered(f"{get('my')}-{int(get('mm1') or 0):02}", f"{get('my')}-{int(get('mm2') or 0):02}"), False
    if get("yspan"):
        return _ordered(get("ya") or "", get("yb") or ""), False
    if get("full"):
        year, relative = _year(get("y"), get("yw"), published, last)
        if year is None:
            return None, relative
        if get("part"):
            first, final = w["parts"][get("part")]
            return f"{year}-{first:02}/{year}-{final:02}", relative
        if get("m") or get("mw"):
            month = _month(get("m"), get("mw"), published, last, year)
            return _with_day(month, get("d")), relative
        return str(year), relative
    if get("md"):
        if get("m3"):
            month = _nearest_month(int(get("m3") or 0), published, recent)
        else:
            month = _month(None, get("mw3"), published, last, None)
        return _with_day(month, get("d3")), get("mw3") in w["months"]["last"]
    if get("week"):
        return _weekday(w["weeks"][get("ww")], w["weekdays"][get("wd")], published), False
    if get("dw"):
        return _shifted_day(get("dw") or "", published, last)
    if get("now"):
        return (published[:7] if published else None), False
    if get("partonly"):
        first, final = w["parts"][get("po")]
        year = published[:4] if published else None
        return (f"{year}-{first:02}/{year}-{final:02}" if year else None), False
    if get("edge"):
        return (published[:4] if published else None), False
    if get("bare"):
        month = published[:7] if published and len(published) >= 7 else None
        return _recent_day(month, int(get("bd") or 0), published), False
    return None, False


def _year(digits: str | None, word: str | None, published: str | None, last: str | None) -> tuple[int | None, bool]:
    if digits:
        return int(digits.translate(_DIGITS)), False
    years = _words()["years"]
    if word in years["published"]:
        return (int(published[:4]) + years["published"][word] if published else None), False
    return (int(last[:4]) + years["last"][word] if last else None), True


def _month(digits: str | None, word: str | None, published: str | None, last: str | None, year: int | None) -> str | None:
    """Return ``YYYY-MM``, or None if its anchor is not known to the month."""
    if digits:
        return f"{year:04}-{int(digits):02}" if year and 1 <= int(digits) <= 12 else None
    months = _words()["months"]
    anchor, shift = (published, months["published"].get(word)) if word in months["published"] else (last, months["last"].get(word))
    if anchor is None or len(anchor) < 7 or shift is None:
        return None
    total = int(anchor[:4]) * 12 + int(anchor[5:7]) - 1 + shift
    return f"{total // 12:04}-{total % 12 + 1:02}"


def _nearest_month(month: int, published: str | None, recent: str | None) -> str | None:
    """A month without a year: in the year last named if that is an older one, else the latest such month.

    A month up to two after the article's own is taken as still to come.
    """
    if not published or not 1 <= month <= 12:
        return None
    year = int(published[:4])
    if len(published) >= 7 and month > int(published[5:7]) + 2:
        year -= 1
    if recent and len(recent) >= 7 and int(recent[:4]) < year:
        year = int(recent[:4])
    return f"{year:04}-{month:02}"


def _with_day(month: str | None, day: str | None) -> str | None:
    if month is None or day is None:
        return month
    year, number = int(month[:4]), int(month[5:7])
    return f"{month}-{int(day):02}" if 1 <= int(day) <= calendar.monthrange(year, number)[1] else month


def _day_span(month: str | None, first: str | None, second_month: str | None, final: str | None) -> str | None:
    if month is None:
        return None
    if first is None:
        return _with_day(month, final)
    other = f"{month[:4]}-{int(second_month):02}" if second_month and 1 <= int(second_month) <= 12 else month
    return _ordered(_with_day(month, first) or month, _with_day(other, final) or other)


def _ordered(first: str, final: str) -> str:
    return f"{first}/{final}" if first < final else first


def _weekday(weeks: int, weekday: int, published: str | None) -> str | None:
    if not published or len(published) < 10:
        return published
    day = date.fromisoformat(published)
    return (day + timedelta(days=7 * weeks + weekday - day.weekday())).isoformat()


def _shifted_day(word: str, published: str | None, last: str | None) -> tuple[str | None, bool]:
    days = _words()["days"]
    relative = word in days["last"]
    anchor, shift = (last, days["last"][word]) if relative else (published, days["published"][word])
    if anchor is None or len(anchor) < 10:
        return anchor, relative
    return (date.fromisoformat(anchor) + timedelta(days=shift)).isoformat(), relative


def _recent_day(month: str | None, day: int, published: str | None) -> str | None:
    """A bare day of the month (9日): the latest such day up to the article's date."""
    if month is None or published is None:
        return published
    year, number = int(month[:4]), int(month[5:7])
    if len(published) >= 10 and day > int(published[8:10]) + 1:
        year, number = (year, number - 1) if number > 1 else (year - 1, 12)
    return _with_day(f"{year:04}-{number:02}", str(day))

