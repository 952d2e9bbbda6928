"""Repairs Traditional reprints that carry the reading of every converted character in brackets.

Those sites convert and annotate GBK byte by byte, without regard for where a character begins, so

* ``農(nóng)村`` is 農村;
* ``當(dāng)?shù)厝罕娋蜆I(yè)`` is 當地群眾就業: the bytes 94 B5, the end of 當 and the beginning of 地,
  were taken for 數 and given its reading, and the bracket fell between the two. What follows is out of step
  with the bytes until one of them stands alone again; see ``kg.reading.repairs.slips``;
* ``手中?！敝萆虅?wù)`` is 手中。”州商務: the bytes A3 A1 in the middle of 。” (A1A3 A1B1) were taken
  for an exclamation mark.

Where a byte cannot be known the character becomes U+FFFD, unless one character alone makes a word there;
a figure is never filled in.
"""

from __future__ import annotations

import re

from kg.reading.aligned import AlignedText, Edit, counted, replace, substitute
from kg.reading.repairs.evidence import converted, readings
from kg.reading.repairs.slips import UNREADABLE, Reader

_LETTERS = "a-zāáǎàēéěèīíǐìōóǒòūúǔùüǖǘǚǜńňǹḿ"
_READING = f"[{_LETTERS}]{{1,6}}"
_TONES = re.compile("[āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹḿ]")
_HAN = "[㐀-䶿一-鿿豈-﫿]"
_BRACKETED = re.compile(rf"(?<={_HAN})[(（]({_READING})[)）]")
_MARK = f"[?？{UNREADABLE}]"  # what stands for a byte that no character begins with
# The reading after a mark, whose opening bracket the mark has mostly swallowed; or punctuation after a mark.
_SLIP = re.compile(rf"{_MARK}[(（]?(?P<reading>{_READING})[)）]|{_MARK}(?P<stray>[！；：？，（!;:?,(])(?=\S)")
_KEPT_BRACKET = re.compile(rf"{_MARK}[(（]{_READING}[)）]")
_FEWEST = 3  # bracketed readings of converted characters that make a text one of these reprints
_MOST = 2_000  # stretches out of step; a text with more is no article
_SHARE = 0.6  # of the bracketed characters that are converted ones, in such a reprint


def repair_pinyin(aligned: AlignedText) -> AlignedText:
    """Return the text of such a reprint as it was before; any other text is returned as it is.

    Repairs: ``byte-slip`` (stretches out of step decoded anew), ``unreadable-byte`` (those that hold a
    byte that cannot be known), ``pinyin-in-brackets`` (readings taken out).
    """
    return _repaired(aligned) if is_reprint(aligned.text) else aligned


def repair_headline(aligned: AlignedText) -> AlignedText:
    """Return a headline or a name, too short to tell what site it is from, repaired likewise."""
    return _repaired(aligned) if is_reprint(aligned.text, fewest=1) else aligned


def is_reprint(text: str, fewest: int = _FEWEST) -> bool:
    """Tell whether the text carries readings, with tones, mostly after Traditional characters."""
    toned = [m.string[m.start() - 1] for m in _BRACKETED.finditer(text) if _TONES.search(m[1])]
    if len(toned) < fewest:
        return False
    return sum(map(converted, toned)) >= max(fewest, _SHARE * len(toned))


def _repaired(aligned: AlignedText) -> AlignedText:
    aligned = _mend_slips(aligned)
    return substitute(aligned, _BRACKETED, _without_reading, "pinyin-in-brackets")


def _without_reading(match: re.Match[str]) -> str | None:
    """A bracket goes if it has a tone or reads the character before it; 蘋果(app) stays."""
    char = match.string[match.start() - 1]
    return "" if _TONES.search(match[1]) or match[1] in readings(char) else None


def _mend_slips(aligned: AlignedText) -> AlignedText:
    reader = Reader(aligned, _SLIP, _MARK, swallows=not _KEPT_BRACKET.search(aligned.text))
    edits: list[Edit] = []
    unreadable = position = 0
    while len(edits) < _MOST and (slip := _SLIP.search(aligned.text, position)):
        position = slip.end()
        run = reader.run(slip)
        if run is not None:
            position, decoded = run
            edits.append((slip.start(), position, decoded))
            unreadable += UNREADABLE in decoded.text
    aligned = counted(replace(aligned, edits), "byte-slip", len(edits) - unreadable)
    return counted(aligned, "unreadable-byte", unreadable)
