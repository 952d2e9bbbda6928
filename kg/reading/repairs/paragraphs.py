"""Brings paragraphs into their final form."""

from __future__ import annotations

import re

from kg.reading.aligned import AlignedText, substitute

_WHITE = re.compile(r"\s+")


def one_line_each(aligned: AlignedText) -> AlignedText:
    """Return the text with one line a paragraph, no empty line, no white space at the ends of a line."""

    def edge(match: re.Match[str]) -> str | None:
        if match.start() == 0 or match.end() == len(match.string):
            return ""
        return "\n" if "\n" in match[0] else None

    return substitute(aligned, _WHITE, edge)
