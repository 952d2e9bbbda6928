"""The official divisions of China and the countries of the world, by code and by name.

A division is known by its full name, by its name without the generic ending (睢宁), by its short
forms (凉山州) and by names it had before. Data and sources: ``linking/data``.
"""

from __future__ import annotations

import lzma
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from kg.model import KnownName
from kg.resources import load_yaml

DATA = Path(__file__).parent / "data"
LEVELS = ("country", "province", "prefecture", "county", "township", "village")
CHINA = "CHN"


@dataclass(frozen=True, slots=True)
class Division:
    """One division. ``code`` is the official code (ISO 3166-1 alpha-3 for a country)."""

    code: str
    name: str
    level: str
    parent: str | None
    english: str | None = None


def table(name: str) -> Iterator[list[str]]:
    """Yield the data rows of a tab-separated file in ``linking/data``, without comments and heading."""
    path = DATA / name
    raw = lzma.decompress(path.read_bytes()) if name.endswith(".xz") else path.read_bytes()
    rows = (line.split("\t") for line in raw.decode("utf-8").split("\n") if line and not line.startswith("#"))
    next(rows, None)
    yield from rows


@cache
def divisions() -> dict[str, Division]:
    """Return every division by its code."""
    found = {}
    for code, name, _, english in table("countries.tsv"):
        found[code] = Division(code, name, "country", None, english)
    for code, name, level, parent in table("divisions.tsv.xz"):
        found[code] = Division(code, name, level, parent or CHINA)
    return found


@cache
def names() -> dict[str, tuple[str, ...]]:
    """Return the codes that bear a name, larger divisions first."""
    known: dict[str, list[str]] = {}
    all_divisions = divisions()
    groups = ethnic_groups()
    for code, division in all_divisions.items():
        endings = tuple(_words()["township_endings"])
        if division.level == "township" and (
            not division.name.endswith(endings) or division.name in endings  # 街道 is the whole name of two
        ):
            continue
        for form in (division.name, *_short_forms(division, groups)):
            known.setdefault(form, []).append(code)
    for code, _, aliases, _ in table("countries.tsv"):
        for alias in filter(None, aliases.split("|")):
            known.setdefault(alias, []).append(code)
    for code, alias, *_ in table("place_aliases.tsv"):
        if len(alias) > 1:
            known.setdefault(alias, []).append(code)
    for name, _, _, now, *_ in table("former_divisions.tsv"):
        for code in now.split(";"):
            known.setdefault(name, []).append(code)
    return {
        name: tuple(
            sorted(dict.fromkeys(codes), key=lambda code: (LEVELS.index(all_divisions[code].level), code))
        )
        for name, codes in known.items()
        if any(code in all_divisions for code in codes)
    }


@cache
def former_names() -> dict[str, tuple[str, ...]]:
    """Return, by current code, the full names that a division had before."""
    found: dict[str, list[str]] = {}
    for name, _, _, now, *_ in table("former_divisions.tsv"):
        for code in now.split(";"):
            found.setdefault(code, []).append(name)
    return {code: tuple(dict.fromkeys(forms)) for code, forms in found.items()}


@cache
def _aliases() -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for code, alias, *_ in table("place_aliases.tsv"):
        found.setdefault(code, []).append(alias)
    for code, _, aliases, _ in table("countries.tsv"):
        found.setdefault(code, []).extend(filter(None, aliases.split("|")))
    return {code: tuple(dict.fromkeys(forms)) for code, forms in found.items()}


def aliases_of(code: str) -> tuple[str, ...]:
    """Return the short forms and other names that the data gives a division or country."""
    return _aliases().get(code, ())


@cache
def ethnic_groups() -> tuple[str, ...]:
    """Names of ethnic groups as they stand in the names of autonomous divisions, longest first."""
    lines = (DATA / "ethnic_groups.txt").read_text("utf-8").split("\n")
    return tuple(
        sorted((line for line in lines if line and not line.startswith("#")), key=lambda x: (-len(x), x))
    )


@cache
def _words() -> Mapping[str, Any]:
    return load_yaml(Path(__file__).with_name("names.yaml"))


@cache
def ordinary_words() -> frozenset[str]:
    """Short place names that are also ordinary words."""
    lines = (DATA / "place_ambiguous.txt").read_text("utf-8").split("\n")
    return frozenset(line.split("\t")[0] for line in lines if line and not line.startswith("#"))


def short_form(name: str, level: str) -> str | None:
    """Return a name without its generic ending (睢宁县 → 睢宁), or None if nothing fit remains."""
    return next(iter(_short_forms(Division("", name, level, None), ethnic_groups())), None)


def _short_forms(division: Division, groups: tuple[str, ...]) -> list[str]:
    for ending in _words()["division_endings"].get(division.level, ()):
        if division.name.endswith(ending):
            stem = division.name.removesuffix(ending)
            if ending.startswith("自治"):
                stem = _without_groups(stem, groups)
            return [stem] if len(stem) > 1 else []
    return []


def _without_groups(stem: str, groups: tuple[str, ...]) -> str:
    """Strip the groups from the end of an autonomous division's name (乳源瑶族 → 乳源).

    A group of one character goes only with its 族 (西藏 is whole), and a name of one character is none.
    """
    while True:
        people = (form for g in groups for form in (g + "族", g) if form.endswith("族") or len(g) > 1)
        group = next((form for form in people if stem.endswith(form) and len(stem) > len(form) + 1), None)
        if group is None:
            return stem.removesuffix("族") if stem.removesuffix("族") in groups else stem
        stem = stem.removesuffix(group)


def known_names() -> dict[str, KnownName]:
    """Return what the gazetteer knows of each name, for finding places in text."""
    all_divisions = divisions()
    weak = ordinary_words()
    return {
        name: KnownName(
            cls="Place",
            keys=tuple(f"place/{code}" for code in codes),
            level=all_divisions[codes[0]].level,
            weak=name in weak and all_divisions[codes[0]].level != "province",
        )
        for name, codes in names().items()
    }


def chain(code: str) -> list[str]:
    """Return the codes from a division up to its country, itself first."""
    path = []
    step: str | None = code
    while step and step in divisions():
        path.append(step)
        step = divisions()[step].parent
    return path


def within(code: str, larger: str) -> bool:
    """Whether a division lies in a larger one (or is it)."""
    return larger in chain(code)
