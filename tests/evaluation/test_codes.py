"""The official codes of places, compared with those that a reader has looked up."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.evaluation import BadLine, gold_codes, predicted_entities, score_codes

ROOT = Path(__file__).parents[2]
HEAD = "# Looked up by hand.\ndoc\tname\tcode\n"


def place(name: str, code: str | None, *aliases: str, doc: str = "a.txt", cls: str = "Place") -> dict:
    return {"doc": doc, "class": cls, "names": name, "aliases": list(aliases), "code": code}


def score(tmp_path: Path, rows: str, *found: dict) -> tuple[int, list[tuple[str, tuple]]]:
    path = tmp_path / "places.tsv"
    path.write_text(HEAD + rows, "utf-8")
    codes = score_codes(gold_codes(path), predicted_entities(found))
    return codes.right, [(one.name, codes_found) for one, codes_found in codes.wrong]


@pytest.mark.parametrize(
    "found",
    [
        [place("曹县", "371721")],
        [place("曹州", "371721", "曹县")],  # by another of its names
        [place("曹县", None), place("曹县", "371721")],  # one of two
    ],
)
def test_right(tmp_path, found):
    assert score(tmp_path, "a.txt\t曹县\t371721\n", *found) == (1, [])


@pytest.mark.parametrize(
    ("found", "codes"),
    [
        ([place("曹县", "371722")], ("371722",)),
        ([place("曹县", None)], (None,)),
        ([place("单县", "371721")], ()),
        ([place("曹县", "371721", doc="b.txt")], ()),
        ([place("曹县", "371721", cls="Organization")], ()),
    ],
)
def test_wrong(tmp_path, found, codes):
    assert score(tmp_path, "a.txt\t曹县\t371721\n", *found) == (0, [("曹县", codes)])


def test_what_the_list_lacks_must_be_found_without_a_code(tmp_path):
    row = "a.txt\t小李村|李村\t-\n"
    assert score(tmp_path, row, place("小李村", None)) == (1, [])
    assert score(tmp_path, row, place("李村", "371721121201")) == (0, [("小李村|李村", ("371721121201",))])
    assert score(tmp_path, row) == (0, [("小李村|李村", ())])


@pytest.mark.parametrize(
    "row", ["a.txt\t曹县\n", "a.txt\t曹县\t\n", "a.txt\t曹县\t37 17\n", "a.txt 曹县 371721\n"]
)
def test_a_bad_line_is_named(tmp_path, row):
    with pytest.raises(BadLine, match=r"places\.tsv, line 3: "):
        score(tmp_path, row)


@pytest.mark.parametrize("name", ["seeds", "dev"])
def test_the_gold_names_places_of_its_articles_with_codes_of_the_official_list(name):
    from kg.linking import gazetteer

    folder = ROOT / "tests/gold" / name
    articles = ROOT / "seeds" if name == "seeds" else folder / "articles"
    rows = gold_codes(folder / "places.tsv")
    assert len(rows) > 70
    for row in rows:
        assert (articles / row.document).is_file(), row
        assert row.code is None or gazetteer.division(row.code), row
