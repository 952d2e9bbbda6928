"""Rebuild kg/linking/data/place_aliases.tsv: short names that official names alone do not give.

    python tools/build_place_aliases.py [OUT]

Autonomous units lose the names of the ethnic groups (乳源瑶族自治县 → 乳源县, 乳源);
tools/place_aliases_extra.tsv holds the rest, edited by hand.
"""

from __future__ import annotations

import lzma
import re
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[1]
DATA = ROOT / "kg/linking/data"
OUT = DATA / "place_aliases.tsv"
GROUPS = DATA / "ethnic_groups.txt"
EXTRA = Path(__file__).with_name("place_aliases_extra.tsv")

HEADER = """\
# Short names of administrative units that do not come from the official name by dropping its last character.
# Source: divisions.tsv.xz, ethnic_groups.txt, tools/place_aliases_extra.tsv (general knowledge).
# Licence: facts (CC0).
# Built by tools/build_place_aliases.py; do not edit.
# kind: short (safe), bare (no suffix: also the name of a smaller unit or a word),
#   abbreviation (京, 鲁; needs support), nickname (齐鲁, 羊城; needs support), variant.
code\talias\tkind
"""


def main(out: Path = OUT) -> None:
    """Write the table to ``out``."""
    found = {(code, alias): kind for code, alias, kind in autonomous(DATA / "divisions.tsv.xz", GROUPS)}
    found |= {(code, alias): kind for code, alias, kind in read_extra(EXTRA)}
    provinces = {alias for (code, alias) in found if code.endswith("0000")}
    rows = sorted(
        (code, alias, kind)
        for (code, alias), kind in found.items()
        if code.endswith("0000") or alias not in provinces  # 河南 is never 河南蒙古族自治县
    )
    out.write_text(HEADER + "".join("\t".join(row) + "\n" for row in rows), encoding="utf-8")
    print(f"{len(rows)} aliases: {out}", file=sys.stderr)


def autonomous(divisions: Path, groups: Path) -> Iterator[tuple[str, str, str]]:
    """Yield code, alias, kind for every autonomous county and banner, its name stripped of ethnic groups."""
    names = [line for line in groups.read_text("utf-8").splitlines() if not line.startswith("#")]
    ethnic = re.compile(f"(?<=..)(?:(?:{'|'.join(names)})族?)+$")
    with lzma.open(divisions, "rt", encoding="utf-8") as file:
        rows = [line.rstrip("\n").split("\t") for line in file if not line.startswith("#")][1:]
    for code, name, level, _ in rows:
        match = re.fullmatch(r"(.+)自治(县|旗)", name)
        if level != "county" or not match:
            continue
        stem = ethnic.sub("", match[1])
        if len(stem) < len(match[1]):
            yield code, stem + match[2], "short"
            yield code, stem, "bare"


def read_extra(path: Path) -> Iterator[tuple[str, str, str]]:
    """Yield code, alias, kind from the table edited by hand."""
    rows = [line.split("\t") for line in path.read_text("utf-8").splitlines() if not line.startswith("#")]
    for code, kind, aliases in rows[1:]:
        for alias in aliases.split():
            yield code, alias, kind


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:2]))
