"""Lists of the holders of an honour: what opens one, which lines belong to it, and who is a member."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from kg.extraction.grammar import SENTENCE_END
from kg.extraction.lexicon import Lexicon
from kg.extraction.rules import said, vocabulary
from kg.extraction.skeleton import Match, Skeleton
from kg.model import Mention

_LEVELS = ("country", "province", "prefecture", "county", "township", "village")
_HEADS = frozenset({"Person", "Organization", "Facility"})  # beside these a place says where they are
_ITEM_MENTIONS = _HEADS | {"Place", "Quantity", "Designation", "JobTitle", "Role"}
_ASIDE = re.compile(r"[（(【\[]([^（）()【】\[\]]{0,120})[）)】\]]")
_SHORT_LINE = 14  # characters of a skeleton that may stand between a heading and its list
_MARKS = re.compile(r"[\s\u3000，、；;：:。.．,()（）—－–\-~·•●■◆★※|｜/+\d一二三四五六七八九十①-⑳㈠-㈩]+")
_NUMBERED = re.compile(r"[（(]?(?:\d{1,3}|[一二三四五六七八九十]{1,3})[）)、.．\s]")
_UNKNOWN = "[一-鿿]{2,4}"  # a township that no list has, between the places around it
_BOUNDS = "，、；;。,"
_COLONS = "：:"
_HONOURED = frozenset({"county", "township", "village"})  # levels whose honours no place of another has
_NO_PEOPLE = frozenset({"Place", "Facility", "Platform", "Product", "Programme"})
_NO_FIRMS = frozenset({"Place", "Person", "Product", "Programme"})
_NO_PLACES = frozenset({"Person", "Product", "Programme"})
_OTHERS = {
    "Person": _NO_PEOPLE | {"Organization"},
    "Organization": frozenset({"Place", "Person"}),
    "Facility": frozenset({"Place", "Person"}),
}  # by whom an honour is for, whose it is not
_COLUMNS = 3  # of a row of a table
_LONGEST_HEADING = 40  # characters of a skeleton


def level_of(honour: Mention, lexicon: Lexicon) -> str | None:
    """Return the level of the places that an honour is for, as its last character tells."""
    if honour.text.strip("“”").endswith(tuple(lexicon.phrases["homes_of_goods"])):
        return None
    text = honour.text.strip("“”")[-1:]
    level = next((level for head, level in lexicon.bare_titles.items() if head[0] == text), None)
    return level or next(
        (lv for lv in ("township", "village") if text in lexicon.sets[f"{lv}_endings"]), None
    )


def unit_of_title(match: Match, offset: int, lexicon: Lexicon) -> Mention | None:
    """Return the place of the level that an honour is for (…重点县: the county under discussion)."""
    level = next((level_of(m, lexicon) for m in match.roles.get("title", ())[:1]), None)
    return Mention("Place", offset, offset, "", anaphor="context", level=level) if level else None


def can_hold(roles: Mapping[str, Sequence[Mention | str]], lexicon: Lexicon) -> bool:
    """Whether the holders are of the kind that the last word of an honour is for: no village is a 劳动模范.

    Where holders are counted (全县3家省级龙头企业) a place may have what is for firms or people.
    """
    words = lexicon.phrases["honours_of"]
    holders = {holder.cls for holder in roles.get("holder", ()) if not isinstance(holder, str)}
    if roles.get("count"):
        holders -= {"Place"}
    for title in roles.get("title", ()):
        if isinstance(title, str) or title.kind == "rank":
            continue
        name = (title.name or title.text).strip("“”")
        if name.endswith(tuple(words["people"])):
            barred = _NO_PEOPLE
        elif name.endswith(tuple(words["firms"])):
            barred = _NO_FIRMS
        else:
            barred = _NO_PLACES if level_of(title, lexicon) in _HONOURED else frozenset()
        if holders & barred:
            return False
    return True


def fitting(holder: Mention, match: Match, offset: int, lexicon: Lexicon) -> Mention | None:
    """Return who holds an honour: not who is spoken of, if only a place of another level, a person or a firm can."""
    title = match.roles["title"][0]
    level = level_of(title, lexicon)
    words = lexicon.phrases["honours_of"]
    name = (title.name or title.text).strip("“”")
    for kind, cls in (("people", "Person"), ("firms", "Organization"), ("sites", "Facility")):
        if name.endswith(tuple(words[kind])) and holder.cls in _OTHERS[cls] and title.kind != "rank":
            return Mention(
                cls, offset, offset, "", kind="|".join(words.get(f"names-of-{kind}", ())), anaphor="last"
            )
    if level not in _HONOURED or title.cls != "Designation":
        return holder
    large = (holder.level, level) == ("prefecture", "county")
    fits = holder.cls == "Place" and (large or holder.level in (level, None))
    return holder if fits else unit_of_title(match, offset, lexicon)


def honour_for(match: Match, honours: Sequence[Mention], lexicon: Lexicon) -> Mention | None:
    """Return which of the honours of a list the holder of a match has: of several the one for his level.

    A township in a list of 淘宝村 has the sister honour, if there is one (淘宝镇); one whose villages are counted
    (沙集镇5个) has the honour of these.
    """
    if honours and (counts := match.roles.get("count")):
        unit = (counts[0].kind or "")[-1:]
        return next((h for h in honours if (h.name or h.text).strip("“”")[-1:] == unit), honours[0])
    levels = {m.level for m in match.roles.get("holder", ())}
    if len(honours) < 2:
        return _sister(honours[0], levels, lexicon) if honours else None
    return next((honour for honour in honours if level_of(honour, lexicon) in levels), None)


def _sister(honour: Mention, levels: set[str | None], lexicon: Lexicon) -> Mention:
    """Return an honour, or for holders of another level the one that differs in its last character alone."""
    if level_of(honour, lexicon) in levels or len(levels) != 1:
        return honour
    stem = (honour.name or honour.text).strip("“”")[:-1]
    endings = (ending for level in levels if level for ending in lexicon.endings.get(level, ()))
    name = next((stem + end for end in endings if stem + end in lexicon.sets["standing"]), None)
    return replace(honour, text=name, name=name) if name else honour


def named_before(match: Match, view: Skeleton) -> tuple[Mention, ...]:
    """Return the honour that the sentence itself names last before a match."""
    found = [m for i, m in sorted(view.mentions.items()) if i < match.start and m.cls == "Designation"]
    return tuple(m for m in found if m.kind != "rank")[-1:]


def in_full(honours: Sequence[Mention], known: Sequence[Mention]) -> tuple[Mention, ...]:
    """Return honours, for each one named by its last word alone the honour of that end that was named in full."""
    return tuple(next((k for k in known if k.text.strip("”").endswith(m.text)), m) for m in honours)


def is_heading(view: Skeleton) -> bool:
    """Whether a sentence is nothing but an honour, with a number, a scope or a word for a list (二、淘宝镇：)."""
    return len(view.text) <= _LONGEST_HEADING and not _rest(view, _ITEM_MENTIONS | {"Time"})


def introduces(view: Skeleton) -> bool:
    """Whether a sentence with an honour ends with a colon: what follows are its holders."""
    return view.text[-1:] in tuple(_COLONS)


def reopens(view: Skeleton) -> bool:
    """Whether a sentence opens with an area and the number of its holders (江苏省（3家）：), as lists alone do."""
    place, figure = (vocabulary().symbol(cls) for cls in ("Place", "Quantity"))
    return re.match(rf"{place}[（(]共?{figure}[）)][：:]", view.text) is not None


def is_item(view: Skeleton) -> bool:
    """Whether a sentence holds nothing but names, figures and the marks of a list."""
    return not _rest(view, _ITEM_MENTIONS - {"Designation"})


def closes(view: Skeleton) -> bool:
    """Whether after this sentence the lines no longer are those of the list before it.

    The head of a table (序号 县 村) does not close it, nor does a short line that names nobody.
    """
    if len(view.text) <= _SHORT_LINE and not view.mentions:
        return False
    if not _rest(view, _ITEM_MENTIONS - {"Designation"}, ("roll", "column")):
        return False
    first, second = view.mentions.get(0), view.mentions.get(1)
    chain = first is not None and first.cls == "Place" and (second is not None or view.text[1:2] in "（(：:")
    row = len(view.text.split()) >= _COLUMNS or _NUMBERED.match(view.text) is not None or chain
    if row and len(view.text) <= _LONGEST_HEADING and view.text[-1] not in SENTENCE_END:
        return False
    goes_on = said("introduces", view.text) is not None
    return not goes_on and bool(_rest(view, _ITEM_MENTIONS - {"Designation"} | {"Time"}))


def is_member(match: Match, view: Skeleton) -> bool:
    """Whether the holder of a match is what its item in a line of a list is about.

    Of 甲县乙镇丙村 that is the village, of 甲县（2个）：丙村 not the county, of 乙公司 丙村 the firm, of
    孙某 乙公司经理 the person, of 乙镇（丙村、丁村） the villages, of 丙村（乙镇） the one before the bracket.
    """
    if not is_item(view):
        return False
    holder = match.roles["holder"][0]
    at = view.index(holder.start)
    before = view.mentions.get(at - 1)
    if holder.kind == "generic" or (before is not None and before.cls == "Quantity"):  # 1个电商小镇
        return False
    plain = _without_asides(view)
    if plain[at] == " ":
        return False
    start = max((plain.rfind(mark, 0, at) for mark in _BOUNDS + _COLONS), default=-1) + 1
    end = min((i for mark in _BOUNDS + _COLONS if (i := plain.find(mark, at)) >= 0), default=len(plain))
    names = [
        (i, m)
        for i, m in sorted(view.mentions.items())
        if start <= i < end and plain[i] != " " and m.cls not in ("Quantity", "JobTitle", "Role")
    ]
    heads = [m for i, m in names if m.cls in _HEADS and not _has_post(view, i)]
    if heads:
        return holder in heads
    area = plain[end : end + 1] in tuple(_COLONS) and any(i > end for i in view.mentions)
    lowest = max(_rank(m) for _, m in names)
    return not area and _rank(holder) == lowest


def _has_post(view: Skeleton, index: int) -> bool:
    """Whether a name is that of the body of a post (乙公司|经理)."""
    after = view.mentions.get(index + 1)
    return after is not None and after.cls in ("JobTitle", "Role") and view.mentions[index].cls != "Person"


def _rank(place: Mention) -> int:
    return _LEVELS.index(place.level) if place.level in _LEVELS else len(_LEVELS)


def members_in_aside(view: Skeleton, start: int, end: int) -> bool:
    """Whether brackets from ``start`` to ``end`` hold the parts of the place before them (乙镇（丙村、丁村）)."""
    around = view.mentions.get(start - 1)
    inner = [m for m in view.within(start, end) if m.cls == "Place" and m.level]
    return bool(
        around is not None
        and around.cls == "Place"
        and around.level
        and inner
        and min(map(_rank, inner)) > _rank(around)
    )


def _without_asides(view: Skeleton) -> str:
    """Return the text of a skeleton with blanks for asides; one that lists members follows a colon instead."""

    def plain(found: re.Match[str]) -> str:
        if members_in_aside(view, found.start(), found.end()):
            return f"：{found[1]}；"
        return " " * len(found.group())

    return _ASIDE.sub(plain, view.text)


def _rest(view: Skeleton, classes: frozenset[str], words: Sequence[str] = ("roll",)) -> str:
    """Return what is left of a sentence without its names, asides, marks and the words of lists."""
    plain = _without_asides(view)
    if any(m.cls not in classes and plain[i] != " " for i, m in view.mentions.items()):
        return plain
    place = f"[{vocabulary().symbol('Place')}]"
    plain = re.sub(f"(?<={place}){_UNKNOWN}(?={place})", lambda found: " " * len(found.group()), plain)
    rest = "".join(char for i, char in enumerate(plain) if i not in view.mentions)
    listed = (word for name in words for word in vocabulary().words[name])
    for word in sorted(listed, key=len, reverse=True):
        rest = rest.replace(word, "")
    return _MARKS.sub("", rest)
