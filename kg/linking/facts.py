"""Facts from statements: roles linked to entities, conditions tested, and repetitions made one."""

from __future__ import annotations

import hashlib
import re
import time as clock
from calendar import monthrange
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cache

from edtf import parse_edtf

from kg.linking.checks import CHECKS, not_its_own
from kg.linking.context import Reference
from kg.model import Article, Evidence, Fact, FactShape, Mention, Statement

_MONTH = "(?:0[1-9]|1[0-2])"
_DATE = f"[0-9]{{4}}(?:-{_MONTH}(?:-(?:0[1-9]|1[0-9]|2[0-8]))?)?"
_PLAIN = re.compile(f"(?P<first>{_DATE})(?:/(?P<last>{_DATE}))?")

_GENERIC_ROLES = frozenset({"product", "thing", "subject"})  # what a kind of goods or of site may fill
Shapes = Mapping[str, FactShape]  # by fact type
Linked = tuple[Statement, dict[str, tuple[str, ...]]]  # what a rule read, its roles as ids and literals
Resolve = Callable[[Mention], Sequence[Reference]]
Refused = Callable[[Statement, str], None]


def link_statement(
    statement: Statement, resolve: Resolve, shape: FactShape, refused: Refused | None = None
) -> dict[str, tuple[str, ...]] | None:
    """Return the roles of a statement as ids and literals, or None if it does not hold or lacks a role.

    ``refused`` is told of such a statement, and why it is no fact.
    """
    linked: dict[str, tuple[str, ...]] = {}
    references: dict[str, list[Reference]] = {}
    for role, values in statement.roles.items():
        if role not in shape.roles:
            continue
        found: list[str] = []
        for value in values:
            if isinstance(value, str):
                found.append(value)
            elif shape.roles[role].literal:
                found.append(value.value or value.name or value.text)
            else:
                targets = [
                    t
                    for t in resolve(value)
                    if (not shape.roles[role].classes or t.cls in shape.roles[role].classes)
                    and (t.kind != "generic" or role in _GENERIC_ROLES)
                ]
                references.setdefault(role, []).extend(targets)
                found.extend(target.id for target in targets)
        if found:
            linked[role] = tuple(dict.fromkeys(found))
    if _is_fact(linked, shape) and _holds(statement, references):
        return linked
    if refused is not None:
        refused(statement, _objection(statement, linked, shape))
    return None


def _objection(statement: Statement, linked: Mapping[str, tuple[str, ...]], shape: FactShape) -> str:
    """Return why a statement is no fact, in a few words."""
    for role, spec in shape.roles.items():
        if len(linked.get(role, ())) < spec.least:
            taken = f" of {' or '.join(spec.classes)}" if spec.classes else ""
            return f"nothing{taken} fills {role}" + (f" {spec.least} times" if spec.least > 1 else "")
    if shape.alternatives and not any(linked.get(role) for role in shape.alternatives):
        return f"nothing fills {' or '.join(shape.alternatives)}"
    if not _distinct(linked):
        return "one thing fills two roles that must differ"
    return f"check {statement.check!r} does not hold"


def renamed(said: Linked, things: Mapping[str, Reference], shape: FactShape) -> Linked | None:
    """Return what was said, of other things, or None if it is no fact of these (two partners are one).

    ``things`` maps the ids to be replaced. A thing of a class that a role does not take cannot fill it.
    """
    statement, roles = said
    linked: dict[str, tuple[str, ...]] = {}
    for role, values in roles.items():
        spec = shape.roles[role]
        if spec.literal:
            linked[role] = values
            continue
        fitting = (
            things[value].id if value in things else value
            for value in values
            if value not in things or not spec.classes or things[value].cls in spec.classes
        )
        if found := tuple(dict.fromkeys(fitting)):
            linked[role] = found
    return (statement, linked) if _is_fact(linked, shape) else None


def _is_fact(linked: Mapping[str, tuple[str, ...]], shape: FactShape) -> bool:
    complete = all(len(linked.get(role, ())) >= spec.least for role, spec in shape.roles.items())
    complete = complete and (not shape.alternatives or any(linked.get(role) for role in shape.alternatives))
    return complete and _distinct(linked)


def _distinct(linked: Mapping[str, tuple[str, ...]]) -> bool:
    """Whether no entity fills two roles that cannot be one thing (a place in itself, somebody's own brother)."""
    apart = (("entity", "place"), ("controller", "controlled"), ("holder", "title"), ("person", "relative"))
    return not any(set(linked.get(first, ())) & set(linked.get(second, ())) for first, second in apart)


def _holds(statement: Statement, references: Mapping[str, Sequence[Reference]]) -> bool:
    """Whether the conditions of the type and of the rule hold of the linked entities."""
    published = "joint-publication" in statement.roles.get(
        "kind", ()
    )  # as an institute may with its own centre
    if statement.type == "Partnership" and not published and not not_its_own(references):
        return False
    check = CHECKS.get(statement.check or "")
    return check is None or check(references)


def merge(found: Iterable[Linked], article: Article, shapes: Shapes) -> list[Fact]:
    """Return the facts of one article: the same statement made twice is one fact with two evidences.

    ``join`` makes one of the equal facts of several articles.
    """
    groups: dict[str, list[tuple[Statement, dict[str, tuple[str, ...]], list[Statement]]]] = {}
    for statement, linked in found:
        required = [role for role, spec in shapes[statement.type].roles.items() if spec.least]
        alike = groups.setdefault(statement.type, [])
        for index, (other, known, evidence) in enumerate(alike):
            if _same(statement, linked, other, known, required):
                keep = _more_telling((statement, linked), (other, known))
                joined = {
                    role: _joined(known.get(role, ()), linked.get(role, ()))
                    for role in sorted({*known, *linked})
                }
                alike[index] = (keep, joined, [*evidence, statement])
                break
        else:
            alike.append((statement, linked, [statement]))
    made = (_fact(*group, article) for alike in groups.values() for group in alike)
    return sorted(made, key=lambda fact: fact.id)


def _same(
    a: Statement,
    roles_a: Mapping[str, tuple[str, ...]],
    b: Statement,
    roles_b: Mapping[str, tuple[str, ...]],
    required: Sequence[str],
) -> bool:
    if a.type != b.type or a.modality != b.modality or not _same_time(a.time, b.time):
        return False
    overlap = a.start < b.end and b.start < a.end
    for role in required:
        first, second = set(roles_a[role]), set(roles_b[role])
        if first != second and not (
            overlap and len(first & second) > 1 and (first <= second or second <= first)
        ):
            return False
    if not overlap and (agreed := roles_a.get("agreement")) and (other := roles_b.get("agreement")):
        return bool(set(agreed) & set(other))
    kinds = (roles_a.get("kind", ()), roles_b.get("kind", ()))
    if not overlap and a.type == "Partnership" and all(kinds) and not set(kinds[0]) & set(kinds[1]):
        return False  # what they signed, and the course that they hold
    if not overlap and a.type == "Sale" and not _trade_the_same(roles_a, roles_b):
        return False
    figures = ("count", "amount", "quantity") if a.type == "Sale" else ("count",)
    return all(
        roles_a.get(role) == roles_b.get(role) or not roles_a.get(role) or not roles_b.get(role)
        for role in figures
    )


def _trade_the_same(a: Mapping[str, tuple[str, ...]], b: Mapping[str, tuple[str, ...]]) -> bool:
    """Whether two sales share goods or a platform: a seller's others are sales of their own."""
    return any(set(a.get(role, ())) & set(b.get(role, ())) for role in ("product", "platform"))


def _same_time(a: str | None, b: str | None) -> bool:
    return a is None or b is None or a.startswith(b) or b.startswith(a)


def _more_telling(a: tuple[Statement, dict], b: tuple[Statement, dict]) -> Statement:
    return max(a[0], b[0], key=lambda s: (len(s.time or ""), s.weight))


def _joined(first: tuple[str, ...], second: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*first, *second)))


def _fact(
    statement: Statement,
    linked: Mapping[str, tuple[str, ...]],
    evidence: Sequence[Statement],
    article: Article,
) -> Fact:
    shown = {
        (s.start, s.end): Evidence(
            article.name, s.start, s.end, article.text[s.start : s.end], s.rule, s.confidence
        )
        for s in sorted(evidence, key=lambda s: (s.start, s.end, -s.weight, s.rule), reverse=True)
    }
    earliest, latest = bounds(statement.time) if statement.time else (None, None)
    ordered = {role: tuple(sorted(values)) for role, values in sorted(linked.items())}
    key = "\x1f".join((statement.type, repr(ordered), statement.time or "", statement.modality))
    return Fact(
        id=f"fact/{hashlib.sha256(key.encode()).hexdigest()[:16]}",
        type=statement.type,
        roles=ordered,
        evidence=tuple(shown[span] for span in sorted(shown)),
        confidence=max(s.confidence for s in evidence),
        time=statement.time,
        earliest=earliest,
        latest=latest,
        modality=statement.modality,
    )


def join(facts: Iterable[Fact]) -> list[Fact]:
    """Return each fact once, with the evidence of all articles that state it, by id.

    Two are one fact when type, roles, time and modality are equal: what one article tells otherwise
    (another figure, another year, a date less exact) stays a fact of its own, with its own source.
    """
    groups: dict[str, list[Fact]] = {}
    for fact in facts:
        groups.setdefault(fact.id, []).append(fact)
    return [_united(groups[key]) for key in sorted(groups)]


def _united(same: Sequence[Fact]) -> Fact:
    passages = {(e.document, e.start, e.end, e.rule): e for fact in same for e in fact.evidence}
    return replace(
        same[0],
        evidence=tuple(passages[key] for key in sorted(passages)),
        confidence=max(fact.confidence for fact in same),
    )


@cache
def bounds(edtf: str) -> tuple[str, str]:
    """Return the first and the last day (ISO 8601) that an EDTF date or interval can mean."""
    if plain := _PLAIN.fullmatch(edtf):  # nearly all are; the library takes some milliseconds for each
        first, last = plain["first"], plain["last"] or plain["first"]
        return first + "-01-01"[len(first) - 4 :], last + (_last_day(last) if len(last) < 10 else "")
    parsed = parse_edtf(edtf)
    return (
        clock.strftime("%Y-%m-%d", parsed.lower_strict()),
        clock.strftime("%Y-%m-%d", parsed.upper_strict()),
    )


def _last_day(edtf: str) -> str:
    """Return what is missing of the last day of a year or month."""
    return "-12-31" if len(edtf) == 4 else f"-{monthrange(int(edtf[:4]), int(edtf[5:]))[1]}"
