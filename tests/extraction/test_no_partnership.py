"""Hard cases: sentences that look like a partnership and are none, read by all rules together.

Each rule has some as its ``wrong`` examples: talks that failed, hopes, rumours, other people's deals,
competitors and neighbours named side by side, witnesses, advertisements.
"""

from __future__ import annotations

import pytest

from kg import extraction, language, linking, pipeline
from kg.extraction.rules import load
from kg.graph import load_schema
from kg.model import Article, OffsetMap

PUBLISHED = "2021-06-15"
SENTENCES = sorted(
    {text for file in load() if file.type == "Partnership" for rule in file.rules for text in rule.wrong}
)


@pytest.fixture(scope="module")
def partnerships():
    nlp, lexicon, shapes = language.load(), extraction.prepare(linking.known_names()), pipeline.shapes()
    classes = load_schema().classes

    def read(text: str) -> list[tuple[dict, str]]:
        """Return roles and modality of every partnership that all rules read in a text."""
        article = Article("example.txt", text, OffsetMap((), ()), "", "utf-8", published=PUBLISHED)
        found = extraction.extract(next(language.analyse(nlp, [text])), lexicon, PUBLISHED)
        _, facts, *_ = linking.link([(article, (found.mentions, found.statements))], shapes, classes)
        return [(fact.roles, fact.modality) for fact in facts if fact.type == "Partnership"]

    return read


def test_there_are_enough_hard_cases():
    assert len(SENTENCES) >= 120


@pytest.mark.parametrize("text", SENTENCES)
def test_no_partnership_is_read(text, partnerships):
    """A denied one is right where the text denies it: it says that there is none."""
    assert [roles for roles, modality in partnerships(text) if modality != "negated"] == []
