"""Two hundred and forty clean articles, made unclean in all the ways that are known, and read again.

For each way: half of the articles have at least 999 of 1,000 characters right, no figure is read that is not
there, and no figure is lost without a mark.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path
from statistics import median

import opencc
import pytest

sys.path.insert(0, str(Path(__file__).parent))

from corpus import layout, pages, reprint
from corpus.measure import UNREADABLE, Reading, compare
from corpus.specks import specks
from corpus.stories import Story, stories

from kg.model import Article
from kg.reading.article import read_article

COUNT = 240
_TAIWAN = opencc.OpenCC("s2tw")
ENOUGH = 0.999

# Each way returns the bytes of a file and the text that is right.
Way = Callable[[Story, random.Random], tuple[bytes, str]]


def encoded(encoding: str) -> Way:
    def way(story: Story, rng: random.Random) -> tuple[bytes, str]:
        return story.text.encode(encoding), story.text

    return way


def big5(story: Story, rng: random.Random) -> tuple[bytes, str]:
    return _TAIWAN.convert(story.text).encode("big5", "replace"), story.text


def utf8(made: Callable[[str, random.Random], tuple[str, str]]) -> Way:
    def way(story: Story, rng: random.Random) -> tuple[bytes, str]:
        text, right = made(story.text, rng)
        return text.encode(), right

    return way


def web(story: Story, rng: random.Random) -> tuple[bytes, str]:
    source, right = pages.page(story, rng)
    return source.encode(rng.choice(("utf-8", "gb18030"))), right


def printed(made: Callable[[Story, random.Random], str]) -> Way:
    return lambda story, rng: (made(story, rng).encode(), story.text)


WAYS: dict[str, Way] = {
    "reprint": utf8(reprint.reprint),
    "annotated": utf8(reprint.annotated),
    "wrapped": printed(layout.wrapped),
    "two-columns": printed(layout.two_columns),
    "specks": lambda story, rng: (specks(story.text, rng).encode(), story.text),
    "web": web,
    "wrapped-specks": lambda story, rng: (specks(layout.wrapped(story, rng), rng).encode(), story.text),
    "big5": big5,
    **{
        name: encoded(name)
        for name in ("utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16", "utf-16-le", "utf-16-be")
    },
}


@cache
def everything(way: str) -> tuple[tuple[Story, Article, Reading], ...]:
    return tuple(once(way, story) for story in stories(COUNT))


def once(way: str, story: Story) -> tuple[Story, Article, Reading]:
    data, right = WAYS[way](story, random.Random(story.number))
    found = read_article("a.html" if way == "web" else "a.txt", data)
    assert isinstance(found, Article), found
    return story, found, compare(right, found.text)


def test_the_articles_are_varied() -> None:
    texts = [story.text for story in stories(COUNT)]
    assert len(set(texts)) == COUNT
    assert len({line for text in texts for line in text.split("\n")}) > 0.98 * sum(
        t.count("\n") + 1 for t in texts
    )
    assert len(set("".join(texts))) > 900


@pytest.mark.parametrize("way", WAYS)
def test_characters_and_figures(way: str) -> None:
    readings = [reading for _, _, reading in everything(way)]
    assert median(reading.agreement for reading in readings) >= ENOUGH
    assert min(reading.agreement for reading in readings) >= 0.98
    assert [place for reading in readings for place in reading.digits] == []


@pytest.mark.parametrize("way", ["reprint", "annotated"])
def test_what_cannot_be_read_is_marked(way: str) -> None:
    readings = everything(way)
    false = [place for _, _, reading in readings for place in reading.false]
    assert len(false) <= COUNT * 0.01, false
    slips = sum(article.repairs.get("byte-slip", 0) for _, article, _ in readings)
    lost = sum(article.text.count(UNREADABLE) for _, article, _ in readings)
    assert way == "annotated" or (slips > 300 and lost < 0.3 * slips)


@pytest.mark.parametrize(("way", "least"), [("wrapped", 0.85), ("two-columns", 0.95), ("web", 0.95)])
def test_paragraphs_are_those_of_the_article(way: str, least: float) -> None:
    """A paragraph whose last line is full, in a text without indents, cannot be told from the next."""
    readings = everything(way)
    whole = sum(
        set(story.text.split("\n")) <= set(article.text.split("\n")) for story, article, _ in readings
    )
    assert whole >= least * COUNT


@pytest.mark.parametrize("way", ["reprint", "wrapped", "two-columns", "specks", "web"])
def test_the_text_leads_back_to_its_bytes(way: str) -> None:
    for story in stories(COUNT)[::24]:
        data, _ = WAYS[way](story, random.Random(story.number))
        _, article, _ = once(way, story)
        for i, char in enumerate(article.text):
            start, end = article.offsets.original(i, i + 1)
            assert 0 <= start <= end <= len(data)
            if char.isdigit() and start < end:
                shown = data[start:end].decode(article.encoding, "replace")
                assert char in shown or chr(ord(char) + 0xFEE0) in shown
