"""Bad input: nothing crashes or hangs, every file is accounted for, and what can be read is read whole."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.model import Article, Skipped
from kg.reading import Limits, read

from . import battery

# The battery of 960 (benchmarks/reading.py battery) has 20; these find what a change breaks.
VARIANTS = 3
_SLOW = {"pdf-bomb", "ampersands", "depth-100000", "attributes", "repeats", "one-line"}
_LIMITS = Limits(seconds=10)


@pytest.fixture(scope="module")
def outcome(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, str], list[Article | Skipped]]:
    root = tmp_path_factory.mktemp("battery")
    texts: dict[str, str] = {}
    for kind in battery.KINDS:
        texts |= battery.build(root, 1 if kind in _SLOW else VARIANTS, [kind])
    return root, texts, list(read([root], limits=_LIMITS))


Outcome = tuple[Path, dict[str, str], list[Article | Skipped]]


def test_there_are_48_kinds() -> None:
    assert len(battery.KINDS) == 48


def test_every_file_is_accounted_for(outcome: Outcome) -> None:
    root, _, items = outcome
    assert sorted(item.name for item in items) == sorted(battery.files(root))


def test_nothing_crashes_or_hangs(outcome: Outcome) -> None:
    reasons = [item.reason for item in outcome[2] if isinstance(item, Skipped)]
    assert not [
        reason for reason in reasons if "crashed" in reason or "failed" in reason or "seconds" in reason
    ]
    assert all(reason.endswith(".") for reason in reasons)


@pytest.mark.parametrize("kind", battery.KINDS)
def test_what_comes_of_it(kind: str, outcome: Outcome) -> None:
    _, texts, items = outcome
    mine = [item for item in items if item.name.startswith(f"{kind}/")]
    assert mine
    expected = battery.KINDS[kind].outcome
    for item in mine:
        if expected == "none":
            assert isinstance(item, Skipped), item.name
        elif expected != "any":
            assert isinstance(item, Article), item
        if expected == "text":
            assert isinstance(item, Article)
            missing = [
                s
                for s in texts[item.name].replace("\n", "").split("。")
                if s not in item.text.replace("\n", "")
            ]
            assert not missing, (item.name, missing[:2])
