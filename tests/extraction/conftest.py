from __future__ import annotations

from collections.abc import Callable

import pytest

from kg import extraction, language, linking
from kg.extraction import Extraction
from kg.extraction.lexicon import Lexicon

PUBLISHED = "2021-06-15"  # a Tuesday


@pytest.fixture(scope="session")
def nlp():
    return language.load()


@pytest.fixture(scope="session")
def lexicon() -> Lexicon:
    return extraction.prepare(linking.known_names())


@pytest.fixture(scope="session")
def read(nlp, lexicon) -> Callable[..., Extraction]:
    """A function from a text (and the date of its paper) to its mentions and statements."""

    def _read(text: str, published: str | None = PUBLISHED) -> Extraction:
        (doc,) = language.analyse(nlp, [text])
        return extraction.extract(doc, lexicon, published)

    return _read
