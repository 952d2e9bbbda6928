"""Facts that say in other words what another says: 沛县产沛县大蒜 beside 沛县产大蒜."""

from __future__ import annotations

from collections.abc import Iterable

from kg.model import Mention, Statement


def without_repeats(statements: list[Statement]) -> list[Statement]:
    """Drop goods named after the place that makes them where the article has that place make the goods themselves."""
    bare = {
        (producer, text)
        for statement in statements
        for producer in _producers(statement)
        for text in _goods(statement)
    }
    return [s for s in statements if not any(item in bare for item in _named_after(s))]


def _producers(statement: Statement) -> Iterable[str]:
    """Yield what identifies the places that make something."""
    for value in statement.roles.get("producer", ()) if statement.type == "Production" else ():
        if isinstance(value, Mention) and value.cls == "Place":
            yield value.keys[0] if len(value.keys) == 1 else value.text


def _goods(statement: Statement) -> Iterable[str]:
    for value in statement.roles.get("product", ()):
        if isinstance(value, Mention):
            yield (value.name or value.text).strip("“”")


def _named_after(statement: Statement) -> Iterable[tuple[str, str]]:
    """Yield the place and the goods themselves of goods that are named after the place that makes them."""
    for producer in _producers(statement):
        for value in statement.roles.get("product", ()):
            parts = value.parts if isinstance(value, Mention) else ()
            for part in parts:
                if part.cls == "Place":
                    text = (value.name or value.text).strip("“”") if isinstance(value, Mention) else ""
                    yield producer, text.removeprefix(part.text).removeprefix("的")
