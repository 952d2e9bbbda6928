"""Several processes read what one reads."""

from __future__ import annotations

import pytest

from kg import analysis, language, reading
from kg.model import Article
from kg.resources import folder


@pytest.fixture
def articles(monkeypatch) -> list[Article]:
    monkeypatch.setattr(analysis, "PORTION", 2)
    monkeypatch.setattr(analysis, "_WORTH", 100)
    return [item for item in reading.read([folder("seeds")]) if isinstance(item, Article)]


def test_the_number_of_processes_changes_nothing(articles):
    alone = list(analysis.analyse(articles, workers=1))
    assert len(alone) == len(articles)
    assert sum(len(found.statements) for found in alone) > 100
    assert list(analysis.analyse(articles, workers=2)) == alone


def test_no_articles_need_no_process():
    assert list(analysis.analyse([], workers=2)) == []


def test_a_missing_pipeline_is_told_before_any_process_starts(articles):
    with pytest.raises(language.PipelineNotFound, match="zh_nowhere"):
        next(analysis.analyse(articles, "zh_nowhere", workers=2))


def test_processes_end_when_nobody_wants_the_rest(articles):
    found = analysis.analyse(articles, workers=2)
    next(found)
    found.close()
