"""The official divisions of China and the countries of the world, by code and by name.

A division is known by its full name, by its name without the generic ending (睢宁), by its short
forms (凉山州) and by names it had before. Data and sources: ``linking/data``.
"""

from __future__ import annotations

import lzma
from bisect import bisect_left
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from kg.linking import villages
from kg.model import KnownName
from kg.resources import load_yaml, uncollected

DATA = Path(__file__).parent / "data"
LEVELS = ("country", "province", "prefecture", "county", "township", "village")
CHINA = "CHN"


class Division(NamedTuple):
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
    rows = (line.split("\t") for line in raw.decode("utf-8").split("\n") if line and line[0] != "#")
    next(rows, None)
    yield from rows


@cache
@uncollected()
def divisions() -> dict[str, Division]:
    """Return every country, and every division of China down to the township, by its code."""
    found = {code: Division(code, name, "country", None, en) for code, name, _, en in table("countries.tsv")}
    for code, name, level, parent in table("divisions.tsv.xz"):
        found[code] = Division(code, name, level, parent or CHINA)
    return found


def division(code: str) -> Division | None:
    """Return the country or division of a code, villages too, or None."""
    known = divisions()
    if code in known or (village := villages.village(code)) is None:
        return known.get(code)
    # What the statistics office counts as a township is none to the rest of the world if it is a prison.
    above = next((part for part in (code[:9], code[:6], f"{code[:4]}00") if part in known), None)
    return Division(code, village.name, "village", above)


@cache
@uncollected()
def names() -> dict[str, tuple[str, ...]]:
    """Return the codes that bear a name, larger divisions first. Of villages see ``villages.search``."""
    known: dict[str, list[str]] = {}
    all_divisions = divisions()
    groups = ethnic_groups()
    townships = tuple(_words()["township_endings"])
    for code, name, level, _, _ in all_divisions.values():
        if level == "township" and not name.endswith(townships):
            continue  # 农场, 开发区: what a paper calls so is a firm or a park
        if name in known:
            known[name].append(code)
        else:
            known[name] = [code]
        if level != "township":
            for form in _short_forms(name, level, groups):
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

    def ranked(codes: list[str]) -> list[str]:
        return sorted(set(codes), key=lambda code: (LEVELS.index(all_divisions[code].level), code))

    for word in _words()["township_endings"]:  # 街道 is the whole name of two
        known.pop(word, None)
    return {n: tuple(codes if len(codes) == 1 else ranked(codes)) for n, codes in known.items()}


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
    """Return the short forms and other names that the data gives a division or country.

    For a village that is the name of the body by which the official list knows it.
    """
    if village := villages.village(code):
        return (village.official,) if village.official != village.name else ()
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
    return next(iter(_short_forms(name, level, ethnic_groups())), None)


def _short_forms(name: str, level: str, groups: tuple[str, ...]) -> list[str]:
    for ending in _words()["division_endings"].get(level, ()):
        if name.endswith(ending):
            stem = name.removesuffix(ending)
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


@cache
@uncollected()
def known_names() -> dict[str, KnownName]:
    """Return what the gazetteer knows of each name, for finding places in text. Weak are ordinary words."""
    all_divisions = divisions()
    weak = ordinary_words()
    found = {}
    for name, codes in names().items():
        level = all_divisions[codes[0]].level
        doubtful = name in weak and level != "province"
        keys = (f"place/{codes[0]}",) if len(codes) == 1 else tuple(f"place/{code}" for code in codes)
        found[name] = KnownName("Place", keys, level, None, doubtful)
    return found


def chain(code: str) -> list[str]:
    """Return the codes from a division up to its country, itself first."""
    path = []
    step: str | None = code
    while step and (found := division(step)):
        path.append(step)
        step = found.parent
    return path


def within(code: str, larger: str) -> bool:
    """Whether a division lies in a larger one (or is it)."""
    return larger in chain(code)


def province(code: str) -> str:
    """Return the code of the province of a division, or of its country if it is one."""
    return f"{code[:2]}0000" if code.isdecimal() else code


@lru_cache(maxsize=1 << 12)
def townships(name: str, area: str) -> tuple[str, ...]:
    """Return the townships of an area that differ from a name in their ending alone (壶镇 for 壶镇镇, too).

    乡 became 镇, 镇 became 街道; and of a zone the paper says 经济开发区, the list 云和经济开发区.
    """
    stem, zone = _township_stem(name), name.endswith(tuple(_words()["zone_endings"]))
    prefix = area.removesuffix("00").removesuffix("00") if len(area) == 6 else area
    codes = _township_codes()
    found = []
    for at in range(bisect_left(codes, prefix), len(codes)):
        if not codes[at].startswith(prefix):
            break
        other = divisions()[codes[at]].name
        if _township_stem(other) in (stem, name) or (zone and (other.endswith(name) or name.endswith(other))):
            found.append(codes[at])
    return tuple(found)


@cache
def _township_codes() -> list[str]:
    return sorted(code for code, found in divisions().items() if found.level == "township")


@cache
def _township_stem(name: str) -> str:
    ending = next((e for e in _words()["township_forms"] if name.endswith(e) and len(name) > len(e)), "")
    stem = name.removesuffix(ending)
    return (
        _without_groups(stem, ethnic_groups()) if ending.startswith("民族") or stem.endswith("族") else stem
    )
