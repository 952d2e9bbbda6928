"""The mentions and statements of one article, linked: what each name, short form and anaphor refers to."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from functools import cache

from kg.linking import gazetteer, registry, shortenings
from kg.linking.bodies import body_of
from kg.linking.context import Discourse, Reference, anchors, home_places
from kg.linking.entities import Drafts, Seen, fold, local_id, words
from kg.linking.facts import Linked, Refused, Shapes, link_statement
from kg.linking.overrides import Overrides
from kg.linking.places import Places
from kg.linking.reasons import INTRODUCED, reason
from kg.linking.scope import home, needs_place
from kg.model import Article, Mention, Statement

_TERM = re.compile(r"[(（][^()（）]*[)）]$")  # 《行动方案（2020—2022年）》

# What an article says, as extraction gives it: mentions by sentence, and statements.
Read = tuple[Sequence[Sequence[Mention]], Sequence[Statement]]


class ArticleLinker:
    """Links the mentions of one article; keeps what each mention turned out to be."""

    def __init__(
        self, article: Article, drafts: Drafts, classes: Collection[str], overrides: Overrides
    ) -> None:
        self._article = article
        self._classes = classes
        self._drafts = drafts
        self._overrides = overrides
        self._places = Places(article.text, Counter())
        self._linked: dict[tuple[int, int, str], list[Reference]] = {}
        self._discourse = Discourse(())
        self._home = ""  # id of the county or prefecture that the article speaks for
        self._full: dict[str, dict[str, str]] = {}  # class → short name → full name
        self._classes_of: dict[str, str] = {}  # name → the class that most mentions of it have
        self._introduced: dict[str, Mention] = {}  # short name → what the text introduces it for

    def statements(self, read: Read, shapes: Shapes, refused: Refused | None = None) -> list[Linked]:
        """Link all mentions in the order of the text, then the statements; return those that hold.

        ``refused`` is told of the others, and why.
        """
        sentences, statements = read
        everything = [m for mentions in sentences for m in _with_parts(mentions)]
        self._places = Places(self._article.text, anchors(everything))
        for cls in ("Organization", "Facility"):
            local = (m for m in everything if m.cls == cls and not m.anaphor and not m.keys)
            own = (_name(m) for m in local if m.kind not in words()["bodies_of_places"])
            self._full[cls] = shortenings.full_names(own)
        self._introduced = shortenings.introduced(self._article.text, everything)
        self._classes_of = classes_of(everything)
        self._discourse = Discourse(home_places(self._count_places(everything)))
        self._home = home(self._discourse.home)
        by_sentence_end = sorted(statements, key=lambda s: s.end)
        linked: list[Linked] = []
        for mentions in sentences:
            for mention in mentions:
                self._link(mention)
            self._note_full_names(mentions)
            end = mentions[-1].end if mentions else -1
            while by_sentence_end and mentions and by_sentence_end[0].start < end:
                statement = by_sentence_end.pop(0)
                filled = link_statement(statement, self._resolve, shapes[statement.type], refused)
                if filled is not None:
                    linked.append((statement, filled))
                    self._add_generic(statement)
        return linked

    def _note_full_names(self, mentions: Sequence[Mention]) -> None:
        """Note the names that bodies have with the places directly before them (沛县云谷食品公司)."""
        start = end = -1
        for mention in mentions:
            local = mention.cls in ("Organization", "Facility") and not (mention.anaphor or mention.keys)
            if local and mention.start == end:
                for reference in self._linked[(mention.start, mention.end, mention.cls)]:
                    if draft := self._drafts.by_id.get(reference.id):
                        draft.aliases.add(self._article.text[start : mention.end])
            if mention.cls == "Place":
                start, end = (start if mention.start == end else mention.start), mention.end

    def _count_places(self, mentions: Sequence[Mention]) -> Counter[Reference]:
        counted: Counter[Reference] = Counter()
        places = [mention for mention in mentions if mention.cls == "Place" and not mention.anaphor]
        starts = {mention.start: mention for mention in reversed(places)}
        for mention in places:
            reference = self._places.foretell(mention, starts.get(mention.end))
            if reference is not None and mention.keys:
                counted[reference] += 1
        head = f"{self._article.title or ''} {self._article.source or ''}"
        for reference in list(counted):
            short = gazetteer.short_form(reference.name, reference.level or "")
            if short and short in head:
                counted[reference] += 8  # what the headline names is what the article is about
        return counted

    def _link(self, mention: Mention, inner: bool = False) -> list[Reference]:
        """Return what a mention refers to, noting it as an entity seen here."""
        key = (mention.start, mention.end, mention.cls)
        if key in self._linked:
            return self._linked[key]
        mention = self._places.whole(mention, self._discourse) if mention.cls == "Place" else mention
        for part in _parts(mention):
            self._link(part, inner=True)
        scope = self._home or self._article.text  # of no place: of this article alone
        found = self._references(mention)
        decided = (self._overrides.decide(mention, r, self._article.name, scope) for r in found)
        references = [reference for reference in decided if reference]
        self._linked[key] = references
        for reference in references:
            self._places.note(mention, reference)
            of = mention.cls == "Place" and self._article.text.startswith("的", mention.end)
            self._discourse.note(reference, mention.start, mention.text, inner or of)
            known = mention.cls in self._classes or mention.anaphor
            is_part = inner and reference.level not in ("county", "township", "village")
            if known and not (is_part or _needs_a_fact(mention, reference)):
                self._add(reference, mention)
        return references

    def _add(self, reference: Reference, mention: Mention) -> None:
        where = (self._article.name, mention.start, mention.end)
        form = mention.text if mention.anaphor else mention.name or mention.text
        named = not mention.anaphor or mention.name  # 市商务局 names by its text; 该公司 does not name
        why = INTRODUCED if self._introducing(mention) else reason(mention, reference, self._names(mention))
        seen = Seen(mention.text, why)
        draft = self._drafts.add(reference, form if named else None, where, seen)
        if self._home:
            draft.homes.add(self._home)
        short = len(mention.text) < 2  # 莘 of 莘、冠两县
        if not mention.anaphor and not short and fold(form) not in fold(mention.text):
            draft.aliases.add(mention.text)  # the full name is known, the text has a short one
        if mention.cls == "Designation" and named:
            draft.aliases.add(
                mention.text.strip("“”《》")
            )  # 2020年淘宝村百强县, of which the name leaves out the year

    def _add_generic(self, statement: Statement) -> None:
        """Note the goods, doubtful places and parts of names that a fact names: elsewhere they are no entities."""
        for mention in (m for values in statement.roles.values() for m in values if not isinstance(m, str)):
            where = (self._article.name, mention.start, mention.end)
            for reference in self._linked.get((mention.start, mention.end, mention.cls), ()):
                draft = self._drafts.by_id.get(reference.id)
                if draft is None or where not in draft.seen:
                    self._add(reference, mention)

    def _resolve(self, mention: Mention) -> list[Reference]:
        """Return what a role filler refers to; fillers without text come from the context alone."""
        if mention.start == mention.end:
            return self._discourse.refer(mention, mention.start)
        return self._link(mention)

    def _references(self, mention: Mention) -> list[Reference]:
        if mention.cls not in self._classes and mention.cls != "Actor":
            return []
        if mention.anaphor and mention.name and mention.cls in ("Organization", "Facility"):
            return self._organ(mention)
        if mention.anaphor:
            return self._discourse.refer(mention, self._clause_start(mention.start))
        if whole := self._introducing(mention):
            return self._link(whole)
        if mention.cls == "Place":
            place = self._places.resolve(mention, self._discourse)
            return [place] if place else []
        if mention.keys:
            entry = registry.entries()[mention.keys[0]]
            return [Reference(entry.id, entry.cls, entry.name, kind=mention.kind)]
        return [self._local(mention)]

    def _introducing(self, mention: Mention) -> Mention | None:
        """Return what the text before has introduced the mention for (青禾农业科技有限公司（以下简称“青禾”）)."""
        whole = self._introduced.get(_name(mention))
        return whole if whole and whole.end <= mention.start and not mention.anaphor else None

    def _clause_start(self, offset: int) -> int:
        return max(self._article.text.rfind(mark, 0, offset) for mark in "，。；：！？\n") + 1

    def _organ(self, mention: Mention) -> list[Reference]:
        """Return the body of a place that the text leaves out (市商务局)."""
        place = self._discourse.home_place(mention.level) if mention.anaphor == "home" else None
        place = (
            place or self._discourse.last_place(mention.level) or self._discourse.home_place(mention.level)
        )
        if place is None:
            return []
        reference = body_of(self._drafts, place, mention.name or "", mention.kind, mention.cls)
        self._drafts.add(reference, mention.text)
        return [reference]

    def _names(self, mention: Mention) -> tuple[str, str]:
        """Return the name proper of a local thing, and the full name if that is short for another here."""
        name = _name(mention)
        return name, self._full.get(mention.cls, {}).get(name, name)

    def _local(self, mention: Mention) -> Reference:
        """Return an entity that only the articles know, by its name."""
        _, name = self._names(mention)
        if whole := self._whole_title(mention, name):
            return whole
        first = next(
            (part for part in mention.parts if part.cls == "Place" and part.start == mention.start), None
        )
        if (
            mention.cls == "Organization"
            and mention.kind in words()["bodies_of_places"]
            and first is not None
        ):
            last = max((p for p in mention.parts if p.cls == "Place"), key=lambda p: p.end)
            places = self._link(last)
            organ = mention.text[last.end - mention.start :]
            if places and organ:
                return body_of(self._drafts, places[0], organ, mention.kind)
        cls = self._classes_of.get(fold(name), mention.cls)
        scope = ""
        if needs_place(cls, name, mention.kind):
            scope = self._home or self._article.text  # of no place: of this article alone
        kind = "government" if name.endswith(tuple(words()["government_endings"])) else mention.kind
        return Reference(local_id(cls, name, scope), cls, name, mention.level, kind=kind)

    def _whole_title(self, mention: Mention, name: str) -> Reference | None:
        """Return the document named last whose title ends in a bare 《方案》, but for the years that it is for."""
        if mention.cls not in ("Policy", "Report") or fold(name) not in words()["bare_titles"]:
            return None
        named = (r for r in reversed(self._discourse.named) if r.cls == mention.cls)
        return next((r for r in named if _TERM.sub("", fold(r.name)).endswith(fold(name))), None)


def _needs_a_fact(mention: Mention, reference: Reference) -> bool:
    """Whether a mention is an entity only where a fact is about it.

    Goods are what somebody makes or sells; a country is most often the setting; and what only looks like the name
    of a village or town (八方村) is one where something is said of it.
    """
    known = reference.level != "country" and reference.id.startswith("place/")
    return (reference.cls == "Place" and not known) or mention.cls == "Product" or mention.kind == "rank"


def _name(mention: Mention) -> str:
    """Return the name of a local thing, without the noun after it if it is quoted."""
    name = mention.name or mention.text
    return shortenings.without_noun(name) if mention.cls == "Organization" else name


def classes_of(mentions: Sequence[Mention]) -> dict[str, str]:
    """Return the one class of each name that an article gives to an organisation and to a facility alike."""
    counted: dict[str, Counter[str]] = {}
    for mention in mentions:
        if mention.cls in ("Organization", "Facility") and not mention.anaphor and not mention.keys:
            counted.setdefault(fold(_name(mention)), Counter())[mention.cls] += 1
    return {name: max(sorted(c), key=c.__getitem__) for name, c in counted.items() if len(c) > 1}


def _parts(mention: Mention) -> tuple[Mention, ...]:
    """Return what is named inside a mention. The stem of a place is no other place (西山 in 西山村)."""
    if mention.cls != "Place":
        return mention.parts
    return tuple(p for p in mention.parts if p.cls != "Place" or p.text.endswith(_units()))


@cache
def _units() -> tuple[str, ...]:
    return tuple(ending for endings in words()["division_endings"].values() for ending in endings)


def _with_parts(mentions: Sequence[Mention]) -> Iterator[Mention]:
    for mention in mentions:
        yield mention
        yield from _with_parts(_parts(mention))
