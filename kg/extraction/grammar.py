"""The rule language: patterns over typed mentions, tags and trigger words, compiled to RE2.

A sentence is first turned into a *skeleton* (see ``skeleton.py``): every mention becomes one private-use character
that stands for its class, every other character stays as it is. A pattern is a line of elements separated by blanks:

==================  ==============================================================================
``签订``            these characters
``(与|和|同)``      alternatives, of any elements; ``?`` after a group, word or mention: may be absent
``@signed``         one of the words of that set in ``rules/_words.yaml``
``kind:@signed``    the same, the word itself filling a role
``Place``           a mention of a class, or of a group of classes (``Actor``, see ``_classes.yaml``)
``partner:Actor``   the same, filling a role
``partner:Actor+``  one or more mentions, coordinated (A、B和C) or side by side (某县某公司), each with its
                    seat or kind before it (甲市的网红机构乙) and an aside in brackets, or named as the
                    owner of another (甲平台的东家乙公司), and summed up behind (甲、乙、丙三家平台)
``entity:Place&``   the same, but each joined to the one before by 、 or a conjunction
``<VERB>``          a word with that universal tag
``..``              a gap of up to 12 characters within the clause that jumps over no actor but who
                    helps or looks on (在甲见证下)
``..25``            the same with another bound, below 1,000
``...``             a gap of up to 60 characters within the sentence, over anything
``,``               one mark that ends a clause (，：；) or joins a list (、)
``^``               the start of the sentence or of a clause
``$``               the end of a clause or of the sentence
==================  ==============================================================================

Before and after the skeleton stands a line break, so that ``^`` and ``$`` match there too.
RE2 matches in time linear in the sentence, whatever the pattern.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import re2

CLASS_BASE = 0xE000  # private use: one character per mention class
TAG_BASE = 0xE200  # private use: one character per universal tag, before each word that has it

SENTENCE_END = "。！？!?\n"
CLAUSE_END = "，,：:；;" + SENTENCE_END
_MAY_BE_UNNAMED = ("Facility", "Organization")
_GAP = 12
_WIDE_GAP = 60
_ASIDE = 24  # characters between brackets after a name

TOKEN = re.compile(
    r"\s*(?:(?P<gap>\.{3}|\.\.(?P<bound>\d{1,3})?(?!\d))|(?:(?P<wordrole>[a-z]+):)?(?P<words>@[a-z-]+)|<(?P<tag>[A-Z]+)>"
    r"|(?:(?P<role>[a-z]+):)?(?P<cls>[A-Z][A-Za-z]+)(?P<list>[+&])?"
    r"|(?P<open>\()|(?P<close>\))|(?P<bar>\|)|(?P<optional>\?)|(?P<start>\^)|(?P<end>\$)|(?P<comma>,)"
    r"|(?P<text>[^\s()|?^$,@<>:.A-Za-z+&]+|[A-Za-z0-9]+))"
)


class PatternError(ValueError):
    """A pattern that cannot be read; the message says where and why."""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The names that patterns may use: mention classes, groups of classes, word sets."""

    classes: tuple[str, ...]
    groups: Mapping[str, tuple[str, ...]]
    words: Mapping[str, tuple[str, ...]]
    tags: tuple[str, ...]

    def symbol(self, cls: str) -> str:
        """Return the character that stands for a mention class in a skeleton."""
        return chr(CLASS_BASE + self.classes.index(cls))

    def tag_symbol(self, tag: str) -> str:
        return chr(TAG_BASE + self.tags.index(tag))

    def members(self, name: str) -> tuple[str, ...]:
        """Return the classes that a class or group name stands for. Raises PatternError."""
        if name in self.groups:
            return self.groups[name]
        if name in self.classes:
            unnamed = name in _MAY_BE_UNNAMED and "Unnamed" in self.classes
            return (name, "Unnamed") if unnamed else (name,)
        raise PatternError(f"no mention class or group {name!r}")


@dataclass(frozen=True, slots=True)
class Pattern:
    """A pattern in the syntax of RE2. ``roles`` names the role that each capturing group of ``regex`` fills.

    ``needs`` are sets of characters; a text without one character of each cannot match, which is cheaper to see.
    """

    expression: str
    roles: tuple[str, ...]
    source: str
    needs: tuple[frozenset[str], ...] = ()

    @property
    def regex(self) -> Any:  # re2 has no types
        """The compiled expression, made when it is first asked for: few texts need every pattern."""
        return _compiled(self.expression)

    def possible(self, characters: frozenset[str]) -> bool:
        """Whether a text of these characters may match."""
        return not any(need.isdisjoint(characters) for need in self.needs)


def compile_pattern(source: str, vocabulary: Vocabulary) -> Pattern:
    """Read one pattern. Raises PatternError with the place in the pattern."""
    roles: list[str] = []
    parts: list[str] = []
    position, depth = 0, 0
    last_atom = -1  # index in parts of the element that a following "?" makes optional
    open_at: list[int] = []
    needs: list[list[list[frozenset[str]]]] = [[[]]]  # by bracket, by alternative: what must stand there
    source = source.rstrip()
    while position < len(source):
        token = TOKEN.match(source, position)
        if not token or token.end() == position:
            raise PatternError(f"cannot read {source[position:]!r} in {source!r}")
        position = token.end()
        if token["open"]:
            open_at.append(len(parts))
            needs.append([[]])
            parts.append("(?:")
            depth += 1
            last_atom = -1
            continue
        if token["close"]:
            if not depth:
                raise PatternError(f"a bracket too many in {source!r}")
            depth -= 1
            last_atom = open_at.pop()
            needs[-2][-1].append(_any_of(needs.pop()))
            parts.append(")")
            continue
        if token["bar"]:
            parts.append("|")
            needs[-1].append([])
            last_atom = -1
            continue
        if token["optional"]:
            if last_atom < 0:
                raise PatternError(f"nothing before ? in {source!r}")
            parts[last_atom] = "(?:" + parts[last_atom]
            parts.append(")?")
            needs[-1][-1][-1] = frozenset()
            continue
        last_atom = len(parts)
        parts.append(_element(token, vocabulary, roles))
        needs[-1][-1].append(_characters(token, vocabulary))
    if depth:
        raise PatternError(f"a bracket is not closed in {source!r}")
    alternatives = [[need for need in branch if need] for branch in needs[0]]
    certain = alternatives[0] if len(alternatives) == 1 else [_any_of(needs[0])]
    needed = tuple(sorted({n for n in certain if n}, key=len))
    return Pattern("".join(parts), tuple(roles), source, needed)


@cache
def _compiled(expression: str) -> Any:
    options = re2.Options()
    options.log_errors = False
    options.max_mem = 12 << 20
    return re2.compile(expression, options)


def _any_of(alternatives: Sequence[Sequence[frozenset[str]]]) -> frozenset[str]:
    """Return characters of which one must stand where any of the alternatives does; none if nothing must."""
    rarest = [min((need for need in branch if need), key=len, default=frozenset()) for branch in alternatives]
    return frozenset().union(*rarest) if all(rarest) else frozenset()


def _characters(token: re.Match[str], vocabulary: Vocabulary) -> frozenset[str]:
    """Return characters of which one must stand where an element does; none if nothing must."""
    if token["words"]:
        return frozenset(word[:1] for word in vocabulary.words[token["words"][1:]])  # "" for an empty word
    if token["tag"]:
        return frozenset(vocabulary.tag_symbol(token["tag"]))
    if token["cls"]:
        return frozenset(vocabulary.symbol(cls) for cls in vocabulary.members(token["cls"]))
    return frozenset(token["text"][:1]) if token["text"] else frozenset()


def _element(token: re.Match[str], vocabulary: Vocabulary, roles: list[str]) -> str:
    """Return the RE2 source of one element, noting the role it fills."""
    if token["gap"]:
        if token["gap"] == "...":
            return f"[^{SENTENCE_END}]{{0,{_WIDE_GAP}}}?"
        return _narrow_gap(int(token["bound"] or _GAP), vocabulary)
    if token["words"]:
        name = token["words"][1:]
        if name not in vocabulary.words:
            raise PatternError(f"no word set {name!r}")
        words = _alternatives(vocabulary.words[name], vocabulary)
        if token["wordrole"]:
            roles.append(token["wordrole"])
            return f"({words})"
        return words
    if token["tag"]:
        if token["tag"] not in vocabulary.tags:
            raise PatternError(f"the tag {token['tag']!r} is not in rules/_classes.yaml")
        return vocabulary.tag_symbol(token["tag"]) + f"[^{_all_tags(vocabulary)}{_all_classes(vocabulary)}]+"
    if token["cls"]:
        members = vocabulary.members(token["cls"])
        one = "[" + "".join(vocabulary.symbol(cls) for cls in members) + "]"
        body = _coordination(one, token["list"], vocabulary) if token["list"] else one
        if not token["role"]:
            return f"(?:{body})"
        roles.append(token["role"])
        return f"({body})"
    if token["start"]:
        return f"[{CLAUSE_END}“”‘’]{_tag(vocabulary)}"
    if token["end"]:
        return f"[{CLAUSE_END}”]"
    if token["comma"]:
        return f"[{CLAUSE_END[:6]}、]"
    return _literal(token["text"], vocabulary)


def _narrow_gap(bound: int, vocabulary: Vocabulary) -> str:
    """A gap within the clause: over times, figures and words, and over a place only as a setting."""
    actors = "".join(vocabulary.symbol(cls) for cls in vocabulary.members("Actor"))
    plain = f"[^{CLAUSE_END}{actors}]"
    places = "".join(vocabulary.symbol(cls) for cls in vocabulary.members("Setting"))
    setting = f"[在于到赴来从向][{places}]+"
    topic = f"{_alternatives(vocabulary.words['concerning'], vocabulary)}[{_all_classes(vocabulary)}]+"
    helpers = _alternatives(vocabulary.words["helping"], vocabulary)
    helper = f"[在经由于][{actors}]+[^{CLAUSE_END}{actors}]{{0,4}}?{helpers}"
    return f"(?:{setting}|{topic}|{helper}|{plain}){{0,{bound}}}?"


def _coordination(one: str, kind: str, vocabulary: Vocabulary) -> str:
    words = vocabulary.words["and"]
    joiner = _alternatives([w for w in words if kind == "+" or w not in CLAUSE_END], vocabulary)
    if kind == "+":  # 甲平台的东家乙公司; 甲公司（下称“乙”）
        post = vocabulary.symbol("JobTitle") if "JobTitle" in vocabulary.classes else ""
        owners = _alternatives(vocabulary.words["owner"], vocabulary)
        owning = _alternatives(vocabulary.words["owning"], vocabulary)
        owner = f"(?:{one}(?:的{f'(?:{owners}|{post})' if post else owners}|{owning}))?"
        aside = f"(?:[（(][^（）(){SENTENCE_END}]{{1,{_ASIDE}}}[）)])?"
        place = vocabulary.symbol("Place") if "Place" in vocabulary.classes else ""
        within = f"(?:{place}的)?" if place and place in one else ""  # 甲镇的乙村
        figure = vocabulary.symbol("Quantity") if "Quantity" in vocabulary.classes else ""
        goods = vocabulary.symbol("Product") if "Product" in vocabulary.classes else ""
        measured = f"(?:{figure}的?)?" if figure and one == f"[{goods}]" else ""  # 3吨大蒜、5吨土豆
        organisation = "Organization" in vocabulary.classes and vocabulary.symbol("Organization") in one
        where = f"{place}{{0,2}}" if place and place not in one and organisation else ""  # 甲县|乙公司
        attribute = _attribute(vocabulary) if organisation else ""
        figure_and_actors = {"Quantity", "Actors"} <= set(vocabulary.classes)
        one = f"{attribute}{owner}{within}{where}{measured}{one}{aside}"
        if figure_and_actors and organisation:  # 甲、乙、丙三家平台
            summed = f"[{vocabulary.symbol('Actors')}{vocabulary.symbol('Quantity')}]"
            kinds = _alternatives(vocabulary.words["sums"], vocabulary)
            return f"{one}(?:(?:{joiner}?{one})+(?:{summed}{kinds}?)?)?"
    return f"{one}(?:{joiner}{'?' if kind == '+' else ''}{one})*"


def _attribute(vocabulary: Vocabulary) -> str:
    """What may stand before the name of an actor and says which it is: its seat (总部设在甲市的), its kind (网红机构).

    The places and people in it are not meant, see ``matching._items``.
    """
    place, person = (
        vocabulary.symbol(cls) if cls in vocabulary.classes else "" for cls in ("Place", "Person")
    )
    if not place or "calling" not in vocabulary.words:
        return ""
    seat = f"{_alternatives(vocabulary.words['seated'], vocabulary)}{place}{{1,3}}的"
    home = f"{person}所在的{place}{{0,2}}"
    plain = f"[^{CLAUSE_END}、{_all_classes(vocabulary)}]"
    kind = f"(?:{place}{{1,2}}的?)?{plain}{{0,4}}{_alternatives(vocabulary.words['calling'], vocabulary)}"
    return f"(?:{seat}|{home})?(?:{kind})?"


def _alternatives(words: Sequence[str], vocabulary: Vocabulary) -> str:
    ordered = sorted(words, key=lambda word: (-len(word), word))
    return "(?:" + "|".join(_literal(word, vocabulary) for word in ordered) + ")"


def _literal(text: str, vocabulary: Vocabulary) -> str:
    tag = _tag(vocabulary)
    return "".join(tag + re.escape(char) for char in text)


def _tag(vocabulary: Vocabulary) -> str:
    return f"[{_all_tags(vocabulary)}]?" if vocabulary.tags else ""


def _all_tags(vocabulary: Vocabulary) -> str:
    return "".join(map(vocabulary.tag_symbol, vocabulary.tags))


def _all_classes(vocabulary: Vocabulary) -> str:
    return f"{chr(CLASS_BASE)}-{chr(CLASS_BASE + len(vocabulary.classes) - 1)}"
