"""kg.ttl is the vocabulary that the project promises, and shapes.ttl asks for what it requires."""

from __future__ import annotations

import pyoxigraph as ox
import pytest

from kg.graph.schema import KG, load_schema
from kg.resources import folder

ENTITIES = "Person Place Platform Organization Facility Policy Programme Product Designation Event Report"

# Required roles first, marked "!"; literal roles are marked "=".
ROLES = {
    "Partnership": "!partner agreement= kind= amount= place",
    "Designation": "!holder !title grantor count=",
    "Issuance": "!issuer !document",
    "Sale": "!seller product platform amount= quantity=",
    "Production": "!producer !product",
    "Position": "!person !title= organization",
    "Location": "!entity !place",
    "Establishment": "!thing founder place amount= count=",
    "Holding": "!event organiser host place",
    "Measurement": "!subject !indicator= !value= unit= change=",
    "Kinship": "!person !relative relation=",
    "Control": "!controller !controlled",
}


def test_the_entity_classes():
    assert " ".join(load_schema().classes) == ENTITIES


@pytest.mark.parametrize("name", ROLES)
def test_the_roles_of_each_type(name):
    roles = load_schema().facts[name].roles.values()
    found = {("!" if role.required else "") + role.name + ("=" if role.datatype else "") for role in roles}
    assert found == set(ROLES[name].split())


def test_there_are_no_other_types():
    assert set(load_schema().facts) == set(ROLES)


def test_what_the_roles_alone_do_not_say():
    facts = load_schema().facts
    assert facts["Partnership"].roles["partner"].minimum == 2
    assert set(facts["Sale"].alternatives) == {"product", "platform"}
    assert facts["Designation"].roles["title"].classes == ("Designation",)
    assert facts["Designation"].roles["title"].iri != facts["Position"].roles["title"].iri
    assert load_schema().modalities == ("actual", "planned", "negated")


def test_every_term_is_labelled_and_explained_in_both_languages():
    languages: dict[tuple[str, str], set[str]] = {}
    for quad in ox.parse(path=str(folder("ontology") / "kg.ttl"), format=ox.RdfFormat.TURTLE):
        subject, predicate = quad.subject.value, quad.predicate.value
        if isinstance(quad.subject, ox.NamedNode):
            for key in ("label", "comment"):
                found = languages.setdefault((subject, key), set())
                if predicate.endswith(f"rdf-schema#{key}"):
                    found.add(quad.object.language)
    assert {term: found for term, found in languages.items() if found != {"zh", "en"}} == {}


def test_no_term_is_used_that_is_not_defined():
    quads = list(ox.parse(path=str(folder("ontology") / "kg.ttl"), format=ox.RdfFormat.TURTLE))
    quads += ox.parse(path=str(folder("ontology") / "shapes.ttl"), format=ox.RdfFormat.TURTLE)
    defined = {quad.subject.value for quad in quads}
    used = {term.value for quad in quads for term in (quad.predicate, quad.object)}
    assert {iri for iri in used if iri.startswith(KG)} <= defined


def test_the_shapes_demand_every_required_role():
    store = ox.Store()
    store.load(path=str(folder("ontology") / "shapes.ttl"), format=ox.RdfFormat.TURTLE)
    text = """PREFIX sh: <http://www.w3.org/ns/shacl#>
        SELECT ?type ?role ?least { ?shape sh:targetClass ?type ; sh:property ?p .
          ?p sh:path ?role ; sh:minCount ?least }"""
    demanded = {(row[0].value, row[1].value): int(row[2].value) for row in store.query(text)}
    for fact_type in load_schema().facts.values():
        for role in fact_type.roles.values():
            assert demanded.get((fact_type.iri, role.iri), 0) == role.minimum, (fact_type.name, role.name)


def test_the_shape_of_a_mention_allows_the_reasons_of_the_ontology():
    store = ox.Store()
    for name in ("kg.ttl", "shapes.ttl"):
        store.load(path=str(folder("ontology") / name), format=ox.RdfFormat.TURTLE)
    told = "SELECT ?r { ?r skos:inScheme kg:mergeReasons }"
    allowed = "SELECT ?r { ?p sh:path kg:mergeReason ; sh:in/rdf:rest*/rdf:first ?r }"
    prefixes = f"""PREFIX kg: <{KG}> PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
        PREFIX sh: <http://www.w3.org/ns/shacl#> PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> """
    one, other = ({row[0].value for row in store.query(prefixes + text)} for text in (told, allowed))
    assert one == other and one


def test_a_role_over_two_datatypes_is_refused(tmp_path):
    path = tmp_path / "kg.ttl"
    text = (folder("ontology") / "kg.ttl").read_text("utf-8")
    path.write_text(text + "\nkg:unit schema:rangeIncludes xsd:integer .\n", "utf-8")
    with pytest.raises(ValueError, match=r"unit must range over"):
        load_schema(path)
