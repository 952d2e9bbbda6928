"""What a rule leaves open: who the subject is, which goods, honour or heading a line goes on about."""

from __future__ import annotations

from kg.extraction import rolls
from kg.extraction.affinity import bearer, beside
from kg.extraction.clauses import (
    ACTORS,
    REACH,
    SUBJECTS,
    TOPICS,
    bare_unit,
    clause_before,
    clause_subject,
    is_official,
    is_speaker,
    office_of,
    opens,
    person_pointed_at,
    pointed_at,
    scope_in,
    speaker_office,
)
from kg.extraction.describe import described
from kg.extraction.discourse import Discourse
from kg.extraction.grammar import CLAUSE_END
from kg.extraction.history import key
from kg.extraction.lexicon import Lexicon
from kg.extraction.listed_honours import honour_of_unit, listed_honour
from kg.extraction.posts import (
    body_before,
    body_meant,
    body_of_kind,
    governed_place,
    person_before,
    place_of_post,
)
from kg.extraction.rules import said, vocabulary
from kg.extraction.skeleton import Match, Skeleton
from kg.extraction.subjects import choose
from kg.extraction.trade import named_last, platforms_here, seller_beside
from kg.model import Mention

_SELLERS = ACTORS - {"Platform"}
_MAKERS = SUBJECTS - {"Platform"}
_BODIES = frozenset({"Organization", "Facility"})
_HAVERS = frozenset({"Place", "Organization", "Facility"})
_BEARERS = _HAVERS | {"Programme", "Event"}
_RARE = 3  # times as often the place is named that the article is about
_DEALERS = frozenset({"company", "cooperative", "association", "education"})  # who deal for themselves
_OWNED = 8  # characters between a place and its indicator


def filler(
    how: str, match: Match, view: Skeleton, context: Discourse, lexicon: Lexicon
) -> Mention | str | tuple[Mention, ...] | None:
    """Return what a role that the pattern leaves open refers to; of goods and platforms all of a list."""
    start = view.offsets[match.start] if match.start < len(view.offsets) else 0
    if how == "roll":
        return rolls.honour_for(match, rolls.named_before(match, view) or context.roll, lexicon)
    if how == "heading":
        return rolls.honour_for(match, context.heading, lexicon) if rolls.is_member(match, view) else None
    if how == "listed-honour":
        return listed_honour(view, context)
    if how == "honour-of-unit":
        return honour_of_unit(match, context, lexicon)
    if how == "unit-of-title":
        return rolls.unit_of_title(match, start, lexicon)
    if how == "list-issuer":
        return context.issuer
    if how == "described":
        return described(match.roles["value"][0], view, context.honour, context.measured)
    if how == "parties":
        return Mention("Actor", start, start, "", anaphor="parties")
    if how == "site":
        return Mention(
            "Facility", start, start, "", kind="|".join(vocabulary().words["sites"]), anaphor="last"
        )
    if how == "event":
        return Mention("Event", start, start, "", anaphor="last")
    if how == "unit":
        return bare_unit(view, match.end - 1, lexicon)
    if how == "home":
        return Mention("Place", start, start, "", anaphor="home")
    if how == "implied":
        return place_of_post(match, start, lexicon)
    if how == "post":
        return (
            place_of_post(match, start, lexicon)
            or body_meant(view, match, start, lexicon)
            or body_before(view, match, context)
            or body_of_kind(match, start, lexicon)
        )
    if how in ("goods", "platform"):
        here = named_last(view, match.end, how.capitalize() if how == "platform" else "Product", telling=True)
        return here or (context.goods if how == "goods" else context.platforms)
    if how == "goods-here":
        return named_last(view, match.end, "Product", telling=True)
    if how == "goods-sold":
        here = named_last(view, len(view.text), "Product", telling=True)
        return here or (context.goods if said("trade", view.text) is not None else None)
    if how == "sold-on":
        return platforms_here(view, match, context.platforms)
    if how == "person":
        return person_before(view, match) or context.person
    used = {m.start for values in match.roles.values() for m in values}
    classes = {
        "topic": TOPICS,
        **dict.fromkeys(("actor", "actor-here", "ally", "party"), ACTORS),
        **dict.fromkeys(("seller", "seller-here", "grower"), _SELLERS),
        "body": _BODIES,
        "maker": _MAKERS,
    }.get(how, SUBJECTS)
    chosen = _subject(view, match, classes, used, context, lexicon)
    if how in ("seller", "seller-here"):
        chosen = seller_beside(view, match, chosen) or chosen
    if how == "actor-here":
        return chosen
    if how == "body":
        spoken = context.subject if context.subject is not None and context.subject.cls in _BODIES else None
        return chosen or spoken
    if how == "side":
        return chosen or _home(start)
    if how in ("ally", "party") and chosen is not None and chosen.cls == "Person":
        chosen = context.offices.get(chosen.text, chosen)
    if how == "party":
        topic = context.topic
        deals = topic is not None and (topic.cls == "Place" or topic.kind in _DEALERS)
        acts = chosen is not None and chosen.kind != "generic"
        return chosen if acts else topic if deals else _home(start)
    if how == "topic":
        own = bearer(match, view, context.text, context.named)
        picks = (
            ("beside", beside(view, match)),
            ("characterised", _characterised(view, match)),
            ("owner", _owner(view, match)),
            ("bearer", own if not _in_clause(chosen, view, match) else None),
            ("clause", chosen),
            ("nation", _nation(match)),
            ("setting", _setting(view, match)),
            ("topic", context.topic),
            ("home", _home(start)),
        )
        by_rule = next(pick for _, pick in picks if pick is not None)

        def settle(named: Mention) -> Mention:
            meant = _named_scope(view, named) or _spoken_of(named, context) or named
            return governed_place(meant) or meant

        return choose(match, view, context.history, (*picks, ("rules", by_rule)), settle)
    if how == "seller-here":
        return chosen and (governed_place(chosen) or chosen)
    if how in ("seller", "grower", "maker") and chosen is None:
        before = (context.topic if how != "maker" else None, context.subject, _home(start))
        chosen = next(m for m in before if m is not None and m.cls in _SELLERS)
        if chosen.level == "country":
            return None
    if how in ("seller", "grower", "maker") and chosen is not None:
        return governed_place(chosen) or chosen
    if how == "actor" and chosen is None and context.topic is not None and context.topic.cls in ACTORS:
        chosen = context.topic
    chosen = chosen or context.subject
    if chosen is not None and "title" in match.roles and "count" not in match.roles:
        return rolls.fitting(chosen, match, start, lexicon)
    return chosen


def _home(offset: int) -> Mention:
    return Mention("Place", offset, offset, "", anaphor="home")


def _spoken_of(scope: Mention, context: Discourse) -> Mention | None:
    """Return the place that 全县 and the like stand for: the one of its level that was a subject last.

    One that the article names but now and then is not meant.
    """
    whole = scope.anaphor and scope.cls == "Place" and said("whole", scope.text) == 0
    if not whole:
        return None
    level, history = scope.level or "", context.history
    home = Mention("Place", scope.start, scope.start, "", anaphor="home", level=scope.level)
    last, main = context.spoken_of.get(level), history.main.get(level)
    if last is not None and main is not None and history.total[key(last)] * _RARE < history.total[key(main)]:
        return main
    return last or (home if level in ("county", "city") else None)


def _subject(
    view: Skeleton,
    match: Match,
    classes: frozenset[str],
    used: set[int],
    context: Discourse,
    lexicon: Lexicon,
) -> Mention | None:
    """Return the subject of the clause of a match, else of the nearest clause before it in the sentence.

    Who only reports (甲县商务局局长乙介绍，) speaks for his body; nobody knows which if the article never said.
    """
    end = match.start
    least = max(0, end - REACH)
    while True:
        start = max(view.clause(end, end)[0], least)
        scope = scope_in(view, start, end) if classes is TOPICS else None
        if scope is not None:
            return scope
        if (this := pointed_at(view, start, min(match.start + 1, len(view.text)), lexicon)) is not None:
            return this
        if "Person" in classes and person_pointed_at(view, start):
            people = [i for i, m in view.mentions.items() if i < start and m.cls == "Person"]
            return view.mentions[max(people)] if people else context.person
        index = clause_subject(view, start, end, classes, used)
        if index is not None:
            if not is_speaker(view, index):
                return view.mentions[index]
            if view.mentions[index].cls == "Person":
                office = context.offices.get(view.mentions[index].text)
                if "Person" in classes and "Event" not in classes:
                    himself = None if is_official(view, index) else view.mentions[index]
                    return office or office_of(view, index) or himself
                titled = index > 0 and index - 1 in view.mentions
                return office if office is not None or titled else view.mentions[index]
        elif (office := speaker_office(view, start, end, context.offices)) is not None:
            return office
        if start <= least:
            return None
        end = start - 1


def _in_clause(subject: Mention | None, view: Skeleton, match: Match) -> bool:
    """Whether the clause of a match has its own subject."""
    return subject is not None and view.index(subject.start) >= view.clause(match.start, match.start)[0]


def _characterised(view: Skeleton, match: Match) -> Mention | None:
    """Return what a figure before 的 is of (占地3000亩的|云谷产业园)."""
    index = view.index(match.roles["value"][0].start) if match.roles.get("value") else 0
    if said("characterises", view.text[max(0, index - 8) : index]) is None:
        return None
    if said("of_named", view.text[index + 1 : index + 12]) != 0:
        return None
    named = [i for i in range(index + 1, min(index + 12, len(view.text))) if i in view.mentions]
    run = [i for i in named if i - named[0] == named.index(i)]
    behind = view.mentions[run[-1]]
    return behind if behind.cls in _BEARERS and behind.kind != "generic" else None


def _owner(view: Skeleton, match: Match) -> Mention | None:
    """Return whose an indicator is that a name stands before (我市的专项资金; 把全县黑茶的线上销售额做到5亿元)."""
    indicator = match.roles.get("indicator", ())
    index = view.index(indicator[0].start) if indicator else 0
    before = index - 1
    while before > 0 and before not in view.verbs and index - before < _OWNED:
        if before in view.mentions and view.mentions[before].cls != "Product":  # 全县|黑茶|的销售额
            break
        before -= 1
    owner = view.mentions.get(before)
    if owner is None or owner.cls not in _HAVERS or set(view.text[before:index]) & set(CLAUSE_END):
        return None
    if said("handled", view.text[max(0, before - 1) : before]) is not None:
        return owner if owner.cls == "Place" else None
    close = said("owns", view.text[before + 1 : index]) == 0
    granted = owner.cls == "Organization" and before + 1 == index  # 中央|财政资金: who gives, not who has
    return owner if close and not granted and opens(view, before) and owner.kind != "generic" else None


def _nation(match: Match) -> Mention | None:
    """Return the country where what is counted opens with it (全国淘宝村共计5425个)."""
    counted = match.roles.get("indicator", ())
    if not counted or said("nationwide", counted[0].text) is None:
        return None
    start = counted[0].start
    return Mention("Place", start, start + 2, counted[0].text[:2], level="country", anaphor="home")


def _setting(view: Skeleton, match: Match) -> Mention | None:
    """Return the place that a sentence without a subject opens with: 在沛县，电商从业者…"""
    found = [
        i
        for i, mention in sorted(view.mentions.items())
        if i < match.start and mention.cls == "Place" and view.text[i + 1 : i + 2] == "，"
    ]
    return next(
        (view.mentions[i] for i in reversed(found) if said("setting", clause_before(view, i)) == 0), None
    )


def _named_scope(view: Skeleton, scope: Mention | None) -> Mention | None:
    """Return the place that the sentence itself names for 全县, 全镇 and the like, if it names one."""
    if scope is None or not scope.anaphor or scope.cls != "Place" or said("whole", scope.text) != 0:
        return None
    names = {
        m.text: m
        for m in view.mentions.values()
        if m.cls == "Place"
        and not m.anaphor
        and (m.text[-1:] == scope.text[-1:] or (m.level and m.level == scope.level))
        and len(m.text) > 1
    }
    return next(iter(names.values())) if len(names) == 1 else None
