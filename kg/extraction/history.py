"""What an article has named so far: where, how often, and which names were the subjects of their clauses."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from kg.extraction.clauses import TOPICS, clause_subject, is_official, is_speaker
from kg.extraction.skeleton import Skeleton
from kg.model import Mention

CLASSES = TOPICS | {"Programme"}
_BACK = 6  # sentences in which an earlier name is still spoken of

Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Spoken:
    """A name in an earlier sentence: which sentence and paragraph, and whether it was the subject of its clause."""

    mention: Mention
    sentence: int
    paragraph: int
    subject: bool
    speaks: bool


@dataclass(slots=True)
class History:
    """The names of the sentences before."""

    sentence: int = 0
    paragraph: int = 0
    spoken: list[Spoken] = field(default_factory=list)
    times: Counter[Key] = field(default_factory=Counter)
    total: Counter[Key] = field(default_factory=Counter)  # in the whole article
    opened: set[Key] = field(default_factory=set)  # the subjects of the first sentence of the paragraph
    opened_in: int = -1  # paragraph
    lead: set[Key] = field(default_factory=set)
    chosen: Key | None = None  # whom the figure before was about
    chosen_in: int = -1  # sentence
    chosen_name: Mention | None = None
    main: dict[str, Mention] = field(default_factory=dict)  # kind → the name of it that the article says most
    view: Skeleton | None = None  # the sentence for which ``subjects`` were found
    subjects: dict[int, int] = field(default_factory=dict)


def key(mention: Mention) -> Key:
    """Return what two mentions of one thing share, as far as extraction can tell."""
    if mention.anaphor:
        return mention.cls, f"{mention.anaphor}:{mention.level}:{mention.text}"
    return mention.cls, mention.keys[0] if mention.keys else mention.name or mention.text


def note(history: History, view: Skeleton) -> None:
    """Remember the names of a sentence that has been read."""
    subjects = set(clause_subjects(view, history).values())
    if history.opened_in != history.paragraph:
        history.opened_in = history.paragraph
        history.opened = {key(view.mentions[index]) for index in subjects}
    for index, mention in sorted(view.mentions.items()):
        history.times[key(mention)] += 1
        if mention.cls not in CLASSES:
            continue
        speaks = is_speaker(view, index) or is_official(view, index)
        history.spoken.append(Spoken(mention, history.sentence, history.paragraph, index in subjects, speaks))
        if not mention.anaphor and mention.kind not in ("generic", "counted"):
            known = history.main.get(kind := mention.level or mention.cls)
            if known is None or history.total[key(mention)] >= history.total[key(known)]:
                history.main[kind] = mention
        if history.sentence < 2:
            history.lead.add(key(mention))
    history.sentence += 1
    history.spoken = [s for s in history.spoken if s.sentence >= history.sentence - _BACK]


def clause_subjects(view: Skeleton, history: History) -> dict[int, int]:
    """Return for each clause of a sentence where it starts and the name that is its subject."""
    if history.view is not view:
        history.view, history.subjects = view, dict(_found_subjects(view))
    return history.subjects


def _found_subjects(view: Skeleton) -> Iterator[tuple[int, int]]:
    start = 0
    while start < len(view.text):
        end = view.clause(start, start)[1]
        index = clause_subject(view, start, end, CLASSES, set())
        if index is not None:
            yield start, index
        start = end + 1
