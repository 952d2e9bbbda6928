"""kg build: what it writes, what it says, and how it fails."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import Result

from kg import pipeline

from .support import Kg

ARTICLE = "2015年5月，肃宁县与阿里巴巴集团签订合作框架协议。\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with two articles, one of them in a folder below, and two files that cannot be read."""
    folder = tmp_path / "news"
    (folder / "sub").mkdir(parents=True)
    (folder / "a.txt").write_text(ARTICLE, "utf-8")
    (folder / "sub" / "b.txt").write_text("2016年6月，曹县与京东集团签订战略合作协议。\n", "utf-8")
    (folder / "empty.txt").touch()
    (folder / "photo.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(32))
    return folder


def graph_of(result: Result, out: Path) -> dict[str, object]:
    assert (out / "network.html").stat().st_size > 1000
    manifest: dict[str, object] = json.loads((out / "manifest.json").read_bytes())
    return manifest


def test_a_folder_with_bad_files(kg: Kg, folder: Path) -> None:
    result = kg("build", folder)
    assert result.exit_code == 0
    manifest = graph_of(result, Path("build"))
    assert sorted(manifest["articles"]) == ["a.txt", "sub/b.txt"]  # type: ignore[call-overload]
    table = [line.split() for line in result.stdout.splitlines()]
    assert table[0] == ["what", "kind", "number"]
    numbers = {line[1]: int(line[2]) for line in table if line[:1] == ["articles"]}
    assert numbers == {"found": 4, "read": 2, "empty": 1, "refused": 1, "quarantined": 0}
    assert ["facts", "Partnership", "2"] in table
    assert any(line[:2] == ["entities", "Organization"] for line in table)
    assert any(line[:1] == ["empty.txt"] for line in table) and any(
        line[:1] == ["photo.png"] for line in table
    )
    for message in ("read 2 articles, skipped 2", "empty empty.txt: ", "refused photo.png: "):
        assert message in result.stderr


def test_asking_what_was_built(kg: Kg, folder: Path) -> None:
    kg("build", folder)
    rows = json.loads(kg("ask", "who partnered with Alibaba when", "--format", "json").stdout)
    assert [(row["partner"], row["date"], row["quote"]) for row in rows] == [
        ("肃宁县", "2015-05", ARTICLE.strip())
    ]


def test_quiet(kg: Kg, folder: Path) -> None:
    result = kg("build", folder, "--quiet")
    assert "read 2 articles" not in result.stderr and "empty empty.txt" in result.stderr


def test_what_is_quarantined(kg: Kg, folder: Path) -> None:
    (folder / "torn.pdf").write_bytes(b"%PDF-1.4\n1 0 obj\n<<")
    result = kg("build", folder)
    assert result.exit_code == 6 and "quarantined torn.pdf: " in result.stderr
    assert json.loads(Path("build/manifest.json").read_bytes())["skipped"][2]["kind"] == "quarantined"
    before = Path("build/graph.nq").read_bytes()
    (folder / "c.txt").write_text(ARTICLE, "utf-8")
    result = kg("build", folder, "--strict")
    assert (result.exit_code, result.stdout) == (6, "") and "nothing was written" in result.stderr
    assert Path("build/graph.nq").read_bytes() == before
    (folder / "torn.pdf").unlink()
    assert kg("build", folder, "--strict").exit_code == 0


def test_fields_workers_and_standard_input(kg: Kg, folder: Path) -> None:
    record = json.dumps(
        {"a": ARTICLE, "b": "2016年6月，曹县与京东集团签订战略合作协议。", "d": "2020-01-02"}
    ).encode()
    assert kg("build", "-", "--field", "text=b", "--workers", "1", input=record).exit_code == 0
    (fact,) = map(json.loads, kg("facts", "--type", "Partnership", "--format", "jsonl").stdout.splitlines())
    assert fact["roles"]["partner"] == ["京东集团", "曹县"] or fact["roles"]["partner"] == [
        "曹县",
        "京东集团",
    ]
    for wrong in ("txt=b", "text", "text="):
        assert kg("build", folder, "--field", wrong).exit_code == 2


def test_repairs_can_be_left_out(kg: Kg, folder: Path) -> None:
    (folder / "a.txt").write_text(ARTICLE.replace("5月", "5\u200b月"), "utf-8")
    assert kg("build", folder / "a.txt", "--without", "invisible-character").exit_code == 0
    assert any("\u200b" in path.read_text("utf-8", "ignore") for path in Path("build/texts").iterdir())
    assert kg("build", folder / "a.txt", "--only", "invisible-character").exit_code == 0
    assert not any("\u200b" in path.read_text("utf-8", "ignore") for path in Path("build/texts").iterdir())
    assert kg("build", folder, "--without", "everything").exit_code == 2


def test_base(kg: Kg, folder: Path) -> None:
    kg("build", folder / "a.txt", env={"KG_BASE": "https://data.example.org/"})
    lines = Path("build/graph.nq").read_text("utf-8")
    assert "<https://data.example.org/" in lines and "<https://kg.example/place" not in lines
    result = kg("build", folder / "a.txt", "--base", "ftp://example.org")
    assert result.exit_code == 2 and "ftp://example.org" in result.stderr


def test_unknown_pipeline(kg: Kg, folder: Path) -> None:
    result = kg("build", folder, "--pipeline", "zh_core_no_such")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "zh_core_no_such" in result.stderr
    assert not Path("build").exists()


@pytest.mark.parametrize("what", ["missing", "empty folder", "empty file", "wrong kind"])
def test_nothing_to_read(kg: Kg, folder: Path, tmp_path: Path, what: str) -> None:
    (tmp_path / "empty folder").mkdir()
    path = {"empty file": folder / "empty.txt", "wrong kind": folder / "photo.png"}.get(what, tmp_path / what)
    result = kg("build", path)
    assert (result.exit_code, result.stdout) == (3, "")
    assert str(path) in result.stderr and "nothing was written" in result.stderr
    assert not Path("build").exists()


def test_nothing_to_read_leaves_the_former_graph(kg: Kg, folder: Path) -> None:
    kg("build", folder)
    before = Path("build/graph.nq").read_bytes()
    assert kg("build", "missing").exit_code == 3
    assert Path("build/graph.nq").read_bytes() == before


@pytest.mark.parametrize("name", ["missing", "barren"])
def test_the_other_paths_go_through(kg: Kg, folder: Path, tmp_path: Path, name: str) -> None:
    (tmp_path / "barren").mkdir()
    result = kg("build", tmp_path / name, folder)
    assert result.exit_code == 3
    assert f"missing {tmp_path / name}: " in result.stderr
    assert sorted(graph_of(result, Path("build"))["articles"]) == ["a.txt", "sub/b.txt"]  # type: ignore[call-overload]


def test_output_among_the_input(kg: Kg, folder: Path) -> None:
    for out in (folder / "build", folder):
        result = kg("build", folder, "--out", out)
        assert result.exit_code == 2 and "next build" in result.stderr


def test_output_that_cannot_be_written(kg: Kg, folder: Path) -> None:
    result = kg("build", folder, "--out", "/dev/null/build")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "cannot be written" in result.stderr
    assert kg("build", folder, "--out", folder / "a.txt").exit_code == 2


def test_invalid_graph(kg: Kg, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def build(*args: object) -> None:
        raise pipeline.InvalidGraph(["fact/1 has no partner", "fact/2 has no quote"])

    monkeypatch.setattr(pipeline, "build", build)
    result = kg("build", folder)
    assert (result.exit_code, result.stdout) == (1, "")
    assert "fact/1 has no partner" in result.stderr and "fact/2 has no quote" in result.stderr


def test_no_paths(kg: Kg) -> None:
    assert kg("build").exit_code == 2
