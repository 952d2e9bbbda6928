# ruff: noqa: E501 - each page stands on as few lines as it can
"""The date of publication on pages and in datelines of many kinds, and whether it is marked as a guess.

The structures are those of real sites and papers; words, names and figures are invented.
"""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from kg.model import Article
from kg.reading.article import read_article
from kg.reading.metadata import GUESSED_ORIGINS

LEAD = "近日，曹县大集镇的淘宝村发展迅速，带动了群众增收，全镇网店越开越多，产业链条越拉越长。"
MORE = "据了解，该镇从2018年起扶持电商，2020年建成物流园，村民在家门口就业，日子越过越红火。"
TEXT = f"{LEAD}\n{MORE}"
PARAGRAPHS = f"<p>{LEAD}</p><p>{MORE}</p>"
TITLE = "小网店带出大产业"


@dataclass(frozen=True)
class Case:
    source: str
    date: str | None  # the right one
    name: str = "a.txt"


def page(body: str, head: str = "", title: str = TITLE) -> str:
    return (
        f"<!DOCTYPE html><html><head><title>{title}_某某网</title>{head}</head><body>"
        f'<div class="nav"><a href="/">首页</a> <a href="/x">新闻</a></div>{body}'
        '<div class="footer">版权所有 2008-2024 某某网 ICP备12345678号</div></body></html>'
    )


def government(line: str, head: str = "") -> str:
    return page(
        f'<div class="main"><h1>{TITLE}</h1><div class="info">{line}</div><div id="zoom">{PARAGRAPHS}</div></div>',
        head,
    )


def ld(fields: str) -> str:
    return f'<script type="application/ld+json">{{"@type": "NewsArticle", {fields}}}</script>'


CASES = {
    # front matter
    "hugo": Case(f"---\ntitle: {TITLE}\ndate: 2021-06-15T08:09:46+08:00\n---\n{TEXT}", "2021-06-15"),
    "feed-gmt-morning": Case(f"---\npubDate: x\ndate: Tue, 15 Jun 2021 00:09:46 GMT\n---\n{TEXT}", "2021-06-15"),
    "feed-gmt-evening": Case(f"---\ndate: Mon, 14 Jun 2021 22:30:00 GMT\n---\n{TEXT}", "2021-06-15"),
    "utc-iso-evening": Case(f"---\ndate: 2021-06-14T17:05:00.000Z\n---\n{TEXT}", "2021-06-15"),
    "chinese-keys": Case(f"---\n标题: {TITLE}\n发布时间: 2021年6月15日 8:09\n来源: 某日报\n---\n{TEXT}", "2021-06-15"),
    "month-only": Case(f"---\ndate: 2021-06\n---\n{TEXT}", "2021-06"),
    "epoch": Case(f"---\ntime: 1623715786\n---\n{TEXT}", "2021-06-15"),
    "front-outranks-text": Case(f"---\ndate: 2021-06-15\n---\n发布时间：2022-01-01\n{TEXT}", "2021-06-15"),
    # meta tags and JSON-LD
    "gov-meta": Case(government("浏览次数：23", '<meta name="PubDate" content="2021-06-15 10:11">'), "2021-06-15"),
    "gov-meta-slash": Case(government("", '<meta name="PubDate" content="2021/06/15">'), "2021-06-15"),
    "open-graph": Case(
        government("", '<meta property="article:published_time" content="2021-06-15T08:00:00+08:00"/>'
                   '<meta property="article:modified_time" content="2022-03-01T08:00:00+08:00"/>'), "2021-06-15"),
    "og-release": Case(government("", '<meta property="og:release_date" content="2021-06-15 08:09">'), "2021-06-15"),
    "weibo-meta": Case(
        government("", '<meta name="weibo: article:create_at" content="2021-06-15 08:09:46">'), "2021-06-15"),
    "dublin-core": Case(government("", '<meta name="DC.date.issued" content="2021-06-15">'), "2021-06-15"),
    "publishdate": Case(government("", '<meta name="publishdate" content="2021-06-15">'), "2021-06-15"),
    "json-ld": Case(
        government("", ld('"datePublished": "2021-06-15T08:09:46+08:00", "dateModified": "2022-03-01"')), "2021-06-15"),
    "json-ld-graph": Case(
        government("", '<script type="application/ld+json">{"@graph": [{"@type": "WebSite", "name": "某网"}, '
                   '{"@type": "Article", "datePublished": "2021-06-15"}]}</script>'), "2021-06-15"),
    "json-ld-utc": Case(government("", ld('"datePublished": "2021-06-14T23:10:00Z"')), "2021-06-15"),
    "zone-said-local-meant": Case(
        government("发布时间：2021-06-15 17:20", ld('"datePublished": "2021-06-15T17:20:00Z"')), "2021-06-15"),
    "meta-date-of-the-page": Case(
        government("发布日期：2021-06-15", '<meta name="date" content="2024-05-05">'), "2021-06-15"),
    "time-element": Case(
        page(f'<article><h1>{TITLE}</h1><time datetime="2021-06-15T08:09:46+08:00">6月15日</time>{PARAGRAPHS}</article>'),
        "2021-06-15"),
    # lines on pages
    "gov-line": Case(
        government("发布日期：2021-06-15 &nbsp; 来源：某县商务局 &nbsp; 浏览次数：123次 &nbsp; 字体：[大 中 小]"), "2021-06-15"),
    "gov-table": Case(
        page(f'<table><tr><td>索引号</td><td>0001-2021</td></tr><tr><td>成文日期：2021年06月10日</td>'
             f'<td>发布日期：2021年06月15日</td></tr></table><h1>{TITLE}</h1><div id="zoom">{PARAGRAPHS}</div>'), "2021-06-15"),
    "updated-before-published": Case(government("更新时间：2022-01-03 发布时间：2021-06-15"), "2021-06-15"),
    "party-paper": Case(government("2021年06月15日08:09 | 来源：<a>人民网－某报</a>"), "2021-06-15"),
    "agency": Case(government("2021-06-15 08:09:46 来源： 新华网"), "2021-06-15"),
    "agency-split": Case(
        page(f'<div><h1>{TITLE}</h1><div><span>2021</span> <span>06/ 15</span> <span>08:09:46</span></div>'
             f'<div>来源：新华网</div><div id="detail">{PARAGRAPHS}</div></div>'), "2021-06-15"),
    "portal": Case(
        page(f'<h1>{TITLE}</h1><div class="date-source"><span class="date">2021年06月15日 08:09</span>'
             f'<span class="source">经济参考报</span></div><div id="artibody">{PARAGRAPHS}</div>'), "2021-06-15"),
    "portal-two-spaces": Case(government("2021-06-15 08:09:46　来源: 经济参考报　举报"), "2021-06-15"),
    "app": Case(government("2021-06-15 08:09 · 某县融媒"), "2021-06-15"),
    "dots": Case(government("2021.06.15 08:09 某某周刊"), "2021-06-15"),
    "no-zeros": Case(government("日期：2021-6-5 作者：洪小渔"), "2021-06-05"),
    "label-above-value": Case(
        page(f'<h1>{TITLE}</h1><div><p>发布时间：</p><p>2021-06-15</p></div><div id="zoom">{PARAGRAPHS}</div>'), "2021-06-15"),
    "magazine": Case(f"{TITLE}\n2018-03-03张浩 崔炎\n某某经济 2018年3期\n{TEXT}", "2018-03-03"),
    "magazine-time": Case(f"{TITLE}\n2022-11-10 13:24朱梓荥\n农民文摘 2022年4期\n{TEXT}", "2022-11-10"),
    # papers
    "masthead": Case(f"甘孜日报 2020年08月24日\n{TITLE}\n{TEXT}", "2020-08-24"),
    "epaper": Case(f"2021年06月15日 星期二 第05版：乡村振兴\n{TITLE}\n{TEXT}", "2021-06-15"),
    "epaper-glued": Case(f"某某日报2021年06月15日\n{TITLE}\n{TEXT}", "2021-06-15"),
    "paper-below": Case(f"{TITLE}\n{TEXT}\n《 某某日报 》（ 2021年06月15日 05 版）", "2021-06-15"),
    "paper-below-and-share": Case(
        f"{TITLE}\n{TEXT}\n《某某日报》（2021年06月15日 05版）\n分享让更多人看到", "2021-06-15"),
    "signed": Case(f"{TITLE}\n{TEXT}\n某县商务局\n2021年6月15日", "2021-06-15"),
    "signed-in-words": Case(f"{TITLE}\n{TEXT}\n某县人民政府办公室\n二〇二一年六月十五日", "2021-06-15"),
    "dateline-full": Case(f"{TITLE}\n新华社济南2021年6月15日电（记者 王明）{TEXT}", "2021-06-15"),
    "dateline-no-year": Case(f"{TITLE}\n中新网济南6月15日电 （记者 王明）{LEAD}2021年以来，订单增长。", "2021-06-15"),
    "dateline-paper": Case(f"{TITLE}\n本报菏泽6月15日讯（记者 王明）{LEAD}2021年上半年，订单增长。", "2021-06-15"),
    # names and addresses
    "file-name": Case(f"{TITLE}\n{TEXT}", "2021-06-15", "news/2021-06-15_小网店.txt"),
    "file-name-bare": Case(f"{TITLE}\n{TEXT}", "2021-06-15", "20210615.txt"),
    "file-name-digest": Case(f"{TITLE}\n{LEAD}", None, "000_4b67720210615883.txt"),
    "address": Case(
        page(f"<h1>{TITLE}</h1><div>{PARAGRAPHS}</div>",
             '<meta property="og:url" content="http://news.example.cn/2021/0615/c1003-31675203.html">'), "2021-06-15"),
    "address-t": Case(f"---\nurl: http://x.example.cn/zwgk/202106/t20210615_523769231.shtml\n---\n{TEXT}", "2021-06-15"),
    # what is no date of publication
    "event-in-the-title": Case(f"2020年9月25日第八届论坛举行\n{TEXT}", "2020-09"),
    "event-notice": Case(f"{TITLE}\n时间：2021年6月23日\n地点：聊城\n{LEAD}", None),
    "photo": Case(f"{TITLE}\n{LEAD}\n（2021年6月3日摄）", "2021"),
    "deadline": Case(f"{TITLE}\n报名时间：2021年6月3日至10日\n{LEAD}", "2021-06"),
    "comment-dates": Case(
        government("发布时间：2021-06-15") .replace(
            '<div class="footer">', '<div class="comments"><p>网友 2023-01-01 08:00 说得好。</p></div><div class="footer">'),
        "2021-06-15"),
    "related-dates": Case(
        page(f'<ul><li><a href="/1">另一篇文章的标题在这里</a> 2023-02-02</li><li><a href="/2">又一篇文章的标题</a> '
             f'2023-02-03</li></ul><h1>{TITLE}</h1><div>2021-06-15 来源：某网</div><div>{PARAGRAPHS}</div>'), "2021-06-15"),
}  # fmt: skip


def read(case: Case) -> Article:
    found = read_article(case.name, case.source.encode())
    assert isinstance(found, Article), found
    return found


@pytest.mark.parametrize("name", CASES)
def test_a_wrong_date_is_marked_as_a_guess(name: str) -> None:
    found = read(CASES[name])
    if found.published != CASES[name].date:
        assert found.published is None or found.published_origin in GUESSED_ORIGINS


def test_nearly_all_dates_are_right() -> None:
    wrong = {name: found for name, case in CASES.items() if (found := read(case).published) != case.date}
    assert len(wrong) <= 0.05 * len(CASES), wrong


@pytest.mark.parametrize(
    ("name", "origin"),
    [
        ("hugo", "front-matter"),
        ("json-ld", "page-metadata"),
        ("gov-line", "label"),
        ("agency", "masthead"),
        ("dateline-full", "dateline"),
        ("paper-below", "closing-date"),
        ("dateline-no-year", "inferred"),
        ("address", "address"),
        ("file-name", "file-name"),
        ("event-in-the-title", "inferred"),
    ],
)
def test_the_origin_is_kept(name: str, origin: str) -> None:
    assert read(CASES[name]).published_origin == origin
