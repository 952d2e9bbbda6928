"""The whole job, stage by stage; the file to read first.

reading → language → extraction → linking → graph → views
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

from kg import extraction, graph, language, linking, reading
from kg.analysis import analyse
from kg.model import Article, Entity, Fact, FactShape, Knowledge, Mention, RoleShape, Skipped, Statement

Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Settings:
    """How to build. ``pipeline`` is ``lac`` or the name of an installed spaCy pipeline.

    ``fields`` names the columns of JSON and CSV, see ``reading.read``. ``workers`` is the number of
    processes that read, None for as many as there are processors. ``repairs`` are the names of those to
    make, None for all. ``strict`` builds all or nothing. ``decisions`` are what humans have decided about
    things, see ``read_decisions``.
    """

    base: str = graph.DEFAULT_BASE
    pipeline: str = language.DEFAULT
    fields: Mapping[str, str] = field(default_factory=dict)
    workers: int | None = None
    repairs: Collection[str] | None = None
    strict: bool = False
    decisions: Sequence[linking.Decision] = ()


def read_facts(
    paths: Sequence[Path | str], settings: Settings = Settings(), progress: Progress = lambda _: None
) -> Knowledge:
    """Read articles and return everything that they say. Nothing is written."""
    articles, skipped = _articles(paths, settings)
    progress(f"read {len(articles)} articles, skipped {len(skipped)}")
    extracted = analyse(articles, settings.pipeline, settings.workers)

    def read() -> Iterator[tuple[Article, tuple]]:
        for number, (article, found) in enumerate(zip(articles, extracted, strict=True), 1):
            progress(f"{number}/{len(articles)} {article.name}: {len(found.statements)} statements")
            yield article, (found.mentions, found.statements)

    overrides = linking.Overrides(settings.decisions)
    entities, facts = linking.link(read(), shapes(), graph.load_schema().classes, overrides)
    copies = reading.find_copies(articles)
    return Knowledge(tuple(articles), entities, facts, tuple(skipped), copies, overrides.outcomes())


def build(
    paths: Sequence[Path | str],
    out: Path,
    settings: Settings = Settings(),
    progress: Progress = lambda _: None,
) -> Knowledge:
    """Read articles, validate what they say against the shapes, and write the graph into ``out``.

    Raises NoArticles or, if strict, Quarantined before anything is written, and InvalidGraph when the
    result breaks a shape.
    """
    knowledge = read_facts(paths, settings, progress)
    if not knowledge.articles:
        raise NoArticles(knowledge.skipped)
    progress("validating and writing")
    quads = graph.quads(knowledge, settings.base)
    with ThreadPoolExecutor(1) as pool:  # which takes another processor: the validator lets go of the lock
        validated = pool.submit(graph.validate, quads, settings.base)

        def approve() -> None:
            if violations := validated.result():
                raise InvalidGraph(violations)

        graph.write(knowledge, out, settings.base, quads, approve)
    return knowledge


def explain(
    article: Article,
    wanted: Callable[[int, int], bool] = lambda start, end: True,
    pipeline: str = language.DEFAULT,
) -> list[Explained]:
    """Read one article and tell, for each sentence whose span is ``wanted``, what was found there and what not.

    The rules are those of now, and no other article is known: short names are joined within this one.
    """
    (doc,) = language.analyse(language.load(pipeline), [article.text])
    lexicon = extraction.prepare(linking.known_names())
    found, readings = extraction.explain(doc, lexicon, article.published)
    refused: list[tuple[Statement, str]] = []
    entities, facts = linking.link(
        [(article, (found.mentions, found.statements))],
        shapes(),
        graph.load_schema().classes,
        refused=lambda statement, why: refused.append((statement, why)),
    )
    seen = [(span, entity) for entity in entities for span in entity.seen.get(article.name, ())]
    names = {entity.id: entity for entity in entities}
    return [
        Explained(
            start=reading.start,
            end=reading.end,
            text=article.text[reading.start : reading.end],
            mentions=tuple(
                (mention, tuple(e for span, e in seen if span == (mention.start, mention.end)))
                for mention in reading.mentions
            ),
            facts=tuple(
                (fact, evidence.rule)
                for fact in facts
                for evidence in fact.evidence
                if reading.start <= evidence.start and evidence.end <= reading.end
            ),
            refused=tuple(
                (s, why) for s, why in refused if reading.start <= s.start and s.end <= reading.end
            ),
            near=reading.near,
            names={key: entity.name for key, entity in names.items()},
        )
        for reading in readings
        if wanted(reading.start, reading.end)
    ]


@dataclass(frozen=True, slots=True)
class Explained:
    """What was made of one sentence: mentions with what they were linked to, facts with the rule that read
    each, statements that are no facts with the reason, and rules that came close."""

    start: int
    end: int
    text: str
    mentions: tuple[tuple[Mention, tuple[Entity, ...]], ...]
    facts: tuple[tuple[Fact, str], ...]
    refused: tuple[tuple[Statement, str], ...]
    near: tuple[extraction.Near, ...]
    names: Mapping[str, str] = field(repr=False)  # id of an entity → its name


class NoArticles(Exception):
    """Nothing among the paths could be read as an article; ``skipped`` says why."""

    def __init__(self, skipped: Sequence[Skipped]) -> None:
        super().__init__("no article was found")
        self.skipped = tuple(skipped)


class Quarantined(Exception):
    """Something could not be read, and all or nothing was asked for; ``skipped`` says what and why."""

    def __init__(self, skipped: Sequence[Skipped]) -> None:
        super().__init__("not everything could be read")
        self.skipped = tuple(skipped)


class InvalidGraph(Exception):
    """The facts break a shape of ontology/shapes.ttl: a fault of the program, not of the articles."""

    def __init__(self, violations: Sequence[str]) -> None:
        super().__init__(f"{len(violations)} violations of ontology/shapes.ttl, the first: {violations[0]}")
        self.violations = tuple(violations)


def read_decisions(text: str, file: str, base: str = graph.DEFAULT_BASE) -> tuple[linking.Decision, ...]:
    """Return the decisions in the text of an overrides file. Raises linking.BadDecision."""
    return linking.read_decisions(text, file, graph.load_schema().classes, base)


def shapes() -> dict[str, FactShape]:
    """Return what the ontology says of the roles of each fact type."""
    schema = graph.load_schema()

    def classes(role: graph.Role) -> tuple[str, ...]:
        return () if set(role.classes) - set(schema.classes) else role.classes  # a superclass admits any

    return {
        name: FactShape(
            {r.name: RoleShape(r.minimum, r.datatype is not None, classes(r)) for r in fact.roles.values()},
            fact.alternatives,
        )
        for name, fact in schema.facts.items()
    }


def _articles(paths: Sequence[Path | str], settings: Settings) -> tuple[list[Article], list[Skipped]]:
    articles: list[Article] = []
    skipped: list[Skipped] = []
    found = reading.read(paths, fields=settings.fields, workers=settings.workers, repairs=settings.repairs)
    for item in found:
        (articles if isinstance(item, Article) else skipped).append(item)  # type: ignore[arg-type]
    if settings.strict and any(item.kind in ("quarantined", "missing") for item in skipped):
        raise Quarantined(skipped)
    return sorted(articles, key=lambda a: a.name), sorted(skipped, key=lambda s: s.name)
