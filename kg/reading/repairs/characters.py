"""Repairs of single characters: what cannot be seen goes, what has two forms gets the usual one."""

from __future__ import annotations

import re
import unicodedata

from kg.reading.aligned import AlignedText, substitute

_NEWLINES = re.compile(r"\r\n?|[\v\f\x85\u2028\u2029]")
_INVISIBLE = re.compile(
    "\x1b\\[[0-9;]{0,20}[A-Za-z]|[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f"
    "\ufe00-\ufe0f\ufeff\ufff9-\ufffb\ud800-\udfff]"
)
_SPACES = re.compile("[\xa0\u2000-\u200a\u202f\u205f\t]")
_RADICALS = re.compile("[\u2e80-\u2fdf]")
_FULL_WIDTH = re.compile("[０-９Ａ-Ｚａ-ｚ％]|(?<=[０-９0-9])．(?=[０-９0-9])")
_COMPOSED = re.compile("[\uf900-\ufaff]")


def usual_characters(aligned: AlignedText) -> AlignedText:
    """Return the text with one form of line break, of spaces, of letters and of digits.

    Chinese punctuation, and ASCII punctuation in Chinese text, stays as it is. Repairs:
    ``invisible-character``, ``kangxi-radical``, ``compatibility-ideograph``, ``full-width-ascii``.
    """
    aligned = substitute(aligned, _NEWLINES, "\n")
    aligned = substitute(aligned, _INVISIBLE, "", "invisible-character")
    aligned = substitute(aligned, _SPACES, " ")
    aligned = substitute(aligned, _RADICALS, _nfkc, "kangxi-radical")
    aligned = substitute(aligned, _COMPOSED, _nfkc, "compatibility-ideograph")
    return substitute(aligned, _FULL_WIDTH, _nfkc, "full-width-ascii")


def _nfkc(match: re.Match[str]) -> str:
    return unicodedata.normalize("NFKC", match[0])
