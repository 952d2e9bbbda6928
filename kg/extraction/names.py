"""Recognisers of single names: registered actors, posts, agreements, goods, bodies and anaphors.

Each takes a sentence and yields mentions.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.extraction.lexicon import Lexicon, longest, matches
from kg.extraction.people import is_person
from kg.extraction.sentences import Sentence
from kg.model import Mention


def registered(sentence: Sentence, lexicon: Lexicon) -> Iterator[Mention]:
    """Yield platforms and organisations of the registry."""
    found = (
        (start, end, known)
        for start, end, known in matches(lexicon.names, sentence.document, sentence.start, sentence.end)
        if known.cls != "Place"
        and _own_word(sentence, start, end, known.weak)
        and not is_person(sentence, start, end, lexicon)
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
    if sentence.document[end - 1 : end + 1] == "部门":
        return False  # anybody's office: 县商务|部门, not 商务部
    opens, closes = sentence.is_boundary(start), sentence.is_boundary(end)
    return (opens and closes) if len(text) < 3 else (opens or closes)


def job_titles(sentence: Sentence, lexicon: Lexicon) -> Iterator[Mention]:
    """Yield posts: a head (主任) with what may stand before it (副, 电商办)."""
    text = sentence.document
    found = matches(lexicon.titles, text, sentence.start, sentence.end)
    for start, end, _ in longest(found):
        if not sentence.is_boundary(end):
            continue
        job = text[start:end] in lexicon.sets["jobs_before_names"]
        if job and not _stands_before_name(sentence, end):
            continue
        edge = start
        while prefix := next(
            (
                p
                for p in lexicon.title_prefixes
                if edge - len(p) >= sentence.start and text.startswith(p, edge - len(p))
            ),
            None,
        ):
            edge -= len(prefix)
        yield Mention("Role" if text[start:end] in lexicon.roles else "JobTitle", edge, end, text[edge:end])


def _stands_before_name(sentence: Sentence, end: int) -> bool:
    """Whether the pipeline takes the next word for a person's name."""
    index = sentence.word_at(end) if end < sentence.end else None
    return index is not None and sentence.words[index].label == "PERSON"


def agreements(sentence: Sentence, lexicon: Lexicon) -> Iterator[Mention]:
    """Yield names of agreements: a head (协议) with its modifiers (战略, 合作, 框架)."""
    text = sentence.document
    for start, end, _ in longest(matches(lexicon.agreements, text, sentence.start, sentence.end)):
        edge = start
        while True:
            step = next(
                (n for n in range(8, 0, -1) if text[edge - n : edge] in lexicon.agreement_modifiers), 0
            )
            if not step or edge - step < sentence.start:
                break
            edge -= step
        yield Mention("Agreement", edge, end, text[edge:end])


def products(sentence: Sentence, lexicon: Lexicon) -> Iterator[Mention]:
    """Yield goods, by the noun that names them; everyday words only as words of their own."""
    for start, end, kind in longest(
        matches(lexicon.products, sentence.document, sentence.start, sentence.end)
    ):
        if kind is None:
            continue
        weak, _, name = kind.rpartition(" ")
        opens, closes = sentence.is_boundary(start), sentence.is_boundary(end)
        if (opens and closes) if weak else (opens or closes):
            start = start if opens else _whole_word(sentence, start, end, lexicon)
            yield Mention("Product", start, end, sentence.document[start:end], kind=name)


def _whole_word(sentence: Sentence, start: int, end: int, lexicon: Lexicon) -> int:
    """Return where the word starts that a good ends (油|橄榄), unless a place opens it (道孚|大葱)."""
    index = sentence.word_at(start)
    if index is None:
        return start
    word = sentence.words[index]
    fits = word.end == end and len(word.text) < 6 and word.pos in ("NOUN", "PROPN") and word.label == ""
    place = any(s == 0 and k.cls == "Place" for s, _, k in matches(lexicon.names, word.text))
    return word.start if fits and not place else start


def relatives(sentence: Sentence, lexicon: Lexicon) -> Iterator[Mention]:
    """Yield words for relatives and couples that stand as words of their own."""
    for word in sentence.words:
        if word.text in lexicon.kin:
            yield Mention(lexicon.kin[word.text], word.start, word.end, word.text)


def anaphors(sentence: Sentence, lexicon: Lexicon) -> Iterator[Mention]:
    """Yield words that name something through the context (我市, 该公司)."""
    for start, end, entry in longest(
        matches(lexicon.anaphors, sentence.document, sentence.start, sentence.end)
    ):
        text = sentence.document[start:end]
        bare = (
            entry.cls not in ("Place", "Person") and entry.kind == "last" and text[0] not in "该此本这上前后"
        )
        opens = sentence.document[start - 1 : start] in (
            "",
            *"，。；：！？\n",
        ) and not sentence.document.startswith("+", end)
        if sentence.is_boundary(start) and sentence.is_boundary(end) and (opens or not bare):
            yield Mention(
                entry.cls, start, end, text, level=entry.level, kind="|".join(entry.heads), anaphor=entry.kind
            )


def organs(sentence: Sentence, lexicon: Lexicon) -> Iterator[Mention]:
    """Yield bodies named by a bare unit (市商务局, 县委): of the place that the context gives."""
    text = sentence.document
    for start, end, head in matches(lexicon.heads, text, sentence.start, sentence.end):
        if head.cls != "Organization" or head.kind not in (
            "government",
            "party",
            "mass",
            "cooperative",
            "post",
        ):
            continue
        organ_start = start
        # The head may include the unit itself (县政府).
        for prefix, entry in lexicon.bare_prefixes.items():
            begin = start - len(prefix)
            if begin >= sentence.start and text.startswith(prefix, begin) and _starts_name(sentence, begin):
                yield Mention(
                    "Organization",
                    begin,
                    end,
                    text[begin:end],
                    level=entry.level,
                    kind=head.kind,
                    anaphor=entry.kind,
                    name=text[organ_start:end],
                )
            elif (
                text.startswith(prefix, start)
                and len(head.text) > len(prefix)
                and _starts_name(sentence, start)
            ):
                rest = text[start + len(prefix) : end]
                yield Mention(
                    "Organization",
                    start,
                    end,
                    text[start:end],
                    level=entry.level,
                    kind=head.kind,
                    anaphor=entry.kind,
                    name=rest,
                )


def offices(sentence: Sentence, lexicon: Lexicon) -> Iterator[Mention]:
    """Yield bodies that the pipeline sees and that open with a bare unit (省委改革办)."""
    for word in sentence.words:
        if (
            word.label == "ORG"
            and len(word.text) > 3
            and word.text[-1] in "办局厅委部室"
            and word.text not in lexicon.known
        ):
            prefix = next((p for p in lexicon.bare_prefixes if word.text.startswith(p)), None)
            if prefix:
                entry = lexicon.bare_prefixes[prefix]
                rest = word.text[len(prefix) :]
                yield Mention(
                    "Organization",
                    word.start,
                    word.end,
                    word.text,
                    level=entry.level,
                    kind="party",
                    anaphor=entry.kind,
                    name=rest,
                )


def _starts_name(sentence: Sentence, start: int) -> bool:
    """Whether nothing before these characters belongs to the same name (丰县|商务局)."""
    if start == sentence.start:
        return True
    index = sentence.word_at(start - 1)
    if index is None:
        return True
    word = sentence.words[index]
    return word.label not in ("GPE", "ORG", "LOC") and word.end <= start
