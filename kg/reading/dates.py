"""Dates as papers and web pages write them → EDTF."""

from __future__ import annotations

import re
from datetime import date

_YEAR = r"(?<!\d)((?:19|20)\d\d)"
_FULL = re.compile(
    rf"{_YEAR}\s?(?:年\s?(\d{{1,2}})\s?月\s?(\d{{1,2}})\s?日?|([-/.])(\d{{1,2}})\4(\d{{1,2}})(?!\d)|(\d\d)(\d\d)(?!\d))"
)
_MONTH = re.compile(rf"{_YEAR}(?:\s?年\s?(\d{{1,2}})\s?月|[-/](\d{{1,2}})(?![\d/-]))")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_NAMED = re.compile(
    rf"(?<!\d)(\d{{1,2}})[ -]({'|'.join(_MONTHS)})[a-z]*\.?,?[ -]((?:19|20)\d\d)"
    rf"|({'|'.join(_MONTHS)})[a-z]*\.? (\d{{1,2}}),? ((?:19|20)\d\d)",
    re.IGNORECASE,
)


def full_date(text: str) -> str | None:
    """Return the first full date in ``text`` as ``YYYY-MM-DD``, as stated: no time zone is applied."""
    for match in _FULL.finditer(text):
        year, *rest = (group for group in match.groups() if group and group.isdigit())
        if found := _valid(year, *rest):
            return found
    for match in _NAMED.finditer(text):
        day, month, year = match.group(1, 2, 3) if match[1] else match.group(5, 4, 6)
        if found := _valid(year, str(_MONTHS.index(month.lower()) + 1), day):
            return found
    return None


def any_date(text: str) -> str | None:
    """Return the first date in ``text`` as ``YYYY-MM-DD``, ``YYYY-MM`` or ``YYYY``, the finest there is."""
    if found := full_date(text):
        return found
    for match in _MONTH.finditer(text):
        month = int(match[2] or match[3])
        if 1 <= month <= 12:
            return f"{match[1]}-{month:02}"
    year = re.fullmatch(rf"\s*{_YEAR}\s?年?\s*", text)
    return year[1] if year else None


def _valid(year: str, month: str, day: str) -> str | None:
    try:
        return date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return None
