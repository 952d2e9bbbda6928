"""When a statement holds, and whether it is so, planned or denied."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

from kg.extraction.discourse import Discourse
from kg.extraction.rules import Rule, RuleFile, said
from kg.extraction.skeleton import Match, Skeleton
from kg.model import Mention
from kg.resources import load_yaml

_LISTED = frozenset({"heading", "roll", "listed-honour", "honour-of-unit"})  # an honour of a list
_FIGURES = frozenset({"Quantity", "Money", "Percent", "Growth"})
_GOES_ON = "；;：:"
_START = 6  # characters from a time to the figure that something rose from
_SETS = 2  # characters before a date in a clause that has nothing else
_SHORT = 8  # characters of a clause that only says when
_JOINING_TIMES = "、和及与"


def times(
    file: RuleFile, rule: Rule, match: Match, view: Skeleton, context: Discourse
) -> tuple[str | None, ...]:
    """Return the times (EDTF) of a match; several where a list of times stands before it."""
    found = _times(file, rule, match, view, context)
    day = _sales_day(anchor(file, match, view), view, context) if len(found) == 1 else None
    fits = day and (found[0] is None or ("/" not in found[0] and day.startswith(found[0])))
    return (day,) if fits else found


@cache
def _sales_days() -> dict[str, str]:
    """Return month and day of the days of sales by their name."""
    days = load_yaml(Path(__file__).with_name("times.yaml"))["sales_days"]
    return {str(name): str(day) for name, day in days.items()}


def _sales_day(limit: int, view: Skeleton, context: Discourse) -> str | None:
    """Return the day of the sales named last before a figure (去年“双11”一天走了3000单)."""
    for index in range(min(limit, len(view.text)) - 1, -1, -1):
        mention = view.mentions.get(index)
        if mention is None or mention.cls not in ("Time", "Event"):
            continue
        if mention.cls == "Time":
            if index - 1 in view.mentions and said("same_day", mention.text) == 0:
                continue  # “双11”|当天
            if mention.value and len(mention.value) > len("2020"):
                return None
            continue
        day = _sales_days().get(mention.text.strip("“”"))
        after = view.mentions.get(index + 1)
        itself = said("that_day", view.text[index + 1 :]) == 0
        if day is None or not (itself or (after is not None and said("same_day", after.text) == 0)):
            continue
        before = view.mentions.get(index - 1)
        if before is not None and before.cls == "Time" and before.value:
            return f"{before.value[:4]}-{day}"
        if context.published is None:
            return None
        later = f"-{day}" > context.published[len("2020") :]
        return f"{int(context.published[: len('2020')]) - later}-{day}"
    return None


def _times(
    file: RuleFile, rule: Rule, match: Match, view: Skeleton, context: Discourse
) -> tuple[str | None, ...]:
    """Return when a match is so, by the words around it.

    In this order: the time that the rule names, or that brackets after a holder hold; the last one before it
    in the sentence; that of the event the sentence goes on about; 目前 and the like; for lists, the year of the
    list, else the day on which it was read out; for states and figures, the last date of the paragraph or the
    article's own; for agreements, the day of the ceremony.
    """
    if named := tuple(m.value for m in match.roles.get("time", ()) if m.value):
        return named
    if aside := _time_in_aside(match, view):
        return (aside,)
    limit = anchor(file, match, view)
    dated = [
        i
        for i, m in sorted(view.mentions.items())
        if m.cls == "Time" and m.value and i < limit and not _of_start(view, i, limit)
    ]
    before = [i for i in dated if not view.mentions[i].kind]
    now = dated and view.mentions[dated[-1]].kind == "present"
    now = now and (file.factual or dated[-1] >= view.clause(limit, limit)[0])
    if now and file.factual:
        now = not _is_start(view, dated[-1], limit)
    if file.factual and _speaks_of_now(view, before, limit) and not now:
        return (context.published,)
    if before and not now:
        group = [before[-1]]
        while (earlier := group[0] - 2) in before and view.text[group[0] - 1] in _JOINING_TIMES:
            group.insert(0, earlier)
        return tuple(view.mentions[i].value for i in group)
    if _refers_back(view, match):
        return (context.time,)
    if dated:
        return (view.mentions[dated[-1]].value,)
    if year := _honour_year(match):
        return (year,)
    listed = rule.fill.get("title") in _LISTED or (
        rule.fill.get("grantor") == "list-issuer" and not rule.state
    )
    if listed or (context.list_year and _from_list(match, view)):
        return (context.list_year or context.signing,)
    if file.factual:
        start = view.clause(match.start, match.start)[0]
        present = said("present", view.text[start:limit]) is not None or _stands(view, start, limit, context)
        return (context.published if present else context.paragraph_time or context.published,)
    if file.by_paragraph and context.paragraph_time:
        return (context.paragraph_time,)
    return (context.published if rule.state else None,)


def _speaks_of_now(view: Skeleton, before: Sequence[int], limit: int) -> bool:
    """Whether the clause of a figure speaks of the present, and the last time before it stands in another."""
    start = view.clause(limit, limit)[0]
    if not before:
        return False
    # A date that is all of the clause before sets the next, too: 到2018年，
    last = before[-1]
    elsewhere = last < start - 2 or (last < start and last - view.clause(last, last)[0] > _SETS)
    return elsewhere and said("present", view.text[start:limit]) is not None


def _stands(view: Skeleton, start: int, limit: int, context: Discourse) -> bool:
    """Whether the clause of a figure says what there is, in a sentence that goes on with none before it."""
    first = view.offsets[0]
    goes_on = context.text[first - 1 : first] in tuple(_GOES_ON)
    clause = view.text[start:limit]
    return not goes_on and said("there_is", clause) is not None and said("was_then", clause) is None


def _is_start(view: Skeleton, present: int, limit: int) -> bool:
    """Whether 目前 and the like are of the figure that another rises from (由|目前|的两成提高到|四成)."""
    if not any(m.cls in _FIGURES for m in view.within(present, view.clause(present, limit)[1])):
        return False
    return said("rises_from", view.text[view.clause(present, present)[0] : present]) is not None


def _of_start(view: Skeleton, time: int, limit: int) -> bool:
    """Whether a time is of the figure that something rose from (由|去年|的1.3亿元增至|2亿元)."""
    if said("from", view.text[max(0, time - 1) : time]) is None:
        return False
    figures = (i for i in range(time + 1, min(time + _START, limit)) if i in view.mentions)
    return any(view.mentions[i].cls in _FIGURES for i in figures)


def is_earlier(match: Match, view: Skeleton) -> bool:
    """Whether the clause of a match tells of some time before, which it does not name (此前，|甲县与乙平台签约)."""
    start, end = view.clause(match.start, match.end)
    first = _led_in(start, view)
    vague = "".join(m.text for m in view.within(first, end) if m.cls == "Time" and not m.value)
    return said("earlier", view.text[first:end] + vague) is not None


def _led_in(start: int, view: Skeleton) -> int:
    """Return where the clause begins that only says when the one from ``start`` on happens, else ``start``."""
    before = view.clause(start - 1, start - 1)[0] if start else start
    return before if start - before <= _SHORT else start


def occasion(
    roles: Mapping[str, tuple[Mention | str, ...]], match: Match, view: Skeleton, context: Discourse
) -> str | None:
    """Return the day of the event that an article tells of, for what is signed or held there and has no date."""
    day = context.signing or context.occasion
    elsewhen = context.paragraph_time and not (day or "").startswith(context.paragraph_time)
    if day is None or elsewhen or is_earlier(match, view):
        return None
    start, end = view.clause(match.start, match.end)
    clauses = view.text[_led_in(start, view) : end]
    signed = {"agreement", "procurement"} & set(roles.get("kind", ()))
    there = said("there", view.text[: match.end]) is not None or said("of_event", clauses) is not None
    return day if signed or there else None


def time_in_clause(match: Match, view: Skeleton) -> str | None:
    """Return the last date of the clauses of a match, or right before them."""
    before = view.clause(match.start - 1, match.start - 1)[0] if match.start else 0
    return next(reversed(_dates(view, max(before, match.start - _SHORT), match.end)), None)


def time_of_opening(match: Match, view: Skeleton) -> str | None:
    """Return when what a match builds was opened, if a clause behind it says so (…建起云仓，上月18日启用)."""
    behind = min(view.clause(match.end, match.end)[1] + 1, len(view.text))
    end = view.clause(behind, behind)[1]
    dated = _dates(view, match.end, end)
    return dated[0] if dated and said("opens_at", view.text[match.end : end]) == 0 else None


def _dates(view: Skeleton, start: int, end: int) -> list[str]:
    return [m.value for m in view.within(start, end) if m.cls == "Time" and m.value and not m.kind]


def _time_in_aside(match: Match, view: Skeleton) -> str | None:
    """Return the time that stands in brackets after a holder (甲村（2013年）、乙村（2014年）)."""
    for mention in match.roles.get("holder", ()):
        index = view.index(mention.start)
        time = view.mentions.get(index + 2)
        marks = view.text[index + 1 : index + 2] + view.text[index + 3 : index + 4]
        if time is not None and time.cls == "Time" and marks in ("（）", "()"):
            return time.value
    return None


def anchor(file: RuleFile, match: Match, view: Skeleton) -> int:
    """Return where in the skeleton a time must stand before: a figure, or the end of the match."""
    if not file.factual:
        return match.end
    starts = [m.start for role in file.each for m in match.roles.get(role, ())]
    return view.index(min(starts)) if starts else match.end


def _honour_year(match: Match) -> str | None:
    """Return the year in the name of an honour (2020年淘宝村百强县)."""
    years = (re.match(r"[“《]?((?:19|20)\d\d)年?", m.text) for m in match.roles.get("title", ()))
    return next((year[1] for year in years if year), None)


def _from_list(match: Match, view: Skeleton) -> bool:
    """Whether a holder is read off a list (名单, 榜单), which is of the year of the list."""
    start, end = view.clause(match.start, match.end)
    text = view.text[start : min(end + 40, len(view.text))]
    return said("on_list", text) is not None


def _refers_back(view: Skeleton, match: Match) -> bool:
    return said("same_event", view.text[: match.end]) is not None


def modality_of(match: Match, view: Skeleton, figure: bool) -> str:
    """Return what the clause says of a match; a figure is planned if the sentence expects it."""
    start, _end = view.clause(match.start, match.end)
    region = view.text[start : max(match.end, start)]
    region = region if said("disposal", region) is None else region.replace("将", "把")
    if said("negated", region) is not None:
        return "negated"
    done = said("done", region) is not None
    if not done and (said("planned", region) is not None or (not figure and _goes_on_planning(view, start))):
        return "planned"
    heads = [m.text for m in match.roles.get("indicator", ())] if figure else []
    values = match.roles.get("value", ()) if figure else ()
    at = view.index(values[0].start) if values else 0
    if values and _rises(view, at):
        return "actual"
    expected = figure and any(said("expected", text) is not None for text in (view.text[: match.end], *heads))
    expected = expected or (bool(values) and not done and _by_a_day_to_come(view, at))
    return "planned" if expected else "actual"


def _rises(view: Skeleton, value: int) -> bool:
    """Whether a figure is what something rises from (力争由目前的|两成|提高到四成)."""
    start = view.clause(value, value)[0]
    return (
        said("rises_from", view.text[start:value]) is not None
        and said("rises_to", view.text[value + 1 : value + 8]) == 0
    )


def _by_a_day_to_come(view: Skeleton, value: int) -> bool:
    """Whether the clause of a figure says until when it is to be reached (年底前, 年内)."""
    start = view.clause(value, value)[0]
    times = [i for i in range(start, value) if i in view.mentions and view.mentions[i].cls == "Time"]
    return any(
        said("by_then", view.mentions[i].text + view.text[i + 1 : i + 2]) is not None
        and said("reached", view.text[i + 1 : value]) is None
        for i in times
    )


def _goes_on_planning(view: Skeleton, start: int) -> bool:
    """Whether the clause before one that has no subject of its own states a plan (计划扩建，|新增60座)."""
    first = view.mentions.get(start)
    if start < 1 or view.text[start - 1] not in "，," or (first and first.cls not in ("Time", "Quantity")):
        return False
    return said("plans_on", view.text[view.clause(start - 1, start - 1)[0] : start]) is not None


def is_later(time: str | None, published: str | None) -> bool:
    """Whether a time begins after the article appeared, so that what it tells of is still to come."""
    if not time or not published:
        return False
    start = time.split("/")[0]
    length = min(len(start), len(published))
    return start[:length] > published[:length]


def states_criteria(view: Skeleton, context: Discourse) -> bool:
    """Whether a sentence says what would have to hold (认定标准), or goes on to list it (二是…)."""
    starts = said("criteria", view.text) is not None
    goes_on = context.criteria and said("criteria_continued", view.text) is not None
    context.criteria = starts or goes_on
    return context.criteria
