"""The sentence of an article in which a fact or entity stands, to judge it by."""

from __future__ import annotations

import re

from kg.evaluation.records import Claim, Named

_END = re.compile(r"[。！？!?\n]")


def sentence(item: Claim | Named, text: str | None) -> str:
    """Return the sentence around the quote or first name, the quote alone without it, or nothing."""
    said = item.record.get("quote")
    quote = said if isinstance(said, str) else ""
    if not text:
        return quote
    told = item.record.get("start")
    at = told if isinstance(told, int) else 0
    for clue in [quote] if isinstance(item, Claim) else _spellings(item):
        start = at if text.startswith(clue, at) else text.find(clue)
        if clue and start >= 0:
            return _around(text, start, start + len(clue))
    return quote


def _spellings(item: Named) -> list[str]:
    return [*item.record["names"].split("|"), *map(str, item.record.get("aliases") or ())]


def _around(text: str, start: int, end: int) -> str:
    begin = max((match.end() for match in _END.finditer(text, 0, start)), default=0)
    if text[end - 1 : end] in "。！？!?":
        return text[begin:end].strip()
    close = _END.search(text, end)
    return text[begin : close.end() if close else len(text)].strip()
