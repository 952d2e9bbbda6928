"""A sentence as the rules see it: one character per mention, the other characters as they are."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import accumulate

from kg.extraction.grammar import CLAUSE_END, Vocabulary
from kg.extraction.sentences import Sentence, Word
from kg.model import Mention


@dataclass(frozen=True, slots=True)
class Skeleton:
    """``text`` is matched; ``offsets[i]`` is where its character ``i`` starts in the article.

    ``mentions`` gives the mention behind a character that stands for one.
    """

    text: str
    offsets: tuple[int, ...]
    ends: tuple[int, ...]
    mentions: dict[int, Mention]
    scopes: tuple[Mention, ...] = ()  # 全国 and the like, which stay plain characters
    verbs: frozenset[int] = frozenset()  # where words tagged as verbs start
    words: tuple[Word, ...] = ()  # of the sentence
    starts: tuple[int, ...] = ()  # of the words
    characters: frozenset[str] = frozenset()  # of ``text``, with the marks that stand before and after it
    # What RE2 is given: ``text`` between marks that ^ and $ match, in UTF-8, and where its characters start there.
    encoded: bytes = b""
    byte_starts: tuple[int, ...] = ()

    def index(self, offset: int) -> int:
        """Return which character starts at an offset of the article, or the next one."""
        return bisect_left(self.offsets, offset)

    def within(self, start: int, end: int) -> list[Mention]:
        """Return the mentions behind ``text[start:end]``."""
        return [self.mentions[i] for i in range(start, end) if i in self.mentions]

    def clause(self, start: int, end: int) -> tuple[int, int]:
        """Widen a span of the skeleton to the marks that end its clauses."""
        while start > 0 and self.text[start - 1] not in CLAUSE_END:
            start -= 1
        while end < len(self.text) and self.text[end] not in CLAUSE_END:
            end += 1
        return start, end


@dataclass(frozen=True, slots=True)
class Match:
    start: int  # in the skeleton
    end: int
    roles: Mapping[str, tuple[Mention, ...]]
    mentions: frozenset[tuple[str, int]] = field(init=False)  # by role and where they start

    def __post_init__(self) -> None:
        found = frozenset((role, m.start) for role, values in self.roles.items() for m in values)
        object.__setattr__(self, "mentions", found)


def skeleton(sentence: Sentence, mentions: Sequence[Mention], vocabulary: Vocabulary) -> Skeleton:
    """Return the skeleton of a sentence, or of a part of it given as a shortened Sentence."""
    tags = (
        {word.start: word.pos for word in sentence.words if word.pos in vocabulary.tags}
        if vocabulary.tags
        else {}
    )
    # A country is a scope (全国第二) rather than an actor here; as a symbol it would block the gaps.
    scopes = tuple(mention for mention in mentions if mention.level == "country")
    symbols = {mention.start: mention for mention in mentions if mention.level != "country"}
    chars: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    behind: dict[int, Mention] = {}
    at = sentence.start
    while at < sentence.end:
        mention = symbols.get(at)
        if mention is not None:
            behind[len(chars)] = mention
            cls = "Actors" if mention.cls == "Actor" else mention.cls
            unnamed = mention.kind == "generic" and cls in ("Facility", "Organization")
            cls = "Unnamed" if unnamed and "Unnamed" in vocabulary.classes else cls
            chars.append(vocabulary.symbol(cls))
            starts.append(at)
            ends.append(mention.end)
            at = mention.end
            continue
        if at in tags:
            chars.append(vocabulary.tag_symbol(tags[at]))
            starts.append(at)
            ends.append(at)
        chars.append(sentence.document[at])
        starts.append(at)
        ends.append(at + 1)
        at += 1
    verbs = {word.start for word in sentence.words if word.pos == "VERB"}
    indices = frozenset(i for i, offset in enumerate(starts) if offset in verbs and i not in behind)
    marked = [character.encode() for character in ("\n", *chars, "\n")]
    return Skeleton(
        "".join(chars),
        tuple(starts),
        tuple(ends),
        behind,
        scopes,
        indices,
        sentence.words,
        sentence.starts,
        frozenset((*chars, "\n")),
        b"".join(marked),
        tuple(accumulate(map(len, marked), initial=0)),
    )
