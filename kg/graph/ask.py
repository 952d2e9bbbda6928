"""Questions in plain words: the wordings that the files of queries/ declare, matched tolerantly."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from kg.graph.query import MIN_CONFIDENCE, QueryRefused, Result, query, read_head
from kg.graph.store import Graph
from kg.graph.wording import Variations, fold, pattern, variations
from kg.resources import folder

MAX_QUESTION = 300  # characters
_PLACEHOLDER = re.compile(r"\{(\w+)\}")
_CHINESE = re.compile("[\u2e80-\u9fff]")


class UnknownQuestion(Exception):
    """No file of queries/ answers this question. ``questions`` are those that can be asked."""

    def __init__(self, question: str, known: list[str]):
        self.questions = known
        listing = "\n".join(f"  {wording}" for wording in known)
        super().__init__(f"there is no answer to {question!r}. These can be asked:\n{listing}")


@dataclass(frozen=True)
class Wording:
    """One way to ask a question, with its {parameters} in braces."""

    text: str
    variations: Variations

    @cached_property
    def pattern(self) -> Any:
        """What a question so worded matches, compiled when it is first tried."""
        return pattern(self.text, self.variations)

    @cached_property
    def _characters(self) -> list[list[frozenset[str]]]:
        return self.variations.characters(_PLACEHOLDER.sub(" ", self.text))

    def may_match(self, characters: frozenset[str]) -> bool:
        """Whether a question of these characters can be so worded; cheaper to tell than by the pattern."""
        return all(any(form <= characters for form in forms) for forms in self._characters)


@dataclass(frozen=True, slots=True)
class Template:
    """One .rq file: its name, its SPARQL text, its wordings and the types of its parameters."""

    name: str
    sparql: str
    wordings: tuple[Wording, ...]
    parameters: Mapping[str, str]

    def leading(self) -> tuple[str, ...]:
        """Return the first English and the first Chinese wording."""
        texts = [wording.text for wording in self.wordings]
        languages = (
            [text for text in texts if not _CHINESE.search(text)],
            [text for text in texts if _CHINESE.search(text)],
        )
        return tuple(found[0] for found in languages if found)


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


def ask(graph: Graph, question: str, queries: Path | None = None, min_confidence: float = 0) -> Answer:
    """Answer a question worded as in ``queries`` (default: the installed folder).

    Facts below ``min_confidence`` are left out. Raises UnknownQuestion, and QueryRefused for a file that knows
    no such limit when one is given. An unknown name in a known question gives no rows and a note.
    """
    known = templates(queries or folder("queries"))
    asked = fold(question[: MAX_QUESTION + 1])
    characters = frozenset(asked.folded.lower())
    found = []
    for template in known if len(question) <= MAX_QUESTION else ():
        for wording in template.wordings:
            if wording.may_match(characters) and (match := wording.pattern.fullmatch(asked.folded)):
                said = {name: asked.said(*match.span(i)) for name, i in wording.pattern.groupindex.items()}
                values = _values(graph, template, said, wording.variations)
                rank = (_unknown_names(graph, template, values), -_weight(wording.text), wording.text)
                found.append((rank, template, values))
    if not found:
        raise UnknownQuestion(question, questions(queries))
    # The wording whose names are all known, and among these the most specific one.
    (_, _, text), template, values = min(found, key=lambda item: item[0])
    if min_confidence or MIN_CONFIDENCE in template.parameters:
        values[MIN_CONFIDENCE] = f"{min_confidence:.6f}"
    whole = query(graph, template.sparql, values)
    result = _without(whole, template.parameters)
    return Answer(template.name, text, template.sparql, whole.parameters, result, whole.notes)


def questions(queries: Path | None = None) -> list[str]:
    """Return what can be asked, file by file, in one English and one Chinese wording, with {parameters}."""
    return [text for template in templates(queries or folder("queries")) for text in template.leading()]


def template(name: str, queries: Path | None = None) -> Template | None:
    """Return the template of that name, or None."""
    return next((known for known in templates(queries or folder("queries")) if known.name == name), None)


@cache
def templates(queries: Path) -> tuple[Template, ...]:
    """Return the templates of a folder, by name. Raises QueryRefused, naming the file, for a bad head."""
    allowed = variations(queries / "wording.yaml")
    return tuple(_template(path, allowed) for path in sorted(queries.glob("*.rq")))


def _template(path: Path, allowed: Variations) -> Template:
    sparql = path.read_text(encoding="utf-8")
    try:
        head = read_head(sparql)
    except QueryRefused as error:
        raise QueryRefused(f"{path.name}: {error}") from error
    asked_for = sorted(set(head.parameters) - set(head.defaults))
    for wording in head.questions:
        if sorted(_PLACEHOLDER.findall(wording)) != asked_for:
            raise QueryRefused(f"{path.name}: {wording!r} must have each parameter once, in braces")
    wordings = tuple(Wording(text, allowed) for text in head.questions)
    return Template(path.stem, sparql, wordings, head.parameters)


def _values(
    graph: Graph, template: Template, found: Mapping[str, str], allowed: Variations
) -> dict[str, str]:
    """Return the values in a question; a name that the graph knows only without its ending is cut."""
    values = {}
    for name, value in found.items():
        if template.parameters[name] == "entity":
            forms = [value, *allowed.shorter(value)]
            value = next((form for form in forms if graph.names.find(form)), value)
        values[name] = value
    return values


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
