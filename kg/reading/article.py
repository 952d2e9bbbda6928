"""One document → the article in it. Read :func:`read_document` first."""

from __future__ import annotations

import io
import re
from array import array
from collections.abc import Collection, Mapping

from kg.model import Article, OffsetMap, Skipped
from kg.reading import frontmatter, webpage
from kg.reading.aligned import AlignedText
from kg.reading.metadata import metadata
from kg.reading.repairs import clean
from kg.reading.repairs.characters import usual_characters
from kg.reading.repairs.paragraphs import one_line_each
from kg.reading.repairs.pinyin import repair_headline
from kg.reading.repairs.script import simplify
from kg.reading.source import Document, Limits

_CHINESE = re.compile("[㐀-鿿]")
NO_CHINESE = "It contains no Chinese text."


def read_article(name: str, data: bytes, repairs: Collection[str] | None = None) -> Article | Skipped:
    """Return the article in ``data``, the contents of a file of one document, or why there is none.

    Reads in this process, without limits: for bytes that can be trusted.
    """
    from kg.reading.unpack import documents

    first = next(documents(name, io.BytesIO(data), Limits()))
    return first if isinstance(first, Skipped) else read_document(*first, repairs)


def read_document(name: str, document: Document, repairs: Collection[str] | None = None) -> Article | Skipped:
    """Return the article in a document, or why there is none.

    ``repairs`` are the names of those to make, see ``kg.reading.repairs``; None means all.
    """
    if not _CHINESE.search(document.text.text):
        return Skipped(name, NO_CHINESE, "empty")
    front: Mapping[str, str] = {}
    body, form = document.text, document.form
    if form == "text":
        front, body = frontmatter.split(body)
    page = webpage.WebText(body)
    if form in ("text", "cell") and webpage.is_html(body.text):
        page, form = webpage.extract(body), "html"
    cleaned = clean(page.body, form, repairs)
    if not _CHINESE.search(cleaned.text):
        return Skipped(name, "Nothing in it is the text of an article.", "empty")
    stated = {**document.fields, **front}
    known = metadata(
        cleaned.text, _plain(stated), _plain(page.meta), page.heading and _plain_words(page.heading), name
    )
    origin = known.published_origin
    return Article(
        name=name,
        text=cleaned.text,
        offsets=OffsetMap(cleaned.starts, cleaned.ends),
        sha256=document.sha256,
        encoding=document.encoding,
        title=known.title,
        source=known.source,
        author=known.author,
        address=known.address,
        published=known.published,
        published_origin="record" if origin == "front-matter" and not front else origin,
        repairs={**document.text.repairs, **cleaned.repairs},
        layer=document.layer,
    )


def _plain(fields: Mapping[str, str]) -> dict[str, str]:
    return {name: _plain_words(value) for name, value in fields.items()}


def _plain_words(words: str) -> str:
    """Return a field in the characters and the script of the cleaned text."""
    if words.isascii() and words.isprintable() and words.split() == [words]:
        return words
    nowhere = array("I", bytes(4 * len(words)))
    return one_line_each(
        usual_characters(simplify(repair_headline(AlignedText(words, nowhere, nowhere))))
    ).text
