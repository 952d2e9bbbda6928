"""What the tests of the evaluation share: small facts, and the conventions of the real ontology."""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

from kg.evaluation import Conventions, Score, Tally, conventions, score_facts
from kg.evaluation.compare import Agreement, compare_facts
from kg.evaluation.records import Record, claim
from kg.pipeline import shapes

GOLD = Path(__file__).resolve().parents[1] / "gold"


@cache
def rules() -> Conventions:
    return conventions(shapes())


def fact(kind: str, /, doc: str = "a.txt", **said: Any) -> Record:
    """Return a fact; ``time``, ``modality``, ``optional`` and ``aliases`` apart, keywords are its roles."""
    rest = {key: said.pop(key) for key in ("time", "modality", "optional", "aliases") if key in said}
    roles = {role: value if isinstance(value, list) else [value] for role, value in said.items()}
    return {"doc": doc, "type": kind, "roles": roles, **rest}


def agreement(gold: Record, found: Record) -> Agreement:
    return compare_facts(claim(gold), claim(found), rules())


def score(gold: Iterable[Record], found: Iterable[Record]) -> Score:
    return score_facts(map(claim, gold), map(claim, found), rules())


def counts(tally: Tally) -> tuple[int, int, int, int]:
    return tally.gold, tally.found, tally.lenient_hits, tally.strict_hits


def write(path: Path, records: Iterable[Record]) -> Path:
    path.write_text("".join(json.dumps(item, ensure_ascii=False) + "\n" for item in records), "utf-8")
    return path
