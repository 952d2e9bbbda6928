"""Learn who is likely to take part in what no pattern reads, and rebuild kg/extraction/rules/_likely.tsv.

python tools/train_likely.py [--folds N]

Reads the seeds and the development articles, lets the pairs of each rule with ``likely`` be linked, and compares
them with the annotation: logistic regression over the features of pairs (kg/extraction/likely.py) with an L2
penalty, by gradient ascent, deterministically; small weights are left out. The sentences that the rules give as
wrong count as well. The check set is never read.
``--folds`` prints what each rule would add to articles that were left out, beside what the other rules read
there, at several probabilities, and writes nothing: how many facts, and which share of them is right. That share is
the ``confidence`` to state in the rule.
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from math import inf, log
from pathlib import Path
from unittest import mock

from calibrate import SETS
from learning import RULES, Example, Reader, articles, claimed, is_evidence, logistic

from kg import evaluation, pipeline
from kg.evaluation.compare import compare_facts, conventions
from kg.extraction import likely, statements
from kg.extraction.features import BIAS
from kg.extraction.rules import load
from kg.model import Article, Mention, OffsetMap, Statement

OUT = RULES / "_likely.tsv"
LEAST = 4  # pairs in which a feature must occur
SMALL = 0.08  # weights
PENALTY = 3.0
OPTIONAL = 0.3  # how much a fact counts that readers may leave out
LEVELS = (0.3, 0.4, 0.5, 0.6, 0.7)

HEADER = """\
# What speaks for and against a pair of names as a fact that no pattern reads, by rule, in log-odds.
# Source: the annotation in tests/gold/seeds, dev and more. Licence: Apache-2.0. Date: {date}.
# Built by tools/train_likely.py; do not edit.
rule\tfeature\tweight
"""


@dataclass(frozen=True)
class Try:
    """A pair with what became of it. ``right`` is None where the fact stands elsewhere in the article."""

    document: str
    rule: str
    name: tuple[int, int]  # which name in the text
    own: tuple[str, ...]  # features of the name
    features: tuple[str, ...]  # of how the other stands to it
    right: bool | None
    optional: bool
    fact: int | None  # which fact of the annotation
    read: bool  # by another rule
    roles: tuple


def tries(folder: Path, gold: Path, reader: Reader) -> Iterator[Try]:
    """Yield the pairs of the articles of a folder."""
    rules = conventions(pipeline.shapes())
    demanded = evaluation.gold_facts(gold / "facts.jsonl", pipeline.shapes())
    for article in articles(folder):
        mine = [c for c in demanded if c.document == article.name and not c.negated]
        found, met = _pairs(article, reader)
        made = [_statement(rule, what, other, span) for rule, what, other, _, _, span, _ in met]
        entities, linked = reader.link(article, found, made)
        for (rule, what, _, own, features, _, read), statement, roles in zip(met, made, linked, strict=True):
            if roles is None:
                continue
            said = claimed(article, statement, roles, entities)
            hits = [(is_evidence(c, article.text, statement.start, statement.end), not c.optional, n)
                    for n, c in enumerate(mine) if compare_facts(c, said, rules)]  # fmt: skip
            here, required, fact = max(hits, default=(True, True, None))
            right = False if fact is None else True if here else None
            yield Try(
                article.name, rule.id, (what.start, what.end), own, features,
                right, not required, fact, read, tuple(sorted(roles.items())),
            )  # fmt: skip


def refused(reader: Reader) -> Iterator[Try]:
    """Yield the pairs of sentences that the rules give as wrong and that no rule of the type reads: none is a fact."""
    for file in load():
        for text in sorted({text for rule in file.rules for text in rule.wrong}):
            article = Article(text, text, OffsetMap((), ()), "", "utf-8", published="2021-06-15")
            found, met = _pairs(article, reader)
            if any(statement.type == file.type for statement in found.statements):
                continue
            for rule, what, _, own, features, _, read in met:
                if rule.type == file.type:
                    yield Try(
                        text, rule.id, (what.start, what.end), own, features, False, False, None, read, ()
                    )


def _pairs(article: Article, reader: Reader) -> tuple:
    """Return what an article says without the rules that weights decide, and the pairs that they would weigh."""
    met: list[tuple] = []
    is_read: list[bool] = [False]
    plain = statements._is_read

    def reading(match, others):
        is_read[0] = plain(match, others)
        return False

    def recording(rule, what: Mention, at, view, history):
        span = view.offsets[0], view.ends[-1]
        own = tuple(likely.own_features(what, at, view, history))
        others = likely.others(rule, what, at, view, history) if rule.likely else [(None, ())]
        met.extend((rule, what, other, own, tuple(features), span, is_read[0]) for other, features in others)
        return None

    with (
        mock.patch.object(statements, "_is_read", reading),
        mock.patch.object(statements, "participants", recording),
    ):
        found = reader.read(article)
    return found, met


def _statement(rule, what: Mention, other: Mention | None, span: tuple[int, int]) -> Statement:
    roles = {rule.patterns[0].roles[0]: (what,)}
    for role in rule.likely:
        roles[role] = (*roles.get(role, ()), other)
    return Statement(rule.type, roles, *span, rule.id, 1.0)


def fit(training: Sequence[Try]) -> dict[str, float]:
    """Return the weights of features that make the right pairs likely, with ``bias`` and ``most``."""
    rows = [t for t in training if t.right is not None]
    examples = [
        Example(t.document, {*t.own, *t.features}, bool(t.right), OPTIONAL if t.right and t.optional else 1.0)
        for t in rows
    ]
    weights = logistic(examples, LEAST, PENALTY)
    kept = {name: weight for name, weight in weights.items() if abs(weight) >= SMALL or name == BIAS}
    return kept | {likely.MOST: _most(kept, rows)}


def _most(weights: dict[str, float], rows: Sequence[Try]) -> float:
    """Return what the other party adds to the log-odds, at most, in pairs that come out likely."""
    added = ((sum(weights.get(f, 0.0) for f in features) for features in (t.own, t.features)) for t in rows)
    return max((b for a, b in added if weights[BIAS] + a + b >= 0), default=0.0)


def added(held: Sequence[Try], weights: dict[str, float], level: float) -> list[Try]:
    """Return the pairs that would be facts: the best of each name that no other rule read, if likely enough."""
    best: dict[tuple, tuple[float, Try]] = {}
    for t in held:
        odds = weights[BIAS] + sum(weights.get(f, 0.0) for f in (*t.own, *t.features))
        which = (t.document, t.name)
        if not t.read and odds >= log(level / (1 - level)) and odds > best.get(which, (-inf,))[0]:
            best[which] = odds, t
    return list({(t.document, t.roles): t for _, t in best.values()}.values())


def main() -> None:
    """Write the table, or print how well it would do."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--folds", type=int)
    chosen = parser.parse_args()
    reader = Reader()
    by_rule: dict[str, list[Try]] = defaultdict(list)
    for folder, gold in SETS:
        for one in tries(folder, gold, reader):
            by_rule[one.rule].append(one)
    if chosen.folds:
        report(by_rule, chosen.folds)
        return
    for one in refused(reader):
        by_rule[one.rule].append(one)
    rows = [
        f"{rule}\t{feature}\t{weight:.2f}\n"
        for rule, mine in sorted(by_rule.items())
        for feature, weight in sorted(fit(mine).items())
    ]
    OUT.write_text(HEADER.format(date=f"{datetime.now(UTC):%Y-%m}") + "".join(rows), "utf-8")
    print(f"{len(rows)} weights of {len(by_rule)} rules, {OUT}")


def report(by_rule: dict[str, list[Try]], folds: int) -> None:
    """Print what the rules would add to articles that they did not learn from."""
    documents = sorted({t.document for mine in by_rule.values() for t in mine})
    for rule, mine in sorted(by_rule.items()):
        extra: dict[float, list[Try]] = defaultdict(list)
        for n in range(folds):
            held = set(documents[n::folds])
            weights = fit([t for t in mine if t.document not in held])
            for level in LEVELS:
                extra[level] += added([t for t in mine if t.document in held], weights, level)
        shown = (
            f"{level}: {len(got)} facts, {sum(t.fact is not None for t in got) / max(1, len(got)):.2f} right"
            for level, got in extra.items()
        )
        print(rule, *shown, sep="  ")


if __name__ == "__main__":
    main()
