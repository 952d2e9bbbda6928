"""Recognisers of single names: registered actors, posts, agreements, bodies and anaphors.

Each takes a sentence and yields mentions.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from kg.extraction.anaphors import Anaphor
from kg.extraction.joints import after_joint, after_verb
from kg.extraction.lexicon import Head, Lexicon, longest, matches
from kg.extraction.people import is_person
from kg.extraction.phrases import left_edge
from kg.extraction.sentences import Sentence
from kg.model import Mention

_IN_MARKS = re.compile(r"《[^《》\n]{2,40}》|“[^“”\n，。！？]{4,30}”")


def registered(sentence: Sentence, lexicon: Lexicon) -> Iterator[Mention]:
    """Yield platforms and organisations of the registry."""
    found = (
        (start, end, known)
        for start, end, known in matches(lexicon.names, sentence.document, sentence.start, sentence.end)
        if known.cls != "Place"
        and _own_word(sentence, start, end, known.weak, lexicon)
        and not is_person(sentence, start, end, lexicon)
    )
    for start, end, known in longest(found):
        text = sentence.document[start:end]
        yield Mention(known.cls, start, end, text, kind=known.kind, keys=known.keys)


def _own_word(sentence: Sentence, start: int, end: int, weak: bool, lexicon: Lexicon) -> bool:
    if weak:
        return sentence.is_boundary(start) and sentence.is_boundary(end)
    text = sentence.document[start:end]
    if text.isascii():  # a Latin name is not the middle of another word
        before, after = sentence.document[start - 1 : start], sentence.document[end : end + 1]
        return not (before.isascii() and before.isalnum()) and not (after.isascii() and after.isalnum())
    if sentence.document[end - 1 : end + 1] == "部门":
        return False  # anybody's office: 县商务|部门, not 商务部
    opens, closes = sentence.is_boundary(start), sentence.is_boundary(end)
    if opens and not closes and sentence.document.startswith(lexicon.of_platforms, end):
        return True  # 天猫|店
    if opens and not closes:  # or two names for one (京东同|县…中心)
        rest = sentence.document[end + 1 : end + 4]
        joined = sentence.document[end : end + 1] in lexicon.sets["joints"]
        closes = joined and any(rest.startswith(prefix) for prefix in lexicon.bare_prefixes)
    if closes and not opens:  # the model took a preposition into the word (同盒马)
        index = sentence.word_at(start)
        word = sentence.words[index] if index is not None else None
        opens = word is not None and sentence.document[word.start : start] in lexicon.sets["prepositions"]
    return (opens and closes) if len(text) < 3 else (opens or closes)


def job_titles(sentence: Sentence, lexicon: Lexicon) -> Iterator[Mention]:
    """Yield posts: a head (主任) with what may stand before it (副, 电商办)."""
    text = sentence.document
    found = matches(lexicon.titles, text, sentence.start, sentence.end)
    for start, end, _ in longest(found):
        if not sentence.is_boundary(end) or text.startswith(tuple(lexicon.sets["not_after_titles"]), end):
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
    """Yield names of agreements: a head (协议) with its modifiers (战略, 合作, 框架), or what stands in marks."""
    text = sentence.document
    for match in _IN_MARKS.finditer(text, sentence.start, sentence.end):
        if any(end == match.end() - 1 for _, end, _ in matches(lexicon.agreements, text, *match.span())):
            name = match.group().strip("“”")
            yield Mention("Agreement", match.start(), match.end(), match.group(), name=name)
    for start, end, _ in longest(matches(lexicon.agreements, text, sentence.start, sentence.end)):
        edge = start
        while True:
            step = next(
                (n for n in range(8, 0, -1) if text[edge - n : edge] in lexicon.agreement_modifiers), 0
            )
            step = step or _modifier(sentence, edge, lexicon)
            if not step or edge - step < sentence.start:
                break
            edge -= step
        counted = lexicon.counted_agreements.match(text, edge, start)  # 一纸|校地共建协议
        edge = counted.end() if counted else edge
        yield Mention("Agreement", edge, end, text[edge:end])


def _modifier(sentence: Sentence, edge: int, lexicon: Lexicon) -> int:
    """Return the length of a plain noun, or of a short quotation, that ends at ``edge`` and qualifies a deal."""
    text = sentence.document
    if text[edge - 1] == "”":
        opening = text.rfind("“", max(sentence.start, edge - 16), edge)
        return edge - opening if opening >= 0 else 0
    index = sentence.word_at(edge - 1)
    if index is None or sentence.words[index].end != edge:
        return 0
    word = sentence.words[index]
    plain = word.pos in ("NOUN", "ADJ", "NUM") and not word.label and word.tag not in ("f", "s", "t", "q")
    plain = plain and not word.text[0].isdigit()  # 1200个|订单 is a figure
    known = any(entry.cls != "Product" for _, _, entry in matches(lexicon.names, word.text))
    named = known or any(end == len(word.text) for _, end, _ in matches(lexicon.heads, word.text))
    return len(word.text) if plain and not named and word.text not in lexicon.sets["leading"] else 0


def relatives(sentence: Sentence, lexicon: Lexicon) -> Iterator[Mention]:
    """Yield words for relatives and couples that stand as words of their own, or with the word before (大|儿子)."""
    before = ""
    for word in sentence.words:
        whole = before + word.text if before + word.text in lexicon.kin else word.text
        if whole in lexicon.kin:
            yield Mention(lexicon.kin[whole], word.end - len(whole), word.end, whole)
        before = word.text


def anaphors(sentence: Sentence, lexicon: Lexicon) -> Iterator[Mention]:
    """Yield words that name something through the context (我市, 该公司)."""
    for start, end, entry in longest(
        matches(lexicon.anaphors, sentence.document, sentence.start, sentence.end)
    ):
        text = sentence.document[start:end]
        bare = (
            entry.cls not in ("Place", "Person")
            and entry.kind in ("last", "main")
            and text[0] not in "该此本这上前后"
        )
        opens = _may_be_bare(sentence, start, text, lexicon)
        opens = opens or sentence.document.endswith(tuple(lexicon.sets["possessives"]), sentence.start, start)
        opens = opens or _after_time(sentence, start)
        opens = opens and not sentence.document.startswith("+", end)
        if sentence.is_boundary(start) and sentence.is_boundary(end) and (opens or not bare):
            yield Mention(
                entry.cls, start, end, text, level=entry.level, kind="|".join(entry.heads), anaphor=entry.kind
            )


def _after_time(sentence: Sentence, start: int) -> bool:
    """Whether the word before is a time that opens a clause (去年|公司销售额…)."""
    index = sentence.word_at(start - 1) if start > sentence.start else None
    if index is None or sentence.words[index].tag not in ("TIME", "t"):
        return False
    opening = sentence.words[index].start
    return sentence.document[opening - 1 : opening] in ("", *"，。；：！？\n")


def _may_be_bare(sentence: Sentence, start: int, text: str, lexicon: Lexicon) -> bool:
    """Whether a bare 公司 stands where it means one: first in its clause, or the other side (与公司签约)."""
    before = sentence.document[start - 1 : start]
    if before in ("", *"，。；：！？\n　 "):
        return True
    return before in lexicon.sets["before_bare"] and text in lexicon.sets["bare_sides"]


_LONG_NAMED = frozenset({"education", "media", "finance"})  # 县电视台 is the county's, 县报 may be a verb's
_ORGAN_KINDS = frozenset({"government", "party", "mass", "cooperative", "post", "association", *_LONG_NAMED})


def organs(sentence: Sentence, lexicon: Lexicon) -> Iterator[Mention]:
    """Yield bodies and sites of the place of the context: 市商务局, 县委, 县电商协会, 市电商大厦.

    In a list the unit stands once (县政府办、财政局、扶贫办).
    """
    text = sentence.document
    shared: dict[int, Anaphor] = {}  # where a list of organs goes on → the unit of its first
    found = matches(lexicon.heads, text, sentence.start, sentence.end)
    for start, end, head in sorted(found, key=lambda item: (item[0], -item[1])):
        for mention, entry in _organs_at(sentence, start, end, head, lexicon, shared):
            if text[mention.end : mention.end + 1] in "、和" and mention.cls == "Organization":
                shared[mention.end + 1] = entry
            yield mention


def _organs_at(
    sentence: Sentence, start: int, end: int, head: Head, lexicon: Lexicon, shared: Mapping[int, Anaphor]
) -> Iterator[tuple[Mention, Anaphor]]:
    text, prefixes = sentence.document, lexicon.bare_prefixes
    of_place = head.cls == "Organization" and head.kind in _ORGAN_KINDS
    of_place = of_place and (head.kind not in _LONG_NAMED or len(head.text) > 2)
    spans: list[tuple[int, int, Anaphor]] = []  # start of the mention, start of the organ's own name, unit
    if of_place:
        for prefix, entry in prefixes.items():
            if head.kind == "association" and not entry.level:
                continue  # 当地电商协会 may be of any place
            begin = start - len(prefix)
            if begin >= sentence.start and text.startswith(prefix, begin):
                spans.append((begin, start, entry))
            elif text.startswith(prefix, start) and len(head.text) > len(prefix):
                spans.append((start, start + len(prefix), entry))  # 县政府 is a head itself
        if head.kind == "mass" and text[start + 1] in prefixes:
            spans.append((start, start, prefixes[text[start + 1]]))  # 团县委
        if start in shared and len(head.text) > 2 and sentence.is_boundary(start):
            spans.append((start, start, shared[start]))
    if len(head.text) > 1 and (of_place or head.cls == "Facility"):
        left = after_joint(text, left_edge(sentence, start, head.cls, lexicon), start, lexicon)
        left = after_verb(text, left, start, lexicon)
        units = (p for p, entry in prefixes.items() if entry.level)  # 当地 may be any
        prefix = next((p for p in units if text.startswith(p, left)), "")
        sole = head.text in lexicon.sets["sole_sites"]  # 县经开区: it has no other name
        bare = prefix and left + len(prefix) < start + sole and not text.startswith(lexicon.not_bare, left)
        if bare and (sentence.is_boundary(end) or text[end] in lexicon.sets["joints"]):
            spans.append((left, left + len(prefix), prefixes[prefix]))
    for begin, name, entry in spans:
        if _starts_name(sentence, begin, lexicon):
            yield _organ(text, begin, name, end, entry, head.kind, head.cls), entry


def _organ(
    text: str, start: int, name: int, end: int, entry: Anaphor, kind: str | None, cls: str = "Organization"
) -> Mention:
    return Mention(
        cls,
        start,
        end,
        text[start:end],
        level=entry.level,
        kind=kind,
        anaphor=entry.kind,
        name=text[name:end],
    )


def offices(sentence: Sentence, lexicon: Lexicon) -> Iterator[Mention]:
    """Yield bodies that the pipeline sees and that open with a bare unit (省委改革办)."""
    for word in sentence.words:
        if word.label != "ORG" or len(word.text) < 4 or word.text[-1] not in "办局厅委部室":
            continue
        prefix = next((p for p in lexicon.bare_prefixes if word.text.startswith(p)), None)
        if after_joint(sentence.document, word.start, word.end - 1, lexicon) > word.start:
            continue  # 县商会和县商务局: two
        if prefix and word.text not in lexicon.known:
            entry = lexicon.bare_prefixes[prefix]
            yield _organ(sentence.document, word.start, word.start + len(prefix), word.end, entry, "party")


def _starts_name(sentence: Sentence, start: int, lexicon: Lexicon) -> bool:
    """Whether nothing before these characters belongs to the same name (丰县|商务局)."""
    if start == sentence.start:
        return True
    index = sentence.word_at(start - 1)
    if index is None:
        return True
    word = sentence.words[index]
    before = sentence.document[word.start : start]  # 由团|县委, 联合|县妇联, 县商务局会同|县妇联
    governed = before in lexicon.sets["prepositions"] or before in (
        lexicon.sets["verbs_after_names"] | lexicon.sets["never_in_names"]
    )
    if before[-1:] in lexicon.sets["joints"]:
        first = before[:-1].removesuffix("会") if before[-1] == "同" else before[:-1]
        governed = governed or any(
            end == len(first) and head.cls == "Organization" for _, end, head in matches(lexicon.heads, first)
        )
    return governed or (word.label not in ("GPE", "ORG", "LOC") and word.end <= start)
