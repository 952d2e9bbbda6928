"""Learn whom a figure is about, and rebuild kg/extraction/rules/_subjects.tsv.

python tools/train_subjects.py [--folds N]

Reads the seeds and the development articles, lets the candidates for the subject of each figure be linked, and
compares them with the subjects in tests/gold: logistic regressions over the features of candidates
(kg/extraction/subjects.py). The check set is never read. ``--folds`` prints how often the best candidate is right
on articles that were left out, beside what the rules of syntax alone choose, and writes nothing.
"""

from __future__ import annotations

import argparse
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from unittest import mock

from calibrate import ROOT, SETS
from learning import Example, is_evidence, ranking

from kg import evaluation, extraction, graph, language, linking, pipeline, reading
from kg.evaluation.records import fold
from kg.extraction import subjects
from kg.extraction.features import BIAS
from kg.linking import article as article_linking
from kg.model import Article

OUT = ROOT / "kg/extraction/rules/_subjects.tsv"
LEAST = 10  # candidates in which a feature must occur
PENALTY = 10.0

HEADER = """\
# What speaks for and against a name as that which a figure is about. Highest sum wins.
# Source: the annotation in tests/gold/seeds, dev and more. Licence: Apache-2.0. Date: {date}.
# Built by tools/train_subjects.py; do not edit.
rule\tfeature\tweight
"""


@dataclass(frozen=True)
class Group:
    """The candidates for one figure: their features, which of them are right, which the rules of syntax chose."""

    document: str
    features: tuple[tuple[str, ...], ...]
    right: tuple[bool, ...]


def groups(articles: Path, gold: Path) -> list[Group]:
    """Return the figures of a folder whose subject the annotation tells."""
    shapes = pipeline.shapes()
    demanded = [c for c in evaluation.gold_facts(gold / "facts.jsonl", shapes) if c.kind == "Measurement"]
    found: list[Group] = []
    nlp, lexicon = language.load(), extraction.prepare(linking.known_names())
    classes = graph.load_schema().classes
    for item in reading.read([articles]):
        if not isinstance(item, Article):
            continue
        tried: list[tuple[object, list[subjects.Candidate]]] = []
        plain = subjects.candidates

        def recording(match, *rest, tried=tried, plain=plain):
            made = plain(match, *rest)
            tried.append((match.roles["value"][0], made))
            return made

        # What was chosen for one figure is a feature for the next: it must not come from weights that know the answer.
        plain_weights = mock.patch.object(subjects, "weights", lambda _: {"subject": {"pick=rules": 1000}})
        with plain_weights, mock.patch.object(subjects, "candidates", recording):
            (doc,) = language.analyse(nlp, [item.text])
            read = extraction.extract(doc, lexicon, item.published)
        by_start = {figure.start: (figure, made) for figure, made in tried}
        linked: dict[int, list[list[str]]] = {}
        plain_link = article_linking.link_statement

        def linking_all(statement, resolve, *rest, by_start=by_start, linked=linked, plain_link=plain_link):
            if statement.type == "Measurement":
                for start, (_, made) in by_start.items():
                    if statement.start <= start < statement.end and start not in linked:
                        linked[start] = [[r.id for r in resolve(c.mention)] for c in made]
            return plain_link(statement, resolve, *rest)

        with mock.patch.object(article_linking, "link_statement", linking_all):
            entities, _ = linking.link([(item, (read.mentions, read.statements))], shapes, classes)
        names = {e.id: {fold(n) for n in (e.name, *e.aliases)} for e in entities}
        mine = [c for c in demanded if c.document == item.name]
        for start, ids in sorted(linked.items()):
            figure, made = by_start[start]
            accepted = {
                name
                for c in mine
                if _same_number(c.values["value"][0], figure.value)
                and is_evidence(c, item.text, start, start + 1)
                for offered in c.names["subject"]
                for name in offered
            }
            right = tuple(
                any(names.get(i, {fold(c.mention.text)}) & accepted for i in found_ids)
                for c, found_ids in zip(made, ids, strict=True)
            )
            if accepted and any(right):
                found.append(Group(item.name, tuple(c.features for c in made), right))
            elif accepted:
                missing[item.name] += 1
    return found


missing: Counter[str] = Counter()


def _same_number(a: str, b: str | None) -> bool:
    try:
        return b is not None and abs(float(a.split("|")[0]) - float(b)) <= 0.005 * abs(float(b))
    except ValueError:
        return False


def fit(training: list[Group]) -> dict[str, float]:
    """Return the weights under which the right candidate for a figure comes first."""
    examples = [
        Example(g.document, f, ok) for g in training for f, ok in zip(g.features, g.right, strict=True)
    ]
    numbers = [n for n, group in enumerate(training) for _ in group.right]
    weights = ranking(examples, LEAST, PENALTY, numbers)
    del weights[BIAS]  # all candidates for a figure have it
    return weights


def share(weights: dict[str, float], held: list[Group]) -> float:
    """Return in what share of groups the best candidate is right."""
    hits = 0
    for group in held:
        sums = [sum(weights.get(f, 0.0) for f in features) for features in group.features]
        hits += group.right[sums.index(max(sums))]
    return hits / max(1, len(held))


def main() -> None:
    """Write the table, or print how well it would do."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--folds", type=int)
    chosen = parser.parse_args()
    every = [group for articles, gold in SETS for group in groups(articles, gold)]
    if chosen.folds:
        documents = sorted({g.document for g in every})
        print(
            f"{len(every)} figures of {len(documents)} articles; {sum(missing.values())} without a right one"
        )
        hits = 0.0
        for n in range(chosen.folds):
            held = set(documents[n :: chosen.folds])
            weights = fit([g for g in every if g.document not in held])
            mine = [g for g in every if g.document in held]
            hits += share(weights, mine) * len(mine)
        print(f"left out: {hits / len(every):.3f}; rules of syntax: {share({'pick=rules': 1.0}, every):.3f}")
        return
    weights = fit(every)
    rows = (f"subject\t{f}\t{w:.2f}\n" for f, w in sorted(weights.items()) if abs(w) >= 0.005)
    OUT.write_text(HEADER.format(date=f"{datetime.now(UTC):%Y-%m}") + "".join(rows), "utf-8")
    print(f"{len(every)} figures, {OUT}")


if __name__ == "__main__":
    main()
