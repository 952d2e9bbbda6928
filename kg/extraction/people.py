"""People: the pipeline's candidates made whole or turned down, and names it missed beside a post or a relative."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from kg.extraction.lexicon import Lexicon, matches
from kg.extraction.sentences import Sentence, Word
from kg.model import Mention

_HAN_NAME = re.compile(r"[一-鿿]{2,4}(?:[·•][一-鿿]{1,6})*|[一-鿿]{1,6}(?:[·•][一-鿿]{1,6})+")
_HAN = re.compile(r"[一-鿿]")
_LONGER_NAME = re.compile(
    r"[一-鿿]{5,6}"
)  # of several syllables (扎西达瓦次仁), where a post or relative tells
_AFTER_NAME = frozenset({"VERB", "ADV", "PUNCT", "ADP", "PART", "PRON", "CCONJ"})
_NO_NAME_POS = frozenset({"ADV", "PUNCT", "ADP", "PART", "PRON", "CCONJ"})  # no name opens with these
_POINTS = "·•"
_LONGEST = 6  # characters of a name without points
_QUOTED = 8  # characters: a quotation as short is a name or a word, not what somebody says


def persons(sentence: Sentence, lexicon: Lexicon) -> Iterator[Mention]:
    """Yield people: candidates of the pipeline that look like names, and names after a post or a relative.

    A candidate after a word for a firm (茶企某某) is that firm.
    """
    text = sentence.document
    taken = sentence.start
    for index, word in enumerate(sentence.words):
        before = sentence.words[index - 1] if index else None
        if word.start < taken:
            continue
        if word.label == "PERSON":
            if before is not None and before.end == word.start and before.text in lexicon.sets["firm_nouns"]:
                yield Mention("Organization", word.start, word.end, word.text, kind="company")
                continue
            start, end = _whole(sentence, index, lexicon)
            told = before is not None and before.end == word.start and _tells_name(before, lexicon)
            if _is_name(text[start:end], lexicon, told) and not _is_other(
                sentence, start, end, told, lexicon
            ):
                yield Mention("Person", start, end, text[start:end])
                taken = end
        elif before is not None and (ends_post(before, lexicon) or before.text in lexicon.kin):
            mention = _missed(sentence, index, lexicon)
            if mention:
                yield mention
                taken = mention.end


def is_person(sentence: Sentence, start: int, end: int, lexicon: Lexicon) -> bool:
    """Whether characters that are also the name of a platform are a person here: the post before says so."""
    index = sentence.word_at(start)
    if not index or sentence.words[index].label != "PERSON" or sentence.words[index].end != end:
        return False
    return sentence.words[index].start == start and ends_post(sentence.words[index - 1], lexicon)


def ends_post(word: Word, lexicon: Lexicon) -> bool:
    """Whether a word closes a post, after which a name may stand."""
    return _ends_title(word.text, lexicon) and word.text not in lexicon.sets["not_posts"]


def _ends_title(text: str, lexicon: Lexicon) -> bool:
    endings = (text[start:] for start in range(len(text)))
    return any(end in lexicon.titles and end not in lexicon.sets["not_posts"] for end in endings)


def _tells_name(word: Word, lexicon: Lexicon) -> bool:
    """Whether a word says that who follows is a person: a post, a relative, or what a person is."""
    titled = any(end == len(word.text) for _, end, _ in matches(lexicon.titles, word.text))
    return titled or word.text in lexicon.kin or word.text in lexicon.sets["jobs_before_names"]


def _is_name(text: str, lexicon: Lexicon, told: bool = False) -> bool:
    if not (_HAN_NAME.fullmatch(text) or (told and _LONGER_NAME.fullmatch(text))):
        return False
    if told:
        return True
    return text not in lexicon.known and (
        text[0] in lexicon.surnames or text[:2] in lexicon.surnames or len(text) > 2
    )


def _is_other(sentence: Sentence, start: int, end: int, told: bool, lexicon: Lexicon) -> bool:
    """Whether what looks like a name is a post (任组长), a good, a feast, a place or a word in marks."""
    text = sentence.document
    name = text[start:end]
    if name[-1] in lexicon.sets["no_name_ends"] or name in lexicon.sets["no_names"]:
        return True
    if len(name) > 2 and _ends_title(name, lexicon):
        return True
    if told:
        return False
    goods = [(s, e) for s, e, kind in matches(lexicon.products, name) if kind]
    if (0, len(name)) in goods or (len(name) > 2 and any(e == len(name) and e - s > 1 for s, e in goods)):
        return True  # 秋木耳
    if len(name) == 2 and name[0] in lexicon.single_modifiers and name.endswith(lexicon.good_endings):
        return True  # 白桃
    if len(name) > 3 and any(
        (s == 0 and e > 1 and known.cls == "Place" and not known.weak)
        for s, e, known in matches(lexicon.names, name)
    ):
        return True
    if len(name) > 3 and any(
        e == len(name) and head.cls == "Event" for _, e, head in matches(lexicon.heads, name)
    ):
        return True
    closing = text.find("”", end, start + _QUOTED)
    if text[start - 1 : start] == "“" and closing >= 0:
        return True
    return any(text.startswith(unit, end) for unit in lexicon.sets["village_endings"] if len(unit) == 1)


def _whole(sentence: Sentence, index: int, lexicon: Lexicon) -> tuple[int, int]:
    """Return where the name really starts and ends that the pipeline cut too short or too long."""
    words = sentence.words
    word = words[index]
    start, end = word.start, word.end
    first = words[index + 1] if index + 1 < len(words) else None
    second = words[index + 2] if index + 2 < len(words) else None
    before = words[index - 1] if index else None
    if before is not None and before.text in lexicon.sets["name_verbs"]:
        return start, _to_mark(sentence, end)
    if first is None or first.start != end:
        return start, end
    if first.label == "PERSON" and any(point in first.text for point in _POINTS):
        return start, first.end  # one name of which the model made two
    if (
        first.label == "PERSON"
        and len(word.text) == 1
        and word.text in lexicon.surnames
        and len(first.text) < 3
    ):
        return start, first.end  # 向|世奎
    if (
        first.label == "PERSON"
        and len(word.text) == len(first.text) == 2
        and word.text[0] in lexicon.surnames
    ):
        if second is not None and second.tag in ("u", "xc"):
            return start, first.start + 1  # 丁小|山进|了
        return start, end
    if _is_given(word, first, second, before is not None and _tells_name(before, lexicon), lexicon):
        return start, first.end  # 余小|香|管
    if len(first.text) == 1 and second is not None:
        prepositions = first.pos == second.pos == "ADP" and len(word.text) == 2
        speaks = (
            first.pos == "VERB"
            and len(word.text) > 2
            and second.text in lexicon.sets["speech_verbs"]
            and first.text not in lexicon.sets["manner_verbs"]
        )
        if prepositions or speaks:
            return start, first.end  # 丁小|于|在; 多吉次|旦|告诉
    if (
        first.pos == "PUNCT"
        and first.text in "，。；"
        and len(word.text) > 2
        and _done_by(sentence, index, lexicon)
    ):
        return start, end - 1  # 由弟弟丁小山管|。
    return start, end


def _is_given(word: Word, first: Word, second: Word | None, told: bool, lexicon: Lexicon) -> bool:
    """Whether the one character after a surname and another is the rest of the given name (丁小|家|、)."""
    whole = len(word.text) != 2 or word.text[0] not in lexicon.surnames or word.text in lexicon.surnames
    if whole or len(first.text) != 1 or first.label:
        return False
    mark = second is None or second.pos == "PUNCT"
    if first.text in lexicon.sets["after_names"]:
        return told and mark and first.pos == "NOUN"
    if first.pos in ("NOUN", "ADJ", "PROPN"):
        return first.tag not in ("f", "q", "s", "t")
    if second is None or second.start != first.end:
        return False
    verbs = first.pos == "VERB" and (second.pos == "VERB" or second.text == "的")
    return verbs or (told and first.pos == "ADV" and second.pos == "ADP")


def settled(found: Iterable[Mention], text: str, lexicon: Lexicon) -> dict[str, int]:
    """Return by how many characters the names of an article are to be made longer or shorter, by all it says of them.

    丁小 that 山 follows wherever it stands is 丁小山; 丁山原 is 丁山 if that stands alone more often.
    """
    changes: dict[str, int] = {}
    after = lexicon.sets["after_names"]
    for name in {m.text for m in found if m.cls == "Person" and not m.anaphor and not m.keys}:
        if name[0] not in lexicon.surnames or name[:2] in lexicon.surnames or not 1 < len(name) < 5:
            continue
        if len(name) == 2:
            followers = [text[m.end() : m.end() + 1] for m in re.finditer(name, text)]
            same = len(followers) > 1 and len(set(followers)) == 1 and _HAN.fullmatch(followers[0])
            if same and followers[0] not in after:
                changes[name] = 1
        elif name[-1] in lexicon.sets["never_given"] and (
            len(name) == 4 or text.count(name[:-1]) > text.count(name)
        ):
            changes[name] = -1
    return changes


def _to_mark(sentence: Sentence, end: int) -> int:
    """Return where the next mark stands if that close to what the pipeline took for a name, else ``end``."""
    text = sentence.document
    match = re.compile(rf"[一-鿿]{{0,{_LONGEST - 2}}}(?=[，。；、（(”]|$)").match(text, end, sentence.end)
    return match.end() if match and match.end() - end < 3 else end


def _done_by(sentence: Sentence, index: int, lexicon: Lexicon) -> bool:
    """Whether 由 governs a name, perhaps over a post or relative, so that a verb must follow it."""
    at = index - 1
    while at >= 0 and _tells_name(sentence.words[at], lexicon):
        at -= 1
    return at >= 0 and sentence.words[at].text in lexicon.sets["by"]


def _missed(sentence: Sentence, index: int, lexicon: Lexicon) -> Mention | None:
    """Read a name that the pipeline missed: surname and one or two characters, then a verb or stop."""
    words, text = sentence.words, sentence.document
    opening = words[index]
    following = words[index + 1] if index + 1 < len(words) else None
    if (
        opening.text in lexicon.surnames
        and opening.pos in ("ADP", "ADV", "NOUN", "VERB")
        and following is not None
        and (
            following.label == "PERSON" or (following.label == "GPE" and _is_verb(words, index + 2))
        )  # 向|朝阳|说
        and len(following.text) < 3
        and following.text[0] not in lexicon.surnames
    ):
        return Mention("Person", opening.start, following.end, text[opening.start : following.end])
    if opening.pos in _NO_NAME_POS:  # 村民|和|网友
        return None
    name = ""
    for position in range(index, min(index + 3, len(words))):
        word = words[position]
        if word.label == "PERSON" or word.pos == "PUNCT" or len(name + word.text) > 3:
            break
        if ends_post(word, lexicon) or word.text in lexicon.sets["no_names"]:
            break
        name += word.text
        following = words[position + 1] if position + 1 < len(words) else None
        ended = following is None or following.pos in _AFTER_NAME
        speaks = following is not None and following.text in lexicon.sets["speech_verbs"]
        one_word = position == index and word.tag not in ("nz", "nr")  # a word of the model's: no name to it
        if one_word and len(name) == 3 and word.tag in ("a", "v", "ad", "d"):
            one_word, ended = False, True  # 县长|全小山: no common word is as long
        if len(name) < 2 or name in lexicon.known or not _HAN_NAME.fullmatch(name):
            continue
        if (name[0] in lexicon.surnames and ended and not one_word) or (
            one_word and speaks and word.pos == "NOUN"
        ):
            return Mention("Person", opening.start, opening.start + len(name), name)
    return None


def _is_verb(words: Sequence[Word], index: int) -> bool:
    return index < len(words) and words[index].pos == "VERB"


def short_forms(people: Mapping[str, Mention], lexicon: Lexicon) -> dict[str, str]:
    """Return how an article may go on naming its people, and whom that means: 老孙, 孙书记, 阿迪力.

    Only where the surname, or the first part of the name, is that of one of them alone.
    """
    found: dict[str, str] = {}
    doubtful: set[str] = set()
    for name in people:
        first, point, _rest = name.partition("·")
        if point:
            forms = [first]
        elif name[0] in lexicon.surnames and len(name) < 4:
            after = (*lexicon.bare_titles, *lexicon.sets["forms_of_address"])
            forms = [f"{prefix}{name[0]}" for prefix in lexicon.sets["before_surnames"]]
            forms += [name[0] + word for word in sorted(after)]
        else:
            continue
        for form in forms:
            if form in found or form in people:
                doubtful.add(form)
            found[form] = name
    return {form: name for form, name in found.items() if form not in doubtful and len(form) > 1}
