"""How a question may vary from the wording that a .rq file declares, as queries/wording.yaml says."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import re2

from kg.resources import load_yaml

MARKS = " \t\r\n,.;:!?。、\"'“”‘’…"
_GAP = f"[\\s{re.escape(MARKS)}]"
# A hole for a parameter, a space, one Chinese character, or a run of other ones.
_PIECE = re.compile(r"\{(?P<hole>\w+)\}|(?P<gap> )|(?P<wide>[\u2e80-\u9fff])|(?P<word>[^ {}\u2e80-\u9fff]+)")


@dataclass(frozen=True)
class Variations:
    """What wording.yaml allows. ``same`` leads from the first word of each line to all words of the line."""

    openings: Sequence[str] = ()
    particles: Sequence[str] = ()
    before_names: Sequence[str] = ()
    after_names: Sequence[str] = ()
    same: Mapping[str, Sequence[str]] = field(default_factory=dict)

    def characters(self, text: str) -> list[list[frozenset[str]]]:
        """Return, for each piece of a wording, the characters of each of its forms, in lower case."""
        return [
            [
                frozenset(re.sub(_GAP, "", unicodedata.normalize("NFKC", form).lower()))
                for form in self.same.get(piece, [piece])
            ]
            for piece in self.split(text)
        ]

    def split(self, text: str) -> Iterator[str]:
        """Yield a text in pieces, each either a word that has others to stand for it or without such words."""
        words = sorted(self.same, key=lambda word: (-len(word), word))
        alternatives = "|".join(
            rf"(?<![A-Za-z]){re.escape(word)}(?![A-Za-z])" if word.isascii() else re.escape(word)
            for word in words
        )
        yield from filter(None, re.split(f"({alternatives})", text) if words else [text])

    def shorter(self, name: str) -> Iterator[str]:
        """Yield a name without what may stand before it and after it in a question, the least cut first."""
        openings = ["", *(f"{word} " for word in self.before_names)]
        endings = ["", *self.after_names]
        for ending in sorted(endings, key=len):
            for opening in openings:
                if (opening or ending) and name.lower().startswith(opening) and name.endswith(ending):
                    cut = name[len(opening) : len(name) - len(ending)].strip(MARKS)
                    if cut:
                        yield cut


def variations(path: Path) -> Variations:
    """Read wording.yaml; where there is none, nothing but marks and spaces may vary."""
    if not path.exists():
        return Variations()
    data = load_yaml(path)
    return Variations(
        tuple(data["openings"]),
        tuple(data["particles"]),
        tuple(data["before_names"]),
        tuple(data["after_names"]),
        {line[0]: tuple(dict.fromkeys(line)) for line in data["same"]},
    )


@dataclass(frozen=True, slots=True)
class Question:
    """A question as patterns see it: NFKC, and one space for every run of marks and spaces."""

    original: str
    folded: str
    starts: Sequence[int]  # where each folded character, and the end, stands in ``original``

    def said(self, start: int, end: int) -> str:
        """Return the original behind a span of the folded question, without marks around it."""
        return self.original[self.starts[start] : self.starts[end]].strip(MARKS)


def fold(text: str) -> Question:
    """Return a text in the form that patterns match."""
    original = unicodedata.normalize("NFKC", text)
    folded: list[str] = []
    starts: list[int] = []
    for match in re.finditer(rf"{_GAP}+|.", original, re.S):
        folded.append(" " if re.match(_GAP, match[0]) else match[0])
        starts.append(match.start())
    return Question(original, "".join(folded), [*starts, len(original)])


def pattern(wording: str, allowed: Variations) -> Any:
    """Return a compiled expression for the folded questions that a wording stands for.

    Marks and spaces may differ; up to two particles may be put in, and an opening before; words may be changed for
    others of their line. Each {parameter} is a named group. RE2 compiles it fast and matches in linear time.
    """
    options = re2.Options()
    options.case_sensitive = False
    options.log_errors = False
    return re2.compile(_source(wording, allowed), options)


def _source(wording: str, allowed: Variations) -> str:
    particles = f"(?:{_any(allowed.particles)} ?){{0,2}}" if allowed.particles else ""
    pieces = []
    for piece in allowed.split(fold(wording).folded.strip()):
        if piece in allowed.same:
            forms = sorted((fold(f).folded for f in allowed.same[piece]), key=lambda form: (-len(form), form))
            pieces.append("(?:" + "|".join(_literal(form, particles) for form in forms) + ")")
        else:
            pieces.append(_literal(piece, particles))
    opening = f"(?:{_any(allowed.openings)} ?)?" if allowed.openings else ""
    return f" ?{opening}{''.join(pieces)} ?"


def _literal(text: str, particles: str) -> str:
    pieces = []
    for match in _PIECE.finditer(text):
        if match["hole"]:
            pieces.append(f"(?P<{match['hole']}>.+?)")
        elif match["gap"]:
            pieces.append(" ")
        elif match["word"]:
            pieces.append(re.escape(match["word"]))
        else:
            pieces.append(f"{match['wide']} ?{particles}")
    return "".join(pieces)


def _any(words: Sequence[str]) -> str:
    return "(?:" + "|".join(map(re.escape, sorted(words, key=lambda word: (-len(word), word)))) + ")"
