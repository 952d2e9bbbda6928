"""What several parts of the tests share."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import settings

# The same examples on every run; look for new ones with pytest --hypothesis-profile=default.
settings.register_profile("same", derandomize=True)
settings.load_profile("same")

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="session")
def seed_graph(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a graph built from the five articles in seeds/. Tests only read it."""
    from kg import pipeline

    out = tmp_path_factory.mktemp("seeds") / "build"
    pipeline.build([ROOT / "seeds"], out)
    return out
