"""What no pattern reads: whether a name takes part in a fact, and with whom, by weights learnt from annotated articles.

A rule with ``likely`` finds a name that may take part (goods, an honour, an event). It and each name that may
be the other party have features (what stands around, where the other stands, what lies between); the weights
of a pair's features (``rules/_likely.tsv``, by tools/train_likely.py) sum to the log-odds that the fact holds.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from math import log

from kg.extraction.clauses import is_official, is_speaker, opens
from kg.extraction.features import BIAS, FAR, SCALE, beside, in_article, kinds, weights, word_at, words
from kg.extraction.grammar import CLAUSE_END
from kg.extraction.history import History, Key, clause_subjects, key
from kg.extraction.rules import Rule
from kg.extraction.skeleton import Skeleton
from kg.model import Mention

MOST = "most"  # that the features of another party add to the log-odds
_WIDE = 120  # characters of a skeleton on each side in which names and words count
_NAMES = 8  # other parties of the sentence, and of those before
_SPOKEN = 60  # names of earlier sentences that are looked at
_AROUND = 3  # words on each side of a name
_GAP = 8  # characters of a skeleton between two names that are a feature as they stand
_FARTHEST = 6  # the binary order of magnitude from which on distances are alike
_TELLING = frozenset({"VERB", "NOUN", "ADJ", "ADP", "ADV"})
_LINKING = frozenset({"VERB", "ADP", "ADJ", "CCONJ"})


def participants(
    rule: Rule, what: Mention, at: int, view: Skeleton, history: History
) -> Mapping[str, Mention] | None:
    """Return who fills the role that ``rule`` leaves to the weights, or None if nobody is likely enough.

    ``what`` is the name that the rule found, at the character ``at`` of the skeleton or in the mention there.
    """
    known = weights("_likely.tsv").get(rule.id)
    if known is None:
        return None
    least = log(rule.at_least / (1 - rule.at_least)) * SCALE - known[BIAS]
    least -= sum(known.get(feature, 0) for feature in own_features(what, at, view, history))
    if not rule.likely:
        return {} if least <= 0 else None
    if least > known[MOST]:
        return None
    best: Mention | None = None
    for other, features in others(rule, what, at, view, history):
        total = sum(known.get(feature, 0) for feature in features)
        if total >= least and (best is None or total > least):
            best, least = other, total
    return None if best is None else dict.fromkeys(rule.likely, best)


def others(
    rule: Rule, what: Mention, at: int, view: Skeleton, history: History
) -> Iterator[tuple[Mention, list[str]]]:
    """Yield the names that may be the other party, those of the sentence first, the nearest first, each once.

    With each come the features that tell how it stands to ``what``.
    """
    (classes,) = (rule.likely or {}).values()
    seen: set[Key] = {key(what)}
    for found in (
        _inside(what, classes, history),
        _here(at, classes, view, history),
        _before(at, classes, view, history),
    ):
        for other, features in found:
            if key(other) not in seen:
                seen.add(key(other))
                yield other, features


def own_features(what: Mention, at: int, view: Skeleton, history: History) -> list[str]:
    """Return what is seen of a name itself."""
    return list(_what(what, at, view, history))


def _what(what: Mention, at: int, view: Skeleton, history: History) -> Iterator[str]:
    """Yield what is seen of the name itself."""
    yield from (f"it:{feature}" for feature in kinds(what, "it"))
    yield f"it:ends={what.text[-1:]}"
    yield f"it:ends={what.text[-2:]}"
    around = {step: _around(view, at, step) for step in (-1, 1)}
    for step, side in ((-1, "before"), (1, "after")):
        for distance, text in enumerate(around[step]):
            yield f"it:{side}{distance}={text}"
        yield f"it:{side}={'_'.join(around[step][:2])}"
    yield f"it:between={around[-1][0]}_{around[1][0]}"
    start, end = _clause(view, at)
    yield from sorted({f"clause:{w.text}" for w in words(view, start, end) if w.pos in _TELLING})
    wide = words(view, max(0, at - _WIDE), min(at + _WIDE, len(view.text)))
    yield from sorted({f"sentence:{w.text}" for w in wide if w.pos in ("VERB", "NOUN")})
    yield from sorted({f"clause:{m.cls}" for m in view.within(start, end)})
    for side, stretch in (("before", range(at - 1, start - 1, -1)), ("after", range(at + 1, end))):
        verb = next((word for i in stretch if i in view.verbs and (word := word_at(view, i))), None)
        if verb is not None:
            yield f"verb-{side}={verb.text}"
    if view.mentions[at] is not what:
        yield f"it:inside={view.mentions[at].cls}"
    yield f"it:total={min(history.total[key(what)].bit_length(), 4)}"
    yield "it:seen" if history.times[key(what)] else "it:new"
    if history.sentence == 0:
        yield "it:first"


def _clause(view: Skeleton, at: int) -> tuple[int, int]:
    """Return the bounds of the clause around a character, as far as it is not too far away."""
    start, end = at, at
    while start > max(0, at - _WIDE) and view.text[start - 1] not in CLAUSE_END:
        start -= 1
    while end < min(at + _WIDE, len(view.text)) and view.text[end] not in CLAUSE_END:
        end += 1
    return start, end


def _around(view: Skeleton, at: int, step: int) -> list[str]:
    """Return the words or classes of mentions on one side of a name, the nearest first."""
    found: list[str] = []
    index = at + step
    while len(found) < _AROUND and 0 <= index < len(view.text):
        mention, word = view.mentions.get(index), word_at(view, index)
        found.append(mention.cls if mention else word.text if word else view.text[index])
        index += step
        while (
            not mention
            and word
            and 0 <= index < len(view.text)
            and index not in view.mentions
            and word.start <= view.offsets[index] < word.end
        ):
            index += step
    return found if len(found) == _AROUND else [*found, "edge"]


def _inside(what: Mention, classes: frozenset[str], history: History) -> Iterator[tuple[Mention, list[str]]]:
    """Yield the names in the name itself (甲县|红樱桃)."""
    for part in what.parts:
        if part.cls in classes:
            opens_it = "opens" if part.start == what.start else "within"
            features = ["where=inside", f"where=inside:{opens_it}"]
            yield part, [*features, *kinds(part, "inside"), *in_article(key(part), history)]


def _here(
    at: int, classes: frozenset[str], view: Skeleton, history: History
) -> Iterator[tuple[Mention, list[str]]]:
    """Yield the names of the sentence that may be the other party, with where each stands."""
    near = range(max(0, at - _WIDE), min(at + _WIDE, len(view.text)))
    inside = [i for i in near if i != at and i in view.mentions and view.mentions[i].cls in classes]
    subjects = set(clause_subjects(view, history).values())
    start = _clause(view, at)[0]
    first = next(iter(view.mentions))
    ranked: set[Key] = set()
    for index in sorted(inside, key=lambda i: (i > at, abs(at - i))):
        mention = view.mentions[index]
        if key(mention) in ranked:
            continue
        if len(ranked) == _NAMES:
            break
        ranked.add(key(mention))
        rank = min(len(ranked), FAR)
        low, high = sorted((index, at))
        clauses = min(sum(view.text[i] in CLAUSE_END for i in range(low, high)), FAR)
        where = f"after{clauses}" if index > at else "clause" if start <= index else f"back{clauses}"
        role = "subject" if index in subjects else "free" if opens(view, index) else "governed"
        around = (f"before={beside(view, index, -1)}", f"after={beside(view, index, 1)}")
        features = [f"where={where}", *around, f"where={where}:{role}:rank{rank}"]
        features += (f"where={where}:{what}" for what in (role, f"rank{rank}", *around, mention.cls))
        features += _gap(view, low, high, "from" if index < at else "to", classes)
        if index == first:
            features.append("first")
        if is_speaker(view, index):
            features.append("speaks")
        if is_official(view, index):
            features.append("official")
        yield mention, [*features, *kinds(mention, where), *in_article(key(mention), history)]


def _gap(view: Skeleton, low: int, high: int, side: str, classes: frozenset[str]) -> Iterator[str]:
    """Yield what lies between two names."""
    gap = range(low + 1, high)
    yield f"{side}:distance={min(len(gap).bit_length(), _FARTHEST)}"
    if len(gap) <= _GAP:
        text = "".join(view.mentions[i].cls if i in view.mentions else view.text[i] for i in gap)
        yield f"{side}:gap={text}"
    between = words(view, low + 1, high)
    verbs = [word.text for word in between if word.pos == "VERB"]
    linking = {w.text for w in between if w.pos in _LINKING or w.tag in ("p", "c", "u")}
    yield from sorted(f"{side}:word={text}" for text in linking)
    yield f"verbs={min(len(verbs), 4)}"
    if verbs:
        yield f"first-verb={verbs[0]}"
        yield f"last-verb={verbs[-1]}"
    names = [view.mentions[i].cls for i in gap if i in view.mentions]
    yield from sorted(f"between={cls}" for cls in set(names))
    yield f"rivals={min(sum(cls in classes for cls in names), FAR)}"


def _before(
    at: int, classes: frozenset[str], view: Skeleton, history: History
) -> Iterator[tuple[Mention, list[str]]]:
    """Yield the names of the sentences before, the last first, then the place that the article is about."""
    subjects = clause_subjects(view, history)
    own = subjects.get(_clause(view, at)[0])
    led = "after-led" if any(i < at for i in subjects.values()) else "bare"
    led = "led" if own is not None and own < at else led
    seen: dict[Key, int] = {}
    for spoken in history.spoken[: -_SPOKEN - 1 : -1]:
        which = key(spoken.mention)
        if spoken.mention.cls not in classes or which in seen:
            continue
        if len(seen) == _NAMES:
            break
        seen[which] = len(seen) + 1
        recent = f"recent={min(seen[which], FAR)}"
        same = min(sum(cls == spoken.mention.cls for cls, _ in seen), FAR)
        where = f"where=sentence{min(history.sentence - spoken.sentence, FAR)}"
        near = "same" if spoken.paragraph == history.paragraph else "other"
        role = "subject" if spoken.subject else "free"
        features = [where, recent, *(f"{where}:{what}" for what in (role, near, recent))]
        features += (f"{led}:{what}" for what in (where, "before", f"{spoken.mention.cls}:{same}"))
        features.append(f"{led}:{near}:{role}:{recent}")
        if spoken.speaks:
            features.append("speaks")
        yield spoken.mention, [*features, *kinds(spoken.mention, "sentences"), *in_article(which, history)]
    if "Place" in classes:
        offset = view.offsets[0]
        yield Mention("Place", offset, offset, "", anaphor="home"), ["home", f"{led}:home"]
