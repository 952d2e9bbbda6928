"""Firms and shops whose name has no telling end, by what stands around it: 一家叫青禾的公司, 青禾创始人孙倩."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from kg.extraction.coined import is_coined
from kg.extraction.lexicon import Lexicon, alternation, matches
from kg.extraction.phrases import left_edge
from kg.extraction.sentences import Sentence
from kg.model import Mention

_PROPER = frozenset({"ORG", "GPE", "LOC", "PERSON", "PRODUCT", "FAC"})
_LONGEST = 8  # characters of such a name
_QUOTED = re.compile(r"“([^“”，。！？；：、\n]{2,8})”")


def firms(sentence: Sentence, lexicon: Lexicon) -> Iterator[Mention]:
    """Yield names that a clause says are a firm's or a shop's."""
    text = sentence.document
    called, kind, led = _patterns(
        tuple(lexicon.sets["firms_called"]), tuple(lexicon.sets["firms_led"]), tuple(lexicon.sets["trades"])
    )
    for match in called.finditer(text, sentence.start, sentence.end):
        if not lexicon.sets["no_list_characters"] & set(match[1]):
            yield _firm(text, match.start(1), match.end(1))
    for match in kind.finditer(text, sentence.start, sentence.end):
        joined = match[1][0] in lexicon.sets["prepositions"] or lexicon.sets["no_list_characters"] & set(
            match[1]
        )
        known = any(k.cls != "Place" for _, _, k in matches(lexicon.names, match[1]))
        if not joined and not known and is_coined(match[1], lexicon):
            yield _firm(text, match.start(1), match.end(1))
    for match in led.finditer(text, sentence.start, sentence.end):
        left = left_edge(sentence, match.start(), "Organization", lexicon)
        if _is_bare_name(sentence, left, match.start(), lexicon):
            yield _firm(text, left, match.start())
    yield from _quoted(sentence, lexicon)
    yield from _appositions(sentence, lexicon)


def _quoted(sentence: Sentence, lexicon: Lexicon) -> Iterator[Mention]:
    """Yield what stands in marks right after a word for a firm (机构“青禾”), or before one for a brand."""
    text, nouns = sentence.document, tuple(lexicon.sets["firms_called"])
    for match in _QUOTED.finditer(text, sentence.start, sentence.end):
        behind = re.match(r"的?(.{0,4})", text[match.end() : min(match.end() + 5, sentence.end)])
        post = behind and any(
            start == 0 for start, _, _ in matches(lexicon.titles, behind[1])
        )  # “青禾”的|老板
        said = text[match.end() : match.end() + 1] != "的" or post
        before = text.endswith(nouns, sentence.start, match.start())
        brand = text.startswith(tuple(lexicon.sets["after_brands"]), match.end())
        own = match[1] not in lexicon.sets["manners"] and is_coined(match[1], lexicon)
        if own and ((before and said) or brand):
            yield Mention(
                "Organization", match.start(), match.end(), match.group(), kind="company", name=match[1]
            )


def _appositions(sentence: Sentence, lexicon: Lexicon) -> Iterator[Mention]:
    """Yield what stands between a word for a firm and a conjunction or mark (种植企业|青禾优享|与…)."""
    text, nouns = sentence.document, lexicon.sets["firm_nouns"]
    for index, word in enumerate(sentence.words):
        if word.text not in nouns or index + 1 >= len(sentence.words):
            continue
        end, named, at = word.end, False, index + 1
        while at < len(sentence.words) and sentence.words[at].start == end and end - word.end < _LONGEST:
            part = sentence.words[at]
            if part.pos not in ("NOUN", "PROPN", "ADJ") and (part.pos != "VERB" or len(part.text) < 4):
                break
            named = named or part.label in _PROPER or (len(part.text) > 3 and part.pos == "VERB")
            end, at = part.end, at + 1
        name = text[word.end : end]
        closed = text[end : end + 1] in lexicon.sets["after_firms"]
        if not (named and closed and 2 < len(name) <= _LONGEST and is_coined(name, lexicon)):
            continue
        if name not in lexicon.known and not _has_ending(name, lexicon):
            yield _firm(text, word.end, end)


def _has_ending(name: str, lexicon: Lexicon) -> bool:
    """Whether some recogniser reads the end of a name: a body, a post, or the unit of a place."""
    ends = (end for table in (lexicon.heads, lexicon.titles) for _, end, _ in matches(table, name))
    return any(end == len(name) for end in ends) or name[-1] in "省市县区旗州镇乡村"


def _is_bare_name(sentence: Sentence, left: int, end: int, lexicon: Lexicon) -> bool:
    """Whether what stands before a founder or a headquarters can only be the name of a firm."""
    text = sentence.document[left:end]
    if not 2 < len(text) <= _LONGEST or not is_coined(text, lexicon) or _has_ending(text, lexicon):
        return False
    known = [(s, e) for s, e, k in matches(lexicon.names, text) if k.cls != "Place" or e == len(text)]
    inside = [word for word in sentence.words if left <= word.start < end]
    people = any(word.label == "PERSON" and len(word.text) == len(text) for word in inside)
    return not known and not people and any(word.label in _PROPER for word in inside)


def _firm(text: str, start: int, end: int) -> Mention:
    return Mention("Organization", start, end, text[start:end], kind="company")


@cache
def _patterns(
    nouns: tuple[str, ...], led: tuple[str, ...], trades: tuple[str, ...]
) -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """Return patterns of 叫X的公司, of 服务商|X科技, and of what only a firm has."""
    firm = alternation(nouns)
    return (
        re.compile(rf"(?:名?叫[做作]?|名为|取名)“?([一-鿿A-Za-z]{{2,8}}?)”?的[一-鿿]{{0,4}}?(?:{firm})"),
        re.compile(rf"(?:{firm})([一-鿿]{{2,3}}(?:{alternation(trades)}))(?=[与和同、，。签在等将（])"),
        re.compile(alternation(led)),
    )
