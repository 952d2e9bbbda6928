"""The graph on disk: written whole, put in place by renames, opened read-only.

A folder holds ``graph.nq``, ``store/`` (the same quads, indexed, and in its default graph every triple of
them once), ``texts/`` and, written last and removed first, ``manifest.json``: without it the folder is no
graph.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from importlib import metadata
from pathlib import Path
from typing import Any, cast

import pyoxigraph as ox

from kg.graph import iris, rdf, texts
from kg.graph.schema import Schema, load_schema
from kg.model import Article, Knowledge, OffsetMap

FORMAT = 2
_PARTS = ("graph.nq", "store", "texts")
_STAGING = ".build-"


class GraphNotFound(Exception):
    """There is no complete graph in the folder. The message says what to do."""


@dataclass(frozen=True, eq=False)
class Graph:
    """An open graph, read-only. ``manifest`` is manifest.json; ``base`` heads every data IRI."""

    path: Path
    base: str
    manifest: Mapping[str, Any] = field(repr=False)
    store: ox.Store = field(repr=False)
    schema: Schema = field(repr=False)

    @cached_property
    def names(self) -> Any:
        """The index of entity names (``kg.graph.names.Names``), built at first use."""
        from kg.graph.names import Names

        return Names(self)

    def statements(
        self,
        predicate: str | None = None,
        value: str | None = None,
        graph: str | None = None,
        subject: str | None = None,
    ) -> Iterator[tuple[str, str, rdf.Term]]:
        """Yield subject IRI, predicate IRI and object. ``value`` is an IRI, ``graph`` a path below base.

        Without ``graph`` all graphs are read as one, each statement once.
        """
        found = self.store.quads_for_pattern(
            ox.NamedNode(subject) if subject else None,
            ox.NamedNode(predicate) if predicate else None,
            ox.NamedNode(value) if value else None,
            ox.NamedNode(iris.join(self.base, graph)) if graph else ox.DefaultGraph(),
        )
        for quad in found:
            # This stage writes neither blank nodes nor quoted triples.
            yield cast(ox.NamedNode, quad.subject).value, quad.predicate.value, cast(rdf.Term, quad.object)

    def text(self, document: str) -> str:
        """Return the cleaned text of a document. Raises KeyError for an unknown one."""
        return self._text_file(document, ".txt").decode()

    def article(self, document: str) -> Article:
        """Return an article as far as the graph knows it. Raises KeyError for an unknown document."""
        known = self.manifest["articles"][document]
        node = ox.NamedNode(known["iri"])
        told = {
            quad.predicate.value: cast(rdf.Term, quad.object).value
            for quad in self.store.quads_for_pattern(node, None, None, ox.DefaultGraph())
        }
        return Article(
            document,
            self.text(document),
            self.offsets(document),
            known["sha256"],
            "utf-8",
            title=told.get("http://purl.org/dc/terms/title"),
            source=told.get("http://purl.org/dc/elements/1.1/publisher"),
            published=told.get("http://purl.org/dc/terms/issued"),
        )

    def offsets(self, document: str) -> OffsetMap:
        """Return the map from the cleaned text to the original bytes. Raises KeyError for an unknown one."""
        return texts.offset_map(json.loads(self._text_file(document, ".offsets.json"))["runs"])

    def _text_file(self, document: str, suffix: str) -> bytes:
        return (self.path / "texts" / (self.manifest["articles"][document]["text"] + suffix)).read_bytes()


def write(
    knowledge: Knowledge,
    out: Path,
    base: str = iris.DEFAULT_BASE,
    quads: list[ox.Quad] | None = None,
    approve: Callable[[], None] = lambda: None,
) -> None:
    """Write the graph of ``knowledge`` to the folder ``out``, in place of any graph there.

    ``quads`` are those of the knowledge, where they have been made already. Everything is built in a folder inside
    ``out`` and renamed when ``approve`` returns: a build that dies, and what that raises, leave the former graph.
    Other files in ``out`` stay. Equal knowledge gives equal bytes, but for the files of ``store/``.
    Raises ValueError for knowledge that the ontology does not describe, OSError where nothing can be written.
    """
    quads = rdf.quads(knowledge, base) if quads is None else quads
    data = rdf.nquads(quads)
    out.mkdir(parents=True, exist_ok=True)
    with _sole_writer(out):
        staging = out / f"{_STAGING}{os.getpid()}"
        try:
            (staging / "texts").mkdir(parents=True)
            _write_file(staging / "graph.nq", data)
            for article in knowledge.articles:
                texts.write_text(staging / "texts", article)
            triples = {quad.triple for quad in quads}
            _write_store(staging / "store", quads, triples)
            manifest = _manifest(knowledge, base, quads, data, len(triples))
            text = json.dumps(manifest, ensure_ascii=False, indent=1, sort_keys=True)
            _write_file(staging / "manifest.json", text.encode() + b"\n")
            approve()
            _publish(staging, out)
        finally:
            shutil.rmtree(staging, ignore_errors=True)


def open_graph(out: Path) -> Graph:
    """Open the graph in the folder ``out`` for reading.

    Raises GraphNotFound if there is none, not all of it, or one of another format; the message says which.
    """
    out = Path(out)
    advice = "build one there with `kg build`"
    if not out.is_dir():
        raise GraphNotFound(f"there is no folder {str(out)!r}: {advice}")
    try:
        manifest = json.loads((out / "manifest.json").read_bytes())
    except FileNotFoundError:
        some = any((out / part).exists() for part in _PARTS)
        state = "only part of a graph (a build was cut short)" if some else "no graph"
        raise GraphNotFound(f"{str(out)!r} holds {state}: {advice}") from None
    except (OSError, ValueError) as error:
        raise GraphNotFound(f"the manifest of {str(out)!r} cannot be read ({error}): {advice}") from error
    if not isinstance(manifest, dict) or manifest.get("format") != FORMAT:
        raise GraphNotFound(f"{str(out)!r} was written by another version: {advice}")
    try:
        store = ox.Store.read_only(str(out / "store"))
        found = len(store)
    except (OSError, ValueError) as error:
        raise GraphNotFound(f"the store in {str(out)!r} cannot be opened ({error}): {advice}") from error
    # A damaged store can open without an error and miss quads.
    expected = manifest["counts"]["quads"] + manifest["counts"]["triples"]
    if found != expected:
        raise GraphNotFound(f"the store in {str(out)!r} holds {found} of {expected} statements: {advice}")
    return Graph(out, manifest["base"], manifest, store, load_schema())


def _manifest(
    knowledge: Knowledge, base: str, quads: list[ox.Quad], data: bytes, triples: int
) -> dict[str, Any]:
    types = Counter(fact.type for fact in knowledge.facts)
    classes = Counter(entity.cls for entity in knowledge.entities)
    articles = {
        rdf.clean(article.name): {
            "iri": iris.join(base, f"article/{iris.article_key(article)}"),
            "sha256": article.sha256,
            "text": texts.text_name(article),
        }
        for article in knowledge.articles
    }
    return {
        "format": FORMAT,
        "base": base,
        "versions": {
            "rural-ecommerce-kg": _version("rural-ecommerce-kg"),
            "pyoxigraph": _version("pyoxigraph"),
            "ontology": load_schema().version,
        },
        "counts": {
            "articles": len(knowledge.articles),
            "entities": len(knowledge.entities),
            "entities_by_class": dict(sorted(classes.items())),
            "facts": len(knowledge.facts),
            "facts_by_type": dict(sorted(types.items())),
            "quads": len(quads),
            "triples": triples,
            "copies": len(knowledge.copies),
            "skipped": len(knowledge.skipped),
            "decisions": len(knowledge.decisions),
            "decisions_not_applied": sum(outcome.problem is not None for outcome in knowledge.decisions),
        },
        "graph_sha256": hashlib.sha256(data).hexdigest(),
        "articles": articles,
        "skipped": [
            {"name": rdf.clean(skipped.name), "kind": skipped.kind, "reason": rdf.clean(skipped.reason)}
            for skipped in knowledge.skipped
        ],
        "decisions": [
            {"place": outcome.place, "decision": rdf.clean(outcome.decision), "problem": outcome.problem}
            for outcome in knowledge.decisions
        ],
    }


def _version(package: str) -> str:
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return "unknown"


def _write_store(path: Path, quads: list[ox.Quad], triples: Collection[ox.Triple]) -> None:
    """Write the store. The engine would count a triple of two graphs twice if it made the union itself."""
    store = ox.Store(str(path))
    store.bulk_extend(quads)
    store.bulk_extend(ox.Quad(*triple) for triple in triples)
    store.flush()
    store.optimize()
    del store
    kept = len(ox.Store.read_only(str(path)))
    if kept != len(quads) + len(triples):
        raise OSError(f"the store kept {kept} of {len(quads) + len(triples)} statements")


def _write_file(path: Path, data: bytes) -> None:
    with path.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _publish(staging: Path, out: Path) -> None:
    """Move the new parts in. The manifest goes first and comes last, so that no mixture is ever read."""
    old = staging / "old"
    old.mkdir()
    done: list[tuple[Path, Path]] = []
    try:
        for name in ("manifest.json", *_PARTS):
            if (out / name).exists():
                done.append(_move(out / name, old / name))
        for name in (*_PARTS, "manifest.json"):
            done.append(_move(staging / name, out / name))
    except OSError:
        for source, target in reversed(done):
            os.rename(target, source)
        raise


def _move(source: Path, target: Path) -> tuple[Path, Path]:
    os.rename(source, target)
    return source, target


@contextmanager
def _sole_writer(out: Path) -> Iterator[None]:
    """Keep other builds out of the folder and tidy up after one that was killed."""
    try:
        import fcntl
    except ImportError:  # Windows has no such lock; there, two builds at once are the user's care
        yield
        return
    handle = os.open(out, os.O_RDONLY)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise BlockingIOError(f"another build is writing to {str(out)!r}") from None
        for staging in out.glob(f"{_STAGING}*"):
            _restore(staging / "old", out)
            shutil.rmtree(staging, ignore_errors=True)
        yield
    finally:
        os.close(handle)


def _restore(old: Path, out: Path) -> None:
    """Bring back the graph of a build that was killed between its renames."""
    if (out / "manifest.json").exists() or not (old / "manifest.json").exists():
        return
    for name in (*_PARTS, "manifest.json"):
        if (old / name).exists():
            if (out / name).is_dir():
                shutil.rmtree(out / name)
            os.replace(old / name, out / name)
