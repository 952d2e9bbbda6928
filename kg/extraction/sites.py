"""Sites and bodies without a name of their own, which a clause says are built or founded: 冷库, 合资公司."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kg.extraction.joints import after_verb
from kg.extraction.lexicon import Lexicon, matches
from kg.extraction.phrases import left_edge, outermost
from kg.extraction.sentences import Sentence, Word
from kg.model import Mention

_LONGEST_GOODS = 5  # characters
_PHASE = re.compile(r"[一二三四]期(?:工程)?")


def sites(
    sentence: Sentence, named: frozenset[int], known: Sequence[Mention], lexicon: Lexicon
) -> Iterator[Mention]:
    """Yield what a clause says was built or founded and no other recogniser names.

    Sites without a name (500吨的|冷库, 分选包装|车间) and bodies of a kind (合资|公司) are generic;
    what the pipeline takes for a name (中州民族乐器厂) is one. ``named`` are the ends of names known
    already, ``known`` the places, which say only where it is.
    """
    text = sentence.document
    for first, last in _clauses(sentence):
        clause = text[first:last]
        if not any(verb in clause for verb in lexicon.phrases["building"]):
            continue
        heads = {
            end: (start, head) for start, end, head in outermost(matches(lexicon.heads, text, first, last))
        }
        for word in sentence.words:
            if (
                not first <= word.start < last
                or word.end in named
                or word.pos not in ("NOUN", "PROPN", "ADJ")
            ):
                continue
            start, head = heads.get(word.end, (word.start, None))
            if word.label == "ORG" and len(word.text) > 4 and _ends_site(word.text, lexicon):
                if after_verb(text, word.start, word.end - 2, lexicon) == word.start:
                    yield Mention("Facility", word.start, word.end, word.text)
                continue
            body = head is not None and head.text.endswith(tuple(lexicon.phrases["unnamed_bodies"]))
            if not (body or (head is not None and head.cls == "Facility") or _is_site(word, lexicon)):
                continue
            start = min(start, word.start)
            left = left_edge(sentence, start, "Facility", lexicon)
            left = max((p.end for p in known if left <= p.start and p.end <= start), default=left)
            left += text[left:start].rfind("\u3000") + 1
            left = _over_kinds(sentence, left, lexicon)
            left = _over_goods(sentence, left, lexicon)
            phase = _PHASE.match(text, word.end)
            name = text[left : phase.end() if phase else word.end]
            plain = not any(char.isdigit() for char in name)
            if (
                plain
                and len(name) > 1
                and name not in lexicon.sets["bare_sites"]
                and not (body and left == start)
            ):
                yield Mention(
                    "Organization" if body else "Facility", left, left + len(name), name, kind="generic"
                )


def _ends_site(text: str, lexicon: Lexicon) -> bool:
    return text.endswith(tuple(lexicon.phrases["site_endings"]))


def _is_site(word: Word, lexicon: Lexicon) -> bool:
    """Whether a common noun ends like a building or a place of work (鸽舍, 初制所)."""
    name = word.label and (word.label != "PERSON" or word.text[0] in lexicon.surnames)
    known = word.text in lexicon.sets["no_sites"]
    return not name and not known and len(word.text) <= 5 and _ends_site(word.text, lexicon)


def _over_kinds(sentence: Sentence, left: int, lexicon: Lexicon) -> int:
    """Take in the words before a site that say of what kind it is (有机|蔬菜种植基地)."""
    while left > sentence.start and (index := sentence.word_at(left - 1)) is not None:
        word = sentence.words[index]
        if len(word.text) < 2 or word.text not in lexicon.sets["generic_words"]:
            break
        left = word.start
    return left


def _over_goods(sentence: Sentence, left: int, lexicon: Lexicon) -> int:
    """Take in the goods that a site is for (草柳编|产业园), whatever the model makes of their name."""
    found = matches(lexicon.products, sentence.document, max(sentence.start, left - _LONGEST_GOODS), left)
    starts = [start for start, end, kind in found if end == left and kind and sentence.is_boundary(start)]
    return min(starts, default=left)


def _clauses(sentence: Sentence) -> Iterator[tuple[int, int]]:
    start = sentence.start
    for mark in re.finditer(r"[，。；：！？,;]", sentence.text):
        yield start, sentence.start + mark.start()
        start = sentence.start + mark.end()
    yield start, sentence.end
