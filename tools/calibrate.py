"""Measure how sure each rule is, and rebuild kg/extraction/rules/_confidence.tsv.

python tools/calibrate.py [OUT]

Reads the seeds and the development articles, compares their facts with the annotation in tests/gold, and
writes for each type and rule how many facts it gave, how many of these were right (leniently) and the
confidence that this suggests (kg/evaluation/calibration.py says how). The check set is never read. Run it
again when rules have changed, then `pytest tests/golden --refresh-golden`: confidences are in the graphs.
"""

from __future__ import annotations

import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from kg import evaluation, graph, pipeline
from kg.evaluation.calibration import Estimate, Judged
from kg.extraction.rules import load

ROOT = Path(__file__).parents[1]
OUT = ROOT / "kg/extraction/rules/_confidence.tsv"
SETS = (
    (ROOT / "seeds", ROOT / "tests/gold/seeds"),
    (ROOT / "tests/gold/dev/articles", ROOT / "tests/gold/dev"),
    (ROOT / "tests/gold/more/articles", ROOT / "tests/gold/more"),
)

HEADER = """\
# Confidence of each type of fact and of each rule that gave enough facts: what share of them was right.
# Source: the annotation in tests/gold/seeds, dev and more. Licence: Apache-2.0. Date: {date}.
# Built by tools/calibrate.py; do not edit. A rule that is not named here has the confidence of its type.
rule\tfacts\tright\tconfidence
"""


def main() -> None:
    """Write the table to the file named on the command line, or over the one in the repository."""
    out = Path(sys.argv[1]) if len(sys.argv) > 1 else OUT
    judged = [pair for articles, gold in SETS for pair in judge(articles, gold)]
    out.write_text(table(evaluation.estimates(judged), f"{datetime.now(UTC):%Y-%m}"), "utf-8")
    print(f"{len(judged)} facts, {out}")


def judge(articles: Path, gold: Path) -> tuple[Judged, ...]:
    """Return the facts found in a folder of articles, with how far they agree with gold."""
    shapes = pipeline.shapes()
    with tempfile.TemporaryDirectory() as folder:
        pipeline.build([articles], Path(folder) / "graph")
        found = list(graph.facts(graph.open_graph(Path(folder) / "graph")))
    demanded = evaluation.gold_facts(gold / "facts.jsonl", shapes)
    score = evaluation.score_facts(
        demanded, evaluation.predicted_facts(found), evaluation.conventions(shapes)
    )
    return score.judged


def table(estimates: dict[str, Estimate], date: str) -> str:
    """Return the text of the file."""
    # Weights have learnt from these articles: what their rules state was measured on articles left out.
    learnt = {rule.id for file in load() for rule in file.rules if rule.likely is not None}
    rows = (
        f"{name}\t{e.facts}\t{e.right}\t{e.confidence:.2f}\n"
        for name, e in estimates.items()
        if name not in learnt
    )
    return HEADER.format(date=date) + "".join(rows)


if __name__ == "__main__":
    main()
