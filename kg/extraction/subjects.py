"""Whom a figure is about: the names that it could be about, ranked by what is seen of each.

Each candidate has features (where it stands, what it is, what is counted, what stands beside it), each feature a
weight (``rules/_subjects.tsv``, learnt from annotated articles by tools/train_subjects.py); the highest sum wins.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from kg.extraction.clauses import is_official, is_speaker, opens
from kg.extraction.features import FAR, beside, in_article, kinds, weights
from kg.extraction.grammar import CLAUSE_END
from kg.extraction.history import CLASSES, History, Key, clause_subjects, key
from kg.extraction.rules import said
from kg.extraction.skeleton import Match, Skeleton
from kg.model import Mention

_SURE = frozenset({"characterised", "bearer"})  # picks that weights do not outweigh
Picks = Sequence[tuple[str, Mention | None]]


@dataclass(frozen=True, slots=True)
class Candidate:
    """What a figure could be about, and the name in the text that stands for it."""

    mention: Mention
    named: Mention
    features: tuple[str, ...]


def choose(
    match: Match, view: Skeleton, history: History, picks: Picks, settle: Callable[[Mention], Mention]
) -> Mention:
    """Return whom the figure of a match is about.

    ``picks`` are what the rules of syntax take for the subject, by the names of these rules; they are
    candidates too. ``settle`` returns what a name stands for where it is a subject (全县, a county's government).
    """
    found = candidates(match, view, history, picks, settle)
    sure = next((pick for name, pick in picks if name in _SURE and pick is not None), None)
    known = weights("_subjects.tsv")["subject"]
    best = max(found, key=lambda c: (sum(known.get(f, 0) for f in c.features), -c.mention.start))
    best = next((c for c in found if sure is not None and key(c.named) == key(sure)), best)
    history.chosen, history.chosen_in = key(best.named), history.sentence
    history.chosen_name = best.named
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
    again = history.chosen_name if history.sentence - history.chosen_in <= 1 else None
    for name, pick in (*picks, ("again", again), *history.main.items()):
        if pick is not None:
            features = [f"only={name}", *_kinds(pick, "only", measured)]
            _, known = seen.setdefault(key(pick), (pick, features))
            known += (f"pick={name}", f"pick={name}:{pick.cls}")
    recent: Counter[str] = Counter()
    most: Counter[str] = Counter()
    for cls, name in seen:
        most[cls] = max(most[cls], history.total[cls, name])
    made = []
    for which, (mention, features) in seen.items():
        cls = which[0]
        recent[cls] += 1
        features += (f"recent={cls}:{min(recent[cls], FAR)}", *in_article(which, history))
        if which == history.chosen:
            features.append("chosen=here" if history.chosen_in == history.sentence else "chosen=before")
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
    subjects = clause_subjects(view, history)
    ranked: dict[Key, int] = {}
    for index in sorted(inside, key=lambda i: (i > at, abs(at - i))):
        mention = view.mentions[index]
        if mention.kind == "counted" or said("owned_body", view.text[index + 1 : index + 14]) == 0:
            continue  # 县供销社直属的|青禾公司: the body behind is meant
        rank = ranked.setdefault(key(mention), len(ranked) + 1)
        clauses = sum(view.text[i] in CLAUSE_END for i in range(min(index, at), max(index, at)))
        where = "after" if index > at else "clause" if start <= index < end else f"back{min(clauses, FAR)}"
        subject = subjects.get(view.clause(index, index)[0]) == index
        role = "subject" if subject else "free" if opens(view, index) else "governed"
        around = (f"before={beside(view, index, -1)}", f"after={beside(view, index, 1)}")
        here = (role, f"rank{min(rank, FAR)}", *around)
        features = [f"where={where}", *(f"where={where}:{what}" for what in here), *around]
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
        where = f"where=sentence{min(history.sentence - spoken.sentence, FAR)}"
        near = "same" if spoken.paragraph == history.paragraph else "other"
        features = [where, f"{where}:{'subject' if spoken.subject else 'free'}", f"{where}:{near}"]
        if spoken.speaks:
            features.append("speaks")
        yield spoken.mention, [*features, *_kinds(spoken.mention, "sentences", measured)]


def _kinds(mention: Mention, where: str, measured: Sequence[str]) -> Iterator[str]:
    """Yield what a name is, alone and beside what is measured."""
    yield from kinds(mention, where)
    for what in measured:
        yield f"{what}:{mention.cls}"
        if mention.level:
            yield f"{what}:{mention.level}"


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
