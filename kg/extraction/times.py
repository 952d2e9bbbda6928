"""Times in Chinese news: where they stand in a sentence, and which EDTF date they mean.

Relative times are resolved against the article's date (``published``, any EDTF precision) or the
last date that the text named, to the coarsest precision that is certain.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable, Mapping
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
    vagueness: str | None = None  # "present" (目前) or "recent" (近日): near the article's date


@cache
def _words() -> Mapping[str, Any]:
    return load_yaml(Path(__file__).with_name("times.yaml"))


def _any(words: object) -> str:
    return "|".join(sorted(map(re.escape, words), key=lambda word: (-len(word), word)))  # type: ignore[call-overload]


@cache
def _pattern() -> re.Pattern[str]:
    """One alternation of all forms, the longer ones first. Group names: a form's name, then its parts."""
    w = _words()
    years, months, days = (
        {**w[unit]["published"], **w[unit]["last"]} for unit in ("years", "months", "days")
    )
    named_years = [word for word in years if len(word) > 1]

    def year(form: str) -> str:
        digits = r"(?<!\d)[12]\d{3}|[一二][〇零○一二三四五六七八九]{3}"
        return rf"(?:(?P<{form}_y>{digits})年|(?P<{form}_yw>{_any(named_years)}))"

    def month(form: str) -> str:
        return rf"(?:(?P<{form}_m>(?<![\d.])\d{{1,2}})月|(?P<{form}_mw>{_any(months)}))"

    def day(form: str) -> str:
        return rf"(?P<{form}_d>\d{{1,2}})[日号]"

    edge = f"(?:{_any(w['edges'])})?"
    dash = r"(?:至|到|—|－|-|~|～)"
    to = rf"(?:日|号)?(?:{dash}|、|和)"
    last_day = r"(?:(?P<{0}_m2>\d{{1,2}})月)?(?P<{0}_d2>\d{{1,2}})[日号]"
    part = rf"(?P<full_part>{_any(w['parts'])})"
    forms = {
        "plan": rf"[“\"]?(?:{_any(w['plans'])})[”\"]?(?:{_any(w['plan_endings'])})",
        "span": rf"{year('span')}{month('span')}(?P<span_d>\d{{1,2}})?{to}{last_day.format('span')}",
        "days": rf"(?P<days_m>(?<![\d.])\d{{1,2}})月(?P<days_d>\d{{1,2}}){to}{last_day.format('days')}",
        "months": rf"(?P<months_y>(?<!\d)[12]\d{{3}})年(?P<months_m>\d{{1,2}})月?{to}(?P<months_m2>\d{{1,2}})月份?",
        "years": rf"(?P<years_y>(?<!\d)[12]\d{{3}})年?{dash}(?P<years_y2>[12]\d{{3}})年",
        "full": rf"{year('full')}(?:{part}|{month('full')}(?:{day('full')}|{edge})|{edge})",
        "date": rf"{month('date')}(?:{day('date')}|{edge})",
        "week": rf"(?P<week_w>{_any(w['weeks'])})(?P<week_d>[{''.join(w['weekdays'])}])",
        "named": _any(days),
        "now": _any(w["day_of_article"]),
        "recent": _any(w["month_of_article"]),
        "half": _any(w["parts"]),
        "edge": _any(w["year_edges"]),
        "vague": _any(w["vague"]),
        "bare": rf"(?<![\d.月、—-])(?P<bare_d>[12]?\d|3[01])日(?![{w['not_after_day']}])(?=[^\W\d]|[，,、])",
    }
    return re.compile("|".join(f"(?P<{name}>{form})" for name, form in forms.items()))


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
        vagueness = {"now": "present", "recent": "recent"}.get(match.lastgroup or "")
        found.append(Time(match.start(), match.end(), edtf, relative, vagueness))
        if edtf and not vagueness:
            last = recent = edtf.split("/")[0]
    return found


def _resolve(
    match: re.Match[str], published: str | None, last: str | None, recent: str | None
) -> tuple[str | None, bool]:
    """Return EDTF (or None) of a match, and whether it repeats the last date named."""
    w = _words()
    form = match.lastgroup or ""
    get = {
        name.removeprefix(f"{form}_"): value
        for name, value in match.groupdict().items()
        if name.startswith(form)
    }.get
    if form == "plan":
        first, final = next(
            years for plan, years in sorted(w["plans"].items(), key=_longest) if plan in match.group()
        )
        return f"{first}/{final}", False
    if form == "span":
        year, _ = _year(get("y"), get("yw"), published, last)
        return _day_span(
            _month(get("m"), get("mw"), published, last, year), get("d"), get("m2"), get("d2")
        ), False
    if form == "days":
        return _day_span(
            _nearest_month(int(get("m") or 0), published, recent), get("d"), get("m2"), get("d2")
        ), False
    if form == "months":
        return _ordered(f"{get('y')}-{int(get('m') or 0):02}", f"{get('y')}-{int(get('m2') or 0):02}"), False
    if form == "years":
        return _ordered(get("y") or "", get("y2") or ""), False
    if form == "full":
        return _full(get, published, last)
    if form == "date":
        if get("m"):
            return _with_day(_nearest_month(int(get("m") or 0), published, recent), get("d")), False
        month = _month(None, get("mw"), published, last, None)
        return _with_day(month, get("d")), get("mw") in w["months"]["last"]
    if form == "week":
        return _weekday(w["weeks"][get("w")], w["weekdays"][get("d")], published), False
    if form == "named":
        return _shifted_day(match.group(), published, last)
    if form == "now":
        return published, False
    if form == "recent":
        return (published[:7] if published else None), False
    if form == "half":
        return (_part(published[:4], match.group()) if published else None), False
    if form == "edge":
        return (published[:4] if published else None), False
    if form == "bare":
        return _recent_day(published, int(get("d") or 0)), False
    return None, False


def _longest(item: tuple[str, object]) -> int:
    return -len(item[0])


def _full(
    get: Callable[[str], str | None], published: str | None, last: str | None
) -> tuple[str | None, bool]:
    """Resolve a form that names its year."""
    year, relative = _year(get("y"), get("yw"), published, last)
    if year is None:
        return None, relative
    if part := get("part"):
        return _part(str(year), part), relative
    if get("m") or get("mw"):
        return _with_day(_month(get("m"), get("mw"), published, last, year), get("d")), relative
    return str(year), relative


def _part(year: str, part: str) -> str:
    first, final = _words()["parts"][part]
    return f"{year}-{first:02}/{year}-{final:02}"


def _year(
    digits: str | None, word: str | None, published: str | None, last: str | None
) -> tuple[int | None, bool]:
    if digits:
        return int(digits.translate(_DIGITS)), False
    years = _words()["years"]
    if word in years["published"]:
        return (int(published[:4]) + years["published"][word] if published else None), False
    return (int(last[:4]) + years["last"][word] if last else None), True


def _month(
    digits: str | None, word: str | None, published: str | None, last: str | None, year: int | None
) -> str | None:
    """Return ``YYYY-MM``, or None if its anchor is not known to the month."""
    if digits:
        return f"{year:04}-{int(digits):02}" if year and 1 <= int(digits) <= 12 else None
    months = _words()["months"]
    anchor, shift = (
        (published, months["published"].get(word))
        if word in months["published"]
        else (last, months["last"].get(word))
    )
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


def _day_span(
    month: str | None, first: str | None, second_month: str | None, final: str | None
) -> str | None:
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


def _recent_day(published: str | None, day: int) -> str | None:
    """A bare day of the month (9日): the latest such day up to the article's date."""
    if published is None or len(published) < 7:
        return published
    year, number = int(published[:4]), int(published[5:7])
    if len(published) >= 10 and day > int(published[8:10]) + 1:
        year, number = (year, number - 1) if number > 1 else (year - 1, 12)
    return _with_day(f"{year:04}-{number:02}", str(day))


def dateline(text: str, published: str | None) -> str | None:
    """Return the date that the article was written, where its dateline (某地1月17日消息) is older than its page."""
    match = re.search(rf"(\d{{1,2}})月(\d{{1,2}})日(?:{_any(_words()['dateline'])})", text[:200])
    if not match or not published or len(published) < 10:
        return published
    month, day = int(match[1]), int(match[2])
    year = int(published[:4]) - (f"{month:02}-{day:02}" > published[5:])
    return f"{year:04}-{month:02}-{day:02}"
