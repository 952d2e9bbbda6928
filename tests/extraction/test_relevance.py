"""Paragraphs without anything to find are passed over, the others read as ever."""

from __future__ import annotations

import pytest

from kg import extraction, language, linking
from kg.extraction import relevance

IDLE = "窗外的雨慢慢停了下来，远处传来了钟声。孩子们笑着跑过长长的走廊！"


@pytest.fixture(scope="module")
def lexicon():
    return extraction.prepare(linking.known_names())


@pytest.mark.parametrize(
    "paragraph",
    [
        "缙云的雨停了。",
        "他们签约了合作协议。",
        "雨下了3天。",
        "《雨》写得好。",
        "县里下雨了。",
        "阿里巴巴来了。",
        "苹果红了。",
    ],
)
def test_what_may_say_something_is_relevant(paragraph, lexicon):
    assert relevance(lexicon)(paragraph)


def test_what_says_nothing_is_not(lexicon):
    assert not relevance(lexicon)(IDLE)


def test_an_idle_paragraph_changes_nothing_in_the_others(lexicon):
    nlp, relevant = language.load(), relevance(lexicon)
    text = f"{IDLE}\n去年，缙云县与拼多多签订合作协议。\n{IDLE}\n"
    (read,) = language.analyse(nlp, [text])
    (passed,) = language.analyse(nlp, [text], relevant)
    assert passed.text == read.text
    assert len(passed) < len(read)
    expected, found = (extraction.extract(doc, lexicon, "2021-06-15") for doc in (read, passed))
    assert found.statements == expected.statements != ()


def test_a_person_known_from_elsewhere_is_found_in_an_idle_paragraph(lexicon):
    text = "沛县县长孙倩介绍了情况。\n孙倩笑着跑过长长的走廊。\n"
    (doc,) = language.analyse(language.load(), [text], relevance(lexicon))
    found = extraction.extract(doc, lexicon, None).mentions
    assert [m.text for m in found[1]] == ["孙倩"]
