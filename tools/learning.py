"""What the tools that learn weights share: how articles are read for it, how sums of slopes are climbed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from unittest import mock

import numpy as np
from calibrate import ROOT

from kg import extraction, graph, language, linking, pipeline, reading
from kg.linking import article as article_linking
from kg.model import Article, Entity, Statement

RULES = ROOT / "kg/extraction/rules"
_STEP = 0.1


def climb(slope: Callable[[np.ndarray], np.ndarray], size: int, rounds: int) -> np.ndarray:
    """Return the weights at which a slope is level, by gradient ascent (Adam) from nought; deterministic."""
    weights, first, second = np.zeros(size), np.zeros(size), np.zeros(size)
    for turn in range(1, rounds + 1):
        here = slope(weights)
        first = 0.9 * first + 0.1 * here
        second = 0.999 * second + 0.001 * here**2
        weights += _STEP * (first / (1 - 0.9**turn)) / (np.sqrt(second / (1 - 0.999**turn)) + 1e-8)
    return weights


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
