"""Names of branches: a known firm or platform, the place it serves, and what it has there (某快递沛县网点)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from kg.extraction.lexicon import Lexicon
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
