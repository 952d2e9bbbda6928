"""The villages and communities of China by code and by name, unpacked a prefecture at a time.

There are 620,573 of them, so nothing is read before an article needs it. A village is known by its stem:
北山 for 北山村民委员会, however text and official list call the body or the settlement. Data and
source: ``linking/data/villages.xz``; endings: ``names.yaml``.
"""

from __future__ import annotations

import lzma
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from kg.resources import load_yaml

_HERE = Path(__file__).parent
_DATA = _HERE / "data" / "villages.xz"
_PREFECTURE, _TOWNSHIP, _VILLAGE = 4, 9, 12  # digits of a code
_TOWNSHIP_LINE = re.compile(r"^(\d{9})\n", re.MULTILINE)
_REMARK = re.compile(r"（[^（）]*）$")  # 政平社区居委会（含政平村村委）


@dataclass(frozen=True, slots=True)
class Village:
    """A village as the official list has it. ``kind`` is what ``parts`` says of its official name."""

    code: str
    official: str  # 北山村民委员会
    stem: str  # 北山
    kind: str | None

    @property
    def name(self) -> str:
        """The settlement that the official name's body is of (北山村)."""
        plain = _REMARK.sub("", self.official)
        body = next((e for e in _ordered() if plain.endswith(e) and len(plain) > len(e)), "")
        ending = _endings()["names"].get(_endings()["kinds"].get(body))
        rest = plain.removesuffix(body)
        if ending is None:
            return self.official
        return rest if rest.endswith(ending) else rest + ending


def village(code: str) -> Village | None:
    """Return the village of a code, or None."""
    section = _block(code[:_PREFECTURE]).get(code[:_TOWNSHIP], "") if len(code) == _VILLAGE else ""
    return next((_read(code, official) for found, official in _rows(code, section) if found == code), None)


def codes(township: str) -> list[str]:
    """Return the codes of the villages of a township, in order."""
    section = _block(township[:_PREFECTURE]).get(township, "")
    return [code for code, _ in _rows(township, section)]


def search(stem: str, area: str) -> list[Village]:
    """Return the villages of a stem in an area, by code. ``area`` is the code of a province … township.

    The zeros at the end of a code of six digits say nothing: 371500 is all of 3715.
    """
    prefix = area.removesuffix("00").removesuffix("00") if len(area) == 6 else area
    found: list[Village] = []
    whole = len(prefix) >= _PREFECTURE
    for prefecture in [prefix[:_PREFECTURE]] if whole else [p for p in _index() if p.startswith(prefix)]:
        for township, section in _block(prefecture).items():
            if township.startswith(prefix) and f"\t{stem}" in section:
                rows = (row for row in _rows(township, section) if row[1].startswith(stem))
                found.extend(v for v in (_read(*row) for row in rows) if v.stem == stem)
    return found


def parts(name: str) -> tuple[str, str | None]:
    """Return the stem of a village's name, and its kind: village, community, neighbourhood, natural or None.

    A name without an ending, or with nothing before it, is its own stem.
    """
    kind = None
    stem = name
    while True:
        ending = next((e for e in _ordered() if stem.endswith(e) and len(stem) > len(e)), None)
        if ending is None:
            return stem, kind
        kind = kind or _endings()["kinds"][ending]
        if _endings()["kinds"][ending] == "community":
            kind = "community"  # 社区居委会
        stem = stem.removesuffix(ending)


@cache
def ordinary_words() -> frozenset[str]:
    """Stems that are ordinary words (和平, 创业)."""
    lines = (_DATA.parent / "village_words.txt").read_text("utf-8").split("\n")
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())


@cache
def _endings() -> Mapping[str, Any]:
    return load_yaml(_HERE / "names.yaml")["villages"]


@cache
def _ordered() -> tuple[str, ...]:
    return tuple(sorted(_endings()["kinds"], key=lambda ending: (-len(ending), ending)))


@cache
def _index() -> dict[str, tuple[int, int]]:
    """Return, for each prefecture, where its stream begins in the file and ends."""
    unpacker = lzma.LZMADecompressor()
    with _DATA.open("rb") as file:
        head = b""
        read = 0
        while not unpacker.eof:
            piece = file.read(4096)
            read += len(piece)
            head += unpacker.decompress(piece)
    at = read - len(unpacker.unused_data)
    found = {}
    rows = (line.split("\t") for line in head.decode().split("\n") if line and not line.startswith("#"))
    next(rows)  # the headings
    for prefecture, length in rows:
        found[prefecture] = (at, at + int(length))
        at += int(length)
    return found


@lru_cache(maxsize=64)
def _block(prefecture: str) -> dict[str, str]:
    """Return what the file says of each township of a prefecture. One takes 1 ms and 150 kB on average."""
    if prefecture not in _index():
        return {}
    start, end = _index()[prefecture]
    with _DATA.open("rb") as file:
        file.seek(start)
        text = lzma.decompress(file.read(end - start)).decode()
    heads = [*(match for match in _TOWNSHIP_LINE.finditer(text))]
    ends = [*(match.start() for match in heads[1:]), len(text)]
    return {match[1]: text[match.end() : close] for match, close in zip(heads, ends, strict=True)}


def _rows(code: str, section: str) -> Iterator[tuple[str, str]]:
    """Yield code and official name of each village; ``code`` is that of the township or of one in it."""
    number = 0
    for line in section.split("\n"):
        given, _, official = line.partition("\t")
        if official:
            number = int(given) if given else number + 1
            yield f"{code[:_TOWNSHIP]}{number:03}", official


def _read(code: str, official: str) -> Village:
    return Village(code, official, *parts(_REMARK.sub("", official)))
