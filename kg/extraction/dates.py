"""Of what time a fact is: the times that it could be of, ranked by what is seen of each.

Each candidate (a time of the sentence, one that earlier sentences left behind, the article's own date, none) has
features, each feature a weight (``rules/_times.tsv``, learnt from annotated articles by tools/train_times.py); the
highest sum wins. What the rules of ``when.py`` take for the time is a candidate with a feature of its own.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from kg.extraction.discourse import Discourse
from kg.extraction.features import BIAS, FAR, beside, weights, words
from kg.extraction.grammar import CLAUSE_END
from kg.extraction.rules import Rule, RuleFile, said
from kg.extraction.skeleton import Match, Skeleton
from kg.extraction.when import anchor, is_earlier

_TELLING = frozenset({"VERB", "NOUN", "ADJ", "ADV"})
# What a clause may say that tells when it is so, by its name in rules/_context.yaml
_SAYING = (
    "present",
    "there_is",
    "was_then",
    "earlier",
    "same_event",
    "on_list",
    "done",
    "planned",
    "expected",
)
_PRECISIONS = {4: "year", 7: "month", 10: "day"}  # by the length of an EDTF date


@dataclass(frozen=True, slots=True)
class Candidate:
    """A time (EDTF) that a fact could be of, None for none."""

    time: str | None
    features: tuple[str, ...]


def choose(
    file: RuleFile, rule: Rule, match: Match, view: Skeleton, context: Discourse, picked: str | None
) -> str | None:
    """Return of what time (EDTF) a match is. ``picked`` is what the rules take for it."""
    if picked is None and is_earlier(match, view):
        return None
    time = best(
        candidates(file, rule, match, view, context, picked), picked, weights("_times.tsv").get("time", {})
    )
    context.dated[file.type] = time, context.history.sentence
    return time


def best(found: Sequence[Candidate], picked: str | None, known: Mapping[str, float]) -> str | None:
    """Return the time with the highest sum of weights.

    If the rules took none, it must be more likely right than not.
    """
    odds, _, time = max(
        (sum(known.get(f, 0) for f in c.features) + known.get(BIAS, 0), c.time == picked, c.time or "")
        for c in found
    )
    return None if not time or (picked is None and odds <= 0) else time


def candidates(
    file: RuleFile, rule: Rule, match: Match, view: Skeleton, context: Discourse, picked: str | None
) -> list[Candidate]:
    """Return the times that a match could be of, each once, with their features."""
    end = anchor(file, match, view)
    start = end if file.factual else match.start
    found: dict[str | None, tuple[str, list[str]]] = {}
    for source, time, features in (
        *_in_sentence(start, end, view),
        *_left_behind(file, view, context),
        ("none", None, ()),
    ):
        _, known = found.setdefault(time, (source, []))
        known += (f"source={source}", *features)
    if picked not in found:
        found[picked] = "picked", ["source=picked"]
    found[picked][1].extend(("pick" if picked else "pick-none", f"pick:{rule.id}"))
    first, last = view.clause(start, end)
    telling = sorted({w.text for w in words(view, first, last) if w.pos in _TELLING})
    saying = [name for name in _SAYING if said(name, view.text[first:last]) is not None]
    made = []
    for time, (source, features) in found.items():
        if time is not None:
            features += _compared(time, context.published)
        features += (f"{source}:says={name}" for name in saying)
        near = [*features, *(f"{source}:word={text}" for text in telling)]
        made.append(Candidate(time, tuple([*near, *(f"{file.type}:{feature}" for feature in features)])))
    return made


def _in_sentence(start: int, end: int, view: Skeleton) -> Iterator[tuple[str, str, list[str]]]:
    """Yield the times of the sentence, those before the fact first, the nearest first."""
    times = [i for i, m in view.mentions.items() if m.cls == "Time" and m.value]
    ranks = {"before": 0, "after": 0, "inside": 0}
    for index in sorted(times, key=lambda i: (i >= start, abs(start - i))):
        mention = view.mentions[index]
        assert mention.value is not None
        side = "before" if index < start else "inside" if index < end else "after"
        ranks[side] += 1
        low, high = sorted((index, start if index < start else min(end, index)))
        clauses = min(sum(view.text[i] in CLAUSE_END for i in range(low, high)), FAR)
        where = f"{side}{clauses}"
        rank = f"rank{min(ranks[side], FAR)}"
        opens = "opens" if index == 0 or view.text[index - 1] in CLAUSE_END else "within"
        around = (f"after={beside(view, index, -1)}", f"before={beside(view, index, 1)}")
        features = [f"where={where}", f"where={where}:{rank}", f"where={where}:{opens}", *around]
        features += [
            f"ends={mention.text[-2:]}",
            f"text={mention.text}" if not mention.text[0].isdigit() else "digits",
        ]
        if mention.kind:
            features += [f"kind={mention.kind}", f"kind={mention.kind}:{where}"]
        yield side, mention.value, features


def _left_behind(file: RuleFile, view: Skeleton, context: Discourse) -> Iterator[tuple[str, str, list[str]]]:
    """Yield the times that earlier sentences left behind, and the article's own date."""
    dated = any(m.cls == "Time" and m.value and not m.kind for m in view.mentions.values())
    state = "dated" if dated else "bare"
    last, sentence = context.dated.get(file.type, (None, 0))
    for source, time in (
        ("last-here" if sentence == context.history.sentence else "last", last),
        ("paragraph", context.paragraph_time),
        ("event", context.time),
        ("signing", context.signing),
        ("occasion", context.occasion),
        ("list", context.list_year),
        # An event is not of the day of the article unless its text says so, which the rules see.
        ("published", context.published if file.factual else None),
    ):
        if time is not None:
            yield source, time, [f"{state}:{source}"]


def _compared(time: str, published: str | None) -> Iterator[str]:
    """Yield how precise a time is, and how it stands to the article's date."""
    precision = "range" if "/" in time else _PRECISIONS.get(len(time), "other")
    yield f"precision={precision}"
    if published:
        years = int(published[:4]) - int(time[:4]) if time[:4].isdigit() else FAR
        yield f"years={max(-1, min(years, FAR))}"
        yield f"precision={precision}:years={max(-1, min(years, FAR))}"
