"""Files of facts and entities, one JSON object a line, read into comparable records."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Iterator
from pathlib import Path
from typing import TypeVar

from kg.evaluation.records import Claim, Named, Record, claim, named

Item = TypeVar("Item", Claim, Named)


class BadLine(Exception):
    """A line is no fact or entity; the message names file, line and reason."""

    def __init__(self, path: Path, number: int, reason: str) -> None:
        super().__init__(f"{path}, line {number}: {reason}")


def gold_facts(path: Path, types: Collection[str]) -> list[Claim]:
    """Read annotated facts, each of one of ``types``. Raises BadLine and OSError."""
    return _read(path, claim, lambda fact: _known([fact.kind], types, "fact type"))


def gold_entities(path: Path, classes: Collection[str]) -> list[Named]:
    """Read annotated entities, each of some of ``classes``. Raises BadLine and OSError."""
    return _read(
        path,
        lambda record: named(record, in_gold=True),
        lambda entity: _known(entity.classes, classes, "entity class"),
    )


def predicted_facts(source: Path | Iterable[Record]) -> list[Claim]:
    """Return found facts, from a file or as the graph gives them. Raises BadLine and OSError."""
    return _read(source, claim) if isinstance(source, Path) else list(map(claim, source))


def predicted_entities(source: Path | Iterable[Record]) -> list[Named]:
    """Return found entities, from a file or as the graph gives them. Raises BadLine and OSError."""
    return _read(source, named) if isinstance(source, Path) else list(map(named, source))


def _known(names: Iterable[str], known: Collection[str], what: str) -> None:
    if unknown := sorted(set(names) - set(known)):
        raise ValueError(f"no such {what}: {', '.join(unknown)}. There are: {', '.join(known)}")


def _read(
    path: Path, make: Callable[[Record], Item], check: Callable[[Item], None] = lambda item: None
) -> list[Item]:
    items = []
    for number, line in lines(path):
        try:
            record = json.loads(line)
            if not isinstance(record, dict):
                raise ValueError("it is not a JSON object")
            item = make(record)
            check(item)
        except json.JSONDecodeError as error:
            raise BadLine(path, number, f"it is not JSON: {error.msg} at column {error.colno}") from error
        except RecursionError as error:
            raise BadLine(path, number, "it is nested too deeply") from error
        except ValueError as error:
            raise BadLine(path, number, str(error)) from error
        items.append(item)
    return items


def lines(path: Path) -> Iterator[tuple[int, str]]:
    """Yield the lines that are not blank with their numbers. Only a line feed ends a line."""
    with path.open("rb") as file:
        for number, data in enumerate(file, 1):
            try:
                line = data.decode("utf-8-sig" if number == 1 else "utf-8")
            except UnicodeDecodeError as error:
                raise BadLine(path, number, f"it is not UTF-8: {error.reason}") from error
            if text := line.strip():
                yield number, text
