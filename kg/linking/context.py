"""What a word refers to that only its context explains: 我市, 该县, 该公司, 双方, 市商务局."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from kg.linking import registry
from kg.linking.gazetteer import LEVELS, chain, divisions, province, within
from kg.model import Mention

_HOME_COUNTRY = "CHN"  # what 全国 and 我国 mean, whether or not the article names it
_RECENT = 6  # bodies named last, among which one that is known everywhere is not the one meant by 这家公司
_OWN = 2  # times as much a body counts that is not known everywhere
_MOST = 0.4  # of the places named in an article
_FIRM = "公司"
_BODIES = frozenset({"Organization", "Facility"})  # 该中心 may be either
_CITY = ("prefecture", "county", "province")  # what 市 may be
_UNITS = "省市县区旗州盟镇乡"  # in words for a place that the text leaves unnamed (全县, 县里, 区长)


@dataclass(frozen=True, slots=True)
class Reference:
    """What one mention refers to: an entity id, with what the context needs to know of it."""

    id: str
    cls: str
    name: str
    level: str | None = None
    kind: str | None = None
    parent: str | None = None  # id of the larger place
    candidates: tuple[str, ...] = ()  # ids of the places that it may be, if nothing tells which


@dataclass(slots=True)
class Discourse:
    """The things an article has named so far, and the place it speaks for."""

    home: Sequence[Reference]  # places, the likeliest first
    named: list[Reference] = field(default_factory=list)
    offsets: list[int] = field(default_factory=list)  # where each of ``named`` stands
    inner: set[int] = field(default_factory=set)  # indices of ``named`` that stand inside another name

    forms: dict[str, set[str]] = field(default_factory=dict)  # how each was written, by its id

    def note(self, reference: Reference, offset: int, form: str = "", inner: bool = False) -> None:
        """Add what was just named, where, how it was written, and whether inside another name."""
        self.forms.setdefault(reference.id, {reference.name}).add(form)
        if inner:
            self.inner.add(len(self.named))
        self.named.append(reference)
        self.offsets.append(offset)

    def last_place(self, level: str | None, unit: str = "") -> Reference | None:
        """Return the place of a level that was named last, if possible one whose name ends in ``unit``."""
        places = [r for r in reversed(self.named) if r.cls == "Place" and _fits(r, level)]
        if level is None:
            places = [r for r in places if r.level != "country"]  # 这里 is no country
        return next((r for r in places if unit and r.name.endswith(unit)), next(iter(places), None))

    def home_place(self, level: str | None, unit: str = "") -> Reference | None:
        """Return the place of a level for which the article speaks, if possible one whose name ends in ``unit``."""
        if level is None:
            return self.home[0] if self.home else None
        places = [r for r in self.home if _fits(r, level)]
        return next((r for r in places if unit and r.name.endswith(unit)), next(iter(places), None))

    def refer(self, mention: Mention, clause: int) -> list[Reference]:
        """Return what an anaphor refers to; nothing if the context does not say.

        ``clause`` is where its clause starts: 乙公司与该公司签约 means a company named before that.
        """
        if mention.anaphor == "parties":
            return self._parties(mention)
        if mention.cls == "Place":
            found: Reference | None
            unit = next((char for char in mention.text or mention.name or "" if char in _UNITS), "")
            if mention.anaphor == "home" and mention.level == "country":
                found = Reference(
                    f"place/{_HOME_COUNTRY}", "Place", divisions()[_HOME_COUNTRY].name, "country"
                )
            elif mention.anaphor == "home" and not mention.text.startswith("全"):
                found = self.home_place(mention.level, unit)
            elif mention.anaphor in ("context", "home"):
                found = self.last_place(mention.level, unit) or self.home_place(mention.level, unit)
            else:
                found = self.last_place(mention.level, unit)
            return [found] if found else []
        heads = tuple(filter(None, (mention.kind or "").split("|")))
        if mention.anaphor == "main":
            return self._most_named(mention, clause, heads)
        fitting = [
            reference
            for reference, offset in zip(reversed(self.named), reversed(self.offsets), strict=True)
            if (offset < clause or mention.cls == "Person")
            and (self._is_one(reference, mention.cls, heads) or self._is_firm(reference, heads))
        ]
        local = (r for r in fitting[:_RECENT] if r.id not in registry.entries())
        return [next(local, fitting[0])] if fitting else []

    def _is_one(self, reference: Reference, cls: str, heads: tuple[str, ...]) -> bool:
        """Whether something is of a class and, by one of its forms, of a kind (该合作社)."""
        alike = reference.cls == cls or (bool(heads) and {reference.cls, cls} == _BODIES)
        if not alike or not heads:
            return alike
        return any(form.strip("》”").endswith(heads) for form in self.forms[reference.id])

    def _is_firm(self, reference: Reference, heads: tuple[str, ...]) -> bool:
        """Whether something is a firm, though no form of its name here says so (青禾果业)."""
        if reference.cls != "Organization" or _FIRM not in heads:
            return False
        entry = registry.entries().get(reference.id)
        return reference.kind == "company" or bool(entry and any(a.endswith(heads) for a in entry.aliases))

    def _most_named(self, mention: Mention, clause: int, heads: tuple[str, ...]) -> list[Reference]:
        """Return which of the bodies named so far a bare 公司 means: the one the article is about."""
        before = [r for r, offset in zip(self.named, self.offsets, strict=True) if offset < clause]
        fitting = [r for r in before if self._is_one(r, mention.cls, heads)]
        fitting = fitting or [r for r in before if self._is_firm(r, heads)]
        # A platform is a company, too, where the article names no other.
        fitting = fitting or [r for r in before if _FIRM in heads and r.cls == "Platform"]
        if not fitting:
            return []
        counted = Counter(reference.id for reference in self.named)
        bodies = {r.id: r.name for r in self.named if r.cls in _BODIES}

        def named(body: Reference) -> int:
            """How often a body is named, by its shorter name too (甲健康食品公司, 甲).

            Who is known everywhere is meant where the article tells of nobody else half as much.
            """
            shorter = (i for i, name in bodies.items() if i != body.id and body.name.startswith(name))
            often = counted[body.id] + sum(counted[i] for i in shorter)
            return often * (1 if body.id in registry.entries() else _OWN)

        return [max(fitting, key=named)]

    def _parties(self, mention: Mention) -> list[Reference]:
        """Return the last two different actors, the earlier first; for 两县 the last two counties."""
        place = mention.cls == "Place"
        found: dict[str, Reference] = {}
        for index in range(len(self.named) - 1, -1, -1):
            reference = self.named[index]
            if place and not (reference.cls == "Place" and _fits(reference, mention.level)):
                continue
            actor = reference.cls in ("Place", "Organization", "Platform") and reference.level != "country"
            if index not in self.inner and actor:
                found.setdefault(reference.id, reference)
            if len(found) == 2:
                break
        return [] if place and len(found) < 2 else list(found.values())[::-1]


def _fits(place: Reference, level: str | None) -> bool:
    if level in (None, ""):
        return True
    if level == "city":
        return place.level in _CITY and place.name.endswith("市")
    return place.level == level


def home_places(counts: Counter[Reference]) -> list[Reference]:
    """Return the places of an article by how likely it speaks for them.

    A place is as likely as often it is named; places within it count for it by half, so that a paper
    that names ten counties of a prefecture speaks for the prefecture. Before them all comes the smallest
    place that holds most of what is named: neighbours named once or twice do not make it a paper of the province.
    """
    weight: dict[str, float] = {}
    inside: dict[str, int] = {}
    by_id = {reference.id: reference for reference in counts}
    for reference, count in counts.items():
        weight[reference.id] = weight.get(reference.id, 0) + count
        inside[reference.id] = inside.get(reference.id, 0) + count
        code = reference.id.removeprefix("place/")
        for step in chain(code)[1:]:
            if f"place/{step}" in by_id:
                weight[f"place/{step}"] = weight.get(f"place/{step}", 0) + count / 2
                inside[f"place/{step}"] = inside.get(f"place/{step}", 0) + count
    total = sum(counts.values())
    order = sorted(
        by_id.values(),
        key=lambda r: (
            -_rank(r) if inside[r.id] >= total * _MOST else 1,
            -weight[r.id],
            -LEVELS.index(r.level or "country"),
            r.id,
        ),
    )
    return [reference for reference in order if reference.level != "country"]


def _rank(place: Reference) -> int:
    return LEVELS.index(place.level or "country")


def choose(keys: Sequence[str], before: str | None, anchors: Mapping[str, int]) -> str | None:
    """Return which of several divisions of one name is meant, or None if nothing tells.

    ``before`` is the id of the place that stands directly before, ``anchors`` counts the unmistakable
    places of the article. A division inside the one before wins, then the one with most anchors around it,
    then the one that is larger than all others.
    """
    if len(keys) == 1:
        return keys[0]
    codes = [key.removeprefix("place/") for key in keys]

    def score(code: str) -> tuple[int, int, int]:
        inside = (
            bool(before) and before != f"place/{code}" and within(code, (before or "").removeprefix("place/"))
        )
        around = set(chain(code))
        near = sum(
            count * (2 if anchor in around else 1)
            for anchor, count in anchors.items()
            if anchor in around or code in chain(anchor) or province(anchor) == province(code)
        )
        return (int(inside), near, -LEVELS.index(divisions()[code].level))

    scores = {code: score(code) for code in codes}
    best = max(codes, key=scores.__getitem__)
    doubtful = list(scores.values()).count(scores[best]) > 1
    return None if doubtful else f"place/{best}"


def anchors(mentions: Iterable[Mention]) -> Counter[str]:
    """Count the codes of places whose names are unmistakable in an article, as those of provinces are."""
    counted: Counter[str] = Counter()
    for mention in mentions:
        if mention.cls != "Place" or not mention.keys or mention.level == "township":
            continue
        if len(mention.keys) == 1 or mention.level == "province":
            counted[mention.keys[0].removeprefix("place/")] += 1
    return counted
