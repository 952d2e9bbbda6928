"""Every kind of file is told by its content and read whole, and every character leads back to its bytes."""

from __future__ import annotations

import bz2
import gzip
import io
import json
import tarfile
from itertools import zip_longest
from pathlib import Path

import pytest

from kg.model import Article, Skipped
from kg.reading import read
from kg.reading.article import read_document
from kg.reading.formats.pdf import text_layer
from kg.reading.source import Limits
from kg.reading.unpack import documents

from . import samples
from .samples import PARAGRAPHS, TEXT

SEEDS = Path(__file__).parents[2] / "seeds"
DEV = Path(__file__).parents[1] / "gold" / "dev" / "articles"
RECORDS = [
    {
        "title": "曹县电商",
        "content": TEXT,
        "publish_time": "2020-05-01",
        "views": 3,
        "more": {"content": "不是"},
    },
    {"body": TEXT.replace("曹县", "单县"), "来源": "山东新闻网"},
]
HTML = f"<html><body><h1>曹县电商</h1>{''.join(f'<p>{p}</p>' for p in PARAGRAPHS)}</body></html>"
CSV = "id,标题,正文,日期\n" + f'1,曹县,"{TEXT} 他说""好""。",2020-05-01\n2,单县,短文一篇,\n'


def items(name: str, data: bytes, fields: dict[str, str] | None = None) -> list[Article | Skipped]:
    found = documents(name, io.BytesIO(data), Limits(), fields, len(data))
    return [item if isinstance(item, Skipped) else read_document(*item) for item in found]


def tar(members: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        for name, data in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return out.getvalue()


LINE = b'{"text": "\\u7535\\u5546"}'
FILES: dict[str, bytes] = {
    "a.txt": TEXT.encode(),
    "a.gbk": TEXT.encode("gbk"),
    "a.html": HTML.encode("gb18030"),
    "a.md": f"---\ntitle: 题\n---\n# 曹县\n\n{TEXT}".encode(),
    "a.pdf": samples.pdf([samples.wrapped(TEXT, 32)]),
    "a.docx": samples.docx(),
    "a.json": json.dumps(RECORDS, indent=1).encode(),
    "b.json": json.dumps({"meta": {"n": 2}, "data": RECORDS}, ensure_ascii=False).encode("utf-16"),
    "a.jsonl": "\n".join(map(json.dumps, RECORDS)).encode(),
    "b.jsonl": "\n".join(json.dumps(r, ensure_ascii=False) for r in RECORDS).encode("gb18030"),
    "a.csv": CSV.encode(),
    "b.csv": CSV.encode("gb18030"),
    "c.csv": CSV.encode("utf-16"),
    "a.gz": gzip.compress(TEXT.encode()),
    "a.warc": samples.warc([HTML.encode()], compress=False),
    "a.warc.gz": samples.warc([HTML.encode(), HTML.replace("曹县", "单县").encode("gbk")]),
    "a.zip": samples.packed({"x/a.txt": TEXT.encode(), "b.docx": samples.docx(), "c.jsonl.gz": gzip.compress(LINE)}),
    "a.tar.gz": gzip.compress(tar({"x/a.txt": TEXT.encode()})),
}  # fmt: skip
NAMES = {
    "a.json": ["a.json#1", "a.json#2"],
    "b.json": ["b.json#1", "b.json#2"],
    "a.jsonl": ["a.jsonl#1", "a.jsonl#2"],
    "b.jsonl": ["b.jsonl#1", "b.jsonl#2"],
    "a.csv": ["a.csv#1", "a.csv#2"],
    "b.csv": ["b.csv#1", "b.csv#2"],
    "c.csv": ["c.csv#1", "c.csv#2"],
    "a.warc": ["a.warc#1"],
    "a.warc.gz": ["a.warc.gz#1", "a.warc.gz#2"],
    "a.zip": ["a.zip/x/a.txt", "a.zip/b.docx", "a.zip/c.jsonl.gz#1"],
    "a.tar.gz": ["a.tar.gz/x/a.txt"],
}


@pytest.mark.parametrize("name", FILES)
def test_every_document_is_found_whatever_the_file_is_called(name: str) -> None:
    found = items(name, FILES[name])
    assert [item.name for item in found] == NAMES.get(name, [name])
    assert all(isinstance(item, Article) for item in found), found
    assert isinstance(found[0], Article)
    for paragraph in PARAGRAPHS:
        assert paragraph in found[0].text.replace("\n", "")
    anonymous = items("x", FILES[name])
    assert [item.text for item in anonymous if isinstance(item, Article)] == [
        item.text for item in found if isinstance(item, Article)
    ]


def all_documents() -> list[tuple[str, bytes]]:
    files = [*SEEDS.iterdir(), *DEV.iterdir()]
    return [*FILES.items(), *((path.name, path.read_bytes()) for path in sorted(files))]


@pytest.mark.parametrize(
    ("name", "data"), all_documents(), ids=lambda value: value if isinstance(value, str) else ""
)
def test_every_character_leads_back_to_its_bytes(name: str, data: bytes) -> None:
    for item in documents(name, io.BytesIO(data), Limits()):
        assert not isinstance(item, Skipped)
        document = item[1]
        article = read_document(*item)
        assert isinstance(article, Article)
        same = 0
        for i, char in enumerate(article.text):
            start, end = article.offsets.original(i, i + 1)
            assert 0 <= start <= end <= len(document.data)
            piece = document.data[start:end].decode(article.encoding, "replace")
            same += piece == char or char == "\n"
            if piece.startswith("\\u"):
                same += json.loads(f'"{piece}"') == char
        repaired = any(repair.startswith(("pinyin", "byte-slip")) for repair in article.repairs)
        assert same >= (0.5 if repaired else 0.99) * len(article.text)


def test_records_have_titles_and_dates() -> None:
    first, second = items("a.json", FILES["a.json"])
    assert isinstance(first, Article) and isinstance(second, Article)
    assert first.text.startswith("曹县电商\n6月23日")
    assert (first.title, first.published, first.published_origin) == ("曹县电商", "2020-05-01", "record")
    assert second.source == "山东新闻网"
    assert "不是" not in first.text


def test_the_user_names_columns() -> None:
    data = json.dumps({"zw": TEXT, "bt": "曹县电商", "rq": "2021-01-02", "content": "别的"}).encode()
    (found,) = items("a.json", data, {"text": "zw", "title": "BT", "date": "rq"})
    assert isinstance(found, Article)
    assert found.text.startswith("曹县电商\n6月23日")
    assert (found.title, found.published) == ("曹县电商", "2021-01-02")


@pytest.mark.parametrize(
    ("data", "kinds"),
    [
        (json.dumps(RECORDS).encode()[:-30], ["a.x#1 ok", "a.x#2 quarantined"]),
        (b'{"a": }', ["a.x#1 quarantined"]),
        ('{"n": 1}\n{"content": "电商"}\nnot json\n'.encode(), ["a.x#1 empty", "a.x#2 ok", "a.x#3 quarantined"]),
        (samples.packed({}), ["a.x empty"]),
        (FILES["a.zip"][:200], ["a.x quarantined"]),
        (FILES["a.gz"][:-9], ["a.x quarantined"]),
        (samples.warc([HTML.encode()], status=b"404 Not Found"), ["a.x#1 empty"]),
        (samples.warc([]), ["a.x empty"]),
        (FILES["a.warc.gz"][:-30], ["a.x#1 ok", "a.x#2 ok", "a.x quarantined"]),
        (samples.packed({"a.txt": b"", "b.jpg": b"\xff\xd8\xff"}), ["a.x/a.txt empty", "a.x/b.jpg refused"]),
        (samples.packed({"../../a.txt": TEXT.encode(), "/b.txt": TEXT.encode()}), ["a.x/a.txt ok", "a.x/b.txt ok"]),
        (samples.packed({"[Content_Types].xml": b"<x/>", "xl/a.xml": TEXT.encode()}), ["a.x quarantined"]),
        (samples.packed({"bomb.txt": bytes(11_000_000)}), ["a.x/bomb.txt quarantined"]),
        (bz2.compress(TEXT.encode()), ["a.x quarantined"]),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(99), ["a.x quarantined"]),
        (samples.pdf([[]]), ["a.x quarantined"]),
    ],
)  # fmt: skip
def test_damaged_files_lose_only_what_is_damaged(data: bytes, kinds: list[str]) -> None:
    found = items("a.x", data)
    assert [f"{item.name} {'ok' if isinstance(item, Article) else item.kind}" for item in found] == kinds


def test_a_trap_of_an_archive_is_left() -> None:
    zeros = gzip.compress(bytes(9_000_000))
    found = items("a.zip", samples.packed({f"{i:03}.gz": zeros for i in range(40)}))
    assert isinstance(found[-1], Skipped) and "trap" in found[-1].reason
    assert len(found) < 40


def test_archives_in_archives_have_an_end() -> None:
    data = TEXT.encode()
    for _ in range(10):
        data = gzip.compress(data)
    (found,) = items("a.gz", data)
    assert isinstance(found, Skipped) and "packed more than" in found.reason


def test_old_archives_name_their_members_in_gbk() -> None:
    data = samples.packed({"AABB.txt": TEXT.encode()}).replace(b"AABB", "新闻".encode("gbk"))
    assert [item.name for item in items("a.zip", data)] == ["a.zip/新闻.txt"]


def test_columns_of_a_pdf_are_read_one_after_the_other() -> None:
    left = samples.wrapped(TEXT, 16, 60, 700)
    right = samples.wrapped(TEXT.replace("曹县", "单县"), 16, 320, 700)
    rows = [line for pair in zip_longest(left, right) for line in pair if line]
    headline = (60.0, 780.0, "曹县单县两地电商发展纪实：从田间地头走向全国市场")
    page = [headline, *rows, (280.0, 40.0, "— 3 —")]
    text, repairs = text_layer(samples.pdf([page]))
    whole = [headline[2], *PARAGRAPHS, *TEXT.replace("曹县", "单县").split("\n")]
    assert [line.strip("\u3000") for line in text.split("\n")] == whole
    assert repairs == {"page-furniture": 1, "line-break": 12}


def test_running_heads_of_a_pdf_go() -> None:
    pages = [
        [(200.0, 810.0, f"经济日报 第{n}版"), *samples.wrapped(text, 32)]
        for n, text in enumerate(PARAGRAPHS, 1)
    ]
    text, repairs = text_layer(samples.pdf(pages))
    assert repairs["page-furniture"] == 3
    assert [line.strip("\u3000") for line in text.split("\n")] == list(PARAGRAPHS)


def test_a_paragraph_goes_on_in_the_next_column_and_page() -> None:
    lines = samples.wrapped(PARAGRAPHS[1] + PARAGRAPHS[2], 24)
    text, _ = text_layer(samples.pdf([samples.wrapped(PARAGRAPHS[0], 24) + [(x, y - 100, t) for x, y, t in lines[:2]],
                                      [(x, 780 - 18 * i, t) for i, (x, _, t) in enumerate(lines[2:])]]))  # fmt: skip
    assert [line.strip("\u3000") for line in text.split("\n")] == [
        PARAGRAPHS[0],
        PARAGRAPHS[1] + PARAGRAPHS[2],
    ]


def test_a_folder_of_everything(tmp_path: Path) -> None:
    for name, data in FILES.items():
        (tmp_path / name).write_bytes(data)
    expected = sorted(document for name in FILES for document in NAMES.get(name, [name]))
    for workers in (1, 2):
        found = list(read([tmp_path], workers=workers))
        assert all(isinstance(item, Article) for item in found)
        assert sorted(item.name for item in found) == expected
