"""Recognisers of names other than places and head-final phrases. Each takes a sentence and yields mentions."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.extraction.lexicon import Lexicon, longest, matches
from kg.extraction.sentences import Sentence, Word
from kg.model import Mention

_HAN_NAME = re.compile(r"[一-鿿]{2,4}(?:[·•][一-鿿]{1,6})*|[一-鿿]{1,6}(?:[·•][一-鿿]{1,6})+")
_TITLE = re.compile(r"《([^《》\n]{2,60})》")
_QUOTED = re.compile(r"“([^“”\n]{2,30})”")
_AFTER_NAME = frozenset({"VERB", "ADV", "PUNCT", "ADP", "PART", "PRON", "CCONJ"})


def registered(sentence: Sentence, lexicon: Lexicon) -> Iterator[Mention]:
    """Yield platforms and organisations of the registry."""
    found = (
        (start, end, known)
        for start, end, known in matches(lexicon.names, sentence.document, sentence.start, sentence.end)
        if known.cls != "Place" and _own_word(sentence, start, end, known.weak)
    )
    for start, end, known in longest(found):
        text = sentence.document[start:end]
        yield Mention(known.cls, start, end, text, kind=known.kind, keys=known.keys)


def _own_word(sentence: Sentence, start: int, end: int, weak: bool) -> bool:
    if weak:
        return sentence.is_boundary(start) and sentence.is_boundary(end)
    text = sentence.document[start:end]
    if text.isascii():  # a Latin name is not the middle of another word
        before, after = sentence.document[start - 1 : start], sentence.document[end : end + 1]
        return not (before.isascii() and before.isalnum()) and not (after.isascii() and after.isalnum())
    return len(text) > 2 or sentence.is_boundary(start) or sentence.is_boundary(end)


def persons(sentence: Sentence, lexicon: Lexicon) -> Iterator[Mention]:
    """Yield people: the pipeline's candidates that look like names, and surnames after a post."""
    for index, word in enumerate(sentence.words):
        if word.label == "PERSON" and _is_name(word.text, lexicon):
            yield Mention("Person", word.start, word.end, word.text)
        elif index + 1 < len(sentence.words) and _ends_post(word, lexicon):
            mention = _after_post(sentence, index + 1, lexicon)
            if mention:
                yield mention


def _is_name(text: str, lexicon: Lexicon) -> bool:
    if text in lexicon.known or not _HAN_NAME.fullmatch(text):
        return False
    return text[0] in lexicon.surnames or text[:2] in lexicon.surnames or len(text) > 2


def _ends_post(word: Word, lexicon: Lexicon) -> bool:
    posts = (word.text[start:end] for start, end, _ in matches(lexicon.titles, word.text) if end == len(word.text))
    return any(post not in lexicon.sets["not_posts"] for post in posts) and word.text not in lexicon.sets["not_posts"]


def _after_post(sentence: Sentence, index: int, lexicon: Lexicon) -> Mention | None:
    """Read a name that the pipeline missed: surname and one or two characters, then a verb or stop."""
    start = sentence.words[index].start
    name = ""
    for position in range(index, min(index + 3, len(sentence.words))):
        word = sentence.words[position]
        if word.label == "PERSON" or word.pos == "PUNCT" or len(name + word.text) > 3:
            break
        name += word.text
        following = sentence.words[position + 1] if position + 1 < len(sentence.words) else None
        ended = following is None or following.pos in _AFTER_NAME
        ordinary = position == index and word.tag not in ("nz", "nr")  # one word of the model's: no name to it
        if len(name) > 1 and name[0] in lexicon.surnames and ended and not ordinary and name not in lexicon.known:
            return Mention("Person", start, start + len(name), name)
    return None


def titles_of_works(sentence: Sentence, lexicon: Lexicon) -> Iterator[Mention]:
    """Yield policies and reports in 《》, by the last words of the title."""
    for match in _TITLE.finditer(sentence.document, sentence.start, sentence.end):
        body = re.sub(r"[（(][^（）()]*[)）]$", "", match[1])
        listed = re.sub(r"名单|榜单|榜|排行榜", "", body)
        if listed != body and _last_head(listed, lexicon, ("Designation",)):
            yield Mention("Designation", match.start(), match.end(), match.group(), name=listed)
            continue
        head = _last_head(body, lexicon, ("Policy", "Report"))
        if head:
            yield Mention(head, match.start(), match.end(), match.group(), name=match.group())


def _last_head(text: str, lexicon: Lexicon, classes: tuple[str, ...]) -> str | None:
    ending = [(end - start, head.cls) for start, end, head in matches(lexicon.heads, text) if end == len(text)]
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
        if re.search(r"[，。！？；：]", inner):
            continue
        known = lexicon.known.get(inner)
        if known is not None and known.cls != "Place":
            yield Mention(known.cls, match.start(), match.end(), match.group(), kind=known.kind, keys=known.keys, name=inner)
            continue
        if any(text.endswith(verb, sentence.start, match.start()) for verb in lexicon.sets["naming"]):
            yield Mention("Organization", match.start(), match.end(), match.group(), kind="shop", name=inner)
            continue
        cls, noun = _noun_after(sentence, match.end(), lexicon)
        granted = _granted(text, sentence, match.start(), lexicon)
        if granted and (cls is None or cls == "Designation"):
            start = _level_before(text, match.start(), lexicon)
            yield Mention("Designation", start, match.end(), text[start : match.end()], name=text[start : match.start()] + inner)
        elif cls in ("Organization", "Designation", "Product"):
            yield Mention(cls, match.start(), match.end(), match.group(), name=inner)
        elif cls:
            end = match.end() + len(noun)
            yield Mention(cls, match.start(), end, text[match.start() : end], name=text[match.start() : end])
        else:
            head = _last_head(inner, lexicon, ("Designation", "Event", "Facility", "Programme", "Organization", "Platform"))
            if head and len(inner) > 3:
                yield Mention(head, match.start(), match.end(), match.group(), name=inner)


def _level_before(text: str, start: int, lexicon: Lexicon) -> int:
    """Return where an honour begins whose level stands before its quotation (全国“…示范县”)."""
    openings = (word for word in lexicon.phrases["designation_openings"] if text.endswith(word, 0, start))
    return start - len(max(openings, key=len, default=""))


def standing(sentence: Sentence, lexicon: Lexicon) -> Iterator[Mention]:
    """Yield honours and campaign days that are names as they stand (淘宝村, 双11), with marks around them."""
    text = sentence.document
    for start, end, cls in longest(matches(lexicon.standing, text, sentence.start, sentence.end)):
        inner = text[start:end]
        if cls == "Event" and inner.isdigit() and text[start - 1 : start] != "“":
            continue
        if text[start - 1 : start] == "“" and text[end : end + 1] == "”":
            start, end = start - 1, end + 1
        start = _level_before(text, start, lexicon) if cls == "Designation" else start
        yield Mention(cls, start, end, text[start:end], name=re.sub("[“”]", "", text[start:end]))


def superlatives(sentence: Sentence, lexicon: Lexicon) -> Iterator[Mention]:
    """Yield ranks that a clause states (全国最大的面料集散地), as honours that a holder is said to be."""
    area = r"(?:全国|全球|世界|亚洲|国内|全省|中国|西部|[一-鿿]{1,4}[省市县州]?)"
    pattern = re.compile(
        rf"(?:是|成为|成了|作为)({area}(?:乃至{area})?(?:最大|最早|最具规模|首家|首个|首批|唯一|第一个|第[一二三四五六七八九十]大?)的?[^，。；：！？]{{2,20}})(?=[，。；：！？]|$)"
    )
    for match in pattern.finditer(sentence.document, sentence.start, sentence.end):
        yield Mention("Designation", match.start(1), match.end(1), match[1], kind="rank")


def _noun_after(sentence: Sentence, at: int, lexicon: Lexicon) -> tuple[str | None, str]:
    """Return class and noun that follow a quotation, unless another noun makes a compound of it."""
    following = sentence.document[at : min(at + 10, sentence.end)]
    best: tuple[str | None, str] = (None, "")
    for cls, nouns in lexicon.phrases["quoted"].items():
        for noun in nouns:
            if following.startswith(noun) and len(noun) > len(best[1]):
                best = (cls, noun)
    for noun in lexicon.phrases["quoted"]["Designation"]:
        if following.startswith("的" + noun):
            return ("Designation", noun)
    index = sentence.word_at(at + len(best[1]))
    compound = index is not None and sentence.words[index].pos == "NOUN" and not _ends_post(sentence.words[index], lexicon)
    return (None, "") if best[0] == "Organization" and compound else best


def _granted(text: str, sentence: Sentence, start: int, lexicon: Lexicon) -> bool:
    """Whether a verb of granting stands before a quoted list that this quotation belongs to."""
    before = text[max(sentence.start, start - 60) : start]
    before = re.sub(r"(?:“[^“”]*”[、和及，]?(?:全国|国家|全省|[一-鿿]{0,2})?)*$", "", before)
    tail = before[-12:]
    return any(
        verb in tail and not re.search(r"[，。；的走]|.{7}", tail[tail.rindex(verb) + len(verb) :]) for verb in lexicon.sets["granting"]
    )


def job_titles(sentence: Sentence, lexicon: Lexicon) -> Iterator[Mention]:
    """Yield posts: a head (主任) with what may stand before it (副, 电商办)."""
    text = sentence.document
    found = matches(lexicon.titles, text, sentence.start, sentence.end)
    for start, end, _ in longest(found):
        if not sentence.is_boundary(end):
            continue
        edge = start
        while prefix := next(
            (p for p in lexicon.title_prefixes if edge - len(p) >= sentence.start and text.startswith(p, edge - len(p))),
            None,
        ):
            edge -= len(prefix)
        yield Mention("Role" if text[start:end] in lexicon.roles else "JobTitle", edge, end, text[edge:end])


def agreements(sentence: Sentence, lexicon: Lexicon) -> Iterator[Mention]:
    """Yield names of agreements: a head (协议) with its modifiers (战略, 合作, 框架)."""
    text = sentence.document
    for start, end, _ in longest(matches(lexicon.agreements, text, sentence.start, sentence.end)):
        edge = start
        while True:
            step = next((n for n in range(8, 0, -1) if text[edge - n : edge] in lexicon.agreement_modifiers), 0)
            if not step or edge - step < sentence.start:
                break
            edge -= step
        yield Mention("Agreement", edge, end, text[edge:end])


def products(sentence: Sentence, lexicon: Lexicon) -> Iterator[Mention]:
    """Yield goods, by the noun that names them; everyday words only as words of their own."""
    for start, end, kind in longest(matches(lexicon.products, sentence.document, sentence.start, sentence.end)):
        if kind is None:
            continue
        weak, _, name = kind.rpartition(" ")
        opens, closes = sentence.is_boundary(start), sentence.is_boundary(end)
        if (opens and closes) if weak else (opens or closes):
            yield Mention("Product", start, end, sentence.document[start:end], kind=name)


def anaphors(sentence: Sentence, lexicon: Lexicon) -> Iterator[Mention]:
    """Yield words that name something through the context (我市, 该公司)."""
    for start, end, entry in longest(matches(lexicon.anaphors, sentence.document, sentence.start, sentence.end)):
        text = sentence.document[start:end]
        bare = entry.cls not in ("Place", "Person") and entry.kind == "last" and text[0] not in "该此本这上前后"
        opens = sentence.document[start - 1 : start] in ("", *"，。；：！？\n") and not sentence.document.startswith("+", end)
        if sentence.is_boundary(start) and sentence.is_boundary(end) and (opens or not bare):
            yield Mention(entry.cls, start, end, text, level=entry.level, kind="|".join(entry.heads), anaphor=entry.kind)


def organs(sentence: Sentence, lexicon: Lexicon) -> Iterator[Mention]:
    """Yield bodies named by a bare unit (市商务局, 县委): of the place that the context gives."""
    text = sentence.document
    for start, end, head in matches(lexicon.heads, text, sentence.start, sentence.end):
        if head.cls != "Organization" or head.kind not in ("government", "party", "mass", "cooperative", "post"):
            continue
        organ_start = start
        # The head may include the unit itself (县政府).
        for prefix, entry in lexicon.bare_prefixes.items():
            begin = start - len(prefix)
            if begin >= sentence.start and text.startswith(prefix, begin) and _starts_name(sentence, begin):
                yield Mention("Organization", begin, end, text[begin:end], level=entry.level, kind=head.kind, anaphor=entry.kind, name=text[organ_start:end])
            elif text.startswith(prefix, start) and len(head.text) > len(prefix) and _starts_name(sentence, start):
                rest = text[start + len(prefix) : end]
                yield Mention("Organization", start, end, text[start:end], level=entry.level, kind=head.kind, anaphor=entry.kind, name=rest)


def offices(sentence: Sentence, lexicon: Lexicon) -> Iterator[Mention]:
    """Yield bodies that the pipeline sees and that open with a bare unit (省委改革办)."""
    for word in sentence.words:
        if word.label == "ORG" and len(word.text) > 3 and word.text[-1] in "办局厅委部室" and word.text not in lexicon.known:
            prefix = next((p for p in lexicon.bare_prefixes if word.text.startswith(p)), None)
            if prefix:
                entry = lexicon.bare_prefixes[prefix]
                rest = word.text[len(prefix) :]
                yield Mention("Organization", word.start, word.end, word.text, level=entry.level, kind="party", anaphor=entry.kind, name=rest)


def _starts_name(sentence: Sentence, start: int) -> bool:
    """Whether nothing before these characters belongs to the same name (许昌|市商务局)."""
    if start == sentence.start:
        return True
    index = sentence.word_at(start - 1)
    if index is None:
        return True
    word = sentence.words[index]
    return word.label not in ("GPE", "ORG", "LOC") and word.end <= start


def apposition_lists(sentence: Sentence, lexicon: Lexicon) -> Iterator[Mention]:
    """Yield the items of a list that its last words explain: 圆通、韵达等快递公司."""
    text = sentence.document
    item = r"[^，。；：！？、\s“”《》等]{2,14}|“[^“”]{2,14}”"
    pattern = re.compile(rf"((?:{item})(?:、(?:{item}))*)、?((?:{item})?)等(?:[\d一二三四五六七八九十百余多]+[家个种款大类项场])?")
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
                yield Mention(cls, start, end, text[start:end], name=name if name != text[start:end] else None)


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
        return _last_head(sentence.document[start:end], lexicon, ("Event",)) is not None
    words = [word for word in sentence.words if word.start < end and word.end > start]
    if cls == "Product":
        return all(word.pos in ("NOUN", "PROPN", "ADJ") and word.label not in ("GPE",) or word.text in lexicon.sets["trades"] for word in words)
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
    """Cut a place with its full ending off the front of an item (石象镇|学杰合作社)."""
    text = sentence.document
    while True:
        found = [m for m in matches(lexicon.names, text, start, end) if m[0] == start and m[2].cls == "Place"]
        longest_end = max((m[1] for m in found if text[m[1] - 1] in "省市县区旗州镇乡"), default=start)
        if longest_end == start or longest_end >= end:
            return start, end
        start = longest_end
