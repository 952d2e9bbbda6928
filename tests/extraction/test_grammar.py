"""The rule language, element by element, on skeletons written out by hand."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.extraction.grammar import PatternError, Vocabulary, compile_pattern

V = Vocabulary(
    classes=("Person", "Place", "Organization", "Time", "Event", "Agreement"),
    groups={"Actor": ("Place", "Organization"), "Setting": ("Place", "Event", "Time")},
    words={
        "and": ("、", "和", "与"),
        "concerning": ("就", "围绕"),
        "helping": ("见证下",),
        "owner": ("东家",),
        "owning": ("旗下的",),
        "signed": ("签", "签订", "签了"),
        "dash": ("-", "——"),
    },
    tags=("VERB",),
)
MARKS = {"人": "Person", "地": "Place", "企": "Organization", "时": "Time", "会": "Event", "约": "Agreement"}
VERB = V.tag_symbol("VERB")


def sentence(text: str) -> str:
    """Return a skeleton: ⟨人⟩ stands for a person, and so on; ~ marks the start of a verb."""
    for mark, cls in MARKS.items():
        text = text.replace(f"⟨{mark}⟩", V.symbol(cls))
    return "\n" + text.replace("~", VERB) + "\n"


def found(pattern: str, text: str) -> str | None:
    """Return what a pattern matches, with the line breaks around taken off, or None."""
    match = compile_pattern(pattern, V).regex.search(sentence(text))
    return match and match.group()


def roles(pattern: str, text: str) -> dict[str, int]:
    """Return how many mentions stand in each role."""
    compiled = compile_pattern(pattern, V)
    match = compiled.regex.search(sentence(text))
    assert match, (pattern, text)
    symbols = {V.symbol(cls) for cls in V.classes}
    return {role: sum(c in symbols for c in match.group(i) or "") for i, role in enumerate(compiled.roles, 1)}


@pytest.mark.parametrize(
    ("pattern", "text", "matches"),
    [
        ("签订", "双方签订了", True),
        ("签订", "双方签 订了", False),
        ("签订", "双方~签订", True),  # a tag before a word is no obstacle
        ("app2", "下载app2看", True),
        ("5G", "用5G看", True),
        ("签订 合同", "签订合同", True),  # blanks only separate
        ("(与|和|同) 企", "同企", True),
        ("(与|和|同) 企", "跟企", False),
        ("甲 乙? 丙", "甲丙", True),
        ("甲 乙? 丙", "甲乙丙", True),
        ("甲 乙? 丙", "甲乙乙丙", False),
        ("甲 (乙|丁)? 丙", "甲丁丙", True),
        ("甲 (乙|丁)? 丙", "甲丙", True),
        ("甲 (乙 (丁|戊)?)? 丙", "甲乙戊丙", True),
        ("甲 (乙 (丁|戊)?)? 丙", "甲戊丙", False),
        ("甲 Person? 丙", "甲⟨人⟩丙", True),
        ("甲 @signed 丙", "甲签订丙", True),
        ("甲 @signed 丙", "甲订丙", False),
        ("甲 @dash 丙", "甲-丙", True),  # a word set may hold marks that mean something to RE2
        ("Place", "⟨地⟩", True),
        ("Place", "⟨企⟩", False),
        ("Actor", "⟨企⟩", True),
        ("Actor", "⟨人⟩", False),
        ("<VERB> 货", "~采购货", True),
        ("<VERB> 货", "采购货", False),
        ("<VERB> 货", "~采购⟨企⟩货", False),  # the word ends before a mention
        ("甲 .. 乙", "甲" + "一" * 12 + "乙", True),
        ("甲 .. 乙", "甲" + "一" * 13 + "乙", False),
        ("甲 ..25 乙", "甲" + "一" * 25 + "乙", True),
        ("甲 ..25 乙", "甲" + "一" * 26 + "乙", False),
        ("甲 ..0 乙", "甲一乙", False),
        ("甲 .. 乙", "甲乙", True),
        ("甲 .. 乙", "甲一，乙", False),  # not over the end of a clause
        ("甲 .. 乙", "甲一⟨企⟩二乙", False),  # not over an actor
        ("甲 .. 乙", "甲一⟨时⟩二乙", True),  # over a time
        ("甲 .. 乙", "甲一⟨人⟩二乙", True),
        ("甲 .. 乙", "甲在⟨地⟩二乙", True),  # over a place only as a setting
        ("甲 .. 乙", "甲见⟨地⟩二乙", False),
        ("甲 .. 乙", "甲围绕⟨企⟩二乙", True),  # and over anything as a topic
        ("甲 ... 乙", "甲⟨企⟩，二⟨地⟩；三乙", True),
        ("甲 ... 乙", "甲" + "一" * 60 + "乙", True),
        ("甲 ... 乙", "甲" + "一" * 61 + "乙", False),
        ("甲 ... 乙", "甲一。二乙", False),  # not over the end of a sentence
        ("甲 , 乙", "甲，乙", True),
        ("甲 , 乙", "甲；乙", True),
        ("甲 , 乙", "甲：乙", True),
        ("甲 , 乙", "甲、乙", True),
        ("甲 , 乙", "甲。乙", False),
        ("甲 , 乙", "甲乙", False),
        ("^ 甲", "甲乙", True),
        ("^ 甲", "丁，甲", True),
        ("^ 甲", "丁甲", False),
        ("^ 甲", "丁“甲”", True),
        ("^ Place", "丁，⟨地⟩", True),
        ("^ 甲", "丁，~甲", True),
        ("甲 $", "乙甲", True),
        ("甲 $", "甲，乙", True),
        ("甲 $", "甲。", True),
        ("甲 $", "甲乙", False),
    ],
)  # fmt: skip
def test_elements(pattern, text, matches):
    assert (found(pattern, text) is not None) is matches


def test_roles_are_captured():
    assert roles("partner:Actor 与 partner:Actor", "⟨地⟩与⟨企⟩") == {"partner": 1}
    assert compile_pattern("partner:Actor 与 partner:Actor @signed agreement:Agreement", V).roles == (
        "partner", "partner", "agreement",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("text", "count"),
    [("⟨企⟩、⟨企⟩和⟨地⟩签", 3), ("⟨企⟩签", 1), ("⟨地⟩⟨企⟩签", 2), ("⟨企⟩跟⟨企⟩签", 1), ("⟨人⟩、⟨企⟩签", 1)],
)
def test_lists_take_in_what_is_coordinated(text, count):
    assert roles("partner:Actor+ 签", text) == {"partner": count}


def test_a_word_may_fill_a_role():
    compiled = compile_pattern("partner:Actor kind:@signed", V)
    match = compiled.regex.search(sentence("⟨企⟩签订约"))
    assert compiled.roles == ("partner", "kind") and match.group(2) == "签订"


def test_an_absent_optional_role_is_no_value():
    compiled = compile_pattern("holder:Place time:Time? 签", V)
    match = compiled.regex.search(sentence("⟨地⟩签"))
    assert compiled.roles == ("holder", "time") and match.group(2) is None


def test_optional_role_keeps_its_number():
    compiled = compile_pattern("(holder:Place 的)? time:Time? 签 agreement:Agreement", V)
    match = compiled.regex.search(sentence("签⟨约⟩"))
    assert match.group(compiled.roles.index("agreement") + 1) == V.symbol("Agreement")


def test_alternatives_prefer_the_longer_word():
    assert found("甲 @signed", "甲签订了") == "甲签订"


def test_gaps_are_as_short_as_can_be():
    assert found("甲 .. 乙", "甲一乙二乙") == "甲一乙"


@pytest.mark.parametrize(
    ("pattern", "says"),
    [
        ("(与|和", r"not closed in '\(与\|和'"),
        ("与|和) 企", r"too many in '与\|和\) 企'"),
        ("? 企", "nothing before"),
        ("(? 企)", "nothing before"),
        ("@nonesuch 企", "no word set 'nonesuch'"),
        ("Planet 与", "no mention class or group 'Planet'"),
        ("planet:Planet", "no mention class or group 'Planet'"),
        ("<NOUN> 企", "tag 'NOUN'"),
        ("企 + 业", r"cannot read .*\+ 业.* in '企 \+ 业'"),
        ("企 partner: 业", "cannot read"),
        ("APP 上", "no mention class or group 'APP'"),  # a capital opens the name of a class
        ("甲 . 乙", r"cannot read ' \. 乙' in '甲 \. 乙'"),
        ("甲 @ 乙", "cannot read"),
        ("甲 < 乙", "cannot read"),
        ("甲 ..9999 乙", "甲 ..9999 乙"),
    ],
)
def test_errors_say_where(pattern, says):
    with pytest.raises(PatternError, match=says):
        compile_pattern(pattern, V)


@pytest.mark.parametrize("pattern", ["甲 (? 乙)", "甲 | ? 乙", "甲 (乙 |? 丙)"])
def test_a_question_mark_follows_its_element_directly(pattern):
    with pytest.raises(PatternError, match="nothing before"):
        compile_pattern(pattern, V)


@pytest.mark.parametrize("text", ["a.b*c[d]{2}\\d$^", "(?i)x", "甲**", "[", "{1,2}", "\\pL"])
def test_nothing_is_passed_on_to_the_engine(text):
    """What reads as text is matched as text, whatever it means to RE2; all else is refused."""
    try:
        compiled = compile_pattern(text, V)
    except PatternError:
        return
    assert compiled.regex.search(sentence(text.replace("(", "").replace(")", "")))


pieces = st.sampled_from(
    ["签订", "Place", "partner:Actor", "partner:Actor+", "Actor", "..", "..25", "...", ",", "^", "$", "(", ")", "|",
     "?", "@signed", "@x", "<VERB>", "<X>", " ", "甲", "A1", "*", "[", "\\", "{", "+", ":", ".", "\n", "😀"]
)  # fmt: skip


@given(
    st.one_of(
        st.text(max_size=30),
        st.lists(pieces, max_size=12).map(" ".join),
        st.lists(pieces, max_size=12).map("".join),
    )
)
@settings(max_examples=400, deadline=None)
def test_any_line_compiles_or_is_refused(source):
    try:
        compiled = compile_pattern(source, V)
    except PatternError as error:
        assert str(error)
        return
    assert compiled.regex.groups == len(compiled.roles)
    compiled.regex.search(sentence("⟨地⟩与⟨企⟩~签订⟨约⟩，甲乙。"))
