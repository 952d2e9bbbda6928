"""Linking: mentions and statements of all articles → entities and facts, one entity per thing."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from kg.linking import gazetteer, registry
from kg.linking.article import ArticleLinker, Read
from kg.linking.context import Reference
from kg.linking.entities import Drafts, finish
from kg.linking.facts import Shapes, merge
from kg.model import Article, Entity, Fact, KnownName


def known_names() -> dict[str, KnownName]:
    """Return the names of gazetteer and registry, for extraction. The registry wins where both know one."""
    return {**gazetteer.known_names(), **registry.known_names()}


def link(
    articles: Iterable[tuple[Article, Read]], shapes: Shapes, classes: Collection[str]
) -> tuple[tuple[Entity, ...], tuple[Fact, ...]]:
    """Return the entities and facts of all articles, sorted by id.

    ``shapes`` tells what each role of each fact type takes, ``classes`` which mentions are entities.
    """
    drafts = Drafts()
    facts: list[Fact] = []
    for article, read in articles:
        said = ArticleLinker(article, drafts, classes).statements(read, shapes)
        facts.extend(merge(said, article, shapes))
    _add_background(drafts, facts)
    return tuple(sorted(map(finish, drafts.by_id.values()), key=lambda e: e.id)), tuple(
        sorted(facts, key=lambda f: f.id)
    )


def _add_background(drafts: Drafts, facts: Sequence[Fact]) -> None:
    """Add what the graph needs to place its entities: owners of the registered, divisions around places."""
    needed = {value for fact in facts for values in fact.roles.values() for value in values} | set(
        drafts.by_id
    )
    for entity in sorted(needed):
        for owner in registry.owners(entity):
            entry = registry.entries()[owner]
            drafts.add(Reference(owner, entry.cls, entry.name))
        for code in gazetteer.chain(entity.removeprefix("place/"))[1:]:
            division = gazetteer.divisions()[code]
            drafts.add(Reference(f"place/{code}", "Place", division.name, division.level))


__all__ = ["known_names", "link"]
