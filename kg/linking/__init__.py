"""Linking: mentions and statements of all articles → entities and facts, one entity per thing."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

from kg.linking import gazetteer, identity, registry
from kg.linking.article import ArticleLinker, Read
from kg.linking.context import Reference
from kg.linking.decisions import BadDecision, Decision, read_decisions
from kg.linking.english import labelled
from kg.linking.entities import Drafts, finish
from kg.linking.facts import Linked, Refused, Shapes, join, merge, renamed
from kg.linking.overrides import Overrides
from kg.linking.places import division
from kg.model import Article, Entity, Fact, KnownName

Said = tuple[Article, list[Linked]]


def known_names() -> dict[str, KnownName]:
    """Return the names of gazetteer and registry, for extraction. The registry wins where both know one."""
    return {**gazetteer.known_names(), **registry.known_names()}


def link(
    articles: Iterable[tuple[Article, Read]],
    shapes: Shapes,
    classes: Collection[str],
    overrides: Overrides | None = None,
    refused: Refused | None = None,
) -> tuple[tuple[Entity, ...], tuple[Fact, ...]]:
    """Return the entities and facts of all articles, sorted by id.

    ``shapes`` tells what each role of each fact type takes, ``classes`` which mentions are entities;
    ``overrides`` are the decisions of humans, and know afterwards which of them applied. ``refused`` is told
    of each statement that is no fact once it is linked, and why.
    """
    overrides = overrides or Overrides()
    drafts = Drafts()
    said = [
        (article, ArticleLinker(article, drafts, classes, overrides).statements(read, shapes, refused))
        for article, read in articles
    ]
    said = _renamed(said, overrides.join(drafts), drafts, shapes)
    said = _renamed(said, identity.join_short_names(drafts, overrides), drafts, shapes)
    everything = (item for _, linked in said for item in linked)
    said = _renamed(said, identity.join_people(drafts, everything, overrides), drafts, shapes)
    overrides.rename(drafts)
    facts = [fact for article, linked in said for fact in merge(linked, article, shapes)]
    _add_background(drafts, facts)
    entities = sorted((labelled(finish(draft)) for draft in drafts.by_id.values()), key=lambda e: e.id)
    return tuple(entities), tuple(join(facts))


def _renamed(said: list[Said], same: Mapping[str, str], drafts: Drafts, shapes: Shapes) -> list[Said]:
    """Return what was said with the things that others turned out to be."""
    if not same:
        return said
    targets = {old: drafts.by_id[new].reference for old, new in same.items()}
    return [
        (article, [new for item in linked if (new := renamed(item, targets, shapes[item[0].type]))])
        for article, linked in said
    ]


def _add_background(drafts: Drafts, facts: Sequence[Fact]) -> None:
    """Add what the graph needs to place its entities: owners of the registered, divisions around places."""
    needed = {value for fact in facts for values in fact.roles.values() for value in values} | set(
        drafts.by_id
    )
    for entity in sorted(needed):
        for owner in registry.owners(entity):
            entry = registry.entries()[owner]
            drafts.add(Reference(owner, entry.cls, entry.name))
        reference = drafts.by_id[entity].reference if entity in drafts.by_id else None
        near = (*reference.candidates, *filter(None, (reference.parent,))) if reference else ()
        around = gazetteer.chain(entity.removeprefix("place/"))[1:]
        for code in (*around, *(c for place in near for c in gazetteer.chain(place.removeprefix("place/")))):
            drafts.add(division(code))


__all__ = ["BadDecision", "Decision", "Overrides", "known_names", "link", "read_decisions"]
