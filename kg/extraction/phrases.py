"""Names that end in a telling noun: how far to the left such a name reaches, and whether it is one.

沛县 云谷 电商 孵化 **基地**: from the head, the name grows leftwards over the words that names are
made of, and stops at verbs, prepositions, particles and punctuation.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.extraction.coined import has_proper_word, is_coined, is_founded, is_held
from kg.extraction.joints import after_joint, after_verb
from kg.extraction.lexicon import Head, Lexicon, matches
from kg.extraction.people import ends_post
from kg.extraction.sentences import Sentence, Word
from kg.model import Mention

LONGEST_NAME = 32  # characters
_ASIDE = 10  # characters between round brackets inside a name (青禾(山东)有限公司), with the brackets
_WHOLE = 7  # characters: no ordinary word is as long
_OPEN = {")": "(", "）": "（", "”": "“", "’": "‘", "》": "《", "」": "「", "』": "『"}
_ORDINAL = re.compile(
    r"第[一二三四五六七八九十百\d]{1,4}[届期批次]|首届|[一二三四五六七八九十百\d]{1,3}周年|(?:19|20)\d\d年?度?|十[佳大强]|百[强佳]|[“\"]?\d+[+xX]"
)
_SESSION = re.compile(r"[（(][^（）()]{1,8}[站场][)）]")  # 推介会(某地站)
_SITES = ("ORG", "GPE", "LOC", "FAC")
_NAMED_AFTER_PEOPLE = frozenset({"Organization", "Facility"})


def head_names(sentence: Sentence, lexicon: Lexicon) -> Iterator[Mention]:
    """Yield the names in a sentence that end in a known head and have something proper before it."""
    text = sentence.document
    found = matches(lexicon.heads, text, sentence.start, sentence.end)
    for start, end, head in outermost(found):
        if (
            head.text in lexicon.sets["standing"]
            or head.text in lexicon.sets["list_endings"]
            or len(head.text) < 2
            or (head.weak and head.cls == "Designation")
        ):
            continue
        if any(
            e == end and s <= start and k.cls != "Place"
            for s, e, k in matches(lexicon.names, text, sentence.start, end)
        ):
            continue  # the end of a registered name
        if (head.cls == "Programme" or head.text in lexicon.sets["rooms"]) and any(
            e == start and k.cls != "Place" for _, e, k in matches(lexicon.names, text, sentence.start, start)
        ):
            continue  # 农村淘宝|项目, 淘宝|直播间: the platform's presence, not another thing
        if not _ends_a_name(sentence, end, head, lexicon):
            continue
        left = left_edge(sentence, start, head.cls, lexicon)
        left = after_verb(text, after_joint(text, left, start, lexicon), start, lexicon)
        if head.cls in _NAMED_AFTER_PEOPLE and any(
            word in text[left:start] for word in lexicon.sets["indefinite"]
        ):
            continue  # 徐州一家|食品公司
        if (
            left == start
            and head.cls == "Designation"
            and not head.weak
            and granted_before(text, sentence.start, start, lexicon)
        ):
            yield Mention(head.cls, start, end, head.text)
        if left < start and (
            is_proper(sentence, left, start, head, lexicon)
            or (head.cls == "Event" and is_held(sentence, left, start, end, lexicon))
        ):
            if head.cls == "Event" and (session := _SESSION.match(text, end)):
                end = session.end()
            yield Mention(head.cls, left, end, text[left:end], kind=head.kind)


def outermost(found: Iterator[tuple[int, int, Head]]) -> list[tuple[int, int, Head]]:
    """Of heads that end in the same place keep the longest; of nested ones the one that ends last."""
    by_end: dict[int, tuple[int, int, Head]] = {}
    for item in found:
        if item[1] not in by_end or item[0] < by_end[item[1]][0]:
            by_end[item[1]] = item
    return sorted(by_end.values(), key=lambda item: item[1])


def _ends_a_name(sentence: Sentence, end: int, head: Head, lexicon: Lexicon) -> bool:
    """Whether a word ends here, and the next one does not go on with the name (合作社 + 联合社)."""
    text = sentence.document
    index = sentence.word_at(end - 1)
    named = index is not None and sentence.words[index].label == "ORG" and sentence.words[index].end == end
    goes_on = any(text.startswith(word, end) for word in lexicon.sets["not_before"])
    after = sentence.word_at(end + 3) if goes_on and end + 3 < sentence.end else None
    if after is not None and text.startswith("负责人", end) and sentence.words[after].label == "PERSON":
        goes_on = False  # 青禾农业|负责人|孙倩
    listed = head.cls == "Designation" and any(text.startswith(w, end) for w in lexicon.sets["list_endings"])
    if goes_on and not named and not listed:  # 省级电商示范村|名单
        return False
    if head.text in lexicon.phrases["quoted"]["Designation"] and text[end - len(head.text) - 1] == "”":
        return False  # “…”称号: the name is the quotation
    if head.trade and not named and _goes_on(sentence, end, lexicon):
        return False  # 近场电商|平台
    told = head.cls == "Programme" and index is not None and sentence.words[index].pos == "VERB"
    if told or (head.cls in ("Policy", "Programme") and text[end : end + 1].isdigit()):
        return False  # 江永馆|计划明年上线, 产业园|规划2100亩
    if index is not None and text[end : sentence.words[index].end] in lexicon.sets["verbs_after_names"]:
        return True  # 县妇联|合办
    if text.startswith(tuple(lexicon.sets["never_inside"]), end):
        return True  # 云谷集团|下属青禾公司
    if head.cls == "Event" and text.startswith(tuple(lexicon.phrases["events"]["held_at"]), end):
        return True  # 订货|会定|于
    # A word that the model cut wrongly still ends a name if the head is a long, unmistakable one.
    return sentence.is_boundary(end) or (len(head.text) > 3 and not head.weak)


def _goes_on(sentence: Sentence, end: int, lexicon: Lexicon) -> bool:
    """Whether a noun that is no post stands after: what stands before it is its attribute."""
    index = sentence.word_at(end) if end < sentence.end else None
    if index is None or sentence.words[index].pos != "NOUN" or sentence.words[index].label:
        return False
    posts = matches(lexicon.titles, sentence.document, end, min(end + 8, sentence.end))
    return not any(start == end for start, _, _ in posts)


def left_edge(sentence: Sentence, start: int, cls: str, lexicon: Lexicon) -> int:
    """Return where the name whose head starts at ``start`` begins."""
    text, edge = sentence.document, start
    while edge > sentence.start and start - edge < LONGEST_NAME:
        mark = text[edge - 1]
        if mark in _OPEN:
            reach = _ASIDE if mark in ")）" else 24
            opening = text.rfind(_OPEN[mark], max(sentence.start, edge - reach), edge - 1)
            if opening < 0 or (mark == "》" and cls != "Programme"):
                break
            edge = opening
            continue
        if mark in "·•—-+＋" and edge - 2 >= sentence.start and text[edge - 2] not in "—-":
            edge -= 1
            continue
        index = sentence.word_at(edge - 1)
        if index is None:
            break
        word = sentence.words[index]
        if not _belongs(word, sentence, index, cls, lexicon):
            break
        edge = _balanced(text, sentence.start, word.start, edge)
    if edge < start:
        edge = _after_dash(sentence, edge)
    return _without_leading(sentence, edge, start, cls, lexicon)


def _after_dash(sentence: Sentence, edge: int) -> int:
    """Take in the one word that stands between a dash and the name: after ——, a name starts."""
    index = sentence.word_at(edge - 1) if edge > sentence.start else None
    if (
        index is not None
        and index > 0
        and sentence.words[index - 1].text[-1] in "—－"
        and sentence.words[index].pos != "PUNCT"
    ):
        return sentence.words[index].start
    return edge


def _balanced(text: str, first: int, start: int, end: int) -> int:
    """Return ``start``, or where the bracket opens that a word cut by the model closes (州)信息)."""
    for closing, opening in _OPEN.items():
        if closing in text[start:end] and opening not in text[start:end]:
            found = text.rfind(opening, max(first, start - 24), start)
            return found if found >= 0 else start
    return start


def granted_before(text: str, first: int, start: int, lexicon: Lexicon) -> bool:
    """Whether a verb that gives an honour stands directly before."""
    before = text[max(first, start - 6) : start]
    return any(before.endswith(verb) for verb in (*lexicon.sets["becoming"], *lexicon.sets["granting"]))


def _belongs(word: Word, sentence: Sentence, index: int, cls: str, lexicon: Lexicon) -> bool:
    """Whether a word can be part of a name of this class."""
    if word.text in lexicon.sets["never_inside"]:
        return False
    if index and sentence.words[index - 1].label == "PERSON" and ends_post(word, lexicon):
        return False  # 孙倩教授|团队
    if (
        len(word.text) >= _WHOLE
        and word.pos != "VERB"
        and any(end == len(word.text) for _, end, _ in matches(lexicon.heads, word.text))
    ):
        return True  # one long word of the model's that is the whole name, whatever the tag
    if (
        word.text in lexicon.sets["inner_verbs"]
        or word.text in lexicon.sets["generic_words"]
        or (word.text[0] in _OPEN and len(word.text) > 2)
    ):
        return True
    if word.label == "DATE" and re.search(r"[\d年月日天]|[一二三四五六七八九十]", word.text):
        return bool(_ORDINAL.fullmatch(word.text)) and cls in ("Event", "Designation", "Report", "Policy")
    if word.pos in ("NOUN", "PROPN", "ADJ") and word.tag not in ("f", "s", "q", "t", "TIME"):
        return word.label != "PERSON" or cls in _NAMED_AFTER_PEOPLE
    if word.pos == "NUM":
        return bool(_ORDINAL.fullmatch(word.text)) and cls in (
            "Event",
            "Designation",
            "Report",
            "Programme",
            "Policy",
        )
    if word.pos in ("CCONJ", "ADP") and word.text in lexicon.sets["inner_joiners"]:
        return _joins_fields(sentence, index, cls, lexicon)
    return False


def _joins_fields(sentence: Sentence, index: int, cls: str, lexicon: Lexicon) -> bool:
    """Whether 和 stands inside a name (商务和经济合作局) rather than between two."""
    if cls == "Event" and sentence.words[index].text == "暨":
        return True
    if cls not in ("Organization", "Designation") or not 0 < index < len(sentence.words) - 1:
        return False
    fields = lexicon.sets["portfolios"]
    before, after = sentence.words[index - 1].text, sentence.document[sentence.words[index].end :][:8]
    return before in fields and any(after.startswith(field) for field in fields)


def _without_leading(sentence: Sentence, edge: int, start: int, cls: str, lexicon: Lexicon) -> int:
    """Drop words at the left that are no part of the name: adjectives, verbs, 全国, 多家."""
    while edge < start:
        index = sentence.word_at(edge)
        if index is None:
            break
        word = sentence.words[index]
        if word.start < edge:  # inside a bracket or quotation
            break
        verb = word.pos in ("VERB", "ADP", "CCONJ") and not word.label
        plain = word.pos == "ADJ" and word.end < start
        opening = cls == "Designation" and word.text in lexicon.sets["designation_openings"]
        if opening:
            return edge
        if word.text in lexicon.sets["leading"] or verb or plain or sentence.document[edge] in "·•—-+＋":
            edge = word.end
            continue
        break
    return _from_place(sentence, edge, start, lexicon) if cls in _NAMED_AFTER_PEOPLE else edge


def _from_place(sentence: Sentence, edge: int, start: int, lexicon: Lexicon) -> int:
    """Drop what stands before the place that a name opens with, if it is no name (龙头企业|沛县云谷公司)."""
    text = sentence.document
    for begin, _, known in matches(lexicon.names, text, edge, start):
        if known.cls != "Place" or known.weak or begin == edge:
            continue
        if text[begin - 1] in lexicon.sets["joins_names"]:
            return begin  # 镇政府同|沛县大学
        if not sentence.is_boundary(begin):
            continue
        before = [w for w in sentence.words if edge <= w.start < begin]
        plain = all(w.pos in ("NOUN", "ADP", "CCONJ", "ADV", "VERB") and not w.label for w in before)
        if plain and not any(not k.weak for _, _, k in matches(lexicon.names, text, edge, begin)):
            return begin
        return edge
    return edge


def is_proper(sentence: Sentence, left: int, start: int, head: Head, lexicon: Lexicon) -> bool:
    """Whether what stands before the head makes a name of it, not just a kind (电商服务中心)."""
    text = sentence.document[left:start]
    index = sentence.word_at(left)
    whole = sentence.words[index] if index is not None else None
    labels = _SITES if head.cls in ("Facility", "Organization") else ("ORG",)
    if whole and whole.label in labels and (whole.start, whole.end) == (left, start + len(head.text)):
        of_site = head.kind == "government" and text.endswith(tuple(lexicon.phrases["site_endings"]))
        return (
            of_site or is_coined(text, lexicon) or any(not k.weak for _, _, k in matches(lexicon.names, text))
        )
    if head.cls == "Programme" and sentence.document[sentence.start : left].endswith(
        tuple(lexicon.sets["programme_openings"])
    ):
        return len(text) > 2
    if head.trade:
        return has_proper_word(sentence, left, start, lexicon, places=False) or is_founded(
            sentence, left, text, lexicon
        )
    if any(mark in text for mark in "“《·") or (head.cls in ("Event", "Report") and _ORDINAL.search(text)):
        return True
    if head.cls == "Designation":
        return not head.weak or any(text.startswith(word) for word in lexicon.sets["designation_openings"])
    if any(not known.weak for _, _, known in matches(lexicon.names, text)):
        return True
    return has_proper_word(sentence, left, start, lexicon, reach=start + len(head.text))
