"""No file is lost, and none that is not an article's is opened."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from kg.model import Article, Skipped
from kg.reading import read

TEXT = "近日，曹县大集镇的淘宝村发展迅速。"


def reasons(*paths: Path) -> dict[str, str]:
    return {item.name: item.reason for item in read(paths) if isinstance(item, Skipped)}


def names(*paths: Path) -> list[str]:
    return [item.name for item in read(paths) if isinstance(item, Article)]


def test_a_folder_is_read_at_any_depth_in_order(tmp_path: Path) -> None:
    for name in ("b/2.md", "b/1.html", "a.txt", "b.HTM"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(TEXT, encoding="utf-8")
    assert names(tmp_path) == ["a.txt", "b.HTM", "b/1.html", "b/2.md"]


def test_a_file_is_named_by_its_own_name(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    assert names(tmp_path / "a.txt") == ["a.txt"]


def test_hidden_files_are_passed_over(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git" / "x.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / ".x.txt").write_text(TEXT, encoding="utf-8")
    (skipped,) = read([tmp_path])
    assert isinstance(skipped, Skipped) and (skipped.name, skipped.kind) == (str(tmp_path), "missing")


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("empty.txt", b"", "empty"),
        ("blank.txt", b" \n \n", "only white space"),
        ("english.txt", b"Nothing but English.", "no Chinese text"),
        ("noise.txt", bytes(range(128, 256)) * 40, "not text in UTF-8"),
        ("photo.txt", b"\xff\xd8\xff\xe0", "a picture"),
        ("nav.html", "<html><body><nav>首页</nav></body></html>".encode(), "Nothing in it is the text"),
    ],
)
def test_a_file_without_an_article_is_skipped_with_the_reason(
    tmp_path: Path, name: str, data: bytes, reason: str
) -> None:
    (tmp_path / name).write_bytes(data)
    found = reasons(tmp_path)
    assert list(found) == [name]
    assert reason in found[name]
    assert found[name].endswith(".")


def test_a_missing_path(tmp_path: Path) -> None:
    assert reasons(tmp_path / "none") == {str(tmp_path / "none"): "The path does not exist."}


def test_links_and_pipes_in_a_folder_are_not_followed(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "secret.txt").write_text(TEXT, encoding="utf-8")
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "a.txt").symlink_to(outside / "secret.txt")
    (folder / "b").symlink_to(outside)
    (folder / "loop").symlink_to(folder)
    os.mkfifo(folder / "pipe.txt")
    found = reasons(folder)
    assert sorted(found) == ["a.txt", "b", "loop", "pipe.txt"]
    assert "symbolic link" in found["a.txt"]
    assert "not a regular file" in found["pipe.txt"]
    assert names(folder) == []


def test_a_link_that_the_user_names_is_followed(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "b.txt").symlink_to(tmp_path / "a.txt")
    assert names(tmp_path / "b.txt") == ["b.txt"]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_an_unreadable_file(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "a.txt").chmod(0)
    assert "permission denied" in reasons(tmp_path)["a.txt"]


def test_of_two_files_with_one_name_the_later_is_skipped(tmp_path: Path) -> None:
    for folder in ("x", "y"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "a.txt").write_text(TEXT, encoding="utf-8")
    items = list(read([tmp_path / "x", tmp_path / "y"]))
    assert [type(item) for item in items] == [Article, Skipped]
    assert reasons(tmp_path / "x", tmp_path / "y") == {
        "a.txt": "Another file of this name was read before it."
    }


def test_a_name_that_is_no_text_is_written_with_escapes(tmp_path: Path) -> None:
    try:
        with open(os.fsencode(tmp_path) + b"/\xd0\xc2.txt", "wb") as file:
            file.write(TEXT.encode())
    except OSError:
        pytest.skip("this file system takes only names in UTF-8")
    assert names(tmp_path) == ["\\xd0\\xc2.txt"]
