"""Of statements that several rules read in the same words, those that stay."""

from __future__ import annotations

from collections.abc import Collection

from kg.model import Mention, Statement


def most_telling(statements: list[Statement], dated: bool) -> list[Statement]:
    """Drop statements whose mentions are all in another of the same type and sentence that has more.

    So 乙评为丙 does not stand beside 甲被乙评为丙, nor a part of the partners beside all of them. Where statements are
    ``dated`` one by one, those of different times stay (前年在甲平台开店，去年卖了50万元).
    """
    spans = [
        frozenset((m.start, m.end) for values in s.roles.values() for m in values if isinstance(m, Mention))
        for s in statements
    ]
    return [
        s
        for s, mine in zip(statements, spans, strict=True)
        if not any(
            mine < span and (not dated or s.time in (None, other.time))
            for other, span in zip(statements, spans, strict=True)
        )
    ]


def of_surest_time(statements: list[Statement]) -> list[Statement]:
    """Drop statements that differ from one of a surer rule, else of an earlier one, in their time alone."""

    def said(statement: Statement) -> tuple:
        roles = sorted(statement.roles.items())
        at = tuple(
            (role, *(v.start if isinstance(v, Mention) else v for v in values)) for role, values in roles
        )
        return statement.modality, at

    surest: dict[tuple, Statement] = {}
    for statement in statements:
        known = surest.setdefault(said(statement), statement)
        if statement.weight > known.weight:
            surest[said(statement)] = statement
    return [s for s in statements if s.rule == surest[said(s)].rule or s.time == surest[said(s)].time]


def once(role: str, statements: list[Statement], among: Collection[str] | None = None) -> list[Statement]:
    """Keep, of statements that read the same mention in a role, those of the surest rule.

    Where some rules are named (``among``), only their statements yield to others.
    """

    def read(statement: Statement) -> frozenset[int]:
        return frozenset(m.start for m in statement.roles.get(role, ()) if isinstance(m, Mention))

    surest: dict[int, float] = {}
    for statement in statements:
        for start in read(statement):
            surest[start] = max(surest.get(start, 0.0), statement.weight)
    return [
        s
        for s in statements
        if (among is not None and s.rule not in among) or all(s.weight >= surest[start] for start in read(s))
    ]
