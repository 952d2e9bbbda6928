"""Names that a match found and that do not fill its role: they only say where, whence, with what or by whom."""

from __future__ import annotations

from kg.extraction.rules import said
from kg.extraction.skeleton import Skeleton
from kg.model import Mention

_IN_PLACES = frozenset({"Place", "Organization", "Facility"})


def is_no_head(mention: Mention, view: Skeleton) -> bool:
    """Whether a name is that of the place right before what is in it or from it, of what another gets
    something with, of the platform of a shop, or of who does what a clause with 被 tells."""
    index = view.index(mention.start)
    after = view.mentions.get(index + 1)
    if index not in view.mentions:
        return False
    area = mention.cls == "Place" and after is not None and after.cls in _IN_PLACES
    home = mention.cls == "Place" and said("home_of", view.text[index + 1 : index + 12]) == 0
    opens_brand = view.text[max(0, index - 1) : index] == "“" and view.text[index + 1 : index + 2] != "”"
    area = area or (mention.cls == "Place" and opens_brand)  # “洪湖|藜蒿”
    clause = view.text[view.clause(index, index)[0] : index]
    means = mention.cls == "Product" and said("by_means", clause) is not None
    agent = index > 0 and said("by_agent", view.text[index - 1]) is not None
    shop = mention.cls == "Platform" and said("platform_end", view.text[index + 1 :]) == 0  # 注册了|淘宝|店
    before = view.mentions.get(index - 2)
    won = before is not None and before.cls == "Designation"  # 一等奖由|甲获得
    return area or home or means or shop or (agent and not won)


def is_located(mention: Mention, view: Skeleton) -> bool:
    """Whether a name says where something is done (在甲镇), or where who does it is from (甲县人|乙)."""
    index = view.index(mention.start)
    home = mention.cls == "Place" and said("home_of", view.text[index + 1 : index + 12]) == 0
    return home or (index > 0 and said("located", view.text[index - 1]) is not None)
