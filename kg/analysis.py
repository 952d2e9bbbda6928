"""Language and extraction for many articles: in this process, or in several when there is enough to read.

A process reads a portion of articles at a time. What an article says depends on no other, so the number of
processes changes nothing.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterator, Sequence
from functools import cache

import loky
from spacy.language import Language

from kg import extraction, language, linking
from kg.extraction.lexicon import Lexicon
from kg.model import Article

PORTION = 32  # articles
_WORTH = 60_000  # characters to be tagged for which one more process pays, for it takes some seconds to start

# The automata of the rules grow with the text that they have seen. loky renews a process that has grown by 300 MB,
# which bounds the memory and changes nothing that is read, but warns of it.
warnings.filterwarnings("ignore", "A worker was restarted", UserWarning, "loky")

Text = tuple[str, str | None]  # of an article, with its date (EDTF)


def analyse(
    articles: Sequence[Article], pipeline: str = language.DEFAULT, workers: int | None = None
) -> Iterator[extraction.Extraction]:
    """Yield what each article says, in order.

    ``workers`` is how many processes may read, None for as many as there are processors. Raises
    language.PipelineNotFound.
    """
    _, _, relevant = _tools(pipeline)  # what is missing is said here, not in a process
    texts = [(article.text, article.published) for article in articles]
    portions = [texts[first : first + PORTION] for first in range(0, len(texts), PORTION)]
    most = min(workers or loky.cpu_count(), len(portions))
    lengths = (len(line) for text, _ in texts for line in text.split("\n") if relevant(line))
    length = 0
    while length < (most - 1) * _WORTH and (
        more := next(lengths, 0)
    ):  # the processes test the rest themselves
        length += more
    processes = min(most, 1 + length // _WORTH)
    if processes <= 1:
        for portion in portions:
            yield from _read(portion, pipeline)
        return
    # Not the standard library's pool, for its new processes run the caller's script once more.
    pool = loky.ProcessPoolExecutor(processes)
    try:
        for found in pool.map(_read_all, portions, [pipeline] * len(portions)):
            yield from found
    finally:
        pool.shutdown(kill_workers=True)


def _read_all(texts: Sequence[Text], pipeline: str) -> list[extraction.Extraction]:
    return list(_read(texts, pipeline))


def _read(texts: Sequence[Text], pipeline: str) -> Iterator[extraction.Extraction]:
    nlp, lexicon, relevant = _tools(pipeline)
    docs = language.analyse(nlp, [text for text, _ in texts], relevant)
    for doc, (_, published) in zip(docs, texts, strict=True):
        yield extraction.extract(doc, lexicon, published)


@cache
def _tools(pipeline: str) -> tuple[Language, Lexicon, Callable[[str], bool]]:
    lexicon = extraction.prepare(linking.known_names())
    return language.load(pipeline), lexicon, extraction.relevance(lexicon)
