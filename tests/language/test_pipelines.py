"""Any spaCy pipeline for Chinese can stand in for ours."""

from __future__ import annotations

import pytest
import spacy
from hypothesis import HealthCheck, given, settings

from kg import extraction, language, linking
from kg.language import PipelineNotFound

from .strategies import any_text

TEXTS = ["缙云县与青禾公司合作。第二句！", "", "王立军说：好。\n第二段"]


@pytest.fixture(scope="module")
def stand_in(tmp_path_factory):
    """A pipeline on disk, as someone would install one: characters, and names from a list."""
    nlp = spacy.blank("zh")
    ruler = nlp.add_pipe("entity_ruler")
    ruler.add_patterns(
        [
            {"label": "GPE", "pattern": "缙云县"},
            {"label": "ORG", "pattern": "青禾公司"},
            {"label": "PERSON", "pattern": "王立军"},
        ]
    )
    folder = tmp_path_factory.mktemp("pipelines") / "zh_names"
    nlp.to_disk(folder)
    return language.load(str(folder))


def test_ours_is_the_default():
    assert language.DEFAULT == "lac"
    assert [d.text for d in language.analyse(language.load(), TEXTS)] == TEXTS


@pytest.mark.parametrize("name", ["zh_core_web_nonesuch", "/nowhere/at/all", "LAC", " "])
def test_a_pipeline_that_is_not_there(name):
    with pytest.raises(PipelineNotFound, match="installed"):
        language.load(name)


def test_a_folder_that_is_no_pipeline(tmp_path):
    with pytest.raises(PipelineNotFound):
        language.load(str(tmp_path))


def test_another_pipeline_gives_names_and_sentences(stand_in):
    first, empty, last = language.analyse(stand_in, TEXTS)
    assert [(e.text, e.label_) for e in first.ents] == [("缙云县", "GPE"), ("青禾公司", "ORG")]
    assert [s.text for s in first.sents] == ["缙云县与青禾公司合作。", "第二句！"]
    assert len(empty) == 0
    assert [(e.text, e.label_) for e in last.ents] == [("王立军", "PERSON")]


def test_a_pipeline_that_marks_sentences_keeps_its_own(tmp_path):
    nlp = spacy.blank("zh")
    nlp.add_pipe("sentencizer", config={"punct_chars": ["。"]})
    nlp.to_disk(tmp_path / "p")
    loaded = language.load(str(tmp_path / "p"))
    assert loaded.pipe_names == ["sentencizer"]
    assert [s.text for s in next(language.analyse(loaded, ["甲！乙。丙"])).sents] == ["甲！乙。", "丙"]


@given(any_text)
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_another_pipeline_keeps_the_text(stand_in, text):
    assert next(language.analyse(stand_in, [text])).text == text


def test_extraction_reads_the_documents_of_another_pipeline(stand_in):
    lexicon = extraction.prepare(linking.known_names())
    text = "缙云县与青禾公司签订合作协议。"
    read = extraction.extract(next(language.analyse(stand_in, [text])), lexicon, "2021-06-15")
    partnerships = [s for s in read.statements if s.type == "Partnership"]
    assert partnerships
    for partnership in partnerships:
        assert {m.text for m in partnership.roles["partner"]} == {"缙云县", "青禾公司"}
        assert text[partnership.start : partnership.end] == text


def test_ours_can_be_saved_with_a_pipeline(tmp_path):
    language.load().to_disk(tmp_path / "ours")
    again = language.load(str(tmp_path / "ours"))
    doc = next(language.analyse(again, TEXTS[:1]))
    assert [(t.text, t.tag_) for t in doc] == [(t.text, t.tag_) for t in language.load()(TEXTS[0])]
