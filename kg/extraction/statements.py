"""Rules applied to an article: each match of a rule becomes a statement, with time and modality."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import product
from typing import Any

from kg.extraction import rolls
from kg.extraction.dates import choose
from kg.extraction.discourse import Discourse, note_offices, remember
from kg.extraction.figures import is_handful
from kg.extraction.fillers import filler
from kg.extraction.grammar import SENTENCE_END
from kg.extraction.heads import is_located, is_no_head
from kg.extraction.history import key
from kg.extraction.lexicon import Lexicon
from kg.extraction.likely import participants
from kg.extraction.matching import matches_of
from kg.extraction.repeats import without_repeats
from kg.extraction.rivals import most_telling, of_surest_time, once
from kg.extraction.rules import Rule, RuleFile, vocabulary
from kg.extraction.rules.index import all_rules, indexed
from kg.extraction.sentences import Sentence
from kg.extraction.skeleton import Match, Skeleton, skeleton
from kg.extraction.surroundings import (
    behind,
    evidence,
    is_denied,
    is_hope,
    is_rumour,
    not_together,
    parts_of,
    settings,
    with_listed,
)
from kg.extraction.when import (
    is_later,
    modality_of,
    occasion,
    states_criteria,
    time_in_clause,
    time_of_opening,
    times,
)
from kg.model import Mention, Statement

_HEADING = 24  # characters
_PIECE, _POINTS = "个", "点"  # 5个乡镇, but 3个百分点
_NOT_OF_FACTS = frozenset({"time", "deed"})  # a fact has its time beside its roles, and its verb not at all
_OF_A_PARAGRAPH = frozenset({"Platform", "Organization"})  # a new paragraph no longer speaks of them
Watch = Callable[[Rule, Skeleton, Sentence, list[Statement]], None]


def find_statements(
    read: Sequence[tuple[Sentence, tuple[Mention, ...]]],
    lexicon: Lexicon,
    published: str | None = None,
    files: Sequence[RuleFile] | None = None,
    watch: Watch | None = None,
) -> list[Statement]:
    """Return what the rules (of ``files``, else all) read in one article, in the order of the text.

    ``watch`` is told of every rule that was tried on a sentence, with what it read there.
    """
    tried = all_rules() if files is None else indexed(files)
    context = Discourse(published=published)
    context.history.total.update(key(m) for _, mentions in read for m in mentions)
    found: list[Statement] = []
    for number, (sentence, mentions) in enumerate(read):
        context.text = sentence.document
        context.following = read[number + 1][0].text if number + 1 < len(read) else ""
        if sentence.document[sentence.start - 1 : sentence.start] == "\n":
            context.paragraph_time = None
            context.history.paragraph += 1
            context.named = ()
            context.measured = {}
            if _is_heading(sentence):
                context.topic = context.subject = None
            elif context.topic is not None and context.topic.cls in _OF_A_PARAGRAPH:
                context.topic = None
        if sentence.is_unread and not (mentions or context.heading):
            context.history.sentence += 1
            continue
        view = skeleton(sentence, mentions, vocabulary())
        note_offices(context, view, lexicon)
        if not context.heading and rolls.reopens(view):
            context.heading = context.roll
        criteria = states_criteria(view, context)
        for file, rules in tried.possible(view.characters) if watch is None else tried.everything():
            if file.factual and criteria:
                continue
            here: list[Statement] = []
            for rule, patterns in rules:
                read_here = _read_by(here) if rule.likely is not None else frozenset()
                made = [
                    statement
                    for match in matches_of(rule, patterns, view, sentence)
                    if rule.likely is None or not _is_read(match, read_here)
                    for statement in _statements(file, rule, match, view, sentence, context, lexicon)
                ]
                if file.together is not None and read_here:  # who acts with another here acts with no third
                    made = [s for s in made if read_here.isdisjoint(_read_by([s]))]
                here.extend(made)
                if watch is not None:
                    watch(rule, view, sentence, made)
            here = most_telling(here, dated=file.by_paragraph)
            if not file.by_paragraph:
                here = of_surest_time(here)
            for role in file.once:
                here = once(role, here)
            for role in file.yields:
                others = set(file.each) - {role}
                here = once(role, here, {rule.id for rule in file.rules if others & set(rule.fill)})
            found.extend(here)
        remember(context, view, mentions, lexicon)
    return without_repeats(found)


def _is_heading(sentence: Sentence) -> bool:
    """Whether a sentence is a short paragraph of its own without a mark at its end."""
    alone = sentence.document[sentence.end : sentence.end + 1] in ("\n", "")
    return alone and len(sentence.text) <= _HEADING and sentence.text[-1] not in SENTENCE_END + "，；：”"


def _statements(
    file: RuleFile,
    rule: Rule,
    match: Match,
    view: Skeleton,
    sentence: Sentence,
    context: Discourse,
    lexicon: Lexicon,
) -> Iterator[Statement]:
    roles: dict[str, tuple[Mention | str, ...]] = {
        role: values for role, values in match.roles.items() if role not in _NOT_OF_FACTS
    }
    for role, units in file.behind.items():
        if not roles.get(role) and (figure := behind(match, view, units)) is not None:
            roles[role] = (figure,)
    for role in file.agents:
        if role in roles:
            roles[role] = tuple(v for v in roles[role] if isinstance(v, str) or not is_located(v, view))
    for role in file.heads:
        if role in roles:
            roles[role] = tuple(v for v in roles[role] if isinstance(v, str) or not is_no_head(v, view))
            if not roles[role]:
                return
    if any(isinstance(m, Mention) and is_handful(m) for role in file.noted for m in roles.get(role, ())):
        return
    for role, counters in file.counters.items():
        if counted := tuple(v for v in roles.pop(role, ()) if isinstance(v, str) or v.kind in counters):
            roles[role] = counted
    for role in rule.goods:
        roles[role] = tuple(parts_of(roles.get(role, ()), role.capitalize()))
    if rule.likely is not None:
        if any(not roles[role] for role in rule.goods):
            return  # no goods in what is measured
        what = next((value for values in roles.values() for value in values), None)
        if not isinstance(what, Mention):
            return
        found = participants(rule, what, match.start, view, context.history)
        if found is None:
            return
        roles.update({role: (*roles.get(role, ()), other) for role, other in found.items()})
        at = [view.index(m.start) for m in found.values() if m.text and m.start >= view.offsets[0]]
        match = (
            Match(min(match.start, *at), max(match.end, *(i + 1 for i in at)), match.roles) if at else match
        )
        if file.together is not None:
            if not_together(roles, view, file.together):
                return
            roles = with_listed(roles, view)
    for role, how in (*rule.fill.items(), *rule.also.items()):
        if role in rule.also or len(roles.get(role, ())) < file.least.get(role, 1):
            found_filler = filler(how, match, view, context, lexicon)
            if found_filler is not None:
                several = found_filler if isinstance(found_filler, tuple) else (found_filler,)
                roles[role] = (*roles.get(role, ()), *several)
            elif how == "described":
                return
    for role, values in rule.set.items():
        roles.setdefault(role, values)
    told = match if rule.likely is None else Match(*view.clause(match.start, match.end), match.roles)
    roles.update(settings(file, told, view, roles))
    span = evidence(match, view, sentence)
    modality = rule.modality or modality_of(told, view, file.factual)
    if rule.likely is not None and modality == "negated":
        return  # weights say that something is so, not that it is not
    if file.settings and modality != "negated" and is_hope(match, view):
        return
    if modality != "negated" and is_rumour(match, view):
        if not file.timed or not is_denied(view, context):
            return  # nobody says that it is so
        modality = "negated"
    when: tuple[str | None, ...] = (None,)
    if file.timed:
        when = (time_in_clause(told, view),) if rule.undated else times(file, rule, told, view, context)
    if file.built_in and when == (None,):
        when = (time_of_opening(match, view),)
    if "day" in file.settings and when == (None,):
        when = (occasion(roles, match, view, context),)
    if file.timed and len(when) == 1 and "time" not in match.roles:
        when = (choose(file, rule, match, view, context, when[0]),)
    for time, shared in _in_turn(rule, match, roles, when):
        for split in _apart(rule, shared, file.each):
            if file.fits and not rolls.can_hold(split, lexicon):
                continue
            for role in rule.join:
                split[role] = (
                    "".join(m if isinstance(m, str) else m.name or m.text for m in split.get(role, ())),
                )
            for role, source in rule.copy.items():
                split[role] = split[source]
            for role, source in file.units.items():
                units = tuple(
                    _unit(m.kind) for m in split.get(source, ()) if isinstance(m, Mention) and m.kind
                )
                if units:
                    split[role] = units
            yield Statement(
                type=file.type,
                roles=split,
                start=span[0],
                end=span[1],
                rule=rule.id,
                confidence=rule.measured,
                weight=rule.confidence,
                time=time,
                modality="planned"
                if modality == "actual" and is_later(time, context.published)
                else modality,
                check=rule.check,
            )


def _unit(unit: str) -> str:
    """Return the measure word of a unit that names what it counts, too (5个乡镇)."""
    return _PIECE if unit.startswith(_PIECE) and not unit.endswith(_POINTS) else unit


def _read_by(statements: Sequence[Statement]) -> frozenset[int]:
    """Return where the mentions start that statements have read."""
    values = (m for s in statements for values in s.roles.values() for m in values)
    return frozenset(m.start for m in values if isinstance(m, Mention))


def _is_read(match: Match, read: frozenset[int]) -> bool:
    """Whether what a match found is among what other rules have read."""
    return any(m.start in read for values in match.roles.values() for m in values)


def _in_turn(
    rule: Rule, match: Match, roles: Mapping[str, Any], times: tuple[str | None, ...]
) -> Iterator[tuple[str | None, Mapping[str, Any]]]:
    """Yield each time with its roles; lists that belong together in turn (分别) are paired off."""
    if not rule.pairs:
        for time in times:
            yield time, roles
        return
    lists = [match.roles.get(role, ()) for role in rule.pairs]
    if len({len(values) for values in lists}) == 1:  # lists of unequal length say nothing certain
        for values in zip(*lists, strict=True):
            paired = dict(zip(rule.pairs, values, strict=True))
            time = paired.pop("time", None)
            yield (time.value if time else times[-1]), {**roles, **{role: (v,) for role, v in paired.items()}}


def _apart(
    rule: Rule, roles: Mapping[str, Any], each: tuple[str, ...]
) -> Iterator[dict[str, tuple[Mention | str, ...]]]:
    """Split roles into those of single facts: one for each value of an ``each`` or ``apart`` role."""
    shared = {role: values for role, values in roles.items() if role not in rule.apart}
    for extra in product(*((value for value in roles.get(role, ())) for role in rule.apart)):
        joined = dict(shared)
        for value, role in zip(extra, rule.apart.values(), strict=True):
            joined[role] = (value, *joined.get(role, ()))
        for choice in product(*(joined.get(role, ()) for role in each)):
            yield {**joined, **{role: (value,) for role, value in zip(each, choice, strict=True)}}
