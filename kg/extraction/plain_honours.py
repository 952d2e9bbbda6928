"""Honours without marks: those that head a list, and those between a verb of granting and the end of a clause."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from kg.extraction.lexicon import Lexicon, alternation, longest, matches
from kg.extraction.phrases import granted_before, left_edge
from kg.extraction.quotations import last_head
from kg.extraction.sentences import Sentence
from kg.model import Mention

_SHORTEST_HEADING = 3  # characters
_COUNT_OF_LIST = re.compile(r"\d{1,4}[个家名][:：]")
_BEFORE_COUNT = "，；。、：中 \n"
_NUMBER = re.compile(r"(?:[（(]?[一二三四五六七八九十\d]{1,3}[）)、.．]\s*)?")
_END_OF_HEADING = re.compile(r"\s*(?:名单)?\s*(?:[（(][^（）()]{1,8}[）)])?[:：]?")
_NUMBERED_HEADING = re.compile(
    r"(?:[（(]?[一二三四五六七八九十\d]{1,3}[）)、.．]\s*|[【★◆●■▲]\s*)([一-鿿]{2,16})"
)
_AFTER_HEADING = re.compile(
    r"(?:名单)?\s*(?:[:：]|[】]|[（(][共\d一二三四五六七八九十]{1,4}[个家名位人][）)]|\s*$)"
)
_INNER = frozenset("进强")  # verbs of one character that honours hold (电商|进|农村, 专业|强|镇)
_BETWEEN = 6  # characters between what is said of the holder and what he is (示范|农民专业|合作社)
_LONGEST = 24  # characters of an honour before the word that says what it is
_PLAIN_HONOUR = r"(?!\d)[^，。；、：！？“”《》（）()的了是在有被把\s]{4,24}?"


def bare_honours(sentence: Sentence, lexicon: Lexicon) -> Iterator[Mention]:
    """Yield honours that head a list: alone in a line (二、电商镇), counted (电商镇5个：) or numbered."""
    text = sentence.document
    for start, end, head in longest(matches(lexicon.heads, text, sentence.start, sentence.end)):
        if head.cls != "Designation" or len(head.text) < 2:
            continue
        heading = _NUMBERED_HEADING.fullmatch(text, sentence.start, end)
        whole = heading is not None and (head.text == heading[1] or head.text not in lexicon.sets["standing"])
        if heading and whole and _AFTER_HEADING.match(text, end, sentence.end):
            yield Mention("Designation", heading.start(1), end, heading[1])
            continue
        if head.weak or len(head.text) < _SHORTEST_HEADING:
            continue
        counted = _COUNT_OF_LIST.match(text, end, sentence.end) and text[start - 1] in _BEFORE_COUNT
        alone = _NUMBER.fullmatch(text, sentence.start, start) and _END_OF_HEADING.fullmatch(
            text, end, sentence.end
        )
        opens = text[start - 1] in _BEFORE_COUNT and len(head.text) > _SHORTEST_HEADING
        listed = opens and text[end : end + 1] in ("：", ":")
        if listed or counted or (alone and text[sentence.end : sentence.end + 1] in ("\n", "")):
            yield Mention("Designation", start, end, head.text)


def undated(mention: Mention, lexicon: Lexicon) -> Mention:
    """Name an honour without the year, the batch and the list that are printed with it (2020年|示范村|名单)."""
    if mention.cls != "Designation" or mention.kind == "rank":
        return mention
    name = (mention.name or mention.text).strip("“”")
    bare = re.sub(lexicon.phrases["honour_batch"], "", name)
    bare = re.sub(lexicon.phrases["honour_rank"], "", bare)
    bare = bare.removesuffix(next((w for w in lexicon.phrases["list_endings"] if bare.endswith(w)), ""))
    return replace(mention, name=bare) if bare != name and len(bare) >= _SHORTEST_HEADING else mention


def prizes(sentence: Sentence, lexicon: Lexicon) -> Iterator[Mention]:
    """Yield prizes of a competition: what somebody wins (夺得冠军), and what a list of winners goes by (一等奖：…)."""
    text = sentence.document
    words = re.compile(alternation(tuple(lexicon.phrases["prizes"])))
    winners = re.compile(lexicon.phrases["honour_winners"])
    last = -1
    for found in words.finditer(text, sentence.start, sentence.end):
        left = left_edge(sentence, found.start(), "Designation", lexicon)
        if text.endswith("”的", sentence.start, left):
            continue  # “…示范县”的|铜牌
        listed = winners.match(text, found.end(), sentence.end)
        index = sentence.word_at(found.end()) if found.end() < sentence.end else None
        named = index is not None and sentence.words[index].label == "PERSON"  # 冠军|甲
        further = last > 0 and text[last:left] in lexicon.sets["honour_joints"]  # 金奖、银奖|和铜奖
        got = any(granted_before(text, sentence.start, at, lexicon) for at in {left, found.start()})
        if listed or further or got or named:
            last = found.end()
            yield Mention("Designation", left, found.end(), text[left : found.end()])


def granted(sentence: Sentence, lexicon: Lexicon) -> Iterator[Mention]:
    """Yield honours without marks between a verb of granting and the end of the clause (获评年度最美店主)."""
    verbs = alternation(tuple(lexicon.phrases["granting_surely"]))
    openings = alternation(tuple(lexicon.phrases["honour_openings"]))
    joints = alternation(lexicon.sets["honour_joints"] - {"，"})
    end_of_one = rf"(?={lexicon.phrases['honour_closings']}|(?:{joints})(?:{openings})|$)"
    loose = tuple(lexicon.phrases["granting_loosely"])
    counted = lexicon.phrases["honour_counts"]
    first = re.compile(
        rf"(?P<verb>{verbs}|{alternation(loose)}){counted}(?P<honour>{_PLAIN_HONOUR}){end_of_one}"
    )
    further = re.compile(rf"(?:{joints})(?P<honour>(?:{openings}){_PLAIN_HONOUR}){end_of_one}")
    for verb in first.finditer(sentence.text):
        found: re.Match[str] | None = verb
        while found is not None:
            yield from _honour(sentence, found, verb["verb"] in loose, lexicon)
            found = further.match(sentence.text, found.end())


def _honour(sentence: Sentence, found: re.Match[str], loose: bool, lexicon: Lexicon) -> Iterator[Mention]:
    """Yield what a verb gives if it is an honour; behind a ``loose`` one (获得) only its last word shows that."""
    name = found["honour"]
    start, end = sentence.start + found.start("honour"), sentence.start + found.end("honour")
    honour = last_head(name, lexicon, ("Designation",)) is not None
    opened = not loose and name.startswith(tuple(lexicon.phrases["honour_openings"]))
    last = sentence.word_at(end - 1)
    noun = last is not None and sentence.words[last].pos in ("NOUN", "PROPN")
    post = any(e == len(name) for _, e, _ in matches(lexicon.titles, name))
    if noun and (honour or (opened and not post)):  # 当选全国人大代表
        yield Mention("Designation", start, end, name)


def composed(sentence: Sentence, lexicon: Lexicon) -> Iterator[Mention]:
    """Yield honours by how they are made: a level or area, what is said of the holder, what he is (省级|重点|茶企).

    So one that no list of honours has is read, too. Without a level it must stand behind a verb of granting.
    """
    text = sentence.document
    for found in _composition(lexicon).finditer(text, sentence.start, sentence.end):
        start, end = found.start(), found.end()
        index = sentence.word_at(end - 1)
        if index is None or sentence.words[index].end != end or _says_more(sentence, start, end):
            continue
        if any(text.startswith(word, end) for word in lexicon.sets["not_before"]):
            continue
        levels = _levels(lexicon).search(text, max(sentence.start, start - _LONGEST), start)
        left = levels.start() if levels else left_edge(sentence, start, "Designation", lexicon)
        if (levels and not _says_more(sentence, left, start)) or (
            not levels and granted_before(text, sentence.start, left, lexicon)
        ):
            yield Mention("Designation", left, end, text[left:end])


def homes(sentence: Sentence, lexicon: Lexicon) -> Iterator[Mention]:
    """Yield names for what a place is known for, by the goods or the area before the last word (太子参|之乡)."""
    text = sentence.document
    for found in re.finditer(lexicon.phrases["honour_homes"], sentence.text):
        start, end = sentence.start + found.start(), sentence.start + found.end()
        left = left_edge(sentence, start, "Designation", lexicon)
        if left < start:
            yield Mention("Designation", left, end, text[left:end])


@cache
def _composition_of(
    parts: tuple[tuple[tuple[str, ...], int, tuple[str, ...]], ...], stops: str
) -> re.Pattern[str]:
    between = rf"[^，,。；：！？、“”《》（）()\s\d{stops}]"
    return re.compile(
        "|".join(
            rf"(?:{alternation(said)}){between}{{0,{gap}}}?(?:{alternation(units)})"
            for said, gap, units in parts
        )
    )


def _composition(lexicon: Lexicon) -> re.Pattern[str]:
    words = lexicon.phrases["honour_parts"]
    places, others = tuple(words["places"]), tuple(words["others"])
    parts = ((tuple(words["qualities"]), _BETWEEN, (*places, *others)), (tuple(words["trades"]), 0, places))
    return _composition_of(parts, "".join(lexicon.phrases["honour_stops"]))


@cache
def _levels_of(openings: tuple[str, ...], stops: str) -> re.Pattern[str]:
    return re.compile(rf"(?:{alternation(openings)})[^，,。；：！？、“”《》\s\d{stops}]*$")


def _levels(lexicon: Lexicon) -> re.Pattern[str]:
    return _levels_of(
        tuple(lexicon.phrases["designation_openings"]), "".join(lexicon.phrases["honour_stops"])
    )


def _says_more(sentence: Sentence, start: int, end: int) -> bool:
    """Whether words of a clause stand between two offsets, which no name holds (全省|已有3个…)."""
    inside = [w for w in sentence.words if start < w.start < end]
    told = (w for w in inside if w.pos == "VERB" and w.tag != "vn" and w.text not in _INNER)
    return any(w.pos in ("ADV", "PRON", "ADP") or w.label == "GPE" for w in inside) or any(told)
