"""A rule and a file of rules, ready to match; what each key means is told in the package's docstring."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from kg.extraction.grammar import Pattern


class RuleError(ValueError):
    """A rule file that cannot be used; the message names file and rule."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule, ready to match."""

    id: str
    type: str
    patterns: tuple[Pattern, ...]
    inside: tuple[str, ...]
    self_role: str | None
    fill: Mapping[str, str]
    also: Mapping[str, str]
    apart: Mapping[str, str]
    copy: Mapping[str, str]
    pairs: tuple[str, ...]
    join: tuple[str, ...]
    goods: tuple[str, ...]
    says: Pattern | None
    somewhere: Pattern | None
    named: tuple[str, ...]
    state: bool
    helpers: bool
    set: Mapping[str, tuple[str, ...]]
    unless: Pattern | None
    unless_next: Pattern | None
    unless_before: Pattern | None
    needs_before: Pattern | None
    modality: str | None
    confidence: float  # the author's guess, by which the rule goes before others
    measured: float  # the share of what it reads that is right, as far as that was measured
    check: str | None  # a condition that linking tests: "owned"
    likely: (
        Mapping[str, frozenset[str]] | None
    )  # the role that weights fill, and of which classes; no role, a yes
    at_least: float  # the probability that makes a fact
    undated: bool
    right: tuple[Mapping[str, Any], ...]
    wrong: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RuleFile:
    """The rules of one fact type."""

    type: str
    each: tuple[str, ...]
    least: Mapping[str, int]
    units: Mapping[str, str]
    counters: Mapping[str, frozenset[str]]
    behind: Mapping[str, tuple[str, ...]]
    agents: tuple[str, ...]
    heads: tuple[str, ...]
    timed: bool
    factual: bool
    noted: tuple[str, ...]
    settings: tuple[str, ...]
    built_in: bool
    fits: bool
    kinds: Mapping[str, Pattern]
    together: Pattern | None
    by_paragraph: bool
    once: tuple[str, ...]
    yields: tuple[str, ...]
    rules: tuple[Rule, ...]
