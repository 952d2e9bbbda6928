"""Every rule against its own right and wrong example sentences, through the whole pipeline but reading."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kg import extraction, language, linking, pipeline
from kg.extraction.rules import FILLS, Rule, RuleFile, load
from kg.graph import load_schema
from kg.linking.facts import CHECKS
from kg.model import Article, Fact, OffsetMap

PUBLISHED = "2021-06-15"
RULES = [(file, rule) for file in load() for rule in file.rules]


@pytest.fixture(scope="module")
def tools():
    return language.load(), extraction.prepare(linking.known_names()), pipeline.shapes()


def read(text: str, file: RuleFile, rule: Rule, tools) -> tuple[list[Fact], dict[str, set[str]]]:
    """Return the facts that one rule alone reads in a text, and every name of each entity."""
    nlp, lexicon, shapes = tools
    article = Article("example.txt", text, OffsetMap((), ()), "", "utf-8", published=PUBLISHED)
    doc = next(language.analyse(nlp, [text]))
    found = extraction.extract(doc, lexicon, PUBLISHED, [replace(file, rules=(rule,))])
    entities, facts = linking.link(
        [(article, (found.mentions, found.statements))], shapes, load_schema().classes
    )
    return list(facts), {e.id: {e.name, *e.aliases} for e in entities}


def holds(expected: dict, fact: Fact, names: dict[str, set[str]]) -> bool:
    """Whether a fact has every role value that the example names, by any of the entity's names."""
    for role, values in expected.items():
        if role in ("time", "modality"):
            if getattr(fact, role) != values:
                return False
            continue
        said = [names.get(value, {value}) for value in fact.roles.get(role, ())]
        for value in map(str, values):
            if not any(value.strip("“”") in {name.strip("“”") for name in forms} for forms in said):
                return False
    return True


@pytest.mark.parametrize(("file", "rule"), RULES, ids=[rule.id for _, rule in RULES])
def test_right_examples(file, rule, tools):
    assert any(example["facts"] for example in rule.right)
    for example in rule.right:
        facts, names = read(example["text"], file, rule, tools)
        for expected in example["facts"]:
            assert any(holds(expected, fact, names) for fact in facts), (
                example["text"],
                expected,
                show(facts, names),
            )
        assert facts or not example["facts"]
        if not example["facts"]:
            assert not facts, (example["text"], show(facts, names))


@pytest.mark.parametrize(("file", "rule"), RULES, ids=[rule.id for _, rule in RULES])
def test_wrong_examples(file, rule, tools):
    for text in rule.wrong:
        facts, names = read(text, file, rule, tools)
        said = [fact for fact in facts if fact.modality != "negated"]
        assert not said, (text, show(facts, names))


def show(facts, names):
    return [
        {role: [min(names.get(v, {v}), key=len) for v in values] for role, values in fact.roles.items()}
        | {"modality": fact.modality}
        for fact in facts
    ]


def test_types_and_roles_are_those_of_the_ontology():
    schema = load_schema()
    for file, rule in RULES:
        known = set(schema.facts[file.type].roles) | {"time", "deed", *rule.apart}
        used = (
            {role for pattern in rule.patterns for role in pattern.roles}
            | set(rule.fill)
            | set(rule.also)
            | set(rule.set)
        )
        assert used | set(file.each) <= known, rule.id
        assert rule.check is None or rule.check in CHECKS, rule.id
        assert set(rule.fill.values()) <= FILLS, rule.id


def test_rule_ids_are_unique():
    ids = [rule.id for _, rule in RULES]
    assert len(ids) == len(set(ids))
