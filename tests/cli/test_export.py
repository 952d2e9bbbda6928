"""The RDF exports hold what graph.nq holds, in the same bytes each time."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import rdflib

from .support import Kg

# rdflib's own readers and writers use names that rdflib has deprecated.
pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib")
NAMED = {"trig": "trig", "nquads": "nquads", "jsonld": "json-ld"}


def quads(data: str | bytes, form: str) -> set[tuple[str, ...]]:
    dataset = rdflib.Dataset()
    dataset.parse(data=data, format=form)
    return {(s.n3(), p.n3(), _value(o), str(g)) for s, p, o, g in dataset.quads()}


def _value(term: rdflib.term.Node) -> str:
    # 120000000 and 120000000.0 are one xsd:decimal.
    if isinstance(term, rdflib.Literal) and term.datatype == rdflib.XSD.decimal:
        return f"{term.toPython():f}".rstrip("0").rstrip(".") if "." in str(term) else str(term)
    return term.n3()


@pytest.mark.parametrize("form", NAMED)
def test_named_graphs_are_kept(seeded: Kg, seed_graph: Path, form: str) -> None:
    result = seeded("export", "--format", form)
    expected = quads((seed_graph / "graph.nq").read_bytes(), "nquads")
    assert result.exit_code == 0
    assert quads(result.stdout_bytes, NAMED[form]) == expected


def test_turtle_is_the_union(seeded: Kg, seed_graph: Path) -> None:
    union = rdflib.Graph().parse(data=seeded("export").stdout_bytes, format="turtle")
    expected = {quad[:3] for quad in quads((seed_graph / "graph.nq").read_bytes(), "nquads")}
    assert {(s.n3(), p.n3(), _value(o)) for s, p, o in union} == expected


@pytest.mark.parametrize("form", ["turtle", "trig", "jsonld"])
def test_the_bytes_do_not_depend_on_hash_seeds(seed_graph: Path, form: str) -> None:
    command = [sys.executable, "-m", "kg", "export", "--graph", str(seed_graph), "--format", form]
    first, second = (
        subprocess.run(
            command, env=os.environ | {"PYTHONHASHSEED": seed}, check=True, capture_output=True
        ).stdout
        for seed in "12"
    )
    assert first == second and first


def test_a_damaged_file_is_not_exported(kg: Kg, seed_graph: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(seed_graph, copy)
    (copy / "graph.nq").write_bytes((copy / "graph.nq").read_bytes()[:-10])
    result = kg("export", "--graph", copy)
    assert (result.exit_code, result.stdout) == (4, "")
    assert "damaged" in result.stderr
