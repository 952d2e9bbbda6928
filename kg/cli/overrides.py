"""The files in which humans overrule what things are one: found, read, reported."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.common import note

if TYPE_CHECKING:
    from kg.linking import Decision
    from kg.model import Outcome

FILE = "overrides.txt"


def decisions(paths: Sequence[Path], given: Sequence[Path], base: str) -> list[Decision]:
    """Return the decisions of the files ``given``, else of those that stand beside the folders of articles.

    Raises click.UsageError, naming file and line, for a line that is no decision.
    """
    from kg.linking import BadDecision
    from kg.pipeline import read_decisions

    files = given or _beside(paths)
    texts = []
    for file in files:
        try:
            texts.append((file, file.read_bytes().decode("utf-8-sig")))
        except OSError as error:
            raise click.UsageError(f"{file} cannot be read: {error.strerror or error}") from error
        except UnicodeDecodeError as error:
            line = error.object[: error.start].count(b"\n") + 1
            raise click.UsageError(f"{file}:{line}: it is not UTF-8") from error
    try:
        found = [decision for file, text in texts for decision in read_decisions(text, str(file), base)]
    except BadDecision as error:
        raise click.UsageError(str(error)) from error
    if found and not given:
        note(f"{len(found)} decisions of {', '.join(map(str, files))} are followed")
    return found


def _beside(paths: Sequence[Path]) -> list[Path]:
    beside = (path.parent / FILE for path in paths if path.is_dir())
    return list(dict.fromkeys(file for file in beside if file.is_file()))


def tell(outcomes: Sequence[Outcome]) -> None:
    """Tell which lines no longer apply, each with its file and line."""
    for outcome in outcomes:
        if outcome.problem:
            note(f"{outcome.place}: {outcome.decision!r} does not apply: {outcome.problem}")
