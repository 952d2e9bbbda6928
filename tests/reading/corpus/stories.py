"""Clean articles: invented news with real counties, of the length and the vocabulary of the real ones."""

from __future__ import annotations

import lzma
import random
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

HERE = Path(__file__).parent
DIVISIONS = HERE.parents[2] / "kg" / "linking" / "data" / "divisions.tsv.xz"


@dataclass(frozen=True, slots=True)
class Story:
    """One article: what a perfect cleaner would return is ``text``."""

    number: int
    title: str
    paragraphs: tuple[str, ...]
    published: str  # ISO 8601
    outlet: str
    reporter: str

    @property
    def text(self) -> str:
        return "\n".join((self.title, *self.paragraphs))


def stories(count: int, seed: int = 0) -> list[Story]:
    """Return so many articles, no two alike."""
    return [_story(number, random.Random(seed * 1_000_003 + number)) for number in range(count)]


def _story(number: int, rng: random.Random) -> Story:
    words = _vocabulary()
    year, month, day = rng.randint(2014, 2024), rng.randint(1, 12), rng.randint(1, 28)
    filler = _Filler(rng, year, month, day)
    title = filler(rng.choice(words["titles"]))
    sentences = rng.sample(words["sentences"], rng.randint(12, 22))
    paragraphs = [filler(rng.choice(words["leads"]))]
    while sentences:
        size = rng.randint(1, 4)
        paragraphs.append("".join(map(filler, sentences[:size])))
        del sentences[:size]
    if rng.random() < 0.5:
        paragraphs.append(filler(rng.choice(words["endings"])))
    place = filler.county.rstrip("县市区")[:3]
    outlet = place + rng.choice(words["outlets"])
    return Story(number, title, tuple(paragraphs), f"{year}-{month:02}-{day:02}", outlet, filler.person())


class _Filler:
    """Fills the places in a sentence; the county, the town and the product stay those of the article."""

    def __init__(self, rng: random.Random, year: int, month: int, day: int) -> None:
        self.rng, self.year, self.month, self.day = rng, year, month, day
        self.county, self.town = rng.choice(_places())
        self.product = rng.choice(_vocabulary()["products"])

    def __call__(self, sentence: str) -> str:
        while "{" in sentence:
            before, _, rest = sentence.partition("{")
            name, _, after = rest.partition("}")
            sentence = before + getattr(self, f"_{name}")() + after
        return sentence

    def person(self) -> str:
        words = _vocabulary()
        given = "".join(self.rng.choice(words["given"]) for _ in range(self.rng.choice((1, 2, 2))))
        return str(self.rng.choice(words["surnames"])) + given

    _person = person

    def _of(self, name: str) -> str:
        return str(self.rng.choice(_vocabulary()[name]))

    def _county(self) -> str:
        return self.county

    def _town(self) -> str:
        return self.town

    def _village(self) -> str:
        return self._of("villages")

    def _product(self) -> str:
        return self.product if self.rng.random() < 0.7 else self._of("products")

    def _platform(self) -> str:
        return self._of("platforms")

    def _company(self) -> str:
        return self.county.rstrip("县市区")[:4] + self._of("companies")

    def _body(self) -> str:
        return self._of("bodies")

    def _count(self) -> str:
        return self._of("counts")

    def _n(self) -> str:
        rng = self.rng
        return rng.choice(
            (str(rng.randint(10, 999)), str(rng.randint(1000, 9999)), f"{rng.randint(11, 99) / 10}万")
        )

    def _big(self) -> str:
        rng = self.rng
        return rng.choice(
            (
                f"{rng.randint(11, 9999) / 100}亿",
                f"{rng.randint(10, 999)}万",
                f"{rng.randint(1000, 9999)}万",
                f"{rng.randint(11, 999) / 10}亿",
                f"{rng.randint(2, 90)}亿",
            )
        )

    def _pct(self) -> str:
        return f"{self.rng.randint(11, 999) / 10}%"

    def _pp(self) -> str:
        return f"{self.rng.randint(11, 99) / 10}"

    def _price(self) -> str:
        return f"{self.rng.randint(5, 200) / 10}"

    def _few(self) -> str:
        return str(self.rng.randint(2, 9))

    def _age(self) -> str:
        return str(self.rng.randint(22, 71))

    def _year(self) -> str:
        return str(self.year - self.rng.randint(0, 3))

    def _year2(self) -> str:
        return str(self.year)

    def _month(self) -> str:
        return str(self.month)

    def _day(self) -> str:
        return str(self.day)


@cache
def _vocabulary() -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load((HERE / "vocabulary.yaml").read_text("utf-8"))
    return loaded


@cache
def _places() -> list[tuple[str, str]]:
    """Return counties with one of their towns."""
    rows = [
        line.split("\t")
        for line in lzma.decompress(DIVISIONS.read_bytes()).decode().splitlines()
        if line and not line.startswith("#")
    ]
    counties = {row[0]: row[1] for row in rows if len(row[0]) == 6 and row[1][-1] in "县市区旗"}
    towns = [(counties[row[0][:6]], row[1]) for row in rows if len(row[0]) == 9 and row[0][:6] in counties]
    return towns[::23]
