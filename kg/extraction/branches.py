"""Bodies named by others: branches of known ones in a place (某快递沛县网点), and what is pointed at (该事业部)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from kg.extraction.lexicon import Lexicon, matches
from kg.extraction.sentences import Sentence
from kg.model import Mention

_MARKS = "·•“"


def branches(
    sentence: Sentence, owners: Iterable[Mention], places: Sequence[Mention], lexicon: Lexicon
) -> Iterator[Mention]:
    """Yield the branches that open with one of ``owners``; their class is by the word for what it is."""
    text = sentence.document
    for owner in owners:
        start = owner.end
        while text[start : start + 1] and text[start] in _MARKS:
            start += 1
        for place in places:
            if place.start != start:
                continue
            for cls, words in lexicon.phrases["branches"].items():
                word = next((w for w in words if text.startswith(w, place.end)), "")
                end = place.end + len(word)
                if not word or end > sentence.end:
                    continue
                closed = end + 1 if "“" in text[owner.end : start] and text[end : end + 1] == "”" else end
                yield Mention(cls, owner.start, closed, text[owner.start : closed], kind="company")


def local_offices(sentence: Sentence, places: Sequence[Mention], lexicon: Lexicon) -> Iterator[Mention]:
    """Yield the offices that a body found everywhere has in the place named before it (沛县|邮政, 沛县|邮政公司)."""
    text = sentence.document
    for place in places:
        index = sentence.word_at(place.end - 1)
        end = sentence.words[index].end if index is not None else place.end
        if text[place.end : end] in lexicon.sets["found_everywhere"]:
            yield Mention("Organization", place.start, end, text[place.start : end], kind="company")


def teams(sentence: Sentence, places: Sequence[Mention], lexicon: Lexicon) -> Iterator[Mention]:
    """Yield those whom one place sends to help another (甲省第十批援乙工作队, 甲市驻乙县工作组)."""
    for place in places:
        if sent := lexicon.teams.match(sentence.document, place.end, sentence.end):
            end = sent.end()
            name = sentence.document[place.start : end]
            yield Mention("Organization", place.start, end, name, kind="association")


def pointed(sentence: Sentence, lexicon: Lexicon) -> Iterator[Mention]:
    """Yield bodies and sites that are pointed at by what they are (该事业部, 这家电商协会)."""
    text = sentence.document
    for start, end, head in matches(lexicon.heads, text, sentence.start, sentence.end):
        if (
            head.cls not in ("Organization", "Facility")
            or len(head.text) < 2
            or not sentence.is_boundary(end)
        ):
            continue
        before = text[max(sentence.start, start - 2) : start]
        pointer = next((p for p in lexicon.phrases["pointers"] if before.endswith(p)), "")
        span = (start - len(pointer), end)
        known = pointer and any(hit[:2] == span for hit in matches(lexicon.anaphors, text, *span))
        if pointer and not known:
            yield Mention(
                head.cls, start - len(pointer), end, f"{pointer}{head.text}", kind=head.text, anaphor="last"
            )
