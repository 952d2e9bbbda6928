"""Where one of two names ends that the recognisers let overlap, and the other begins: posts, bodies, places, firms."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kg.extraction import coined
from kg.extraction.lexicon import Lexicon, matches
from kg.extraction.sentences import Sentence
from kg.model import Mention

_OWN_PLACE_KINDS = frozenset(
    {"government", "party", "mass", "post", "education", "media", "association", "research"}
)


def without_end(place: Mention) -> Mention:
    """Leave its unit to the party post that it opens (武功|县委书记)."""
    return replace(place, end=place.end - 1, text=place.text[:-1], name=place.text)


def without_body(title: Mention, bodies: Sequence[Mention]) -> Mention:
    """Leave to a body the end of its own name: 国务院扶贫办|主任. Party bodies stay in the post (县委书记)."""
    for body in bodies:
        if body.start < title.start < body.end < title.end and body.kind != "party":
            return replace(title, start=body.end, text=title.text[body.end - title.start :])
    return title


def without_unit(title: Mention, known: Sequence[Mention]) -> Mention:
    """Leave the unit to the place whose name it closes: 大岗镇|党委书记, not 镇党委书记."""
    if any(place.start < title.start < place.end < title.end for place in known):
        end = next(place.end for place in known if place.start < title.start < place.end < title.end)
        return replace(title, start=end, text=title.text[end - title.start :])
    return title


def without_places(
    mention: Mention, known: Sequence[Mention], sentence: Sentence, lexicon: Lexicon
) -> Mention:
    """Cut places that only say where a firm or facility is off its name (沙集镇|东风庄园)."""
    if mention.cls not in ("Organization", "Facility") or mention.kind in _OWN_PLACE_KINDS:
        return mention
    start = mention.start
    head_start = mention.end - 2
    while True:
        place = max(
            (p for p in known if p.start == start and p.end < head_start), key=lambda p: p.end, default=None
        )
        if place is None or not _has_unit(place, lexicon):
            break  # a short form is part of the name (杭州|云山食品有限公司)
        rest = sentence.document[place.end : head_start]
        named = any(not known.weak for _, _, known in matches(lexicon.names, rest))
        inside = any(p.start == place.end for p in known)
        if not (
            named
            or inside
            or coined.is_coined(rest, lexicon)
            or coined.has_proper_word(sentence, place.end, head_start, lexicon)
        ):
            break
        start = place.end
    if start == mention.start:
        return mention
    return replace(mention, start=start, text=sentence.document[start : mention.end])


def _has_unit(place: Mention, lexicon: Lexicon) -> bool:
    """Whether the name of a place ends in its unit: 楚雄州 has it, 徐州 does not."""
    if place.text[-1] != "州":
        return place.text[-1] in "省市县区旗镇乡道村"
    short = lexicon.known.get(place.text[:-1])
    return place.text.endswith("自治州") or (short is not None and set(place.keys) <= set(short.keys))
