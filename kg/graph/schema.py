"""The vocabulary as the program knows it: entity classes and fact types, read from ontology/kg.ttl."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pyoxigraph as ox

from kg.resources import folder

KG = "https://kg.example/ontology#"
EDTF = "http://id.loc.gov/datatypes/edtf/EDTF"
XSD = "http://www.w3.org/2001/XMLSchema#"
_RDF_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
_RDFS = "http://www.w3.org/2000/01/rdf-schema#"
_OWL = "http://www.w3.org/2002/07/owl#"
_SCHEMA_ORG = "https://schema.org/"


@dataclass(frozen=True, slots=True)
class EntityClass:
    """A class that entities can have. ``labels`` and ``comments`` map "zh" and "en" to text."""

    name: str
    iri: str
    labels: Mapping[str, str]
    comments: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Role:
    """A role of one fact type.

    ``datatype`` is the IRI of a literal role's datatype and None where entities fill the role;
    ``classes`` are then the names of the entity classes that may. ``minimum`` is the least number of
    values, 0 where the role is optional.
    """

    name: str
    iri: str
    required: bool
    minimum: int
    datatype: str | None
    classes: tuple[str, ...]
    labels: Mapping[str, str]
    comments: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Shortcut:
    """A binary link that an actual fact yields, between the values of two roles (by name)."""

    link: str
    source: str
    target: str


@dataclass(frozen=True, slots=True)
class FactType:
    """A type of fact. At least one of the roles named in ``alternatives`` (if any) must be filled."""

    name: str
    iri: str
    roles: Mapping[str, Role]
    alternatives: tuple[str, ...]
    shortcuts: tuple[Shortcut, ...]
    labels: Mapping[str, str]
    comments: Mapping[str, str]

    @property
    def required(self) -> tuple[str, ...]:
        """The names of the roles without which it is no fact."""
        return tuple(name for name, role in self.roles.items() if role.required)


@dataclass(frozen=True, slots=True)
class Schema:
    """Entity classes and fact types by the names that exports use, in the order of kg.ttl."""

    classes: Mapping[str, EntityClass]
    facts: Mapping[str, FactType]
    modalities: tuple[str, ...]
    merge_reasons: Mapping[str, Mapping[str, str]]  # IRI → "zh" and "en" → what it means
    superclasses: tuple[tuple[str, str], ...]  # pairs of IRIs inside the vocabulary: class, superclass
    version: str


Terms = dict[str, dict[str, list[ox.Literal | ox.NamedNode | ox.BlankNode]]]


@cache
def load_schema(path: Path | None = None) -> Schema:
    """Return the vocabulary of ``path`` (default: the installed ontology/kg.ttl).

    Raises ValueError, naming the term, where the file contradicts itself.
    """
    terms = _read(path or folder("ontology") / "kg.ttl")
    entity_iris = _descendants(terms, KG + "Entity")
    classes = {
        _local(iri): EntityClass(_local(iri), iri, _texts(terms, iri, "label"), _texts(terms, iri, "comment"))
        for iri in entity_iris
        if iri not in _parents_in(terms, entity_iris)
    }
    facts: dict[str, FactType] = {}
    for iri in _descendants(terms, KG + "Fact"):
        fact_type = _fact_type(terms, iri)
        if facts.setdefault(fact_type.name, fact_type) is not fact_type:
            raise ValueError(f"two fact types are named {fact_type.name}")
    superclasses = tuple(
        (iri, parent)
        for iri in terms
        for parent in _objects(terms, iri, _RDFS + "subClassOf")
        if parent.startswith(KG)
    )
    modalities = tuple(_local(iri) for iri in _concepts(terms, "modalities"))
    reasons = {iri: _texts(terms, iri, "comment") for iri in _concepts(terms, "mergeReasons")}
    version = _objects(terms, KG.rstrip("#"), _OWL + "versionInfo")
    return Schema(classes, facts, modalities, reasons, superclasses, version[0] if version else "")


def _concepts(terms: Terms, scheme: str) -> list[str]:
    in_scheme = "http://www.w3.org/2004/02/skos/core#inScheme"
    return [iri for iri in terms if KG + scheme in _objects(terms, iri, in_scheme)]


def _fact_type(terms: Terms, iri: str) -> FactType:
    roles: dict[str, Role] = {}
    alternatives = []
    name_of_property = {}
    for prop in terms:
        if iri not in _objects(terms, prop, _SCHEMA_ORG + "domainIncludes"):
            continue
        role = _role(terms, prop, iri)
        if role.name in roles:
            raise ValueError(f"two properties are the role {role.name!r} of {iri}")
        roles[role.name] = role
        name_of_property[prop] = role.name
        if iri in _objects(terms, prop, KG + "alternative"):
            alternatives.append(role.name)
    shortcuts = []
    for node in _objects(terms, iri, KG + "shortcut"):
        link, source, target = (_objects(terms, node, KG + key) for key in ("link", "fromRole", "toRole"))
        single = len(link) == len(source) == len(target) == 1
        if not single or not {*source, *target} <= name_of_property.keys():
            raise ValueError(f"a shortcut of {iri} names no link or a role that {iri} lacks")
        shortcuts.append(Shortcut(link[0], name_of_property[source[0]], name_of_property[target[0]]))
    return FactType(
        name=(_objects(terms, iri, KG + "typeName") or [_local(iri)])[0],
        iri=iri,
        roles=roles,
        alternatives=tuple(alternatives),
        shortcuts=tuple(shortcuts),
        labels=_texts(terms, iri, "label"),
        comments=_texts(terms, iri, "comment"),
    )


def _role(terms: Terms, prop: str, fact_iri: str) -> Role:
    ranges = _objects(terms, prop, _SCHEMA_ORG + "rangeIncludes")
    literal = [iri for iri in ranges if iri.startswith(XSD)]
    if not ranges or (literal and len(ranges) > 1):
        raise ValueError(f"{prop} must range over entity classes or over one datatype")
    required = fact_iri in _objects(terms, prop, KG + "required")
    least = int((_objects(terms, prop, KG + "minimum") or ["1"])[0])
    return Role(
        name=(_objects(terms, prop, KG + "roleName") or [_local(prop)])[0],
        iri=prop,
        required=required,
        minimum=least if required else 0,
        datatype=literal[0] if literal else None,
        classes=() if literal else tuple(_local(iri) for iri in ranges),
        labels=_texts(terms, prop, "label"),
        comments=_texts(terms, prop, "comment"),
    )


def _read(path: Path) -> Terms:
    terms: Terms = defaultdict(lambda: defaultdict(list))
    for quad in ox.parse(path=str(path), format=ox.RdfFormat.TURTLE):
        terms[quad.subject.value][quad.predicate.value].append(quad.object)
    return {subject: dict(values) for subject, values in terms.items()}


def _objects(terms: Terms, subject: str, predicate: str) -> list[str]:
    return [term.value for term in terms.get(subject, {}).get(predicate, [])]


def _texts(terms: Terms, subject: str, key: str) -> dict[str, str]:
    found = terms.get(subject, {}).get(_RDFS + key, [])
    return {term.language: term.value for term in found if isinstance(term, ox.Literal) and term.language}


def _descendants(terms: Terms, root: str) -> list[str]:
    """Return the IRIs of all classes below ``root``, in the order of the file."""
    below = {root}
    while True:
        more = {iri for iri in terms if below & set(_objects(terms, iri, _RDFS + "subClassOf"))} - below
        if not more:
            return [iri for iri in terms if iri in below and iri != root]
        below |= more


def _parents_in(terms: Terms, iris: list[str]) -> set[str]:
    return {parent for iri in iris for parent in _objects(terms, iri, _RDFS + "subClassOf")}


def _local(iri: str) -> str:
    return iri.rpartition("#")[2] or iri
