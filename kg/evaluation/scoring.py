"""What was found is paired with what was annotated, one to one, and the pairs are counted."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import nan
from typing import Generic, TypeVar

from kg.evaluation.compare import Agreement, Conventions, compare_entities, compare_facts
from kg.evaluation.records import Claim, Named

Item = TypeVar("Item", Claim, Named)
Compare = Callable[[Item, Item], Agreement]


@dataclass(frozen=True, slots=True)
class Figures:
    """Precision, recall and F1; not a number where nothing was found, annotated or right."""

    precision: float
    recall: float
    f1: float


@dataclass(frozen=True, slots=True)
class Tally:
    """How many were demanded, found (what gold has as optional apart), and right."""

    gold: int = 0
    found: int = 0
    lenient_hits: int = 0
    strict_hits: int = 0

    def __add__(self, other: Tally) -> Tally:
        return Tally(
            self.gold + other.gold,
            self.found + other.found,
            self.lenient_hits + other.lenient_hits,
            self.strict_hits + other.strict_hits,
        )

    @property
    def lenient(self) -> Figures:
        return figures(self.lenient_hits, self.found, self.lenient_hits, self.gold)

    @property
    def strict(self) -> Figures:
        return figures(self.strict_hits, self.found, self.strict_hits, self.gold)


@dataclass(frozen=True, slots=True)
class Score(Generic[Item]):
    """The counts, and what was missed or wrong, by document and in the order of the files.

    ``judged`` is everything found that counts, with how far it agrees with gold.
    """

    by_type: Mapping[str, Tally]
    by_document: Mapping[str, Tally]
    missed: tuple[Item, ...]
    wrong: tuple[Item, ...]
    judged: tuple[tuple[Item, Agreement], ...]

    @property
    def total(self) -> Tally:
        return sum(self.by_type.values(), Tally())


def macro_f1(rows: Mapping[str, Tally]) -> float:
    """Return the mean of the lenient F1 of those rows for which gold demands something."""
    demanded = [tally for tally in rows.values() if tally.gold]
    return _ratio(
        sum(2 * tally.lenient_hits / (tally.gold + tally.found) for tally in demanded), len(demanded)
    )


def score_facts(gold: Iterable[Claim], found: Iterable[Claim], rules: Conventions) -> Score[Claim]:
    """Compare facts, document by document; of documents that gold does not name nothing counts."""
    return _score(gold, found, lambda one, other: compare_facts(one, other, rules))


def score_entities(gold: Iterable[Named], found: Iterable[Named]) -> Score[Named]:
    """Compare entities, document by document; of documents that gold does not name nothing counts."""
    return _score(gold, found, compare_entities)


def _score(gold: Iterable[Item], found: Iterable[Item], compare: Compare[Item]) -> Score[Item]:
    annotated, offered = _by_document(gold), _by_document(found)
    types: dict[str, Tally] = defaultdict(Tally)
    documents: dict[str, Tally] = {}
    missed: list[Item] = []
    wrong: list[Item] = []
    judged: list[tuple[Item, Agreement]] = []
    for document in sorted(annotated):
        here, there = annotated[document], offered.get(document, [])
        pairs = _pairs(here, there, compare)
        counted: list[tuple[str, Tally]] = []
        for i, item in enumerate(here):
            if not item.optional:
                counted.append((item.kind, _demanded(pairs.get(i))))
                if i not in pairs:
                    missed.append(item)
        paired = {j: (i, agreement) for i, (j, agreement) in pairs.items()}
        for j, item in enumerate(there):
            if j not in paired or not here[paired[j][0]].optional:
                judged.append((item, paired[j][1] if j in paired else Agreement.NONE))
            if j not in paired:
                counted.append((item.kind, Tally(found=1)))
                wrong.append(item)
        for kind, tally in counted:
            types[kind] += tally
        documents[document] = sum((tally for _, tally in counted), Tally())
    return Score(dict(sorted(types.items())), documents, tuple(missed), tuple(wrong), tuple(judged))


def _by_document(items: Iterable[Item]) -> dict[str, list[Item]]:
    found: dict[str, list[Item]] = defaultdict(list)
    for item in items:
        found[item.document].append(item)
    return found


def _pairs(
    gold: Sequence[Item], found: Sequence[Item], compare: Compare[Item]
) -> dict[int, tuple[int, Agreement]]:
    """Return for each gold item that was found the number of its partner, and how far they agree.

    Full agreement goes first, then what gold demands before what it lets pass, then the order of the
    files. That is no largest matching: it is the one that a reader can follow line by line.
    """
    agreeing = [
        (-agreement, one.optional, i, j)
        for i, one in enumerate(gold)
        for j, other in enumerate(found)
        if (agreement := compare(one, other))
    ]
    pairs: dict[int, tuple[int, Agreement]] = {}
    taken: set[int] = set()
    for rank, _, i, j in sorted(agreeing):
        if i not in pairs and j not in taken:
            pairs[i] = j, Agreement(-rank)
            taken.add(j)
    return pairs


def _demanded(pair: tuple[int, Agreement] | None) -> Tally:
    if pair is None:
        return Tally(gold=1)
    return Tally(gold=1, found=1, lenient_hits=1, strict_hits=int(pair[1] is Agreement.STRICT))


def figures(right: float, found: float, hit: float, gold: float) -> Figures:
    """Return precision (``right`` of ``found``), recall (``hit`` of ``gold``) and their harmonic mean."""
    precision, recall = _ratio(right, found), _ratio(hit, gold)
    return Figures(precision, recall, _ratio(2 * precision * recall, precision + recall))


def _ratio(part: float, whole: float) -> float:
    return part / whole if whole else nan
