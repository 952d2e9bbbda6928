"""Turns Traditional into Simplified characters."""

from __future__ import annotations

import re
from functools import cache

from kg.reading.aligned import AlignedText, replace

_HAN = re.compile("[㐀-䶿一-鿿豈-﫿]")
# The 乾 of a village's name (东乾沟村) is no 干.
_NAME = re.compile("(?<=[东西南北上下前后東後])乾(?=[一-鿿]{1,2}[村镇乡庄屯鎮鄉莊])")
_SHARE = 0.05  # of characters that must change; Simplified text changes below 0.01 (乾 in a name)


def simplify(aligned: AlignedText) -> AlignedText:
    """Return a Traditional text in Simplified characters; any other text is returned as it is.

    The repair ``traditional-to-simplified`` counts the characters changed.
    """
    han = len(_HAN.findall(aligned.text))
    if not han or not _has_traditional(aligned.text, han):
        return aligned
    # The conversion for Taiwan makes 随着 of 隨著 and keeps 著名. A reprint site that annotates its characters has
    # converted them one by one, and where it has 著 the original may have had it.
    kind = "t2s" if "pinyin-in-brackets" in aligned.repairs else "tw2s"
    simplified = "\n".join(simplified_words(line, kind) for line in aligned.text.split("\n"))
    changed = [
        (i, i + 1, new)
        for i, (old, new) in enumerate(zip(aligned.text, simplified, strict=True))
        if old != new and not (old == "乾" and _NAME.match(aligned.text, i))
    ]
    return replace(aligned, changed, "traditional-to-simplified")


def _has_traditional(text: str, han: int) -> bool:
    # The first few hundred characters outside GB 2312 decide without loading the converter for every article.
    outside = sum(not _in_gb2312(char) for char in _HAN.findall(text))
    if outside < _SHARE * han / 2:
        return False
    converted = "\n".join(simplified_words(line) for line in text.split("\n"))
    return sum(a != b for a, b in zip(text, converted, strict=True)) >= _SHARE * han


@cache
def _in_gb2312(char: str) -> bool:
    try:
        char.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True


def simplified_words(line: str, kind: str = "t2s") -> str:
    """Return the line in Simplified characters, as many as before: by phrases, else one by one."""
    converter = _converter(kind)
    converted: str = converter.convert(line)
    if len(converted) == len(line):
        return converted
    singles = (converter.convert(char) for char in line)
    return "".join(new if len(new) == 1 else old for old, new in zip(line, singles, strict=True))


@cache
def _converter(kind: str):  # type: ignore[no-untyped-def]
    import opencc  # slow to load, and few articles need it

    return opencc.OpenCC(kind)
