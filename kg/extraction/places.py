"""Places in a sentence: names of the gazetteer, and villages and townships by the shape of their names."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.extraction.lexicon import Lexicon, longest, matches
from kg.extraction.sentences import Sentence, Word
from kg.model import KnownName, Mention

_HAN = r"[一-鿿〇]"
_NO_NAME = (
    "，。、；：！？的了在是和与及或对从把被为有这那该各每个位名所其等,.!?;: 　“”‘’《》（）()—－0123456789"
)
_ITEM = re.compile(r"[^，。、；：！？,.!?;:\s“”‘’《》（）()等\d]{2,6}")
_DASHES = "—－"
_ITEM_ENDS = "、，；。等（(和与及"  # or the end of the text
_JOINS = "、和与及"
_NO_NAME_TAGS = frozenset({"f", "s", "q", "m", "r"})  # of words for where and how many: 周边村, 两个村
_LARGER = frozenset({"province", "prefecture", "county", "township"})


def known_places(sentence: Sentence, lexicon: Lexicon) -> list[Mention]:
    """Return the places of the gazetteer in a sentence, the longest name at each point."""
    named = [
        item
        for item in matches(lexicon.names, sentence.document, sentence.start, sentence.end)
        if item[2].cls == "Place"
    ]
    ends = {end for _, end, _ in named}
    found = [
        (start, end, known)
        for start, end, known in named
        if _stands_alone(sentence, start, end, ends, lexicon)
        and sentence.document[start:end] not in lexicon.sets["generic_places"]
    ]
    found = [_without_title(item, sentence, lexicon) for item in found]
    found.extend(_chained(sentence, found, lexicon))
    places = [
        Mention("Place", start, end, sentence.document[start:end], level=known.level, keys=known.keys)
        for start, end, known in longest(found)
    ]
    return [place for place in places if _supported(place, places, sentence, lexicon)]


def _without_title(
    place: tuple[int, int, KnownName], sentence: Sentence, lexicon: Lexicon
) -> tuple[int, int, KnownName]:
    """Leave the unit to the post that it opens (缙云|县委书记), if the rest names the same place."""
    start, end, known = place
    short = lexicon.known.get(sentence.document[start : end - 1])
    if short is None or short.weak or not set(known.keys) <= set(short.keys):
        return place
    if any(
        s == end for s, _, _ in matches(lexicon.names, sentence.document, end, min(end + 8, sentence.end))
    ):
        return place  # …市|长汀县: no 市长
    opened = matches(lexicon.titles, sentence.document, end - 1, min(end + 8, sentence.end))
    post = any(s == end - 1 and e > end and sentence.is_boundary(e) for s, e, _ in opened)
    return (start, end - 1, known) if post else place


def _chained(
    sentence: Sentence, found: list[tuple[int, int, KnownName]], lexicon: Lexicon
) -> list[tuple[int, int, KnownName]]:
    """Return short full names (曹县) right after a larger place, whatever the model made of them."""
    ends = {end for _, end, _ in found if sentence.document[end - 1] in "省市州区盟"}
    return [
        (start, end, known)
        for start, end, known in matches(lexicon.names, sentence.document, sentence.start, sentence.end)
        if known.cls == "Place"
        and start in ends
        and end - start == 2
        and sentence.document[end - 1] in "县区市旗"
    ]


def _stands_alone(sentence: Sentence, start: int, end: int, ends: set[int], lexicon: Lexicon) -> bool:
    """Whether the words around let these characters be a name of their own; ``ends`` are those of others."""
    text = sentence.document[start:end]
    if (
        text[-1] == "乡"
        and sentence.document[end : end + 1] in ("村", "镇")
        and not sentence.is_boundary(end)
    ):
        return False  # 振兴|乡村
    if len(text) < 4 and sentence.document.startswith(tuple(lexicon.phrases["regions"]), end):
        return False  # 上党|盆地
    if text[-1] in "省市县区旗州盟镇乡道" and len(text) > 2:
        # A full name. The model often cuts chains of these wrongly, but a common word keeps its end (电商|州县).
        index = sentence.word_at(start)
        if index is None or start in ends:
            return True
        word = sentence.words[index]
        return word.start == start or bool(word.label) or word.pos == "PROPN"
    first = sentence.word_at(start)
    if first is None:
        return False
    word = sentence.words[first]
    if word.start == start and sentence.is_boundary(end):
        return True
    # Inside one longer word only where the model takes that word for a place or body (泸定县委).
    return word.start == start and word.label in ("GPE", "ORG", "LOC", "FAC")


def _supported(place: Mention, places: list[Mention], sentence: Sentence, lexicon: Lexicon) -> bool:
    """An ordinary word is a place only if the model says so and a larger place stands before it."""
    if not lexicon.known[place.text].weak:
        return True
    index = sentence.word_at(place.start)
    if index is None or sentence.words[index].label not in ("GPE", "LOC"):
        return False
    text = sentence.document
    return any(
        other.end == place.start
        or (other is not place and _listed(text, other, place) and not lexicon.known[other.text].weak)
        for other in places
    )


def _listed(text: str, one: Mention, other: Mention) -> bool:
    """Whether two places stand side by side in a list (沛县、丰县)."""
    first, second = sorted((one, other), key=lambda m: m.start)
    return second.start - first.end == 1 and text[first.end] in _JOINS


def villages_and_townships(sentence: Sentence, places: list[Mention], lexicon: Lexicon) -> Iterator[Mention]:
    """Yield units below the county that are not in the gazetteer, by the shape of their names."""
    for place in places:
        if place.level in _LARGER and not any(p.start == place.end for p in places):
            yield from _after(sentence, place, lexicon)
    for word in sentence.words:
        named = word.label in ("GPE", "LOC") or word.tag in ("LOC", "ns")
        if named or (word.label == "ORG" and word.text.endswith(("村", "社区"))):
            mention = _by_shape(sentence, word.start, word.end, lexicon)
            if mention:
                yield mention
                if mention.level in ("village", "township"):
                    yield from _list_after(
                        sentence, mention.end, mention.level, _endings(mention.level, lexicon), lexicon
                    )


def _endings(level: str, lexicon: Lexicon) -> str:
    """Return a pattern of the last words of names of a level, the longest first."""
    return "|".join(sorted(map(re.escape, lexicon.sets[f"{level}_endings"]), key=lambda e: (-len(e), e)))


def _is_generic(name: str, lexicon: Lexicon) -> bool:
    """Whether a name only says what kind of place it is (小山村, 美丽乡村)."""
    generic, endings = lexicon.sets["generic_places"], lexicon.sets["generic_endings"]
    return name in generic or any(name.endswith(word) for word in generic if len(word) > 2 or word in endings)


def _is_field(sentence: Sentence, start: int, end: int, lexicon: Lexicon) -> bool:
    """Whether these characters say what an office sees to (农业农村|局): its name goes on after them."""
    text, fields = sentence.document, lexicon.sets["portfolios"]
    reach = matches(lexicon.heads, text, start, min(end + 16, sentence.end))
    if any(s == start and e > end and head.cls == "Organization" for s, e, head in reach):
        return True
    at = start
    while at < end:
        step = max((len(word) for word in fields if text.startswith(word, at, end)), default=0)
        if not step:
            return False
        at += step
    return True


def _by_shape(sentence: Sentence, start: int, end: int, lexicon: Lexicon) -> Mention | None:
    text = sentence.document[start:end]
    if _is_generic(text, lexicon) or _is_field(sentence, start, end, lexicon):
        return None
    prefixes = (
        e
        for s, e, k in matches(lexicon.names, text)
        if s == 0 and k.cls == "Place" and text[e - 1] in "省市县区旗镇乡"
    )
    if any(e < len(text) for e in prefixes):
        return None  # a chain: its smaller units are read after the larger ones
    for level, endings in (("village", "village_endings"), ("township", "township_endings")):
        for ending in sorted(lexicon.sets[endings], key=lambda e: (-len(e), e)):
            if text.endswith(ending) and len(text) > len(ending) + (1 if len(ending) == 1 else 0):
                return Mention("Place", start, end, text, level=level)
    known = any(e == len(text) for _, e, _ in matches(lexicon.names, text))  # 甲市|成县 is two
    if text.endswith(tuple(lexicon.sets["county_endings"])) and len(text) > 2 and not known:
        return Mention("Place", start, end, text, level="county")
    return None


def _after(sentence: Sentence, place: Mention, lexicon: Lexicon) -> Iterator[Mention]:
    """Yield what follows a larger place directly: 沙集镇|西山村, and the list that it opens."""
    endings, townships = _endings("village", lexicon), _endings("township", lexicon)
    shapes = (
        [("village", endings)]
        if place.level == "township"
        else [("township", townships), ("village", endings)]
    )
    text = sentence.document
    at = place.end
    if text[at : at + 1] == "的":
        at += 1
    while text[at : at + 1] in _DASHES and text[at : at + 1]:  # 沙集镇——西山村、…
        at += 1
    for level, ending in shapes:
        match = _shaped(ending).match(text, at, sentence.end)
        if match and match.end() - match.start() > 1:
            start = _name_start(sentence, match.start(), match.end())
            name = text[start : match.end()]
            if _is_generic(name, lexicon) or _is_field(sentence, start, match.end(), lexicon):
                continue
            if start > match.start():
                if len(name) > 2:
                    yield Mention("Place", start, match.end(), name, level=level)
                continue
            if len(name) == 2 and level == "village":
                continue
            yield Mention("Place", match.start(), match.end(), name, level=level)
            yield from _list_after(sentence, match.end(), level, ending, lexicon)
            return
    if place.level == "township":
        yield from _list_after(sentence, place.end, "village", endings, lexicon, opening=True)


def _name_start(sentence: Sentence, start: int, end: int) -> int:
    """Return where a name begins that other words stand before (城到|西山镇, 今年无|村镇)."""
    for word in _words(sentence, start, end):
        inside = start <= word.start and word.end < end
        function = word.pos in ("ADP", "ADV", "PRON", "PART", "CCONJ", "VERB") or word.label == "DATE"
        if inside and function and not word.label.startswith(("GPE", "LOC")):
            start = word.end
    return start


def _shaped(ending: str) -> re.Pattern[str]:
    """Return a pattern of a name with one of these endings, the shortest that could end here."""
    return re.compile(rf"[^{_NO_NAME}]{{1,6}}?(?:{ending})(?!{ending}|[委民长里庄头口干园支])")


def _list_after(
    sentence: Sentence, at: int, level: str, ending: str, lexicon: Lexicon, opening: bool = False
) -> Iterator[Mention]:
    """Yield the further items of a list of such places (北沟、小李村和陈家河村), some without 村."""
    items: list[tuple[int, int]] = []
    text = sentence.document
    if opening:
        first = _ITEM.match(text, at, sentence.end)
        if not first or text[first.end() : first.end() + 1] != "、":
            return
        items.append(first.span())
        at = first.end()
    while (mark := text[at : at + 1]) and mark in _JOINS:
        match = _shaped(ending).match(text, at + 1, sentence.end)
        if match and (_is_generic(match.group(), lexicon) or _is_field(sentence, *match.span(), lexicon)):
            break
        if not match or (mark == "、" and text[match.end() : match.end() + 1] not in _ITEM_ENDS):
            match = _ITEM.match(text, at + 1, sentence.end) if mark == "、" else None
        if not match or (mark == "、" and text[match.end() : match.end() + 1] not in _ITEM_ENDS):
            break
        if mark != "、" and any(w.tag in _NO_NAME_TAGS for w in _words(sentence, *match.span())):
            break
        items.append(match.span())
        at = match.end()
    shaped = [bool(re.search(rf"(?:{ending})$", text[start:end])) for start, end in items]
    if any(shaped) and sum(shaped) * 2 >= len(items) - (0 if opening else 1):
        for start, end in items:
            if any(e == end and e - s > 1 for s, e, _ in matches(lexicon.heads, text, start, end)):
                continue  # 供销社
            if all(word.pos in ("NOUN", "PROPN", "ADJ", "NUM") for word in _words(sentence, start, end)):
                yield Mention("Place", start, end, text[start:end], level=level)


def _words(sentence: Sentence, start: int, end: int) -> Iterator[Word]:
    return (word for word in sentence.words if word.start < end and word.end > start)
