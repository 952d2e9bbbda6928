"""A file beside the articles may tell when they were published, and by whom."""

from __future__ import annotations

import json

import pytest

from kg.model import Article, Skipped
from kg.reading import read

TEXT = "缙云县去年烧饼网上销售额达到三亿元，比前年多出一半。\n"


def write(folder, name, *records):
    lines = (
        record if isinstance(record, str) else json.dumps(record, ensure_ascii=False) for record in records
    )
    (folder / name).write_text("\n".join(lines), encoding="utf-8")


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "b.txt").write_text("---\ndate: 2019-05-06\n---\n" + TEXT, encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize("name", ["published.jsonl", "metadata.jsonl"])
@pytest.mark.parametrize("key", ["doc", "file", "文件名"])
def test_it_tells_of_the_file_that_it_names(folder, name, key):
    write(folder, name, {key: "a.txt", "published": "2020-03-26", "source": "缙云日报"})
    article = next(item for item in read([folder]) if item.name == "a.txt")
    assert (article.published, article.published_origin, article.source) == (
        "2020-03-26",
        "record",
        "缙云日报",
    )


def test_what_the_article_says_itself_goes_before_it(folder):
    write(folder, "published.jsonl", {"doc": "b.txt", "published": "2020-03-26"})
    article = next(item for item in read([folder]) if item.name == "b.txt")
    assert (article.published, article.published_origin) == ("2019-05-06", "front-matter")


def test_it_is_accounted_for_and_no_article(folder):
    write(
        folder,
        "published.jsonl",
        {"doc": "a.txt", "published": "2020-03-26"},
        {"doc": "c.txt", "date": "2020"},
    )
    (skipped,) = [item for item in read([folder]) if isinstance(item, Skipped)]
    assert (skipped.name, skipped.kind) == ("published.jsonl", "empty")
    assert "2 articles" in skipped.reason


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("{", "Line 2 is not well-formed JSON."),
        ("[1]", "Line 2 is no JSON object."),
        ('{"date": "2020"}', "Line 2 names no file."),
    ],
)
def test_a_bad_line_is_named_and_costs_no_article(folder, line, said):
    write(folder, "published.jsonl", {"doc": "a.txt", "published": "2020-03-26"}, line)
    found = {item.name: item for item in read([folder])}
    assert (found["published.jsonl"].reason, found["published.jsonl"].kind) == (said, "quarantined")
    assert isinstance(found["a.txt"], Article) and isinstance(found["b.txt"], Article)


def test_records_with_a_text_are_articles(folder):
    write(folder, "metadata.jsonl", {"doc": "x", "text": TEXT})
    assert any(isinstance(item, Article) and item.name == "metadata.jsonl#1" for item in read([folder]))


def test_a_link_is_not_followed(folder, tmp_path_factory):
    other = tmp_path_factory.mktemp("other")
    write(other, "x.jsonl", {"doc": "a.txt", "published": "2020-03-26"})
    (folder / "published.jsonl").symlink_to(other / "x.jsonl")
    article = next(item for item in read([folder]) if item.name == "a.txt")
    assert article.published != "2020-03-26"
