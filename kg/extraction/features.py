"""What is seen of a name where it stands, as features for the choices that weights make, and these weights."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping
from functools import cache

from kg.extraction.history import History, Key
from kg.extraction.rules import FOLDER
from kg.extraction.sentences import Word
from kg.extraction.skeleton import Skeleton
from kg.model import Mention

BIAS = "bias"  # the weight that every candidate has
SCALE = 1000  # weights are whole thousandths, so that their sum is the same on every machine
FAR = 3  # what is farther away counts as this far


@cache
def weights(name: str) -> Mapping[str, Mapping[str, int]]:
    """Return the weights in a table of the rules, in thousandths: rule → feature → weight."""
    path = FOLDER / name
    rows = path.read_text("utf-8").splitlines() if path.exists() else []
    found: dict[str, dict[str, int]] = {}
    for row in rows[next((n for n, row in enumerate(rows) if not row.startswith("#")), 0) + 1 :]:
        rule, feature, weight = row.split("\t")
        found.setdefault(rule, {})[feature] = round(float(weight) * SCALE)
    return found


def in_article(which: Key, history: History) -> Iterator[str]:
    """Yield how often a name has been said, and where it stood before."""
    times = history.times[which]
    yield f"times={'0' if not times else '1' if times == 1 else '2' if times < 4 else '4'}"
    yield f"total={min(history.total[which].bit_length(), 4)}"
    if which in history.opened and history.opened_in == history.paragraph:
        yield "opened"
    if which in history.lead:
        yield "lead"


def kinds(mention: Mention, where: str) -> Iterator[str]:
    """Yield what a name is, alone and with where it stands."""
    cls = mention.cls if mention.cls != "Place" else mention.level or "Place"
    yield f"class={cls}"
    yield f"class={cls}:{where}"
    if mention.kind:
        yield f"kind={mention.cls}:{mention.kind}"
    if mention.anaphor:
        yield f"anaphor={mention.cls}:{mention.anaphor}"


def beside(view: Skeleton, index: int, step: int) -> str:
    """Return what stands beside a name: a class of mention, a mark, a function word as it is, or a word's tag."""
    at = index + step
    if not 0 <= at < len(view.text):
        return "edge"
    if at in view.mentions:
        return view.mentions[at].cls
    word = word_at(view, at)
    if word is None or word.pos in ("PUNCT",):
        return view.text[at]
    return word.text if word.tag in ("p", "c", "u") else word.tag


def word_at(view: Skeleton, index: int) -> Word | None:
    """Return the word that a character of a skeleton belongs to."""
    offset = view.offsets[index]
    number = bisect_right(view.starts, offset) - 1
    return view.words[number] if number >= 0 and offset < view.words[number].end else None


def words(view: Skeleton, start: int, end: int) -> list[Word]:
    """Return the words that lie wholly in a stretch of a skeleton."""
    if start >= end:
        return []
    first, last = view.offsets[start], view.ends[end - 1]
    return [
        word
        for word in view.words[bisect_left(view.starts, first) : bisect_left(view.starts, last)]
        if word.end <= last
    ]
