"""Dates as papers and web pages write them → EDTF."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta, timezone

_YEAR = r"(?<!\d)((?:19|20)\d\d)"
_FULL = re.compile(
    rf"{_YEAR}(?:\s?年\s?(\d{{1,2}})\s?月\s?(\d{{1,2}})\s?日?"
    r"|\s?([-/.])\s?(\d{1,2})\s?\4\s?(\d{1,2})(?!\d)"
    r"|[-/ ](\d\d)\s?/\s?(\d\d)(?!\d)"
    r"|(\d\d)(\d\d)(?!\d))"
)
_MONTH = re.compile(rf"{_YEAR}(?:\s?年\s?(\d{{1,2}})\s?月|[-/](\d{{1,2}})(?![\d/-]))")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_NAMED = re.compile(
    rf"(?<!\d)(\d{{1,2}})[ -]({'|'.join(_MONTHS)})[a-z]*\.?,?[ -]((?:19|20)\d\d)"
    rf"|({'|'.join(_MONTHS)})[a-z]*\.? (\d{{1,2}}),? ((?:19|20)\d\d)",
    re.IGNORECASE,
)
# The time of day and its zone, after a date.
_ZONED = re.compile(
    r"[T\s]{1,3}(\d{1,2}):(\d\d)(?::(\d\d)(?:[.,]\d{1,9})?)?\s?(?:(Z|GMT|UTC)\b|(?:GMT|UTC)?([+-])(\d\d):?(\d\d)?(?!\d))"
)
_WRITTEN = re.compile(
    r"([〇零○Ｏ一二三四五六七八九]{4})年([一二三四五六七八九十]{1,2})月([一二三四五六七八九十]{1,3})日"
)
_FIGURES = {char: str(i) for i, char in enumerate("零一二三四五六七八九")} | dict.fromkeys("〇○Ｏ", "0")
_EPOCH = re.compile(r"\s*(1[0-9]{9})(?:[0-9]{3})?\s*")
_CHINA = timezone(timedelta(hours=8))


def full_date(text: str) -> str | None:
    """Return the first full date in ``text`` as ``YYYY-MM-DD``: of the day in China, if a time zone is stated."""
    return next(iter(full_dates(text)), None)


def full_dates(text: str) -> tuple[str, ...]:
    """Return the first full date in ``text``, and after it the date as stated, if a time zone makes it another.

    Many sites state a zone and mean the time in China all the same.
    """
    for pattern in (_FULL, _NAMED, _WRITTEN):
        for match in pattern.finditer(text):
            if stated := _read(match):
                moved = _in_china(stated, text[match.end() : match.end() + 40])
                return (moved, stated) if moved != stated else (stated,)
    return ()


def any_date(text: str) -> str | None:
    """Return the first date in ``text`` as ``YYYY-MM-DD``, ``YYYY-MM`` or ``YYYY``, the finest there is."""
    if found := full_date(text):
        return found
    if epoch := _EPOCH.fullmatch(text):
        return datetime.fromtimestamp(int(epoch[1]), _CHINA).date().isoformat()
    for match in _MONTH.finditer(text):
        month = int(match[2] or match[3])
        if 1 <= month <= 12:
            return f"{match[1]}-{month:02}"
    year = re.fullmatch(rf"\s*{_YEAR}\s?年?\s*", text)
    return year[1] if year else None


def _read(match: re.Match[str]) -> str | None:
    if match.re is _FULL:
        year, *rest = (group for group in match.groups() if group and group.isdigit())
        return _valid(year, *rest)
    if match.re is _NAMED:
        day, month, year = match.group(1, 2, 3) if match[1] else match.group(5, 4, 6)
        return _valid(year, str(_MONTHS.index(month.lower()) + 1), day)
    year = "".join(_FIGURES[char] for char in match[1])
    return _valid(year, str(_small_number(match[2])), str(_small_number(match[3])))


def _small_number(written: str) -> int:
    tens, ten, ones = written.rpartition("十") if "十" in written else ("", "", written)
    return (int(_FIGURES[tens]) if tens else 1) * 10 * bool(ten) + (int(_FIGURES[ones]) if ones else 0)


def _in_china(stated: str, after: str) -> str:
    match = _ZONED.match(after)
    if not match:
        return stated
    hour, minute, second = (int(group or 0) for group in match.group(1, 2, 3))
    zone: timezone = UTC
    if match[5]:
        offset = timedelta(hours=int(match[6]), minutes=int(match[7] or 0))
        if offset >= timedelta(hours=15):
            return stated
        zone = timezone(-offset if match[5] == "-" else offset)
    try:
        moment = datetime.fromisoformat(stated).replace(hour=hour, minute=minute, second=second, tzinfo=zone)
        return moment.astimezone(_CHINA).date().isoformat()
    except (ValueError, OverflowError):
        return stated


def _valid(year: str, month: str, day: str) -> str | None:
    try:
        return date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return None
