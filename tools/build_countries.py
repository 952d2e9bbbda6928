"""Rebuild kg/linking/data/countries.tsv from the territory names of CLDR, by way of the package Babel.

python tools/build_countries.py [OUT]
"""

from __future__ import annotations

import sys
from pathlib import Path

from babel import Locale
from babel.core import get_global

OUT = Path(__file__).parents[1] / "kg/linking/data/countries.tsv"

HEADER = """\
# Countries: ISO 3166-1 alpha-3 code, Chinese short name, other Chinese names (separated by |), English name.
# Source: CLDR by way of Babel (see LICENSES/cldr.txt); further names from general knowledge. Date: 2026-11.
# Licence: Unicode-3.0. Built by tools/build_countries.py; do not edit.
code\tname\taliases\tenglish
"""

# Provinces of China in this project, and territories that are no countries.
LEFT_OUT = {"HK", "MO", "TW", "AQ", "EU", "UN", "EZ", "QO", "XA", "XB", "ZZ"}

# The usual name where CLDR's is longer or unusual in mainland papers.
PREFERRED = {"KP": "朝鲜", "LA": "老挝", "MM": "缅甸", "AE": "阿联酋", "PS": "巴勒斯坦", "MK": "北马其顿"}

FURTHER = {
    "CN": ["中华人民共和国", "中國"],
    "US": ["美利坚合众国", "美利坚"],
    "GB": ["大不列颠", "大不列颠及北爱尔兰联合王国"],
    "RU": ["俄国", "俄罗斯联邦"],
    "KR": ["南韩", "大韩民国"],
    "KP": ["朝鲜民主主义人民共和国"],
    "DE": ["德意志"],
    "FR": ["法兰西"],
    "AE": ["阿拉伯联合酋长国"],
    "SA": ["沙特", "沙特阿拉伯王国"],
    "KG": ["吉尔吉斯"],
    "UZ": ["乌兹别克"],
    "MM": ["缅甸联邦"],
    "LA": ["老挝人民民主共和国"],
    "NZ": ["纽西兰"],
    "CI": ["象牙海岸"],
    "CD": ["刚果民主共和国", "民主刚果"],
    "CZ": ["捷克共和国"],
    "NL": ["尼德兰"],
    "ZA": ["南非共和国"],
    "MV": ["马尔代夫共和国"],
    "BA": ["波黑"],
    "ID": ["印尼"],
    "BD": ["孟加拉"],
    "AU": ["澳洲"],
    "MN": ["蒙古国"],
    "BN": ["文莱达鲁萨兰国"],
    "PG": ["巴新"],
}


def main(out: Path = OUT) -> None:
    """Write the table to ``out``."""
    chinese, english = Locale.parse("zh_Hans_CN").territories, Locale("en").territories
    alpha3 = {
        targets[0]: code
        for code, targets in sorted(get_global("territory_aliases").items())
        if len(code) == 3 and code.isalpha() and len(targets) == 1
    }
    rows = []
    for code in sorted(set(chinese) - LEFT_OUT):
        if len(code) != 2 or code not in alpha3:
            continue
        name = PREFERRED.get(code, chinese[code])
        others = {chinese[code], *FURTHER.get(code, [])} - {name}
        rows.append((alpha3[code], name, "|".join(sorted(others)), english[code]))
    rows.sort()
    out.write_text(HEADER + "".join("\t".join(row) + "\n" for row in rows), encoding="utf-8")
    print(f"{len(rows)} countries: {out}", file=sys.stderr)


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:2]))
