"""The graph stage: facts → RDF, validation, the store on disk, and what is asked of it."""

from kg.graph.ask import Answer, UnknownQuestion, ask, questions, template
from kg.graph.confident import confident
from kg.graph.entity import describe as describe_entity
from kg.graph.entity import find as find_entities
from kg.graph.entity import mentions
from kg.graph.entity import reasons as merge_reasons
from kg.graph.facts import entities, facts
from kg.graph.iris import DEFAULT_BASE
from kg.graph.query import MIN_CONFIDENCE, QueryRefused, Result, query
from kg.graph.rdf import nquads, quads
from kg.graph.schema import Role, Schema, load_schema
from kg.graph.store import Graph, GraphNotFound, open_graph, write
from kg.graph.validate import validate

__all__ = [
    "DEFAULT_BASE",
    "MIN_CONFIDENCE",
    "Answer",
    "Graph",
    "GraphNotFound",
    "QueryRefused",
    "Result",
    "Role",
    "Schema",
    "UnknownQuestion",
    "ask",
    "confident",
    "describe_entity",
    "entities",
    "facts",
    "find_entities",
    "load_schema",
    "mentions",
    "merge_reasons",
    "nquads",
    "open_graph",
    "quads",
    "query",
    "questions",
    "template",
    "validate",
    "write",
]
