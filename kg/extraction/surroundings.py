"""What stands around a match and belongs to its fact: where it happened, how much it was worth, who only says so."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from kg.extraction.discourse import Discourse
from kg.extraction.grammar import Pattern
from kg.extraction.rules import RuleFile, said
from kg.extraction.sentences import Sentence
from kg.extraction.skeleton import Match, Skeleton
from kg.model import Mention

_BEFORE = 10  # characters of a skeleton before a sum that may say what it is
_REACH = 40  # characters of a skeleton in which a figure behind a match belongs to it
_STOPS = frozenset({"Person", "Place", "Organization", "Facility", "Product", "Percent", "Growth"})
_SIGNED = frozenset({"agreement", "procurement"})
_LISTING = frozenset("、和及与，（）()")
_JOINING = frozenset("、和及")
_ACTORS = frozenset({"Organization", "Place", "Platform", "Facility"})
_SITES = frozenset({"Place", "Facility", "Organization"})
_TELLING = frozenset({"Agreement", "Programme", "Facility", "Event", "CountNoun", "Indicator", "Report"})


def settings(
    file: RuleFile, match: Match, view: Skeleton, roles: Mapping[str, tuple[Mention | str, ...]]
) -> dict[str, tuple[Mention | str, ...]]:
    """Return the roles of ``file.settings`` that a match leaves open but what stands around it fills."""
    found: dict[str, tuple[Mention | str, ...]] = {}
    used = {m.start for values in roles.values() for m in values if isinstance(m, Mention)}
    if "place" in file.settings and not roles.get("place"):
        place = _place(match, view, used) or (_own_place(roles, view) if file.built_in else None)
        found |= {"place": (place,)} if place else {}
    if "amount" in file.settings and not roles.get("amount") and (amount := _amount(match, view)):
        found["amount"] = (amount,)
    if file.kinds:
        start, end = _span(match, view, roles)
        said_here = _spelt(view, start, end)
        kinds = tuple(kind for kind, pattern in file.kinds.items() if pattern.regex.search(said_here))
        found["kind"] = _kind(tuple(v for v in roles.get("kind", ()) if isinstance(v, str)), kinds)
        signed = "agreement" in file.settings and _SIGNED & {*found["kind"]}
        if signed and not roles.get("agreement") and (deal := _agreement(match, view)):
            found["agreement"] = (deal,)
    return found


def _kind(of_rule: tuple[str, ...], told: tuple[str, ...]) -> tuple[str, ...]:
    """Return what an act is, by its rule and by what the words around tell.

    A rule that says no more than ``other`` takes the first that is told; who sign to buy or who organise
    a course do both.
    """
    if set(of_rule) <= {"other"}:
        return told[:1] or of_rule or ("other",)
    extra = (("agreement", "procurement"), ("agreement", "training"), ("coorganisation", "training"))
    return (*of_rule, *(more for kind, more in extra if of_rule == (kind,) and more in told[:1]))


def _span(match: Match, view: Skeleton, roles: Mapping[str, tuple[Mention | str, ...]]) -> tuple[int, int]:
    """Return the clauses from the first to the last partner of a match in its sentence."""
    last = view.offsets[-1] if view.offsets else 0
    at = [
        view.index(m.start)
        for m in roles.get("partner", ())
        if isinstance(m, Mention) and view.offsets and view.offsets[0] <= m.start <= last
    ]
    return view.clause(min([match.start, *at]), max([match.end, *(i + 1 for i in at)]))


def _spelt(view: Skeleton, start: int, end: int) -> str:
    """Return a part of a skeleton with the names of deals, sites and events behind it, between marks."""
    names = "\n".join(m.text for m in view.within(start, end) if m.cls in _TELLING)
    return f"\n{view.text[start:end]}\n{names}\n"


def _place(match: Match, view: Skeleton, used: set[int]) -> Mention | None:
    """Return the place after 在 or 于 in the clause of a match, up to its end; of a chain the smallest.

    Else the one that a clause after it names as the site (选址甲镇, 地点就在乙村).
    """
    start, end = view.clause(match.start, match.end)
    at = match.end - 1
    while at > start:
        mention = view.mentions.get(at)
        if (
            mention is not None
            and mention.cls in _SITES
            and mention.kind != "generic"
            and mention.start not in used
            and not (mention.anaphor and mention.cls != "Place")
        ):
            first = at
            while first - 1 in view.mentions and view.mentions[first - 1].cls == "Place":
                first -= 1
            place = mention.cls == "Place" or first < at or said("within", view.text[at + 1 : at + 4]) == 0
            if place and said("at", view.text[max(start, first - 1) : first]) is not None:
                return mention
        at -= 1
    while end < len(view.text) and view.text[end] in "，,；;：:":
        first, end = end + 1, view.clause(end + 1, end + 1)[1]
        if (opening := said("sited", view.text[first:end])) is not None:
            places = [m for m in view.within(first + opening, end) if m.cls in _SITES and m.start not in used]
            whole = [m for m in places if m.cls == "Place"] or places[:1]
            return whole[-1] if whole else None
    return None


def _own_place(roles: Mapping[str, tuple[Mention | str, ...]], view: Skeleton) -> Mention | None:
    """Return the place that builds a thing, else the one that it is of (拉萨的|物流园) or that opens its name."""
    founders = [m for m in roles.get("founder", ()) if isinstance(m, Mention)]
    if len(founders) == 1 and founders[0].cls == "Place":
        return founders[0]
    things = [m for m in roles.get("thing", ()) if isinstance(m, Mention) and m.cls in _SITES]
    for thing in things:
        at = view.index(thing.start)
        at -= view.text[max(0, at - 1) : at] == "的"
        if (before := view.mentions.get(at - 1)) is not None and before.cls == "Place":
            return before
        if thing.anaphor == "home" and thing.level:
            return Mention("Place", thing.start, thing.start, "", anaphor="home", level=thing.level)
    parts = [part for thing in things for part in thing.parts if part.cls == "Place"]
    return next((part for part in reversed(parts) if part.level != "country"), None)


def _agreement(match: Match, view: Skeleton) -> Mention | None:
    """Return the one agreement that a sentence names from the clause of a match on, else in all of it."""
    start, _ = view.clause(match.start, match.end)
    for first in (start, 0):
        named = [m for i, m in sorted(view.mentions.items()) if i >= first and m.cls == "Agreement"]
        if named:
            return named[0] if len({m.name or m.text for m in named}) == 1 else None
    return None


def _amount(match: Match, view: Skeleton) -> Mention | None:
    """Return the one sum of money in the rest of a sentence that is said to be its worth."""
    sums = [
        mention
        for i, mention in sorted(view.mentions.items())
        if i > match.start and mention.cls == "Money" and _is_worth(view, i)
    ]
    return sums[0] if len(sums) == 1 else None


def _is_worth(view: Skeleton, index: int) -> bool:
    """Whether what stands before a sum says that a deal or a site is worth it; an indicator is read as text."""
    first = max(0, index - _BEFORE)
    words = (
        m.text if (m := view.mentions.get(i)) is not None and m.cls == "Indicator" else view.text[i]
        for i in range(first, index + 1)
    )
    return said("worth", "".join(words)) is not None


def not_together(roles: Mapping[str, tuple[Mention | str, ...]], view: Skeleton, together: Pattern) -> bool:
    """Whether two names are but members of one list, and nothing says that they act together, or one only owns another.

    甲、乙等平台; 甲集团旗下的乙公司: who owns the partner is none.
    """
    at = [view.index(m.start) for values in roles.values() for m in values if isinstance(m, Mention)]
    if any(said("owned-by", view.text[i + 1 :]) is not None for i in at):
        return True
    if len(at) != 2 or not all(i in view.mentions for i in at):
        return False
    between = range(min(at) + 1, max(at))
    listed = all(i in view.mentions or view.text[i] in _LISTING for i in between) and len(between) > 0
    return listed and not together.regex.search(_spelt(view, *view.clause(min(at), max(at) + 1)))


def with_listed(
    roles: Mapping[str, tuple[Mention | str, ...]], view: Skeleton
) -> dict[str, tuple[Mention | str, ...]]:
    """Return roles with all members of the lists that their names stand in, unless each is said to act alone."""
    found: dict[str, tuple[Mention | str, ...]] = {}
    for role, values in roles.items():
        at = [view.index(m.start) for m in values if isinstance(m, Mention) and m.start >= view.offsets[0]]
        known = [i for i in at if i in view.mentions]
        apart = (
            known and said("apart", view.text[slice(*view.clause(min(known), max(known) + 1))]) is not None
        )
        more = {} if apart else {m.start: m for i in known for m in _list_around(i, view)}
        own = {m.start for m in values if isinstance(m, Mention)}
        found[role] = (*values, *(m for start, m in more.items() if start not in own))
    return found


def _list_around(index: int, view: Skeleton) -> list[Mention]:
    """Return the other members of the list that a name stands in (甲、乙和丙)."""
    found: list[Mention] = []
    cls = view.mentions[index].cls
    for step in (-1, 1):
        at = index
        while (nearby := view.mentions.get(at + 2 * step)) is not None and view.text[at + step] in _JOINING:
            if (nearby.cls == "Place") != (cls == "Place") or nearby.cls not in _ACTORS:
                break
            found.append(nearby)
            at += 2 * step
    return found


def behind(match: Match, view: Skeleton, units: Sequence[str]) -> Mention | None:
    """Return the first figure of these units behind a match, before the sentence names anybody else."""
    for index in range(match.end, min(match.end + _REACH, len(view.text))):
        mention = view.mentions.get(index)
        if mention is None:
            continue
        if mention.cls in _STOPS or said("no_proceeds", view.text[match.end : index]) is not None:
            return None
        if mention.kind in units and mention.value:
            return mention
    return None


def parts_of(values: Sequence[Mention | str], cls: str) -> Iterator[Mention | str]:
    """Yield the goods or platforms inside the measures among the values of a role (核桃网上销售额)."""
    for value in values:
        if isinstance(value, str) or value.cls == cls:
            yield value
        else:
            yield from (part for part in value.parts if part.cls == cls)


def is_rumour(match: Match, view: Skeleton) -> bool:
    """Whether a sentence only reports that people say so (坊间传言…)."""
    return said("rumour", view.text[: match.end]) is not None


def is_denied(view: Skeleton, context: Discourse) -> bool:
    """Whether a sentence, or the one after it, denies what is said."""
    return said("denied", view.text) is not None or said("denied", context.following) is not None


def is_hope(match: Match, view: Skeleton) -> bool:
    """Whether the clause of a match only hopes for it (盼着与甲平台签约)."""
    start, _ = view.clause(match.start, match.end)
    return said("hoped", view.text[start : match.end]) is not None


def evidence(match: Match, view: Skeleton, sentence: Sentence) -> tuple[int, int]:
    """Return the span that the reader is shown: the sentence, or its clauses where it is a long one."""
    if sentence.end - sentence.start <= 160:
        return sentence.start, sentence.end
    start, end = view.clause(match.start, max(match.end, match.start + 1))
    first, last = view.offsets[start], view.ends[min(end, len(view.ends)) - 1]
    return first, last
