"""The conditions that a rule can set on what its roles are linked to (``check`` in the rule files)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from kg.linking import gazetteer, registry
from kg.linking.context import Reference
from kg.linking.entities import words

_NEXT = {
    "county": ("prefecture", "province"),
    "township": ("county", "prefecture"),
    "village": ("township", "county"),
}


def _inside(references: Mapping[str, Sequence[Reference]]) -> bool:
    """The entity is a smaller place than the place, and inside it as far as the official codes say."""
    for entity in references.get("entity", ()):
        for place in references.get("place", ()):
            if entity.cls != "Place" or place.cls != "Place" or not entity.level or not place.level:
                return False
            if gazetteer.LEVELS.index(entity.level) <= gazetteer.LEVELS.index(place.level):
                return False
            small, large = entity.id.removeprefix("place/"), place.id.removeprefix("place/")
            known = gazetteer.division(small) and gazetteer.division(large)
            if known and not gazetteer.within(small, large):
                return False
    return True


def _next_inside(references: Mapping[str, Sequence[Reference]]) -> bool:
    """By its official code the entity lies in the place, which is the next larger unit that names it.

    Of the places of a sentence those far apart (a province, a township) are named for reasons of their own.
    """
    for entity in references.get("entity", ()):
        for place in references.get("place", ()):
            small, large = entity.id.removeprefix("place/"), place.id.removeprefix("place/")
            if small == large or not (gazetteer.division(small) and gazetteer.division(large)):
                return False
            if place.level not in _NEXT.get(entity.level or "", ()) or not gazetteer.within(small, large):
                return False
    return True


def _owned(references: Mapping[str, Sequence[Reference]]) -> bool:
    """The registry knows the controller as owner of the controlled."""
    return all(
        controller.id in registry.owners(controlled.id)
        for controlled in references.get("controlled", ())
        for controller in references.get("controller", ())
    )


def _brand(references: Mapping[str, Sequence[Reference]]) -> bool:
    """The name of the controlled opens with the controller's brand."""
    for controlled in references.get("controlled", ()):
        for controller in references.get("controller", ()):
            if controlled.id in registry.entries():
                return controller.id in registry.owners(controlled.id)
            owner = registry.brand_owner(controlled.name)
            if owner is None or (owner != controller.id and controller.id not in registry.owners(owner)):
                return False
    return True


def _local(references: Mapping[str, Sequence[Reference]]) -> bool:
    """The entity is no office of the place that it is named after."""
    small = ("county", "township", "village")
    return all(
        entity.kind not in (*words()["bodies_of_places"], "finance", "media")
        for entity in references.get("entity", ())
    ) and all(place.level in small for place in references.get("place", ()))


def _local_site(references: Mapping[str, Sequence[Reference]]) -> bool:
    """The entity is a site or a body that no government runs, and not the place itself."""
    return all(
        e.kind not in (*words()["bodies_of_places"], "finance", "media") for e in references.get("entity", ())
    )


def _beside(references: Mapping[str, Sequence[Reference]]) -> bool:
    """The entity is no body that is known everywhere, and the place no whole province."""
    known = any(e.id in registry.entries() for e in references.get("entity", ()))
    return not known and all(p.level != "province" for p in references.get("place", ()))


def _level(references: Mapping[str, Sequence[Reference]]) -> bool:
    """The holder is of the kind that the honour is for: villages are 淘宝村, counties are 百强县."""
    levels = words()["honour_levels"]
    for title in references.get("title", ()):
        wanted = next((levels[end] for end in levels if title.name.endswith(end)), None)
        if wanted and any(holder.level not in wanted for holder in references.get("holder", ())):
            return False
    return True


def _small(references: Mapping[str, Sequence[Reference]]) -> bool:
    """The producer is a prefecture or smaller, and makes something; the product is no generic word (农产品)."""
    small = all(producer.level not in ("country", "province") for producer in references.get("producer", ()))
    return small and _specific(references)


def _small_place(references: Mapping[str, Sequence[Reference]]) -> bool:
    """The same, and the product is no everyday word: what stands beside a place need not be made there (货车)."""
    common = any(product.kind == "everyday" for product in references.get("product", ()))
    return not common and _small(references)


def _of_small_place(references: Mapping[str, Sequence[Reference]]) -> bool:
    """The same, and the producer is a place at all: a shop or a person may sell what others make."""
    return _small_place(references) and all(p.cls == "Place" for p in references.get("producer", ()))


def _traded(references: Mapping[str, Sequence[Reference]]) -> bool:
    """What is sold is no everyday word: such goods are what sellers use (手机)."""
    products = references.get("product", ())
    return not products or any(product.kind != "everyday" for product in products)


def _specific(references: Mapping[str, Sequence[Reference]]) -> bool:
    """The product is no generic word (农产品), and the producer no body that makes nothing (an office, a newspaper)."""
    idle = (*words()["bodies_of_places"], "association", "mass", "finance", "media", "education")
    made = all(product.kind != "generic" for product in references.get("product", ()))
    return made and all(producer.kind not in idle for producer in references.get("producer", ()))


def _scholar(references: Mapping[str, Sequence[Reference]]) -> bool:
    """One of the partners teaches or does research."""
    return any(partner.kind in ("education", "research") for partner in references.get("partner", ()))


def _visitor(references: Mapping[str, Sequence[Reference]]) -> bool:
    """One of the partners is a place, and all others are firms or platforms of the registry."""
    partners = references.get("partner", ())
    others = [partner for partner in partners if partner.cls != "Place"]
    return len(others) < len(partners) and all(partner.id in registry.entries() for partner in others)


def _no_office(references: Mapping[str, Sequence[Reference]]) -> bool:
    """The controlled is no office of a place, which nobody else runs."""
    return all(c.kind not in words()["bodies_of_places"] for c in references.get("controlled", ()))


def _owner_run(references: Mapping[str, Sequence[Reference]]) -> bool:
    """The controlled is nothing that belongs to its members or to the public."""
    common = (*words()["bodies_of_places"], "association", "mass", "education", "research", "media")
    return all(c.kind not in common for c in references.get("controlled", ()))


def not_its_own(references: Mapping[str, Sequence[Reference]]) -> bool:
    """Two partners are not a place and a body of that place or a place in it, nor an owner and what it owns."""
    partners = {partner.id: partner for partner in references.get("partner", ())}
    if len(partners) != 2:
        return True
    one, other = partners.values()
    if one.id in registry.owners(other.id) or other.id in registry.owners(one.id):
        return False
    if one.cls == other.cls == "Place":
        codes = [partner.id.removeprefix("place/") for partner in (one, other)]
        known = all(gazetteer.division(code) for code in codes)
        return not (known and (gazetteer.within(*codes) or gazetteer.within(*reversed(codes))))
    if other.cls == "Place":
        one, other = other, one
    organ = one.cls == "Place" and other.kind in words()["bodies_of_places"]
    return not (organ and other.name.startswith(one.name))


CHECKS: Mapping[str, Callable[[Mapping[str, Sequence[Reference]]], bool]] = {
    "inside": _inside,
    "next-inside": _next_inside,
    "owned": _owned,
    "brand": _brand,
    "local": _local,
    "local-site": _local_site,
    "beside": _beside,
    "level": _level,
    "small-place": _small_place,
    "of-small-place": _of_small_place,
    "specific": _specific,
    "traded": _traded,
    "scholar": _scholar,
    "visitor": _visitor,
    "no-office": _no_office,
    "owner-run": _owner_run,
}
