"""Whether the places of a graph have the right official codes.

Gold is ``places.tsv``: document, name, code, with the names of one place joined by ``|``, and ``-`` as the
code of a place that the official list does not have.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from kg.evaluation.lines import BadLine, lines
from kg.evaluation.records import Named, Names, fold

_NONE = "-"
_HEADINGS = ("doc", "name", "code")


@dataclass(frozen=True, slots=True)
class Coded:
    """A place that a careful reader has looked up; ``code`` is None if the official list lacks it."""

    document: str
    name: str
    names: Names
    code: str | None


@dataclass(frozen=True, slots=True)
class Codes:
    """How many places were looked up and have the right code, and those that do not: with the codes found.

    A place that was not found has none at all; one that was found without a code has ``None``.
    """

    gold: int
    wrong: tuple[tuple[Coded, tuple[str | None, ...]], ...]

    @property
    def right(self) -> int:
        return self.gold - len(self.wrong)


def gold_codes(path: Path) -> list[Coded]:
    """Read the places that were looked up. Raises BadLine and OSError."""
    found = []
    for number, line in lines(path):
        cells = tuple(line.split("\t"))
        if line.startswith("#") or cells == _HEADINGS:
            continue
        if len(cells) != len(_HEADINGS) or not all(cells):
            raise BadLine(path, number, f"it does not have the columns {', '.join(_HEADINGS)}")
        document, name, code = cells
        if code != _NONE and not code.isalnum():
            raise BadLine(path, number, f"{code!r} is no code, nor {_NONE!r} for none")
        names = frozenset(map(fold, name.split("|")))
        found.append(Coded(document, name, names, None if code == _NONE else code))
    return found


def score_codes(gold: Iterable[Coded], found: Iterable[Named]) -> Codes:
    """Compare codes, place by place. One of several places of a name is enough: papers name two 花园村."""
    places: dict[str, list[Named]] = defaultdict(list)
    for entity in found:
        if "Place" in entity.classes:
            places[entity.document].append(entity)
    count = 0
    wrong: list[tuple[Coded, tuple[str | None, ...]]] = []
    for one in gold:
        count += 1
        codes = [place.record.get("code") for place in places[one.document] if place.names & one.names]
        if one.code not in codes:
            wrong.append((one, tuple(sorted(set(codes), key=lambda code: code or ""))))
    return Codes(count, tuple(wrong))
