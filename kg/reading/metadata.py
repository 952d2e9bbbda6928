"""Who published an article, when, under which title.

The date is the first found, in this order of trust; its origin goes on record:

1. ``front-matter``: a field of the front matter. The date is kept as stated, in its time zone.
2. ``page-metadata``: JSON-LD, then meta tags, then a ``time`` element.
3. ``label``: a line such as 发布时间：2015-08-28 near the head or the end.
4. ``masthead``: a full date on a line without a sentence, near the head (甘孜日报 2020年08月24日).
5. ``dateline``: a full date in the first sentence of the report (新华社北京2020年5月1日电).
6. ``closing-date``: a last line that is a date.
7. ``inferred``: from the text, see ``kg.reading.inference``.

Title: front matter, h1, the page's own statement, else a headline at the head of the text.
Outlet: front matter, a 来源 label, the page's own statement, else the masthead.
Author: front matter, an 作者 label, the page's own statement, else a reporter's byline.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from kg.reading.dates import any_date, full_date
from kg.reading.inference import inferred_date
from kg.reading.words import pattern, words

_HEAD = 8  # lines at the head and the end where labels and mastheads stand
_STOP = re.compile("[。！？!?]")
_MASTHEAD_LENGTH = 60
_TITLE_LENGTH = 60
_DATE = re.compile(r"(?<!\d)(?:19|20)\d\d\s?[-年/.]\s?\d{1,2}\s?[-月/.]\s?\d{1,2}(?!\d)\s?日?")

# A date that is an item of its own in a line, or ends the name of a paper; 2020年9月25日第八届论坛 is none.
_DATE_ALONE = re.compile(
    r"(?:^|[\s|(（\[【:：报网刊社讯编])" + _DATE.pattern + r"(?=$|[\s|)）\]】,，T]|星期|周|第\S{1,4}[版期])"
)


@dataclass(frozen=True, slots=True)
class Metadata:
    """What is known of an article; the fields are those of ``kg.model.Article``."""

    title: str | None = None
    source: str | None = None
    author: str | None = None
    published: str | None = None
    published_origin: str | None = None


def metadata(text: str, front: Mapping[str, str], page: Mapping[str, str], heading: str | None) -> Metadata:
    """Return what the front matter, the page's statements and the cleaned text say."""
    lines = text.split("\n")
    published, origin = _published(lines, text, front, page)
    return Metadata(
        title=_field(front, "front-title")
        or heading
        or _stated(page, "ld-title", "meta-titles")
        or _headline(lines),
        source=_field(front, "front-source") or _source(lines, page),
        author=_field(front, "front-author") or _author(lines, page),
        published=published,
        published_origin=origin,
    )


def _field(front: Mapping[str, str], names: str) -> str | None:
    return next((front[name] for name in words(names) if front.get(name)), None)


def _stated(page: Mapping[str, str], first: str, names: str) -> str | None:
    if page.get(first):
        return page[first]
    wanted = pattern(names, r"\A(?:{})\Z")
    for name in sorted(page, key=lambda name: _rank(names, name)):
        if wanted.match(name):
            return page[name]
    return None


@cache
def _rank(names: str, name: str) -> int:
    return next((i for i, item in enumerate(words(names)) if re.fullmatch(item, name)), len(words(names)))


def _ends(lines: Sequence[str]) -> list[str]:
    return [*lines[:_HEAD], *lines[max(_HEAD, len(lines) - _HEAD) :]]


def _published(
    lines: Sequence[str], text: str, front: Mapping[str, str], page: Mapping[str, str]
) -> tuple[str | None, str | None]:
    for name in words("front-date"):
        if found := any_date(front.get(name, "")):
            return found, "front-matter"
    for stated in (_stated(page, "ld-date", "meta-dates"), page.get("time-element")):
        if found := any_date(stated or ""):
            return found, "page-metadata"
    label = pattern("date-labels", r"(?:^|[\s|(（\[【])(?:{})\s?[:：]\s?(.{8,30})")
    for line in _ends(lines):
        if (match := label.search(line)) and (found := full_date(match[1])):
            return found, "label"
    for line in lines[:_HEAD]:
        bare = len(line) <= _MASTHEAD_LENGTH and not _STOP.search(line)
        if bare and (match := _DATE_ALONE.search(line)) and (found := full_date(match[0])):
            return found, "masthead"
    for line in lines[:_HEAD]:
        if (match := _DATE.search(line, 0, 40)) and pattern("dateline-ends", "(?:{})").match(
            line, match.end()
        ):
            return full_date(match[0]), "dateline"
    if (
        lines[-1:]
        and len(lines[-1]) <= 30
        and not _STOP.search(lines[-1])
        and (found := full_date(lines[-1]))
    ):
        return found, "closing-date"
    found = inferred_date(text)
    return found, "inferred" if found else None


def _labelled(lines: Sequence[str], labels: str) -> str | None:
    label = pattern(labels, r"(?:^|[\s(（\[【◎□◆|])(?:{})\s?[:：]\s{0,2}([^\s|（(）)，。；;【\]】]{2,30})")
    for line in _ends(lines):
        if match := label.search(line):
            return match[1]
    return None


def _source(lines: Sequence[str], page: Mapping[str, str]) -> str | None:
    labelled = _labelled(lines, "source-labels")
    if labelled and not pattern("no-source", r"\A(?:{})\Z").match(labelled):
        return pattern("contributed", r"(?:{})\Z").sub("", labelled)
    return _stated(page, "ld-source", "meta-sources") or _masthead(lines)


def _masthead(lines: Sequence[str]) -> str | None:
    """Return the outlet that stands alone on a line at the head, or before a date there."""
    outlet = pattern("outlet-endings", r"\A[《\s]*([一-鿿]{1,10}(?:{}))[》\s]*(?=\Z|\s|[(（])")
    for line in lines[:_HEAD]:
        match = outlet.match(line)
        if match and len(line) <= _MASTHEAD_LENGTH and (match.end() == len(line) or full_date(line)):
            return match[1]
    return None


def _author(lines: Sequence[str], page: Mapping[str, str]) -> str | None:
    if labelled := _labelled(lines, "author-labels"):
        return labelled
    if stated := _stated(page, "ld-author", "meta-authors"):
        return stated
    byline = pattern("reporters", r"(?:^|[\s◎□◆■●(（—])(?:{})[\s　]+([一-鿿]{2,4})(?=[\s　)）]|$)")
    for line in _ends(lines):
        if match := byline.search(line):
            return match[1]
    return None


def _headline(lines: Sequence[str]) -> str | None:
    """Return the first line at the head that is no sentence, no masthead and no byline."""
    for line in lines[:4]:
        bare = not _STOP.search(line) and 4 <= len(line) <= _TITLE_LENGTH and line[-1] not in "，；,;：:】"
        if (
            bare
            and not pattern("issue-lines", r"\A(?:{})\Z").match(line)
            and not full_date(line)
            and not _masthead([line])
            and not pattern("bylines", r"\A(?:{})\Z").match(line)
        ):
            return line
        if len(line) > _TITLE_LENGTH:
            return None
    return None
