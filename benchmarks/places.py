"""Measure how many of the villages drawn from the official list get their code.

    python benchmarks/places.py                   2,000 villages
    python benchmarks/places.py --villages 500 --seed 7

Each village stands in a made-up article of one or two sentences: after its township and county, in three
wordings; after its township with the county in the sentence before; or with the county in the sentence
before alone. The villages are drawn at random, so the rules were not written for them. Printed are the shares
of those with the right code, a wrong one, none but candidates, none, and of those not found at all.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from kg import extraction, graph, language, linking, pipeline  # noqa: E402
from kg.linking import gazetteer, villages  # noqa: E402
from kg.model import Article, Entity, OffsetMap  # noqa: E402

SENTENCES = (
    "{province}{county}{township}{village}的网店很多。",
    "{county}{township}{village}有网店三百家，{village}的村民都富了。",
    "{short}{township}{village}是淘宝村。",
    "近日，{county}电商兴旺。在{township}，{village}党支部书记张国强开网店卖苹果。",
    "{county}的电商兴旺。走进{village}，家家开网店。",
)
OUTCOMES = ("right", "wrong", "open", "without", "not found")


def drawn(count: int, seed: int) -> list[str]:
    """Return the codes of villages and communities of ordinary townships, at random."""
    townships = [
        code
        for code, unit in gazetteer.divisions().items()
        if unit.level == "township" and unit.name.endswith(("镇", "乡", "街道"))
    ]
    rng = random.Random(seed)
    found: list[str] = []
    while len(found) < count:
        codes = villages.codes(rng.choice(townships))
        village = villages.village(rng.choice(codes)) if codes else None
        if village and village.kind in ("village", "community") and len(village.stem) > 1:
            found.append(village.code)
    return found


def article(code: str, number: int) -> str:
    """Return the article of one village."""
    names = {unit.level: unit.name for step in gazetteer.chain(code) if (unit := gazetteer.division(step))}
    county = names.get("county", names.get("prefecture", ""))
    short = gazetteer.short_form(county, "county") or county
    return SENTENCES[number % len(SENTENCES)].format(**{**names, "county": county, "short": short})


def outcome(code: str, places: list[Entity]) -> str:
    """Return what became of a village among the places found."""
    if any(place.code == code for place in places):
        return "right"
    found = [place for place in places if place.level == "village"]
    if any(place.code for place in found):
        return "wrong"
    return "open" if any(place.candidates for place in found) else "without" if found else "not found"


def main(count: int, seed: int) -> None:
    codes = drawn(count, seed)
    texts = [article(code, number) for number, code in enumerate(codes)]
    nlp, lexicon = language.load(), extraction.prepare(linking.known_names())
    shapes, classes = pipeline.shapes(), graph.load_schema().classes
    counted: Counter[tuple[int, str]] = Counter()
    for number, doc in enumerate(language.analyse(nlp, texts)):
        found = extraction.extract(doc, lexicon, "2021-06-15")
        made = Article("made.txt", texts[number], OffsetMap((), ()), "", "utf-8", published="2021-06-15")
        entities, _ = linking.link([(made, (found.mentions, found.statements))], shapes, classes)
        places = [entity for entity in entities if entity.cls == "Place" and entity.seen]
        counted[number % len(SENTENCES), outcome(codes[number], places)] += 1
    for kind, sentence in enumerate(SENTENCES):
        total = sum(counted[kind, name] for name in OUTCOMES) or 1
        shares = ", ".join(f"{name} {counted[kind, name] / total:.3f}" for name in OUTCOMES)
        print(f"{sentence}\n    {shares}")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--villages", type=int, default=2000, help="how many (default 2000)")
    parser.add_argument("--seed", type=int, default=0, help="which (default 0)")
    arguments = parser.parse_args()
    main(arguments.villages, arguments.seed)
