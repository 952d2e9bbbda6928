"""Knowledge → quads. One named graph an article; one each for entities, registry background, sources."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import cache

import pyoxigraph as ox

from kg.graph import iris
from kg.graph.links import Term, Triple, links
from kg.graph.schema import EDTF, KG, XSD, FactType, Schema, load_schema
from kg.model import Article, Entity, Fact, Knowledge
from kg.resources import folder

RDF_TYPE = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
RDFS_LABEL = ox.NamedNode("http://www.w3.org/2000/01/rdf-schema#label")
PREF_LABEL = ox.NamedNode("http://www.w3.org/2004/02/skos/core#prefLabel")
ALT_LABEL = ox.NamedNode("http://www.w3.org/2004/02/skos/core#altLabel")
EXACT_MATCH = ox.NamedNode("http://www.w3.org/2004/02/skos/core#exactMatch")

_DCTERMS = "http://purl.org/dc/terms/"
# Dublin Core 1.1 and not dcterms where the value is a name: dcterms wants a resource there.
_DC = "http://purl.org/dc/elements/1.1/"
SOURCE = ox.NamedNode(_DC + "source")
_WIKIDATA = "http://www.wikidata.org/entity/"
_DERIVED_FROM = ox.NamedNode("http://www.w3.org/ns/prov#wasDerivedFrom")
_PROV_ENTITY = ox.NamedNode("http://www.w3.org/ns/prov#Entity")

# No more digits than Decimal and the store keep exactly.
_NUMBER = re.compile(r"[+-]?[0-9]{1,18}(?:\.[0-9]{1,9})?")
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")


def clean(text: str) -> str:
    """Return ``text`` with every character that RDF or XML cannot hold replaced by U+FFFD.

    One character stands for one, so that offsets into the text stay right.
    """
    return _UNWRITABLE.sub("\ufffd", text)


def quads(knowledge: Knowledge, base: str = iris.DEFAULT_BASE, schema: Schema | None = None) -> list[ox.Quad]:
    """Return the whole graph, sorted and without duplicates.

    Raises ValueError for a fact whose type, role or document is unknown, and for a bad ``base``.
    """
    writer = _Writer(iris.check_base(base), schema or load_schema())
    found = {str(quad): quad for quad in writer.all(knowledge)}
    return [found[line] for line in sorted(found)]


def nquads(sorted_quads: list[ox.Quad]) -> bytes:
    """Return the N-Quads file of the quads, one a line, in UTF-8."""
    return "".join(f"{quad} .\n" for quad in sorted_quads).encode()


class _Writer:
    """The base and the vocabulary, which every step needs."""

    def __init__(self, base: str, schema: Schema):
        self.base = base
        self.schema = schema

    def all(self, knowledge: Knowledge) -> Iterator[ox.Quad]:
        articles = {article.name: article for article in knowledge.articles}
        facts: dict[str, list[Fact]] = {name: [] for name in articles}
        mentions: dict[str, list[Entity]] = {name: [] for name in articles}
        for fact in knowledge.facts:
            for document in fact.documents:
                if document not in articles:
                    raise ValueError(f"{fact.id} is of {document!r}, which is not among the articles")
                facts[document].append(fact)
        for entity in knowledge.entities:
            for name in entity.seen:
                if name not in articles:
                    raise ValueError(f"{entity.id} was seen in {name!r}, which is not among the articles")
                mentions[name].append(entity)
        yield from self._dataset(knowledge)
        yield from self._sources(knowledge, articles)
        for name, article in articles.items():
            graph = self._node(f"graph/article/{iris.article_key(article)}")
            for triple in self._article(article, graph, facts[name], mentions[name]):
                yield _quad(triple, graph)
            if name in knowledge.copies:
                first = iris.article_key(articles[knowledge.copies[name]])
                node = self._node(f"article/{iris.article_key(article)}")
                yield _quad((node, _kg("copyOf"), self._node(f"article/{first}")), graph)

    def _dataset(self, knowledge: Knowledge) -> Iterator[ox.Quad]:
        entities, registry = self._node("graph/entities"), self._node("graph/registry")
        facts = self._node("graph/facts")
        titles = ((entities, "Entities"), (registry, "Registry background"), (facts, "Sources of facts"))
        for graph, title in titles:
            yield ox.Quad(graph, RDF_TYPE, _PROV_ENTITY, graph)
            yield ox.Quad(graph, _dcterms("title"), ox.Literal(title, language="en"), graph)
        if any(entity.kind for entity in knowledge.entities):
            kinds = self._node("graph/products")
            for quad in ox.parse(path=str(folder("ontology") / "products.ttl"), format=ox.RdfFormat.TURTLE):
                yield ox.Quad(quad.subject, quad.predicate, quad.object, kinds)
        for entity in knowledge.entities:
            for triple in self._entity(entity):
                yield _quad(triple, entities)
            for triple in self._background(entity):
                yield _quad(triple, registry)

    def _sources(self, knowledge: Knowledge, articles: Mapping[str, Article]) -> Iterator[ox.Quad]:
        """Yield what all articles together tell of a fact: how many state it, and where to read it first.

        A reprint is no source of its own. The passage to read first is that of the surest rule, rather in
        an original than in a reprint, then the first by document and place.
        """
        graph = self._node("graph/facts")
        for fact in knowledge.facts:
            if not fact.evidence:
                continue
            node = self._node(fact.id)
            sources = {knowledge.copies.get(name, name) for name in fact.documents}
            yield ox.Quad(node, _kg("sourceCount"), _typed(str(len(sources)), XSD + "integer"), graph)
            best = min(
                fact.evidence,
                key=lambda e: (e.document in knowledge.copies, -e.confidence, e.document, e.start, e.end),
            )
            passage = self._node(iris.evidence_path(articles[best.document], best))
            yield ox.Quad(node, _kg("bestEvidence"), passage, graph)

    def _entity(self, entity: Entity) -> Iterator[Triple]:
        if entity.cls not in self.schema.classes:
            raise ValueError(f"{entity.id} is of the class {entity.cls!r}, which ontology/kg.ttl lacks")
        node = self._node(entity.id)
        yield node, RDF_TYPE, ox.NamedNode(self.schema.classes[entity.cls].iri)
        labels = [ox.Literal(clean(entity.name), language="zh")]
        if entity.english:
            labels.append(ox.Literal(clean(entity.english), language="en"))
        if entity.pinyin:
            labels.append(ox.Literal(clean(entity.pinyin), language="zh-latn-pinyin"))
        for label in labels:
            yield node, PREF_LABEL, label
            yield node, RDFS_LABEL, label
        for alias in set(map(clean, entity.aliases)) - {label.value for label in labels}:
            yield node, ALT_LABEL, ox.Literal(alias, language="zh")
        for alias in set(map(clean, entity.english_aliases)) - {label.value for label in labels}:
            yield node, ALT_LABEL, ox.Literal(alias, language="en")
        if entity.level:
            yield node, _kg("level"), _text(entity.level)
        if entity.kind:
            yield node, _kg("productKind"), _kg(f"product-{entity.kind}")
        for decision in entity.decisions:
            yield node, _kg("decision"), _text(decision)
        if entity.code:
            yield node, _kg("divisionCode"), _text(entity.code)
        for candidate in entity.candidates:
            yield node, _kg("candidate"), self._node(candidate)

    def _background(self, entity: Entity) -> Iterator[Triple]:
        node = self._node(entity.id)
        if entity.parent:
            yield node, _kg("within"), self._node(entity.parent)
        if entity.owner:
            yield node, _kg("ownedBy"), self._node(entity.owner)
            yield self._node(entity.owner), _kg("controls"), node
        if entity.wikidata:
            yield node, EXACT_MATCH, ox.NamedNode(_WIKIDATA + entity.wikidata)
        if entity.source:
            yield node, SOURCE, _text(entity.source)

    def _article(
        self, article: Article, graph: ox.NamedNode, facts: list[Fact], mentions: list[Entity]
    ) -> Iterator[Triple]:
        node = self._node(f"article/{iris.article_key(article)}")
        yield node, RDF_TYPE, _kg("Article")
        yield node, _dcterms("identifier"), _text(article.name)
        yield node, _kg("sha256"), _text(article.sha256)
        yield graph, RDF_TYPE, _PROV_ENTITY
        yield graph, _DERIVED_FROM, node
        for described in (node, graph):
            if article.title:
                yield described, _dcterms("title"), ox.Literal(clean(article.title), language="zh")
            if article.source:
                yield described, ox.NamedNode(_DC + "publisher"), _text(article.source)
            if article.published:
                yield described, _dcterms("issued"), _typed(article.published, EDTF)
        if article.published_origin:
            yield node, _kg("dateOrigin"), _text(article.published_origin)
        if article.address:
            yield node, SOURCE, _text(article.address)
        if article.author:
            yield node, ox.NamedNode(_DC + "creator"), _text(article.author)
        for entity in mentions:
            yield node, _kg("mentions"), self._node(entity.id)
            yield from self._mentions(entity, article, node)
        for fact in facts:
            yield from self._fact(fact, article, node)

    def _mentions(self, entity: Entity, article: Article, article_node: ox.NamedNode) -> Iterator[Triple]:
        reasons = {m.form: m.reason for m in entity.merges if m.document == article.name}
        for start, end in entity.seen[article.name]:
            form = article.text[start:end]
            node = self._node(iris.mention_path(article, entity.id, form))
            yield node, RDF_TYPE, _kg("Mention")
            yield node, _kg("mentionOf"), self._node(entity.id)
            yield node, _kg("inArticle"), article_node
            yield node, _kg("form"), _text(form)
            yield node, _kg("start"), _typed(str(start), XSD + "integer")
            if form in reasons:
                yield node, _kg("mergeReason"), _kg(f"reason-{reasons[form]}")

    def _fact(self, fact: Fact, article: Article, article_node: ox.NamedNode) -> Iterator[Triple]:
        fact_type = self.schema.facts.get(fact.type)
        if fact_type is None:
            raise ValueError(f"{fact.id} is of the type {fact.type!r}, which ontology/kg.ttl lacks")
        node = self._node(fact.id)
        yield node, RDF_TYPE, ox.NamedNode(fact_type.iri)
        yield node, _kg("reportedIn"), article_node
        yield node, _kg("modality"), _kg(fact.modality)
        yield node, _kg("confidence"), _typed(f"{fact.confidence:.6f}", XSD + "decimal")
        for name, day in (("earliest", fact.earliest), ("latest", fact.latest)):
            if day:
                yield node, _kg(name), _typed(day, XSD + "date")
        if fact.time:
            yield node, _kg("time"), _typed(fact.time, EDTF)
        fillers = self._fillers(fact, fact_type)
        for name, terms in fillers.items():
            for term in terms:
                yield node, ox.NamedNode(fact_type.roles[name].iri), term
        if fact.modality == "actual":
            yield from links(fact_type, fillers)
        for evidence in fact.evidence:
            if evidence.document != article.name:
                continue
            passage = self._node(iris.evidence_path(article, evidence))
            yield node, _kg("evidence"), passage
            yield passage, RDF_TYPE, _kg("Evidence")
            yield passage, _kg("inArticle"), article_node
            yield passage, _kg("start"), _typed(str(evidence.start), XSD + "integer")
            yield passage, _kg("end"), _typed(str(evidence.end), XSD + "integer")
            yield passage, _kg("quote"), _text(evidence.quote)
            yield passage, _kg("rule"), _text(evidence.rule)

    def _fillers(self, fact: Fact, fact_type: FactType) -> dict[str, list[Term]]:
        fillers: dict[str, list[Term]] = {}
        for name, values in fact.roles.items():
            role = fact_type.roles.get(name)
            if role is None:
                raise ValueError(
                    f"{fact.id} has the role {name!r}, unknown to ontology/kg.ttl in a {fact.type}"
                )
            if role.datatype is None:
                fillers[name] = [self._node(value) for value in values]
            else:
                fillers[name] = [_typed(value, role.datatype) for value in values]
        return fillers

    def _node(self, path: str) -> ox.NamedNode:
        return ox.NamedNode(iris.join(self.base, path))


def _quad(triple: Triple, graph: ox.NamedNode) -> ox.Quad:
    subject, predicate, value = triple
    return ox.Quad(subject, predicate, value, graph)


@cache
def _kg(name: str) -> ox.NamedNode:
    return ox.NamedNode(KG + name)


def _dcterms(name: str) -> ox.NamedNode:
    return ox.NamedNode(_DCTERMS + name)


def _text(value: str) -> ox.Literal:
    return ox.Literal(clean(value))


def _typed(value: str, datatype: str) -> ox.Literal:
    """Return a literal; a number in the one form that the store gives back.

    What is no number becomes a plain string, which validation then reports with its fact.
    """
    if datatype == XSD + "string":
        return _text(value)
    if datatype in (XSD + "decimal", XSD + "integer"):
        if not _NUMBER.fullmatch(value):
            return _text(value)
        number = Decimal(value)
        value = format(number.normalize() if number else Decimal(0), "f")
        if datatype == XSD + "integer" and "." in value:
            return _text(value)
    return ox.Literal(clean(value), datatype=ox.NamedNode(datatype))
