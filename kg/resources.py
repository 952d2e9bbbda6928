"""Where the data that stands beside the code is found: ``ontology/`` and ``queries/``.

In a wheel they are inside the package (see ``pyproject.toml``); in a checkout they stand at the
top of the repository.
"""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).parent


def folder(name: str) -> Path:
    """Return the folder ``ontology`` or ``queries``. Raises FileNotFoundError if neither place has it."""
    for candidate in (_PACKAGE / "_data" / name, _PACKAGE.parent / name):
        if candidate.is_dir():
            return candidate
    raise FileNotFoundError(f"the installation lacks its folder {name!r}")
