"""What cleaning has changed: the original of each paragraph, and what was left out between them."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass

from kg.model import Article

_TAGS = re.compile(
    r"<!--.*?(?:-->|\Z)|<(script|style)\b.*?(?:</\1\s*>|\Z)|</?[a-zA-Z!][^<>]*>?|\A[^<>]*?/?>",
    re.DOTALL | re.I,
)
_HAN = re.compile("[㐀-鿿]")
_TOLD = 4  # Chinese characters of a stretch that is more than a mark


@dataclass(frozen=True, slots=True)
class Change:
    """The bytes ``start:end`` of the original, their text without markup, and what became of them."""

    start: int
    end: int
    original: str
    cleaned: str  # "" if nothing was kept


def changes(article: Article, data: bytes) -> Iterator[Change]:
    """Yield every paragraph that differs from its original, and every stretch that was left out, in order.

    ``data`` are the bytes that the article's offsets count in.
    """
    done = at = 0
    for line in article.text.split("\n"):
        if not line:
            continue
        start, end = article.offsets.original(at, at + len(line))
        at += len(line) + 1
        if done < start and (left_out := _text(article, data[done:start])):
            yield Change(done, start, left_out, "")
        original = _text(article, data[start:end])
        if original != line:
            yield Change(start, end, original, line)
        done = max(done, end)
    if left_out := _text(article, data[done:]):
        yield Change(done, len(data), left_out, "")


def removed(article: Article, data: bytes) -> list[Change]:
    """Return the stretches that cleaning has left out, within paragraphs too, but for marks and markup."""
    found = []
    done = 0
    spans = sorted(zip(article.offsets.starts, article.offsets.ends, strict=True))
    for start, end in [*spans, (len(data), len(data))]:
        if done < start:
            text = _text(article, data[done:start])
            if len(_HAN.findall(text)) >= _TOLD:
                found.append(Change(done, start, text, ""))
        done = max(done, end)
    return found


def _text(article: Article, data: bytes) -> str:
    shown = _TAGS.sub("", data.decode(article.encoding, "replace"))
    return html.unescape(shown).strip(" \t\r\n\u3000\ufeff")
