"""Facts and entities in the shape in which they are compared, gold and found alike.

Gold files have the shape of ``kg facts`` and ``kg entities`` with three differences: a value is all its
accepted names joined by ``|``, ``optional`` marks what may be found or left out, and spans may be missing.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

Record = dict[str, Any]
Names = frozenset[str]  # the folded names of one thing

# Spaces, quotation marks, title marks and what stands between the parts of a name carry no identity.
_IGNORED = re.compile(r"[\s《》〈〉“”\"'‘’「」『』·•,，]")


@dataclass(frozen=True, slots=True)
class Claim:
    """A fact. ``values`` are the roles as they stand, ``names`` the same with all their accepted names."""

    document: str
    kind: str  # the fact type
    values: Mapping[str, tuple[str, ...]]  # only roles that are filled
    names: Mapping[str, tuple[Names, ...]]
    time: str | None
    modality: str
    optional: bool
    record: Record  # as read
    confidence: float = 1.0  # as stated; 1 where nothing is

    @property
    def negated(self) -> bool:
        return self.modality == "negated"


@dataclass(frozen=True, slots=True)
class Named:
    """An entity in one document."""

    document: str
    kind: str  # the first of its classes
    classes: frozenset[str]
    names: Names
    optional: bool
    record: Record  # as read


def fold(name: str) -> str:
    """Return the form under which names are compared: width and case folded, marks left out."""
    return _IGNORED.sub("", unicodedata.normalize("NFKC", name)).lower()


def claim(record: Record) -> Claim:
    """Return the fact of a record. Raises ValueError saying what is wrong with it."""
    aliases = {
        name: _strings(others, "aliases")
        for name, others in _object(record.get("aliases"), "aliases").items()
    }
    filled = {
        role: _strings(value, f"role {role!r}")
        for role, value in _object(_needed(record, "roles", dict), "roles").items()
    }
    values = {role: found for role, found in filled.items() if found}
    return Claim(
        document=_needed(record, "doc", str),
        kind=_needed(record, "type", str),
        values=values,
        names={
            role: tuple(_names(value, aliases.get(value, ())) for value in found)
            for role, found in values.items()
        },
        time=_time(record.get("time")),
        modality=_optional_text(record, "modality") or "actual",
        optional=bool(record.get("optional")),
        record=record,
        confidence=_confidence(record.get("confidence")),
    )


def named(record: Record, in_gold: bool = False) -> Named:
    """Return the entity of a record. Raises ValueError saying what is wrong with it.

    In gold the accepted names are those in ``names``, and aliases do not count.
    """
    classes = _needed(record, "class", str).split("|")
    aliases = _strings(record.get("aliases"), "aliases")
    return Named(
        document=_needed(record, "doc", str),
        kind=classes[0],
        classes=frozenset(classes),
        names=_names(_needed(record, "names", str), () if in_gold else aliases),
        optional=bool(record.get("optional")),
        record=record,
    )


def _names(value: str, others: Iterable[str]) -> Names:
    """Return the names of a value; a name of gold may list several, an alias is one."""
    return frozenset(map(fold, [*value.split("|"), *others])) - {""}


def _needed(record: Record, key: str, kind: type) -> Any:
    if key not in record:
        raise ValueError(f"it has no {key!r}")
    if not isinstance(record[key], kind):
        raise ValueError(f"its {key!r} is not {'a string' if kind is str else 'an object'}")
    return record[key]


def _object(value: Any, key: str) -> dict[str, Any]:
    if value and not isinstance(value, dict):
        raise ValueError(f"its {key!r} is not an object")
    return value or {}


def _strings(value: Any, what: str) -> tuple[str, ...]:
    """Return a list of values, or the only value, as text."""
    found = value if isinstance(value, list) else [] if value in (None, "") else [value]
    if not all(isinstance(item, str | int | float) and not isinstance(item, bool) for item in found):
        raise ValueError(f"its {what} is not a list of strings")
    return tuple(map(str, found))


def _time(value: Any) -> str | None:
    if isinstance(value, dict):
        value = value.get("edtf")
    if not isinstance(value, str | None):
        raise ValueError("its 'time' is neither null nor an EDTF string")
    return value or None


def _confidence(value: Any) -> float:
    if value is None:
        return 1.0
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 1:
        raise ValueError("its 'confidence' is no number from 0 to 1")
    return float(value)


def _optional_text(record: Record, key: str) -> str | None:
    value = record.get(key)
    if not isinstance(value, str | None):
        raise ValueError(f"its {key!r} is not a string")
    return value
