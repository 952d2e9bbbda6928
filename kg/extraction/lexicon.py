"""The word lists of the extractor, read once into the shapes that matching needs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import ahocorasick

from kg.extraction.anaphors import Anaphor, bare_prefixes, in_context
from kg.model import KnownName
from kg.resources import lexicon, load_yaml, uncollected

Automaton = Any  # ahocorasick has no types
_COMPANY_ENDINGS = (
    "司团厂社店行所坊部处区"  # 有限公司, 集团 …: of these the name of a place may stand alone before
)


@dataclass(frozen=True, slots=True)
class Head:
    """The last words of a name, and the class they show.

    ``weak`` ones need a proper name before them, ``trade`` ones (物流, 食品) one that is no place.
    """

    text: str
    cls: str
    kind: str | None
    weak: bool
    trade: bool = False


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Everything that the recognisers look up."""

    known: Mapping[str, KnownName]
    names: Automaton  # over ``known``
    heads: Automaton  # over the heads of names; values are Head
    products: Automaton
    good_endings: tuple[str, ...]  # last characters of short nouns that name goods
    not_goods: frozenset[str]
    single_goods: Mapping[str, str]  # goods of one character, with the name that they go by
    deeds: frozenset[str]  # verbs after which these are goods
    not_modifiers: frozenset[str]  # nouns before a good that do not belong to its name
    good_modifiers: frozenset[str]  # words before a good that belong to its name
    single_modifiers: frozenset[str]  # those of one character (白桃)
    wares: Mapping[str, frozenset[str]]  # words around nouns that their place makes goods
    no_ware_endings: tuple[str, ...]  # last characters of nouns that never are
    measures: re.Pattern[str]  # a figure at the end of a text after which a noun is a good
    measure_ends: frozenset[str]  # last characters of such figures
    titles: Automaton  # over heads of job titles and posts
    roles: frozenset[str]  # words for what a person is, that name no post (村民)
    title_prefixes: tuple[str, ...]
    implied_titles: Mapping[str, Mapping[str, str]]
    bare_titles: Mapping[str, str]
    surnames: frozenset[str]
    anaphors: Automaton
    organs: Mapping[str, tuple[str, str]]
    bare_prefixes: Mapping[str, Anaphor]
    not_bare: tuple[str, ...]  # words that begin like a bare unit and are none (市场)
    agreements: Automaton
    kin: Mapping[str, str]  # words for relatives and couples; values are mention classes
    standing: Automaton  # names as they stand: honours and campaign days; values are classes
    agreement_modifiers: frozenset[str]
    counted_agreements: re.Pattern[str]
    teams: re.Pattern[str]
    phrases: Mapping[str, Any]
    of_platforms: tuple[str, ...]  # what follows the name of a platform in one word (天猫|店)
    sets: Mapping[str, frozenset[str]]  # lists of phrases.yaml as sets
    endings: Mapping[str, tuple[str, ...]]  # of names of villages, townships and counties, the longest first
    after_villages: tuple[str, ...]  # what a village has and a person has not: 党支部, 村民
    counted_units: re.Pattern[str]  # units with the number of them: 三县, 5个乡镇
    shared_units: re.Pattern[str]  # lists with their unit after all of them: 莘、冠两县
    generic_endings: tuple[str, ...]  # what closes a word that names no place (小山村)


def automaton(items: Mapping[str, object]) -> Automaton:
    """Return an Aho-Corasick automaton over the keys."""
    built = ahocorasick.Automaton()
    with uncollected():
        for item in items.items():
            built.add_word(item[0], item)
    built.make_automaton()
    return built


def matches(
    built: Automaton, text: str, start: int = 0, end: int | None = None
) -> Iterator[tuple[int, int, Any]]:
    """Yield (start, end, value) of every occurrence of every key in ``text[start:end]``."""
    if not len(built):
        return
    for last, (word, value) in built.iter(text, start, len(text) if end is None else end):
        yield last + 1 - len(word), last + 1, value


def longest(found: Iterable[tuple[int, int, Any]]) -> list[tuple[int, int, Any]]:
    """Keep the leftmost-longest of overlapping occurrences, in order."""
    kept: list[tuple[int, int, Any]] = []
    for item in sorted(found, key=lambda m: (m[0], -m[1])):
        if not kept or item[0] >= kept[-1][1]:
            kept.append(item)
    return kept


def alternation(words: Iterable[str]) -> str:
    """Return a regular expression of words, the longer first, so that none hides another."""
    return "|".join(sorted(map(re.escape, words), key=lambda word: (-len(word), word)))


def load(known: Mapping[str, KnownName]) -> Lexicon:
    """Read the word lists and join them with the names of gazetteer and registry."""
    titles = _yaml("job_titles.yaml")
    anaphors = _yaml("anaphors.yaml")
    agreements = _yaml("agreements.yaml")
    heads = _yaml("organisation_heads.yaml")
    phrases = _yaml("phrases.yaml")
    title_words = (
        {word for group in titles["heads"].values() for word in group}
        | set(titles["implied"])
        | set(titles["roles"])
    )
    title_words -= set(phrases["not_titles"])
    title_words |= set(phrases["jobs_before_names"])
    prefixes = [*titles["prefixes"], *titles["domains"]]
    wares = {key: frozenset(map(str, words)) for key, words in _yaml("products.yaml")["wares"].items()}
    return Lexicon(
        known=known,
        names=automaton(known),
        heads=automaton(_heads(heads, phrases)),
        products=automaton(_products(_yaml("products.yaml"))),
        good_endings=tuple(map(str, _yaml("products.yaml")["endings"])),
        not_goods=frozenset(
            str(word)
            for key in ("ending_not", "not_products", "bare")
            for word in _yaml("products.yaml")[key]
        ),
        single_goods=dict(_yaml("products.yaml")["single"]),
        deeds=frozenset(map(str, _yaml("products.yaml")["deeds"])),
        not_modifiers=frozenset(map(str, _yaml("products.yaml")["not_modifiers"])),
        good_modifiers=frozenset(
            word for word in map(str, _yaml("products.yaml")["modifiers"]) if len(word) > 1
        ),
        single_modifiers=frozenset(
            word for word in map(str, _yaml("products.yaml")["modifiers"]) if len(word) == 1
        ),
        wares=wares,
        no_ware_endings=tuple(sorted(wares["not_ends"])),
        measures=_measures(wares["units"]),
        measure_ends=frozenset({unit[-1] for unit in wares["units"]} | set("多余的")),
        titles=automaton(dict.fromkeys(sorted(title_words))) if title_words else automaton({}),
        roles=frozenset(map(str, titles["roles"])),
        title_prefixes=tuple(sorted(set(prefixes), key=lambda word: (-len(word), word))),
        implied_titles=titles["implied"],
        bare_titles=titles["bare_heads"],
        surnames=frozenset(_lines("surnames.txt")),
        anaphors=automaton(in_context(anaphors, phrases["regions"])),
        organs={word: tuple(value) for word, value in heads["bodies"].items()},
        bare_prefixes=bare_prefixes(anaphors),
        not_bare=tuple(map(str, anaphors["organ"]["not_bare"])),
        agreements=automaton(dict.fromkeys([*agreements["heads"], *agreements["names"]])),
        kin=_kin(_yaml("kinship.yaml")),
        standing=automaton(_standing(phrases, heads)),
        agreement_modifiers=frozenset(agreements["modifiers"]),
        counted_agreements=re.compile(agreements["counted"]),
        teams=re.compile(phrases["teams"]),
        phrases=phrases,
        of_platforms=tuple(map(str, phrases["of_platforms"])),
        sets={key: frozenset(value) for key, value in phrases.items() if isinstance(value, list)},
        endings={
            level: tuple(sorted(phrases[f"{level}_endings"], key=lambda word: (-len(word), word)))
            for level in ("village", "township", "county")
        },
        after_villages=tuple(phrases["after_villages"]),
        shared_units=_shared_units(phrases),
        generic_endings=tuple(
            word for word in phrases["generic_places"] if len(word) > 2 or word in phrases["generic_endings"]
        ),
        counted_units=re.compile(rf"(?:{_either(phrases['unit_numbers'])})(?:{_either(phrases['units'])})$"),
    )


def _measures(units: Iterable[str]) -> re.Pattern[str]:
    """Return a pattern of a figure with one of these units at the end of a text."""
    return re.compile(rf"[\d一二三四五六七八九十百千万亿余多两几半]\s*(?:{_either(units)})(?:多|余)?的?$")


def _shared_units(phrases: Mapping[str, Any]) -> re.Pattern[str]:
    """Return a pattern of lists whose groups are the items and the unit after all of them."""
    numbers, units = _either(phrases["unit_numbers"]), _either([*phrases["units"], *phrases["village_units"]])
    item, kinds = "[一-鿿]", _either(phrases["unit_kinds"])
    return re.compile(
        rf"({item}{{1,16}}?(?:、{item}{{1,6}})*[、和与及]{item}{{1,6}}?)"
        rf"(?:等|等?(?:{numbers}|\d+个?))(?:{kinds}){{0,3}}({units})"
    )


def _either(words: Iterable[str]) -> str:
    """Return a pattern of any of some words, the longest first."""
    return "|".join(sorted(map(re.escape, words), key=lambda word: (-len(word), word)))


@cache
def _yaml(name: str) -> Any:
    return load_yaml(lexicon(name))


def _lines(name: str) -> Iterator[str]:
    for line in lexicon(name).read_text("utf-8").split("\n"):
        if line and not line.startswith("#"):
            yield line.split("\t")[0]


def _flat(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for inner in value.values():
            yield from _flat(inner)
    elif isinstance(value, list):
        yield from map(str, value)


def _heads(data: Mapping[str, Any], phrases: Mapping[str, Any]) -> dict[str, Head]:
    """Return heads by their text; a head of two classes goes to the last of these."""
    found: dict[str, Head] = {}
    loose = set(phrases["loose_heads"])
    for cls in ("Designation", "Event", "Report", "Policy", "Programme", "Facility", "Organization"):
        weak = set(map(str, data["weak"].get(cls, ())))
        groups = data[cls] if isinstance(data[cls], dict) else {"": data[cls]}
        for kind, words in groups.items():
            if kind in ("shape", "days"):
                continue
            for word in words:
                trade = (kind == "company" and str(word)[-1] not in _COMPANY_ENDINGS) or str(word) in loose
                found[str(word)] = Head(str(word), cls, kind, word in weak, trade)
        for word in weak - set(_flat(data[cls])):
            found.setdefault(str(word), Head(str(word), cls, None, True))
    for word, (_, kind) in data["bodies"].items():
        found.setdefault(str(word), Head(str(word), "Organization", kind, False))
    for word in data["platform_heads"]:
        found.setdefault(str(word), Head(str(word), "Platform", None, True))
    platforms, programmes = tuple(phrases["platform_endings"]), set(phrases["programme_heads"])
    return {
        word: head
        for word, head in found.items()
        if (head.cls != "Platform" or word.endswith(platforms))
        and (head.cls != "Programme" or word in programmes)
    }


def _kin(data: Mapping[str, Any]) -> dict[str, str]:
    pairs = dict.fromkeys(_flat(data["pairs"]), "Couple")
    return {**dict.fromkeys((word for word in _flat(data["relations"]) if len(word) > 1), "Kin"), **pairs}


def _standing(phrases: Mapping[str, Any], heads: Mapping[str, Any]) -> dict[str, str]:
    days = (str(word) for word in heads["Event"].get("days", ()))
    programmes = dict.fromkeys(map(str, phrases["standing_programmes"]), "Programme")
    honours = dict.fromkeys(map(str, phrases["standing"]), "Designation")
    return {**dict.fromkeys(days, "Event"), **programmes, **honours}


def _products(data: Mapping[str, Any]) -> dict[str, str | None]:
    """Return the kind of each good; None marks words that contain one and are none (苹果手机)."""
    found: dict[str, str | None] = dict.fromkeys(map(str, data["not_products"]))
    weak = set(map(str, data["weak"]))
    found.update((str(noun), "generic") for noun in data["generic"])
    for kind, entry in data["kinds"].items():
        for noun in map(str, entry["nouns"]):
            if len(noun) > 1:
                found[noun] = f"weak {kind}" if noun in weak else kind
    found.update((str(noun), "weak everyday") for noun in data["everyday"])
    return found
