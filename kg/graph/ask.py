"""Questions in plain words: the wordings that the files of queries/ declare, matched tolerantly."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from kg.graph.query import QueryRefused, Result, query, read_head
from kg.graph.store import Graph
from kg.resources import folder

MAX_QUESTION = 300  # characters
_MARKS = "\\s,.;:!?。、\"'“”…"
_PLACEHOLDER = re.compile(r"\{(\w+)\}")
# A hole for a parameter, marks and spaces, one Chinese character, or a run of other ones.
_PIECE = re.compile(
    rf"\{{(?P<hole>\w+)\}}|(?P<gap>[{_MARKS}]+)|(?P<wide>[\u2e80-\u9fff])|(?P<word>[^{_MARKS}{{}}\u2e80-\u9fff]+)"
)


class UnknownQuestion(Exception):
    """No file of queries/ answers this question. ``questions`` are those that can be asked."""

    def __init__(self, question: str, known: list[str]):
        self.questions = known
        listing = "\n".join(f"  {wording}" for wording in known)
        super().__init__(f"there is no answer to {question!r}. These can be asked:\n{listing}")


@dataclass(frozen=True, slots=True)
class Template:
    """One .rq file: its name, its SPARQL text, its wordings and a pattern for each of these."""

    name: str
    sparql: str
    wordings: tuple[str, ...]
    patterns: tuple[re.Pattern[str], ...]
    parameters: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Answer:
    """What was asked and found.

    ``parameters`` are the terms bound in ``sparql``; ``result`` lacks their columns. ``notes`` tell how names
    were understood.
    """

    template: str
    wording: str
    sparql: str
    parameters: Mapping[str, str]
    result: Result
    notes: tuple[str, ...]


def ask(graph: Graph, question: str, queries: Path | None = None) -> Answer:
    """Answer a question worded as in ``queries`` (default: the installed folder).

    Raises UnknownQuestion. An unknown name in a known question gives no rows and a note.
    """
    known = templates(queries or folder("queries"))
    asked = unicodedata.normalize("NFKC", question)
    found = []
    for template in known if len(asked) <= MAX_QUESTION else ():
        for wording, pattern in zip(template.wordings, template.patterns, strict=True):
            if match := pattern.fullmatch(asked):
                values = {name: value.strip() for name, value in match.groupdict().items()}
                rank = (_unknown_names(graph, template, values), -_weight(wording), wording)
                found.append((rank, template, values))
    if not found:
        raise UnknownQuestion(question, questions(queries))
    # The wording whose names are all known, and among these the most specific one.
    (_, _, wording), template, values = min(found, key=lambda item: item[0])
    whole = query(graph, template.sparql, values)
    result = _without(whole, template.parameters)
    return Answer(template.name, wording, template.sparql, whole.parameters, result, whole.notes)


def questions(queries: Path | None = None) -> list[str]:
    """Return the wordings that can be asked, file by file, with {parameters} in braces."""
    return [wording for template in templates(queries or folder("queries")) for wording in template.wordings]


@cache
def templates(queries: Path) -> tuple[Template, ...]:
    """Return the templates of a folder, by name. Raises QueryRefused, naming the file, for a bad head."""
    particles = _particles(queries)
    return tuple(_template(path, particles) for path in sorted(queries.glob("*.rq")))


def _template(path: Path, particles: str) -> Template:
    sparql = path.read_text(encoding="utf-8")
    try:
        head = read_head(sparql)
    except QueryRefused as error:
        raise QueryRefused(f"{path.name}: {error}") from error
    for wording in head.questions:
        holes = _PLACEHOLDER.findall(wording)
        if sorted(holes) != sorted(head.parameters):
            raise QueryRefused(f"{path.name}: {wording!r} must have each parameter once, in braces")
    patterns = tuple(re.compile(_pattern(wording, particles), re.I) for wording in head.questions)
    return Template(path.stem, sparql, head.questions, patterns, head.parameters)


def _pattern(wording: str, particles: str) -> str:
    """Return a regular expression for a wording: marks and spaces may differ, particles may be put in."""
    gap = f"[{_MARKS}]"
    pieces = []
    trimmed = re.sub(rf"^{gap}+|{gap}+$", "", unicodedata.normalize("NFKC", wording))
    for match in _PIECE.finditer(trimmed):
        if match["hole"]:
            pieces.append(f"(?P<{match['hole']}>.+?)")
        elif match["gap"]:
            pieces.append(f"{gap}+")
        elif match["word"]:
            pieces.append(re.escape(match["word"]))
        else:
            pieces.append(f"{gap}*{match['wide']}{gap}*{particles}")
    return f"{gap}*{''.join(pieces)}{gap}*"


def _particles(queries: Path) -> str:
    """Return a pattern for the Chinese particles that a question may add after any character."""
    path = queries / "particles.txt"
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    words = [re.escape(line.strip()) for line in lines if line.strip() and not line.startswith("#")]
    return f"(?:{'|'.join(words)})?" if words else ""


def _weight(wording: str) -> int:
    return len(_PLACEHOLDER.sub("", wording))


def _unknown_names(graph: Graph, template: Template, values: Mapping[str, str]) -> int:
    entities = [name for name, kind in template.parameters.items() if kind == "entity"]
    return sum(not graph.names.find(values[name]) for name in entities)


def _without(result: Result, parameters: Mapping[str, str]) -> Result:
    kept = [i for i, column in enumerate(result.columns) if column not in parameters]
    columns = tuple(result.columns[i] for i in kept)
    rows = tuple(tuple(row[i] for i in kept) for row in result.rows)
    return Result(result.form, columns, rows, result.parameters, result.notes)
