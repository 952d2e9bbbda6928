"""Extraction: Doc → mentions and statements, by recognisers and rules whose knowledge is data."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from spacy.tokens import Doc

from kg.extraction.lexicon import Lexicon
from kg.extraction.lexicon import load as load_lexicon
from kg.extraction.mentions import find_mentions
from kg.extraction.relevance import relevance
from kg.extraction.rules import RuleFile
from kg.extraction.statements import find_statements
from kg.extraction.watch import Near, Reading, Watcher
from kg.model import Mention, Statement


@dataclass(frozen=True, slots=True)
class Extraction:
    """What one article says: its mentions, sentence by sentence, and the statements of the rules."""

    mentions: tuple[tuple[Mention, ...], ...]
    statements: tuple[Statement, ...]


def prepare(known: Mapping) -> Lexicon:
    """Read word lists and join them with known names (see ``kg.model.KnownName``)."""
    return load_lexicon(known)


def explain(
    doc: Doc, lexicon: Lexicon, published: str | None, files: Sequence[RuleFile] | None = None
) -> tuple[Extraction, tuple[Reading, ...]]:
    """Read one analysed article as ``extract`` does, and tell for each sentence what was tried there."""
    read = find_mentions(doc, lexicon, published)
    watcher = Watcher()
    statements = find_statements(read, lexicon, published, files, watcher.tried)
    readings = watcher.readings(read, statements)
    return Extraction(tuple(mentions for _, mentions in read), tuple(statements)), readings


def extract(
    doc: Doc, lexicon: Lexicon, published: str | None, files: Sequence[RuleFile] | None = None
) -> Extraction:
    """Read one analysed article; ``published`` is its date (EDTF), against which times are resolved.

    ``files`` limits the rules that are applied, for testing them one by one.
    """
    read = find_mentions(doc, lexicon, published)
    statements = find_statements(read, lexicon, published, files)
    return Extraction(tuple(mentions for _, mentions in read), tuple(statements))


__all__ = ["Extraction", "Near", "Reading", "RuleFile", "explain", "extract", "prepare", "relevance"]
