"""When an article must have been written, from the dates it mentions.

The year is the latest that the text speaks of as past or present. The month is that of the latest day
mentioned in the lead, or in a sentence in which the paper speaks of itself: a
reporter's 11月10日 is a day of the year of writing, and the paper is of the days after it. A
day deep in the text shows no more than the year. A day is never inferred.
"""

from __future__ import annotations

import re

from kg.reading.words import pattern

_SENTENCE = re.compile(r"[^。！？\n]+")
_YEAR = re.compile(r"(?<![\d.])((?:19|20)\d\d)(?=年|[一-鿿“《])(?!年[底末前])")
_RANGE_END = re.compile(r"(?:\d{4}年?\s?[-—–－~～至到]{1,2}|到|至)\s?\Z")
_DAY = re.compile(r"(?:(?<!\d)((?:19|20)\d\d)年\s?|(?<![\d年.]))(1[0-2]|[1-9])月(?:3[01]|[12]\d|[1-9])日")
_LEAD = 0.2  # of the text


def inferred_date(text: str) -> str | None:
    """Return ``YYYY-MM`` or ``YYYY``, or None if the text mentions no year."""
    years: list[int] = []
    days: list[tuple[int | None, int]] = []  # year, if stated, and month
    for sentence in _SENTENCE.finditer(text):
        said = sentence[0]
        future = pattern("future-cues", "(?:{})").search(said)
        for match in _YEAR.finditer(said):
            before = said[max(0, match.start() - 12) : match.start()]
            if not _RANGE_END.search(before) and not (future and match.start() > future.start() - 12):
                years.append(int(match[1]))
        telling = sentence.start() <= _LEAD * len(text) or pattern("writing-cues", "(?:{})").search(said)
        if telling and not future:
            days += [(int(match[1]) if match[1] else None, int(match[2])) for match in _DAY.finditer(said)]
    if not years:
        return None
    year = max(years)
    months = [month for stated, month in days if stated in (None, year)]
    return f"{year}-{max(months):02}" if months else str(year)
