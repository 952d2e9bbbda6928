"""Honours of a list named before: of a line of its tally (缙云，11个), and of what it newly counts (新添1镇9村)."""

from __future__ import annotations

from kg.extraction.discourse import Discourse
from kg.extraction.grammar import CLAUSE_END
from kg.extraction.lexicon import Lexicon
from kg.extraction.rules import vocabulary
from kg.extraction.skeleton import Match, Skeleton
from kg.model import Mention


def listed_honour(view: Skeleton, context: Discourse) -> Mention | None:
    """Return the honour that a line of a tally counts (缙云，11个; 镇一级，缙云3个), if a list was named before."""
    listed = context.list_year or context.issuer or context.heading
    if context.honour is None or not listed:
        return None
    rest = "".join(view.text[i] for i in range(len(view.text)) if i not in view.mentions)
    for word in sorted(vocabulary().words["tally"], key=len, reverse=True):
        rest = rest.replace(word, "")
    if any(not (char.isnumeric() or char in CLAUSE_END) for char in rest):
        return None
    unit = next((unit for unit in context.honours if f"{unit}一级" in view.text), None)
    return context.honours[unit] if unit else context.listed


def honour_of_unit(match: Match, context: Discourse, lexicon: Lexicon) -> Mention | None:
    """Return the honour for what is counted (新添1镇9村: 淘宝镇, 淘宝村), if one of the kind was named before."""
    for mention in match.roles.get("count", ()):
        unit = (mention.kind or mention.text)[-1:]
        if unit in context.honours or not context.listed:
            return context.honours.get(unit)
        name = (context.listed.name or context.listed.text).strip("“”")[:-1] + unit
        if name in lexicon.sets["standing"]:
            return Mention("Designation", mention.start, mention.end, name, name=name)
    return None
