"""No sentence makes a rule slow: RE2 is linear, and so must be what the rules ask of it."""

from __future__ import annotations

import random
import time

import pytest

from kg.extraction.rules import load, vocabulary

LENGTH = 8_000
LIMIT = 0.050  # seconds for one search; the slowest rule takes about a fifth of it
RULES = [rule for file in load() for rule in file.rules]


def adversaries() -> dict[str, str]:
    """Return long sentences that begin every pattern again and again, and finish few."""
    chance = random.Random(20210615)
    words = [word for entries in vocabulary().words.values() for word in entries]
    symbols = [vocabulary().symbol(cls) for cls in vocabulary().classes]
    place, body, moment = (vocabulary().symbol(cls) for cls in ("Place", "Organization", "Time"))

    def again(*pieces: str) -> str:
        text = "".join(pieces)
        return (text * (LENGTH // len(text) + 1))[:LENGTH]

    def drawn(choices: list[str]) -> str:
        return "".join(chance.choice(choices) for _ in range(LENGTH))[:LENGTH]

    return {
        "every class in turn": again(*symbols),
        "one body, no marks": again(body),
        "a list of places": again(place, "、"),
        "one character": again("的"),
        "clauses that begin alike": again(body, "在一二三", moment, "，"),
        "trigger words": drawn(words),
        "trigger words among mentions": drawn(words + symbols * 20),
        "mentions among characters": drawn([*symbols, *"的一是在，、与和被评为"]),
        "the same without clauses": drawn([*symbols, *"的一是在与和被评为签订"]),
    }


ADVERSARIES = adversaries()


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_long_sentences_take_linear_time(rule):
    patterns = [*rule.patterns, *filter(None, (rule.unless, rule.unless_next))]
    slow = {}
    for kind, text in ADVERSARIES.items():
        for number, pattern in enumerate(patterns):
            # The best of three: other work on the machine is not the rule's fault.
            best = min(_seconds(pattern, text) for _ in range(3))
            if best > LIMIT:
                slow[kind, number] = f"{best * 1000:.0f} ms"
    assert not slow


def _seconds(pattern, text: str) -> float:
    start = time.process_time()
    pattern.regex.search(f"\n{text}\n")
    return time.process_time() - start


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("a list of places", "睢宁县、沛县、丰县、" * 600),
        ("places without marks", "睢宁县" * 2000),
        ("quotation marks", "“示范县”、" * 1200),
        ("open brackets", "《“（" * 2000),
        ("digits", "2021年1" * 1000),
        ("companies", "青禾公司与" * 1200),
        ("one word", "合作" * 3000),
    ],
)
def test_a_long_hostile_article_is_read_in_time(read, kind, text):
    start = time.process_time()
    read(text)
    assert time.process_time() - start < 4, kind
