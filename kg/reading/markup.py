"""HTML → elements and stretches of text, each with its place in the source.

Written for this purpose because the parsers of the standard library and of lxml do not say where a
character of text stood. Linear in the length of the source, whatever the source is.
"""

from __future__ import annotations

import html
import re
from collections import Counter
from dataclasses import dataclass, field

from kg.reading.words import words

VOID = frozenset(words("void-tags"))
BLOCKS = frozenset(words("block-tags"))
# An open element on the left is closed by the start of one on the right.
_CLOSED_BY = {
    "p": BLOCKS - {"br"},
    "li": frozenset({"li"}),
    "dt": frozenset({"dt", "dd"}),
    "dd": frozenset({"dt", "dd"}),
    "tr": frozenset({"tr"}),
    "td": frozenset({"td", "th", "tr"}),
    "th": frozenset({"td", "th", "tr"}),
    "option": frozenset({"option"}),
}
# Possessive repetition and disjoint branches: no input makes these look at a character many times.
_TOKEN = re.compile(
    r"<!--(?:.*?-->|.*\Z)"
    r"|<(?P<raw>script|style|textarea|noscript|svg|template)\b(?P<rawattrs>[^<>]*+)>(?P<rawtext>.*?)(?:</(?P=raw)\s*>|\Z)"
    r"|<(?P<close>/?)(?P<tag>[a-zA-Z][\w:-]*+)(?P<attrs>(?:[^<>\"']|\"[^\"]{0,4000}+\"|'[^']{0,4000}+')*+)>"
    r"|<[!?/a-zA-Z][^<>]*+>",
    re.DOTALL | re.IGNORECASE,
)
_ATTRIBUTE = re.compile(
    r"""([^\s"'<>/=]{1,100})\s{0,20}=\s{0,20}(?:"([^"]*)"|'([^']*)'|([^\s"'<>]{1,2000}))"""
)
_FEW_ATTRIBUTES = 40  # of one tag; no article needs more


@dataclass(slots=True)
class Element:
    """``source[start:end]`` is the element with its tags; ``texts`` are the indices of its text."""

    tag: str
    attributes: dict[str, str]
    parent: Element | None
    start: int
    end: int = 0
    texts: range = range(0)
    children: list[Element] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Page:
    """The root element, all elements in order, and the text as ``(start, end, element)``."""

    root: Element
    elements: list[Element]
    texts: list[tuple[int, int, Element]]
    scripts: list[tuple[dict[str, str], str]]  # attributes and contents


def parse(source: str) -> Page:
    """Return the page; every source has one. Comments, scripts and styles are no text."""
    root = Element("", {}, None, 0, len(source))
    page = Page(root, [root], [], [])
    stack = [root]
    opened: Counter[str] = Counter()
    done = 0
    for match in _TOKEN.finditer(source):
        _text(page, stack[-1], done, match.start())
        done = match.end()
        if match["raw"]:
            page.scripts.append((attributes(match["rawattrs"]), match["rawtext"]))
        elif match["tag"]:
            tag = match["tag"].lower()
            if match["close"]:
                if opened[tag]:
                    while _close(page, stack, opened, match.end()).tag != tag:
                        pass
                continue
            while stack[-1].tag in _CLOSED_BY and tag in _CLOSED_BY[stack[-1].tag]:
                _close(page, stack, opened, match.start())
            element = Element(tag, attributes(match["attrs"]), stack[-1], match.start(), match.end())
            element.texts = range(len(page.texts), len(page.texts))
            stack[-1].children.append(element)
            page.elements.append(element)
            if tag not in VOID and not match["attrs"].endswith("/"):
                stack.append(element)
                opened[tag] += 1
    _text(page, stack[-1], done, len(source))
    while stack:
        _close(page, stack, opened, len(source))
    return page


def attributes(source: str) -> dict[str, str]:
    """Return the attributes of a tag, names in lower case, character references resolved."""
    found: dict[str, str] = {}
    for match in _ATTRIBUTE.finditer(source):
        found.setdefault(match[1].lower(), html.unescape(match[2] or match[3] or match[4] or ""))
        if len(found) == _FEW_ATTRIBUTES:
            break
    return found


def _text(page: Page, element: Element, start: int, end: int) -> None:
    if start < end:
        page.texts.append((start, end, element))


def _close(page: Page, stack: list[Element], opened: Counter[str], end: int) -> Element:
    element = stack.pop()
    opened[element.tag] -= 1
    element.end = end
    element.texts = range(element.texts.start, len(page.texts))
    return element
