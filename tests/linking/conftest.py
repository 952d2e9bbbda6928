from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pytest

from kg import extraction, graph, language, linking, pipeline
from kg.model import Article, Entity, Fact, OffsetMap

PUBLISHED = "2021-06-15"


@dataclass(frozen=True)
class Linked:
    """Everything linked from a few made-up articles."""

    entities: dict[str, Entity]
    facts: tuple[Fact, ...]

    def of(self, cls: str) -> list[Entity]:
        """Return the entities of a class that the articles name."""
        return [e for e in self.entities.values() if e.cls == cls and e.seen]

    def names(self, cls: str) -> set[str]:
        return {e.name for e in self.of(cls)}

    def named(self, document: int, word: str, texts: tuple[str, ...], nth: int = 0) -> set[str]:
        """Return the names of the entities seen exactly where ``word`` stands for the ``nth`` time."""
        start = -1
        for _ in range(nth + 1):
            start = texts[document].index(word, start + 1)
        span = (start, start + len(word))
        return {e.name for e in self.entities.values() if span in e.seen.get(f"{document}.txt", ())}

    def said(self, kind: str) -> list[Fact]:
        return [f for f in self.facts if f.type == kind]

    def role(self, fact: Fact, role: str) -> set[str]:
        return {self.entities[v].name if v in self.entities else v for v in fact.roles.get(role, ())}


@pytest.fixture(scope="session")
def link() -> Callable[..., Linked]:
    """A function from the texts of articles (0.txt, 1.txt …) to what is linked from them together."""
    nlp = language.load()
    lexicon = extraction.prepare(linking.known_names())
    shapes, classes = pipeline.shapes(), graph.load_schema().classes

    def _link(*texts: str, overrides: linking.Overrides | None = None) -> Linked:
        articles = []
        for number, text in enumerate(texts):
            (doc,) = language.analyse(nlp, [text])
            found = extraction.extract(doc, lexicon, PUBLISHED)
            article = Article(f"{number}.txt", text, OffsetMap((), ()), "", "utf-8", published=PUBLISHED)
            articles.append((article, (found.mentions, found.statements)))
        entities, facts = linking.link(articles, shapes, classes, overrides)
        return Linked({e.id: e for e in entities}, facts)

    return _link
