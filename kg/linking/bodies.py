"""The bodies of places (许昌市商务局, 县政府): their full names, from the place and the word that the text has."""

from __future__ import annotations

from kg.linking import gazetteer
from kg.linking.context import Reference
from kg.linking.entities import Drafts, local_id, words


def body_of(
    drafts: Drafts, place: Reference, organ: str, kind: str | None, cls: str = "Organization"
) -> Reference:
    """Return the body of a place that a text calls by ``organ`` (政府), noted with the names that it has."""
    full = words()["organs"].get(organ, organ)
    if organ in words()["party"] or organ == "委":
        full = place.name[-1] + "委" if organ == "委" else organ
        name = place.name.removesuffix(full[0]) + full
    else:
        name = place.name + full
    scope = "" if len(gazetteer.names().get(place.name, ())) == 1 else place.id  # one of several 鼓楼区
    reference = Reference(local_id(cls, name, scope), cls, name, kind=kind)
    draft = drafts.add(reference)
    short = gazetteer.short_form(place.name, place.level or "")
    draft.aliases |= {name, place.name + organ} | ({short + organ} if short and len(organ) > 2 else set())
    if kind == "party":
        draft.aliases.add("中共" + name)
    if full == "人民政府":
        draft.aliases.add(place.name + "政府")
    return reference
