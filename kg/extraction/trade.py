"""What a clause of selling leaves to its surroundings: the goods, the platform, and whose shop it is."""

from __future__ import annotations

from kg.extraction.rules import said
from kg.extraction.skeleton import Match, Skeleton
from kg.model import Mention

_JOINTS = "、和及与或"
_FIGURES = frozenset({"Quantity", "Money", "Place"})  # may stand before an item of a list (3吨大蒜、5吨土豆)
_VAGUE = (None, "everyday", "single", "generic")  # kinds of goods that a later clause does not go on about
_OWNERS = frozenset({"Person", "Place", "Organization", "Facility"})
_DOERS = frozenset({"Person", "Organization", "Facility"})  # who sell what is from elsewhere, too
_AROUND = 8  # characters of a skeleton around a name that show its part in the clause


def named_last(view: Skeleton, end: int, cls: str, telling: bool = False) -> tuple[Mention, ...]:
    """Return the goods, or the platforms, named last before a point of the sentence; of a list all of it.

    ``telling`` leaves out goods that only a fact makes goods (纸箱) and words for goods of any kind.
    """
    index = end - 1
    while index >= 0 and not _is(view, index, cls, telling):
        index -= 1
    found: list[Mention] = []
    while index >= 0 and _is(view, index, cls, telling):
        found.insert(0, view.mentions[index])
        before = index - 1
        while before in view.mentions and view.mentions[before].cls in _FIGURES:
            before -= 1
        if before < 1 or view.text[before] not in _JOINTS:
            break
        index = before - 1
    return tuple(found)


def _is(view: Skeleton, index: int, cls: str, telling: bool) -> bool:
    mention = view.mentions.get(index)
    if mention is None or mention.cls != cls:
        return False
    return cls != "Product" or not telling or mention.kind not in _VAGUE


def platforms_here(view: Skeleton, match: Match, before: tuple[Mention, ...]) -> tuple[Mention, ...]:
    """Return the platforms of the clause of a match, else those that an earlier clause sets the scene on.

    A sentence that speaks of a shop (小店, 直播间) and names none is about one on the platforms named ``before``.
    """
    start, end = view.clause(match.start, match.end)
    own = True
    while True:
        named = [i for i in range(start, end) if i in view.mentions and view.mentions[i].cls == "Platform"]
        if named and (own or any(_is_scene(view, i) for i in named)):
            return tuple({view.mentions[i].text: view.mentions[i] for i in named}.values())
        if start == 0:
            return before if said("shop", view.text[: match.end]) is not None else ()
        start, end = view.clause(start - 1, start - 1)
        own = False


def _is_scene(view: Skeleton, index: int) -> bool:
    """Whether a platform is where something is done (在甲上; 甲直播间), not who does it."""
    before, after = view.text[max(0, index - _AROUND) : index], view.text[index + 1 : index + _AROUND]
    return said("on_platform", before) is not None or said("platform_end", after) is not None


def seller_beside(view: Skeleton, match: Match, subject: Mention | None) -> Mention | None:
    """Return who sells if it is not the subject: a shop by its name, who keeps it, or the place of the goods."""
    if (shop := _shop_named(view, match)) is not None:
        return shop
    start, _ = view.clause(match.start, match.start)
    if subject is not None and (view.index(subject.start) >= start or subject.cls in _DOERS):
        return None
    return _place_of_goods(view, match) or (_shopkeeper(view, match) if subject is None else None)


def _shop_named(view: Skeleton, match: Match) -> Mention | None:
    """Return the shop by its own name, or the firm just founded, that a later clause of the sentence goes on about."""
    before = [i for i, m in view.mentions.items() if i < match.start and m.cls == "Organization"]
    shops = [i for i in before if view.mentions[i].kind == "shop" and not _only_on(view.mentions[i])]
    if shops:
        return view.mentions[max(shops)]
    start = view.clause(match.start, match.start)[0]
    founded = start - 2
    if founded in before and said("just_founded", view.text[max(0, founded - _AROUND) : founded]) is not None:
        return view.mentions[founded]
    return None


def _only_on(shop: Mention) -> bool:
    """Whether a shop has no name but its platform's (天猫旗舰店)."""
    return any(part.cls == "Platform" and part.start == shop.start for part in shop.parts)


def _place_of_goods(view: Skeleton, match: Match) -> Mention | None:
    """Return the place that the goods of a match are named after (沛县大蒜; 沛县的大蒜)."""
    for mention in match.roles.get("product", ())[:1]:
        index = view.index(mention.start)
        inside = next((part for part in mention.parts if part.cls == "Place"), None)
        if inside is not None:
            return inside
        of = said("relative", view.text[max(0, index - 1) : index]) is not None
        before = view.mentions.get(index - 1 - of)
        return before if before is not None and before.cls == "Place" else None
    return None


def _shopkeeper(view: Skeleton, match: Match) -> Mention | None:
    """Return who has the shop that is the setting of a match (在甲的直播间里，…; 甲的网店)."""
    for index in range(match.start, -1, -1):
        mention = view.mentions.get(index)
        if mention is None or mention.cls not in _OWNERS:
            continue
        after = view.text[index + 1 : index + 2 * _AROUND]
        return mention if said("own_shop", after) == 0 else None
    return None
