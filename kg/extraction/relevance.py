"""Which paragraphs can say anything: those with a figure, or with a word that some recogniser looks for.

The others need no tagger. A person who is named nowhere but there is not found.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from kg.extraction.lexicon import Lexicon, automaton

_FIGURE = re.compile(r"[0-9０-９《“]")


def relevance(lexicon: Lexicon) -> Callable[[str], bool]:
    """Return a test of whether a paragraph has a figure, a title or a word that a recogniser looks for."""
    found = automaton(dict.fromkeys(_words(lexicon)))

    def relevant(paragraph: str) -> bool:
        return _FIGURE.search(paragraph) is not None or next(found.iter(paragraph), None) is not None

    return relevant


def _words(lexicon: Lexicon) -> Iterator[str]:
    tables = (lexicon.names, lexicon.heads, lexicon.products, lexicon.titles, lexicon.standing)
    for table in (*tables, lexicon.agreements, lexicon.anaphors):
        yield from (word for word in table if len(word) > 1 and word not in lexicon.roles)
    yield from lexicon.sets["relevant_characters"]
