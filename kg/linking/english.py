"""English labels: from the data, or composed of pinyin, with the readings that places and surnames have.

Data: ``data/place_readings.tsv`` and ``english.yaml``. Pinyin is written as the names of places and people are in
English: words joined, capitals, no tones (Lu'an).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

from kg.linking import gazetteer, shortenings
from kg.linking.gazetteer import table
from kg.model import Entity
from kg.resources import lexicon, load_yaml

_OPENING, _CLOSING = re.compile(r"\s*[(（]\s*"), re.compile(r"\s*[)）]")
_DOTS = "·•・"
_LONG_WORD = 4  # characters of a head of names that is written as one word
_SHORT = 2  # characters that a name of a place has to stand without its generic word


def labelled(entity: Entity) -> Entity:
    """Return an entity with an English name, or else with its name in pinyin."""
    if entity.cls == "Place":
        english, short = place(entity.name, entity.level or "")
        aliases = {short, *([english] if entity.english else [])} - {entity.english or english, ""}
        return replace(entity, english=entity.english or english, english_aliases=tuple(sorted(aliases)))
    if entity.english:
        return entity
    if entity.cls == "Person" and (name := person(entity.name)):
        return replace(entity, english=name)
    if body := _body(entity.name):
        return replace(entity, english=body)
    return replace(entity, pinyin=phrase(entity.name) or None)


def place(name: str, level: str) -> tuple[str, str]:
    """Return the English name of a place with its generic word, and without ("" where it needs it)."""
    stem, generic, groups = _parts(name, level)
    reading = _readings().get(name) or _readings().get(stem) or ""
    if reading.startswith("=="):
        whole, _, short = reading[2:].partition("|")
        return whole, short
    if len(stem) < _SHORT and generic:  # 单县 is Shan County; Shan alone says too little
        word = joined((reading.split() or _syllables(name))[: len(stem)])
        return f"{word} {generic}", joined(reading.split() or _syllables(name))
    word = _word(stem)
    return " ".join(filter(None, (word, *groups, generic))), word if generic else ""


def person(name: str) -> str:
    """Return surname and given name (Chen Lei); "" for a name that does not open with a Han surname."""
    if any(dot in name for dot in _DOTS) or not 1 < len(name) <= 4:
        return ""
    surname = next((name[:n] for n in (2, 1) if name[:n] in _surnames() and len(name) > n), "")
    if not surname:
        return ""
    special: Mapping[str, str] = _data()["surnames"]
    read = special[surname].split() if surname in special else _syllables(name)[: len(surname)]
    return f"{joined(read)} {joined(_syllables(name[len(surname) :]))}"


def phrase(name: str) -> str:
    """Return a name in pinyin, a capital word for each word that the word lists know in it."""
    codes = gazetteer.names()
    parts: list[str] = []
    for part in _words(name):
        if part not in codes:
            parts.append(joined(_syllables(part)))
            continue
        stem = gazetteer.short_form(part, gazetteer.divisions()[codes[part][0]].level) or part
        parts += [_word(stem, spelled=True), joined(_syllables(part.removeprefix(stem)))]
    spaced = _CLOSING.sub(") ", _OPENING.sub(" (", " ".join(parts)))
    return " ".join(spaced.split())


def joined(syllables: Sequence[str]) -> str:
    """Return syllables as one word, with an apostrophe where one begins with a vowel (Xi'an)."""
    word = ""
    for syllable in syllables:
        apart = word and word[-1].isalpha() and syllable[:1] in ("a", "o", "e")
        word += ("'" if apart else "") + syllable
    return word[:1].upper() + word[1:]


def _parts(name: str, level: str) -> tuple[str, str, list[str]]:
    """Return the stem of a place's name, the word for its ending, and those for ethnic groups in it."""
    endings: Mapping[str, str] = _data()["endings"].get(level, {})
    for ending in sorted(endings, key=len, reverse=True):
        stem = name.removesuffix(ending)
        if stem and stem != name:
            grouped = ending.startswith(("自治", "民族")) or stem.endswith("族")
            stem, groups = _without_groups(stem) if grouped else (stem, [])
            return stem, endings[ending], groups
    return name, "", []


def _without_groups(stem: str) -> tuple[str, list[str]]:
    groups: Mapping[str, str] = _data()["groups"]
    found: list[str] = []
    while True:
        people = (form for g in groups for form in (g + "族", g) if form.endswith("族") or len(g) > 1)
        group = next((form for form in people if stem.endswith(form) and len(stem) > len(form)), None)
        if group is None:
            return stem, found
        found.insert(0, groups[group.removesuffix("族")])
        stem = stem.removesuffix(group)


def _word(stem: str, spelled: bool = False) -> str:
    """Return the name of a place without its ending as one word; what opens it may have a reading of its own.

    ``spelled`` is for pinyin where the English name is none (Hohhot). A unit may have the name of its people.
    """
    readings = _spelled() if spelled else _readings()
    if (people := stem.removesuffix("族")) in _data()["groups"] and len(people) > 1 and not spelled:
        return str(_data()["groups"][people])
    for length in range(len(stem), 0, -1):
        reading = readings.get(stem[:length], "")
        if reading and not reading.startswith("==") and (length > 1 or length == len(stem)):
            if reading.startswith("="):
                rest = joined(_syllables(stem[length:]))
                return f"{reading[1:]} {rest}".strip()
            return joined([*reading.split(), *_syllables(stem[length:])])
    read = _syllables(stem)
    if len(read) == len(stem):
        read = [readings.get(char, syllable) for char, syllable in zip(stem, read, strict=True)]
    return joined(read)


def _body(name: str) -> str:
    """Return the English name of a body of a place (许昌市商务局); "" where its parts are not known."""
    codes = gazetteer.names()
    for length in range(len(name) - 1, 1, -1):
        if name[:length] not in codes:
            continue
        division = gazetteer.divisions()[codes[name[:length]][0]]
        english = division.english or place(division.name, division.level)[0]
        rest = name[length:]
        if organ := _data()["organs"].get(rest):
            return f"{english} {organ}"
        party = _data()["party"]
        if rest in party["endings"]:
            return f"{party['before']} {english} {party['after']}"
    return ""


def _syllables(text: str) -> list[str]:
    from pypinyin import Style, pinyin  # slow to load, and nothing else of this stage needs it

    return [
        form for (form, *_) in pinyin(unicodedata.normalize("NFKC", text), style=Style.NORMAL, v_to_u=True)
    ]


def _words(name: str) -> list[str]:
    """Cut a name into words: the longest that the lists know, and what stands between them."""
    known = _vocabulary()
    found: list[str] = []
    loose = ""
    at = 0
    while at < len(name):
        length = next((n for n in range(min(8, len(name) - at), 1, -1) if name[at : at + n] in known), 0)
        if length:
            found += [*filter(None, [loose]), name[at : at + length]]
            loose, at = "", at + length
        else:
            loose, at = loose + name[at], at + 1
    return [*found, *filter(None, [loose])]


@cache
def _vocabulary() -> frozenset[str]:
    nouns = (kind["nouns"] for kind in load_yaml(lexicon("products.yaml"))["kinds"].values())
    heads = (
        str(head)
        for lists in load_yaml(lexicon("organisation_heads.yaml")).values()
        if isinstance(lists, dict)
        for group in lists.values()
        for head in group
    )
    short = (head for head in heads if len(head) <= _LONG_WORD)
    return frozenset(
        {*shortenings.trade_words(), *gazetteer.names(), *(str(n) for ns in nouns for n in ns), *short}
    )


@cache
def _readings() -> dict[str, str]:
    return {name: reading for name, reading in table("place_readings.tsv")}


@cache
def _spelled() -> dict[str, str]:
    return {name: reading for name, reading in _readings().items() if not reading.startswith("=")}


@cache
def _data() -> Mapping[str, Any]:
    return load_yaml(Path(__file__).with_name("english.yaml"))


@cache
def _surnames() -> frozenset[str]:
    lines: Iterable[str] = lexicon("surnames.txt").read_text("utf-8").split("\n")
    listed = {line.split("\t")[0] for line in lines if line and not line.startswith("#")}
    return frozenset(listed | _data()["surnames"].keys())
