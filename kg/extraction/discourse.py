"""What a rule leaves open: who the subject is, which honour or heading a line goes on about."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from kg.extraction.grammar import CLAUSE_END
from kg.extraction.lexicon import Lexicon
from kg.extraction.rules import said
from kg.extraction.skeleton import Match, Skeleton
from kg.model import Mention

_SUBJECTS = frozenset({"Place", "Organization", "Platform", "Facility"})
_TOPICS = _SUBJECTS | {"Person", "Event"}
_YEAR = re.compile(r"((?:19|20)\d\d)(?:年|[^\d—－-])")
_NUMBERING = re.compile(r"\n?[（(]?[一二三四五六七八九十\d]{1,3}[）)、.．]")


@dataclass(slots=True)
class Discourse:
    """What earlier sentences of the article leave behind for the next."""

    published: str | None = None  # the article's date
    paragraph_time: str | None = None  # the last date named in the paragraph
    subject: Mention | None = None
    topic: Mention | None = None  # as subject, but people and events too
    honour: Mention | None = None  # the Designation named last
    heading: Mention | None = None  # a Designation that is a heading of its own
    time: str | None = None  # of the last dated event
    issuer: Mention | None = None  # who published the list or report named last
    list_year: str | None = None  # of the report or list named last
    criteria: bool = False  # the sentence before states what an honour requires


def filler(how: str, match: Match, view: Skeleton, context: Discourse, lexicon: Lexicon) -> Mention | None:
    """Return what a role that the pattern leaves open refers to."""
    start = view.offsets[match.start] if match.start < len(view.offsets) else 0
    if how == "last-honour":
        return context.honour
    if how == "heading":
        return context.heading if _is_list_item(view) else None
    if how == "list-issuer":
        return context.issuer
    if how == "home":
        return Mention("Place", start, start, "", anaphor="home")
    if how == "implied":
        title = match.roles.get("title", ())
        level = next(
            (_implied_level(m.text, lexicon) for m in title if _implied_level(m.text, lexicon)), None
        )
        return Mention("Place", start, start, "", anaphor="context", level=level) if level else None
    used = {m.start for values in match.roles.values() for m in values}
    classes = _TOPICS if how == "topic" else _SUBJECTS
    before = [
        i
        for i in sorted(view.mentions)
        if i <= match.start and _can_be_subject(view, i, classes) and view.mentions[i].start not in used
    ]
    initial = [i for i in before if _clause_initial(view, i, classes)]
    if how == "topic":
        chosen = _topic(view, match, before, initial) or _setting(view, match) or context.topic
        return _named_scope(view, chosen) or chosen
    if initial or (before and not _any_initial(view, match.start)):
        return view.mentions[(initial or before)[-1]]
    return context.subject or (view.mentions[before[-1]] if before else None)


def _topic(view: Skeleton, match: Match, before: list[int], initial: list[int]) -> Mention | None:
    """Return what the sentence is about before a match: the last opener of a clause, a person, a scope (全国)."""
    start = view.offsets[match.start]
    people = [i for i in before if view.mentions[i].cls == "Person"]
    near = [i for i in before if _near_clause_start(view, i)]
    chosen = max([*initial, *near, *people], default=None)
    scope = next((m for m in reversed(view.scopes) if m.start < start and _is_subject_scope(view, m)), None)
    if scope is not None and (chosen is None or view.offsets[chosen] < scope.start):
        return scope
    return view.mentions[chosen] if chosen is not None else None


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
    return said("rank", view.text[after : after + 1]) is None


def _near_clause_start(view: Skeleton, index: int) -> bool:
    """Whether nothing but an adverb or two stands between the start of the clause and a mention."""
    start, _ = view.clause(index, index)
    between = range(start, index)
    others = any(i in view.mentions and view.mentions[i].cls != "Time" for i in between)
    return len(between) <= 6 and not others and not any(i in view.verbs for i in between)


def _any_initial(view: Skeleton, end: int) -> bool:
    return any(_clause_initial(view, i, _SUBJECTS) for i in range(end + 1))


def _is_list_item(view: Skeleton) -> bool:
    """Whether the sentence holds nothing but places, figures and the marks of a list."""
    rest = [view.text[i] for i in range(len(view.text)) if i not in view.mentions]
    others = [m for m in view.mentions.values() if m.cls not in ("Place", "Quantity")]
    return not others and not "".join(rest).strip(
        "，、；。：.()（）0123456789一二三四五六七八九十共 和及等计个"
    )


def _implied_level(title: str, lexicon: Lexicon) -> str | None:
    if title in lexicon.implied_titles:
        return lexicon.implied_titles[title]["level"]
    return next((level for head, level in lexicon.bare_titles.items() if title.endswith(head)), None)


def _can_be_subject(view: Skeleton, index: int, classes: frozenset[str]) -> bool:
    mention = view.mentions[index]
    if (
        mention.kind == "counted"
        or (mention.anaphor and said("setting_end", mention.text) is not None)
        or (mention.cls == "Platform" and said("platform_end", view.text[index + 1 :]) is not None)
        or (mention.cls in _SUBJECTS and said("reports", view.text[index + 1 : index + 24]) == 0)
    ):
        return False
    opens = index == 0 or said("governs", view.text[index - 1]) is None
    return mention.cls in classes and (opens or bool(_NUMBERING.fullmatch(view.text[:index])))


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


def remember(context: Discourse, view: Skeleton, mentions: Sequence[Mention]) -> None:
    for mention in mentions:
        if mention.cls in ("Report", "Designation", "Policy") and (year := _YEAR.search(mention.text)):
            context.list_year = year[1]
    named = any(m.cls in ("Designation", "Report") for m in mentions)
    publisher = said("published", view.text) if named else None
    if named and (publisher is not None or said("list", view.text) is not None):
        years = [m.value[:4] for m in mentions if m.cls == "Time" and m.value and not m.kind]
        context.list_year = years[-1] if years else context.list_year
    if publisher is not None:
        bodies = [i for i in view.mentions if i < publisher and view.mentions[i].cls == "Organization"]
        context.issuer = view.mentions[max(bodies)] if bodies else context.issuer
    honours = [m for m in mentions if m.cls == "Designation"]
    if honours:
        context.honour = honours[-1]
    if len(honours) == 1 and len(view.text) < 12:
        context.heading = honours[0]
    elif not _is_list_item(view):
        context.heading = None
    for classes in (_SUBJECTS, _TOPICS):
        initial = [i for i in sorted(view.mentions) if _clause_initial(view, i, classes)]
        if initial and classes is _SUBJECTS:
            context.subject = view.mentions[initial[-1]]
        elif initial:
            context.topic = view.mentions[initial[-1]]
    scopes = [m for m in view.scopes if _is_subject_scope(view, m)]
    if scopes and not any(_clause_initial(view, i, _TOPICS) for i in view.mentions):
        context.topic = scopes[-1]
    dated = [m.value for m in mentions if m.cls == "Time" and m.value and not m.kind]
    if dated:
        context.paragraph_time = dated[-1]
    if dated and any(m.cls == "Event" for m in mentions):
        context.time = dated[0]
    elif dated:
        context.time = dated[-1]
