"""Where the data that the stages share is found, and how it is read.

``ontology/`` and ``queries/`` stand at the top of the repository; in a wheel they are inside the
package (see ``pyproject.toml``).
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import yaml

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_PACKAGE = Path(__file__).parent


def folder(name: str) -> Path:
    """Return the folder ``ontology`` or ``queries``. Raises FileNotFoundError if neither place has it."""
    for candidate in (_PACKAGE / "_data" / name, _PACKAGE.parent / name):
        if candidate.is_dir():
            return candidate
    raise FileNotFoundError(f"the installation lacks its folder {name!r}")


def lexicon(name: str) -> Path:
    """Return the path of a word list in ``kg/language/lexicons``. Raises FileNotFoundError."""
    path = _PACKAGE / "language" / "lexicons" / name
    if not path.is_file():
        raise FileNotFoundError(f"the installation lacks its word list {name!r}")
    return path


def load_yaml(path: Path) -> Any:
    """Read a YAML data file with the fast loader. Raises ValueError naming file and line."""
    try:
        return yaml.load(path.read_text("utf-8"), Loader=_Loader)
    except yaml.YAMLError as error:
        raise ValueError(f"{path}: {error}") from error


@contextmanager
def uncollected() -> Iterator[None]:
    """Keep the garbage collector from searching large tables while they are read: all of them are kept."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()
