"""The elements of a pattern, to tell how far one got in a sentence."""

from __future__ import annotations

from kg.extraction.grammar import TOKEN, PatternError


def elements(source: str) -> list[str]:
    """Return the elements of a pattern that can be read: a bracket with all inside it, and its ``?``, is one."""
    found: list[str] = []
    position = depth = start = 0
    while position < len(source.rstrip()):
        token = TOKEN.match(source, position)
        if not token or token.end() == position:
            raise PatternError(f"cannot read {source[position:]!r} in {source!r}")
        if not depth and not token["optional"]:
            start = position
        depth += bool(token["open"]) - bool(token["close"])
        position = token.end()
        if not depth:
            element = source[start:position].strip()
            if token["optional"]:
                found[-1] = element
            else:
                found.append(element)
    return found
