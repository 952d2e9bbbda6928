"""Rules are data: one YAML file per fact type, with its own right and wrong example sentences.

A rule:

    sign-agreement:
      pattern: "partner:Actor+ .. (与|和) partner:Actor+ .. @signed .. agreement:Agreement"
      inside: [Organization]      # match inside mentions of these classes instead of in the sentence
      self: controlled            # the role that such a mention fills
      fill: {holder: subject}     # roles the pattern leaves open: subject, unit (the place that a bare 村
                                  # means), site (named last), topic (people and events too),
                                  # actor (people but no events), actor-here (nor of
                                  # another sentence), seller and grower (no platform),
                                  # seller-here (nor one of another sentence), maker (nor a person), home,
                                  # side (the subject in the sentence, else home), parties (the two actors named last),
                                  # ally (who acts in the sentence, people too, else the subject), party (so, else a
                                  # place or firm that is the topic, else home),
                                  # person (spoken of last), implied (the place of a post), post (so, or a body before),
                                  # roll (of the list named before), heading (that the line stands under),
                                  # listed-honour (of the list that a tally goes by),
                                  # unit-of-title (the place under discussion that it is for), honour-of-unit (新添1镇:
                                  # the honour for 镇 named before), described (what a figure measures, by its words),
                                  # body (the firm or site spoken of),
                                  # event, goods, platform (named last, here or before), goods-here (in the sentence),
                                  # goods-sold (so, or named last, if it says that something is sold), sold-on (what
                                  # the sentence is set on, or of the shop it speaks of)
      also: {partner: subject}    # the same, beside what the pattern found
      apart: {first: partner}     # each value of ``first`` makes a fact of its own, as a ``partner``
      set: {kind: [agreement]}    # roles with a fixed value
      copy: {change: value}       # a role that repeats another
      pairs: [time, value]        # lists whose items belong together in turn (分别)
      unless: "@failed"           # no fact where this stands in the same clause
      unless-next: "@failed"      # the same, and in the clause after it
      unless-before: "标准"       # nor this anywhere before it in the sentence
      needs-before: "建成"        # but this must stand there
      goods: [product]            # roles that goods or a platform inside a measure fill (核桃|销售额)
      says: "(网|线上)"            # what the clause must say anywhere
      somewhere: "(网|线上)"       # what the sentence must say anywhere
                                  # A word in the role ``deed`` must be a verb of its own (卖, not 拍卖); facts lack it
      named: [controlled]         # roles that a bare word (他的公司) does not fill
      join: [indicator]           # roles whose values are one string
      likely: {producer: [Place]} # weights decide whether what the pattern found takes part in a fact, and with
                                  # whom of these classes (none: {}), where no other rule read it. Goes last
      at-least: 0.5               # the probability that this takes
      undated: true               # no date but one of the clause itself need be that of the fact
      helpers: true               # who only helps or looks on (在甲见证下) may fill a role, too
      state: true                 # holds on the article's date where no other time is named
      modality: planned           # overrules what the clause says
      confidence: 0.9             # the author's guess: the surer rule goes first (facts: _confidence.tsv)
      right: [{text: …, facts: [{partner: […]}]}]
      wrong: [sentence, …]

A file also says which roles make one fact for each of their values (``each``), how many values a role needs
(``least``, else one), which roles are read once only, by the surest of the rules that read the same mention
(``once``), in which a rule that takes the others from the context yields to a surer one (``yields``), which
figures behind a match fill roles (``behind``), which roles nobody fills who stands after 在 (``agents``), nor a
place before the one meant (``heads``), which role takes the unit of another's figure (``units``), in which units
a role counts (``counters``), whether the fact is an event that takes the time of its sentence (``timed``),
whether it is not to be read in sentences that state criteria (``factual``), which roles no handful in words
fills, as nobody notes it (三个人; ``noted``), whether it is of the last date of the paragraph where its
sentence names none (``by_paragraph``), which roles what stands around a match may fill
(``settings``: place, amount, agreement, the day of the event told of), whether who builds something does so at
home (``built-in``), whether the holder must be of the kind that the title is for (``fits``), what the words
around a match tell of its kind, the most telling first (``kinds``), and what
a sentence must say for weights to join two that are but listed (``together``)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from itertools import product
from pathlib import Path
from typing import Any

from kg.extraction.grammar import Pattern, PatternError, Vocabulary, compile_pattern
from kg.extraction.rules.model import Rule, RuleError, RuleFile
from kg.resources import load_yaml

FOLDER = Path(__file__).parent
_KEYS = frozenset({
    "pattern", "inside", "self", "fill", "also", "apart", "copy", "pairs", "set", "unless", "modality",
    "confidence", "unless-next", "unless-before", "needs-before", "state", "helpers", "join", "goods",
    "says", "somewhere", "named", "check", "likely", "at-least", "undated", "right", "wrong", "note",
})  # fmt: skip
FILLS = frozenset({
    "actor", "actor-here", "ally", "body", "described", "event", "goods", "goods-here", "goods-sold", "grower",
    "heading", "home", "honour-of-unit", "implied", "list-issuer", "listed-honour", "maker", "parties", "party",
    "person", "platform", "post", "roll", "seller", "seller-here", "side", "site", "sold-on", "subject", "topic",
    "unit", "unit-of-title",
})  # fmt: skip


@cache
def vocabulary() -> Vocabulary:
    """Return what patterns may name. Only tags that some pattern uses are marked in skeletons."""
    classes = load_yaml(FOLDER / "_classes.yaml")
    words = load_yaml(FOLDER / "_words.yaml")
    used = sorted(set(re.findall(r"<([A-Z]+)>", "".join(path.read_text("utf-8") for path in _files()))))
    return Vocabulary(
        classes=tuple(classes["classes"]),
        groups={name: tuple(members) for name, members in classes["groups"].items()},
        words={
            name: tuple(word for entry in entries for word in _spelt(entry))
            for name, entries in words.items()
        },
        tags=tuple(used),
    )


def _spelt(entry: str | list[str] | Mapping[str, list[str]]) -> Iterator[str]:
    """Yield the words of an entry of a word set: itself, each of a list, or each of ``first`` with each of ``then``."""
    if not isinstance(entry, Mapping):
        yield from map(str, entry if isinstance(entry, list) else (entry,))
        return
    for first, then in product(entry["first"], entry["then"]):
        yield f"{first}{then}"


@lru_cache(maxsize=1 << 16)
def said(context: str, text: str) -> int | None:
    """Return where a stretch of a skeleton matches a pattern of that name in ``_context.yaml``, else None."""
    characters = frozenset(text + "\n")
    possible = (pattern for pattern in _contexts()[context] if pattern.possible(characters))
    matches = (pattern.regex.search(f"\n{text}\n") for pattern in possible)
    return next((match.start() for match in matches if match), None)


@cache
def _contexts() -> Mapping[str, tuple[Pattern, ...]]:
    data: Mapping[str, Any] = load_yaml(FOLDER / "_context.yaml")
    return {
        name: tuple(compile_pattern(p, vocabulary()) for p in patterns) for name, patterns in data.items()
    }


@cache
def load() -> tuple[RuleFile, ...]:
    """Return all rule files, sorted by type. Raises RuleError."""
    return tuple(_load_file(path) for path in _files())


def _files() -> list[Path]:
    return sorted(path for path in FOLDER.glob("*.yaml") if not path.name.startswith("_"))


def _load_file(path: Path) -> RuleFile:
    data = load_yaml(path)
    if data.get("type") != path.stem:
        raise RuleError(f"{path.name}: says type {data.get('type')!r}")
    rules = tuple(_rule(path, name, body) for name, body in data["rules"].items())
    return RuleFile(
        path.stem,
        tuple(data.get("each", ())),
        dict(data.get("least", {})),
        dict(data.get("units", {})),
        {role: frozenset(map(str, units)) for role, units in data.get("counters", {}).items()},
        {role: tuple(map(str, units)) for role, units in data.get("behind", {}).items()},
        tuple(data.get("agents", ())),
        tuple(data.get("heads", ())),
        bool(data.get("timed")),
        bool(data.get("factual")),
        tuple(data.get("noted", ())),
        tuple(data.get("settings", ())),
        bool(data.get("built-in")),
        bool(data.get("fits")),
        _kinds(path, data.get("kinds", {})),
        _kinds(path, {"": data["together"]})[""] if "together" in data else None,
        bool(data.get("by_paragraph")),
        tuple(data.get("once", ())),
        tuple(data.get("yields", ())),
        rules,
    )


def _kinds(path: Path, sources: Mapping[str, str]) -> dict[str, Pattern]:
    try:
        return {kind: compile_pattern(source, vocabulary()) for kind, source in sources.items()}
    except PatternError as error:
        raise RuleError(f"{path.name}, kinds: {error}") from error


def _measured(rule: str, kind: str, guess: float) -> float:
    """Return the confidence that was measured for a rule; without one, its type's, but no more than the guess."""
    known = confidences()
    return known.get(rule, min(known.get(kind, guess), guess))


@cache
def confidences() -> Mapping[str, float]:
    """Return what ``_confidence.tsv`` says of rules ("Sale.sells-on") and types ("Sale"). Raises RuleError."""
    path = FOLDER / "_confidence.tsv"
    lines = path.read_text("utf-8").splitlines() if path.exists() else []
    found: dict[str, float] = {}
    for number, line in enumerate(lines, 1):
        if not line or line.startswith(("#", "rule\t")):
            continue
        try:
            rule, _, _, confidence = line.split("\t")
            found[rule] = float(confidence)
        except ValueError as error:
            raise RuleError(f"{path.name}, line {number}: {error}") from error
        if not 0 < found[rule] <= 1:
            raise RuleError(f"{path.name}, line {number}: {confidence} is no confidence above 0 and up to 1")
    return found


def _rule(path: Path, name: str, body: Mapping[str, Any]) -> Rule:
    where = f"{path.name}, rule {name!r}"
    if unknown := set(body) - _KEYS:
        raise RuleError(f"{where}: unknown keys {sorted(unknown)}")
    if not body.get("right") or not body.get("wrong"):
        raise RuleError(f"{where}: needs right and wrong examples")
    if bad := {*body.get("fill", {}).values(), *body.get("also", {}).values()} - FILLS:
        raise RuleError(f"{where}: fill with {sorted(bad)} is not known")
    sources = body["pattern"] if isinstance(body["pattern"], list) else [body["pattern"]]
    try:
        patterns = tuple(compile_pattern(source, vocabulary()) for source in sources)
        unless, unless_next, unless_before, needs_before, says, somewhere = (
            compile_pattern(body[key], vocabulary()) if key in body else None
            for key in ("unless", "unless-next", "unless-before", "needs-before", "says", "somewhere")
        )
    except PatternError as error:
        raise RuleError(f"{where}: {error}") from error
    return Rule(
        id=f"{path.stem}.{name}",
        type=path.stem,
        patterns=patterns,
        inside=tuple(body.get("inside", ())),
        self_role=body.get("self"),
        fill=dict(body.get("fill", {})),
        also=dict(body.get("also", {})),
        apart=dict(body.get("apart", {})),
        copy=dict(body.get("copy", {})),
        pairs=tuple(body.get("pairs", ())),
        join=tuple(body.get("join", ())),
        goods=tuple(body.get("goods", ())),
        says=says,
        somewhere=somewhere,
        named=tuple(body.get("named", ())),
        state=bool(body.get("state")),
        helpers=bool(body.get("helpers")),
        set={role: tuple(map(str, values)) for role, values in body.get("set", {}).items()},
        unless=unless,
        unless_next=unless_next,
        unless_before=unless_before,
        needs_before=needs_before,
        modality=body.get("modality"),
        confidence=float(body.get("confidence", 0.8)),
        measured=_measured(f"{path.stem}.{name}", path.stem, float(body.get("confidence", 0.8))),
        check=body.get("check"),
        likely={role: frozenset(classes) for role, classes in body["likely"].items()}
        if "likely" in body
        else None,
        at_least=float(body.get("at-least", 0.5)),
        undated=bool(body.get("undated")),
        right=tuple(body["right"]),
        wrong=tuple(body["wrong"]),
    )
