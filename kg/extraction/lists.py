"""Names that only their list explains: 圆通、韵达等快递公司."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.extraction.lexicon import Lexicon, matches
from kg.extraction.quotations import last_head
from kg.extraction.sentences import Sentence
from kg.model import Mention


def apposition_lists(sentence: Sentence, lexicon: Lexicon) -> Iterator[Mention]:
    """Yield the items of a list that its last words explain: 圆通、韵达等快递公司."""
    text = sentence.document
    if text.find("、", sentence.start, sentence.end) < 0 or text.find("等", sentence.start, sentence.end) < 0:
        return
    item = r"[^，。；：！？、\s“”《》等]{2,14}|“[^“”]{2,14}”"
    pattern = re.compile(
        rf"((?:{item})(?:、(?:{item}))*)、?((?:{item})?)等(?:[\d一二三四五六七八九十百余多]+[家个种款大类项场])?"
    )
    for match in pattern.finditer(text, sentence.start, sentence.end):
        if "、" not in match[1]:
            continue
        cls = _class_of_list(sentence, match.end(), lexicon)
        if cls is None:
            continue
        at = match.start(1)
        for position, piece in enumerate(match[1].split("、")):
            start, end = at, at + len(piece)
            at = end + 1
            if position == 0:
                start = _first_item(sentence, start, end)
            start, end = _trim(sentence, start, end, lexicon)
            if end - start > 1 and _fits_list(sentence, start, end, cls, lexicon):
                name = text[start:end].strip("“”")
                yield Mention(
                    cls, start, end, text[start:end], name=name if name != text[start:end] else None
                )


def industries(sentence: Sentence, lexicon: Lexicon) -> Iterator[Mention]:
    """Yield goods in a list that is said to be of industries: 皮革、板材、大蒜三大特色产业."""
    pattern = re.compile(
        r"((?:[^，。；：！？、\s“”《》等]{2,8}、)+[^，。；：！？、\s“”《》等]{2,8}?)等?"
        rf"[两三四五六七八九十\d]{{1,2}}大[^，。；：！？、]{{0,8}}(?:{'|'.join(lexicon.phrases['industry_nouns'])})"
    )
    for match in pattern.finditer(sentence.document, sentence.start, sentence.end):
        at = match.start(1)
        for piece in match[1].split("、"):
            start, end = at, at + len(piece)
            at = end + 1
            start = _first_item(sentence, start, end) if start == match.start(1) else start
            if _fits_list(sentence, start, end, "Product", lexicon):
                yield Mention("Product", start, end, sentence.document[start:end], kind="industry")


def goods(sentence: Sentence, lexicon: Lexicon) -> Iterator[Mention]:
    """Yield the goods of a list most of whose items are known goods (古筝、古琴、琵琶、扬琴样样能做)."""
    item = r"[^，。；：！？、\s“”《》等（）()]{2,8}"
    for match in re.finditer(rf"{item}(?:、{item}){{2,}}", sentence.text):
        at = sentence.start + match.start()
        pieces = match[0].split("、")
        spans: list[tuple[int, int]] = []
        for position, piece in enumerate(pieces):
            start, end = at, at + len(piece)
            at = end + 1
            index = sentence.word_at(end - 1 if position == 0 else start)
            if index is None:
                continue
            word = sentence.words[index]
            if position == 0:
                start = max(start, word.start)
            elif position == len(pieces) - 1:
                opened = (
                    e
                    for s, e, k in matches(lexicon.products, sentence.document, start, end)
                    if s == start and k
                )
                end = max(opened, default=min(end, word.end))
            spans.append((start, end))
        known = [
            any(e == end for _, e, k in matches(lexicon.products, sentence.document, s, end) if k)
            for s, end in spans
        ]
        if sum(known) * 2 < len(spans) or len(spans) < 3:
            continue
        for (start, end), sure in zip(spans, known, strict=True):
            if not sure and 1 < end - start < 6 and _fits_list(sentence, start, end, "Product", lexicon):
                yield Mention("Product", start, end, sentence.document[start:end], kind="listed")


def products_of_places(sentence: Sentence, lexicon: Lexicon) -> Iterator[Mention]:
    """Yield place and good of each item of a list of them: 雅江松茸、九龙花椒、道孚大葱等.

    In such a list even a name that is an ordinary word, or cut wrongly, is a place.
    """
    text = sentence.document
    for match in re.finditer(
        r"(?:[一-鿿]{4,8}、)+[一-鿿]{4,8}?(?=等|和|[，。；,;]|$)", text[sentence.start : sentence.end]
    ):
        at = sentence.start + match.start()
        items: list[tuple[Mention, Mention]] = []
        for piece in match.group().split("、"):
            for start in range(at, at + len(piece) - 3):
                found = _place_and_good(text, start, at + len(piece), lexicon)
                if found:
                    items.append(found)
                    break
            at += len(piece) + 1
        if len(items) > 2 and any(m.end for _, m in items if _is_good(m.text, lexicon)):
            for pair in items:
                yield from pair


def _place_and_good(text: str, start: int, end: int, lexicon: Lexicon) -> tuple[Mention, Mention] | None:
    for length in (3, 2):
        known = lexicon.known.get(text[start : start + length])
        if known is not None and known.cls == "Place" and 2 <= end - start - length <= 5:
            middle = start + length
            place = Mention("Place", start, middle, text[start:middle], level=known.level, keys=known.keys)
            middle += text.startswith("的", middle)
            return place, Mention("Product", middle, end, text[middle:end], kind="industry")
    return None


def _is_good(text: str, lexicon: Lexicon) -> bool:
    return any(end == len(text) for _, end, kind in matches(lexicon.products, text) if kind)


def _class_of_list(sentence: Sentence, at: int, lexicon: Lexicon) -> str | None:
    """Return the class that the noun phrase after 等 gives the items, or None."""
    index = sentence.word_at(at) if at < sentence.end else None
    phrase = ""
    while index is not None and index < len(sentence.words):
        word = sentence.words[index]
        if word.pos not in ("NOUN", "PROPN", "ADJ") and word.text not in lexicon.sets["inner_verbs"]:
            break
        phrase += word.text
        index += 1
    best: tuple[int, str | None] = (0, None)
    for cls, nouns in lexicon.phrases["lists"].items():
        for noun in nouns:
            if phrase.endswith(noun) and len(noun) > best[0]:
                best = (len(noun), cls)
    return best[1] if best[1] != "Place" else None


def _fits_list(sentence: Sentence, start: int, end: int, cls: str, lexicon: Lexicon) -> bool:
    """Whether an item of a list can be a name of the class: goods are nouns, events end like events."""
    if cls == "Event":
        return last_head(sentence.document[start:end], lexicon, ("Event",)) is not None
    words = [word for word in sentence.words if word.start < end and word.end > start]
    if cls == "Product":
        return all(
            (word.pos in ("NOUN", "PROPN", "ADJ") and word.label not in ("GPE",))
            or word.text in lexicon.sets["trades"]
            for word in words
        )
    return not any(word.pos in ("ADP", "PART", "CCONJ", "NUM", "PRON") for word in words)


def _first_item(sentence: Sentence, start: int, end: int) -> int:
    """Return where the first item of a list begins: after the last verb or particle before it."""
    index = sentence.word_at(end - 1)
    edge = end
    while index is not None and index >= 0 and sentence.words[index].start >= start:
        word = sentence.words[index]
        if word.pos in ("VERB", "ADP", "PART", "CCONJ", "ADV", "PRON", "NUM", "PUNCT") and edge < end:
            break
        edge = word.start
        index -= 1
    return edge


def _trim(sentence: Sentence, start: int, end: int, lexicon: Lexicon) -> tuple[int, int]:
    """Cut a place with its full ending off the front of an item (沙集镇|东风合作社)."""
    text = sentence.document
    while True:
        found = [m for m in matches(lexicon.names, text, start, end) if m[0] == start and m[2].cls == "Place"]
        longest_end = max((m[1] for m in found if text[m[1] - 1] in "省市县区旗州镇乡"), default=start)
        if longest_end == start or longest_end >= end:
            return start, end
        start = longest_end


_ITEM = r"[^，。；：！？、\s“”《》（）()等和及与]{2,6}"
_LIST = re.compile(rf"(?:{_ITEM}、)+{_ITEM}")


def goods_beside_goods(sentence: Sentence, lexicon: Lexicon) -> Iterator[Mention]:
    """Yield the nouns that stand in one list with goods that are known: 蕨麻、青稞、牦牛肉."""
    for match in _LIST.finditer(sentence.document, sentence.start, sentence.end):
        items: list[tuple[int, int]] = []
        at = match.start()
        for piece in match.group().split("、"):
            items.append((at, at + len(piece)))
            at += len(piece) + 1
        first = (_first_item(sentence, *items[0]), items[0][1])
        last = (items[-1][0], _last_item(sentence, *items[-1], lexicon))
        items = [first, *items[1:-1], last]
        known = [_is_good(sentence.document[start:end], lexicon) for start, end in items]
        if 2 * sum(known) < len(items):
            continue
        for (start, end), is_known in zip(items, known, strict=True):
            if not is_known and end - start > 1 and _is_plain_noun(sentence, start, end, lexicon):
                yield Mention("Product", start, end, sentence.document[start:end], kind="listed")


def _last_item(sentence: Sentence, start: int, end: int, lexicon: Lexicon) -> int:
    """Return where the last item of a list ends: behind the good that opens it, else before what is no noun."""
    index = sentence.word_at(start)
    known = (
        e for s, e, kind in matches(lexicon.products, sentence.document, start, end) if s == start and kind
    )
    opened = max(known, default=end)
    if opened < end and sentence.is_boundary(opened):  # 粉皮|远近闻名
        return opened
    while index is not None and index < len(sentence.words) and sentence.words[index].start < end:
        word = sentence.words[index]
        if word.pos not in ("NOUN", "PROPN", "ADJ"):
            return word.start
        index += 1
    return end


def _is_plain_noun(sentence: Sentence, start: int, end: int, lexicon: Lexicon) -> bool:
    """Whether a stretch is one or two whole words, nouns that name nobody and no place."""
    words = [word for word in sentence.words if word.start < end and word.end > start]
    whole = words and words[0].start == start and words[-1].end == end and len(words) < 3
    return bool(whole) and all(
        word.pos in ("NOUN", "PROPN")
        and word.label in ("", "PRODUCT", "WORK_OF_ART")
        and word.text not in lexicon.known
        for word in words
    )
