"""Why a form that is not the name of an entity was taken for it: one of kg:mergeReasons of the ontology."""

from __future__ import annotations

from kg.linking import gazetteer, registry
from kg.linking.context import Reference
from kg.linking.entities import fold
from kg.model import Mention

SPELLING = "spelling"
SHORTENING = "shortening"
SHORTENING_NEARBY = "shortening-nearby"
INTRODUCED = "introduced"
SAME_PERSON = "same-person"
DECISION = "decision"


def reason(mention: Mention, reference: Reference, names: tuple[str, ...]) -> str:
    """Return why a mention was taken for a thing; it counts only if the mention is not spelled like the name.

    ``names`` is the name proper in the mention, then what the text of the article makes of it.
    """
    if mention.anaphor:
        organ = mention.name and mention.cls in ("Organization", "Facility")
        return "body-of-place" if organ else "anaphor"
    code = reference.id.removeprefix("place/")
    if reference.cls == "Place" and gazetteer.division(code):
        return _of_place(mention.text, code)
    if reference.id in registry.entries():
        return "known-alias"
    if mention.cls == "Designation":
        return "honour"
    if mention.cls in ("Policy", "Report") and fold(names[0]) != fold(reference.name):
        return SHORTENING
    name, full = names
    if fold(full) != fold(reference.name):
        return "body-of-place"
    if fold(name) != fold(full):
        return SHORTENING
    return "quoted-noun" if fold(mention.text) != fold(name) else SPELLING


def _of_place(form: str, code: str) -> str:
    division = gazetteer.division(code)
    if form in gazetteer.former_names().get(code, ()):
        return "former-name"
    if division and form == gazetteer.short_form(division.name, division.level):
        return "short-form"
    if division and division.level == "village" and form not in gazetteer.aliases_of(code):
        return "short-form"  # 东风村 for 东风社区: the stem is the same
    if division and division.level == "township":
        return "former-name"  # 新建乡 for 新建镇
    return "known-alias"
