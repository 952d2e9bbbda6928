"""Posts and who holds them: the place or body of a post, and the person that a clause without one speaks of."""

from __future__ import annotations

from kg.extraction.clauses import implied_level, is_relative
from kg.extraction.discourse import Discourse
from kg.extraction.lexicon import Lexicon
from kg.extraction.skeleton import Match, Skeleton
from kg.model import Mention

_GOVERNING = frozenset({"government", "party"})
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


def governed_place(body: Mention) -> Mention | None:
    """Return the place of a government or party body: what it counts is the place's."""
    if body.cls != "Organization" or body.kind not in _GOVERNING:
        return None
    if body.anaphor == "home":
        return Mention("Place", body.start, body.start, "", anaphor="home", level=body.level)
    return next((part for part in reversed(body.parts) if part.cls == "Place"), None)
