"""The kind of a product, by the longest noun of goods that ends its name (金丝皇菊 is no kind, 沛县鱼竿 is tackle)."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from kg.resources import lexicon, load_yaml


def kind(name: str) -> str | None:
    """Return the kind of a product, a key of ``kinds`` in products.yaml, or None if no noun tells."""
    nouns = _nouns()
    return next((nouns[name[start:]] for start in range(len(name)) if name[start:] in nouns), None)


@cache
def _nouns() -> dict[str, str | None]:
    data: Mapping[str, Any] = load_yaml(lexicon("products.yaml"))
    none = dict.fromkeys(map(str, data["not_products"]))
    return none | {str(noun): kind for kind, entry in data["kinds"].items() for noun in entry["nouns"]}
