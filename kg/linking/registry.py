"""The companies and platforms that papers all over the country name, and who owns them.

Data and sources: ``linking/data/registry.yaml``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from kg.linking.gazetteer import DATA
from kg.model import KnownName
from kg.resources import load_yaml


@dataclass(frozen=True, slots=True)
class Entry:
    """One registered actor.

    ``id`` is its entity id, ``owner`` the id of its owner or superior, ``wikidata`` its item there (Q160120).
    """

    id: str
    cls: str
    name: str
    aliases: tuple[str, ...]
    ambiguous: frozenset[str]
    english: str | None
    owner: str | None
    owned_from: int | None
    owned_to: int | None
    wikidata: str | None
    source: str


@cache
def _data() -> Mapping:
    return load_yaml(DATA / "registry.yaml")


@cache
def entries() -> dict[str, Entry]:
    """Return the entries by entity id."""
    raw = _data()["entries"]
    ids = {key: f"{body['class'].lower()}/{key}" for key, body in raw.items()}
    return {
        ids[key]: Entry(
            id=ids[key],
            cls=body["class"],
            name=str(body["name"]),
            aliases=tuple(map(str, body.get("aliases", ()))),
            ambiguous=frozenset(map(str, body.get("ambiguous", ()))),
            english=body.get("english"),
            owner=ids.get(body.get("owner", "")),
            owned_from=body.get("owned_from"),
            owned_to=body.get("owned_to"),
            wikidata=body.get("wikidata"),
            source=str(body["source"]),
        )
        for key, body in raw.items()
    }


@cache
def known_names() -> dict[str, KnownName]:
    """Return what the registry knows of each name, for finding actors in text."""
    return {
        form: KnownName(entry.cls, (entry.id,), weak=form in entry.ambiguous)
        for entry in entries().values()
        for form in (entry.name, *entry.aliases)
    }


def owners(entity: str) -> list[str]:
    """Return the owner of a registered entity, the owner's owner, and so on."""
    chain: list[str] = []
    step = entries()[entity].owner if entity in entries() else None
    while step and step not in chain:
        chain.append(step)
        step = entries()[step].owner
    return chain


@cache
def _brand_stems() -> tuple[tuple[str, str], ...]:
    ids = {entry.id.split("/", 1)[1]: entry.id for entry in entries().values()}
    stems = {str(stem): ids[key] for stem, key in _data()["brand_stems"].items() if key in ids}
    return tuple(sorted(stems.items(), key=lambda item: (-len(item[0]), item[0])))


def brand_owner(name: str) -> str | None:
    """Return the id of the registered actor whose brand opens a name (阿里巴巴(山东)有限公司), or None."""
    if any(name.startswith(str(word)) for word in _data().get("brand_exceptions", ())):
        return None
    return next((owner for stem, owner in _brand_stems() if name.startswith(stem) and name != stem), None)
