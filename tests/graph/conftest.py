from __future__ import annotations

from pathlib import Path

import pytest

import kg.graph
from kg.model import Knowledge

from .sample import knowledge


@pytest.fixture(scope="session")
def sample() -> Knowledge:
    return knowledge()


@pytest.fixture(scope="session")
def built(sample: Knowledge, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("built") / "graph"
    kg.graph.write(sample, out)
    return out


@pytest.fixture(scope="session")
def graph(built: Path) -> kg.graph.Graph:
    return kg.graph.open_graph(built)
