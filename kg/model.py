"""The records that the stages hand to one another. All are frozen; none does any work.

Offsets are Python string offsets (code points). Unless a docstring says otherwise they refer to
the *cleaned* text of one article, half open: ``text[start:end]``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class OffsetMap:
    """Where each cleaned character stood in the original, in bytes; of what, see ``Article.layer``.

    ``starts[i]`` and ``ends[i]`` bound the original bytes that cleaned character ``i`` came from.
    A character that a repair put in has the bounds of the place where it was put.
    """

    starts: Sequence[int]
    ends: Sequence[int]

    def original(self, start: int, end: int) -> tuple[int, int]:
        """Return the byte span of the original file behind ``text[start:end]`` (not empty)."""
        if not 0 <= start < end <= len(self.starts):
            raise ValueError(f"no such span in the cleaned text: {start}:{end}")
        return min(self.starts[start:end]), max(self.ends[start:end])


@dataclass(frozen=True, slots=True)
class Article:
    """One article as read: its cleaned text, what is known about it, and the way back."""

    name: str  # path below the folder given, with "/"; then "/member" of an archive, "#1" of a record
    text: str  # cleaned; paragraphs are separated by one "\n"
    offsets: OffsetMap
    sha256: str  # hexadecimal, of the file's bytes, or the archive member's, or the record's
    encoding: str  # of the original bytes, a Python codec name
    title: str | None = None
    source: str | None = None  # the outlet that published it
    author: str | None = None
    address: str | None = None  # where it was published, an absolute URL
    published: str | None = None  # EDTF date
    published_origin: str | None = None  # where the date was read: "front-matter", "dateline" …
    repairs: Mapping[str, int] = field(default_factory=dict)  # name of a repair → times applied
    layer: str = ""  # what ``offsets`` count in: "" the bytes of ``sha256``; else see kg.reading.source


@dataclass(frozen=True, slots=True)
class Skipped:
    """A path or document that was not read, and why, in one sentence for the user.

    ``kind`` is "empty" (read to the end, and no article is in it), "refused" (never opened: a link,
    a device, a picture), "missing" (a path that the user named, and nothing is there) or "quarantined"
    (all else: it may hold an article, and a person should look).
    """

    name: str
    reason: str
    kind: str = "quarantined"


@dataclass(frozen=True, slots=True)
class KnownName:
    """What the gazetteer and the registry know of a name before any text is read.

    ``weak`` names (和平, 新华) are also ordinary words: they need support in the text.
    """

    cls: str
    keys: tuple[str, ...]  # entity ids that bear the name, the most important first
    level: str | None = None  # of the first, if a Place
    kind: str | None = None  # of an Organization: company, government …
    weak: bool = False


@dataclass(frozen=True, slots=True)
class Mention:
    """A stretch of text that names something, or that a rule needs as a whole.

    ``cls`` is an entity class of the ontology or one of the auxiliary classes that rules use
    and the graph does not (``Time``, ``Quantity``, ``JobTitle``, ``Agreement`` …).
    ``anaphor`` says how a context-dependent mention (我市, 该县, 双方) finds its referent.
    ``parts`` are the mentions inside this one, in order (the place in a company's name).
    """

    cls: str
    start: int
    end: int
    text: str
    level: str | None = None  # of a Place
    kind: str | None = None  # of an Organization: company, government, media …
    anaphor: str | None = None
    name: str | None = None  # the name proper, where the text adds marks (《》, “”)
    parts: tuple[Mention, ...] = ()
    keys: tuple[str, ...] = ()  # entity ids in gazetteer or registry that bear this name
    value: str | None = None  # of a Time: EDTF; of a Quantity: the plain number


@dataclass(frozen=True, slots=True)
class Statement:
    """What one rule read in one place, its roles still filled by mentions or plain strings."""

    type: str
    roles: Mapping[str, tuple[Mention | str, ...]]
    start: int
    end: int
    rule: str  # "Type.rule-id"
    confidence: float  # the share of what the rule reads that is right
    weight: float = 0.0  # of two readings of one thing, that of the weightier rule counts
    time: str | None = None  # EDTF
    modality: str = "actual"
    check: str | None = None  # what must hold of the linked entities: "owned" (by the registry)


@dataclass(frozen=True, slots=True)
class Merge:
    """Why a form in an article, which is not the entity's name, was taken for the entity.

    ``reason`` is one of ``kg:mergeReasons`` in the ontology.
    """

    document: str
    form: str  # character for character as in the text
    reason: str


@dataclass(frozen=True, slots=True)
class Entity:
    """One thing, over all articles. ``id`` is the path of its IRI below the base."""

    id: str  # e.g. "place/371525", "organization/5f1d…"
    cls: str
    name: str  # preferred Chinese name
    aliases: tuple[str, ...] = ()  # other names seen or known, sorted
    english: str | None = None
    english_aliases: tuple[str, ...] = ()  # sorted
    pinyin: str | None = None  # the name transliterated, where there is no English one
    level: str | None = None  # of a Place: country … village
    code: str | None = None  # official division code of a Place
    kind: str | None = None  # of a Product: of kg:productKinds
    parent: str | None = None  # id of the next larger Place
    candidates: tuple[str, ...] = ()  # ids of the Places that a Place may be, if nothing tells which; sorted
    owner: str | None = None  # id of the owner, from the registry
    source: str | None = None  # where background knowledge about it comes from
    wikidata: str | None = None  # item of the same thing there (Q160120)
    seen: Mapping[str, tuple[tuple[int, int], ...]] = field(default_factory=dict)  # document → spans
    merges: tuple[Merge, ...] = ()  # sorted; one for each document and form that is not the name
    decisions: tuple[str, ...] = ()  # the lines by which humans made it what it is, sorted


@dataclass(frozen=True, slots=True)
class Evidence:
    """The passage that says so. ``quote`` is the article's ``text[start:end]``."""

    document: str
    start: int
    end: int
    quote: str
    rule: str
    confidence: float = 0.0  # of the rule


@dataclass(frozen=True, slots=True)
class Fact:
    """One n-ary fact, whatever articles state it. Role values are entity ids or, for literal roles, strings."""

    id: str  # "fact/…", a digest of type, roles, time and modality
    type: str
    roles: Mapping[str, tuple[str, ...]]
    evidence: tuple[Evidence, ...]  # by document and place in its text
    confidence: float  # the highest of its evidence
    time: str | None = None  # EDTF
    earliest: str | None = None  # first and last day that ``time`` can mean, ISO 8601
    latest: str | None = None
    modality: str = "actual"  # actual, planned, negated

    @property
    def documents(self) -> tuple[str, ...]:
        """The articles that state it, sorted."""
        return tuple(sorted({evidence.document for evidence in self.evidence}))


@dataclass(frozen=True, slots=True)
class RoleShape:
    """What may fill a role: at least ``least`` values, literals or entities of ``classes`` (any if empty)."""

    least: int
    literal: bool
    classes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FactShape:
    """The roles of a fact type; at least one of ``alternatives`` (if any) must be filled."""

    roles: Mapping[str, RoleShape]
    alternatives: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one decision of a human: ``problem`` says why it did not apply, None if it did."""

    place: str  # file and line, "overrides.txt:3"
    decision: str
    problem: str | None = None


@dataclass(frozen=True, slots=True)
class Knowledge:
    """Everything a build puts into the graph. All sequences are sorted by id or name."""

    articles: tuple[Article, ...]
    entities: tuple[Entity, ...]
    facts: tuple[Fact, ...]
    skipped: tuple[Skipped, ...] = ()
    copies: Mapping[str, str] = field(default_factory=dict)  # name of a reprint → of the article it repeats
    decisions: tuple[Outcome, ...] = ()  # by file and line
