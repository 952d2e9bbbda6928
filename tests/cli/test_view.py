"""The page: where it goes and what standard output says."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from .support import Kg


@pytest.fixture(scope="module")
def copied(seed_graph: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return shutil.copytree(seed_graph, tmp_path_factory.mktemp("view") / "build")


def test_beside_the_graph(kg: Kg, copied: Path) -> None:
    result = kg("view", "--graph", copied)
    assert (result.exit_code, result.stdout) == (0, f"{copied / 'network.html'}\n")
    page = (copied / "network.html").read_text("utf-8")
    assert "阿里巴巴集团" in page and "肃宁县" in page


def test_file_and_standard_output(kg: Kg, copied: Path, tmp_path: Path) -> None:
    out = tmp_path / "new" / "page.html"
    assert kg("view", "--graph", copied, "--out", out).stdout == f"{out}\n"
    assert [path.name for path in out.parent.iterdir()] == ["page.html"]
    assert kg("view", "--graph", copied, "--out", "-").stdout == out.read_text("utf-8")


def test_a_place_that_cannot_be_written(kg: Kg, copied: Path, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    result = kg("view", "--graph", copied, "--out", tmp_path / "file" / "page.html")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "cannot be written" in result.stderr
    assert kg("view", "--graph", copied, "--out", tmp_path).exit_code == 2
