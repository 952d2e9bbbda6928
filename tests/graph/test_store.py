"""What a build leaves on disk, and what a reader makes of it."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.graph import GraphNotFound, open_graph, write
from kg.graph import store as store_module
from kg.graph.texts import offset_map, runs, text_name
from kg.model import Knowledge, OffsetMap

from .sample import FIRST, SECOND, article


def files(out: Path) -> dict[str, bytes]:
    """Return what must be equal in two builds: all but the engine's own files."""
    found = (path for path in out.rglob("*") if path.is_file())
    return {
        path.relative_to(out).as_posix(): path.read_bytes()
        for path in found
        if path.relative_to(out).parts[0] != "store"
    }


def test_two_builds_are_byte_identical(sample, built, tmp_path):
    write(sample, tmp_path / "again")
    assert files(tmp_path / "again") == files(built)


def test_nothing_but_the_graph_is_left(built):
    assert sorted(path.name for path in built.iterdir()) == ["graph.nq", "manifest.json", "store", "texts"]


def test_the_store_holds_what_the_file_says(built, graph):
    lines = (built / "graph.nq").read_text("utf-8").splitlines()
    quads = list(graph.store.quads_for_pattern(None, None, None, None))
    named = [quad for quad in quads if quad.graph_name != ox.DefaultGraph()]
    assert sorted(f"{quad} ." for quad in named) == lines
    assert {quad.triple for quad in quads if quad not in named} == {quad.triple for quad in named}


def test_what_two_articles_say_is_found_once(graph):
    """A fact stands in the graph of each article that states it, and is one in queries over all graphs."""
    subject = "<https://kg.example/fact/0007>"
    assert (
        graph.store.query(f"SELECT (COUNT(*) AS ?n) {{ {subject} a ?c }}").serialize(
            format=ox.QueryResultsFormat.TSV
        )
        == b"?n\n1\n"
    )
    assert len(list(graph.store.query(f"SELECT ?g {{ GRAPH ?g {{ {subject} a ?c }} }}"))) == 2


def test_the_manifest(built, sample):
    manifest = json.loads((built / "manifest.json").read_text("utf-8"))
    assert manifest["counts"]["articles"] == 4 and manifest["counts"]["facts"] == 17
    assert manifest["counts"]["facts_by_type"]["Partnership"] == 5
    assert manifest["graph_sha256"] == hashlib.sha256((built / "graph.nq").read_bytes()).hexdigest()
    assert manifest["articles"][FIRST]["sha256"] == sample.articles[1].sha256
    assert manifest["skipped"] == [
        {"name": "news/broken.pdf", "kind": "quarantined", "reason": "it is encrypted"}
    ]


def test_texts_and_offsets_read_back(graph, sample):
    for known in sample.articles:
        text, offsets = graph.text(known.name), graph.offsets(known.name)
        assert text == known.text.replace("\x07", "\ufffd")
        assert list(offsets.starts) == list(known.offsets.starts)
        assert list(offsets.ends) == list(known.offsets.ends)
    assert "\r\n" in graph.text(SECOND)


def test_offset_runs_hold_any_map():
    starts, ends = [5, 6, 7, 7, 7, 20, 17, 14, 30], [6, 7, 9, 7, 7, 22, 19, 16, 40]
    again = offset_map(runs(OffsetMap(starts, ends)))
    assert (again.starts, again.ends) == (starts, ends)
    assert runs(OffsetMap(range(0, 3000, 3), range(3, 3003, 3))) == [[0, 3, 3, 1000]]


@pytest.mark.parametrize(
    "name",
    [
        "../escape.txt",
        "/etc/passwd",
        "a/../../b",
        "a//b",
        "c:d.txt",
        "新" * 100,
        "bad\udc80name",
        "a\nb",
        "a/",
    ],
)
def test_a_name_that_is_no_safe_path_gets_a_digest(name, tmp_path):
    known = article(name, "正文")
    assert len(text_name(known)) == 16 and text_name(known).isalnum()
    write(Knowledge((known,), (), ()), tmp_path / "out")
    (document,) = json.loads((tmp_path / "out" / "manifest.json").read_text("utf-8"))["articles"]
    assert open_graph(tmp_path / "out").text(document) == "正文"
    assert os.listdir(tmp_path) == ["out"]


def test_a_new_build_takes_the_place_of_the_old_and_leaves_other_files(sample, tmp_path):
    out = tmp_path / "out"
    write(sample, out)
    (out / "page.html").write_text("mine")
    write(replace(sample, articles=sample.articles[:1], facts=(), entities=()), out)
    assert open_graph(out).manifest["counts"]["facts"] == 0
    assert not (out / "texts" / f"{FIRST}.txt").exists()
    assert (out / "page.html").read_text() == "mine"


def test_a_build_that_fails_leaves_the_old_graph(sample, tmp_path, monkeypatch):
    out = tmp_path / "out"
    write(sample, out)
    before = files(out)
    moves = []

    def fail_at_the_fifth(source, target):
        moves.append(source)
        if len(moves) == 6:
            raise OSError("disk full")
        os.replace(source, target)
        return source, target

    monkeypatch.setattr(store_module, "_move", fail_at_the_fifth)
    with pytest.raises(OSError, match="disk full"):
        write(replace(sample, facts=()), out)
    assert files(out) == before
    assert open_graph(out).manifest["counts"]["facts"] == 17


_KILLED = """
import os, signal, sys
from pathlib import Path
from kg.graph import store, write
from tests.graph.sample import knowledge
moves = []
move = store._move
def die(source, target):
    moves.append(source)
    if len(moves) == int(sys.argv[2]):
        os.kill(os.getpid(), signal.SIGKILL)
    return move(source, target)
store._move = die
write(knowledge(), Path(sys.argv[1]))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="needs SIGKILL")
@pytest.mark.parametrize("step", [1, 3, 6, 8])
def test_a_killed_build_leaves_a_whole_graph_or_says_so(sample, built, tmp_path, step):
    out = tmp_path / "out"
    shutil.copytree(built, out)
    root = Path(__file__).parents[2]
    killed = subprocess.run([sys.executable, "-c", _KILLED, str(out), str(step)], cwd=root, check=False)
    assert killed.returncode == -9
    if step == 1:
        assert open_graph(out).manifest["counts"]["facts"] == 17
    else:
        with pytest.raises(GraphNotFound, match="only part of a graph"):
            open_graph(out)
    with pytest.raises(ValueError, match="base"):
        write(sample, out, base="nonsense")
    write(sample, out)
    assert files(out) == files(built)


def test_the_graph_of_a_build_killed_between_renames_comes_back(sample, built, tmp_path):
    out = tmp_path / "out"
    shutil.copytree(built, out)
    old = out / ".build-99999" / "old"
    old.mkdir(parents=True)
    for name in ("manifest.json", "store", "graph.nq"):
        os.rename(out / name, old / name)
    (out / "graph.nq").write_text("half of the next build")
    with store_module._sole_writer(out):
        pass
    assert files(out) == files(built)
    assert open_graph(out).manifest["counts"]["facts"] == 17


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such lock")
def test_two_builds_at_once_are_refused(sample, tmp_path):
    out = tmp_path / "out"
    out.mkdir()
    with store_module._sole_writer(out), pytest.raises(BlockingIOError, match="another build"):
        write(sample, out)


def test_no_folder(tmp_path):
    with pytest.raises(GraphNotFound, match="there is no folder"):
        open_graph(tmp_path / "typo")
    assert not (tmp_path / "typo").exists(), "opening must not create a store"


def test_no_graph(tmp_path):
    with pytest.raises(GraphNotFound, match="no graph"):
        open_graph(tmp_path)


@pytest.mark.parametrize(
    ("damage", "message"),
    [
        (lambda out: (out / "manifest.json").unlink(), "only part of a graph"),
        (lambda out: (out / "manifest.json").write_text("{"), "cannot be read"),
        (lambda out: (out / "manifest.json").write_text('{"format": 99}'), "another version"),
        (lambda out: shutil.rmtree(out / "store"), "cannot be opened"),
        (lambda out: _lose_a_quad(out), "of [0-9]+ statements"),
    ],
)
def test_a_damaged_graph_is_not_opened(built, tmp_path, damage, message):
    out = tmp_path / "out"
    shutil.copytree(built, out)
    damage(out)
    with pytest.raises(GraphNotFound, match=message):
        open_graph(out)


def _lose_a_quad(out: Path) -> None:
    import pyoxigraph as ox

    store = ox.Store(str(out / "store"))
    store.remove(next(iter(store)))
    store.flush()
