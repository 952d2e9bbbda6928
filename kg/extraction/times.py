"""Times in Chinese news: where they stand in a sentence, and which EDTF date they mean.

Relative times are resolved against the article's date (``published``) or the last date that the text named.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from itertools import chain
from pathlib import Path
from typing import Any

from kg.extraction.lexicon import alternation
from kg.resources import load_yaml

_DIGITS = str.maketrans("〇零○一二三四五六七八九", "000123456789")
_MONTH = r"(?:\d{1,2}|十[一二]?|[一二三四五六七八九])"
_DAY = r"(?:\d{1,2}|[一二]?十[一二三四五六七八九]?|三十一?|[一二三四五六七八九])"
_Get = Callable[[str], str | None]  # the parts of a form by name
_Resolved = tuple[str | None, bool]  # EDTF, and whether it repeats the last date named
_Year = tuple[int | None, bool]  # likewise


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


@cache
def _pattern() -> re.Pattern[str]:
    """One alternation of all forms, the longer ones first. Group names: a form's name, then its parts."""
    w = _words()
    years, months, days = ({**w[u]["published"], **w[u]["last"]} for u in ("years", "months", "days"))
    some_year = r"(?<!\d)[12]\d{3}|[一二][〇零○一二三四五六七八九]{3}"
    named_year = f"(?<!年)(?:{alternation(word for word in years if len(word) > 1)})"

    def year(form: str, second: str = "") -> str:
        return rf"(?:(?P<{form}_y{second}>{some_year})年|(?P<{form}_yw{second}>{named_year}))"

    def month(form: str) -> str:
        return rf"(?:(?P<{form}_m>(?<![\d.]){_MONTH}){of_month}|(?P<{form}_mw>{alternation(months)}))"

    numerals, dash, also = rf"\d{w['numerals']}", f"[{w['dashes']}]{{1,2}}", f"(?:{alternation(w['and'])})"
    of_month = rf"月(?![{w['not_after_month']}])"
    alone = rf"(?<![{numerals}.])(?<!{alternation(w['not_before_month'])})"  # before a month without a year
    edge = f"(?:{alternation(w['edges'])})?"
    part = rf"(?:(?P<full_part>{alternation(w['parts'])})|前(?P<full_until>{_MONTH})个月)"
    stands_alone = rf"(?=[^\w]|$|{alternation(w['edges'])})"  # 三月 may be a word of its own only there
    plain = rf"(?:(?:{some_year})年|{named_year})(?:{alternation(w['parts'])}|{_MONTH}月)?"
    forms = {
        "plan": rf"[“\"]?(?:{alternation(w['plans'])})[”\"]?"
        rf"(?:{alternation(w['plan_endings'])}|(?P<plan_year>{alternation(w['plan_years'])}))",
        "century": rf"(?<!\d)(?P<century_c>{alternation(w['centuries'])})"
        rf"(?:(?P<century_d>[1-9]0|[二三四五六七八九]?十)年代)?{edge}",
        "stretch": rf"(?:{alternation(w['stretches'])})[{numerals}]{{1,4}}(?:{alternation(w['units'])})",
        "every": rf"(?:{alternation(w['every'])})的?{_MONTH}月[{numerals}{w['dashes']}{w['date_signs']}]{{0,16}}",
        "compared": rf"(?<=[{w['compared']}]){plain}|{plain}(?={alternation(w['comparing'])})",
        "iso": r"(?<![\d.])(?P<iso_y>[12]\d{3})(?P<iso_sep>[-./])(?P<iso_m>0?[1-9]|1[0-2])(?P=iso_sep)"
        r"(?P<iso_d>\d{1,2})(?![\d.]\d|\d)",
        "span": rf"(?:{year('span')}|{alone}){month('span')}(?P<span_d>{_DAY})[日号]?"
        rf"(?:{dash}{year('span', '2')}?(?:(?P<span_m2>{_MONTH})月)?|(?P<span_also>{also}))(?P<span_d2>{_DAY})[日号]",
        "months": rf"(?:{year('months')}|{alone})(?P<months_m>{_MONTH})"
        rf"(?:月?{dash}{year('months', '2')}?|(?P<months_also>{also}))"
        rf"(?P<months_m2>{_MONTH}){of_month}份?(?![{numerals}])",
        "years": rf"(?P<years_y>(?<!\d)[12]\d{{3}})年?{dash}(?P<years_y2>[12]\d{{3}})年(?!{_MONTH}月)",
        "pair": rf"(?P<pair_y>(?<!\d)[12]\d{{3}})(?=(?:{also}[12]\d{{3}}){{1,6}}年)",
        "full": rf"{year('full')}(?:的?{part}|的?{month('full')}"
        rf"(?:(?P<full_d>{_DAY})[日号]|{edge}(?![{numerals}]))|{edge})",
        "date": rf"{alone}(?:{month('date')}(?P<date_d>{_DAY})[日号]"
        rf"|(?P<date_ma>\d{{1,2}}){of_month}{edge}|(?P<date_mc>{_MONTH})月{stands_alone}{edge}"
        rf"|(?P<date_mb>{alternation(months)}){edge})",
        "week": rf"(?P<week_w>{alternation(w['weeks'])})"
        rf"(?:(?P<week_d>[{''.join(w['weekdays'])}])(?!均)|(?![{w['not_after_week']}]))",
        "named": f"(?:{alternation(days)})(?!{alternation(w['not_after_named'])})",
        "present": f"(?!{alternation(w['not_present'])})(?:{alternation(w['present'])})",
        "recent": alternation(w["recent"]),
        "half": alternation(w["parts"]),
        "edge": rf"(?<![{numerals}{w['some']}])(?:{alternation(w['year_edges'])})",
        "vague": alternation(w["vague"]),
        "bare": rf"(?<![{numerals}.月、{w['dashes']}])(?P<bare_d>[12]?\d|3[01])(?:日?{dash}(?P<bare_d2>[12]?\d|3[01]))?"
        rf"日(?![{w['not_after_day']}])(?=[^\W\d]|[，,、])",
    }
    words = chain(years, months, days, *(names for names in w.values() if not isinstance(names, str)))
    first = "".join(sorted({word[0] for word in words}))
    any_form = "|".join(f"(?P<{name}>{form})" for name, form in forms.items())
    return re.compile(rf"(?=[{numerals}“\"{first}])(?:{any_form})")  # most characters open no form


def find_times(
    text: str, start: int, end: int, published: str | None, last: str | None, recent: str | None = None
) -> list[Time]:
    """Return the times in ``text[start:end]``, in order. Each date found becomes the last one for those after.

    ``last`` is the last date named before ``start``, ``recent`` that of the paragraph, whose year a month takes.
    """
    found: list[Time] = []
    for match in _pattern().finditer(text, start, end):
        edtf, relative = _resolve(match, published, last, recent)
        vagueness = match.lastgroup if match.lastgroup in ("present", "recent") else None
        found.append(Time(match.start(), match.end(), edtf, relative, vagueness))
        if edtf and not vagueness:
            last = recent = edtf.split("/")[0]
    return found


def _resolve(match: re.Match[str], published: str | None, last: str | None, recent: str | None) -> _Resolved:
    w = _words()
    form = match.lastgroup or ""
    parts = {tuple(name.split("_")): value for name, value in match.groupdict().items() if "_" in name}
    get = {part: value for (of, part), value in parts.items() if of == form}.get
    if form == "plan":
        first, final = w["plans"][max((plan for plan in w["plans"] if plan in match.group()), key=len)]
        return (
            str((first, final)[w["plan_years"][get("year")]]) if get("year") else f"{first}/{final}"
        ), False
    if form == "century" and get("d"):
        first = w["centuries"][get("c")] + _int(get("d") or "")
        return f"{first}/{first + 9}", False
    if form == "iso":
        return _with_day(f"{get('y')}-{_int(get('m') or ''):02}", get("d")), False
    if form in ("span", "months"):
        return _stretch(get, published, last, recent), False
    if form in ("years", "pair"):
        return _ordered(get("y") or "", get("y2") or ""), False
    if form == "full":
        return _full(get, published, last)
    if form == "date":
        if digits := get("m") or get("ma") or get("mc"):
            return _with_day(_nearest_month(_int(digits), published, recent), get("d")), False
        word = get("mw") or get("mb")
        return _with_day(_month(None, word, published, last, None), get("d")), word in w["months"]["last"]
    if form == "week":
        return _week(w["weeks"][get("w")], w["weekdays"].get(get("d")), published), False
    if form == "named":
        return _shifted_day(match.group(), published, last)
    if form == "bare":
        return _recent_day(published, _int(get("d") or ""), _int(get("d2") or "")), False
    if published and form in ("present", "recent"):
        return published if match.group() in w["cutoffs"] else published[:7], False
    if published and form == "half":  # which year's, where it is still far?
        far = w["parts"][match.group()][0] > int(published[5:7] or 12) + 2
        return (None if far else _part(published[:4], match.group())), False
    if published and form == "edge":  # in January the end of the last year or of this one
        either = match.group() in w["year_ends"] and published[5:7] in ("01", "02")
        return (None if either else published[:4]), False
    return None, False


def _int(written: str) -> int:
    """Return a number below 100 in figures or Chinese numerals; 0 for none."""
    tens, ten, ones = written.translate(_DIGITS).rpartition("十")
    return int(tens or bool(ten)) * 10 + int(ones or 0)


def _full(get: _Get, published: str | None, last: str | None) -> _Resolved:
    """Resolve a form that names its year."""
    year, relative = _year(get("y"), get("yw"), published, last)
    if year is None:
        return None, relative
    if part := get("part"):
        return _part(str(year), part), relative
    if until := get("until"):
        return _ordered(f"{year:04}-01", f"{year:04}-{min(_int(until), 12):02}"), relative
    if get("m") or get("mw"):
        return _with_day(_month(get("m"), get("mw"), published, last, year), get("d")), relative
    return str(year), relative


def _part(year: str, part: str) -> str:
    return "{0}-{1:02}/{0}-{2:02}".format(year, *_words()["parts"][part])


def _year(digits: str | None, word: str | None, published: str | None, last: str | None) -> _Year:
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
        return f"{year:04}-{_int(digits):02}" if year and 1 <= _int(digits) <= 12 else None
    months = _words()["months"]
    side, anchor = ("published", published) if word in months["published"] else ("last", last)
    shift = months[side].get(word)
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
    return f"{month}-{_int(day):02}" if 1 <= _int(day) <= calendar.monthrange(year, number)[1] else month


def _stretch(get: _Get, published: str | None, last: str | None, recent: str | None) -> str | None:
    """Resolve a stretch of days or months, in which the year and the month may stand once or twice."""
    begin, end = _int(get("m") or ""), _int(get("m2") or get("m") or "")
    if get("y") or get("yw"):
        year, _ = _year(get("y"), get("yw"), published, last)
        month = _month(get("m"), get("mw"), published, last, year)
    elif get("mw"):
        month = _month(None, get("mw"), published, last, None)
    else:
        told = bool(get("y2") or get("yw2"))  # the year that the stretch ends in
        month = _nearest_month(begin if told else end, published, recent)
        back = begin > end and not told
        month = f"{int(month[:4]) - back:04}-{begin:02}" if month and 1 <= begin <= 12 else None
    if month is None:
        return None
    year, _ = _year(get("y2"), get("yw2"), published, month) if get("y2") or get("yw2") else (None, False)
    following = int(month[:4]) + bool(get("m2") and end < int(month[5:7]))
    until = _month(get("m2") or month[5:7], None, published, last, year or following) or month
    if get("also") and _int(get("d2") or get("m2") or "") != _int(get("d") or get("m") or "") + 1:
        return month if get("d") else month[:4]  # not one after the other
    return _ordered(_with_day(month, get("d")) or month, _with_day(until, get("d2")) or until)


def _ordered(first: str, final: str) -> str:
    return f"{first}/{final}" if first < final else first


def _week(weeks: int, weekday: int | None, published: str | None) -> str | None:
    if not published or len(published) < 10:
        return published
    day = date.fromisoformat(published)
    monday = day + timedelta(days=7 * weeks - day.weekday())
    first, final = (0, 6) if weekday is None else (weekday, weekday)
    return _ordered(*((monday + timedelta(days=days)).isoformat() for days in (first, final)))


def _shifted_day(word: str, published: str | None, last: str | None) -> _Resolved:
    days = _words()["days"]
    relative = word in days["last"]
    anchor, shift = (last, days["last"][word]) if relative else (published, days["published"][word])
    if anchor is None or len(anchor) < 10:
        return anchor, relative
    return (date.fromisoformat(anchor) + timedelta(days=shift)).isoformat(), relative


def _recent_day(published: str | None, day: int, final: int = 0) -> str | None:
    """Bare days of the month (9日, 9日至11日): the latest such days up to the article's date."""
    if published is None or len(published) < 7:
        return published
    still_to_come = len(published) >= 10 and (final or day) > int(published[8:10]) + 1
    total = int(published[:4]) * 12 + int(published[5:7]) - 1 - still_to_come
    month = f"{total // 12:04}-{total % 12 + 1:02}"
    return _ordered(*(_with_day(month, str(d)) or month for d in (day, final or day)))


def dateline(text: str, published: str | None) -> str | None:
    """Return the date that the article was written, where its dateline (某地1月17日消息) is older than its page."""
    match = re.search(rf"(\d{{1,2}})月(\d{{1,2}})日(?:{alternation(_words()['dateline'])})", text[:200])
    if not match or not published or len(published) < 10 or not 1 <= int(match[1]) <= 12:
        return published
    year = int(published[:4]) - (f"{int(match[1]):02}-{int(match[2]):02}" > published[5:])
    written = _with_day(f"{year:04}-{int(match[1]):02}", match[2]) or ""
    return written if len(written) == 10 else published
