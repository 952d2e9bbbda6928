"""Which rules may match a sentence, seen from its characters alone: most need some that do not stand there."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import groupby

from kg.extraction.grammar import Pattern
from kg.extraction.rules import Rule, RuleFile, load

Item = tuple[int, RuleFile, Rule, Pattern]
Tries = list[tuple[RuleFile, list[tuple[Rule, list[Pattern]]]]]


@dataclass(frozen=True, slots=True)
class RuleIndex:
    """The patterns of rules with what each needs, as bits: one for each set of characters of which one must stand."""

    patterns: tuple[Item, ...]
    met: dict[str, int]  # character → the needs that it meets

    def possible(self, characters: Iterable[str]) -> Tries:
        """Return the rules with patterns that a text of these characters may match, in the order of the files.

        A rule for the inside of mentions is always among them.
        """
        met = 0
        for character in characters:
            met |= self.met.get(character, 0)
        return _grouped([item for item in self.patterns if not item[0] & ~met])

    def everything(self) -> Tries:
        """Return all rules with all their patterns."""
        return _grouped(self.patterns)


def _grouped(patterns: Sequence[Item]) -> Tries:
    return [
        (
            file_items[0][1],
            [(rule_items[0][2], [item[3] for item in rule_items]) for rule_items in _runs(file_items, 2)],
        )
        for file_items in _runs(patterns, 1)
    ]


def _runs(items: Sequence[Item], key: int) -> list[list[Item]]:
    """Split items into runs that share the object at ``key``."""
    return [list(run) for _, run in groupby(items, key=lambda item: id(item[key]))]


def indexed(files: Sequence[RuleFile]) -> RuleIndex:
    """Return the index of the rules of some files."""
    bits: dict[frozenset[str], int] = {}
    patterns = tuple(
        (
            0 if rule.inside else sum({bits.setdefault(need, 1 << len(bits)) for need in pattern.needs}),
            file,
            rule,
            pattern,
        )
        for file in files
        for rule in file.rules
        for pattern in rule.patterns
    )
    met: dict[str, int] = {}
    for need, bit in bits.items():
        for character in need:
            met[character] = met.get(character, 0) | bit
    return RuleIndex(patterns, met)


@cache
def all_rules() -> RuleIndex:
    """Return the index of all rule files."""
    return indexed(load())
