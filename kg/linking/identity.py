"""Which things of several articles are one: full names have made that plain where they could, here go the rest.

A short name is joined to the only full name that fits among the articles on one place, and people of one name
are joined where they hold a position at one body. What resembles without such a reason stays apart.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from kg.linking import gazetteer, registry, shortenings
from kg.linking.entities import Draft, Drafts, fold, words
from kg.linking.facts import Linked
from kg.linking.overrides import Overrides, end
from kg.linking.reasons import SAME_PERSON, SHORTENING_NEARBY
from kg.linking.scope import near

Same = dict[str, str]  # id → id of the thing that it is


def join_short_names(drafts: Drafts, overrides: Overrides) -> Same:
    """Join the short names of firms and facilities to the full names of other articles; return which."""
    same: Same = {}
    for cls in ("Organization", "Facility"):
        local = [draft for draft in drafts.by_id.values() if draft.reference.cls == cls and _is_local(draft)]
        ordered = sorted(local, key=lambda d: (-len(d.reference.name), d.reference.name, d.reference.id))
        full = {draft.reference.id: shortenings.full(draft.reference.name) for draft in ordered}
        by_core: dict[str, list[Draft]] = defaultdict(list)
        for draft in ordered:
            if parts := full[draft.reference.id]:
                by_core[parts.core].append(draft)
        for draft in ordered:
            name, key = draft.reference.name, draft.reference.id
            fitting = {
                end(same, other.reference.id)
                for other in _sharing_core(name, by_core)
                if len(other.reference.name) > len(name)
                and near(draft.homes, other.homes)
                and (parts := full[other.reference.id])
                and shortenings.fits(name, parts)
                and not overrides.apart(draft.reference, other.reference)
            }
            if len(fitting) == 1:
                same[key] = fitting.pop()
    _join(drafts, same, SHORTENING_NEARBY)
    return same


def join_people(drafts: Drafts, said: Iterable[Linked], overrides: Overrides) -> Same:
    """Join people of one name who hold a position at one body, or one post at one place; return which."""
    same: Same = {}
    holders: dict[tuple[str, ...], str] = {}
    for statement, roles in said:
        if statement.type != "Position" or statement.modality == "negated":
            continue
        for person in roles["person"]:
            for key in _posts(fold(drafts.by_id[person].reference.name), roles, drafts):
                first = end(same, holders.setdefault(key, person))
                other = end(same, person)
                both = (drafts.by_id[one].reference for one in (first, other))
                if first != other and not overrides.apart(*both):
                    low, high = sorted((first, other))
                    same[high] = low
    same = {key: end(same, key) for key in same}
    _join(drafts, same, SAME_PERSON)
    return same


def _posts(name: str, roles: Mapping[str, tuple[str, ...]], drafts: Drafts) -> Iterator[tuple[str, ...]]:
    """Yield what marks a person: the name with the body, or with place and title (two 王芳 may work in one county)."""
    for body in roles.get("organization", ()):
        draft = drafts.by_id.get(body)
        if draft and draft.reference.cls == "Place":
            for title in roles.get("title", ()):
                yield name, body, title
        else:
            yield name, body


def _is_local(draft: Draft) -> bool:
    reference = draft.reference
    known = reference.id in registry.entries() or reference.name in gazetteer.names()
    return bool(draft.seen) and not known and reference.kind not in words()["bodies_of_places"]


def _sharing_core(name: str, by_core: Mapping[str, list[Draft]]) -> Iterator[Draft]:
    """Yield the things with a core that stands in a name."""
    stretches = {name[a:b] for a in range(len(name)) for b in range(a + 2, len(name) + 1)}
    for core in sorted(stretches & by_core.keys()):
        yield from by_core[core]


def _join(drafts: Drafts, same: Same, reason: str) -> None:
    for old, new in sorted(same.items()):
        drafts.join(old, new, reason)
