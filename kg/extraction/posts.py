"""Posts and who holds them: the place or body of a post, and the person that a clause without one speaks of."""

from __future__ import annotations

from kg.extraction.clauses import implied_level, is_relative
from kg.extraction.discourse import Discourse
from kg.extraction.lexicon import Lexicon, matches
from kg.extraction.skeleton import Match, Skeleton
from kg.model import Mention

_LONGEST_BODY = 8  # characters of a word for a body before a post
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


def body_meant(view: Skeleton, match: Match, start: int, lexicon: Lexicon) -> Mention | None:
    """Return the body in context that a post is of by the word before it (协会|会长: the association named last)."""
    for title in match.roles.get("title", ())[:1]:
        at = view.index(title.start)
        first = at
        while first > 0 and at - first < _LONGEST_BODY and "一" <= view.text[first - 1] <= "鿿":
            first -= 1
        before = view.text[first:at]
        heads = [
            head.text
            for _, end, head in matches(lexicon.heads, before)
            if end == len(before) and head.cls in _BODIES and len(head.text) > 1
        ]
        if heads:
            kind = max(heads, key=len)
            return Mention("Organization", start, start, "", anaphor="last", kind=kind)
    return None


def body_of_kind(match: Match, start: int, lexicon: Lexicon) -> Mention | None:
    """Return the body named last of the kind that has such a post (理事长: a cooperative or association)."""
    for title in match.roles.get("title", ())[:1]:
        for post, bodies in lexicon.phrases["post_bodies"].items():
            if title.text.endswith(post):
                return Mention("Organization", start, start, "", anaphor="last", kind="|".join(bodies))
    return None


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
