"""The shape of the names of villages and townships that no list has."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from kg.extraction.lexicon import Lexicon, matches
from kg.extraction.sentences import Sentence, Word
from kg.model import KnownName

_NO_NAME = (
    "，。、；：！？的了在是和与及或对从把被为有这那该各每个位名所其等,.!?;: 　“”‘’《》（）()—－0123456789"
)


def is_generic(name: str, lexicon: Lexicon) -> bool:
    """Whether a name only says what kind of place it is, or how many (小山村, 美丽乡村, 成武三县)."""
    if lexicon.counted_units.search(name):
        return True
    if any(len(name) - len(kind) > 1 and name.endswith(kind) for kind in lexicon.sets["kinds_of_villages"]):
        return False  # 上坑自然村
    if name[:-1] in lexicon.sets["generic_places"] or name[:-1] in lexicon.sets["regions"]:
        return True  # 苏北县
    return name in lexicon.sets["generic_places"] or name.endswith(lexicon.generic_endings)


def splits_word(text: str, start: int, lexicon: Lexicon) -> bool:
    """Whether the first character of a name closes the name of a trade before it (电商|州县)."""
    trades = lexicon.sets["trades"]
    return any(text[start + 1 - length : start + 1] in trades for length in (2, 3, 4) if start >= length - 1)


def is_field(sentence: Sentence, start: int, end: int, lexicon: Lexicon) -> bool:
    """Whether these characters say what an office sees to (农业农村|局): its name goes on after them."""
    text, fields = sentence.document, lexicon.sets["portfolios"]
    reach = matches(lexicon.heads, text, start, min(end + 16, sentence.end))
    if any(s == start and e > end and head.cls == "Organization" for s, e, head in reach):
        return True
    at = start
    while at < end:
        step = max((len(word) for word in fields if text.startswith(word, at, end)), default=0)
        if not step:
            return False
        at += step
    return True


@cache
def pattern(endings: tuple[str, ...]) -> re.Pattern[str]:
    """Return a pattern of a name with one of these endings, the shortest that could end here."""
    ending = "|".join(map(re.escape, endings))
    return re.compile(rf"[^{_NO_NAME}]{{1,6}}?(?:{ending})(?!{ending}|[委民长里庄头口干园支]|子村)")


# A village as it stands after its township even if its name has a word in it that others do not have (淋和村).
LOOSE = re.compile(
    r"(?:(?![的了等县市镇乡])[一-鿿]){2,6}?(?:村|社区)(?=[，。；、的有是在里民村党]|[果茶菜瓜花]农|$)"
)


def words_of(sentence: Sentence, start: int, end: int) -> Iterator[Word]:
    return (word for word in sentence.words if word.start < end and word.end > start)


def is_chain(text: str, lexicon: Lexicon) -> bool:
    """Whether a name opens with a larger place: one with its unit, or one before another that is known."""
    known = [(s, e, k) for s, e, k in matches(lexicon.names, text) if k.cls == "Place"]
    return any(
        e < len(text) and (text[e - 1] in "省市县区旗镇乡" or k.level == "township" or _opens(known, e))
        for s, e, k in known
        if s == 0
    )


def _opens(known: list[tuple[int, int, KnownName]], start: int) -> bool:
    return any(s == start and e - s > 2 for s, e, _ in known)
