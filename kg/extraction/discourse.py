"""What the sentences of an article leave behind for the next: subject, topic, honour, list, dates."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from kg.extraction import rolls
from kg.extraction.clauses import (
    REACH,
    SUBJECTS,
    TOPICS,
    clause_subject,
    implied_level,
    is_official,
    is_relative,
    is_speaker,
    is_subject_scope,
    office_of,
    pointed_at,
)
from kg.extraction.describe import last_measured
from kg.extraction.history import History, key, note
from kg.extraction.lexicon import Lexicon
from kg.extraction.rules import said
from kg.extraction.skeleton import Skeleton
from kg.extraction.trade import named_last
from kg.model import Mention

_DAY = len("2021-06-24")
_PLAIN_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_ONCE, _OFTEN = 1, 3  # times that an article names goods in passing, and goods that it is about
_NEWS = 15  # days that news is told after
_YEAR = re.compile(r"((?:19|20)\d\d)(?:年|[^\d—－-])")


@dataclass(slots=True)
class Discourse:
    """What earlier sentences of the article leave behind for the next."""

    published: str | None = None  # the article's date
    paragraph_time: str | None = None  # the last date named in the paragraph
    subject: Mention | None = None
    topic: Mention | None = None  # as subject, but people and events too
    person: Mention | None = None  # the person spoken of last who was not named as somebody's relative
    goods: tuple[Mention, ...] = ()  # the Products named last, of a list all
    platforms: tuple[Mention, ...] = ()  # likewise
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
    measured: dict[str, str] = field(default_factory=dict)  # class of figures → what the last one was of
    following: str = ""  # the next sentence
    text: str = ""  # of the article
    named: tuple[Mention, ...] = ()  # what the sentence before named, in the same paragraph
    signing: str | None = None  # the day of the event that the article tells of, where deals are signed
    occasion: str | None = None  # the day that the article is news of
    # type of facts → of what time the last one was, and in which sentence it stood
    dated: dict[str, tuple[str | None, int]] = field(default_factory=dict)
    history: History = field(default_factory=History)  # the names of the sentences before
    criteria: bool = False  # the sentence before states what an honour requires


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
    context.measured = {**context.measured, **last_measured(view)}
    context.named = tuple(view.mentions[i] for i in sorted(view.mentions))
    context.goods = _goods_spoken_of(context, named_last(view, len(view.text), "Product", telling=True))
    context.platforms = named_last(view, len(view.text), "Platform") or context.platforms
    honours = [m for m in mentions if m.cls == "Designation"]
    if honours:
        context.honour = honours[-1]
        context.listed = honours[0]
        context.honours.update({m.text.strip("”")[-1]: m for m in honours})
    held = tuple({m.name or m.text: m for m in honours if m.kind != "rank"}.values())
    is_list = said("list", view.text) is not None or publisher is not None
    if held and (is_list or rolls.is_heading(view) or rolls.introduces(view)):
        context.roll = context.heading = rolls.in_full(held, (*context.roll, *honours))
    elif rolls.closes(view):
        context.heading = ()
    if held and not context.roll:
        context.roll = held
    _note_topic(context, view, lexicon)
    note(context.history, view)
    people = [i for i, m in view.mentions.items() if m.cls == "Person" and not m.anaphor]
    heads = [i for i in sorted(people) if not is_relative(view, i)]
    context.person = view.mentions[heads[0]] if heads else context.person
    dated = [m.value for m in mentions if m.cls == "Time" and m.value and not m.kind]
    ceremony = said("opened", view.text) is not None or said("signing", view.text) is not None
    if dated and len(dated[-1]) == _DAY and ceremony:
        context.signing = dated[-1]
    if context.occasion is None:
        context.occasion = _news_day(mentions, context.published)
    if dated:
        context.paragraph_time = dated[-1]
    if dated and any(m.cls == "Event" for m in mentions):
        context.time = dated[0]
    elif dated:
        context.time = dated[-1]


def _goods_spoken_of(context: Discourse, last: tuple[Mention, ...]) -> tuple[Mention, ...]:
    """Return the goods named last, unless the article names them but once and goes on about those before."""
    total = context.history.total
    passing = all(total[key(m)] == _ONCE for m in last)
    theme = any(total[key(m)] >= _OFTEN for m in context.goods)
    return context.goods if passing and (theme or not last) else last


def _news_day(mentions: Sequence[Mention], published: str | None) -> str | None:
    """Return the first day among mentions that is shortly before an article's date, or that date by a word (今天)."""
    if not published or len(published) != _DAY:
        return None
    for mention in mentions:
        day = mention.value or ""
        if mention.cls != "Time" or mention.kind or not _PLAIN_DAY.fullmatch(day):
            continue
        age = (date.fromisoformat(published) - date.fromisoformat(day)).days
        if 0 < age <= _NEWS or (age == 0 and not any(char.isdigit() for char in mention.text)):
            return day
    return None


def _note_topic(context: Discourse, view: Skeleton, lexicon: Lexicon) -> None:
    """Remember whom the last clauses with a subject speak of; who only reports is no such subject."""
    subject = topic = False
    end = len(view.text)
    least = max(0, end - REACH)
    while end >= least and not (subject and topic):
        start = max(view.clause(end, end)[0], least)
        if not topic and (this := pointed_at(view, start, end, lexicon)) is not None:
            context.topic, topic = this, True
        for classes in (SUBJECTS, TOPICS):
            if subject if classes is SUBJECTS else topic:
                continue
            index = clause_subject(view, start, end, classes, set())
            if index is None or is_speaker(view, index) or is_official(view, index):
                continue
            if classes is SUBJECTS:
                context.subject, subject = view.mentions[index], True
            else:
                context.topic, topic = view.mentions[index], True
            place = view.mentions[index]
            if place.cls == "Place" and place.level and not place.anaphor:
                context.spoken_of[place.level] = place
        end = start - 1
    scopes = [m for m in view.scopes if is_subject_scope(view, m)]
    if scopes and not topic:
        context.topic = scopes[-1]


def note_offices(context: Discourse, view: Skeleton, lexicon: Lexicon) -> None:
    """Remember the body or place of each person named with a post (甲公司|总经理|乙; 村支书|丙)."""
    for i, mention in view.mentions.items():
        if mention.cls != "Person" or i - 1 not in view.mentions or view.mentions[i - 1].cls != "JobTitle":
            continue
        if (body := office_of(view, i)) is not None:
            context.offices[mention.text] = body
        elif level := implied_level(title := view.mentions[i - 1].text, lexicon):
            start = view.mentions[i - 1].start
            context.offices[mention.text] = Mention(
                "Place", start, start, "", anaphor="context", level=level, name=title
            )
