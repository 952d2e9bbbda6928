"""Which place a mention means: a division with its code, a place that only the article knows, or one of several.

What stands directly before a name decides (缙云县|壶镇镇|北山村), then what the article told of it,
then the places under discussion. What stays open is a place of this article alone that keeps its candidates.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from kg.linking import gazetteer, villages
from kg.linking.context import Discourse, Reference, choose
from kg.linking.entities import local_id
from kg.linking.place_senses import (
    NEAR,
    area_of,
    codes_of,
    discussed,
    holding,
    led_to,
    of_kind,
    successors,
    under_discussion,
)
from kg.model import Mention

_LISTING = "、和与及"
_HAN = re.compile("[一-鿿]+")
_PARTICLES = "在到从向往和与及对把被为是的了个"  # they stand before a name more often than in it


@dataclass(slots=True)
class Places:
    """What one article has told of places so far. ``anchors`` counts the codes of unmistakable ones."""

    text: str
    anchors: Counter[str]
    _chosen: dict[str, str] = field(default_factory=dict)  # name → id of the division that it meant
    _told: dict[str, str] = field(default_factory=dict)  # the same, where what follows the name tells
    _narrow: dict[tuple[int, int], list[str]] = field(default_factory=dict)  # span → codes that are left
    _villages: dict[str, Reference] = field(default_factory=dict)  # stem → the village it meant last
    _ends: dict[int, Reference] = field(default_factory=dict)  # where a place's name ends → the place
    _before: dict[int, Reference | None] = field(default_factory=dict)  # where it ends → what led to it

    def note(self, mention: Mention, reference: Reference) -> None:
        """Note what stands where, so that it leads to the name that follows it."""
        if reference.cls == "Place":
            self._before[mention.end] = self.leading(mention)[0]
            self._ends[mention.end] = reference

    def leading(self, mention: Mention) -> tuple[Reference | None, bool]:
        """Return the place that leads to a name, and whether it stands directly before it.

        In 壶镇镇大桥村、西山村 the township leads to both.
        """
        at = mention.start
        if at not in self._ends and self.text[at - 1 : at] == "的" and mention.level == "village":
            at -= 1
        if at in self._ends:
            return self._ends[at], True
        listed = self._ends.get(at - 1) if self.text[at - 1 : at] in _LISTING else None
        if listed is not None and listed.level == mention.level:
            return self._before.get(at - 1), False
        return None, False

    def foretell(self, mention: Mention, following: Mention | None) -> Reference | None:
        """Return what a name means by what stands beside it, before the article is linked from its beginning.

        So a village that is 西山村 in the title and 壶镇镇西山村 below is one. ``following`` is the place that
        stands directly after it: 黑山|励家镇 is no country.
        """
        leading, _ = self.leading(mention)
        if not mention.keys and (mention.level != "village" or leading is None):
            return None
        if following is not None and len(mention.keys) > 1:
            self._narrow[mention.start, mention.end] = holding(codes_of(mention), following)
        reference = self.resolve(mention, Discourse(()))
        if reference is not None:
            self.note(mention, reference)
        return reference

    def whole(self, mention: Mention, discourse: Discourse) -> Mention:
        """Return a village's name with what the segmentation has cut off its front (后|张庄村).

        That is a character or two with which it is the only village of that name under discussion.
        """
        if mention.level != "village" or mention.keys or self.leading(mention)[0] is not None:
            return mention
        known = bool(discussed(*villages.parts(mention.text), discourse))
        for length in (2, 1):
            start = mention.start - length
            front = self.text[max(start, 0) : mention.start]
            if len(front) < length or not _HAN.fullmatch(front) or (known and front[0] in _PARTICLES):
                continue
            if any(at in self._ends for at in range(start + 1, mention.start + 1)):
                continue
            longer = self.text[start : mention.end]
            if len(discussed(*villages.parts(longer), discourse)) == 1:
                return replace(mention, start=start, text=longer)
        return mention

    def resolve(self, mention: Mention, discourse: Discourse) -> Reference | None:
        """Return the place that a mention means; None if it is an ordinary word that nothing supports."""
        leading, direct = self.leading(mention)
        if mention.level == "village" and not mention.keys:
            return self._village(mention, leading, discourse)
        area = area_of(leading)
        codes = self._narrow.get((mention.start, mention.end)) or codes_of(mention)
        if mention.level == "township" and area is not None:
            inside = [code for code in codes if gazetteer.within(code, area)]
            if direct and not inside:
                return self._renamed(mention, [area]) or self._local(mention, leading, discourse)
            codes = inside or codes
        if not codes:
            areas = [area] if area else under_discussion(discourse)
            return self._renamed(mention, areas) or self._local(mention, leading, discourse)
        return self._division(mention, codes, leading, discourse)

    def _division(
        self, mention: Mention, codes: Sequence[str], leading: Reference | None, discourse: Discourse
    ) -> Reference:
        keys = [f"place/{code}" for code in codes]
        if len(codes) == 1 < len(mention.keys) and leading is None:
            self._told[mention.text] = keys[0]
        chosen = self._told.get(mention.text) if leading is None else None
        chosen = chosen or choose(keys, leading.id if leading else None, self.anchors)
        chosen = chosen or self._chosen.get(mention.text)
        if chosen is not None and leading is None and self._is_far(mention, chosen, discourse):
            renamed = self._renamed(mention, under_discussion(discourse))
            return renamed or self._open(mention, codes)
        if chosen is None:
            return self._open(mention, codes)
        self._chosen[mention.text] = chosen
        return division(chosen.removeprefix("place/"))

    def _is_far(self, mention: Mention, key: str, discourse: Discourse) -> bool:
        """Whether a name that nothing leads to is hardly that of the only division that bears it.

        A township is far if the article names places, and none in its province; a district if the article
        speaks for another province: the 东城区 of which a paper of Xuchang writes is not that of Beijing.
        """
        province = gazetteer.province(key.removeprefix("place/"))
        if mention.level == "township":
            named = [gazetteer.province(code) for code in self.anchors if code.isdecimal()]
            return bool(named) and province not in named
        home = area_of(discourse.home_place(None))
        district = mention.level == "county" and mention.text.endswith("区")
        return district and home is not None and province != gazetteer.province(home)

    def _renamed(self, mention: Mention, areas: Iterable[str]) -> Reference | None:
        """Return the only township of an area with this stem: 乡 that became 镇, 镇 that became 街道."""
        if mention.level not in ("township", "county"):
            return None
        for area in areas:
            if found := gazetteer.townships(mention.text, area):
                return division(found[0]) if len(found) == 1 else None
        return None

    def _village(self, mention: Mention, leading: Reference | None, discourse: Discourse) -> Reference | None:
        stem, kind = villages.parts(mention.text)
        known = self._villages.get(stem)
        if known is not None and (leading is None or _lies_in(known, leading)):
            return known
        found = led_to(stem, kind, leading) if leading else discussed(stem, kind, discourse)
        found = found or self._chained(mention)
        if len(found) == 1:
            reference = division(found[0])
        elif found:
            reference = self._open(mention, found)
        elif mention.kind == "doubtful" or (leading is None and stem in villages.ordinary_words()):
            return None
        else:
            reference = self._local(mention, leading, discourse)
            reference = replace(reference, candidates=successors(stem, leading))
        self._villages[stem] = reference
        return reference

    def _chained(self, mention: Mention) -> list[str]:
        """Return the villages that a name means if it opens with the place that they lie in (缙云|大桥村)."""
        for part in mention.parts:
            if part.cls == "Place" and part.keys and part.start == mention.start:
                stem, kind = villages.parts(mention.text[len(part.text) :])
                area = choose(part.keys, None, self.anchors)
                found = villages.search(stem, area.removeprefix("place/")) if area and len(stem) > 1 else ()
                return of_kind(found, kind)
        return []

    def _open(self, mention: Mention, codes: Sequence[str]) -> Reference:
        """Return a place of this article alone: several divisions may be meant, and nothing tells which."""
        bearers = [division(code) for code in codes]
        level = bearers[0].level if len({b.level for b in bearers}) == 1 else mention.level
        name = bearers[0].name if len({b.name for b in bearers}) == 1 else mention.text
        return Reference(
            local_id("Place", name, self.text),
            "Place",
            name,
            level,
            candidates=tuple(sorted(b.id for b in bearers)),
        )

    def _local(self, mention: Mention, leading: Reference | None, discourse: Discourse) -> Reference:
        """Return a place that no list has. It is the same in all articles that say in which county it lies."""
        larger = leading if _is_larger(leading, mention.level) else _larger(mention.level, discourse)
        name = mention.name or mention.text
        scope = self.text if larger is None or _is_vague(larger, mention.level) else larger.id
        parent = larger.id if larger else None
        return Reference(local_id("Place", name, scope), "Place", name, mention.level, parent=parent)


def division(code: str) -> Reference:
    """Return the reference to a division. Raises KeyError for a code that there is not."""
    found = gazetteer.division(code)
    if found is None:
        raise KeyError(code)
    parent = f"place/{found.parent}" if found.parent else None
    return Reference(f"place/{code}", "Place", found.name, found.level, parent=parent)


def _lies_in(village: Reference, larger: Reference) -> bool:
    code, area = village.id.removeprefix("place/"), larger.id.removeprefix("place/")
    return village.parent == larger.id or gazetteer.within(code, area)


def _larger(level: str | None, discourse: Discourse) -> Reference | None:
    """Return the place under discussion that a place without a code lies in."""
    for reference in reversed(discourse.named):
        if _is_larger(reference, level):
            return reference
    return discourse.home_place(None)


def _is_larger(place: Reference | None, level: str | None) -> bool:
    if place is None or place.cls != "Place" or not place.level or not level or place.level == "country":
        return False
    return gazetteer.LEVELS.index(place.level) < gazetteer.LEVELS.index(level)


def _is_vague(larger: Reference, level: str | None) -> bool:
    """Whether a place is too large for a name to be one thing in it."""
    return level == "village" and larger.level not in NEAR
