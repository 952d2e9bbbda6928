"""Measure what finds places and links actors: the gazetteer, the search for places, and all of it beside the model.

    python benchmarks/linking.py                  2 MB of text
    python benchmarks/linking.py --megabytes 10

In one run: seconds and memory that loading the gazetteer adds; characters a second of the search for names alone and of
place finding as a whole; and the time of everything that finds mentions and links them to entities, as a
ratio to the model's own time on the same text. The text is the articles of seeds/ and tests/gold/dev,
over and over, up to the size asked for (in UTF-8). Times are of the processor, so that a busy machine
changes them less.

It needs the extra ``benchmarks``: pip install -c constraints.txt -e ".[benchmarks]".
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import cycle
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from kg import extraction, graph, language, linking, pipeline, reading  # noqa: E402
from kg.extraction import place_lists, places  # noqa: E402
from kg.extraction.lexicon import automaton, matches  # noqa: E402
from kg.extraction.mentions import find_mentions  # noqa: E402
from kg.extraction.sentences import sentences  # noqa: E402
from kg.linking import gazetteer, villages  # noqa: E402
from kg.model import Article  # noqa: E402


def articles(size: int) -> Iterator[Article]:
    """Yield articles, each with a name of its own, until their texts have ``size`` bytes."""
    folders = [ROOT / "seeds", ROOT / "tests/gold/dev/articles"]
    known = [item for item in reading.read(folders) if isinstance(item, Article)]
    reading.close()
    for number, article in enumerate(cycle(known)):
        if size <= 0:
            return
        size -= len(article.text.encode())
        yield replace(article, name=f"{number:06}/{article.name}")


def seconds(work: Callable[[], Any]) -> tuple[float, Any]:
    """Return the processor's time that some work took, and what it returned."""
    begun = time.process_time()
    result = work()
    return time.process_time() - begun, result


def measure_gazetteer() -> None:
    import psutil

    this = psutil.Process()
    before = this.memory_info().rss
    took, found = seconds(lambda: automaton(gazetteer.known_names()))
    added = (this.memory_info().rss - before) / 1e6
    print(f"gazetteer: {len(found)} names in {took:.2f} s, {added:.0f} MB (at most 0.5 s, 250 MB are wanted)")
    took, _ = seconds(lambda: villages.search("西乾泊", "130926"))
    print(f"villages: the first of a prefecture found in {took * 1000:.1f} ms", end=", ")
    before = this.memory_info().rss
    prefectures = [code for code, d in gazetteer.divisions().items() if d.level == "prefecture"]
    took, _ = seconds(lambda: [villages.search("和平", code) for code in prefectures])
    added = (this.memory_info().rss - before) / 1e6
    print(f"in each of {len(prefectures)} prefectures in {took:.2f} s, {added:.0f} MB")


def measure(megabytes: float) -> None:
    chosen = list(articles(int(megabytes * 1e6)))
    length = sum(len(article.text) for article in chosen)
    print(f"text: {len(chosen)} articles, {length} characters, {megabytes:g} MB")
    lexicon = extraction.prepare(linking.known_names())
    took, count = seconds(lambda: sum(1 for a in chosen for _ in matches(lexicon.names, a.text)))
    print(f"search for names: {length / took / 1e6:.1f} million characters/s, {count} occurrences")
    nlp = language.load()
    language.analyse(nlp, ["预热。"])
    model, docs = seconds(lambda: list(language.analyse(nlp, (article.text for article in chosen))))
    split, cut = seconds(lambda: [list(sentences(doc)) for doc in docs])
    found, _ = seconds(lambda: [_places(sentence, lexicon) for part in cut for sentence in part])
    print(f"place finding: {length / found / 1e6:.2f} million characters/s")
    mentions, read = seconds(
        lambda: [
            find_mentions(doc, lexicon, article.published) for article, doc in zip(chosen, docs, strict=True)
        ]
    )
    shapes, classes = pipeline.shapes(), graph.load_schema().classes
    said = (
        (article, ([list(found) for _, found in part], ()))
        for article, part in zip(chosen, read, strict=True)
    )
    link, (entities, _) = seconds(lambda: linking.link(said, shapes, classes))
    print(f"model {model:.1f} s; sentences {split:.1f} s, of")
    print(f"mentions {mentions:.1f} s; linking {link:.1f} s, {len(entities)} entities")
    print(f"finding and linking / model: {(mentions + link) / model:.2f}")


def _places(sentence: Any, lexicon: Any) -> None:
    known = places.known_places(sentence, lexicon)
    place_lists.shared_endings(sentence, known, lexicon)
    list(places.villages_and_townships(sentence, known, lexicon))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--megabytes", type=float, default=2, help="how much text (default 2)")
    arguments = parser.parse_args()
    measure_gazetteer()
    measure(arguments.megabytes)
