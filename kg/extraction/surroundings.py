"""What stands around a match and belongs to its fact: where it happened, how much it was worth, who only says so."""

from __future__ import annotations

from kg.extraction.discourse import Discourse
from kg.extraction.rules import RuleFile, said
from kg.extraction.skeleton import Match, Skeleton
from kg.model import Mention

_BEFORE = 10  # characters of a skeleton before a sum that may say what it is


def settings(file: RuleFile, match: Match, view: Skeleton) -> dict[str, tuple[Mention, ...]]:
    """Return the roles of ``file.settings`` that the pattern of a match leaves open but its clause fills."""
    found: dict[str, tuple[Mention, ...]] = {}
    used = {m.start for values in match.roles.values() for m in values}
    if "place" in file.settings and "place" not in match.roles and (place := _place(match, view, used)):
        found["place"] = (place,)
    if "amount" in file.settings and "amount" not in match.roles and (amount := _amount(match, view)):
        found["amount"] = (amount,)
    return found


def _place(match: Match, view: Skeleton, used: set[int]) -> Mention | None:
    """Return the place after 在 or 于 in the clause of a match, up to its end; of a chain the smallest."""
    start, _ = view.clause(match.start, match.end)
    at = match.end - 1
    while at > start:
        mention = view.mentions.get(at)
        if (
            mention is not None
            and mention.cls == "Place"
            and mention.start not in used
            and not mention.anaphor
        ):
            first = at
            while first - 1 in view.mentions and view.mentions[first - 1].cls == "Place":
                first -= 1
            if said("at", view.text[max(start, first - 1) : first]) is not None:
                return mention
        at -= 1
    return None


def _amount(match: Match, view: Skeleton) -> Mention | None:
    """Return the one sum of money in the rest of a sentence that is said to be its worth."""
    sums = [
        mention
        for i, mention in sorted(view.mentions.items())
        if i > match.start
        and mention.cls == "Money"
        and said("worth", view.text[max(0, i - _BEFORE) : i + 1]) is not None
    ]
    return sums[0] if len(sums) == 1 else None


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
