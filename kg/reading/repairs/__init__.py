"""Repairs: each a function from an ``AlignedText`` to the repaired one, which counts what it did.

``REPAIRS`` lists them in the order in which they depend on each other. Each has a name, by which it can be
left out. What it did is recorded under that name, or under several, its ``counts``.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass

from kg.reading.aligned import AlignedText
from kg.reading.repairs import characters
from kg.reading.repairs.boilerplate import without_boilerplate
from kg.reading.repairs.digits import close_up_numbers
from kg.reading.repairs.linebreaks import join_column_lines, join_stray_lines
from kg.reading.repairs.markdown import without_markdown
from kg.reading.repairs.pages import columns_in_order, without_running_heads
from kg.reading.repairs.paragraphs import one_line_each
from kg.reading.repairs.pinyin import repair_pinyin
from kg.reading.repairs.script import simplify

Step = Callable[[AlignedText], AlignedText]


@dataclass(frozen=True, slots=True)
class Repair:
    """One repair. ``not_for`` are the forms of document that say themselves what it would guess."""

    name: str
    step: Step
    counts: tuple[str, ...] = ()
    not_for: tuple[str, ...] = ()


_PAGED = ("html", "paragraphs")

# The pinyin repair needs the characters as the reprint has them, so it comes first of those that change any;
# line breaks are joined while headings still carry their marks, and numbers closed up when they are whole.
REPAIRS: tuple[Repair, ...] = (
    Repair("invisible-character", characters.without_invisible),
    Repair("character-reference", characters.without_references),
    Repair("pinyin-in-brackets", repair_pinyin, ("pinyin-in-brackets", "byte-slip", "unreadable-byte")),
    Repair("traditional-to-simplified", simplify),
    Repair("kangxi-radical", characters.usual_radicals),
    Repair("compatibility-ideograph", characters.usual_ideographs),
    Repair("character-width", characters.usual_width, ("full-width-ascii", "half-width-punctuation")),
    Repair("interleaved-columns", columns_in_order, (), _PAGED),
    Repair("running-head", without_running_heads, (), _PAGED),
    Repair("column-line-break", join_column_lines, ("line-break",), ("paragraphs",)),
    Repair("stray-line-break", join_stray_lines, ("line-break",), _PAGED),
    Repair("spaced-number", close_up_numbers),
    Repair("doubled-punctuation", characters.single_punctuation),
    Repair("markdown", without_markdown, (), ("paragraphs",)),
    Repair("boilerplate", without_boilerplate, ("closing-block", "boilerplate-phrase", "boilerplate-line")),
)
NAMES = tuple(repair.name for repair in REPAIRS)


def clean(aligned: AlignedText, form: str = "text", chosen: Collection[str] | None = None) -> AlignedText:
    """Return the text of an article after the chosen repairs, all of them if None.

    White space gets its usual form and every paragraph one line of its own in any case. Raises ValueError
    for a name that is not in ``NAMES``.
    """
    if chosen is not None:
        check_names(chosen)
    aligned = characters.usual_white_space(aligned)
    for repair in REPAIRS:
        if form not in repair.not_for and (chosen is None or repair.name in chosen):
            aligned = repair.step(aligned)
    return one_line_each(aligned)


def check_names(names: Collection[str]) -> None:
    """Raise ValueError if one of the names is not that of a repair."""
    if unknown := sorted(set(names) - set(NAMES)):
        raise ValueError(f"no repair is called {unknown[0]!r}; the repairs are {', '.join(NAMES)}")
