"""Takes out what stands around an article: notices, buttons, lists of other articles."""

from __future__ import annotations

import re

from kg.reading.aligned import AlignedText, replace, substitute
from kg.reading.words import pattern

_LINE = re.compile(r"[^\n]+")


def without_boilerplate(aligned: AlignedText) -> AlignedText:
    """Return the article alone. Repairs: ``closing-block``, ``boilerplate-phrase``, ``boilerplate-line``.

    A closing block (copyright notice, related news) goes with all that follows if the greater part
    of the text stands before it; elsewhere only its opening line goes.
    """
    opening = pattern("closing-blocks", r"\A[\s*#>【\[-]*(?:{})[\s】\]*]*(?:[:：].*)?\Z")
    whole_line = pattern("boilerplate-lines", r"\A[\s*#>-]*(?:{})\s*\Z")
    for line in _LINE.finditer(aligned.text, len(aligned.text) // 2):
        if _starts_line(line) and opening.match(line[0]):
            aligned = replace(aligned, [(line.start(), len(aligned.text), "")], "closing-block")
            break
    aligned = substitute(
        aligned,
        pattern("boilerplate-phrases", "(?m)(?<![ \u3000])[ \u3000]*(?:{})"),
        "",
        "boilerplate-phrase",
    )

    def drop(line: re.Match[str]) -> str | None:
        return "" if opening.match(line[0]) or whole_line.match(line[0]) else None

    return substitute(aligned, _LINE, drop, "boilerplate-line")


def _starts_line(match: re.Match[str]) -> bool:
    return match.start() == 0 or match.string[match.start() - 1] == "\n"
