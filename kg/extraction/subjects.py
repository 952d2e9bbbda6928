"""Whom a figure is about: the names that it could be about, ranked by what is seen of each.

Each candidate has features (where it stands, what it is, what is counted, what stands beside it), each feature a
weight (``rules/_subjects.tsv``, learnt from annotated articles by tools/train_subjects.py); the highest sum wins.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache

from kg.extraction.clauses import TOPICS, clause_subject, is_official, is_speaker, opens
from kg.extraction.grammar import CLAUSE_END
from kg.extraction.rules import FOLDER
from kg.extraction.skeleton import Match, Skeleton
from kg.model import Mention

CLASSES = TOPICS | {"Programme"}
_BACK = 6  # sentences in which an earlier name is still spoken of
_FAR = 3  # what is farther away counts as this far
_SCALE = 1000  # weights are whole thousandths, so that their sum is the same on every machine

Key = tuple[str, str]
Picks = Sequence[tuple[str, Mention | None]]


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
    view: Skeleton | None = None  # the sentence for which ``subjects`` were found
    subjects: dict[int, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Candidate:
    """What a figure could be about, and the name in the text that stands for it."""

    mention: Mention
    named: Mention
    features: tuple[str, ...]


def key(mention: Mention) -> Key:
    """Return what two mentions of one thing share, as far as extraction can tell."""
    if mention.anaphor:
        return mention.cls, f"{mention.anaphor}:{mention.level}:{mention.text}"
    return mention.cls, mention.keys[0] if mention.keys else mention.name or mention.text


def note(history: History, view: Skeleton) -> None:
    """Remember the names of a sentence that has been read."""
    subjects = set(_clause_subjects(view, history).values())
    if history.opened_in != history.paragraph:
        history.opened_in = history.paragraph
        history.opened = {key(view.mentions[index]) for index in subjects}
    for index, mention in sorted(view.mentions.items()):
        if mention.cls not in CLASSES:
            continue
        speaks = is_speaker(view, index) or is_official(view, index)
        history.spoken.append(Spoken(mention, history.sentence, history.paragraph, index in subjects, speaks))
        history.times[key(mention)] += 1
        if history.sentence < 2:
            history.lead.add(key(mention))
    history.sentence += 1
    history.spoken = [s for s in history.spoken if s.sentence >= history.sentence - _BACK]


def _clause_subjects(view: Skeleton, history: History) -> dict[int, int]:
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


def choose(
    match: Match, view: Skeleton, history: History, picks: Picks, settle: Callable[[Mention], Mention]
) -> Mention:
    """Return whom the figure of a match is about.

    ``picks`` are what the rules of syntax take for the subject, by the names of these rules; they are
    candidates too. ``settle`` returns what a name stands for where it is a subject (全县, a county's government).
    """
    found = candidates(match, view, history, picks, settle)
    weights = load()
    best = max(found, key=lambda c: (sum(weights.get(f, 0) for f in c.features), -c.mention.start))
    history.chosen, history.chosen_in = key(best.named), history.sentence
    return best.mention


def candidates(
    match: Match, view: Skeleton, history: History, picks: Picks, settle: Callable[[Mention], Mention]
) -> list[Candidate]:
    """Return the names that a figure could be about, each once, with their features."""
    figure = next((m for m in match.roles.get("value", ())), None)
    at = view.index(figure.start) if figure else match.start
    measured = _measured(match, figure, view, at)
    used = {m.start for values in match.roles.values() for m in values}
    seen: dict[Key, tuple[Mention, list[str]]] = {}
    for mention, features in (*_in_sentence(at, used, view, history, measured), *_before(history, measured)):
        seen.setdefault(key(mention), (mention, features))
    for name, pick in picks:
        if pick is not None:
            features = [f"only={name}", *_kinds(pick, "only", measured)]
            _, known = seen.setdefault(key(pick), (pick, features))
            known += (f"pick={name}", f"pick={name}:{pick.cls}")
    subjects = _clause_subjects(view, history)
    own = subjects.get(view.clause(at, at)[0])
    led = "after-led" if any(i < at for i in subjects.values()) else "bare"
    led = "led" if own is not None and own < at else led
    recent: Counter[str] = Counter()
    most: Counter[str] = Counter()
    for cls, name in seen:
        most[cls] = max(most[cls], history.total[cls, name])
    made = []
    for which, (mention, features) in seen.items():
        cls = which[0]
        recent[cls] += 1
        rank = f"recent={cls}:{min(recent[cls], _FAR)}"
        features += (rank, f"{led}:{rank}", f"{led}:{features[0]}", *_in_article(which, history))
        if history.total[which] == most[cls]:
            features.append(f"most={cls}")
        made.append(Candidate(settle(mention), mention, tuple(features)))
    return made


def _in_sentence(
    at: int, used: set[int], view: Skeleton, history: History, measured: Sequence[str]
) -> Iterator[tuple[Mention, list[str]]]:
    """Yield the names of the sentence, those before the figure first, the nearest first, with where each stands."""
    inside = [i for i, m in view.mentions.items() if m.cls in CLASSES and m.start not in used]
    start, end = view.clause(at, at)
    subjects = _clause_subjects(view, history)
    ranked: dict[Key, int] = {}
    for index in sorted(inside, key=lambda i: (i > at, abs(at - i))):
        mention = view.mentions[index]
        if mention.kind == "counted":
            continue
        rank = ranked.setdefault(key(mention), len(ranked) + 1)
        clauses = sum(view.text[i] in CLAUSE_END for i in range(min(index, at), max(index, at)))
        where = "after" if index > at else "clause" if start <= index < end else f"back{min(clauses, _FAR)}"
        subject = subjects.get(view.clause(index, index)[0]) == index
        role = "subject" if subject else "free" if opens(view, index) else "governed"
        beside = (f"before={_tag(view, index, -1)}", f"after={_tag(view, index, 1)}")
        here = (role, f"rank{min(rank, _FAR)}", *beside)
        features = [f"where={where}", *(f"where={where}:{what}" for what in here), *beside]
        if index == min(inside):
            features.append("first")
        if is_speaker(view, index):
            features.append("speaks")
        if is_official(view, index):
            features.append("official")
        yield mention, [*features, *_kinds(mention, where, measured)]


def _before(history: History, measured: Sequence[str]) -> Iterator[tuple[Mention, list[str]]]:
    """Yield the names of the sentences before, the last first, with how far back each stands."""
    for spoken in reversed(history.spoken):
        where = f"where=sentence{min(history.sentence - spoken.sentence, _FAR)}"
        near = "same" if spoken.paragraph == history.paragraph else "other"
        features = [where, f"{where}:{'subject' if spoken.subject else 'free'}", f"{where}:{near}"]
        if spoken.speaks:
            features.append("speaks")
        yield spoken.mention, [*features, *_kinds(spoken.mention, "sentences", measured)]


def _in_article(which: Key, history: History) -> Iterator[str]:
    """Yield how often a name has been said, and where it stood before."""
    times = history.times[which]
    yield f"times={'0' if not times else '1' if times == 1 else '2' if times < 4 else '4'}"
    yield f"total={min(history.total[which].bit_length(), 4)}"
    if which in history.opened and history.opened_in == history.paragraph:
        yield "opened"
    if which in history.lead:
        yield "lead"
    if which == history.chosen:
        yield "chosen=here" if history.chosen_in == history.sentence else "chosen=before"


def _kinds(mention: Mention, where: str, measured: Sequence[str]) -> Iterator[str]:
    """Yield what a name is, alone and beside what is measured."""
    cls = mention.cls if mention.cls != "Place" else mention.level or "Place"
    yield f"class={cls}"
    yield f"class={cls}:{where}"
    if mention.kind:
        yield f"kind={mention.cls}:{mention.kind}"
    if mention.anaphor:
        yield f"anaphor={mention.cls}:{mention.anaphor}"
    coarse = "Place" if mention.cls == "Place" else mention.cls
    for what in measured:
        yield f"{what}:{coarse}"


def _measured(match: Match, figure: Mention | None, view: Skeleton, at: int) -> list[str]:
    """Return what is counted: the unit, how the indicator ends, and the words beside the figure."""
    found = []
    if figure is not None:
        found.append(f"unit={figure.cls if figure.cls != 'Quantity' else figure.kind}")
    for mention in match.roles.get("indicator", ())[:1]:
        found.append(f"indicator={mention.text[-2:]}")
    start, end = view.clause(at, at)
    first, last = view.offsets[start], view.ends[min(end, len(view.ends)) - 1]
    words = {
        w.text for w in view.words if first <= w.start < last and w.pos in ("NOUN", "VERB", "ADJ", "ADV")
    }
    return [*found, *(f"word={word}" for word in sorted(words))]


def _tag(view: Skeleton, index: int, step: int) -> str:
    """Return what stands beside a name: a class of mention, a mark, a function word as it is, or a word's tag."""
    beside = index + step
    if not 0 <= beside < len(view.text):
        return "edge"
    if beside in view.mentions:
        return view.mentions[beside].cls
    mark = view.text[beside]
    offset = view.offsets[beside]
    word = next((w for w in view.words if w.start <= offset < w.end), None)
    if word is None or word.pos in ("PUNCT",):
        return mark
    return word.text if word.tag in ("p", "c", "u") else word.tag


@cache
def load() -> dict[str, int]:
    """Return the weights of features, in thousandths."""
    path = FOLDER / "_subjects.tsv"
    rows = path.read_text("utf-8").splitlines() if path.exists() else []
    pairs = (line.split("\t") for line in rows if line and not line.startswith(("#", "feature\t")))
    return {feature: round(float(weight) * _SCALE) for feature, weight in pairs}
