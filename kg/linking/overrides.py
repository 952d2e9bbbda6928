"""The decisions of humans carried out while things are linked, and which of them no longer apply."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace

from kg.linking import gazetteer, registry
from kg.linking.context import Reference
from kg.linking.decisions import KINDS, Decision, Target
from kg.linking.entities import Draft, Drafts, fold, local_id
from kg.linking.reasons import DECISION
from kg.linking.scope import needs_place
from kg.model import Mention, Outcome

_SEVERAL = "several things are called {}: give the path of one, as `kg entity` shows it"


class Overrides:
    """Decisions at work. ``decide`` is asked for every mention, ``join`` and ``rename`` once, after all."""

    def __init__(self, decisions: Iterable[Decision] = ()) -> None:
        self._decisions = tuple(decisions)
        self._by_name: dict[str, list[Decision]] = defaultdict(list)
        for decision in self._decisions:
            for target in filter(None, (decision.target, decision.other)):
                self._by_name[target.id or fold(target.name)].append(decision)
        self._seen: dict[Decision, set[str]] = defaultdict(set)  # the sides of it that were found
        self._carved: dict[Decision, set[str]] = defaultdict(set)  # ids of things split off by it
        self._retyped: dict[Decision, set[str]] = defaultdict(set)
        self._left: set[str] = set()  # ids of what mentions were taken from
        self._problems: dict[Decision, str] = {}

    def decide(self, mention: Mention, reference: Reference, document: str, scope: str) -> Reference | None:
        """Return what a mention refers to by the will of humans; None if it is to be no thing at all.

        ``scope`` is the place of the article, for names that many places have.
        """
        for decision in self._about(mention, reference):
            if decision.document in ("", document):
                decided = self._step(decision, mention, reference, document, scope)
                if decided != reference:
                    self._left.add(reference.id)
                if decided is None:
                    return None
                reference = decided
        return reference

    def _about(self, mention: Mention, reference: Reference) -> list[Decision]:
        if not self._decisions:
            return []
        names = [reference.id, fold(reference.name), fold(mention.text), fold(mention.name or "")]
        found = {decision for name in names for decision in self._by_name.get(name, ())}
        return sorted(found, key=lambda d: (KINDS.index(d.kind), str(d)))

    def _step(
        self, decision: Decision, mention: Mention, reference: Reference, document: str, scope: str
    ) -> Reference | None:
        whole = _is(decision.target, reference)
        form = not whole and _says(decision.target, mention, reference)
        if decision.kind == "different":
            return self._part(decision, mention, reference, scope)
        if not whole and not form:
            return reference
        self._seen[decision].add("target")
        if decision.kind == "drop":
            return None
        name = reference.name if whole else decision.target.name
        if decision.kind == "retype":
            retyped = _retyped(reference, name, decision.value, scope)
            self._retyped[decision].add(retyped.id)
            return retyped
        if decision.kind == "same" and (form or decision.document):
            return self._carve(decision, reference, name, decision.document)
        return reference

    def _part(self, decision: Decision, mention: Mention, reference: Reference, scope: str) -> Reference:
        """Split off a form that was taken for the thing from which it differs, or what one document names."""
        other = decision.other or decision.target
        for one, two in ((decision.target, other), (other, decision.target)):
            if _is(one, reference):
                self._seen[decision].add(str(one))
                if decision.document and one == decision.target:
                    return self._carve(decision, reference, reference.name, decision.document)
            elif _is(two, reference) and _says(one, mention, reference):
                return self._carve(decision, reference, one.name, decision.document or scope)
        return reference

    def _carve(self, decision: Decision, reference: Reference, name: str, scope: str) -> Reference:
        key = local_id(reference.cls, name, f"decision\x1f{decision.kind}\x1f{scope}")
        self._carved[decision].add(key)
        return replace(reference, id=key, name=name)

    def apart(self, one: Reference, other: Reference) -> bool:
        """Whether humans have said that two things are not one."""
        carved = {key for keys in self._carved.values() for key in keys}
        return bool(carved & {one.id, other.id}) or any(
            decision.kind == "different" and decision.other and _are(decision, one, other)
            for decision in self._decisions
        )

    def join(self, drafts: Drafts) -> dict[str, str]:
        """Join what is the same; return id → id of the thing that it is. Tidy what lost all its mentions."""
        for key in self._left:
            if key in drafts.by_id and not drafts.by_id[key].seen:
                del drafts.by_id[key]
        for decision, keys in (*self._carved.items(), *self._retyped.items()):
            for key in keys & drafts.by_id.keys():
                drafts.by_id[key].decisions.add(str(decision))
        same: dict[str, str] = {}
        for decision in (d for d in self._decisions if d.kind == "same"):
            carved = self._carved[decision]
            sources = {end(same, key) for key in carved}
            if not decision.document:
                sources |= {end(same, key) for key in _bearers(decision.target, drafts)}
            targets = {end(same, key) for key in _bearers(decision.other or decision.target, drafts)} - carved
            if not targets and (known := _known(decision.other)) is not None:
                targets = {drafts.add(known).reference.id}
            if decision.target == decision.other:
                targets = set(sorted(targets)[:1])
            if len(targets) != 1 or not sources:
                missing = decision.other if sources else decision.target
                several = f"{_SEVERAL.format(decision.other)}" if len(targets) > 1 else ""
                self._problems[decision] = several or f"nothing is called {missing}"
                continue
            self._seen[decision].add("target")
            (target,) = targets
            same |= {key: target for key in sources if key != target}
            drafts.by_id[target].decisions.add(str(decision))
        for old in sorted(same):
            if old in drafts.by_id:
                drafts.join(old, end(same, old), DECISION)
        return {old: end(same, old) for old in same}

    def rename(self, drafts: Drafts) -> None:
        """Give things the names that humans want; note which things were given another class."""
        for decision in self._decisions:
            if decision.kind == "rename":
                for key in _bearers(decision.target, drafts):
                    self._seen[decision].add("target")
                    drafts.by_id[key].renamed = decision.value
                    drafts.by_id[key].decisions.add(str(decision))

    def outcomes(self) -> tuple[Outcome, ...]:
        """Return what became of each line, by place."""
        return tuple(
            Outcome(decision.place, str(decision), self._problem(decision))
            for decision in sorted(self._decisions, key=lambda d: _order(d.place))
        )

    def _problem(self, decision: Decision) -> str | None:
        if decision in self._problems:
            return self._problems[decision]
        if self._carved.get(decision):
            return None
        sides = {"target"}
        if decision.kind == "different" and decision.other:
            sides = {str(decision.target), str(decision.other)}
        missing = sorted(sides - self._seen[decision])
        name = str(decision.target) if missing == ["target"] else " or ".join(missing)
        where = f" in {decision.document}" if decision.document else ""
        return f"nothing is called {name}{where}" if missing else None


def end(same: dict[str, str], key: str) -> str:
    """Return the end of the chain of joins that starts at an id."""
    while key in same:
        key = same[key]
    return key


def _is(target: Target, reference: Reference) -> bool:
    if target.id:
        return target.id == reference.id
    return fold(target.name) == fold(reference.name) and target.cls in ("", reference.cls)


def _says(target: Target, mention: Mention, reference: Reference) -> bool:
    """Whether a mention has the name of a target in the text. An anaphor (该公司) has no name."""
    if mention.anaphor or target.id or target.cls not in ("", reference.cls):
        return False
    return fold(target.name) in (fold(mention.text), fold(mention.name or mention.text))


def _are(decision: Decision, one: Reference, other: Reference) -> bool:
    pair = (decision.target, decision.other or decision.target)
    return any(_is(a, one) and _is(b, other) for a, b in (pair, pair[::-1]))


def _bearers(target: Target, drafts: Drafts) -> list[str]:
    """Return the ids of the things of a name; where none has it as its name, of those also called so."""
    found = [key for key, draft in drafts.by_id.items() if _is(target, draft.reference)]
    if not found and not target.id:
        name = fold(target.name)
        found = [
            key
            for key, draft in drafts.by_id.items()
            if target.cls in ("", draft.reference.cls) and name in _names(draft)
        ]
    return sorted(found)


def _names(draft: Draft) -> Iterator[str]:
    for form in (*draft.forms, *draft.aliases):
        yield fold(form)


def _known(target: Target | None) -> Reference | None:
    """Return the thing that the registry or, if only one has the name, the gazetteer knows."""
    name = target.name if target else ""
    if known := registry.known_names().get(name):
        entry = registry.entries()[known.keys[0]]
        return Reference(entry.id, entry.cls, entry.name)
    codes = gazetteer.names().get(name, ())
    if len(codes) != 1:
        return None
    division = gazetteer.divisions()[codes[0]]
    return Reference(f"place/{codes[0]}", "Place", division.name, division.level)


def _retyped(reference: Reference, name: str, value: str, scope: str) -> Reference:
    level = value if value in gazetteer.LEVELS else None
    cls = "Place" if level else value
    if reference.id in registry.entries() or gazetteer.division(reference.id.removeprefix("place/")):
        return replace(reference, cls=cls, level=level)  # what is known keeps its id
    own = scope if level or needs_place(cls, name, reference.kind) else ""
    return Reference(local_id(cls, name, own), cls, name, level, reference.kind, own if level else None)


def _order(place: str) -> tuple[str, int]:
    file, _, number = place.rpartition(":")
    return file, int(number or 0)
