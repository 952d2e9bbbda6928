"""What the tests of the command line share besides fixtures."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from click.testing import Result

ROOT = Path(__file__).resolve().parents[2]
Kg = Callable[..., Result]
