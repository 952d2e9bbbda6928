"""What the rules made of a sentence: which read something, and which came close and why they failed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache

from kg.extraction.elements import elements
from kg.extraction.grammar import CLASS_BASE, TAG_BASE, Pattern, compile_pattern
from kg.extraction.matching import hindrance, search
from kg.extraction.rules import Rule, vocabulary
from kg.extraction.sentences import Sentence
from kg.extraction.skeleton import Skeleton
from kg.model import Mention, Statement

_TELLING = 2  # characters that a trigger word must have: 与 or 在 alone stand in every other sentence


@dataclass(frozen=True, slots=True)
class Near:
    """A rule whose trigger words stand in a sentence, and which read nothing there.

    ``reached`` is the text that the beginning of its pattern matched, ``failed`` the first element of the
    pattern that found nothing, or the key of the rule that ruled a match out (``unless`` …).
    """

    rule: str
    failed: str
    reached: str
    share: float  # of the elements of the pattern that were found


@dataclass(frozen=True, slots=True)
class Reading:
    """One sentence: its span, its mentions, what was read in it, and the rules that came close, the closest first."""

    start: int
    end: int
    mentions: tuple[Mention, ...]
    statements: tuple[Statement, ...]
    near: tuple[Near, ...]


@dataclass(slots=True)
class Watcher:
    """Notes what is tried while an article is read."""

    _near: dict[int, list[Near]] = field(default_factory=dict)  # start of the sentence → rules
    _made: dict[int, list[Statement]] = field(default_factory=dict)

    def tried(self, rule: Rule, view: Skeleton, sentence: Sentence, made: list[Statement]) -> None:
        """Note a rule that was tried on a sentence."""
        self._made.setdefault(sentence.start, []).extend(made)
        if not made and not rule.inside and (near := near_miss(rule, view)):
            self._near.setdefault(sentence.start, []).append(near)

    def readings(
        self, read: Sequence[tuple[Sentence, tuple[Mention, ...]]], kept: Sequence[Statement]
    ) -> tuple[Reading, ...]:
        """Return what was noted, sentence by sentence. ``kept`` are the statements that none outdid."""
        found = []
        for sentence, mentions in read:
            made = self._made.get(sentence.start, [])
            near = self._near.get(sentence.start, [])
            near += [
                Near(statement.rule, "another rule says more", _text(sentence, statement), 1.0)
                for statement in made
                if statement not in kept
            ]
            found.append(
                Reading(
                    sentence.start,
                    sentence.end,
                    mentions,
                    tuple(statement for statement in made if statement in kept),
                    tuple(sorted(dict.fromkeys(near), key=lambda n: (-n.share, n.rule, n.failed))),
                )
            )
        return tuple(found)


def near_miss(rule: Rule, view: Skeleton) -> Near | None:
    """Return how close a rule came that read nothing in a sentence, or None if its words are not there."""
    for match in search(rule.patterns, view):
        key = hindrance(rule, view, match) or "another match of the rule says more"
        return Near(rule.id, key, _shown(view, match.start, match.end), 1.0)
    found = [near for pattern in rule.patterns if (near := _near(rule.id, pattern, view))]
    return max(found, key=lambda near: near.share, default=None)


def _near(rule: str, pattern: Pattern, view: Skeleton) -> Near | None:
    text = f"\n{view.text}\n"
    parts = elements(pattern.source)
    triggers = [_compiled(part) for part in parts if _is_trigger(part)]
    hits = [trigger.regex.search(text) for trigger in triggers]
    if not hits or not all(hits) or max(_length(hit[0]) for hit in hits) < _TELLING:
        return None
    # The prefixes that match are those up to the first element that does not.
    least, most, reached = 0, len(parts), (0, 0)
    while most - least > 1:
        middle = (least + most) // 2
        hit = _compiled(" ".join(parts[:middle])).regex.search(text)
        if hit:
            least, reached = middle, hit.span()
        else:
            most = middle
    if least == 0:
        return Near(rule, parts[0], "", 0.0)
    return Near(rule, parts[least], _shown(view, max(reached[0] - 1, 0), reached[1] - 1), least / len(parts))


def _is_trigger(element: str) -> bool:
    """Whether an element is of words alone and must be there."""
    if element.endswith("?") or element[0] in ".^$,<":
        return False
    return not any(char.isascii() and char.isupper() for char in element)


@cache
def _compiled(source: str) -> Pattern:
    return compile_pattern(source, vocabulary())


def _length(text: str) -> int:
    return sum(not CLASS_BASE <= ord(char) < TAG_BASE + 0x100 for char in text)


def _shown(view: Skeleton, start: int, end: int) -> str:
    """Return a stretch of a skeleton as it stands in the article, with what stands for mentions in brackets."""
    pieces = []
    for index in range(start, min(end, len(view.text))):
        mention = view.mentions.get(index)
        if mention:
            pieces.append(f"[{mention.text}]")
        elif view.ends[index] > view.offsets[index]:
            pieces.append(view.text[index])
    return "".join(pieces)


def _text(sentence: Sentence, statement: Statement) -> str:
    return sentence.document[statement.start : statement.end]
