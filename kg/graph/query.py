"""Running SPARQL that users write, read-only, with typed parameters."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

import pyoxigraph as ox

from kg.graph import iris, rdf
from kg.graph.schema import XSD
from kg.graph.store import Graph

MAX_BYTES = 10_000
MAX_NESTING = 32
PARAMETER_TYPES = ("entity", "text", "integer", "number", "date")
MIN_CONFIDENCE = "min_confidence"  # the parameter below which a query leaves facts out

_FORMS = ("SELECT", "ASK", "CONSTRUCT", "DESCRIBE")
# Looked for in the raw text: a lexer that skips strings and comments can be led astray, and then
# the engine would open a connection.
_REFUSED = (
    (re.compile(r"service", re.I), "SERVICE is refused, and so is the word in names, strings and comments"),
    (re.compile(r"\\u", re.I), r"\u escapes are refused: write the character itself"),
    (re.compile(r"\bfrom\b", re.I), "FROM is refused, and so is the word in names, strings and comments"),
)
# A run of negations overflows the parser's stack as deep brackets do.
_UNARY_RUN = re.compile(rf"(?:!\s*){{{MAX_NESTING + 1}}}")
_COMMENT = re.compile(r"""("(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|<[^<>"{}|^`\\\s]*>)|\#[^\n]*""")
_PROLOGUE = re.compile(r"\s*(?:PREFIX\s+[^\s<]*\s*<[^<>]*>|BASE\s*<[^<>]*>)", re.I)
_HEAD_LINE = re.compile(r"#\s*(\w+)\s*:\s*(.*?)\s*$")


class QueryRefused(Exception):
    """The query or one of its parameters cannot be accepted. The message says why."""


@dataclass(frozen=True, slots=True)
class Head:
    """What the comments before a query declare: questions it answers, parameter → type, and → default."""

    questions: tuple[str, ...]
    parameters: Mapping[str, str]
    defaults: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Result:
    """A table. A cell is the text of a literal, an IRI, or None where nothing is bound.

    ASK gives one column ``answer`` with "true" or "false"; CONSTRUCT and DESCRIBE give ``subject``,
    ``predicate``, ``object`` with terms written as in N-Triples (``form`` tells). ``parameters`` are
    the values that were bound; ``notes`` tell the user how names were understood.
    """

    form: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str | None, ...], ...]
    parameters: Mapping[str, str]
    notes: tuple[str, ...] = ()

    def records(self) -> list[dict[str, str | None]]:
        """Return the rows as dicts by column."""
        return [dict(zip(self.columns, row, strict=True)) for row in self.rows]


def read_head(text: str) -> Head:
    """Return what the comments at the head of ``text`` declare. Raises QueryRefused for a bad declaration."""
    questions: list[str] = []
    parameters: dict[str, str] = {}
    defaults: dict[str, str] = {}
    for line in text.splitlines():
        line = line.strip()
        if line and not line.startswith("#"):
            break
        match = _HEAD_LINE.match(line)
        if match and match[1] == "question":
            questions.append(match[2])
        elif match and match[1] == "parameter":
            name, _, rest = match[2].partition(" ")
            kind, equals, default = (part.strip() for part in rest.partition("="))
            if not re.fullmatch(r"[A-Za-z]\w*", name, re.A) or kind not in PARAMETER_TYPES:
                raise QueryRefused(
                    f"not a parameter declaration: {line!r} (a name, one of {', '.join(PARAMETER_TYPES)}, "
                    "and perhaps = and a default)"
                )
            parameters[name] = kind
            if equals:
                defaults[name] = default
    return Head(tuple(questions), parameters, defaults)


def query(graph: Graph, sparql: str, parameters: Mapping[str, str] | None = None) -> Result:
    """Run a SELECT, ASK, CONSTRUCT or DESCRIBE query over all graphs at once and return its table.

    ``parameters`` gives a text for each parameter that the query's head declares; it is bound as a
    term and never pasted. The value of an ``entity`` is an IRI, an id below the base, or a name: of
    several entities so called the one with most facts is taken, and a name that none has gives no rows;
    the notes say so. A parameter with a default may be left out, and its column is no part of the table.
    Rows are sorted where the query has no ORDER BY. Raises QueryRefused.
    """
    head = read_head(sparql)
    given = {**head.defaults, **(parameters or {})}
    form = check(sparql, given)
    notes: list[str] = []
    substitutions: dict[str, rdf.Term] = {}
    missing = False
    for name, kind in head.parameters.items():
        term = _term(graph, name, kind, given[name], notes)
        missing = missing or term is None
        # An IRI that no entity has keeps the columns and binds the parameter all the same.
        substitutions[name] = term or ox.NamedNode(iris.join(graph.base, "unknown"))
    columns, rows = _evaluate(graph.store, sparql, substitutions)
    if missing and form == "SELECT":
        rows = []
    if not re.search(r"\border\s+by\b", sparql, re.I):
        rows = sorted(rows, key=lambda row: tuple((cell is not None, cell or "") for cell in row))
    bound = {name: term.value for name, term in substitutions.items()}
    kept = [i for i, column in enumerate(columns) if column not in head.defaults]
    table = tuple(tuple(row[i] for i in kept) for row in rows)
    return Result(form, tuple(columns[i] for i in kept), table, bound, tuple(notes))


def check(sparql: str, parameters: Mapping[str, str]) -> str:
    """Return the form of a query (SELECT …) that is safe to run. Raises QueryRefused for any other."""
    if len(sparql.encode("utf-8", "replace")) > MAX_BYTES:
        raise QueryRefused(f"the query is longer than {MAX_BYTES} bytes")
    for pattern, message in _REFUSED:
        if pattern.search(sparql):
            raise QueryRefused(message)
    depth = deepest = 0
    for char in sparql:
        depth += (char in "{([") - (char in "})]")
        deepest = max(deepest, depth)
    if deepest > MAX_NESTING or _UNARY_RUN.search(sparql):
        raise QueryRefused(f"brackets or operators are nested more than {MAX_NESTING} deep")
    plain = _COMMENT.sub(lambda match: match[1] or " ", sparql)
    form = _form(plain)
    declared = read_head(sparql).parameters
    for name in parameters:
        if name not in declared:
            kind = "number = 0" if name == MIN_CONFIDENCE else "entity"
            raise QueryRefused(f"the query declares no parameter {name!r} (# parameter: {name} {kind})")
    for name in declared:
        if name not in parameters:
            raise QueryRefused(f"the parameter {name!r} is missing")
        variable = rf"[?$]{name}\b"
        if re.search(rf"\bAS\s+{variable}|\bVALUES\s*(?:{variable}|\([^)]*{variable})", plain, re.I):
            raise QueryRefused(f"the query itself sets ?{name}, so that it cannot be a parameter")
    return form


def _form(plain: str) -> str:
    position = 0
    while match := _PROLOGUE.match(plain, position):
        position = match.end()
    word = re.match(r"\s*(\w*)", plain[position:])
    form = word[1].upper() if word else ""
    if form not in _FORMS:
        raise QueryRefused(f"only {', '.join(_FORMS)} queries are answered, not {form or 'this'}")
    return form


def _term(graph: Graph, name: str, kind: str, value: str, notes: list[str]) -> rdf.Term | None:
    """Return the term to bind, or None for a name that no entity has."""
    if kind == "text":
        return ox.Literal(value)
    if kind == "integer":
        if not re.fullmatch(r"[+-]?[0-9]{1,18}", value):
            raise QueryRefused(f"the parameter {name!r} wants a whole number, not {value!r}")
        return ox.Literal(int(value))
    if kind == "number":
        if not re.fullmatch(r"[+-]?[0-9]{1,18}(\.[0-9]{1,18})?", value):
            raise QueryRefused(f"the parameter {name!r} wants a number such as 0.5, not {value!r}")
        return ox.Literal(value, datatype=ox.NamedNode(XSD + "decimal"))
    if kind == "date":
        if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
            raise QueryRefused(f"the parameter {name!r} wants a date such as 2020-01-31, not {value!r}")
        return ox.Literal(value, datatype=ox.NamedNode(XSD + "date"))
    found = graph.names.find(value)
    if found:
        if len(found) > 1:
            chosen, *others = [f"{graph.names.preferred(iri)} <{iri}>" for iri in found]
            notes.append(f"{value} was taken as {chosen}, not as {'; '.join(others)}")
        return ox.NamedNode(found[0])
    for iri in (value, iris.join(graph.base, value)):
        if graph.names.preferred(iri) != iri:
            return ox.NamedNode(iri)
    similar = graph.names.similar(value)
    hint = f" (there are: {', '.join(similar)})" if similar else ""
    notes.append(f"the graph has no entity called {value}{hint}")
    return None


def _evaluate(
    store: ox.Store, sparql: str, parameters: Mapping[str, rdf.Term]
) -> tuple[list[str], list[tuple[str | None, ...]]]:
    """Run a checked query. The one place to put a worker process with limits of time and memory."""
    substitutions: dict[ox.Variable, ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple] = {
        ox.Variable(name): term for name, term in parameters.items()
    }
    try:
        found = store.query(sparql, substitutions=substitutions)
        if isinstance(found, ox.QueryBoolean):
            return ["answer"], [("true" if found else "false",)]
        if isinstance(found, ox.QueryTriples):
            lines = {(str(t.subject), str(t.predicate), str(t.object)) for t in found}
            return ["subject", "predicate", "object"], sorted(lines)
        columns = [variable.value for variable in found.variables]
        return columns, [tuple(_cell(term) for term in solution) for solution in found]
    except SyntaxError as error:
        raise QueryRefused(f"not SPARQL: {error}") from error
    except (RuntimeError, ValueError) as error:
        raise QueryRefused(str(error)) from error


def _cell(term: object) -> str | None:
    if term is None:
        return None
    return term.value if isinstance(term, ox.NamedNode | ox.Literal | ox.BlankNode) else str(term)
