"""The whole job: folders in, a graph out, with every fact standing in its article."""

from __future__ import annotations

import shutil
from collections import Counter
from pathlib import Path

import pytest
from opencc import OpenCC

from kg import graph, pipeline
from kg.model import Knowledge

SEEDS = Path(__file__).parents[1] / "seeds"
ARTICLE = "缙云县与拼多多签约\n\n2019年5月8日，缙云县与拼多多签订合作协议。\n"


@pytest.fixture(scope="module")
def seeds() -> Knowledge:
    return pipeline.read_facts([SEEDS])


def test_every_seed_says_something(seeds):
    assert len(seeds.articles) == 5 and not seeds.skipped
    assert {a.name for a in seeds.articles} == {name for f in seeds.facts for name in f.documents}


def test_every_fact_quotes_its_article(seeds):
    texts = {a.name: a.text for a in seeds.articles}
    for fact in seeds.facts:
        assert fact.evidence
        for evidence in fact.evidence:
            assert evidence.quote == texts[evidence.document][evidence.start : evidence.end]
            assert evidence.quote.strip()


def test_evidence_leads_back_to_the_bytes_of_the_file(seeds):
    """The characters that a repair only passed on are the bytes of the file themselves."""
    simplified = OpenCC("t2s").convert
    articles = {a.name: a for a in seeds.articles}
    exact, kept, length = [], 0, 0
    for evidence in (e for fact in seeds.facts for e in fact.evidence):
        article = articles[evidence.document]
        original = (SEEDS / article.name).read_bytes()
        start, end = article.offsets.original(evidence.start, evidence.end)
        assert 0 <= start < end <= len(original)
        passage = original[start:end].decode(article.encoding)  # whole characters, or this raises
        exact.append(passage == evidence.quote)
        # Script, stray pinyin, line breaks and a garbled line are repaired; the rest is the same.
        kept += (Counter(evidence.quote) & Counter(simplified(passage))).total()
        length += len(evidence.quote)
    assert sum(exact) > len(exact) / 4  # one long article of the five is in traditional script
    assert kept > 0.97 * length


def test_entities_are_seen_where_the_text_names_them(seeds):
    texts = {a.name: a.text for a in seeds.articles}
    for entity in seeds.entities:
        for document, spans in entity.seen.items():
            assert all(0 <= start < end <= len(texts[document]) for start, end in spans)


def test_every_role_is_filled_by_an_entity_or_a_literal(seeds):
    known = {e.id for e in seeds.entities}
    shapes = pipeline.shapes()
    for fact in seeds.facts:
        for role, values in fact.roles.items():
            assert shapes[fact.type].roles[role].literal or set(values) <= known
    for entity in seeds.entities:
        assert {entity.owner, entity.parent} - {None} <= known


def test_two_runs_are_identical(seeds):
    again = pipeline.read_facts([SEEDS])
    assert again.facts == seeds.facts
    assert again.entities == seeds.entities
    assert [(a.name, a.text, a.sha256) for a in again.articles] == [
        (a.name, a.text, a.sha256) for a in seeds.articles
    ]


def test_the_order_of_the_paths_is_irrelevant(seeds):
    paths = sorted(SEEDS.glob("*.txt"), reverse=True)
    turned = pipeline.read_facts([*paths[2:], *paths[:2]])
    assert turned.facts == seeds.facts
    assert turned.entities == seeds.entities


def test_an_article_says_the_same_alone(seeds):
    name = seeds.articles[0].name
    alone = pipeline.read_facts([SEEDS / name])
    here = [(f.id, [e for e in f.evidence if e.document == name]) for f in seeds.facts]
    assert [(f.id, list(f.evidence)) for f in alone.facts] == [(key, said) for key, said in here if said]


def test_two_builds_are_identical(tmp_path):
    for out in ("one", "two"):
        pipeline.build([SEEDS], tmp_path / out)
    one, two = (tmp_path / out / "graph.nq" for out in ("one", "two"))
    assert one.read_bytes() == two.read_bytes()
    assert (tmp_path / "one/manifest.json").read_bytes() == (tmp_path / "two/manifest.json").read_bytes()
    opened = graph.open_graph(tmp_path / "one")
    assert opened.manifest["counts"]["articles"] == 5


def test_building_again_into_the_same_folder(tmp_path):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text(ARTICLE, "utf-8")
    pipeline.build([tmp_path / "in"], tmp_path / "out")
    before = (tmp_path / "out/graph.nq").read_bytes()
    pipeline.build([tmp_path / "in"], tmp_path / "out")
    assert (tmp_path / "out/graph.nq").read_bytes() == before


def test_an_invalid_graph_is_not_written(tmp_path, monkeypatch):
    monkeypatch.setattr(graph, "validate", lambda *_: ["a fact without a quote"])
    (tmp_path / "a.txt").write_text(ARTICLE, "utf-8")
    with pytest.raises(pipeline.InvalidGraph, match="a fact without a quote"):
        pipeline.build([tmp_path / "a.txt"], tmp_path / "out")
    with pytest.raises(graph.GraphNotFound):
        graph.open_graph(tmp_path / "out")


def test_an_invalid_graph_leaves_the_former_one(tmp_path, monkeypatch):
    (tmp_path / "a.txt").write_text(ARTICLE, "utf-8")
    pipeline.build([tmp_path / "a.txt"], tmp_path / "out")
    before = (tmp_path / "out/graph.nq").read_bytes()
    monkeypatch.setattr(graph, "validate", lambda *_: ["a fact without a quote"])
    (tmp_path / "a.txt").write_text(ARTICLE.replace("2019", "2018"), "utf-8")
    with pytest.raises(pipeline.InvalidGraph):
        pipeline.build([tmp_path / "a.txt"], tmp_path / "out")
    assert (tmp_path / "out/graph.nq").read_bytes() == before
    assert {path.name for path in (tmp_path / "out").iterdir()} >= {"graph.nq", "store", "texts"}


def test_an_empty_folder_is_no_graph(tmp_path):
    (tmp_path / "in").mkdir()
    knowledge = pipeline.read_facts([tmp_path / "in"])
    assert (knowledge.articles, knowledge.facts, knowledge.entities) == ((), (), ())
    with pytest.raises(pipeline.NoArticles):
        pipeline.build([tmp_path / "in"], tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_a_missing_path_is_told(tmp_path):
    knowledge = pipeline.read_facts([tmp_path / "nowhere", SEEDS / "000_4b67726bf6ce8553.txt"])
    assert len(knowledge.articles) == 1
    (skipped,) = knowledge.skipped
    assert "nowhere" in skipped.name and skipped.reason


def test_one_bad_file_among_good_ones(tmp_path):
    (tmp_path / "good.txt").write_text(ARTICLE, "utf-8")
    (tmp_path / "bad.txt").write_bytes(b"\xff\xd8\xff\xe0" + bytes(range(256)) * 20)
    (tmp_path / "empty.txt").write_bytes(b"")
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "gbk.txt").write_bytes(ARTICLE.replace("缙云", "云和").encode("gb18030"))
    knowledge = pipeline.read_facts([tmp_path])
    assert [a.name for a in knowledge.articles] == ["good.txt", "sub/gbk.txt"]
    assert {s.name for s in knowledge.skipped} == {"bad.txt", "empty.txt"}
    assert all(s.reason for s in knowledge.skipped)
    assert {name for f in knowledge.facts for name in f.documents} == {"good.txt", "sub/gbk.txt"}


def test_progress_is_told_article_by_article(tmp_path):
    for name in ("a", "b"):
        (tmp_path / f"{name}.txt").write_text(ARTICLE, "utf-8")
    told: list[str] = []
    pipeline.read_facts([tmp_path], progress=told.append)
    assert "2 articles" in told[0]
    assert ["a.txt" in line for line in told[1:]] == [True, False] and "b.txt" in told[2]


def test_an_unknown_pipeline_is_told(tmp_path):
    from kg.language import PipelineNotFound

    with pytest.raises(PipelineNotFound):
        pipeline.read_facts([SEEDS], pipeline.Settings(pipeline="zh_core_web_nonesuch"))


def test_copies_of_one_article_are_two_documents_with_one_set_of_entities_and_facts(tmp_path):
    for name in ("a.txt", "b.txt"):
        shutil.copy(SEEDS / "003_6dbde8c0d4a0783d.txt", tmp_path / name)
    both = pipeline.read_facts([tmp_path])
    assert both.facts and {f.documents for f in both.facts} == {("a.txt", "b.txt")}


def test_a_reprint_is_one_report_with_its_first(tmp_path):
    story = "".join(
        f"{place}在{year}年举办了第{year - 2000}届电商大会，有{year}家企业参加。"
        for year, place in zip(
            range(2011, 2021), ["缙云县", "云和县", "遂昌县", "松阳县", "庆元县"] * 2, strict=True
        )
    )
    (tmp_path / "a.txt").write_text(f"老标题\n2021-01-02\n{story}\n", "utf-8")
    (tmp_path / "b.txt").write_text(f"新标题\n2021-01-05\n{story}\n", "utf-8")
    (tmp_path / "c.txt").write_text(ARTICLE, "utf-8")
    knowledge = pipeline.build([tmp_path], tmp_path.parent / "out")
    assert knowledge.copies == {"b.txt": "a.txt"}
    found = graph.open_graph(tmp_path.parent / "out").statements("https://kg.example/ontology#copyOf")
    assert len(list(found)) == 1
