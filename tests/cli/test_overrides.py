"""kg build --overrides: where the file is found, what is told of it, and how a bad one fails."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from .support import Kg

ARTICLE = "2015年5月，肃宁县与阿里巴巴集团签订合作框架协议。\n"


@pytest.fixture
def news(tmp_path: Path) -> Path:
    folder = tmp_path / "news"
    folder.mkdir()
    (folder / "a.txt").write_text(ARTICLE, "utf-8")
    return folder


def test_decisions_hold_and_are_counted(kg: Kg, news: Path, tmp_path: Path) -> None:
    (tmp_path / "o.txt").write_text("rename 肃宁县 = 肃宁\ndrop 无此物\n", "utf-8")
    result = kg("build", news, "--overrides", tmp_path / "o.txt")
    assert result.exit_code == 0
    table = [line.split() for line in result.stdout.splitlines()]
    assert ["decisions", "followed", "1"] in table and ["decisions", "not", "applied", "1"] in table
    assert f"{tmp_path / 'o.txt'}:2: 'drop 无此物' does not apply: nothing is called 无此物" in result.stderr
    manifest = json.loads(Path("build/manifest.json").read_bytes())
    assert (manifest["counts"]["decisions"], manifest["counts"]["decisions_not_applied"]) == (2, 1)
    (place,) = json.loads(kg("entity", "肃宁", "--format", "json").stdout)
    assert (place["names"]["zh"], place["decisions"]) == ("肃宁", ["rename 肃宁县 = 肃宁"])


def test_the_file_beside_the_folder_is_followed(kg: Kg, news: Path) -> None:
    (news.parent / "overrides.txt").write_text("drop 阿里巴巴集团\n", "utf-8")
    result = kg("build", news)
    assert "1 decisions of" in result.stderr and "overrides.txt" in result.stderr
    assert kg("entity", "阿里巴巴集团").exit_code == 5
    assert json.loads(Path("build/manifest.json").read_bytes())["counts"]["articles"] == 1


def test_a_given_file_replaces_the_one_beside(kg: Kg, news: Path, tmp_path: Path) -> None:
    (news.parent / "overrides.txt").write_text("drop 阿里巴巴集团\n", "utf-8")
    (tmp_path / "none.txt").write_text("# nothing\n", "utf-8")
    result = kg("build", news, "--overrides", tmp_path / "none.txt")
    assert "decisions" not in result.stdout and kg("entity", "阿里巴巴集团").exit_code == 0


@pytest.mark.parametrize(
    ("data", "told"),
    [
        ("drop 甲\nmerge 甲 = 乙\n".encode(), "o.txt:2: 'merge' is no decision"),
        ("drop 甲\n\n# 乙\nsame 甲 = \x1b[2J =\n".encode(), "o.txt:4: "),
        (b"drop \xff\n", "o.txt:1: it is not UTF-8"),
        ("same 甲 = 乙\ndifferent 甲 ≠ 乙\n".encode(), "contradicts"),
    ],
)
def test_a_bad_line_stops_the_build_with_its_place(
    kg: Kg, news: Path, tmp_path: Path, data: bytes, told: str
) -> None:
    (tmp_path / "o.txt").write_bytes(data)
    result = kg("build", news, "--overrides", tmp_path / "o.txt")
    assert (result.exit_code, result.stdout) == (2, "")
    assert told in result.stderr and "\x1b" not in result.stderr
    assert not Path("build").exists()


def test_a_missing_file(kg: Kg, news: Path) -> None:
    assert kg("build", news, "--overrides", "nowhere.txt").exit_code == 2


def test_the_example_of_the_documentation_is_read(kg: Kg, news: Path, tmp_path: Path) -> None:
    from .support import ROOT

    docs = (ROOT / "docs" / "overrides.md").read_text("utf-8")
    example = docs.split("```text\n")[1].split("```")[0]
    (tmp_path / "o.txt").write_text(example, "utf-8")
    result = kg("build", news, "--overrides", tmp_path / "o.txt")
    assert result.exit_code == 0 and "does not apply" in result.stderr
