"""Whether stated confidences hold: of facts stated at 0.9, nine in ten should be right.

A fact is right if it agrees with gold in the main (leniently): who, what and whether. Facts that gold has as
optional are neither right nor wrong, as in the scores.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from kg.evaluation.compare import Agreement
from kg.evaluation.records import Claim

BOUNDS = (0.0, 0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.95, 1.0)
FEWEST = 3  # facts that a rule must have read to be judged by itself
WEIGHT = 4  # facts that the mean of the wider group counts for
HIGHEST = 0.98  # however many facts of a rule are right: the next one may not be
Judged = tuple[Claim, Agreement]


@dataclass(frozen=True, slots=True)
class Bin:
    """Facts whose stated confidence is from ``low`` up to, but not including, ``high`` (1 is in the last bin)."""

    low: float
    high: float
    facts: int
    stated: float  # on average
    lenient: float  # the share that is right
    strict: float


@dataclass(frozen=True, slots=True)
class Estimate:
    """How many facts a rule or type gave, how many were right, and the confidence that this suggests."""

    facts: int
    right: int
    confidence: float


def bins(judged: Iterable[Judged], bounds: Sequence[float] = BOUNDS) -> list[Bin]:
    """Return the facts counted by stated confidence, without empty bins."""
    found: dict[int, list[Judged]] = defaultdict(list)
    for claim, agreement in judged:
        index = sum(claim.confidence >= bound for bound in bounds[1:-1])
        found[index].append((claim, agreement))
    return [_bin(bounds[index], bounds[index + 1], found[index]) for index in sorted(found)]


def gap(judged: Iterable[Judged]) -> float:
    """Return how far stated confidence and share right lie apart, on average over facts (0 is perfect)."""
    rows = bins(judged)
    total = sum(row.facts for row in rows)
    return sum(row.facts * abs(row.stated - row.lenient) for row in rows) / total if total else 0.0


def estimates(judged: Iterable[Judged]) -> dict[str, Estimate]:
    """Return an estimate for each type ("Sale") and for each rule ("Sale.sells-on") with enough facts.

    The share right of a rule is drawn towards that of its type, and that of a type towards that of all
    facts, as if WEIGHT more facts had been seen there: few facts say little.
    """
    of_types: dict[str, list[bool]] = defaultdict(list)
    of_rules: dict[str, list[bool]] = defaultdict(list)
    for claim, agreement in judged:
        right = agreement is not Agreement.NONE
        of_types[claim.kind].append(right)
        for rule in _rules(claim):
            of_rules[rule].append(right)
    everything = [right for rights in of_types.values() for right in rights]
    overall = sum(everything) / len(everything) if everything else 0.0
    types = {name: _estimate(rights, overall) for name, rights in of_types.items()}
    rules = {
        name: _estimate(rights, types[name.partition(".")[0]].confidence)
        for name, rights in of_rules.items()
        if len(rights) >= FEWEST and name.partition(".")[0] in types
    }
    return dict(sorted({**types, **rules}.items()))


def _estimate(rights: Sequence[bool], wider: float) -> Estimate:
    share = (sum(rights) + WEIGHT * wider) / (len(rights) + WEIGHT)
    return Estimate(len(rights), sum(rights), round(min(share, HIGHEST), 2))


def _rules(claim: Claim) -> list[str]:
    """Return the rules that read a fact, each once."""
    passages: list[Mapping[str, object]] = claim.record.get("evidence") or [claim.record]
    return sorted({str(passage["rule"]) for passage in passages if passage.get("rule")})


def _bin(low: float, high: float, facts: Sequence[Judged]) -> Bin:
    count = len(facts)
    return Bin(
        low,
        high,
        count,
        sum(claim.confidence for claim, _ in facts) / count,
        sum(agreement is not Agreement.NONE for _, agreement in facts) / count,
        sum(agreement is Agreement.STRICT for _, agreement in facts) / count,
    )
