"""The syntax of a clause, as far as the skeleton shows it: which name can be its subject, and which is."""

from __future__ import annotations

import re
from collections.abc import Mapping

from kg.extraction import rolls
from kg.extraction.lexicon import Lexicon
from kg.extraction.rules import said
from kg.extraction.skeleton import Skeleton
from kg.model import Mention

REACH = 300  # characters of a skeleton in which a subject is looked for
SUBJECTS = frozenset({"Place", "Organization", "Platform", "Facility"})
ACTORS = SUBJECTS | {"Person"}
_PEOPLE = frozenset({"Person"})
TOPICS = ACTORS | {"Event", "Programme"}
_ATTRIBUTES = TOPICS | {"JobTitle", "Role"}  # may stand before a name in one noun phrase
_OWNERS = frozenset({"Platform", "Organization"})  # who own what a clause speaks of, rather than being it
_UNNAMED = frozenset({"counted", "generic"})  # kinds of what is no actor of its own
_POINTED = {"county": "this_county", "township": "this_township", "village": "this_village"}
_NUMBERING = re.compile(r"\n?[（(]?[一二三四五六七八九十\d]{1,3}[）)、.．]")


def pointed_at(view: Skeleton, start: int, end: int, lexicon: Lexicon) -> Mention | None:
    """Return the place that a clause points back at without naming it (这个有5300多名村民的村子，)."""
    clause = view.text[start : view.clause(start, min(end, len(view.text)))[1] + 1]
    for level, context in _POINTED.items():
        if said(context, clause) == 0:
            at = view.offsets[start]
            return Mention("Place", at, at, "", anaphor="last", level=level)
    if said("this_honoured", clause) == 0:  # 这个国家级贫困县，
        at = view.offsets[start]
        title = next(m for i, m in sorted(view.mentions.items()) if i > start and m.cls == "Designation")
        if unit := rolls.level_of(title, lexicon):
            return Mention("Place", at, at, "", anaphor="last", level=unit)
    return None


def person_pointed_at(view: Skeleton, start: int) -> bool:
    """Whether a clause points back at a person without naming him (这位沛县的90后在淘宝开店)."""
    return said("this_person", view.text[start : view.clause(start, start)[1] + 1]) == 0


def scope_in(view: Skeleton, start: int, end: int) -> Mention | None:
    """Return the country that a part of a clause speaks of (全国共有…)."""
    first = view.offsets[start] if start < len(view.offsets) else 0
    last = view.offsets[end] if end < len(view.offsets) else first
    return next(
        (m for m in reversed(view.scopes) if first <= m.start < last and is_subject_scope(view, m)), None
    )


def clause_subject(
    view: Skeleton, start: int, end: int, classes: frozenset[str], used: set[int]
) -> int | None:
    """Return the head of the first noun phrase in a part of a clause that can be its subject.

    It stands before the first verb, or is what a clause with 的 tells of.
    """
    if (
        said("seen_from", view.text[start : end + 1]) is not None
        or said("identified", view.text[start : end + 1]) == 0
    ):
        places = (i for i in range(end, start - 1, -1) if i in view.mentions)
        return next((i for i in places if view.mentions[i].cls == "Place"), None)
    at = start
    while at < min(end + 1, len(view.text)):
        if at in view.verbs and not _of_comes(view, at, end, start):
            return _presented(view, start, at, end, classes)
        if at in view.mentions:
            head = _head(view, at, end, used)
            first = view.mentions[at]
            free = first.start not in used and first.kind not in _UNNAMED
            is_subject = (
                can_be_subject(view, at, classes)
                if head == at or view.mentions[head].cls == "Programme"
                else view.mentions[head].cls in classes and not _says_when(view, head)
            )
            if free and is_subject and opens(view, at):
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
    return first if can_be_subject(view, first, classes) else None


def _of_comes(view: Skeleton, index: int, end: int, start: int) -> bool:
    """Whether a verb belongs to a clause with 的 that modifies a name behind (打工多年的|甲; 地处湖西的|乙县)."""
    if index > start and said("lies", view.text[index : index + 6]) == 0:  # 市场落在云州城西的|青禾镇
        return False
    stop = min(end + 1, len(view.text))
    of = next((i for i in range(index, stop) if said("relative", view.text[i]) is not None), None)
    named = view.mentions.get(of + 1) if of is not None else None
    return named is not None and named.cls in TOPICS


def opens(view: Skeleton, index: int) -> bool:
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
        if view.mentions[at].cls in TOPICS:
            head = at
        elif view.mentions[at].cls not in _ATTRIBUTES:
            break
    if said("owned_body", view.text[head + 1 : min(end + 1, head + 14)]) == 0:
        return next(
            i for i in sorted(view.mentions) if i > head and view.mentions[i].cls in SUBJECTS - {"Place"}
        )
    if said("owned", view.text[head + 1 : min(end + 1, head + 12)]) == 0:
        people = (i for i, m in sorted(view.mentions.items()) if i > head and m.cls == "Person")
        return next(people, head)
    if (
        view.mentions[head].cls in ("Place", "Person")
        and said("body_of_place", view.text[head + 1 : min(end + 1, head + 3)]) == 0
    ):
        return head + 2
    if said("founded_by", view.text[head + 1 : min(end + 1, head + 16)]) == 0:
        sites = (i for i, m in sorted(view.mentions.items()) if i > head and m.cls in SUBJECTS)
        return next(sites, head)
    return head


def is_speaker(view: Skeleton, index: int) -> bool:
    """Whether a person or body only reports what follows (甲说，…; 乙公司介绍，…; in an interview 甲：…)."""
    if view.mentions[index].cls == "Person" and said("labelled", view.text[: index + 2]) is not None:
        return True
    return said("speaks", view.text[index + 1 : index + 28]) == 0


def is_official(view: Skeleton, index: int) -> bool:
    """Whether a person is named by a post or as a writer: the article is not about what he does himself."""
    if view.mentions[index].cls != "Person":
        return False
    titled = index - 1 in view.mentions and view.mentions[index - 1].cls == "JobTitle"
    return titled or said("byline", view.text[max(0, index - 16) : index]) is not None


def is_subject_scope(view: Skeleton, scope: Mention) -> bool:
    """Whether 全国 says of what a figure is, rather than where something ranks (全国第四)."""
    after, before = view.index(scope.end), view.index(scope.start)
    governed = said("governs_scope", view.text[max(0, before - 2) : before]) is not None
    return not governed and said("rank", view.text[after : after + 1]) is None


def can_be_subject(view: Skeleton, index: int, classes: frozenset[str]) -> bool:
    mention = view.mentions[index]
    if (
        mention.kind in _UNNAMED
        or (mention.anaphor and said("setting_end", mention.text) is not None)
        or (mention.anaphor and said("rank", view.text[index + 1 : index + 2]) is not None)
        or _says_when(view, index)
        or (mention.cls == "Programme" and index != view.clause(index, index)[0])
        or (mention.cls == "Platform" and said("platform_end", view.text[index + 1 :]) is not None)
        or (mention.cls in SUBJECTS and said("reports", view.text[index + 1 : index + 24]) == 0)
        or (mention.cls in _OWNERS and said("post_only", view.text[index + 1 : index + 4]) == 0)
        or (mention.cls in _OWNERS and said("modifies", view.text[index + 1 : index + 40]) == 0)
    ):
        return False
    return mention.cls in classes and opens(view, index)


def _says_when(view: Skeleton, index: int) -> bool:
    """Whether an event says when something was (去年“双11”一天走了…) rather than what is spoken of."""
    event = view.mentions[index].cls == "Event"
    return event and (
        said("sales_day", view.mentions[index].text) is not None
        or said("says_when", view.text[index + 1 :]) == 0
    )


def clause_before(view: Skeleton, index: int) -> str:
    return view.text[view.clause(index, index)[0] : index]


def office_of(view: Skeleton, index: int) -> Mention | None:
    """Return the body or place whose post stands before the name of a person (甲公司|总经理|乙)."""
    at = index - 1
    while at in view.mentions and view.mentions[at].cls == "JobTitle":
        at -= 1
    body = view.mentions.get(at) if at < index - 1 else None
    return body if body is not None and body.cls in SUBJECTS else None


def speaker_office(view: Skeleton, start: int, end: int, offices: Mapping[str, Mention]) -> Mention | None:
    """Return the body or place for which the person speaks who a part of a clause names (会长甲说，).

    ``offices`` are those of the people named before, by name.
    """
    index = clause_subject(view, start, end, _PEOPLE, set())
    if index is None or not is_speaker(view, index):
        return None
    return office_of(view, index) or offices.get(view.mentions[index].text)


def is_relative(view: Skeleton, index: int) -> bool:
    before = view.mentions.get(index - 1)
    return before is not None and before.cls == "Kin"


def implied_level(title: str, lexicon: Lexicon) -> str | None:
    if title in lexicon.implied_titles:
        return lexicon.implied_titles[title]["level"]
    return next((level for head, level in lexicon.bare_titles.items() if title.endswith(head)), None)


def bare_unit(view: Skeleton, index: int, lexicon: Lexicon) -> Mention | None:
    """Return the place that a bare unit means (请进|村: the village spoken of)."""
    unit = lexicon.bare_prefixes.get(view.text[index])
    at = view.offsets[index]
    return Mention("Place", at, at, "", anaphor="context", level=unit.level) if unit else None
