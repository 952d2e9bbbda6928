"""The sample conforms; every message of shapes.ttl has a graph that provokes it, and only it."""

from __future__ import annotations

from dataclasses import replace

import pyoxigraph as ox
import pytest

from kg.graph import quads, validate
from kg.graph.schema import KG
from kg.resources import folder

_PREFIXES = f"""PREFIX kg: <{KG}>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX edtf: <http://id.loc.gov/datatypes/edtf/>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
BASE <https://kg.example/>
"""


def without(subject: str, predicate: str) -> str:
    """Return an update that takes a property away."""
    return f"DELETE WHERE {{ {subject} {predicate} ?o }}"


def instead(subject: str, predicate: str, value: str) -> str:
    """Return an update that gives a property another value."""
    return f"{without(subject, predicate)} ; {also(subject, predicate, value)}"


def also(subject: str, predicate: str, value: str) -> str:
    """Return an update that adds a value."""
    return f"INSERT DATA {{ {subject} {predicate} {value} }}"


GROUP, COUNTY, PROVINCE = "<organization/aa01>", "<place/990101>", "<place/990000>"
SIGNED, HELD, ISSUED, POST, KIN = "<fact/0001>", "<fact/0005>", "<fact/0006>", "<fact/0007>", "<fact/0008>"
SOLD, GROWN, AWARD, FIGURE = "<fact/0009>", "<fact/0010>", "<fact/0011>", "<fact/0012>"
CONTROL, BUILT, LOCATED = "<fact/0014>", "<fact/0015>", "<fact/0016>"
# The one passage of SIGNED and the one article of it.
PASSAGE, ARTICLE = "<evidence/PASSAGE>", "<article/ARTICLE>"
# 青鸟公司 in that article.
MENTION = "<mention/MENTION>"

BROKEN = {
    "has more than one preferred name in a language, or one in a language other than zh, en and zh-Latn-pinyin": also(
        GROUP, "skos:prefLabel", '"第二名"@zh'
    ),
    "has no Chinese preferred name": instead(GROUP, "skos:prefLabel", '"Bluebird"@en'),
    "has an empty alias or one that is also a preferred name": also(GROUP, "skos:altLabel", '"青鸟集团"@zh'),
    "has an owner that is no entity of the graph": also(GROUP, "kg:ownedBy", "<organization/nobody>"),
    "is a place without one level from country to village": instead(COUNTY, "kg:level", '"planet"'),
    "has a division code that is neither 2 to 12 digits nor three letters": instead(
        COUNTY, "kg:divisionCode", '"37A"'
    ),
    "lies within something that is no place of the graph, or within two places": instead(
        COUNTY, "kg:within", GROUP
    ),
    "is of a kind of product that is no concept, or of two": also(
        "<product/dd01>", "kg:productKind", "kg:product-none"
    ),
    "may be something that is no place of the graph": also(PROVINCE, "kg:candidate", GROUP),
    "has candidates beside a division code": also(PROVINCE, "kg:candidate", COUNTY),
    "is an article without a name": without(ARTICLE, "dcterms:identifier"),
    "is an article without the SHA-256 of its bytes": instead(ARTICLE, "kg:sha256", '"beef"'),
    "has a publication date that is not EDTF": instead(ARTICLE, "dcterms:issued", '"June 2019"^^edtf:EDTF'),
    "is a copy of something that is no article of the graph, or of two": also(
        ARTICLE, "kg:copyOf", "<article/none>"
    ),
    "has a date from two places": also(ARTICLE, "kg:dateOrigin", '"meta", "dateline"'),
    "mentions something that is no entity of the graph": also(
        ARTICLE, "kg:mentions", "<organization/nobody>"
    ),
    "is evidence without a quote": instead(PASSAGE, "kg:quote", '" "'),
    "is evidence without one start of 0 or more": instead(PASSAGE, "kg:start", "-1"),
    "is evidence that does not start before it ends": instead(PASSAGE, "kg:end", "1"),
    "is evidence without one end": without(PASSAGE, "kg:end"),
    "is evidence without the rule that read it": without(PASSAGE, "kg:rule"),
    "is evidence that is not in one article of the graph": without(PASSAGE, "kg:inArticle"),
    "is a mention of no entity of the graph, or of two": also(MENTION, "kg:mentionOf", COUNTY),
    "is a mention without one form": also(MENTION, "kg:form", '"青鸟"'),
    "is a mention that stands nowhere": without(MENTION, "kg:start"),
    "is a mention merged for an unknown reason, or for two": also(
        MENTION, "kg:mergeReason", "kg:reason-anaphor"
    ),
    "is a mention that is not in one article of the graph": without(MENTION, "kg:inArticle"),
    "is a fact without evidence": without(SIGNED, "kg:evidence"),
    "is a fact of no article of the graph": without(SIGNED, "kg:reportedIn"),
    "is a fact without one number of sources": instead(SIGNED, "kg:sourceCount", "0"),
    "is a fact without one passage to read first": without(SIGNED, "kg:bestEvidence"),
    "is neither actual nor planned nor negated": instead(SIGNED, "kg:modality", "kg:hoped"),
    "has no confidence from 0 to 1": instead(SIGNED, "kg:confidence", "1.5"),
    "has a time that is not EDTF": instead(SIGNED, "kg:time", '"2019年"^^edtf:EDTF'),
    "has an earliest day that is no date": instead(SIGNED, "kg:earliest", '"2019-05-01"'),
    "has a latest day that is no date": instead(SIGNED, "kg:latest", '"2019-05-31"'),
    "has an earliest day after its latest day": instead(SIGNED, "kg:earliest", '"2019-06-01"^^xsd:date'),
    "is a partnership without two partners": instead(SIGNED, "kg:partner", GROUP),
    "is a partnership of an unknown kind": instead(SIGNED, "kg:kind", '"friendship"'),
    "is a partnership with an empty agreement": instead(SIGNED, "kg:agreement", '""'),
    "is a designation without a holder": without(AWARD, "kg:holder"),
    "is a designation without a title that is a designation": instead(AWARD, "kg:title", GROUP),
    "is a designation by no entity of the graph": also(AWARD, "kg:grantor", '"某部"'),
    "is an issuance without an issuer": without(ISSUED, "kg:issuer"),
    "is an issuance without a document that is a policy or a report": instead(ISSUED, "kg:document", GROUP),
    "is a sale with neither product nor platform": (
        f"{without(SOLD, 'kg:product')} ; {without(SOLD, 'kg:platform')}"
    ),
    "is a sale without a seller": without(SOLD, "kg:seller"),
    "is a sale of something that is no product": also(SOLD, "kg:product", GROUP),
    "is a sale on something that is no platform": also(SOLD, "kg:platform", GROUP),
    "is a production without a producer": without(GROWN, "kg:producer"),
    "is a production without a product": without(GROWN, "kg:product"),
    "is a position without a person": instead(POST, "kg:person", GROUP),
    "is a position without a title": without(POST, "kg:jobTitle"),
    "is a position at no entity of the graph": instead(POST, "kg:organization", '"某单位"'),
    "is a location without an entity": without(LOCATED, "kg:entity"),
    "is a location without a place": without(LOCATED, "kg:place"),
    "is an establishment of nothing": without(BUILT, "kg:thing"),
    "is an establishment by no entity of the graph": also(BUILT, "kg:founder", "<organization/nobody>"),
    "is a holding without an event": without(HELD, "kg:event"),
    "is a holding organised by no entity of the graph": also(HELD, "kg:organiser", "<organization/nobody>"),
    "is a holding hosted by no entity of the graph": also(HELD, "kg:host", "<organization/nobody>"),
    "is a measurement of no subject": without(FIGURE, "kg:subject"),
    "is a measurement without an indicator": without(FIGURE, "kg:indicator"),
    "is a measurement without one plain number": instead(FIGURE, "kg:value", '"很多"'),
    "is a measurement whose change is not one fraction": instead(FIGURE, "kg:change", '"50%"'),
    "is a kinship without a person, or of a person with itself": without(KIN, "kg:person"),
    "is a kinship without a relative": without(KIN, "kg:relative"),
    "is a control without a controller, or of something over itself": without(CONTROL, "kg:controller"),
    "is a control over nothing": without(CONTROL, "kg:controlled"),
    "is in something that is neither place nor facility of the graph": instead(HELD, "kg:place", GROUP),
    "has a count that is not one whole number": instead(AWARD, "kg:count", '"三个"'),
}


def messages() -> list[str]:
    found = ox.parse(path=str(folder("ontology") / "shapes.ttl"), format=ox.RdfFormat.TURTLE)
    return [quad.object.value for quad in found if quad.predicate.value.endswith("shacl#message")]


@pytest.fixture(scope="module")
def plain(sample):
    """The sample as one graph, with its signed passage and article under the names used above."""
    lines = [ox.Quad(quad.subject, quad.predicate, quad.object) for quad in quads(sample)]
    store = ox.Store()
    store.extend(lines)
    (row,) = store.query(
        _PREFIXES
        + f"""SELECT ?e ?a ?m {{ {SIGNED} kg:evidence ?e ; kg:reportedIn ?a .
            ?m kg:mentionOf {GROUP} ; kg:form "青鸟公司" ; kg:inArticle ?a }}"""
    )
    return lines, {PASSAGE: str(row[0]), ARTICLE: str(row[1]), MENTION: str(row[2])}


def test_the_sample_conforms(sample):
    assert validate(sample) == []


def test_every_message_has_a_case():
    assert sorted(messages()) == sorted(BROKEN)


@pytest.mark.parametrize("message", BROKEN)
def test_the_shape_finds_it(message, plain):
    lines, names = plain
    update = BROKEN[message]
    for name, iri in names.items():
        update = update.replace(name, iri)
    store = ox.Store()
    store.extend(lines)
    store.update(_PREFIXES + update)
    found = validate(list(store))
    assert any(message in sentence for sentence in found), found


def test_a_sentence_names_the_fact_by_its_quote(plain):
    lines, _ = plain
    broken = [line for line in lines if not line.predicate.value.endswith("#jobTitle")]
    assert validate(broken) == ["fact/0007 “李小禾任云阳县书记” is a position without a title"]


def test_a_partnership_of_one_is_found_in_knowledge_too(sample):
    lonely = replace(sample.facts[0], roles={"partner": sample.facts[0].roles["partner"][:1]})
    (sentence,) = validate(replace(sample, facts=(lonely, *sample.facts[1:])))
    assert sentence.endswith("is a partnership without two partners")
