"""Language: text → spaCy Doc with words, tags, sentences and candidates for names.

Every pipeline is used in the same way: ``doc.ents`` with OntoNotes labels (PERSON, GPE, ORG, DATE …),
``token.pos_`` and ``doc.sents``. So any spaCy pipeline for Chinese can stand in for ours.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

import spacy
from spacy.language import Language
from spacy.tokens import Doc

from kg.language.lac import LacTokenizer

DEFAULT = "lac"


class PipelineNotFound(Exception):
    """The named spaCy pipeline is not installed, or does not mark sentences."""


@spacy.registry.tokenizers("kg.LacTokenizer.v1")
def _create_tokenizer() -> object:
    return lambda nlp: LacTokenizer(nlp.vocab)


def load(name: str = DEFAULT) -> Language:
    """Return the spaCy pipeline ``name``: ``lac`` is ours, others must be installed.

    Raises PipelineNotFound.
    """
    if name == DEFAULT:
        return spacy.blank("zh", config={"nlp": {"tokenizer": {"@tokenizers": "kg.LacTokenizer.v1"}}})
    try:
        nlp = spacy.load(name)
    except OSError as error:
        raise PipelineNotFound(f"no spaCy pipeline {name!r} is installed: {error}") from error
    if not {"parser", "senter", "sentencizer"} & set(nlp.pipe_names):
        nlp.add_pipe("sentencizer", config={"punct_chars": list("。！？!?；;\n")})
    return nlp


def analyse(
    nlp: Language, texts: Iterable[str], worth: Callable[[str], bool] = lambda _: True
) -> Iterator[Doc]:
    """Yield a Doc for each text, in order; ``doc.text`` is the text.

    What our pipeline finds not ``worth`` reading is one word a sentence, of no part of speech (X).
    """
    if isinstance(nlp.tokenizer, LacTokenizer):
        yield from nlp.pipe(nlp.tokenizer.pipe(texts, worth))
    else:
        yield from nlp.pipe(texts)
