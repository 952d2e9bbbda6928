"""No YAML file says a thing twice: the second would win in silence."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
FILES = sorted(path for folder in ("kg", "queries", "ontology") for path in (ROOT / folder).rglob("*.yaml"))


class _Strict(yaml.SafeLoader):
    """A loader that refuses a key that stands twice in one mapping."""


def _mapping(loader: yaml.SafeLoader, node: yaml.MappingNode) -> dict:
    keys = [loader.construct_object(key) for key, _ in node.value]
    twice = sorted({str(key) for key in keys if keys.count(key) > 1})
    assert not twice, f"line {node.start_mark.line + 1}: twice {twice}"
    return loader.construct_mapping(node, deep=True)


_Strict.add_constructor("tag:yaml.org,2002:map", _mapping)


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_key_stands_twice(path: Path) -> None:
    yaml.load(path.read_text("utf-8"), Loader=_Strict)


def test_a_key_that_stands_twice_is_seen() -> None:
    with pytest.raises(AssertionError, match="line 1: twice"):
        yaml.load("a: 1\nb: 2\na: 3\n", Loader=_Strict)
