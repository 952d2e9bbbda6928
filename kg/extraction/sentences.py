"""What the extractor needs of a spaCy document: sentences, words and name candidates by offset."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate

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
    def is_unread(self) -> bool:
        """Whether the pipeline found it not worth reading: one word of no part of speech."""
        return len(self.words) == 1 and self.words[0].pos == "X"

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
    text = doc.text  # spaCy builds it anew each time
    names = {entity.start: (entity.end, entity.label_) for entity in doc.ents}
    # All at once: a Token object each would take longer than everything else here.
    columns = doc.to_array(["LENGTH", "SPACY", "POS", "TAG"]).tolist()
    ends = list(accumulate((length + space for length, space, _, _ in columns), initial=0))
    strings = doc.vocab.strings
    labels = {key: strings[key] for column in (2, 3) for key in {row[column] for row in columns}}
    for first, last in _bounds(doc):
        words: list[Word] = []
        index = first
        while index < last:
            _, _, pos, tag = columns[index]
            after, label = names.get(index, (index + 1, ""))
            start, end = ends[index], ends[after - 1] + columns[after - 1][0]
            start += len(text[start:end]) - len(
                text[start:end].lstrip()
            )  # the model may take blanks into a word
            if after > index + 1:  # a name of several words is one here
                words.append(Word(start, end, text[start:end], "PROPN", labels[tag], label))
            elif start < end:
                words.append(Word(start, end, text[start:end], labels[pos], labels[tag], label))
            index = after
        if words:
            yield Sentence(text, words[0].start, words[-1].end, tuple(words), tuple(w.start for w in words))


def _bounds(doc: Doc) -> Iterator[tuple[int, int]]:
    """Yield the first word of each sentence, and the first behind it."""
    starts = [index for index, start in enumerate(doc.to_array(["SENT_START"]).tolist()) if start == 1]
    if starts[:1] != [0]:
        starts.insert(0, 0)
    return zip(starts, [*starts[1:], len(doc)], strict=True)
