from __future__ import annotations

import pytest
from spacy.language import Language

from kg import language
from kg.language.lac import LacModel, model


@pytest.fixture(scope="session")
def nlp() -> Language:
    return language.load()


@pytest.fixture(scope="session")
def lac() -> LacModel:
    return model()
