"""Pages and fragments of HTML, good and bad."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.model import Article
from kg.reading.article import read_article

BODY = "近日，曹县大集镇的淘宝村发展迅速，带动了群众增收。"


def article(source: str) -> Article:
    found = read_article("a.html", source.encode())
    assert isinstance(found, Article), found
    return found


def page(inside: str, head: str = "") -> str:
    return f"<!doctype html><html><head>{head}</head><body>{inside}</body></html>"


@pytest.mark.parametrize(
    "other",
    [
        "<nav><a href=/>首页</a></nav>",
        '<div class="site-nav">首页 资讯</div>',
        "<ul><li><a href=/1>另一篇文章的标题在这里</a></li><li><a href=/2>又一篇文章的标题</a></li></ul>",
        '<div id="comments"><p>网友：我们县也签了。</p></div>',
        '<div class="adBanner">限时抢购！</div>',
        "<aside>广告</aside><footer>版权所有</footer>",
        "<script>var a='电商。'</script><style>p{}</style><!-- 注释 -->",
        '<div style="display: none">隐藏。</div>',
        '<a href="javascript:;">大</a>',
    ],
)
def test_what_is_not_the_article_goes(other: str) -> None:
    assert article(page(f"{other}<div><p>{BODY}</p><p>{BODY}</p></div>{other}")).text == f"{BODY}\n{BODY}"


def test_links_within_a_sentence_stay() -> None:
    source = page(f'<p>{BODY}主产区在<a href="/tag">山城镇</a>。</p><p>{BODY}</p>')
    assert "主产区在山城镇。" in article(source).text


def test_a_header_that_holds_the_headline_stays() -> None:
    found = article(page(f"<header><h1>兰花走进直播间</h1></header><article><p>{BODY}</p></article>"))
    assert found.text == f"兰花走进直播间\n{BODY}"
    assert found.title == "兰花走进直播间"


def test_references_are_decoded_and_keep_their_place() -> None:
    source = f"<p>{BODY}</p><p>AT&amp;T&#x4E2D;&#22269;&nbsp;&ldquo;好&rdquo;</p>"
    found = article(source)
    assert found.text == f"{BODY}\nAT&T中国 “好”"
    start, end = found.offsets.original(found.text.index("中"), found.text.index("中") + 1)
    assert source.encode()[start:end] == b"&#x4E2D;"


def test_line_breaks_in_the_source_are_no_paragraphs() -> None:
    assert article("<p>近日，曹县\n   大集镇的电商\n发展。</p><p>第二段<br>第三段</p>").text == (
        "近日，曹县大集镇的电商发展。\n第二段\n第三段"
    )


def test_a_fragment_below_front_matter_is_html() -> None:
    assert article(f"---\ntitle: 题\n---\n<div><p>{BODY}</p>\n<p>{BODY}</p></div>").text == f"{BODY}\n{BODY}"


def test_plain_text_in_an_html_file_is_plain_text() -> None:
    assert article(f"标题在此\n{BODY}").text == f"标题在此\n{BODY}"


def test_json_ld_outranks_meta_tags() -> None:
    head = (
        '<meta name="pubdate" content="2019-09-10"><script type="application/ld+json">'
        '{"@type": "NewsArticle", "datePublished": "2019-09-09T08:12:00+08:00", '
        '"publisher": {"name": "花事网"}}</script>'
    )
    found = article(page(f"<p>{BODY}</p>", head))
    assert (found.published, found.published_origin, found.source) == (
        "2019-09-09",
        "page-metadata",
        "花事网",
    )


@pytest.mark.parametrize(
    "source",
    [
        "<div>" * 20000,
        "<p " + "a=1 " * 50000 + ">",
        "<!--" * 20000,
        "<a" * 50000,
        '<a "' * 50000,
        "&" * 100000,
        "<script " * 20000,
        "</script" + " " * 50000,
        "&#xffffff;&#0;" * 5000,
        "<table><tr><td>" * 3000,
    ],
)
def test_bad_pages_take_no_time_and_lose_no_article(source: str) -> None:
    begun = time.perf_counter()
    assert BODY in article(f"<html><p>{BODY}</p>{source}").text
    assert time.perf_counter() - begun < 5


@given(
    st.lists(
        st.sampled_from(
            [
                "<p>",
                "</p>",
                "<div class=ad>",
                "</div>",
                "<a href=x>",
                "</a>",
                "<",
                '"',
                "&lt;",
                "电商。",
                "<!--",
                "-->",
                "<h1>",
                "<script>",
                "</script>",
            ]
        ),
        max_size=40,
    )
)
def test_any_mixture_of_tags_is_read_or_skipped(pieces: list[str]) -> None:
    source = f"<html><p>{BODY}</p>" + "".join(pieces)
    found = read_article("a.html", source.encode())
    if isinstance(found, Article):
        assert all(
            a <= b <= len(source.encode())
            for a, b in zip(found.offsets.starts, found.offsets.ends, strict=True)
        )
