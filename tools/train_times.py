"""Learn of what time facts are, and rebuild kg/extraction/rules/_times.tsv.

python tools/train_times.py [--folds N]

Reads the seeds and the development articles, takes the facts that the annotation has, too, and compares the times
that each could be of (kg/extraction/dates.py) with the annotated one: logistic regressions over their features,
deterministic. The check set is never read. ``--folds`` prints which share of the times of articles that were left
out is right, beside that of the rules of kg/extraction/when.py, by type, and writes nothing.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from unittest import mock

from calibrate import SETS
from learning import RULES, Example, Reader, articles, claimed, is_evidence, ranking

from kg import evaluation, pipeline
from kg.evaluation.compare import agreed_time, compare_facts, conventions
from kg.extraction import dates, statements

OUT = RULES / "_times.tsv"
LEAST = 6  # candidates in which a feature must occur
PENALTY = 5.0
SMALL = 0.02  # weights
UNDATED = 0.35  # how much a fact counts to which the annotation gives no time: any is accepted there

HEADER = """\
# What speaks for and against a time as that of a fact, in log-odds.
# Source: the annotation in tests/gold/seeds, dev and more. Licence: Apache-2.0. Date: {date}.
# Built by tools/train_times.py; do not edit.
rule\tfeature\tweight
"""


@dataclass(frozen=True, slots=True)
class Group:
    """The times that one fact could be of, which are right, and which the rules took."""

    document: str
    type: str
    candidates: tuple[dates.Candidate, ...]
    right: tuple[bool, ...]
    picked: str | None
    demanded: bool  # whether the annotation has a time


def groups(folder: Path, gold: Path, reader: Reader) -> Iterator[Group]:
    """Yield the facts of the articles of a folder that the annotation has, too."""
    rules = conventions(pipeline.shapes())
    demanded = evaluation.gold_facts(gold / "facts.jsonl", pipeline.shapes())
    for article in articles(folder):
        tried: list[tuple[list[dates.Candidate], str | None]] = []

        def recording(file, rule, match, view, context, picked, tried=tried):
            tried.append((dates.candidates(file, rule, match, view, context, picked), picked))
            context.dated[file.type] = picked, context.history.sentence
            return f"1000-{len(tried)}"  # tells which facts have this time

        with mock.patch.object(statements, "choose", recording):
            found = reader.read(article)
        made = [s for s in found.statements if (s.time or "").startswith("1000-")]
        entities, linked = reader.link(article, found, made)
        mine = [c for c in demanded if c.document == article.name]
        for statement, roles in zip(made, linked, strict=True):
            if roles is None:
                continue
            said = claimed(article, statement, roles, entities)
            wanted = {
                c.time
                for c in mine
                if compare_facts(c, said, rules)
                and is_evidence(c, article.text, statement.start, statement.end)
            }
            candidates, picked = tried[int((statement.time or "").removeprefix("1000-")) - 1]
            right = tuple(
                any(c.time is None if time is None else agreed_time(time, c.time) for time in wanted)
                for c in candidates
            )
            if wanted:
                yield Group(
                    article.name, statement.type, tuple(candidates), right, picked, None not in wanted
                )


def fit(training: Sequence[Group]) -> dict[str, float]:
    """Return the weights under which the right time of a fact comes first, and is more likely right than not."""
    examples = [
        Example(g.document, c.features, ok, 1.0 if g.demanded else UNDATED)
        for g in training
        for c, ok in zip(g.candidates, g.right, strict=True)
    ]
    return ranking(examples, LEAST, PENALTY, [n for n, group in enumerate(training) for _ in group.right])


def hits(weights: dict[str, float], held: Sequence[Group]) -> list[bool]:
    """Return for each fact whether the time that the weights take is right."""
    found = []
    for group in held:
        times = [c.time for c in group.candidates]
        found.append(group.right[times.index(dates.best(group.candidates, group.picked, weights))])
    return found


def main() -> None:
    """Write the table, or print how well it would do."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--folds", type=int)
    chosen = parser.parse_args()
    reader = Reader()
    every = [group for folder, gold in SETS for group in groups(folder, gold, reader)]
    if chosen.folds:
        report(every, chosen.folds)
        return
    weights = fit(every)
    rows = (f"time\t{f}\t{w:.2f}\n" for f, w in sorted(weights.items()) if abs(w) >= SMALL)
    OUT.write_text(HEADER.format(date=f"{datetime.now(UTC):%Y-%m}") + "".join(rows), "utf-8")
    print(f"{len(every)} facts, {OUT}")


def report(every: Sequence[Group], folds: int) -> None:
    """Print which share of the times of left-out articles is right, by type."""
    documents = sorted({g.document for g in every})
    learnt: list[tuple[Group, bool]] = []
    for n in range(folds):
        held = set(documents[n::folds])
        weights = fit([g for g in every if g.document not in held])
        mine = [g for g in every if g.document in held]
        learnt += zip(mine, hits(weights, mine), strict=True)
    plain = dict(zip(map(id, every), hits({"pick": 1.0, "pick-none": 1.0}, every), strict=True))
    for kind in (*sorted({g.type for g in every}), ""):
        for asked in (True, False):
            mine = [(g, ok) for g, ok in learnt if kind in ("", g.type) and g.demanded == asked]
            share = sum(ok for _, ok in mine) / max(1, len(mine))
            before = sum(plain[id(g)] for g, _ in mine) / max(1, len(mine))
            reach = sum(any(g.right) for g, _ in mine) / max(1, len(mine))
            shown = f"left out {share:.3f}  rules {before:.3f}  possible {reach:.3f}"
            print(f"{kind or 'all':14} {'dated' if asked else 'undated':8} {len(mine):5} {shown}")


if __name__ == "__main__":
    main()
