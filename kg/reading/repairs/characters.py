"""Repairs of single characters: what cannot be seen goes, what has two forms gets the usual one."""

from __future__ import annotations

import html
import re
import unicodedata

from kg.reading.aligned import AlignedText, substitute

_NEWLINES = re.compile(r"\r\n?|[\v\f\x85\u2028\u2029]")
_INVISIBLE = re.compile(
    "\x1b\\[[0-9;]{0,20}[A-Za-z]|[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e"
    "\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb\ud800-\udfff\U000e0000-\U000e0fff]"
)
_SPACES = re.compile("[\xa0\u1680\u2000-\u200a\u202f\u205f\t]")
_RADICALS = re.compile("[\u2e80-\u2fdf]")
_FULL_WIDTH = re.compile(
    r"[０-９Ａ-Ｚａ-ｚ％]|(?<=[０-９0-9])[．，](?=[０-９0-9]{3}(?![０-９0-9]))|(?<=[０-９0-9])．(?=[０-９0-9])"
)
_HALF_WIDTH = re.compile("[\uff61-\uff65]")
_COMPOSED = re.compile("[\uf900-\ufaff\U0002f800-\U0002fa1f]")
_REFERENCE = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,31});")
# "。。" is no ellipsis, which has three or six points; "！！" and "？？" are said with emphasis.
_DOUBLED = re.compile(r"(?<!([，、；：。]))([，、；：。])\2(?!\2)")


def usual_white_space(aligned: AlignedText) -> AlignedText:
    """Return the text with one form of line break and of spaces; this is not counted."""
    return substitute(substitute(aligned, _NEWLINES, "\n"), _SPACES, " ")


def without_invisible(aligned: AlignedText) -> AlignedText:
    """Return the text without control characters and characters of no width (``invisible-character``)."""
    return substitute(aligned, _INVISIBLE, "", "invisible-character")


def without_references(aligned: AlignedText) -> AlignedText:
    """Return the text with the characters that references such as ``&ldquo;`` stand for.

    Text that was escaped twice (``&amp;nbsp;``) is resolved twice. Repair: ``character-reference``.
    """
    for _ in range(2):
        aligned = substitute(
            aligned, _REFERENCE, lambda match: html.unescape(match[0]), "character-reference"
        )
    return aligned


def usual_radicals(aligned: AlignedText) -> AlignedText:
    """Return the text with 力 for the radical ⼒, as PDFs have it (``kangxi-radical``)."""
    return substitute(aligned, _RADICALS, _nfkc, "kangxi-radical")


def usual_ideographs(aligned: AlignedText) -> AlignedText:
    """Return the text with one code for each character (``compatibility-ideograph``)."""
    return substitute(aligned, _COMPOSED, _nfkc, "compatibility-ideograph")


def usual_width(aligned: AlignedText) -> AlignedText:
    """Return the text with ASCII letters and digits, and Chinese punctuation of full width.

    Chinese punctuation, and ASCII punctuation in Chinese text, stays as it is. Repairs:
    ``full-width-ascii``, ``half-width-punctuation``.
    """
    aligned = substitute(aligned, _FULL_WIDTH, _nfkc, "full-width-ascii")
    return substitute(aligned, _HALF_WIDTH, _nfkc, "half-width-punctuation")


def single_punctuation(aligned: AlignedText) -> AlignedText:
    """Return the text with "，" for "，，" (``doubled-punctuation``)."""
    return substitute(aligned, _DOUBLED, lambda match: match[2], "doubled-punctuation")


def usual_characters(aligned: AlignedText) -> AlignedText:
    """Return the text after all of these but for references and punctuation."""
    for repair in (usual_white_space, without_invisible, usual_radicals, usual_ideographs, usual_width):
        aligned = repair(aligned)
    return aligned


def _nfkc(match: re.Match[str]) -> str:
    return unicodedata.normalize("NFKC", match[0])
