"""HTML source → the text of the article in it, and what the page says about itself."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import islice

from kg.reading.aligned import AlignedText, Edit, cut, replace, substitute
from kg.reading.markup import BLOCKS, Element, Page, parse
from kg.reading.words import pattern, words

_DROPPED = frozenset(words("dropped-tags"))
_PAGE = re.compile(r"<!doctype\s+html|<html\b|<head\b|<body\b", re.IGNORECASE)
_FRAGMENT = re.compile(
    r"\A\s*<(?:p|div|span|h[1-6]|table|article|section|ul|ol|img|font|strong|!--)\b", re.IGNORECASE
)
_BLOCK = re.compile(r"</?(?:p|div|br|h[1-6]|table|article|section)\b[^<>]*>", re.IGNORECASE)
_REFERENCE = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,31});?")
_WHITE = re.compile(r"[ \t\r\n]+")
_PIECES = re.compile(r"[a-z]+|[A-Z][a-z]*|[A-Z]+")
_SENTENCE_END = re.compile(r"[。！？；]")
_HIDDEN = re.compile(r"display\s*:\s*none", re.IGNORECASE)
_SHORT = 20  # characters; below this, a run of links is no list of links


@dataclass(frozen=True, slots=True)
class WebText:
    """The article's text, one block a line, and the page's own statements.

    ``meta`` holds the contents of meta tags and of JSON-LD by lower-case name.
    """

    body: AlignedText
    heading: str | None = None
    meta: dict[str, str] = field(default_factory=dict)


def is_html(text: str) -> bool:
    """Tell whether the text is a page or a fragment of HTML."""
    if _PAGE.search(text, 0, 2000) or _FRAGMENT.match(text):
        return True
    return sum(1 for _ in islice(_BLOCK.finditer(text), 4)) == 4


def extract(aligned: AlignedText) -> WebText:
    """Return the article of a page, or of a fragment, without what surrounds it."""
    source = aligned.text
    page = parse(source)
    lengths = _lengths(source, page)
    whole = _PAGE.search(source, 0, 2000) is not None
    heading = _heading(page, lengths)
    dropped = _dropped(source, page, lengths, heading)
    first, last = 0, len(page.texts)
    if whole:
        container = _container(source, page, dropped)
        first = container.texts.start
        last = container.texts.stop
        if heading and heading.texts.start < first:
            first = heading.texts.start
    body = _collect(aligned, page, dropped, first, last)
    title = _plain(source, page, heading) if heading else None
    return WebText(body, title or None, _meta(page, source))


def _visible(source: str, start: int, end: int) -> int:
    return len("".join(source[start:end].split()))


def _lengths(source: str, page: Page) -> list[int]:
    """Return running totals of visible characters: entry i is the sum of the texts before i."""
    totals = [0]
    for start, end, _ in page.texts:
        totals.append(totals[-1] + _visible(source, start, end))
    return totals


def _size(element: Element, lengths: list[int]) -> int:
    return lengths[element.texts.stop] - lengths[element.texts.start]


def _heading(page: Page, lengths: list[int]) -> Element | None:
    headings = [e for e in page.elements if e.tag == "h1" and _size(e, lengths) >= 4]
    return headings[0] if headings else None


def _class_pieces(element: Element) -> Iterator[str]:
    for name in ("class", "id"):
        for piece in _PIECES.findall(element.attributes.get(name, "")):
            yield piece.lower()


def _dropped(source: str, page: Page, lengths: list[int], heading: Element | None) -> set[int]:
    """Return the indices of the texts that are not of the article."""
    prose = _prose_lengths(source, page)
    all_prose = prose[-1]
    not_article = pattern("class-words", r"\A(?:{})\Z")
    links = _link_lengths(page, lengths)
    dropped: set[int] = set()
    for element in page.elements[1:]:
        texts = element.texts
        if not texts or (texts.start in dropped and texts.stop - 1 in dropped):
            continue
        # Sites also call "header" or "head" what holds the headline, or the whole article.
        holds_article = (heading is not None and texts.start <= heading.texts.start < texts.stop) or (
            2 * (prose[texts.stop] - prose[texts.start]) > all_prose > 0
        )
        if holds_article and element.tag != "head":
            continue
        if (
            element.tag in _DROPPED
            or "hidden" in element.attributes
            or _HIDDEN.search(element.attributes.get("style", ""))
            or any(not_article.match(piece) for piece in _class_pieces(element))
            or element.attributes.get("href", "").lower().startswith("javascript:")
            or _is_link_list(element, lengths, links, prose)
        ):
            dropped.update(texts)
    return dropped


def _is_link_list(element: Element, lengths: list[int], links: list[int], prose: list[int]) -> bool:
    if element.tag not in BLOCKS:
        return False
    texts = element.texts
    size = _size(element, lengths)
    linked = links[texts.stop] - links[texts.start]
    if prose[texts.stop] - prose[texts.start]:
        return False
    return (size >= _SHORT and 10 * linked > 6 * size) or (0 < size == linked and element.tag != "h1")


def _link_lengths(page: Page, lengths: list[int]) -> list[int]:
    inside = bytearray(len(page.texts))
    for element in page.elements:
        if element.tag == "a" and "href" in element.attributes:
            for i in element.texts:
                inside[i] = 1
    totals = [0]
    for i, flag in enumerate(inside):
        totals.append(totals[-1] + (lengths[i + 1] - lengths[i] if flag else 0))
    return totals


def _prose_lengths(source: str, page: Page) -> list[int]:
    """Return running totals of the text in pieces that hold the end of a sentence."""
    totals = [0]
    for start, end, _ in page.texts:
        prose = _SENTENCE_END.search(source, start, end)
        totals.append(totals[-1] + (_visible(source, start, end) if prose else 0))
    return totals


def _container(source: str, page: Page, dropped: set[int]) -> Element:
    """Return the smallest element that holds nearly all sentences of what is not dropped."""
    totals = [0]
    for i, (start, end, _) in enumerate(page.texts):
        counts = i not in dropped and _SENTENCE_END.search(source, start, end)
        totals.append(totals[-1] + (_visible(source, start, end) if counts else 0))
    best = page.root
    for element in page.elements:  # parents come before their children
        inside = totals[element.texts.stop] - totals[element.texts.start]
        named = element.tag in ("article", "main") or any(
            pattern("article-class-words", r"\A(?:{})\Z").match(piece) for piece in _class_pieces(element)
        )
        enough = 0.6 if named else 0.9
        if element.tag in BLOCKS and element.tag != "p" and totals[-1] and inside >= enough * totals[-1]:
            best = element
    return best


def _collect(aligned: AlignedText, page: Page, dropped: set[int], first: int, last: int) -> AlignedText:
    """Cut the texts out of the source; the end of a block is the end of a line."""
    edits: list[Edit] = []
    done = 0
    previous: Element | None = None
    source = aligned.text
    with_text = {id(element) for start, end, element in page.texts if _visible(source, start, end)}
    for i in range(first, last):
        start, end, element = page.texts[i]
        if i in dropped or source[start:end].isspace():
            continue
        gap = "" if previous is None else _separator(source, done, start, previous, element, with_text)
        edits.append((done, start, gap))
        piece = substitute(cut(aligned, start, end), _REFERENCE, lambda m: _unescaped(m[0]))
        if element.tag != "pre":
            piece = substitute(piece, _WHITE, _line_break)
        edits.append((start, end, piece))
        done, previous = end, element
    edits.append((done, len(source), ""))
    return replace(aligned, edits)


@lru_cache(maxsize=1024)
def _unescaped(reference: str) -> str:
    return html.unescape(reference)


def _line_break(match: re.Match[str]) -> str | None:
    """A line break in the source is white space between words, and nothing between Chinese characters."""
    if "\n" not in match[0] and "\r" not in match[0]:
        return None
    around = match.string[match.start() - 1 : match.start()] + match.string[match.end() : match.end() + 1]
    return " " if len(around) == 2 and around.isascii() else ""


_BLOCK_TAG = re.compile(rf"</?(?:{'|'.join(sorted(BLOCKS))})\b", re.IGNORECASE)
_SPACE_BETWEEN_TAGS = re.compile(r"(?:\A|>)[ \t]+(?=<|\Z)")
_ROWS = frozenset({"div", "header", "section", "footer"})


def _separator(
    source: str, end: int, start: int, previous: Element, element: Element, with_text: set[int]
) -> str:
    """Return what stands in the text for the tags and the white space in ``source[end:start]``."""
    between = source[end:start]
    if _BLOCK_TAG.search(between):
        return "\n"
    if _SPACE_BETWEEN_TAGS.search(between):
        return " "
    # A block without text of its own, other than a paragraph, is a row of items: time, source, author.
    row = previous.parent
    in_row = row is not None and row is element.parent and row.tag in _ROWS and id(row) not in with_text
    return " " if in_row and previous is not element else ""


def _plain(source: str, page: Page, element: Element) -> str:
    text = "".join(source[page.texts[i][0] : page.texts[i][1]] for i in element.texts)
    return " ".join(html.unescape(text).split())


def _meta(page: Page, source: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for attributes, contents in page.scripts:
        if attributes.get("type", "").lower() == "application/ld+json":
            for name, value in _json_ld(contents):
                found.setdefault(name, value)
    for element in page.elements:
        given = element.attributes
        if element.tag == "meta" and given.get("content", "").strip():
            name = given.get("property") or given.get("name") or given.get("itemprop") or ""
            found.setdefault(name.lower(), given["content"].strip())
        elif element.tag == "time" and given.get("datetime"):
            found.setdefault("time-element", given["datetime"])
        elif element.tag == "title" and element.texts:
            found.setdefault("title-element", _plain(source, page, element))
    found.pop("", None)
    return found


def _json_ld(contents: str) -> Iterator[tuple[str, str]]:
    """Yield what JSON-LD says of the article, under the names that meta tags use."""
    try:
        loaded = json.loads(contents)
    except (ValueError, RecursionError):
        return
    items = loaded if isinstance(loaded, list) else [loaded]
    items = [g for item in items if isinstance(item, dict) for g in (item.get("@graph") or [item])]
    names = {
        "datePublished": "ld-date",
        "headline": "ld-title",
        "publisher": "ld-source",
        "author": "ld-author",
    }
    for item in items:
        for key, name in names.items():
            value = item.get(key) if isinstance(item, dict) else None
            if isinstance(value, list) and value:
                value = value[0]
            if isinstance(value, dict):
                value = value.get("name")
            if isinstance(value, str) and value.strip():
                yield name, value.strip()
