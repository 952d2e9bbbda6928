"""kg clean: the text, the report, the difference, and the choice of repairs."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kg.reading.repairs import NAMES

from .support import ROOT, Kg

REPRINT = (
    "曹縣日?qǐng)?bào) 2020年08月24日\n"
    "農(nóng)村電(diàn)商務(wù)發(fā)展(zhǎn)，帶動(dòng)當(dāng)?shù)厝罕娋蜆I(yè)9人。\n"
)
CLEAN = "曹县日报 2020年08月24日\n农村电商务发展，带动当地群众就业9人。\n"


@pytest.fixture
def reprint(tmp_path: Path) -> Path:
    path = tmp_path / "reprint.txt"
    path.write_text(REPRINT, "utf-8")
    return path


def test_the_text_of_one_file(kg: Kg, reprint: Path) -> None:
    result = kg("clean", reprint)
    assert (result.exit_code, result.stdout) == (0, CLEAN)
    assert "reprint.txt: utf-8; date 2020-08-24 (masthead); repairs: byte-slip 2" in result.stderr


def test_a_folder(kg: Kg, reprint: Path) -> None:
    (reprint.parent / "b.txt").write_text("近日，曹县大集镇的电商发展迅速。", "utf-8")
    (reprint.parent / "empty.txt").touch()
    result = kg("clean", reprint.parent, "--quiet")
    assert result.stdout == f"==> b.txt <==\n近日，曹县大集镇的电商发展迅速。\n\n==> reprint.txt <==\n{CLEAN}"
    assert result.stderr.startswith("skipped empty.txt: ") and result.stderr.count("\n") == 1


def test_a_file_for_each(kg: Kg, reprint: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    result = kg("clean", reprint, "--out", out)
    assert result.stdout == ""
    assert (out / "reprint.txt").read_text("utf-8") == CLEAN


def test_the_report(kg: Kg, reprint: Path) -> None:
    report = json.loads(kg("clean", reprint, "--report", "-", "--quiet").stdout)
    (told,) = report["articles"]
    assert (told["name"], told["encoding"], told["source"]) == ("reprint.txt", "utf-8", "曹县日报")
    assert (told["published"], told["published_origin"], told["published_is_a_guess"]) == (
        "2020-08-24",
        "masthead",
        False,
    )
    assert (told["unreadable"], told["removed"], report["skipped"]) == (0, [], [])
    assert told["repairs"]["pinyin-in-brackets"] > 3


def test_the_report_tells_what_was_left_out(kg: Kg, tmp_path: Path) -> None:
    kg("clean", ROOT / "seeds", "--report", tmp_path / "report.json", "--out", tmp_path / "out")
    report = json.loads((tmp_path / "report.json").read_text("utf-8"))
    told = next(item for item in report["articles"] if item["name"].startswith("000"))
    last = told["removed"][-1]
    assert "责任编辑：王翔" in last["text"]
    data = (ROOT / "seeds" / told["name"]).read_bytes()
    assert "责任编辑" in data[last["start"] : last["end"]].decode()


def test_the_difference(kg: Kg, reprint: Path) -> None:
    lines = kg("clean", reprint, "--diff").stdout.splitlines()
    assert lines[0].startswith("@@ bytes 0-")
    assert lines[1:3] == ["-" + REPRINT.split("\n")[0], "+" + CLEAN.split("\n")[0]]


def test_repairs_are_chosen(kg: Kg, reprint: Path) -> None:
    only = kg("clean", reprint, "--only", "traditional-to-simplified").stdout
    assert "农(nóng)村" in only
    assert kg("clean", reprint, "--without", "traditional-to-simplified").stdout.startswith("曹縣日報 ")
    refused = kg("clean", reprint, "--only", "pinyin")
    assert refused.exit_code == 2 and "pinyin-in-brackets" in refused.stderr


def test_nothing_to_read(kg: Kg, tmp_path: Path) -> None:
    (tmp_path / "none").mkdir()
    result = kg("clean", tmp_path / "none")
    assert (result.exit_code, result.stdout) == (3, "")


def test_no_name_leads_out_of_the_folder() -> None:
    from kg.cli.clean import _file_name

    used: set[str] = set()
    names = ["../../etc/x", "a.zip/b.txt", "A.zip/b.txt", "..", "#1", "a:b\n.txt"]
    found = [_file_name(name, used, ".txt").as_posix() for name in names]
    assert found == ["etc/x.txt", "a.zip/b.txt", "A.zip/b (2).txt", "article.txt", "#1.txt", "a_b_.txt"]


def test_the_documentation_lists_the_repairs() -> None:
    told = (ROOT / "docs" / "cli.md").read_text("utf-8")
    assert all(f"`{name}`" in told for name in NAMES)
