"""Whether something found agrees with something annotated: not at all, in the main, or in full."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum
from pathlib import Path

from kg.evaluation.records import Claim, Named, Names
from kg.model import FactShape
from kg.resources import load_yaml

_SMALLEST = 1e-12  # keeps the tolerance above nothing where gold is 0


class Agreement(IntEnum):
    """How far two facts agree."""

    NONE = 0
    LENIENT = 1
    STRICT = 2


@dataclass(frozen=True, slots=True)
class Convention:
    """What it takes for facts of one type to agree."""

    required: Mapping[str, int]  # role → how many of the gold values must be found, if gold has so many
    alternatives: tuple[str, ...] = ()  # one of those that gold fills must agree
    if_given: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    worded: tuple[str, ...] = ()
    interchangeable: tuple[str, ...] = ()
    timed: bool = False
    tolerance: float = 0.0
    overlap: float = 1.0


Conventions = Mapping[str, Convention]


def conventions(shapes: Mapping[str, FactShape]) -> Conventions:
    """Return the conventions of all fact types, from the ontology and ``conventions.yaml``."""
    data = load_yaml(Path(__file__).with_name("conventions.yaml"))

    def roles(key: str, name: str) -> tuple[str, ...]:
        return tuple(data[key].get(name, ()))

    return {
        name: Convention(
            required={role: what.least for role, what in shape.roles.items() if what.least},
            alternatives=shape.alternatives,
            if_given=roles("if_given", name),
            numbers=roles("numbers", name),
            worded=roles("worded", name),
            interchangeable=roles("interchangeable", name),
            timed=name in data["timed"],
            tolerance=data["tolerance"],
            overlap=data["overlap"],
        )
        for name, shape in shapes.items()
    }


def compare_facts(gold: Claim, found: Claim, rules: Conventions) -> Agreement:
    """Return how far a found fact agrees with an annotated one."""
    if gold.kind != found.kind or gold.negated != found.negated:  # what is denied was never found
        return Agreement.NONE
    rule = rules[gold.kind]
    if not _in_the_main(gold, found, rule):
        return Agreement.NONE
    return Agreement.STRICT if _in_full(gold, found, rule) else Agreement.LENIENT


def compare_entities(gold: Named, found: Named) -> Agreement:
    """Return STRICT if both have a class and a name in common; entities know no half agreement."""
    agreed = gold.classes & found.classes and gold.names & found.names
    return Agreement.STRICT if agreed else Agreement.NONE


def _in_the_main(gold: Claim, found: Claim, rule: Convention) -> bool:
    if rule.interchangeable:
        one, other = rule.interchangeable
        return (_meet(gold, one, found, one) and _meet(gold, other, found, other)) or (
            _meet(gold, one, found, other) and _meet(gold, other, found, one)
        )
    filled = [role for role in rule.alternatives if role in gold.names]
    return (
        all(_required_role_agrees(gold, found, role, rule) for role in rule.required)
        and all(_role_agrees(gold, found, role) for role in rule.if_given if role in gold.names)
        and (not filled or any(_role_agrees(gold, found, role) for role in filled))
    )


def _in_full(gold: Claim, found: Claim, rule: Convention) -> bool:
    return (
        gold.modality == found.modality
        and (not rule.timed or agreed_time(gold.time, found.time))
        and all(_role_agrees(gold, found, role) for role in gold.names if role not in rule.required)
    )


def _required_role_agrees(gold: Claim, found: Claim, role: str, rule: Convention) -> bool:
    if role in rule.numbers:
        return _number_agrees(gold, found, role, rule.tolerance)
    if role in rule.worded:
        return _wording_agrees(gold, found, role, rule.overlap)
    return _role_agrees(gold, found, role, rule.required[role])


def _role_agrees(gold: Claim, found: Claim, role: str, least: int = 1) -> bool:
    """Are ``least`` of the gold values, or all if there are fewer, among those found?"""
    wanted, offered = gold.names.get(role, ()), found.names.get(role, ())
    return sum(_among(names, offered) for names in wanted) >= min(least, len(wanted))


def _meet(gold: Claim, gold_role: str, found: Claim, found_role: str) -> bool:
    offered = found.names.get(found_role, ())
    return any(_among(names, offered) for names in gold.names.get(gold_role, ()))


def _among(names: Names, offered: tuple[Names, ...]) -> bool:
    return any(not names.isdisjoint(others) for others in offered)


def _number_agrees(gold: Claim, found: Claim, role: str, tolerance: float) -> bool:
    wanted, offered = _number(gold, role), _number(found, role)
    if wanted is None or offered is None:
        return False
    return abs(wanted - offered) <= tolerance * max(abs(wanted), _SMALLEST)


def _number(claim: Claim, role: str) -> float | None:
    try:
        return float(re.sub(r"[,，%]", "", claim.values[role][0].split("|")[0]))
    except (KeyError, ValueError):
        return None


def _wording_agrees(gold: Claim, found: Claim, role: str, overlap: float) -> bool:
    return any(
        len(set(wanted) & set(offered)) >= overlap * min(len(set(wanted)), len(set(offered)))
        for one in gold.names.get(role, ())
        for other in found.names.get(role, ())
        for wanted in one
        for offered in other
    )


def agreed_time(wanted: str | None, offered: str | None) -> bool:
    """Is the time that gold has found, or one within it? Within an interval none is."""
    if not wanted or wanted == offered:
        return True
    return "/" not in wanted and (offered or "").startswith(wanted)
