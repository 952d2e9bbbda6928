"""What a rule leaves open: who the subject is, which honour or heading a line goes on about."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field

from kg.extraction import rolls
from kg.extraction.describe import described
from kg.extraction.grammar import CLAUSE_END
from kg.extraction.lexicon import Lexicon
from kg.extraction.rules import said, vocabulary
from kg.extraction.skeleton import Match, Skeleton
from kg.model import Mention

_SUBJECTS = frozenset({"Place", "Organization", "Platform", "Facility"})
_ACTORS = _SUBJECTS | {"Person"}
_SELLERS = _ACTORS - {"Platform"}
_MAKERS = _SUBJECTS - {"Platform"}
_TOPICS = _ACTORS | {"Event"}
_BODIES = frozenset({"Platform", "Organization", "Facility"})
_ATTRIBUTES = _TOPICS | {"JobTitle", "Role"}  # may stand before a name in one noun phrase
_GOVERNING = frozenset({"government", "party"})
_UNNAMED = frozenset({"counted", "generic"})  # kinds of what is no actor of its own
_POINTED = {"village": "this_village", "township": "this_township", "county": "this_county"}
_LEADING = 5  # characters between a place and its figure
_OWNED = 8  # characters between a place and its indicator
_DAY = len("2021-06-24")
_REACH = 300  # characters of a skeleton in which a subject is looked for
_YEAR = re.compile(r"((?:19|20)\d\d)(?:年|[^\d—－-])")
_NUMBERING = re.compile(r"\n?[（(]?[一二三四五六七八九十\d]{1,3}[）)、.．]")


@dataclass(slots=True)
class Discourse:
    """What earlier sentences of the article leave behind for the next."""

    published: str | None = None  # the article's date
    paragraph_time: str | None = None  # the last date named in the paragraph
    subject: Mention | None = None
    topic: Mention | None = None  # as subject, but people and events too
    person: Mention | None = None  # the person spoken of last who was not named as somebody's relative
    goods: Mention | None = None  # the Product named last
    platform: Mention | None = None  # the one that the paragraph named last
    honour: Mention | None = None  # the Designation named last
    listed: Mention | None = None  # the honour named first in the sentence that named one last
    honours: dict[str, Mention] = field(default_factory=dict)  # by what they are for (村, 镇)
    roll: tuple[Mention, ...] = ()  # the honours of the list of holders named last
    heading: tuple[Mention, ...] = ()  # the same, while the lines that follow are read as their holders
    time: str | None = None  # of the last dated event
    issuer: Mention | None = None  # who published the list or report named last
    list_year: str | None = None  # of the report or list named last
    offices: dict[str, Mention] = field(
        default_factory=dict
    )  # name of a person → the body or place of a post
    spoken_of: dict[str, Mention] = field(default_factory=dict)  # level → the place of it that was a subject
    following: str = ""  # the next sentence
    signing: str | None = None  # the day of the event that the article tells of, where deals are signed
    criteria: bool = False  # the sentence before states what an honour requires


def filler(
    how: str, match: Match, view: Skeleton, context: Discourse, lexicon: Lexicon
) -> Mention | str | None:
    """Return what a role that the pattern leaves open refers to."""
    start = view.offsets[match.start] if match.start < len(view.offsets) else 0
    if how == "roll":
        return rolls.honour_for(match, rolls.named_before(match, view) or context.roll, lexicon)
    if how == "heading":
        return rolls.honour_for(match, context.heading, lexicon) if rolls.is_member(match, view) else None
    if how == "listed-honour":
        return _listed_honour(view, context)
    if how == "honour-of-unit":
        return _honour_of_unit(match, context, lexicon)
    if how == "unit-of-title":
        return _unit_of_title(match, start, lexicon)
    if how == "list-issuer":
        return context.issuer
    if how == "described":
        return described(match.roles["value"][0], view, context.honour)
    if how == "parties":
        return Mention("Actor", start, start, "", anaphor="parties")
    if how == "home":
        return Mention("Place", start, start, "", anaphor="home")
    if how == "implied":
        return _of_title(match, start, lexicon)
    if how == "post":
        return _of_title(match, start, lexicon) or _body_before(view, match, context)
    if how in ("goods", "platform"):
        return _last(view, match.end, how) or (context.goods if how == "goods" else context.platform)
    if how == "person":
        return _person_before(view, match) or context.person
    used = {m.start for values in match.roles.values() for m in values}
    classes = {"topic": _TOPICS, "actor": _ACTORS, "seller": _SELLERS, "maker": _MAKERS}.get(how, _SUBJECTS)
    chosen = _subject(view, match, classes, used, context)
    if how == "topic":
        chosen = (
            _beside(view, match)
            or _owner(view, match)
            or chosen
            or _setting(view, match)
            or context.topic
            or _home(start)
        )
        chosen = _named_scope(view, chosen) or _spoken_of(chosen, context) or chosen
        return _governed_place(chosen) or chosen
    if how in ("seller", "maker") and chosen is None:
        before = (context.topic if how == "seller" else None, context.subject, _home(start))
        chosen = next(m for m in before if m is not None and m.cls in _SELLERS)
    if how == "maker" and chosen is not None:
        return _governed_place(chosen) or chosen
    if how == "actor" and chosen is None and context.topic is not None and context.topic.cls in _ACTORS:
        return context.topic
    return chosen or context.subject


def _last(view: Skeleton, end: int, how: str) -> Mention | None:
    """Return the goods, or the platform, named last before a point of the sentence."""
    cls = "Product" if how == "goods" else "Platform"
    named = [
        i
        for i, m in view.mentions.items()
        if i < end and m.cls == cls and (how == "platform" or m.kind not in (None, "everyday", "generic"))
    ]
    return view.mentions[max(named)] if named else None


def _of_title(match: Match, start: int, lexicon: Lexicon) -> Mention | None:
    """Return the place in context whose level a post tells (县长, 村支书)."""
    levels = (_implied_level(m.text, lexicon) for m in match.roles.get("title", ()))
    level = next((level for level in levels if level), None)
    return Mention("Place", start, start, "", anaphor="context", level=level) if level else None


def _body_before(view: Skeleton, match: Match, context: Discourse) -> Mention | None:
    """Return the body of a post that stands without one: the last one named in the sentence, else its subject."""
    named = [
        i for i, m in view.mentions.items() if i < match.end and m.cls in _BODIES and m.kind != "counted"
    ]
    if named:
        return view.mentions[max(named)]
    subject = context.subject
    return subject if subject is not None and subject.cls in _BODIES else None


def _person_before(view: Skeleton, match: Match) -> Mention | None:
    """Return the person named last before a match who is nobody's relative."""
    people = [i for i, m in view.mentions.items() if i < match.start and m.cls == "Person"]
    return next((view.mentions[i] for i in sorted(people, reverse=True) if not _is_relative(view, i)), None)


def _is_relative(view: Skeleton, index: int) -> bool:
    before = view.mentions.get(index - 1)
    return before is not None and before.cls == "Kin"


def _home(offset: int) -> Mention:
    return Mention("Place", offset, offset, "", anaphor="home")


def _spoken_of(scope: Mention, context: Discourse) -> Mention | None:
    """Return the place that 全县 and the like stand for: the one of its level that was a subject last."""
    whole = scope.anaphor and scope.cls == "Place" and said("whole", scope.text) == 0
    if not whole:
        return None
    home = Mention("Place", scope.start, scope.start, "", anaphor="home", level=scope.level)
    return context.spoken_of.get(scope.level or "", home if scope.level == "county" else None)


def _governed_place(body: Mention) -> Mention | None:
    """Return the place of a government or party body: what it counts is the place's."""
    if body.cls != "Organization" or body.kind not in _GOVERNING:
        return None
    if body.anaphor == "home":
        return Mention("Place", body.start, body.start, "", anaphor="home", level=body.level)
    return next((part for part in reversed(body.parts) if part.cls == "Place"), None)


def _subject(
    view: Skeleton, match: Match, classes: frozenset[str], used: set[int], context: Discourse
) -> Mention | None:
    """Return the subject of the clause of a match, else of the nearest clause before it in the sentence.

    Who only reports (甲县商务局局长乙介绍，) speaks for his body; nobody knows which if the article never said.
    """
    end = match.start
    least = max(0, end - _REACH)
    while True:
        start = max(view.clause(end, end)[0], least)
        scope = _scope(view, start, end) if classes is _TOPICS else None
        if scope is not None:
            return scope
        if (this := _pointed_at(view, start, min(match.start + 1, len(view.text)))) is not None:
            return this
        index = _clause_subject(view, start, end, classes, used)
        if index is not None:
            if not _is_speaker(view, index):
                return view.mentions[index]
            if view.mentions[index].cls == "Person":
                return context.offices.get(view.mentions[index].text)
        if start <= least:
            return None
        end = start - 1


def _beside(view: Skeleton, match: Match) -> Mention | None:
    """Return the place that stands directly before the figure of a match, in a list of such (浙江11席、福建9席)."""
    value = match.roles.get("value", ())
    index = view.index(value[0].start) if value else 0
    before = index - 1
    while (
        before > 0
        and before not in view.mentions
        and index - before < _LEADING
        and view.text[before] not in CLAUSE_END
    ):
        before -= 1
    mention = view.mentions.get(before)
    if mention is None or mention.cls != "Place" or said("has", view.text[before + 1 : index]) is None:
        return None
    return mention if said("item", view.text[max(0, before - 3) : before]) is not None else None


def _owner(view: Skeleton, match: Match) -> Mention | None:
    """Return the place whose indicator it is that a clause does something to (把全县黑茶的线上销售额做到5亿元)."""
    indicator = match.roles.get("indicator", ())
    index = view.index(indicator[0].start) if indicator else 0
    before = index - 1
    while before > 0 and before not in view.mentions and before not in view.verbs and index - before < _OWNED:
        before -= 1
    owner = view.mentions.get(before)
    if (
        owner is None
        or owner.cls != "Place"
        or said("handled", view.text[max(0, before - 1) : before]) is None
    ):
        return None
    return None if set(view.text[before:index]) & set(CLAUSE_END) else owner


def _pointed_at(view: Skeleton, start: int, end: int) -> Mention | None:
    """Return the place that a clause points back at without naming it (这个有5300多名村民的村子，)."""
    clause = view.text[start : view.clause(start, min(end, len(view.text)))[1] + 1]
    for level, context in _POINTED.items():
        if said(context, clause) == 0:
            at = view.offsets[start]
            return Mention("Place", at, at, "", anaphor="last", level=level)
    return None


def _scope(view: Skeleton, start: int, end: int) -> Mention | None:
    """Return the country that a part of a clause speaks of (全国共有…)."""
    first = view.offsets[start] if start < len(view.offsets) else 0
    last = view.offsets[end] if end < len(view.offsets) else first
    return next(
        (m for m in reversed(view.scopes) if first <= m.start < last and _is_subject_scope(view, m)), None
    )


def _clause_subject(
    view: Skeleton, start: int, end: int, classes: frozenset[str], used: set[int]
) -> int | None:
    """Return the head of the first noun phrase in a part of a clause that can be its subject.

    It stands before the first verb, or is what a clause with 的 tells of.
    """
    if said("seen_from", view.text[start : end + 1]) is not None:
        places = (i for i in range(end, start - 1, -1) if i in view.mentions)
        return next((i for i in places if view.mentions[i].cls == "Place"), None)
    at = start
    while at < min(end + 1, len(view.text)):
        if at in view.verbs and not _of_comes(view, at, end):
            return _presented(view, start, at, end, classes)
        if at in view.mentions:
            head = _head(view, at, end, used)
            first = view.mentions[at]
            free = first.start not in used and first.kind not in _UNNAMED
            is_subject = (
                _can_be_subject(view, at, classes)
                if head == at
                else view.mentions[head].cls in classes and not _says_when(view, head)
            )
            if free and is_subject and _opens(view, at):
                return head
            at = head
        at += 1
    return None


def _presented(view: Skeleton, start: int, verb: int, end: int, classes: frozenset[str]) -> int | None:
    """Return the name that a clause leads up to (最受关注的是|甲镇), from its first verb on."""
    names = (i for i in range(verb, min(end + 1, len(view.text))) if i in view.mentions)
    first = next(names, None)
    if first is None or said("presents", view.text[start:first]) is None:
        return None
    return first if _can_be_subject(view, first, classes) else None


def _of_comes(view: Skeleton, index: int, end: int) -> bool:
    """Whether a verb belongs to a clause with 的 that modifies a name behind (打工多年的|甲)."""
    stop = min(end + 1, len(view.text))
    of = next((i for i in range(index, stop) if said("relative", view.text[i]) is not None), None)
    return of is not None and of + 1 in view.mentions


def _opens(view: Skeleton, index: int) -> bool:
    """Whether no preposition or verb governs a mention, nor is it an item of a list but the first."""
    governed = index > 0 and said("governs", view.text[index - 1]) is not None
    return not governed or _NUMBERING.fullmatch(view.text[:index]) is not None


def _head(view: Skeleton, index: int, end: int, used: set[int]) -> int:
    """Return the head of a run of names and titles (甲县|县长|乙): the last that is an actor of its own."""
    head = index
    at = index
    while at + 1 <= end and at + 1 in view.mentions and view.mentions[at + 1].start not in used:
        at += 1
        if view.mentions[at].kind in _UNNAMED:
            break
        if view.mentions[at].cls in _TOPICS:
            head = at
        elif view.mentions[at].cls not in _ATTRIBUTES:
            break
    if said("owned", view.text[head + 1 : min(end + 1, head + 12)]) == 0:
        people = (i for i, m in sorted(view.mentions.items()) if i > head and m.cls == "Person")
        return next(people, head)
    return head


def _is_speaker(view: Skeleton, index: int) -> bool:
    """Whether a person or body only reports what follows (甲说，…; 乙公司介绍，…)."""
    return said("speaks", view.text[index + 1 : index + 16]) == 0


def _is_official(view: Skeleton, index: int) -> bool:
    """Whether a person is named by a post or as a writer: the article is not about what he does himself."""
    if view.mentions[index].cls != "Person":
        return False
    titled = index - 1 in view.mentions and view.mentions[index - 1].cls == "JobTitle"
    return titled or said("byline", view.text[max(0, index - 16) : index]) is not None


def _setting(view: Skeleton, match: Match) -> Mention | None:
    """Return the place that a sentence without a subject opens with: 在沛县，电商从业者…"""
    found = [
        i
        for i, mention in sorted(view.mentions.items())
        if i < match.start and mention.cls == "Place" and view.text[i + 1 : i + 2] == "，"
    ]
    return next(
        (view.mentions[i] for i in reversed(found) if said("setting", _clause_before(view, i)) == 0), None
    )


def _named_scope(view: Skeleton, scope: Mention | None) -> Mention | None:
    """Return the place that the sentence itself names for 全县, 全镇 and the like, if it names one."""
    if scope is None or not scope.anaphor or scope.cls != "Place" or said("whole", scope.text) != 0:
        return None
    names = {
        m.text: m
        for m in view.mentions.values()
        if m.cls == "Place" and not m.anaphor and m.text[-1:] == scope.text[-1:] and len(m.text) > 1
    }
    return next(iter(names.values())) if len(names) == 1 else None


def _is_subject_scope(view: Skeleton, scope: Mention) -> bool:
    """Whether 全国 says of what a figure is, rather than where something ranks (全国第四)."""
    after = next((i for i, offset in enumerate(view.offsets) if offset >= scope.end), len(view.text))
    before = bisect_left(view.offsets, scope.start)
    governed = said("governs_scope", view.text[max(0, before - 2) : before]) is not None
    return not governed and said("rank", view.text[after : after + 1]) is None


def _unit_of_title(match: Match, offset: int, lexicon: Lexicon) -> Mention | None:
    """Return the place of the level that an honour is for (…重点县: the county under discussion)."""
    level = next((rolls.level_of(m, lexicon) for m in match.roles.get("title", ())[:1]), None)
    return Mention("Place", offset, offset, "", anaphor="context", level=level) if level else None


def _listed_honour(view: Skeleton, context: Discourse) -> Mention | None:
    """Return the honour that a line of a tally counts (缙云，11个; 镇一级，缙云3个), if a list was named before."""
    if context.honour is None or (context.list_year is None and context.issuer is None):
        return None
    rest = "".join(view.text[i] for i in range(len(view.text)) if i not in view.mentions)
    for word in sorted(vocabulary().words["tally"], key=len, reverse=True):
        rest = rest.replace(word, "")
    if any(not (char.isnumeric() or char in CLAUSE_END) for char in rest):
        return None
    unit = next((unit for unit in context.honours if f"{unit}一级" in view.text), None)
    return context.honours[unit] if unit else context.listed


def _honour_of_unit(match: Match, context: Discourse, lexicon: Lexicon) -> Mention | None:
    """Return the honour for what is counted (新添1镇9村: 淘宝镇, 淘宝村), if one of the kind was named before."""
    for mention in match.roles.get("count", ()):
        unit = (mention.kind or mention.text)[-1:]
        if unit in context.honours or not context.listed:
            return context.honours.get(unit)
        name = (context.listed.name or context.listed.text).strip("“”")[:-1] + unit
        if name in lexicon.sets["standing"]:
            return Mention("Designation", mention.start, mention.end, name, name=name)
    return None


def _implied_level(title: str, lexicon: Lexicon) -> str | None:
    if title in lexicon.implied_titles:
        return lexicon.implied_titles[title]["level"]
    return next((level for head, level in lexicon.bare_titles.items() if title.endswith(head)), None)


def _can_be_subject(view: Skeleton, index: int, classes: frozenset[str]) -> bool:
    mention = view.mentions[index]
    if (
        mention.kind in _UNNAMED
        or (mention.anaphor and said("setting_end", mention.text) is not None)
        or (mention.anaphor and said("rank", view.text[index + 1 : index + 2]) is not None)
        or _says_when(view, index)
        or (mention.cls == "Platform" and said("platform_end", view.text[index + 1 :]) is not None)
        or (mention.cls in _SUBJECTS and said("reports", view.text[index + 1 : index + 24]) == 0)
    ):
        return False
    return mention.cls in classes and _opens(view, index)


def _says_when(view: Skeleton, index: int) -> bool:
    """Whether an event says when something was (去年“双11”一天走了…) rather than what is spoken of."""
    event = view.mentions[index].cls == "Event"
    return event and (
        said("sales_day", view.mentions[index].text) is not None
        or said("says_when", view.text[index + 1 :]) == 0
    )


def _clause_initial(view: Skeleton, index: int, classes: frozenset[str]) -> bool:
    """Whether a mention opens its clause, or follows only a time or a place that opens it."""
    if index not in view.mentions or not _can_be_subject(view, index, classes):
        return False
    if _heads_relative_clause(view, index):
        return True
    before = index - 1
    while before >= 0 and (before in view.mentions and view.mentions[before].cls in ("Time", "Place")):
        before -= 1
    if before >= 0 and view.text[before] == "“":  # a quotation opens a clause only where its mark does
        before -= 1
    if before < 0 or view.text[before] in CLAUSE_END + "”—":
        return True
    return bool(_NUMBERING.fullmatch(view.text[: before + 1]))


def _clause_before(view: Skeleton, index: int) -> str:
    return view.text[view.clause(index, index)[0] : index]


def _heads_relative_clause(view: Skeleton, index: int) -> bool:
    """Whether a mention is what a clause with 的 tells of, and goes on: 十年前没通网的甲村，如今…"""
    of = index - 1
    while (
        index - of < 4 and of > 0 and of in view.mentions and view.mentions[of].cls == "Place"
    ):  # 地处湖边的甲县|乙镇
        of -= 1
    if of < 0 or said("relative", view.text[of]) is None:
        return False
    goes_on = view.text[index + 1 : index + 2] == "，" or index + 1 in view.verbs
    return goes_on or said("situated", _clause_before(view, of + 1)) is not None


def remember(context: Discourse, view: Skeleton, mentions: Sequence[Mention], lexicon: Lexicon) -> None:
    for mention in mentions:
        if mention.cls in ("Report", "Designation", "Policy") and (year := _YEAR.search(mention.text)):
            context.list_year = year[1]
    named = any(m.cls in ("Designation", "Report") for m in mentions)
    publisher = said("published", view.text) if named else None
    if named and (publisher is not None or said("list", view.text) is not None):
        dates = [m for m in mentions if m.cls == "Time" and m.value]
        years = [m.value[:4] for m in dates if m.value and not m.kind]
        if not years and not context.list_year:  # 近日公布
            years = [m.value[:4] for m in dates if m.value]
        context.list_year = max(years) if years else context.list_year
    if publisher is not None:
        bodies = [i for i in view.mentions if i < publisher and view.mentions[i].cls == "Organization"]
        context.issuer = view.mentions[max(bodies)] if bodies else context.issuer
    context.goods = _last(view, len(view.text), "goods") or context.goods
    context.platform = _last(view, len(view.text), "platform") or context.platform
    honours = [m for m in mentions if m.cls == "Designation"]
    if honours:
        context.honour = honours[-1]
        context.listed = honours[0]
        context.honours.update({m.text.strip("”")[-1]: m for m in honours})
    held = tuple({m.name or m.text: m for m in honours if m.kind != "rank"}.values())
    is_list = said("list", view.text) is not None or publisher is not None
    if held and (is_list or rolls.is_heading(view)):
        context.roll = context.heading = rolls.in_full(held, (*context.roll, *honours))
    elif rolls.closes(view):
        context.heading = ()
    if held and not context.roll:
        context.roll = held
    _note_offices(context, view, lexicon)
    _note_topic(context, view)
    people = [i for i, m in view.mentions.items() if m.cls == "Person" and not m.anaphor]
    heads = [i for i in sorted(people) if not _is_relative(view, i)]
    context.person = view.mentions[heads[0]] if heads else context.person
    dated = [m.value for m in mentions if m.cls == "Time" and m.value and not m.kind]
    ceremony = said("opened", view.text) is not None or said("signing", view.text) is not None
    if dated and len(dated[-1]) == _DAY and ceremony:
        context.signing = dated[-1]
    if dated:
        context.paragraph_time = dated[-1]
    if dated and any(m.cls == "Event" for m in mentions):
        context.time = dated[0]
    elif dated:
        context.time = dated[-1]


def _note_topic(context: Discourse, view: Skeleton) -> None:
    """Remember whom the last clauses with a subject speak of; who only reports is no such subject."""
    subject = topic = False
    end = len(view.text)
    least = max(0, end - _REACH)
    while end >= least and not (subject and topic):
        start = max(view.clause(end, end)[0], least)
        if not topic and (this := _pointed_at(view, start, end)) is not None:
            context.topic, topic = this, True
        for classes in (_SUBJECTS, _TOPICS):
            if subject if classes is _SUBJECTS else topic:
                continue
            index = _clause_subject(view, start, end, classes, set())
            if index is None or _is_speaker(view, index) or _is_official(view, index):
                continue
            if classes is _SUBJECTS:
                context.subject, subject = view.mentions[index], True
            else:
                context.topic, topic = view.mentions[index], True
            place = view.mentions[index]
            if place.cls == "Place" and place.level and not place.anaphor:
                context.spoken_of[place.level] = place
        end = start - 1
    scopes = [m for m in view.scopes if _is_subject_scope(view, m)]
    if scopes and not topic:
        context.topic = scopes[-1]


def _note_offices(context: Discourse, view: Skeleton, lexicon: Lexicon) -> None:
    """Remember the body or place of each person named with a post (甲公司|总经理|乙; 村支书|丙)."""
    for i, mention in view.mentions.items():
        if mention.cls != "Person" or i - 1 not in view.mentions or view.mentions[i - 1].cls != "JobTitle":
            continue
        at = i - 1
        while at in view.mentions and view.mentions[at].cls == "JobTitle":
            at -= 1
        body = view.mentions.get(at)
        if body is not None and body.cls in _SUBJECTS:
            context.offices[mention.text] = body
        elif level := _implied_level(view.mentions[i - 1].text, lexicon):
            start = view.mentions[i - 1].start
            context.offices[mention.text] = Mention("Place", start, start, "", anaphor="context", level=level)
