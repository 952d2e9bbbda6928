"""Lists of places: what follows the first, and what shares the ending of the last."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kg.extraction.lexicon import Lexicon, matches
from kg.extraction.place_shapes import is_chain, is_field, is_generic, pattern, words_of
from kg.extraction.sentences import Sentence
from kg.model import Mention

_ITEM = re.compile(r"[^，。、；：！？,.!?;:\s“”‘’《》（）()等\d]{2,6}")
_ITEM_ENDS = "、，；。等（(和与及"  # or the end of the text
_JOINS = "、和与及"
_PIECE = re.compile(r"[^、]+")
_LAST_PIECES = re.compile(r"[^和与及]+")
_NO_NAME_TAGS = frozenset({"f", "s", "q", "m", "r"})  # of words for where and how many: 周边村, 两个村


def list_after(
    sentence: Sentence, at: int, level: str, lexicon: Lexicon, opening: bool = False
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
        match = pattern(lexicon.endings[level]).match(text, at + 1, sentence.end)
        if match and (is_generic(match.group(), lexicon) or is_field(sentence, *match.span(), lexicon)):
            break
        if not match or (mark == "、" and text[match.end() : match.end() + 1] not in _ITEM_ENDS):
            match = _ITEM.match(text, at + 1, sentence.end) if mark == "、" else None
        if not match or (mark == "、" and text[match.end() : match.end() + 1] not in _ITEM_ENDS):
            break
        if is_chain(match.group(), lexicon):
            break  # 壶镇镇大桥村和|新碧街道黄碧村
        if mark != "、" and any(w.tag in _NO_NAME_TAGS for w in words_of(sentence, *match.span())):
            break
        items.append(match.span())
        at = match.end()
    shaped = [text.endswith(lexicon.endings[level], start, end) for start, end in items]
    if any(shaped) and sum(shaped) * 2 >= len(items) - (0 if opening else 1):
        for start, end in items:
            if any(e == end and e - s > 1 for s, e, _ in matches(lexicon.heads, text, start, end)):
                continue  # 供销社
            if all(word.pos in ("NOUN", "PROPN", "ADJ", "NUM") for word in words_of(sentence, start, end)):
                yield Mention("Place", start, end, text[start:end], level=level)


def shared_endings(sentence: Sentence, places: Sequence[Mention], lexicon: Lexicon) -> list[Mention]:
    """Return the places of lists whose ending stands once, after all of them: 莘、冠两县, 曹县大集、安蔡楼等镇.

    Two items at least, all of them known by name and ending; villages, which nobody knows here, right after
    one of ``places``. Without a number or 等 before the ending it belongs to the last item alone.
    """
    found: list[Mention] = []
    for match in lexicon.shared_units.finditer(sentence.document, sentence.start, sentence.end):
        units = [unit for unit in sorted(lexicon.sets["units"]) if unit in match[2]]
        pieces = _pieces(sentence.document, *match.span(1))
        if units:
            items = [_item(sentence, *span, units, lexicon, at == 0) for at, span in enumerate(pieces)]
        else:
            items = _villages(sentence, pieces, places)
        if len(items) > 1 and all(items):
            found.extend(item for item in items if item)
    return found


def _pieces(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Return the items of a list; a conjunction stands only before the last, 和 in 仁和 is none."""
    pieces = [piece.span() for piece in _PIECE.finditer(text, start, end)]
    last = [piece.span() for piece in _LAST_PIECES.finditer(text, *pieces[-1])]
    return [*pieces[:-1], *last] if len(last) == 2 else pieces


def _item(
    sentence: Sentence, start: int, end: int, units: Sequence[str], lexicon: Lexicon, opening: bool
) -> Mention | None:
    """Return the place that an item of such a list names; before the first the sentence goes on."""
    text = sentence.document
    for begin in range(start, end) if opening else (start,):
        if text[begin:end] in lexicon.sets["directions"]:
            return None
        for unit in ("", *units):
            name = text[begin:end] + unit
            known = lexicon.known.get(name)
            if known is not None and known.cls == "Place" and name.endswith(tuple(units)):
                named = name if unit else None
                return Mention(
                    "Place", begin, end, text[begin:end], level=known.level, keys=known.keys, name=named
                )
    return None


def _villages(
    sentence: Sentence, pieces: Sequence[tuple[int, int]], places: Sequence[Mention]
) -> list[Mention | None]:
    first, last = pieces[0]
    start = max((place.end for place in places if first < place.end < last), default=None)
    if start is None:
        return []
    start += sentence.document[start] == "的"
    spans = [(start, last), *pieces[1:]]
    for span in spans:
        if not all(word.pos in ("NOUN", "PROPN", "ADJ", "NUM") for word in words_of(sentence, *span)):
            return []
    return [
        Mention("Place", begin, end, sentence.document[begin:end], level="village") for begin, end in spans
    ]
