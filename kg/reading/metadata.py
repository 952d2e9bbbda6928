"""Who published an article, when, under which title and address.

Title: front matter, h1, the page's own statement, else a headline at the head of the text, else the file's name.
Outlet: front matter, a 来源 label, the page's own statement, else the masthead.
Author: front matter, an 作者 label, the page's own statement, else a reporter's byline.
Address: front matter, the page's own statement, else a line 原文链接：https://….
The date has an order of its own, see ``kg.reading.dating``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from kg.reading.dates import full_date
from kg.reading.dating import BARE, GUESSED_ORIGINS, HEAD, STOP, publication_date
from kg.reading.words import pattern, words

__all__ = ["GUESSED_ORIGINS", "Metadata", "metadata"]

_TITLE_LENGTH = 60
_ADDRESS = re.compile(r"https?://[^\s\"'<>（）()，。；]{4,500}")
_NAME_NOISE = re.compile(r"\A[\d\s_.-]+|[_-][0-9a-f]{8,}\Z")


@dataclass(frozen=True, slots=True)
class Metadata:
    """What is known of an article; the fields are those of ``kg.model.Article``."""

    title: str | None = None
    source: str | None = None
    author: str | None = None
    published: str | None = None
    published_origin: str | None = None
    address: str | None = None


def metadata(
    text: str, front: Mapping[str, str], page: Mapping[str, str], heading: str | None, name: str = ""
) -> Metadata:
    """Return what the front matter, the page's statements, the cleaned text and the file's name say."""
    lines = text.split("\n")
    address = _address(lines, front, page)
    published, origin = publication_date(lines, front, page, address, name.rpartition("/")[2])
    return Metadata(
        title=_field(front, "front-title")
        or heading
        or _stated(page, "ld-title", "meta-titles")
        or _headline(lines)
        or _named(name),
        source=_field(front, "front-source") or _source(lines, page),
        author=_field(front, "front-author") or _author(lines, page),
        published=published,
        published_origin=origin,
        address=address,
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
    return [*lines[:HEAD], *lines[max(HEAD, len(lines) - HEAD) :]]


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
    for line in lines[:HEAD]:
        match = outlet.match(line)
        if match and len(line) <= BARE and (match.end() == len(line) or full_date(line)):
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
        bare = not STOP.search(line) and 4 <= len(line) <= _TITLE_LENGTH and line[-1] not in "，；,;：:】"
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


def _named(name: str) -> str | None:
    """Return the headline that a file is named by, without numbers and digests."""
    stem = re.sub(r"\.\w{1,5}\Z", "", name.rpartition("/")[2])
    stem = _NAME_NOISE.sub("", stem).strip("_- ")
    return stem if len(re.findall("[一-鿿]", stem)) >= 4 else None


def _address(lines: Sequence[str], front: Mapping[str, str], page: Mapping[str, str]) -> str | None:
    """Return the address of the article on the web."""
    stated = _field(front, "front-address") or _stated(page, "ld-address", "meta-addresses")
    if stated and (match := _ADDRESS.search(stated)):
        return match[0]
    label = pattern("address-labels", r"(?:^|[\s(（\[【])(?:{})\s?[:：]?\s{0,4}")
    for line in _ends(lines):
        found = label.search(line)
        if found and (match := _ADDRESS.match(line, found.end())):
            return match[0]
    return None
