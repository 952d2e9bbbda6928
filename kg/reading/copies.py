"""Which articles are copies of one another: reprints, with another headline, an altered line or a cut tail.

A wire story that twenty papers carry is one report. Two articles are copies when nearly all runs of eight
characters of the shorter one stand in the longer one, nearly all of its figures do too (reports of two
months or counties follow one model, and differ in these), and it begins where the longer one begins, for two
stories may quote one law at length.

Pairs to look at are found by a sample of the runs that every article takes in the same way, so the time
grows with the number of articles, not of pairs.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from kg.model import Article
from kg.reading.dating import GUESSED_ORIGINS

_SAID = re.compile(r"[^0-9A-Za-z㐀-鿿]+")
_FIGURE = re.compile(r"\d+(?:\.\d+)?")
_RUN = 8  # characters
_SAMPLE = 16  # one in so many runs stands for the article when pairs are looked for
_SHARED = 0.8  # of the runs of the shorter article that stand in the longer one
_FIGURES = 0.8  # likewise of its figures
_HEAD = 0.2  # of the longer article, in which the beginning of the shorter one stands
_OPENING = 60  # characters that are taken for a beginning
_SHORTEST = 60  # characters; below that only articles that are alike to the character are copies
_COMMON = 200  # articles that share a run of which then nothing is concluded
_LIKELY = 0.4  # of the sample that a pair shares, for it to be looked at

_Hashes = npt.NDArray[np.uint64]


def find_copies(articles: Iterable[Article]) -> dict[str, str]:
    """Return for every copy the name of the article that it is a copy of, which is itself none.

    Of articles that are copies of one another the first is the one published first; if that is not known but guessed,
    the longest, then the one whose name comes first. The order of the input makes no difference.
    """
    ordered = sorted(articles, key=_precedence)
    sketches = [_sketch(article.text) for article in ordered]
    leader = list(range(len(ordered)))
    for i, j in _likely_pairs(sketches):
        a, b = _root(leader, i), _root(leader, j)
        if a != b and _are_copies(ordered[i].text, ordered[j].text):
            leader[max(a, b)] = min(a, b)
    roots = (_root(leader, i) for i in range(len(ordered)))
    return {ordered[i].name: ordered[root].name for i, root in enumerate(roots) if i != root}


def _precedence(article: Article) -> tuple[str, int, str]:
    known = article.published if article.published_origin not in GUESSED_ORIGINS else None
    # A month is later than its days, for it may be the last of them that is meant.
    return (known or "").ljust(10, "~"), -len(article.text), article.name


@dataclass(frozen=True, slots=True)
class _Sketch:
    whole: int  # digest of all that is said
    sample: tuple[int, ...]


def _sketch(text: str) -> _Sketch:
    said = _SAID.sub("", text)
    runs = _runs(said)
    sample = np.unique(runs[runs % np.uint64(_SAMPLE) == 0]) if len(said) >= _SHORTEST else runs[:0]
    weights = np.arange(1, 2 * len(runs), 2, dtype=np.uint64)
    whole = int((runs * weights).sum()) if len(runs) else _digest(said)
    return _Sketch(whole ^ len(said), tuple(sample.tolist()))


def _digest(said: str) -> int:
    """Return a number that is the same for the same few characters, on every run."""
    return int.from_bytes(said.encode("utf-8", "surrogatepass"), "big") % (1 << 61)


def _runs(said: str) -> _Hashes:
    """Return a hash of every run of characters, in order."""
    codes = np.frombuffer(said.encode("utf-32-le", "surrogatepass"), dtype=np.uint32).astype(np.uint64)
    count = len(codes) - _RUN + 1
    if count <= 0:
        return np.empty(0, dtype=np.uint64)
    hashes = np.zeros(count, dtype=np.uint64)
    for i in range(_RUN):  # uint64 wraps around, as it should
        hashes = hashes * np.uint64(0x100000001B3) + codes[i : i + count]
    hashes ^= hashes >> np.uint64(29)
    hashes *= np.uint64(0xBF58476D1CE4E5B9)
    return hashes ^ (hashes >> np.uint64(32))


def _likely_pairs(sketches: Sequence[_Sketch]) -> Iterator[tuple[int, int]]:
    """Yield pairs of articles that say the same to the character, or share much of their samples."""
    same: defaultdict[int, list[int]] = defaultdict(list)
    holders: defaultdict[int, list[int]] = defaultdict(list)
    for i, sketch in enumerate(sketches):
        if same[sketch.whole]:
            yield same[sketch.whole][0], i
        same[sketch.whole].append(i)
        if same[sketch.whole][0] == i:  # what is said of the first holds for all that are alike
            for run in sketch.sample:
                holders[run].append(i)
    telling = [[run for run in sketch.sample if len(holders[run]) <= _COMMON] for sketch in sketches]
    for i, runs in enumerate(telling):
        shared = Counter(j for run in runs for j in holders[run] if j < i)
        for j, count in sorted(shared.items()):
            if count >= _LIKELY * min(len(runs), len(telling[j])):
                yield j, i


def _are_copies(first: str, second: str) -> bool:
    short, long = sorted((first, second), key=lambda text: len(_SAID.sub("", text)))
    said, there = _SAID.sub("", short), _SAID.sub("", long)
    if said == there:
        return True
    if len(said) < _SHORTEST:
        return False
    runs = np.unique(_runs(said))
    if np.isin(runs, _runs(there)).sum() < _SHARED * len(runs):
        return False
    figures, others = Counter(_FIGURE.findall(short)), Counter(_FIGURE.findall(long))
    if (figures & others).total() < _FIGURES * figures.total():
        return False
    return _begins_in(short, there)


def _begins_in(short: str, there: str) -> bool:
    """Tell whether one of the first paragraphs, headlines apart, opens at the head of the other text."""
    openings = [said[:_OPENING] for line in short.split("\n") if len(said := _SAID.sub("", line)) >= _RUN]
    head = there[: max(4 * _OPENING, int(_HEAD * len(there)))]
    parts = np.unique(_runs(head))
    for opening in openings[:4]:
        runs = np.unique(_runs(opening))
        if len(opening) >= _OPENING // 2 and np.isin(runs, parts).sum() >= 0.7 * len(runs):
            return True
    return False


def _root(leader: list[int], i: int) -> int:
    while leader[i] != i:
        leader[i] = leader[leader[i]]
        i = leader[i]
    return i
