"""Two names, or a verb and a name, that the model took for one word: where the last name begins."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from kg.extraction.lexicon import Lexicon, matches
from kg.extraction.sentences import Sentence, Word

_SHORTEST = 4  # characters of a word that may hold a name and a joint


def after_joint(text: str, left: int, start: int, lexicon: Lexicon) -> int:
    """Return where the second of two names begins that the model took for one (县政府同|河南大学…学院)."""
    for joint in range(start - 1, left - 1, -1):
        if text[joint] not in lexicon.sets["joints"]:
            continue
        rest = text[joint + 1 : start + 4]
        opens = any(s == 0 for s, _, known in matches(lexicon.names, rest) if not known.weak) or any(
            rest.startswith(prefix) for prefix in lexicon.bare_prefixes
        )
        before = text[left:joint]
        before = before.removesuffix("会") if text[joint] == "同" else before  # 县商务局会同|县妇联
        named = (
            not before
            or before in lexicon.known
            or any(
                e == len(before) and head.cls == "Organization" and len(head.text) > 1
                for _, e, head in matches(lexicon.heads, before)
            )
        )
        whole = start - joint > 1 or rest.startswith(tuple(lexicon.bare_prefixes))  # 同|县政府: a head itself
        if opens and named and whole:
            return joint + 1
    return left


def after_verb(text: str, left: int, start: int, lexicon: Lexicon) -> int:
    """Return where a name begins behind a verb that the model took into it (沛县共建|云谷研究院)."""
    found = ((text.find(verb, left, start), verb) for verb in lexicon.sets["never_in_names"])
    return max(
        (at + len(verb) for at, verb in found if at >= 0 and not _in_marks(text, left, at)), default=left
    )


def _in_marks(text: str, left: int, at: int) -> bool:
    return any(text.count(a, left, at) > text.count(b, left, at) for a, b in ("“”", "《》", "（）"))


def parted(sentence: Sentence, lexicon: Lexicon) -> Sentence:
    """Return a sentence in which two bodies that the model took for one word are two (甲银行|同|县政府)."""
    marks = lexicon.sets["joints"] | lexicon.sets["verb_ends"]
    if not any(w.label == "ORG" and len(w.text) >= _SHORTEST and marks & set(w.text) for w in sentence.words):
        return sentence
    words = tuple(part for word in sentence.words for part in _parts(word, lexicon))
    return replace(sentence, words=words, starts=tuple(word.start for word in words))


def _parts(word: Word, lexicon: Lexicon) -> Iterator[Word]:
    if word.label == "ORG" and len(word.text) >= _SHORTEST:
        for at, character in enumerate(word.text):
            joins = character in lexicon.sets["joints"] or (not at and character in lexicon.sets["verb_ends"])
            if joins and _parts_bodies(word.text, at, lexicon):
                joint = word.start + at
                if at:
                    yield replace(word, end=joint, text=word.text[:at])
                yield Word(joint, joint + 1, character, "ADP", "p")
                if rest := word.text[at + 1 :]:
                    yield from _parts(replace(word, start=joint + 1, text=rest), lexicon)
                return
    yield word


def _parts_bodies(text: str, at: int, lexicon: Lexicon) -> bool:
    """Whether a body ends before a joint, or nothing is there, and a name opens behind it, or nothing is."""
    before, rest = text[:at], text[at + 1 :]
    ends = not before or any(
        end == at and head.cls == "Organization" and len(head.text) > 1
        for _, end, head in matches(lexicon.heads, before)
    )
    if not ends or not (before or rest):
        return False
    bare = rest.startswith(tuple(lexicon.bare_prefixes)) and not rest.startswith(lexicon.not_bare)
    return not rest or bare or any(s == 0 and not k.weak for s, _, k in matches(lexicon.names, rest))
