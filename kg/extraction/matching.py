"""Matches of a rule in a sentence, and which of them count."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace

from kg.extraction import rolls
from kg.extraction.grammar import CLAUSE_END, Pattern
from kg.extraction.rules import Rule, said, vocabulary
from kg.extraction.sentences import Sentence
from kg.extraction.skeleton import Match, Skeleton, skeleton
from kg.model import Mention

_FIGURES = frozenset({"Quantity", "Money", "Percent", "Growth"})
_SUMS = frozenset({"Actor", "Quantity"})
_OF_PLACES = frozenset({"Place", "Person", "Organization", "Facility"})
_MODIFIERS = frozenset({"Place", "Organization"})  # may stand before another name as its attribute


def matches_of(
    rule: Rule, patterns: Sequence[Pattern], view: Skeleton, sentence: Sentence
) -> Iterator[Match]:
    """Yield the matches of a rule's patterns in a sentence, or inside its mentions, without those that say less."""
    if rule.inside:
        for index, mention in view.mentions.items():
            if mention.cls in rule.inside and mention.parts and not mention.anaphor:
                inner = replace(sentence, start=mention.start, end=mention.end)
                for match in search(patterns, skeleton(inner, mention.parts, vocabulary())):
                    roles = {**match.roles, rule.self_role or "self": (mention,)}
                    outer = Match(index, index + 1, roles)
                    if hindrance(rule, view, outer) is None:
                        yield outer
        return
    found = list(search(patterns, view))
    for match in found:
        if hindrance(rule, view, match):
            continue
        if rule.likely is not None:  # of one name each: none says more than another
            yield match
            continue
        covered = any(
            match is not other
            and match.mentions < other.mentions
            and match.start < other.end
            and other.start < match.end
            for other in found
        )
        if not covered and not any(_is_attribute(match, other, view) for other in found):
            yield match


def _names_onlooker(match: Match, view: Skeleton) -> bool:
    """Whether the first partner of a match only helps or looks on (在甲见证下，乙…), or stands in an aside."""
    first = min((m.start for m in match.roles.get("partner", ())), default=None)
    if first is None:
        return False
    index = view.index(first)
    opened = max(view.text.rfind(mark, 0, index) for mark in "（(")
    closed = view.text.find("）" if view.text[opened] == "（" else ")", index) if opened >= 0 else -1
    aside = opened >= 0 and index < closed < match.end and not set("）)") & set(view.text[opened:index])
    return aside or said("onlooker", view.text[max(0, index - 1) : index + 10]) == 1


def _is_of_unnamed(mention: Mention, view: Skeleton) -> bool:
    """Whether a place only says where somebody is from whom the text does not name (北京一家律师事务所)."""
    index = view.index(mention.start)
    return mention.cls == "Place" and said("unnamed", view.text[index + 1 : index + 10]) is not None


def hindrance(rule: Rule, view: Skeleton, match: Match) -> str | None:
    """Return the key of the rule (``unless`` …) by which a match of its pattern does not count, or None."""
    if not rule.helpers and _names_onlooker(match, view):
        return "helpers"
    if any(_is_of_unnamed(m, view) for m in match.roles.get("partner", ())):
        return "unnamed"
    if any(m.anaphor == "main" for role in rule.named for m in match.roles.get(role, ())):
        return "named"
    if rule.unless and _stands_in_clause(rule.unless, view, match, 1):
        return "unless"
    if rule.says and not _says(rule.says, view, *view.clause(match.start, match.end)):
        return "says"
    if not _is_verb(view, match):
        return "deed"
    if rule.somewhere and not _says(rule.somewhere, view, 0, len(view.text)):
        return "somewhere"
    if rule.unless_before and rule.unless_before.regex.search("\n" + view.text[: match.end]):
        return "unless-before"
    if rule.needs_before and not rule.needs_before.regex.search(f"\n{view.text[: match.start]}\n"):
        return "needs-before"
    if rule.unless_next and _stands_in_clause(rule.unless_next, view, match, 2):
        return "unless-next"
    return None


def _is_attribute(match: Match, other: Match, view: Skeleton) -> bool:
    """Whether two matches differ in one filler, and that of the first modifies that of the other.

    吕国平的儿子吕小宇任总经理: it is the son who holds the post.
    """
    mine, theirs = match.mentions - other.mentions, other.mentions - match.mentions
    if len(mine) != 1 or {role for role, _ in mine} != {role for role, _ in theirs}:
        return False
    ((_, start),) = mine
    if start > min(offset for _, offset in theirs):
        return False
    index = view.index(start)
    if index in view.mentions and view.mentions[index].cls in _FIGURES:
        return False  # 2200名|妇女: nobody's wife
    return said("attribute", view.text[index + 1 :]) is not None


def search(patterns: Sequence[Pattern], view: Skeleton) -> Iterator[Match]:
    """Yield every match from every starting point; a mark before and after lets ^ and $ match."""
    seen = set()
    for pattern in patterns:
        at = 0
        while (
            at < len(view.byte_starts)
            and (match := pattern.regex.search(view.encoded, view.byte_starts[at])) is not None
        ):
            first, last = (bisect_left(view.byte_starts, offset) for offset in match.span())
            at = first + 1
            roles: dict[str, tuple[Mention, ...]] = {}
            for number, role in enumerate(pattern.roles, 1):
                if match.span(number)[0] >= 0:
                    start, end = (bisect_left(view.byte_starts, offset) - 1 for offset in match.span(number))
                    roles[role] = roles.get(role, ()) + (_items(view, start, end) or _word(view, start, end))
            opens = max(first - 1, 0)
            if view.text[opens : opens + 1] in (
                *CLAUSE_END,
            ):  # the mark that ^ stands for ends the clause before
                opens += 1
            result = Match(opens, min(last - 1, len(view.text)), roles)
            key = result.mentions or frozenset({("", result.start)})
            if key not in seen:
                seen.add(key)
                yield result


def _word(view: Skeleton, start: int, end: int) -> tuple[Mention, ...]:
    """Return a trigger word that fills a role itself."""
    return (Mention("Word", view.offsets[start], view.ends[end - 1], view.text[start:end]),)


def _items(view: Skeleton, start: int, end: int) -> tuple[Mention, ...]:
    """Return the mentions of a list; of names side by side (某县某公司) the last is the one meant.

    So is the owner that another is named for (甲平台的东家乙公司). What stands in brackets is left out, unless
    it is the members of the place before them (甲镇（乙村、丙村）).
    """
    found: list[Mention] = []
    depth = 0
    for index in range(start, end):
        if view.text[index] in "（(":
            closing = next((i for i in range(index, end) if view.text[i] in "）)"), index)
            listing = rolls.members_in_aside(view, index, closing)
            found = found[:-1] if listing else found
            depth += not listing
        depth -= view.text[index] in "）)" and depth > 0
        mention = view.mentions.get(index)
        after = view.mentions.get(index + 1) if index + 1 < end else None
        modifies = after and after.cls not in _SUMS and mention and mention.cls in _MODIFIERS
        modifies = modifies or (mention and (_is_area(view, index, end) or _describes(view, index, end)))
        modifies = modifies or (mention and mention.cls == "Quantity" and _measures_goods(view, index, end))
        sums = found and mention and mention.cls in _SUMS and found[0].cls not in _SUMS  # 甲、乙、丙三家
        behind = (
            mention and mention.cls == "Place" and found and _runs_on(view, index, start)
        )  # 甲平台|乙省服务商
        if (
            mention
            and not sums
            and not modifies
            and not behind
            and not depth
            and said("owned-by", view.text[index + 1 : end]) is None
        ):
            found.append(mention)
    return tuple(m for m in found if m is found[0] or not _is_of_elsewhere(m))


def _runs_on(view: Skeleton, index: int, start: int) -> bool:
    """Whether a name follows the name of a body without a mark between, and so is but a part of a longer one."""
    before = view.mentions.get(index - 1) if index > start else None
    return before is not None and before.cls in ("Organization", "Platform")


def _is_of_elsewhere(mention: Mention) -> bool:
    """Whether goods of a list open with a place of their own (甲大蒜、|乙花椒)."""
    parts = mention.parts if mention.cls == "Product" else ()
    return any(part.cls == "Place" and part.start == mention.start for part in parts)


def _describes(view: Skeleton, index: int, end: int) -> bool:
    """Whether a place or person says which the next name is (总部设在|甲市|的乙平台; |他|所在的丙村)."""
    if view.mentions[index].cls not in ("Place", "Person"):
        return False
    return said("describes", view.text[index + 1 : end]) == 0


def _measures_goods(view: Skeleton, index: int, end: int) -> bool:
    """Whether a quantity is that of the goods behind it in a list (3吨大蒜、5吨的土豆)."""
    after = (view.mentions.get(i) for i in (index + 1, index + 2) if i < end)
    return any(mention is not None and mention.cls == "Product" for mention in after)


def _is_area(view: Skeleton, index: int, end: int) -> bool:
    """Whether a place only says where the next is or comes from (甲镇的|乙村, 甲县的|丙)."""
    after = view.mentions.get(index + 2) if index + 2 < end else None
    of = said("relative", view.text[index + 1 : index + 2]) is not None
    return of and after is not None and view.mentions[index].cls == "Place" and after.cls in _OF_PLACES


def _stands_in_clause(pattern: Pattern, view: Skeleton, match: Match, clauses: int) -> bool:
    """Whether a pattern stands in the clause of a match, or in that many clauses from it on."""
    start, end = view.clause(match.start, match.end)
    for _ in range(clauses - 1):
        end = view.clause(end, min(end + 1, len(view.text)))[1]
    return pattern.regex.search(f"\n{view.text[start:end]}\n") is not None


def _is_verb(view: Skeleton, match: Match) -> bool:
    """Whether the word that fills the role ``deed``, if there is one, is a verb of its own."""
    return all(view.index(word.start) in view.verbs for word in match.roles.get("deed", ()))


def _says(pattern: Pattern, view: Skeleton, start: int, end: int) -> bool:
    """Whether a pattern stands in a part of a sentence, the measures among its mentions read as text."""
    measures = "".join(
        m.text for m in view.within(start, end) if m.cls in ("Indicator", "CountNoun", "Facility")
    )
    return pattern.regex.search(f"\n{view.text[start:end]}\n{measures}\n") is not None
