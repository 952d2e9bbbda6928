"""The bytes of one file → the article in it. Read :func:`read_article` first."""

from __future__ import annotations

import hashlib
import re
from array import array
from collections.abc import Callable, Mapping, Sequence

from kg.model import Article, OffsetMap, Skipped
from kg.reading import frontmatter, webpage
from kg.reading.aligned import AlignedText
from kg.reading.decode import decode
from kg.reading.metadata import metadata
from kg.reading.repairs.boilerplate import without_boilerplate
from kg.reading.repairs.characters import usual_characters
from kg.reading.repairs.digits import close_up_numbers
from kg.reading.repairs.linebreaks import join_column_lines, join_stray_lines
from kg.reading.repairs.markdown import without_markdown
from kg.reading.repairs.paragraphs import one_line_each
from kg.reading.repairs.pinyin import repair_pinyin
from kg.reading.repairs.script import simplify

_CHINESE = re.compile("[㐀-鿿]")

# The pinyin repair needs the characters as the reprint has them, so it comes first; line breaks are joined
# while headings still carry their marks.
Repair = Callable[[AlignedText], AlignedText]
REPAIRS: tuple[Repair, ...] = (
    repair_pinyin,
    simplify,
    usual_characters,
    join_column_lines,
    join_stray_lines,
    close_up_numbers,
    without_markdown,
    without_boilerplate,
    one_line_each,
)


def read_article(name: str, data: bytes) -> Article | Skipped:
    """Return the article in ``data``, the contents of the file called ``name``, or why there is none."""
    decoded = decode(data)
    if decoded is None:
        return Skipped(name, "Its bytes are not text in UTF-8, UTF-16, GB18030 or Big5.")
    aligned, encoding = decoded
    found = len(_CHINESE.findall(aligned.text))
    if not found:
        return Skipped(name, "It contains no Chinese text.")
    fields, body = frontmatter.split(aligned)
    is_html = webpage.is_html(body.text)
    page = webpage.extract(body) if is_html else webpage.WebText(body)
    # HTML says itself where its paragraphs end.
    cleaned = clean(page.body, [step for step in REPAIRS if not (is_html and step is join_stray_lines)])
    if not _CHINESE.search(cleaned.text):
        return Skipped(name, "Nothing in it is the text of an article.")
    known = metadata(
        cleaned.text, _plain(fields), _plain(page.meta), page.heading and _plain_words(page.heading)
    )
    return Article(
        name=name,
        text=cleaned.text,
        offsets=OffsetMap(cleaned.starts, cleaned.ends),
        sha256=hashlib.sha256(data).hexdigest(),
        encoding=encoding,
        title=known.title,
        source=known.source,
        author=known.author,
        published=known.published,
        published_origin=known.published_origin,
        repairs={**aligned.repairs, **cleaned.repairs},
    )


def clean(aligned: AlignedText, repairs: Sequence[Repair] = REPAIRS) -> AlignedText:
    """Return the text of an article after every repair, in the order in which they depend on each other."""
    for repair in repairs:
        aligned = repair(aligned)
    return aligned


def _plain(fields: Mapping[str, str]) -> dict[str, str]:
    return {name: _plain_words(value) for name, value in fields.items()}


def _plain_words(words: str) -> str:
    """Return a field in the characters and the script of the cleaned text."""
    nowhere = array("I", bytes(4 * len(words)))
    return clean(AlignedText(words, nowhere, nowhere), (simplify, usual_characters, one_line_each)).text
