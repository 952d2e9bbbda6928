"""What humans have decided about things: a text file with one decision a line, read and checked.

    same       青禾公司 = 青禾农业科技有限公司
    different  青禾公司 ≠ 青禾农业科技有限公司 in news/a.txt
    rename     青禾公司 = 浙江青禾公司
    drop       网络公司
    retype     云谷基地 = Facility

docs/overrides.md tells users what each does. ``overrides.py`` carries them out.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass

from kg.linking.entities import fold
from kg.linking.gazetteer import LEVELS

KINDS = ("drop", "different", "retype", "same", "rename")  # in the order in which they are carried out
_NAME = r'(?:"(?P<q{0}>[^"]+)"|(?P<{0}>[^\s"=≠](?:[^"=≠]*?[^\s"=≠!])??))'
_DOCUMENT = r'(?:\s+in\s+(?:"(?P<qdocument>[^"]+)"|(?P<document>[^\s"](?:[^"]*[^\s"])?)))?'
_SIGNS = {"same": "=", "rename": "=", "retype": "=", "different": "(?:≠|!=)"}
_LINES = {
    kind: re.compile(
        rf"{kind}\s+{_NAME.format('a')}"
        + (rf"\s*{_SIGNS[kind]}\s*{_NAME.format('b')}" if kind in _SIGNS else "")
        + _DOCUMENT
    )
    for kind in KINDS
}
_COMMENT = re.compile(r'(?:^|\s)#[^"]*$')


class BadDecision(Exception):
    """A line is no decision, or contradicts another; the message names file, line and reason."""

    def __init__(self, place: str, reason: str) -> None:
        super().__init__(f"{place}: {reason}")


@dataclass(frozen=True, slots=True, order=True)
class Target:
    """The things that a decision speaks of: those of a name, perhaps of one class, or the one of an id."""

    name: str
    cls: str = ""
    id: str = ""

    def __str__(self) -> str:
        return self.id or (f"{self.cls}:{self.name}" if self.cls else self.name)


@dataclass(frozen=True, slots=True, order=True)
class Decision:
    """One line. ``value`` is the new name or the new class or level; ``place`` is file and line."""

    kind: str
    target: Target
    other: Target | None = None  # of same and different
    value: str = ""  # of rename and retype
    document: str = ""  # "" is all
    place: str = ""

    def __str__(self) -> str:
        sign = "≠" if self.kind == "different" else "="
        right = f" {sign} {self.other or self.value}" if self.other or self.value else ""
        return f"{self.kind} {self.target}{right}" + (f" in {self.document}" if self.document else "")


def read_decisions(text: str, file: str, classes: Collection[str], base: str) -> tuple[Decision, ...]:
    """Return the decisions of a file's text, in an order that does not depend on that of the lines.

    ``base`` is taken from the head of IRIs. Raises BadDecision, naming file and line.
    """
    found: dict[tuple, Decision] = {}
    for number, raw in enumerate(text.removeprefix("\ufeff").split("\n"), 1):
        line = _COMMENT.sub("", raw).strip()
        if not line:
            continue
        place = f"{file}:{number}"
        decision = _decision(line, place, classes, base)
        for key in _excluding(decision):
            other = found.setdefault(key, decision)
            if str(other) != str(decision):
                raise BadDecision(place, f"{str(decision)!r} contradicts {str(other)!r} of {other.place}")
    unique = {str(decision): decision for decision in reversed(found.values())}
    return tuple(sorted(unique.values(), key=lambda d: (KINDS.index(d.kind), str(d))))


def _decision(line: str, place: str, classes: Collection[str], base: str) -> Decision:
    kind = line.split(maxsplit=1)[0]
    if kind not in _LINES:
        raise BadDecision(place, f"{kind!r} is no decision; there are: {', '.join(sorted(KINDS))}")
    match = _LINES[kind].fullmatch(line)
    if not match:
        sign = "≠" if kind == "different" else "="
        shape = f"{kind} NAME" + (f" {sign} OTHER" if kind in _SIGNS else "")
        raise BadDecision(place, f"{line!r} is not of the shape {shape!r}; quote names with signs")
    part = {name: match[f"q{name}"] or match[name] or "" for name in ("a", "document")}
    second = (match["qb"] or match["b"]) if kind in _SIGNS else ""
    target = _target(part["a"], classes, base)
    document = part["document"]
    if kind in ("rename", "retype"):
        if kind == "rename" and document:
            raise BadDecision(place, "a thing has one name in all documents: rename takes no 'in'")
        if kind == "retype" and second not in {*classes, *LEVELS} - {"Place"}:
            known = ", ".join([*(name for name in classes if name != "Place"), *LEVELS])
            raise BadDecision(place, f"{second!r} is no class and no level of a place; there are: {known}")
        return Decision(kind, target, None, second, document, place)
    other = _target(second, classes, base) if second else None
    if kind == "different" and target == other and not document:
        raise BadDecision(
            place, "say in which document it is another thing: different NAME ≠ NAME in DOCUMENT"
        )
    return Decision(kind, target, other, "", document, place)


def _target(text: str, classes: Collection[str], base: str) -> Target:
    path = text.removeprefix(base)
    if path != text or re.fullmatch(rf"(?:{'|'.join(cls.lower() for cls in classes)})/[\w%.-]+", path):
        return Target("", "", path)
    cls, colon, name = text.partition(":")
    return Target(name, cls) if colon and cls in classes and name else Target(text)


def _excluding(decision: Decision) -> list[tuple]:
    """Return keys of which each may belong to one decision only."""
    one = (fold(decision.target.name), decision.target.cls, decision.target.id)
    if decision.kind in ("rename", "retype", "drop"):
        return [(decision.kind, one, decision.document)]
    other = decision.other or Target("")
    two = (fold(other.name), other.cls, other.id)
    pair = ("pair", *sorted((one, two)), decision.document)
    return [pair, *([("same", one, decision.document)] if decision.kind == "same" and one != two else [])]
