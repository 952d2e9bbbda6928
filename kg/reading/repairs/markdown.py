"""Takes out the marks of Markdown and keeps what they mark."""

from __future__ import annotations

import re

from kg.reading.aligned import AlignedText, Edit, replace, substitute

_LINE_MARK = re.compile(r"(?m)^[ \u3000]{0,8}(?:#{1,6}(?=[ \u3000])|>+)[ \u3000]*")
_RULE = re.compile(r"(?m)^[ ]{0,3}(?:[-*_=][ ]?){3,}$")
_IMAGE = re.compile(r"!\[([^\]\n]{0,200})\]\([^()\n]{0,500}\)")
_LINK = re.compile(r"\[([^\[\]\n]{1,200})\]\((?:https?:|/|#|mailto:|\.)[^()\n]{0,500}\)")
_STRONG = re.compile(r"(\*\*|__)(?=\S)([^*_\n]{1,400}?)(?<=\S)\1")
_EMPHASIS = re.compile(r"(?<![*\w])\*(?=[^\s*])([^*\n]{1,400}?)(?<=[^\s*])\*(?![*\w])")
_HARD_BREAK = re.compile(r"(?m)(?<=\S) {2,}$|\\$")


def without_markdown(aligned: AlignedText) -> AlignedText:
    """Return the text without the marks of headings, quotes, rules, emphasis, links and images.

    The repair ``markdown`` counts the marks.
    """
    for pattern in (_LINE_MARK, _RULE, _IMAGE, _HARD_BREAK):
        aligned = substitute(aligned, pattern, "", "markdown")
    for pattern, group in ((_LINK, 1), (_STRONG, 2), (_EMPHASIS, 1)):
        aligned = _only(aligned, pattern, group)
    return aligned


def _only(aligned: AlignedText, pattern: re.Pattern[str], group: int) -> AlignedText:
    """Keep of every match one group."""
    edits: list[Edit] = []
    for match in pattern.finditer(aligned.text):
        start, end = match.span(group)
        edits += [(match.start(), start, ""), (end, match.end(), "")]
    return replace(aligned, edits, "markdown")
