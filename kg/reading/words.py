"""The word lists in ``words.yaml``, loaded once."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any

import yaml


@cache
def _all() -> dict[str, Any]:
    text = Path(__file__).with_name("words.yaml").read_text(encoding="utf-8")
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return yaml.load(text, Loader=loader)


@cache
def words(name: str) -> tuple[str, ...]:
    """Return the list called ``name``. Raises KeyError if there is none."""
    return tuple(str(word) for word in _all()[name])


@cache
def characters(name: str) -> frozenset[str]:
    """Return the characters of the string called ``name``. Raises KeyError if there is none."""
    return frozenset("".join(_all()[name].split()))


@cache
def pattern(name: str, frame: str = "(?:{})", flags: int = 0) -> re.Pattern[str]:
    """Return the list called ``name``, whose items are regular expressions, as one alternation.

    ``{}`` in ``frame`` stands for the alternation.
    """
    return re.compile(frame.replace("{}", "|".join(words(name))), flags)
