"""What printed pages make of an article: lines of one width, running heads, gaps in numbers, two columns."""

from __future__ import annotations

import random
import re
import unicodedata

from corpus.stories import Story

_NEVER_FIRST = "，。、；：？！”’）》%"
_NEVER_LAST = "“‘（《"


def wrapped(story: Story, rng: random.Random) -> str:
    """Return the article in lines of one width, as text out of a PDF."""
    width = 2 * rng.randint(14, 42)
    blank = rng.choice(("\n", "\n", "\n\n"))
    indent = rng.choice(("　　", "　　", "    ", ""))
    end = rng.choice(("\n", "\n", "\r\n"))
    hanging = rng.random() < 0.7
    between = rng.choice(("", "", "\n"))
    if not indent and blank == "\n":
        between = "\n"  # else nobody could tell where a paragraph begins that follows a full line
    blocks = [story.title]
    for paragraph in story.paragraphs:
        text = gaps(paragraph, rng) if rng.random() < 0.4 else paragraph
        blocks.append(blank.join(lines(indent + text, width, hanging)))
    text = (blank + between).join(blocks)
    if rng.random() < 0.5:
        text = with_running_heads(text, story, rng)
    return text.replace("\n", end)


def lines(text: str, width: int, hanging: bool = True) -> list[str]:
    """Break a paragraph into lines of ``width`` half-width columns; no number and no word is kept whole."""
    done: list[str] = []
    line, size = "", 0
    for char in text:
        step = columns(char)
        full = size + step > width
        if full and not (hanging and char in _NEVER_FIRST and size <= width):
            carried = ""
            while hanging and line and line[-1] in _NEVER_LAST:
                line, carried = line[:-1], line[-1] + carried
            done.append(line)
            line, size = carried, columns(carried)
        line += char
        size += step
    return [*done, line] if line.strip() else done


def columns(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(char) in "WFA" else 1 for char in text)


def gaps(text: str, rng: random.Random) -> str:
    """Set some numbers with gaps: 2 . 12, 2 3 0."""

    def spaced(match: re.Match[str]) -> str:
        if rng.random() < 0.5:
            return match[0]
        if "." in match[0]:
            return match[0].replace(".", rng.choice((" . ", " .", ". ")))
        return " ".join(match[0]) if len(match[0]) > 1 else match[0]

    return re.sub(r"(?<=[一-鿿])\d+(?:\.\d+)?(?=[一-鿿%])(?![年月日])", spaced, text)


def with_running_heads(text: str, story: Story, rng: random.Random) -> str:
    """Put what stands at the top or the foot of a page between the lines, every so many of them."""
    year, month, day = story.published.split("-")
    date = f"{year}年{int(month)}月{int(day)}日"
    form = rng.choice(
        (
            "{outlet} {date} A0{page}版",
            "— {page} —",
            "- {page} -",
            "第{page}页 共5页",
            "{outlet}　　{page}",
            "{page}",
        )
    )
    every = rng.randint(14, 26)
    found, page = [], 1
    for i, line in enumerate(text.split("\n"), 1):
        found.append(line)
        if i % every == 0:
            found.append(form.format(outlet=story.outlet, date=date, page=page))
            page += 1
    return "\n".join(found)


def two_columns(story: Story, rng: random.Random) -> str:
    """Return the article in two columns that were read across the page."""
    width = 2 * rng.randint(14, 20)
    body = [line for text in story.paragraphs for line in lines("　　" + text, width)]
    half = (len(body) + 1) // 2
    left, right = body[:half], body[half:] + [""] * (half - len(body[half:]))
    gap = rng.randint(3, 8)
    rows = [
        a + " " * (width + 2 - columns(a) + gap) + b if b else a for a, b in zip(left, right, strict=True)
    ]
    return "\n".join([story.title, *rows])
