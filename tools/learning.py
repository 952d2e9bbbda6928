"""What the tools that learn weights share: how articles are read for it, and the regression."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from unittest import mock

import numpy as np
from calibrate import ROOT

from kg import extraction, graph, language, linking, pipeline, reading
from kg.evaluation.records import Claim, claim
from kg.extraction.features import BIAS
from kg.linking import article as article_linking
from kg.model import Article, Entity, Statement

RULES = ROOT / "kg/extraction/rules"
_STEP = 0.1
_ROUNDS = 250
_ARTICLES = 3  # in which a feature must occur


@dataclass(frozen=True)
class Example:
    """What is seen of a candidate in an article, whether it is right, and how much that counts."""

    document: str
    features: Collection[str]
    right: bool
    share: float = 1.0


def logistic(
    examples: Sequence[Example], least: int, penalty: float, groups: Sequence[int] | None = None
) -> dict[str, float]:
    """Return the weights of features under which what is right is likely, with that of ``BIAS``.

    Logistic regression with an L2 penalty, by gradient ascent (Adam) from nought; deterministic. Only features that
    occur in at least ``least`` examples and in several articles count: the words of one are its names.
    ``groups`` gives the number of the group of each example, each with a right one: then an example is likely as
    against the others of its group, rather than by itself.
    """
    often = Counter(feature for example in examples for feature in set(example.features))
    spread = Counter(f for f, _ in {(f, example.document) for example in examples for f in example.features})
    names = [BIAS, *sorted(f for f, n in often.items() if n >= least and spread[f] >= _ARTICLES)]
    number = {name: n for n, name in enumerate(names)}
    cells = [(r, number[f]) for r, e in enumerate(examples) for f in {BIAS, *e.features} if f in number]
    row, col = np.array(sorted(cells)).T
    right = np.array([e.right for e in examples], dtype=float)
    share = np.array([e.share for e in examples])
    group = None if groups is None else np.array(groups)
    penalties = np.where(np.arange(len(names)) == 0, 0.0, penalty)
    weights, first, second = np.zeros(len(names)), np.zeros(len(names)), np.zeros(len(names))
    for turn in range(1, _ROUNDS + 1):
        odds = np.bincount(row, weights[col], len(examples))
        if group is None:
            error = share * (right - 1 / (1 + np.exp(-odds)))
        else:
            error = share * (_among(group, odds, right) - _among(group, odds))
        slope = np.bincount(col, error[row], len(names)) - penalties * weights
        first = 0.9 * first + 0.1 * slope
        second = 0.999 * second + 0.001 * slope**2
        weights += _STEP * (first / (1 - 0.9**turn)) / (np.sqrt(second / (1 - 0.999**turn)) + 1e-8)
    return {name: float(weight) for name, weight in zip(names, weights, strict=True)}


def ranking(
    examples: Sequence[Example], least: int, penalty: float, groups: Sequence[int]
) -> dict[str, float]:
    """Return the weights under which the right example of each group comes first, with that of ``BIAS``.

    Two regressions are summed, which err in different places: how likely an example is by itself, and how likely as
    against the others of its group. A group without a right example counts in the first alone.
    """
    able = {group for group, example in zip(groups, examples, strict=True) if example.right}
    rivals = [(group, e) for group, e in zip(groups, examples, strict=True) if group in able]
    number = {group: n for n, group in enumerate(sorted(able))}
    alone = logistic(examples, least, penalty)
    among = logistic([e for _, e in rivals], least, penalty, [number[group] for group, _ in rivals])
    return {f: alone.get(f, 0.0) + (among.get(f, 0.0) if f != BIAS else 0.0) for f in {**alone, **among}}


def _among(group: np.ndarray, odds: np.ndarray, counts: np.ndarray | float = 1.0) -> np.ndarray:
    """Return how likely each example is as against those of its group that count."""
    highest = np.full(group.max() + 1, -np.inf)
    np.maximum.at(highest, group, odds)
    size = counts * np.exp(odds - highest[group])
    return size / np.maximum(np.bincount(group, size), 1e-300)[group]


def claimed(
    article: Article,
    statement: Statement,
    roles: Mapping[str, tuple[str, ...]],
    entities: Mapping[str, Entity],
) -> Claim:
    """Return a statement in the shape in which facts are compared, without its time; ``roles`` hold ids of entities."""
    names = {i: entities[i] for values in roles.values() for i in values if i in entities}
    return claim({
        "doc": article.name, "type": statement.type, "modality": statement.modality,
        "roles": {role: [names[v].name if v in names else v for v in vs] for role, vs in roles.items()},
        "aliases": {entity.name: list(entity.aliases) for entity in names.values()},
    })  # fmt: skip


def is_evidence(claim: Claim, text: str, start: int, end: int) -> bool:
    """Whether the quote of an annotated fact overlaps a part of the text."""
    quote = str(claim.record.get("quote", ""))
    at = text.find(quote)
    while at >= 0 and quote:
        if at < end and start < at + len(quote):
            return True
        at = text.find(quote, at + 1)
    return False


def articles(folder: Path) -> Iterator[Article]:
    """Yield the articles of a folder."""
    yield from (item for item in reading.read([folder]) if isinstance(item, Article))


class Reader:
    """Reads and links articles one by one."""

    def __init__(self) -> None:
        self._nlp = language.load()
        self._lexicon = extraction.prepare(linking.known_names())
        self._shapes = pipeline.shapes()
        self._classes = graph.load_schema().classes

    def read(self, article: Article) -> extraction.Extraction:
        """Return what an article says."""
        (doc,) = language.analyse(self._nlp, [article.text])
        return extraction.extract(doc, self._lexicon, article.published)

    def link(
        self, article: Article, found: extraction.Extraction, tried: list[Statement]
    ) -> tuple[dict[str, Entity], list[dict[str, tuple[str, ...]] | None]]:
        """Return the entities by id, and for each of the statements ``tried`` its roles, or None if it is no fact.

        These are linked beside what the article says and change nothing.
        """
        linked: dict[int, dict[str, tuple[str, ...]] | None] = {}
        plain = article_linking.link_statement
        number = {id(statement): n for n, statement in enumerate(tried)}

        def recording(statement, *rest, **named):
            made = plain(statement, *rest, **named)
            if id(statement) not in number:
                return made
            linked[number[id(statement)]] = made
            return None

        with mock.patch.object(article_linking, "link_statement", recording):
            both = (found.mentions, (*found.statements, *tried))
            entities, _ = linking.link([(article, both)], self._shapes, self._classes)
        return {e.id: e for e in entities}, [linked.get(n) for n in range(len(tried))]
