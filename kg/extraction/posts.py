"""Posts and who holds them: the place or body of a post, and the person that a clause without one speaks of."""

from __future__ import annotations

from kg.extraction.clauses import SUBJECTS, implied_level, is_relative
from kg.extraction.discourse import Discourse
from kg.extraction.lexicon import Lexicon
from kg.extraction.skeleton import Match, Skeleton
from kg.model import Mention

_BODIES = frozenset({"Platform", "Organization", "Facility"})


def place_of_post(match: Match, start: int, lexicon: Lexicon) -> Mention | None:
    """Return the place in context whose level a post tells (县长, 村支书)."""
    levels = (implied_level(m.text, lexicon) for m in match.roles.get("title", ()))
    level = next((level for level in levels if level), None)
    return Mention("Place", start, start, "", anaphor="context", level=level) if level else None


def body_before(view: Skeleton, match: Match, context: Discourse) -> Mention | None:
    """Return the body of a post that stands without one: the last one named in the sentence, else its subject."""
    named = [
        i for i, m in view.mentions.items() if i < match.end and m.cls in _BODIES and m.kind != "counted"
    ]
    if named:
        return view.mentions[max(named)]
    subject = context.subject
    return subject if subject is not None and subject.cls in _BODIES else None


def person_before(view: Skeleton, match: Match) -> Mention | None:
    """Return the person named last before a match who is nobody's relative."""
    people = [i for i, m in view.mentions.items() if i < match.start and m.cls == "Person"]
    return next((view.mentions[i] for i in sorted(people, reverse=True) if not is_relative(view, i)), None)


def office_of(view: Skeleton, index: int) -> Mention | None:
    """Return the body or place of the post that a person is named with (甲公司|总经理|乙)."""
    at = index - 1
    while at in view.mentions and view.mentions[at].cls == "JobTitle":
        at -= 1
    body = view.mentions.get(at)
    return body if at < index - 1 and body is not None and body.cls in SUBJECTS else None
