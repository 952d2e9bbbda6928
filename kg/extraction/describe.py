"""What a figure measures, composed of the words around it where no rule names an indicator.

农产品只卖了2100余万元 → 农产品销售额; 51.81万人次观看 → 观看人次: the content words of the clause beside the
figure, and the measure that verb and unit imply (``measures`` in ``indicators.yaml``).
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping
from functools import cache
from typing import Any

from kg.extraction.grammar import CLAUSE_END
from kg.extraction.rules import said
from kg.extraction.sentences import Word
from kg.extraction.skeleton import Skeleton
from kg.model import Mention
from kg.resources import lexicon as lexicon_path
from kg.resources import load_yaml

_FIGURES = frozenset({"Quantity", "Money", "Percent", "Growth", "Duration"})
_NOT_WHAT = frozenset({"Time", "Place", "Person", "Organization", "Platform", "Duration", "Kin"})
_REACH = 40  # characters of a skeleton beside a figure
_BEFORE, _AFTER = 12, 8  # characters of words that describe
_NEAR = 80  # characters of a skeleton in which a figure of the same unit is looked for
_LEADING = 3  # characters between a mark and a figure that only lead to it (，不到|20万元)
_LIST = "、和及与"
_MOST_LISTED = 20  # names that a count behind them sums up
_COLONS, _OPENING = "：:", "（("
_CLOSING = "、）)”"
_PIECE, _PERSON = "个", "人"
_NUMBER = "数"


@cache
def _data() -> dict[str, Any]:
    return load_yaml(lexicon_path("indicators.yaml"))


def described(
    figure: Mention, view: Skeleton, honour: Mention | None, measured: Mapping[str, str] | None = None
) -> str | None:
    """Return an indicator for a figure, or None where no word beside it says what it measures.

    A figure without such words takes those of the one before it in the sentence that has its unit
    (从400万元做到12.5亿元), else what the clauses before lead up to (年销售额翻一番，到1000万元),
    a mere count else the ``honour`` named last (浙江11席), a sum else what the sum before it in the
    paragraph was of (``measured``, by class: 甲镇以1.86亿元排在第二).
    """
    index = view.index(figure.start)
    if index not in view.mentions or figure.kind in _data()["unmeasured"] or _counts_no_more(view, index):
        return None
    if _is_threshold(view, index):
        return None
    if honour is not None and figure.kind in _data()["seats"]:
        return honour.name or honour.text
    text = _own(view, index)
    if text:
        return text
    near = (i for i in range(index - 1, max(-1, index - _NEAR), -1) if i in view.mentions)
    alike = (i for i in near if (view.mentions[i].cls, view.mentions[i].kind) == (figure.cls, figure.kind))
    text = next((found for i in alike if (found := _own(view, i))), "") or _led_up_to(view, index)
    if not text and figure.kind in _data()["mere_counts"]:
        text = _listed(view, index)
    bare = view.text[index + 1 : index + 2] in ("", *CLAUSE_END, *_CLOSING)
    if not text and honour is not None and bare and figure.kind in _data()["mere_counts"]:
        text = honour.name or honour.text
    if not text and measured:
        text = measured.get(figure.cls, "")
    return text or None


def last_measured(view: Skeleton) -> dict[str, str]:
    """Return what the last sum of a sentence was of, by class of figure."""
    found: dict[str, str] = {}
    indicator = ""
    for index, mention in sorted(view.mentions.items()):
        if mention.cls == "Indicator":
            indicator = mention.text
        elif mention.cls == "Money" and (text := indicator or _own(view, index)):
            found[mention.cls] = text
            indicator = ""
    return found


def _led_up_to(view: Skeleton, index: int) -> str:
    """Return the indicator of a clause before a figure, or for a sum the measure that a verb of trade implies there."""
    figure = view.mentions[index]
    if index - _start(view, index) > _LEADING:
        return ""
    near = [i for i in range(index - 1, max(-1, index - _REACH), -1) if i in view.mentions]
    named = next((i for i in near if view.mentions[i].cls == "Indicator"), None)
    if named is not None and figure.cls in ("Money", "Percent"):
        fits = view.mentions[named].text.endswith(tuple(_data()["rates"])) == (figure.cls == "Percent")
        return view.mentions[named].text if fits else ""
    if figure.cls != "Money":
        return ""
    first, last = view.offsets[max(0, index - _REACH)], view.offsets[index]
    words = [w.text for w in view.words[bisect_left(view.starts, first) : bisect_left(view.starts, last)]]
    measures = (m for m in _data()["measures"] if figure.cls in m["figures"])
    return next((str(m["name"]) for m in measures if any(w in m.get("verbs", ()) for w in words)), "")


def _counts_no_more(view: Skeleton, index: int) -> bool:
    """Whether a count only sums up a list (甲、乙两家), ranks (前十名) or stands in a slogan (“四个到位”)."""
    if view.mentions[index].cls != "Quantity":
        return False
    before = view.text[index - 1 : index]
    listed = (
        float(view.mentions[index].value or 0) <= _MOST_LISTED
        and index - 1 in view.mentions
        and not _is_figure(view, index - 1)
        and view.text[index - 2 : index - 1] in tuple(_LIST)
        and index - 3 in view.mentions
        and not _is_figure(view, index - 3)
    )
    position = bisect_left(view.starts, view.ends[index])
    after = view.words[position].text if position < len(view.words) else ""
    if after in _data()["about"]:
        after = view.words[position + 1].text if position + 1 < len(view.words) else ""
    slogan = before == "“" and "”" in view.text[index + 1 : index + 6]
    return listed or slogan or before in tuple(_data()["ranks"]) or after in _data()["uncounted"]


def _listed(view: Skeleton, index: int) -> str:
    """Return what a list counts, as the words before its colon say (各地淘宝村数（由多到少）：沛县69)."""
    colon = max(view.text.rfind(mark, 0, index) for mark in _COLONS)
    if colon < 0:
        return ""
    end = min((at for mark in _OPENING if (at := view.text.find(mark, 0, colon)) > 0), default=colon)
    words = _content(view, max(view.clause(end, end)[0], end - _REACH), end)
    text = "".join(words[-3:])
    return text if len(text) > 1 else ""


def _is_threshold(view: Skeleton, index: int) -> bool:
    """Whether a sum only says which ones are counted (过百万元的|147家)."""
    passed = view.text[max(0, index - 2) : index].endswith(tuple(_data()["passes"]))
    of = said("relative", view.text[index + 1 : index + 2]) is not None
    return view.mentions[index].cls == "Money" and passed and of


def _own(view: Skeleton, index: int) -> str:
    """Return what the words beside a figure say of it."""
    figure = view.mentions[index]
    before, after = _words_before(view, index), _words_after(view, index)
    if not before and not after and figure.kind in _data()["counted_units"]:
        return figure.kind or ""
    unit = _PERSON if figure.kind == _PIECE and view.text[index + 1 : index + 2] == _PERSON else figure.kind
    text = _compose(before, after, figure.cls, "" if figure.cls == "Percent" else unit or "")
    if len(text) > 1:
        return text
    return _implied(view, index) or _single_noun(view, index)


def _single_noun(view: Skeleton, index: int) -> str:
    """Return what a noun of one character before a count says (眼下社员182户，|棚1460个)."""
    at = bisect_left(view.starts, view.offsets[index]) - 1
    word = view.words[at] if at >= 0 else None
    if word is None or view.mentions[index].cls != "Quantity" or len(word.text) > 1:
        return ""
    counts = word.pos == "NOUN" and not word.label and word.tag not in ("f", "j", "q", "t")
    known = word.text in _data()["counted_units"] or not _tells(word)
    return word.text + _NUMBER if counts and not known else ""


def _implied(view: Skeleton, index: int) -> str:
    """Return the measure that a verb of its own implies before a figure (拿出|30万元, 卖了|11万顶)."""
    figure = view.mentions[index]
    first, last = view.offsets[_start(view, index)], view.offsets[index]
    said = [
        word.text
        for word in view.words[bisect_left(view.starts, first) : bisect_left(view.starts, last)]
        if word.pos == "VERB"
    ]
    for measure in _data()["implied"]:
        fits = figure.cls in measure["figures"] and figure.kind in measure.get("units", (figure.kind,))
        if fits and any(verb in measure["verbs"] for verb in said):
            return str(measure["name"])
    return ""


def _words_before(view: Skeleton, index: int) -> list[str]:
    """Return the content words between the mark or figure before and a figure; of a list, those of its first."""
    at, first = index, max(0, index - _NEAR)
    words: list[str] = []
    while not words and at >= first:
        start = _start(view, at)
        words = _content(view, start, at)
        at = _listed_before(view, start) if not words else -1
    kept: list[str] = []
    for word in reversed(words):
        if sum(map(len, kept)) + len(word) > _BEFORE:
            break
        kept.insert(0, word)
    return kept


def _start(view: Skeleton, index: int) -> int:
    """Return where the stretch before a figure starts: after a mark or another figure."""
    at, first = index, max(0, index - _REACH)
    while at > first and view.text[at - 1] not in CLAUSE_END + "、" and not _is_figure(view, at - 1):
        at -= 1
    return at


def _listed_before(view: Skeleton, start: int) -> int:
    """Return the figure that stands before an item of a list, if it is of one; else -1."""
    if start < 2 or view.text[start - 1] != "、":
        return -1
    for before in range(start - 2, max(-1, start - _BEFORE), -1):
        if _is_figure(view, before):
            return before
        if view.text[before] in CLAUSE_END:
            break
    return -1


def _words_after(view: Skeleton, index: int) -> list[str]:
    end = index + 1
    last = min(len(view.text), index + _REACH)
    while end < last and view.text[end] not in CLAUSE_END + "、" and not _is_figure(view, end):
        end += 1
    kept: list[str] = []
    for word in _content(view, index + 1, end):
        if sum(map(len, kept)) + len(word) > _AFTER:
            break
        kept.append(word)
    return kept


def _is_figure(view: Skeleton, index: int) -> bool:
    return index in view.mentions and view.mentions[index].cls in _FIGURES


def _content(view: Skeleton, start: int, end: int) -> list[str]:
    """Return the words of a stretch that say what something is, without names, times and light words."""
    if start >= end:
        return []
    first, last = view.offsets[start], view.ends[end - 1]
    names = [m for m in view.within(start, end) if m.cls in _NOT_WHAT]
    return [
        word.text
        for word in view.words[bisect_left(view.starts, first) : bisect_left(view.starts, last)]
        if first <= word.start
        and word.end <= last
        and _tells(word)
        and not any(m.start < word.end and word.start < m.end for m in names)
    ]


def _tells(word: Word) -> bool:
    content = word.pos in ("NOUN", "VERB", "ADJ", "PROPN") and word.tag not in ("f", "TIME", "t")
    return content and word.text not in _data()["light"]


def _compose(before: list[str], after: list[str], cls: str, unit: str) -> str:
    """Join what stands before and after a figure, a verb replaced by the measure that it implies."""
    for measure in _data()["implied"]:
        fits = before and cls in measure["figures"] and unit in measure.get("units", (unit,))
        if fits and len(before) > 1 and before[-1] in measure["verbs"]:  # 领着大伙|凑了2600万元
            return "".join((*before[:-1], *after, measure["name"]))
    for measure in _data()["measures"]:
        if cls not in measure["figures"] or (measure.get("units") and unit not in measure["units"]):
            continue
        verbs = tuple(measure.get("verbs", ()))
        hits = [w for w in (*before, *after) if w in verbs or (verbs and w.endswith(verbs))]
        if verbs and not hits:
            continue
        rest = [w for w in (*before, *after) if w not in hits or measure.get("keep")]
        text = "".join(rest)
        name = measure["name"]
        return text if text.endswith(name) else text + name
    named = unit.removeprefix(_PIECE) if unit in _data()["counted_units"] and (before or after) else ""
    return "".join((*before, *after)) + named
