"""Places in a sentence: names of the gazetteer, and villages and townships by the shape of their names."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from kg.extraction.lexicon import Lexicon, longest, matches
from kg.extraction.place_lists import list_after, words_of
from kg.extraction.place_shapes import LOOSE, is_chain, is_field, is_generic, pattern, splits_word
from kg.extraction.sentences import Sentence
from kg.model import KnownName, Mention

_LARGER = frozenset({"province", "prefecture", "county", "township"})
_LEVELS = ("country", "province", "prefecture", "county", "township", "village")
_UNITS = "省市县区旗州盟镇乡"


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
        and not splits_word(sentence.document, start, lexicon)
    ]
    found = [_without_title(item, sentence, lexicon) for item in found]
    found.extend(_chained(sentence, found, lexicon))
    nested = _nested(named)
    found.extend(nested)
    places = [
        Mention("Place", start, end, sentence.document[start:end], level=known.level, keys=known.keys)
        for start, end, known in longest(found)
    ]
    ends_here = {place.end: place for place in places}
    places = [p for p in places if not _climbs(p, ends_here.get(p.start), sentence.document)]
    sure = {(start, end) for start, end, _ in nested}
    return [
        p
        for p in places
        if (p.start, p.end) in sure or _supported(p, ends_here.get(p.start), sentence, lexicon)
    ]


def _nested(named: list[tuple[int, int, KnownName]]) -> list[tuple[int, int, KnownName]]:
    """Return townships right after the county that they lie in, with it, whatever the model made of them.

    So 来凤 in 来凤旧司镇 is a county although 来 and 凤 are words, and no 凤旧司镇 is there.
    """
    ends: dict[int, list[tuple[int, int, KnownName]]] = {}
    for item in named:
        ends.setdefault(item[1], []).append(item)
    found = []
    for township in named:
        if township[2].level == "township":
            around = [item for item in ends.get(township[0], ()) if _holds(item[2], township[2])]
            if around:
                found.extend([max(around, key=lambda item: item[1] - item[0]), township])
    return found


def _holds(larger: KnownName, smaller: KnownName) -> bool:
    """Whether a county (or prefecture) of one name has a division of the other, by their codes."""
    prefixes = tuple(key.removesuffix("00").removesuffix("00") for key in larger.keys)
    return larger.level in ("prefecture", "county") and any(key.startswith(prefixes) for key in smaller.keys)


def _climbs(place: Mention, before: Mention | None, text: str) -> bool:
    """Whether a name without its unit stands right after a smaller place: no 河北 in 曹县|河北村."""
    if text[place.end - 1] in _UNITS:
        return False
    if before is None or not before.level or not place.level:
        return False
    if before.level != "township" and before.text[-1] not in _UNITS:
        return False  # 京津冀
    return _LEVELS.index(before.level) >= _LEVELS.index(place.level)


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
    larger = {end: known for _, end, known in found}
    return [
        (start, end, known)
        for start, end, known in matches(lexicon.names, sentence.document, sentence.start, sentence.end)
        if known.cls == "Place"
        and (
            (start in ends and end - start == 2 and sentence.document[end - 1] in "县区市旗")
            or (start in larger and sentence.is_boundary(end) and _is_part(larger[start], known))
        )
    ]


def _is_part(larger: KnownName, smaller: KnownName) -> bool:
    """Whether a prefecture or county, by its code, is of a province that a name stands for (云南|保山)."""
    prefixes = tuple(key.rstrip("0") for key in larger.keys)
    return larger.level == "province" and any(key.startswith(prefixes) for key in smaller.keys)


def _stands_alone(sentence: Sentence, start: int, end: int, ends: set[int], lexicon: Lexicon) -> bool:
    """Whether the words around let these characters be a name of their own; ``ends`` are those of others."""
    text = sentence.document[start:end]
    if (
        text[-1] == "乡"
        and sentence.document[end : end + 1] in ("村", "镇")
        and not sentence.is_boundary(end)
    ):
        return False  # 振兴|乡村
    if len(text) < 4 and sentence.document.startswith(tuple(lexicon.phrases["landforms"]), end):
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
    if word.start < start and sentence.document[word.start : start] in lexicon.sets["prepositions"]:
        return sentence.is_boundary(end)  # 同|沛县
    # Inside one longer word only where the model takes that word for a place or body (泸定县委).
    return word.start == start and word.label in ("GPE", "ORG", "LOC", "FAC")


def _supported(place: Mention, before: Mention | None, sentence: Sentence, lexicon: Lexicon) -> bool:
    """An ordinary word is a place only after a larger place that holds it, or that the model says it is."""
    if not lexicon.known[place.text].weak:
        return True
    if before is not None and _holds_by_code(before, place):
        return True
    index = sentence.word_at(place.start)
    if index is None or sentence.words[index].label not in ("GPE", "LOC"):
        return False
    return before is not None


def _holds_by_code(larger: Mention, smaller: Mention) -> bool:
    prefixes = tuple(key.removesuffix("00").removesuffix("00") for key in larger.keys)
    return any(key.startswith(prefixes) and key not in larger.keys for key in smaller.keys)


def villages_and_townships(sentence: Sentence, places: list[Mention], lexicon: Lexicon) -> Iterator[Mention]:
    """Yield units below the county that are not in the gazetteer, by the shape of their names."""
    starts = {place.start for place in places}
    inside = {at for place in places for at in range(place.start + 1, place.end)}
    for place in places:
        if place.level in _LARGER and place.end not in starts:
            yield from _after(sentence, place, lexicon)
    yield from _doubtful(sentence, inside, lexicon)
    for word in sentence.words:
        named = word.label in ("GPE", "LOC") or word.tag in ("LOC", "ns")
        if named or (word.label == "ORG" and word.text.endswith(("村", "社区"))):
            mention = _by_shape(sentence, word.start, word.end, lexicon)
            if (
                mention
                and mention.start not in inside
                and not splits_word(sentence.document, mention.start, lexicon)
            ):
                yield mention
                if mention.level in ("village", "township"):
                    yield from list_after(sentence, mention.end, mention.level, lexicon)
                if mention.level == "township" and mention.end not in starts:
                    yield from _after(sentence, mention, lexicon)


def _doubtful(sentence: Sentence, inside: set[int], lexicon: Lexicon) -> Iterator[Mention]:
    """Yield what looks like a village to nobody but by its last character: it is one if the official list has it.

    That are words that the model takes for something else (大房身村, an adjective), and a place with 社区 after it.
    """
    text, unit = sentence.document, ("村", "社区")
    for word, after in zip(sentence.words, (*sentence.words[1:], None), strict=True):
        end = word.end
        if word.label in ("GPE", "LOC") and after is not None and after.text in unit and after.start == end:
            end = after.end
        elif word.label in ("GPE", "LOC", "ORG") or len(word.text) < 3 or not word.text.endswith(unit):
            continue
        elif word.label == "PERSON" and not text.startswith(lexicon.after_villages, end):
            continue  # 李长村
        shaped = _by_shape(sentence, word.start, end, lexicon) if word.start not in inside else None
        if shaped is not None and shaped.level == "village":
            yield replace(shaped, kind="doubtful")


def _by_shape(sentence: Sentence, start: int, end: int, lexicon: Lexicon) -> Mention | None:
    text = sentence.document[start:end]
    start += next((len(word) for word in lexicon.sets["before_places"] if text.startswith(word)), 0)
    text = sentence.document[start:end]
    level = _level_by_shape(text, lexicon)
    if level is None or is_generic(text, lexicon) or is_field(sentence, start, end, lexicon):
        return None
    if is_chain(text, lexicon):
        return None  # its smaller units are read after the larger ones
    if level == "county" and any(e == len(text) for _, e, _ in matches(lexicon.names, text)):
        return None  # 甲市|成县 is two
    return Mention("Place", start, end, text, level=level)


def _level_by_shape(text: str, lexicon: Lexicon) -> str | None:
    for level in ("village", "township"):
        for ending in lexicon.endings[level]:
            if text.endswith(ending) and len(text) > len(ending) + (1 if len(ending) == 1 else 0):
                return level
    return "county" if text.endswith(lexicon.endings["county"]) and len(text) > 2 else None


def _after(sentence: Sentence, place: Mention, lexicon: Lexicon) -> Iterator[Mention]:
    """Yield what follows a larger place directly: 沙集镇|西山村, and the list that it opens."""
    text = sentence.document
    at = place.end
    if text[at : at + 1] == "的":
        at += 1
    while text[at : at + 1] in ("—", "－"):  # 沙集镇——西山村、…
        at += 1
    for level in ("village",) if place.level == "township" else ("township", "village"):
        match = pattern(lexicon.endings[level]).match(text, at, sentence.end)
        if match and match.end() - match.start() > 1:
            start = _name_start(sentence, match.start(), match.end())
            name = text[start : match.end()]
            if is_generic(name, lexicon) or is_field(sentence, start, match.end(), lexicon):
                continue
            named = (
                place.level == "township"
                and name[0] in lexicon.surnames
                and sentence.is_boundary(match.end())
            )
            if len(name) == 2 and ((level == "village" and not named) or name[0] in _UNITS):
                continue  # 县乡, but 沙集镇|李村
            if start > match.start():  # 县城到|西山镇
                yield Mention("Place", start, match.end(), name, level=level)
                continue
            found = Mention("Place", match.start(), match.end(), name, level=level)
            yield found
            yield from list_after(sentence, match.end(), level, lexicon)
            if level == "township":
                yield from _after(sentence, found, lexicon)
            return
    if place.level == "township":
        loose = LOOSE.match(text, at, sentence.end)
        if loose and not any(
            w.pos == "VERB" and len(w.text) > 1 for w in words_of(sentence, at, loose.end() - 2)
        ):
            yield Mention("Place", *loose.span(), loose.group(), level="village", kind="doubtful")
        yield from list_after(sentence, place.end, "village", lexicon, opening=True)


def _name_start(sentence: Sentence, start: int, end: int) -> int:
    """Return where a name begins that other words stand before (城到|西山镇, 今年无|村镇)."""
    for word in words_of(sentence, start, end):
        inside = start <= word.start and word.end < end
        long = len(word.text) == 2 and word.end < end - 2  # 参观|北山村
        verb = word.pos == "VERB" and (len(word.text) == 1 or long)  # 新建乡 is a name
        function = verb or word.pos in ("ADP", "ADV", "PRON", "PART", "CCONJ") or word.label == "DATE"
        if inside and function and not word.label.startswith(("GPE", "LOC")):
            start = word.end
    return start
