"""When an article was published, and where that was read.

The date is the first found, in this order of trust; its origin goes on record:

1. ``front-matter``: a field of the front matter (``record`` of a JSON record or a row of CSV).
2. ``page-metadata``: JSON-LD, then the meta tags that sites use for the date of an article.
3. ``label``: a line such as 发布时间：2015-08-28 near the head or the end; of several labels, the plainest.
4. ``masthead``: a full date on a line without a sentence, near the head (大理日报 2019年05月06日).
5. ``dateline``: a full date in the first sentence of the report (新华社北京2020年5月1日电).
6. ``closing-date``: a line at the end that is a date, or the name of a paper with one.
7. ``page-metadata`` again: a meta tag called only "date", a ``time`` element: it may be of another thing.

What follows is a guess, and its origin is one of ``GUESSED_ORIGINS``:

8. ``address``: a date in the page's own address (/2021/0615/, t20210615_1.html).
9. ``file-name``: a date in the file's name, which may be that of the download.
10. ``inferred``: from the text, see ``kg.reading.inference``.

A time with a zone other than China's is of the day in China, unless the page shows the other day itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import cache

from kg.reading.dates import any_date, full_date, full_dates
from kg.reading.inference import inferred_date
from kg.reading.words import pattern, words

GUESSED_ORIGINS = frozenset({"address", "file-name", "inferred"})
HEAD = 8  # lines at the head and the end where labels and mastheads stand
STOP = re.compile("[。！？!?]")
BARE = 60  # characters of a line that is no sentence, at most
_TAIL = 5  # lines at the end where a closing date stands
DATE = re.compile(
    r"(?<!\d)(?:19|20)\d\d\s?(?:[-年/.]\s?\d{1,2}\s?[-月/.]\s?\d{1,2}(?!\d)\s?日?|\s\d\d/\s?\d\d(?!\d))"
)
_WRITTEN = r"[〇零○Ｏ一二三四五六七八九]{4}年[一二三四五六七八九十]{1,2}月[一二三四五六七八九十]{1,3}日"
_CLOCK = r"\s{0,3}(?:[上下]午\s?)?\d{1,2}[:：]\d\d(?:[:：]\d\d)?"
# A date that is an item of its own in a line, or ends the name of a paper, or has the time of day after it;
# 2020年9月25日第八届论坛 is none.
_ALONE = re.compile(
    rf"(?:^|[\s|·•(（\[【:：报网刊社讯编/])(?:{DATE.pattern})(?={_CLOCK}|$|[\s|·•)）\]】,，T]|星期|周[一二三四五六日]|第\S{{1,4}}[版期])"
)
# The author's name often stands next to a date of figures: 2018-03-03张浩.
_FIGURES_FIRST = re.compile(r"^\s*(?:19|20)\d\d-\d\d-\d\d(?=[一-鿿 ]{2,12}$)")
_CLOSING = re.compile(
    rf"\A[《\s]*[一-鿿]{{0,14}}[》\s]*[（(\s]*(?:{DATE.pattern}|{_WRITTEN})\s*(?:第?\s?[A-Z]?\d{{1,3}}\s?版)?[)）\s]*\Z"
)
_NO_YEAR = re.compile(r"(?<![\d年])(1[0-2]|[1-9])月(3[01]|[12]\d|[1-9])日")
_IN_PATH = re.compile(r"(?<=[/_t-])((?:19|20)\d\d)([-/_]?)(\d\d)[-/_]?(\d\d)(?![\dA-Za-z])")
_IN_NAME = re.compile(
    r"(?<![0-9A-Za-z])((?:19|20)\d\d)(?:([-_. ]?)(\d\d)\2(\d\d)|年(\d{1,2})月(\d{1,2})日)(?![0-9A-Za-z])"
)


def publication_date(
    lines: Sequence[str], front: Mapping[str, str], page: Mapping[str, str], address: str | None, name: str
) -> tuple[str | None, str | None]:
    """Return the date of an article as EDTF, and its origin; both None if nothing tells."""
    shown = [found for _, found in _shown(lines)]
    for origin, texts in (
        ("front-matter", [front.get(field, "") for field in words("front-date")]),
        ("page-metadata", [page.get("ld-date", ""), *_metas(page, "meta-dates")]),
    ):
        for text in texts:
            if found := _stated(text, shown):
                return found, origin
    for origin, found in _shown(lines):
        return found, origin
    for text in (*_metas(page, "meta-weak-dates"), page.get("time-element", "")):
        if found := _stated(text, shown):
            return found, "page-metadata"
    return _guess(lines, address, name)


def _stated(text: str, shown: Sequence[str]) -> str | None:
    """Return the date that a field states: of its two readings, the one that the text shows."""
    found = full_dates(text)
    return next((day for day in found if day in shown), found[0] if found else any_date(text))


def _metas(page: Mapping[str, str], names: str) -> list[str]:
    known = [(rank, value) for name, value in page.items() if (rank := _rank(names, name)) is not None]
    return [value for _, value in sorted(known)]


@cache
def _rank(names: str, name: str) -> int | None:
    return next((i for i, item in enumerate(words(names)) if re.fullmatch(item, name.replace(" ", ""))), None)


def _shown(lines: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield what the text itself says of its date, with the origin, the most trustworthy first."""
    if found := _labelled(lines):
        yield "label", found
    events = pattern("event-lines", "(?:{})")
    for i, line in enumerate(_before_the_report(lines)):
        if len(line) > BARE or STOP.search(line) or events.search("\n".join(lines[i : i + 2])):
            continue
        match = _ALONE.search(line) or _FIGURES_FIRST.search(line)
        if match and (found := full_date(match[0])):
            yield "masthead", found
    for line in lines[:HEAD]:
        match = DATE.search(line, 0, BARE)
        dateline = match and pattern("dateline-ends", "(?:{})").match(line, match.end())
        if match and dateline and (found := full_date(match[0])):
            yield "dateline", found
    for line in reversed(lines[-_TAIL:]):
        if _CLOSING.match(line) and (found := full_date(line)):
            yield "closing-date", found


def _before_the_report(lines: Sequence[str]) -> Sequence[str]:
    """Return the lines at the head up to the second that has a sentence; the first may be a caption."""
    sentences = [i for i, line in enumerate(lines[:HEAD]) if STOP.search(line)]
    return lines[: sentences[1] if len(sentences) > 1 else HEAD]


def _labelled(lines: Sequence[str]) -> str | None:
    """Return the date after a label; of several labels that of the first in the list."""
    best: tuple[int, str] | None = None
    label = pattern("date-labels", r"(?:^|[\s|·•(（\[【])({})\s?[:：]\s{0,4}")
    near = [*enumerate(lines[:HEAD]), *list(enumerate(lines))[max(HEAD, len(lines) - HEAD) :]]
    for i, line in near:
        if pattern("event-lines", "(?:{})").search("\n".join(lines[i : i + 2])):
            continue
        for match in label.finditer(line):
            value = line[match.end() : match.end() + 30] or "".join(lines[i + 1 : i + 2])[:20]
            rank = _rank("date-labels", match[1])
            if rank is not None and (found := full_date(value)) and (best is None or rank < best[0]):
                best = rank, found
    return best[1] if best else None


def _guess(lines: Sequence[str], address: str | None, name: str) -> tuple[str | None, str | None]:
    inferred = inferred_date("\n".join(lines))
    if found := _of(_IN_PATH, "/" + re.sub(r"\A\w{1,9}://[^/]*/?", "", address or "")):
        return found, "address"
    if found := _of(_IN_NAME, re.sub(r"\.\w{1,5}\Z", "", name)):
        return found, "file-name"
    if inferred and (day := _dateline_day(lines)):
        return f"{inferred[:4]}-{day}", "inferred"
    return inferred, "inferred" if inferred else None


def _of(where: re.Pattern[str], text: str) -> str | None:
    for match in where.finditer(text):
        year, month, day = (group for group in match.groups() if group and group.isdigit())
        try:
            return date(int(year), int(month), int(day)).isoformat()
        except ValueError:
            continue
    return None


def _dateline_day(lines: Sequence[str]) -> str | None:
    """Return month and day of a dateline without a year: 新华社北京5月1日电."""
    for line in lines[:HEAD]:
        match = _NO_YEAR.search(line, 0, BARE // 2)
        if match and pattern("dateline-ends", "(?:{})").match(line, match.end()):
            return f"{int(match[1]):02}-{int(match[2]):02}"
    return None
