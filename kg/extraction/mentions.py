"""All mentions of an article: candidates of every recogniser, the best of those that overlap, and
names found once recognised wherever they stand again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from spacy.tokens import Doc

from kg.extraction import (
    borders,
    branches,
    coined,
    events,
    firms,
    goods,
    joints,
    listed_bodies,
    listed_places,
    lists,
    names,
    people,
    phrases,
    place_lists,
    places,
    plain_honours,
    quotations,
    ranks,
    short_names,
    sites,
    wares,
)
from kg.extraction.figures import figures
from kg.extraction.indicators import counted, indicators
from kg.extraction.lexicon import Lexicon, automaton, matches
from kg.extraction.overlaps import resolve
from kg.extraction.sentences import Sentence, sentences
from kg.extraction.tallies import tallies
from kg.extraction.times import dateline, find_times
from kg.model import Mention

_LEARNED = frozenset({"Person", "Organization", "Facility", "Platform"})
_MEASURES = frozenset({"Indicator", "CountNoun"})
_EDGE_KINDS = frozenset({"company", "post", "cooperative"})  # a figure's words begin behind their names
_CORE = "core"  # kind of a name that is but the coined part of a full one
_UNREADABLE = "\ufffd"


def find_mentions(
    doc: Doc, lexicon: Lexicon, published: str | None
) -> list[tuple[Sentence, tuple[Mention, ...]]]:
    """Return the sentences of an article, each with its outermost mentions in order."""
    text = doc.text  # spaCy builds it anew each time
    anchor = dateline(text, published)
    last: str | None = None
    recent: str | None = None
    days: dict[str, str] = {}
    above, lines = listed_places.Lists(), listed_bodies.Lines()
    read: list[tuple[Sentence, list[Mention]]] = []
    for sentence in sentences(doc):
        sentence = sentence if sentence.is_unread else joints.parted(sentence, lexicon)
        if text[sentence.start - 1 : sentence.start] == "\n":
            recent = None
        if sentence.is_unread:
            read.append((sentence, []))
            continue
        times = [
            Mention(
                "Time",
                t.start,
                t.end,
                text[t.start : t.end],
                value=_same_day(t.edtf, text[t.start : t.end], days),
                kind=t.vagueness,
            )
            for t in find_times(text, sentence.start, sentence.end, anchor, last, recent)
            if _is_whole(text, t.start, t.end)
        ]
        dated = [t.value for t in times if t.value and not t.kind]
        if dated:
            last = recent = dated[-1].split("/")[0]
        candidates = _ungoverned(_candidates(sentence, lexicon), lexicon)
        candidates.extend(listed_places.listed(sentence, candidates, above, lexicon))
        candidates.extend(listed_bodies.listed(sentence, candidates, lines, lexicon))
        candidates = [plain_honours.undated(m, lexicon) for m in candidates]
        read.append((sentence, [*candidates, *times]))
    if changes := people.settled((m for _, candidates in read for m in candidates), text, lexicon):
        read = [
            (s, [_settled(m, changes, text) for m in candidates]) if candidates else (s, candidates)
            for s, candidates in read
        ]
    found = [m for _, candidates in read for m in resolve(candidates)]
    learned = _learn(found, lexicon)
    near, full = short_names.regions(found), short_names.in_full(found)
    whole = (
        (sentence, tuple(_again(sentence, learned)))
        if sentence.is_unread
        else (
            sentence,
            resolve(
                [
                    *_without_preposition(candidates, learned, lexicon),
                    *_again(sentence, learned),
                    *short_names.places(sentence, candidates, near, full, lexicon),
                ]
            ),
        )
        for sentence, candidates in read
    )
    return [
        (sentence, resolve([*mentions, *found]) if (found := [*tallies(sentence, mentions)]) else mentions)
        for sentence, mentions in whole
    ]


def _settled(mention: Mention, changes: Mapping[str, int], text: str) -> Mention:
    """Return a person with the name as long as the article as a whole says."""
    change = changes.get(mention.text, 0) if mention.cls == "Person" and not mention.anaphor else 0
    if not change:
        return mention
    return replace(mention, end=mention.end + change, text=text[mention.start : mention.end + change])


def _ungoverned(candidates: list[Mention], lexicon: Lexicon) -> list[Mention]:
    """Drop names that are a preposition and the body of a place (经|州邮政局)."""
    organs = {(m.start, m.end) for m in candidates if m.anaphor and m.cls == "Organization"}
    return [
        m
        for m in candidates
        if m.text[0] not in lexicon.sets["prepositions"] or (m.start + 1, m.end) not in organs
    ]


def _without_preposition(
    candidates: Iterable[Mention], learned: object, lexicon: Lexicon
) -> Iterator[Mention]:
    """Cut a preposition off names that the article has without it (同|云谷园管委会)."""
    for mention in candidates:
        opens = mention.text[0] in lexicon.sets["prepositions"] and mention.cls in _LEARNED
        rest = mention.text[1:]
        if opens and any(e - s == len(rest) for s, e, _ in matches(learned, rest)):
            yield replace(mention, start=mention.start + 1, text=rest, name=None)
        else:
            yield mention


def _same_day(edtf: str | None, text: str, days: dict[str, str]) -> str | None:
    """Return a day, in the year in which the article named this day first if it is printed without one."""
    if edtf is None or len(edtf) != len("2021-06-24"):
        return edtf
    bare = text[0].isdigit() and not text.startswith(edtf[:4])
    first = days.setdefault(edtf[5:], edtf)
    return first if bare else edtf


def _is_whole(text: str, start: int, end: int) -> bool:
    """Whether no unreadable character stands in, beside, or a unit before a figure or date (201�年5月)."""
    return _UNREADABLE not in text[max(start - 2, 0) : end + 1]


def _candidates(sentence: Sentence, lexicon: Lexicon) -> list[Mention]:
    organs = list(names.organs(sentence, lexicon))
    verbs = lexicon.sets["verbs_after_names"]
    known = [
        place
        for place in places.known_places(sentence, lexicon)
        if not any(
            place.start < o.start < place.end and sentence.document[place.start : o.start] in verbs
            for o in organs
        )  # 县商务局会同|县妇联 names no 会同县
    ]
    posts = {m.start for m in names.job_titles(sentence, lexicon) if m.text[1:2] == "委"}
    known = [borders.without_end(place) if place.end - 1 in posts else place for place in known]
    groups = place_lists.shared_endings(sentence, known, lexicon)
    closed = {place.end for place in groups}
    lower = list(places.villages_and_townships(sentence, known, lexicon))
    all_places = [*known, *groups, *lower]
    names_by_head = [m for m in phrases.head_names(sentence, lexicon) if m.end not in closed]
    numbers = [m for m in figures(sentence) if _is_whole(sentence.document, m.start, m.end)]
    persons = list(people.persons(sentence, lexicon))
    context = [m for m in names.anaphors(sentence, lexicon) if m.start not in closed]
    known_ends = frozenset(m.end for m in (*all_places, *persons, *context))
    registered = list(names.registered(sentence, lexicon))
    bodies = [*names_by_head, *registered, *organs]
    titles = [
        borders.without_body(borders.without_unit(title, all_places), bodies)
        for title in names.job_titles(sentence, lexicon)
    ]
    heads = [
        borders.without_places(m, all_places, sentence, lexicon)
        for m in names_by_head
        if not any(t.start < m.end < t.end for t in titles)  # 镇党委|书记: the body is part of the post
    ]
    edges = known_ends | {m.end for m in registered}
    edges |= {m.end for m in names_by_head if m.cls == "Organization" and m.kind in _EDGE_KINDS}
    titled = quotations.titles_of_works(sentence, lexicon)
    named = edges | {m.end for m in (*heads, *titled)}
    measured = indicators(sentence, edges, lexicon)
    return [
        *all_places,
        *heads,
        *sites.sites(sentence, named, all_places, lexicon),
        *registered,
        *persons,
        *quotations.titles_of_works(sentence, lexicon),
        *quotations.quoted(sentence, lexicon),
        *quotations.standing(sentence, lexicon),
        *quotations.honours(sentence, lexicon),
        *plain_honours.bare_honours(sentence, lexicon),
        *plain_honours.granted(sentence, lexicon),
        *plain_honours.prizes(sentence, lexicon),
        *plain_honours.composed(sentence, lexicon),
        *plain_honours.homes(sentence, lexicon),
        *ranks.superlatives(sentence, lexicon),
        *titles,
        *names.agreements(sentence, lexicon),
        *firms.firms(sentence, lexicon),
        *events.numbered(sentence, lexicon),
        *events.opened_by_quotation(sentence, lexicon),
        *events.held(sentence, lexicon),
        *goods.products(sentence, lexicon),
        *branches.pointed(sentence, lexicon),
        *branches.teams(sentence, all_places, lexicon),
        *branches.branches(sentence, registered, all_places, lexicon),
        *branches.local_offices(sentence, all_places, lexicon),
        *context,
        *(m for m in organs if not any(t.start < m.end < t.end for t in titles)),
        *names.offices(sentence, lexicon),
        *lists.apposition_lists(sentence, lexicon),
        *lists.industries(sentence, lexicon),
        *lists.goods(sentence, lexicon),
        *lists.products_of_places(sentence, lexicon),
        *lists.goods_beside_goods(sentence, lexicon),
        *wares.wares(sentence, lexicon),
        *numbers,
        *counted(sentence, numbers, edges, lexicon),
        *(m for m in measured if _has_figure(m, numbers, sentence)),
        *names.relatives(sentence, lexicon),
    ]


def _has_figure(mention: Mention, numbers: Sequence[Mention], sentence: Sentence) -> bool:
    """Whether a figure stands next to an indicator: without one it is an ordinary noun."""
    for number in numbers:
        before = sentence.document[number.end : mention.start]
        if number.end <= mention.start and (not before or (before[0] in "的设用" and len(before) < 8)):
            return True
        between = sentence.document[mention.end : number.start]
        if mention.end <= number.start and len(between) <= 16 and not set(between) & set("。；！？"):
            return True
    return False


def _stem(name: str, lexicon: Lexicon) -> str | None:
    """Return a firm's name without the form of company at its end (北湖集团 → 北湖), if it was coined."""
    stem = next(
        (name.removesuffix(form) for form in lexicon.phrases["company_forms"] if name.endswith(form)), ""
    )
    return stem if len(stem) > 2 and stem not in lexicon.known and coined.is_coined(stem, lexicon) else None


def _learn(found: Iterable[Mention], lexicon: Lexicon) -> object:
    """Return an automaton over the names that the article itself introduces, and the coined parts of firms' names."""
    first: dict[str, Mention] = {}
    for mention in found:
        local = mention.cls == "Place" and not mention.keys
        if (mention.cls in _LEARNED or local) and not mention.anaphor and not mention.keys:
            name = mention.name or mention.text
            if name not in first:
                first[name] = replace(mention, name=None)
            if mention.cls == "Organization" and (stem := _stem(name, lexicon)):
                first.setdefault(stem, replace(mention, name=name))
            if mention.cls == "Organization" and (core := coined.core(name, lexicon)):
                first.setdefault(core, replace(mention, name=name, kind=_CORE))
    persons = {name: m for name, m in first.items() if m.cls == "Person"}
    for form, name in people.short_forms(persons, lexicon).items():
        first.setdefault(form, replace(persons[name], name=name))
    return automaton(first)


def _again(sentence: Sentence, learned: object) -> list[Mention]:
    """Return the places in a sentence where a learned name stands; its coined part must be a name of its own there."""
    return [
        replace(
            first,
            start=start,
            end=end,
            text=sentence.document[start:end],
            parts=(),
            kind="company" if first.kind == _CORE else first.kind,
        )
        for start, end, first in matches(learned, sentence.document, sentence.start, sentence.end)
        if first.kind != _CORE or _is_proper_word(sentence, start, end)
    ]


def _is_proper_word(sentence: Sentence, start: int, end: int) -> bool:
    """Whether the pipeline takes exactly these characters for a name."""
    return any((w.start, w.end, w.pos) == (start, end, "PROPN") for w in sentence.words)
