"""Recognisers of names in marks, 《》 and “”, and of honours: by what stands before, after and at their end."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.extraction.lexicon import Lexicon, alternation, longest, matches
from kg.extraction.people import ends_post
from kg.extraction.sentences import Sentence
from kg.model import Mention

_TITLE = re.compile(r"《([^《》\n]{2,60})》")
_PLATES = re.compile(r"(?:[、和及]?“[^“”]*”)*(?:[一几两三四五六七八九十多数\d]+[块张个项顶枚面])?")
_LONGEST_BRAND = 8
_PASSIVE = 16  # characters before a quotation in which 被 stands
_MORE_OF_NAME = frozenset("节会店馆街村镇县园城号杯赛")  # last words of what may be named after goods
_LONGEST_HONOUR = 24  # characters before its last word
_LONGEST_TAIL = 18  # characters of an honour after the quotation in it
_SITES = ("Facility", "Organization")  # what has a plate at its door
_QUOTED = re.compile(r"“([^“”\n]{2,30})”")


def titles_of_works(sentence: Sentence, lexicon: Lexicon) -> Iterator[Mention]:
    """Yield policies and reports in 《》, by the last words of the title."""
    for match in _TITLE.finditer(sentence.document, sentence.start, sentence.end):
        body = re.sub(r"[（(][^（）()]*[)）]$", "", match[1])
        listed = re.sub(alternation(tuple(lexicon.phrases["list_endings"])), "", body)
        if listed != body and last_head(listed, lexicon, ("Designation",)):
            yield Mention("Designation", match.start(), match.end(), match.group(), name=listed)
            continue
        head = last_head(body, lexicon, ("Policy", "Report")) or _kind_of_work(sentence, match, lexicon)
        if head:
            yield Mention(head, match.start(), match.end(), match.group(), name=match.group())


def _kind_of_work(sentence: Sentence, match: re.Match[str], lexicon: Lexicon) -> str | None:
    """Return the class of a title that does not tell it itself, by the noun after it or the verb before it."""
    text = sentence.document
    after = match.end() + text.startswith("的", match.end())
    for cls, nouns in lexicon.phrases["works"].items():
        if any(text.startswith(noun, after) for noun in nouns):
            return str(cls)
    for cls, verbs in lexicon.phrases["releasing"].items():
        if any(text.endswith(verb, sentence.start, match.start()) for verb in verbs):
            return str(cls)
    return None


def last_head(text: str, lexicon: Lexicon, classes: tuple[str, ...]) -> str | None:
    ending = [
        (end - start, head.cls) for start, end, head in matches(lexicon.heads, text) if end == len(text)
    ]
    classes_found = [cls for _, cls in sorted(ending, reverse=True)]
    for cls in classes_found:
        if cls in classes:
            return cls
        if cls == "Programme" and "Policy" in classes:  # 《…计划》 is a document
            return "Policy"
    return None


def quoted(sentence: Sentence, lexicon: Lexicon) -> Iterator[Mention]:
    """Yield names in “”, told by the noun after them, the verb before them or their own last words."""
    text = sentence.document
    for match in _QUOTED.finditer(text, sentence.start, sentence.end):
        inner = match[1]
        if re.search(r"[，。！？；：]", inner) or inner in lexicon.sets["manners"]:
            continue
        known = lexicon.known.get(inner)
        if known is not None and known.cls != "Place":
            yield Mention(
                known.cls,
                match.start(),
                match.end(),
                match.group(),
                kind=known.kind,
                keys=known.keys,
                name=inner,
            )
            continue
        named = any(text.endswith(verb, sentence.start, match.start()) for verb in lexicon.sets["naming"])
        called = _passive(sentence, match.start(), lexicon)
        if (
            named and last_head(inner, lexicon, ("Designation",)) is None and not called
        ):  # 命名为“一村一品示范村”
            after = match.end() + text.startswith("的", match.end())
            own = last_head(inner, lexicon, ("Event", "Programme"))  # 名为“…论坛”
            cls, noun = (own, "") if own else _noun_after(sentence, after, lexicon)
            if cls in ("Event", "Programme", "Platform", "Facility"):  # 名为“…”的答谢会
                yield Mention(cls, match.start(), match.end(), match.group(), name=inner)
                continue
            yield Mention("Organization", match.start(), match.end(), match.group(), kind="shop", name=inner)
            continue
        if (honour := _honour_around(sentence, match, lexicon)) is not None:
            yield honour
            continue
        cls, noun = _noun_after(sentence, match.end(), lexicon)
        if cls is None and (goods := _goods(sentence, match, lexicon)) is not None:
            yield goods
            continue
        if (
            cls == "Designation"
            and noun in lexicon.sets["plates"]
            and (head := last_head(inner, lexicon, ("Designation", *_SITES))) in _SITES
        ):
            yield Mention(head, match.start(), match.end(), match.group(), name=inner)
            continue  # 挂出“…学院”的牌子
        granted = called or _granted(text, sentence, match.start(), lexicon)
        if granted and (cls is None or cls == "Designation"):
            start = _level_before(text, match.start(), lexicon)
            yield Mention(
                "Designation",
                start,
                match.end(),
                text[start : match.end()],
                name=text[start : match.start()] + inner,
            )
        elif cls in ("Organization", "Designation", "Product"):
            yield Mention(cls, match.start(), match.end(), match.group(), name=inner)
        elif cls:
            end = match.end() + len(noun)
            yield Mention(cls, match.start(), end, text[match.start() : end], name=text[match.start() : end])
        else:
            head = last_head(
                inner, lexicon, ("Designation", "Event", "Facility", "Programme", "Organization", "Platform")
            )
            listed = inner.removesuffix(_ending(inner, lexicon.phrases["list_endings"]))
            if head is None and listed != inner:
                head = last_head(listed, lexicon, ("Designation",))
            if head is None and _sounds_like_honour(inner, lexicon):
                head = "Designation"
            if head and len(inner) > 2:
                yield Mention(head, match.start(), match.end(), match.group(), name=inner)


def _passive(sentence: Sentence, start: int, lexicon: Lexicon) -> bool:
    """Whether others call somebody what stands in marks (被网友叫作“…”): an honour, not the name of a firm."""
    before = sentence.document[max(sentence.start, start - _PASSIVE) : start]
    return re.search(lexicon.phrases["called_by_others"], before) is not None


def _ending(text: str, endings: tuple[str, ...]) -> str:
    return max((word for word in endings if text.endswith(word)), key=len, default="")


def _honour_around(sentence: Sentence, match: re.Match[str], lexicon: Lexicon) -> Mention | None:
    """Return the honour of whose name a quotation is a part (全国|“一村一品”|示范村镇)."""
    text = sentence.document
    stops = set("，。、；：！？“”《》（）() \n").union(lexicon.phrases["honour_stops"])
    reach = matches(lexicon.heads, text, match.end(), min(match.end() + _LONGEST_TAIL, sentence.end))
    ends = [
        (end, head)
        for _, end, head in reach
        if head.cls == "Designation" and not head.weak and not stops & set(text[match.end() : end])
    ]
    end, head = max(ends, key=lambda found: found[0], default=(0, None))
    listed = any(text.startswith(word, end) for word in lexicon.sets["list_endings"])
    goes_on = any(text.startswith(word, end) for word in lexicon.sets["not_before"])
    if head is None or not (sentence.is_boundary(end) or len(head.text) > 3) or (goes_on and not listed):
        return None
    inside = [w for w in sentence.words if match.end() <= w.start and w.end <= end]
    if any(
        w.pos in ("NUM", "ADV", "PRON", "CCONJ", "ADP")
        or (w.pos == "VERB" and w.tag != "vn" and w.start == match.end())
        for w in inside
    ):
        return None
    start = _level_before(text, match.start(), lexicon)
    whole = text[start:end]
    return Mention("Designation", start, end, whole, name=re.sub("[“”]", "", whole))


def _noun_after(sentence: Sentence, at: int, lexicon: Lexicon) -> tuple[str | None, str]:
    """Return class and noun that follow a quotation, unless another noun makes a compound of it."""
    following = sentence.document[at : min(at + 10, sentence.end)]
    best: tuple[str | None, str] = (None, "")
    for cls, nouns in lexicon.phrases["quoted"].items():
        for noun in nouns:
            if following.startswith(noun) and len(noun) > len(best[1]):
                best = (cls, noun)
    plates = _PLATES.match(sentence.document, at, sentence.end)
    if plates and plates.end() > at:  # “…”“…”两块|国家级招牌
        after = sentence.document[plates.end() : min(plates.end() + 8, sentence.end)]
        if any(noun in after and len(noun) > 1 for noun in lexicon.phrases["quoted"]["Designation"]):
            return ("Designation", "")
    for noun in lexicon.phrases["quoted"]["Designation"]:
        if following.startswith("的" + noun):
            return ("Designation", noun)
    verb = sentence.word_at(at)
    if best[0] == "Programme" and verb is not None and sentence.words[verb].pos == "VERB":
        return (None, "")  # “…馆”|计划明年上线
    index = sentence.word_at(at + len(best[1]))
    compound = (
        index is not None
        and sentence.words[index].pos == "NOUN"
        and not ends_post(sentence.words[index], lexicon)
    )
    return (None, "") if best[0] == "Organization" and compound else best


def _goods(sentence: Sentence, match: re.Match[str], lexicon: Lexicon) -> Mention | None:
    """Return the goods that a quotation names (“沛县大蒜”), alone or with the noun behind it (“湖西红”大蒜)."""
    inner, text = match[1], sentence.document
    if len(inner) > _LONGEST_BRAND:
        return None
    kinds = {end: kind for _, end, kind in matches(lexicon.products, inner)}
    handled = inner[0] in lexicon.deeds  # “卖山货”
    if kinds.get(len(inner)) and not handled and text[match.end() : match.end() + 1] not in _MORE_OF_NAME:
        return Mention("Product", match.start(), match.end(), match.group(), name=inner)
    found = matches(lexicon.products, text, match.end(), min(match.end() + 6, sentence.end))
    ends = [end for start, end, kind in found if start == match.end() and kind and sentence.is_boundary(end)]
    if not ends:
        return None
    return Mention(
        "Product",
        match.start(),
        max(ends),
        text[match.start() : max(ends)],
        name=inner + text[match.end() : max(ends)],
    )


def _sounds_like_honour(text: str, lexicon: Lexicon) -> bool:
    """Whether a quotation opens with an area and ends as honours do (“中国诗乡”), or opens as they do (“十佳瓜农”)."""
    if not 4 <= len(text) <= 16:
        return False
    opens = text.startswith(tuple(lexicon.phrases["designation_openings"]))
    ends = text.endswith(tuple(lexicon.phrases["honour_ends"]))
    return (opens and ends) or text.startswith(tuple(lexicon.phrases["honour_superlatives"]))


def honours(sentence: Sentence, lexicon: Lexicon) -> Iterator[Mention]:
    """Yield honours from the area or level that opens them to their last word (全国重点文物保护单位)."""
    text = sentence.document
    openings = alternation(tuple(lexicon.phrases["designation_openings"]))
    stops = "".join(lexicon.phrases["honour_stops"])
    reach = re.compile(rf"(?:{openings})[^，,。；：！？、“”《》\s{stops}]*$")
    joined = re.compile(rf"(?:以及|[和与及])(?=(?:{openings}))")
    for start, end, head in matches(lexicon.heads, text, sentence.start, sentence.end):
        if head.cls != "Designation" or head.weak or not (sentence.is_boundary(end) or len(head.text) > 3):
            continue
        if any(text.startswith(word, end) for word in lexicon.sets["not_before"]):
            continue
        found = reach.search(text, max(sentence.start, start - _LONGEST_HONOUR), start)
        if found and (second := joined.search(text, found.start(), start)) is not None:
            found = reach.match(text, second.end(), start)  # 省级众创空间和|国家电子商务示范基地
        if found is None and re.match(openings, head.text):
            yield Mention("Designation", start, end, head.text)  # 6个|省级试点
        if found and not _tells(sentence, found.start(), start, lexicon):
            yield Mention("Designation", found.start(), end, text[found.start() : end])


def _tells(sentence: Sentence, start: int, end: int, lexicon: Lexicon) -> bool:
    """Whether words that belong to no name stand between two offsets (全国|选定十个…县)."""
    inside = [word for word in sentence.words if start <= word.start < end]
    verbs = (w for w in inside[:2] if w.pos == "VERB" and w.tag != "vn")
    scope = inside[0].text[0] == "全" if inside else False  # of which a clause tells rather than a level
    told = scope and any(w.text not in lexicon.sets["inner_verbs"] for w in verbs)
    got = any(w.text in lexicon.sets["granting"] and w.start > start for w in inside)  # 中国农博会上|获得金奖
    return told or got or any(w.pos in ("NUM", "ADV", "PRON") and w.start > start for w in inside)


def _granted(text: str, sentence: Sentence, start: int, lexicon: Lexicon) -> bool:
    """Whether a verb of granting stands before a quoted list that this quotation belongs to."""
    before = text[max(sentence.start, start - 60) : start]
    levels = alternation(tuple(lexicon.phrases["designation_openings"]))
    before = re.sub(rf"(?:“[^“”]*”[、和及，]?(?:{levels}|[一-鿿]{{0,2}})?)*$", "", before)
    tail = before[-12:]
    return any(
        verb in tail and not re.search(r"[，。；的走]|.{7}", tail[tail.rindex(verb) + len(verb) :])
        for verb in lexicon.sets["granting"]
    )


def _level_before(text: str, start: int, lexicon: Lexicon) -> int:
    """Return where an honour begins whose level stands before its quotation (全国“…示范县”)."""
    openings = (word for word in lexicon.phrases["designation_openings"] if text.endswith(word, 0, start))
    return start - len(max(openings, key=len, default=""))


def standing(sentence: Sentence, lexicon: Lexicon) -> Iterator[Mention]:
    """Yield honours, programmes and campaign days that are names as they stand (淘宝村, 双11)."""
    text = sentence.document
    for start, end, cls in longest(matches(lexicon.standing, text, sentence.start, sentence.end)):
        inner = text[start:end]
        inside = text[end : end + 1] in lexicon.sets["inside"]  # 淘宝|村里, as the model cuts it
        if cls != "Event" and end < sentence.end and not (inside or sentence.is_boundary(end)):
            continue  # 淘宝直播|村播: cut amid a word
        if cls == "Event" and inner.isdigit() and text[start - 1 : start] != "“":
            continue
        if text[start - 1 : start] == "“" and text[end : end + 1] == "”":
            start, end = start - 1, end + 1
        start = _level_before(text, start, lexicon) if cls == "Designation" else start
        yield Mention(cls, start, end, text[start:end], name=re.sub("[“”]", "", text[start:end]))
