"""Whether a stretch of a name was coined for it, or sees a proper name inside: 云山 in 云山花卉."""

from __future__ import annotations

from kg.extraction.lexicon import Lexicon, matches
from kg.extraction.sentences import Sentence

_CORE = (2, 4)  # characters
_NAME_LABELS = frozenset({"PERSON", "GPE", "ORG", "LOC", "FAC", "PRODUCT", "NORP", "WORK_OF_ART"})
_PROPER_TAGS = frozenset({"nz", "PER", "LOC", "ORG", "nw"})


def is_coined(text: str, lexicon: Lexicon) -> bool:
    """Whether what opens a name is no common word, so that it was coined for it (云山|花卉)."""
    common = ("generic_words", "inner_verbs", "trades", "portfolios")
    return len(text) > 1 and not any(
        text.startswith(word) for key in common for word in lexicon.sets[key] if len(word) > 1
    )


def core(name: str, lexicon: Lexicon) -> str | None:
    """Return what was coined in a firm's full name, without place, trade and form (沛县|青禾|食品|有限公司)."""
    rest = next(
        (name.removesuffix(form) for form in lexicon.phrases["legal_forms"] if name.endswith(form)), name
    )
    if rest == name:
        return None
    while len(short := _without_place(rest, lexicon)) < len(rest) and len(short) > 1:
        rest = short
    trades = [
        w for key in ("trades", "generic_words", "inner_verbs") for w in lexicon.sets[key] if len(w) > 1
    ]
    while end := max((w for w in trades if rest.endswith(w)), key=len, default=""):
        rest = rest.removesuffix(end)
    known = rest in lexicon.known or rest in lexicon.sets["no_cores"]
    return rest if _CORE[0] <= len(rest) <= _CORE[1] and not known and is_coined(rest, lexicon) else None


def has_proper_word(
    sentence: Sentence, start: int, end: int, lexicon: Lexicon, places: bool = True, reach: int = 0
) -> bool:
    """Whether the pipeline sees a name, or the rest of one, between two offsets.

    A word that reaches beyond ``end`` is the whole phrase and tells nothing of its parts, unless it is a body that
    the head takes further (云山小镇电商|公共服务中心, of which 电商 belongs to the head). Without
    ``places`` the name of a place does not count. ``reach`` is where the head ends.
    """
    for word in sentence.words:
        further = word.label == "ORG" and word.start == start and start + 2 <= end < word.end < reach
        bare = sentence.document.startswith(tuple(lexicon.bare_prefixes), start)
        if further and not bare and is_coined(sentence.document[start:end], lexicon):
            return True
        if word.end <= start or word.start >= end or word.end > end:
            continue
        named = word.label in _NAME_LABELS or word.tag in _PROPER_TAGS
        rest = word.text[max(start - word.start, 0) :]
        if not places and not is_coined(_without_place(rest, lexicon), lexicon):
            continue  # 沂水县直播|电商: what the trade of a place does, no firm
        if not places and (word.text in lexicon.known or word.text[-1] in "省市县区旗州镇乡村"):
            continue
        if named and len(rest) > 1 and rest not in lexicon.sets["generic_places"]:
            return True
    return False


def _without_place(text: str, lexicon: Lexicon) -> str:
    """Return a text without the known place that it begins with."""
    ends = (end for start, end, known in matches(lexicon.names, text) if start == 0 and known.cls == "Place")
    return text[max(ends, default=0) :]


def is_founded(sentence: Sentence, left: int, stem: str, lexicon: Lexicon) -> bool:
    """Whether a verb of founding or a word for a firm makes a firm's name of trade and stem (办起|青禾|服饰)."""
    before = sentence.document[max(sentence.start, left - 4) : left].rstrip("了过")
    told = before.endswith((*lexicon.sets["founding"], *lexicon.sets["firm_nouns"]))
    known = any(k.cls != "Place" for _, _, k in matches(lexicon.names, stem))
    return told and not known and "“" not in stem and is_coined(_without_place(stem, lexicon), lexicon)


def is_held(sentence: Sentence, left: int, start: int, end: int, lexicon: Lexicon) -> bool:
    """Whether what stands around a phrase makes an event of it that has no name of its own (办一场|助农|展销会)."""
    words, text = lexicon.phrases["events"], sentence.document
    before = text[max(sentence.start, left - 14) : left]
    told = before.endswith((*words["counted_as"], *words["calling"])) or (
        before.endswith("的") and any(word in before for word in words["counted_as"])
    )
    return start - left > 1 and (told or text.startswith(tuple(words["held_at"]), end))
