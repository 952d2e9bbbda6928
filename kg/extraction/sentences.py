"""What the extractor needs of a spaCy document: sentences, words and name candidates by offset."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Doc


@dataclass(frozen=True, slots=True)
class Word:
    """A word of the text. ``label`` is its OntoNotes label if the pipeline takes it for a name."""

    start: int
    end: int
    text: str
    pos: str  # universal tag
    tag: str  # the pipeline's own tag
    label: str = ""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence with its words. Offsets are those of the whole text."""

    document: str  # the whole text
    start: int
    end: int
    words: tuple[Word, ...]
    starts: tuple[int, ...]  # of the words

    @property
    def text(self) -> str:
        return self.document[self.start : self.end]

    def word_at(self, offset: int) -> int | None:
        """Return the index of the word that covers the character at ``offset``, or None."""
        index = bisect_right(self.starts, offset) - 1
        return index if index >= 0 and offset < self.words[index].end else None

    def is_boundary(self, offset: int) -> bool:
        """Whether a word starts (or the sentence ends) at ``offset``."""
        if offset in (self.start, self.end):
            return True
        index = self.word_at(offset)
        return index is not None and self.words[index].start == offset


def sentences(doc: Doc) -> Iterator[Sentence]:
    """Yield the sentences of a document that hold any text, in order."""
    text = doc.text  # spaCy puts it together anew each time it is asked
    labels = {}
    text = doc.text  # spaCy builds it anew each time
    for entity in doc.ents:
        for token in entity:
            labels[token.i] = (entity.label_, entity.start, entity.end)
    for span in doc.sents:
        words: list[Word] = []
        index = span.start
        while index < span.end:
            token = doc[index]
            label, first, last = labels.get(index, ("", index, index + 1))
            if label and first == index and last > index + 1:  # a name of several words is one here
                start, end = token.idx, doc[last - 1].idx + len(doc[last - 1])
                words.append(Word(start, end, text[start:end], "PROPN", token.tag_, label))
                index = last
                continue
            if not token.is_space:
                end = token.idx + len(token)
                words.append(Word(token.idx, end, token.text, token.pos_, token.tag_, label))
            index += 1
        if words:
            yield Sentence(text, words[0].start, words[-1].end, tuple(words), tuple(w.start for w in words))
