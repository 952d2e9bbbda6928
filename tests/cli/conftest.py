from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from kg.cli import main

from .support import Kg


@pytest.fixture
def kg(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Kg:
    """Run the command line in an empty folder, without the user's KG_* variables."""
    for name in os.environ:
        if name.startswith("KG_"):
            monkeypatch.delenv(name)
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")

    def run(*args: object, **options: Any) -> Result:
        result = CliRunner().invoke(main, [str(arg) for arg in args], **options)
        if result.exception and not isinstance(result.exception, SystemExit):
            raise result.exception
        return result

    return run


@pytest.fixture
def seeded(kg: Kg, seed_graph: Path) -> Kg:
    """The same, with the graph of seeds/ as the default one."""

    def run(*args: object, **options: Any) -> Result:
        return kg(*args, env={"KG_GRAPH": str(seed_graph)}, **options)

    return run
