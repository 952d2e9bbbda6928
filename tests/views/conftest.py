from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.graph import load_schema
from kg.views import network_page

from . import chromium, sample


@pytest.fixture(scope="session")
def labels() -> dict[str, dict[str, str]]:
    """The labels of the ontology, under the keys that network_page wants."""
    schema = load_schema()
    found = {f"class/{name}": dict(cls.labels) for name, cls in schema.classes.items()}
    for name, fact_type in schema.facts.items():
        found[f"fact/{name}"] = dict(fact_type.labels)
        found |= {f"role/{name}/{role}": dict(value.labels) for role, value in fact_type.roles.items()}
    return found


@pytest.fixture(scope="session")
def html(labels: dict[str, dict[str, str]]) -> str:
    return network_page(sample.facts(), sample.entities(), labels, "农村电商")


@pytest.fixture(scope="session")
def tab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[chromium.Page]:
    if chromium.binary() is None:
        pytest.skip("no Chromium is installed (apt install chromium): what the page does is not tested")
    with chromium.browser(tmp_path_factory.mktemp("profile")) as page:
        yield page


@pytest.fixture(scope="session")
def address(html: str, tmp_path_factory: pytest.TempPathFactory) -> str:
    path: Path = tmp_path_factory.mktemp("page") / "network.html"
    path.write_text(html, "utf-8")
    return path.as_uri()
