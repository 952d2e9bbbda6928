"""What five kinds of web site make of an article. The pages are built after real ones, in words of their own."""

from __future__ import annotations

import html
import random
from collections.abc import Callable

from corpus.stories import Story, stories

_MENU = ("首页", "新闻", "政务", "乡村", "电商", "视频", "专题", "服务", "互动", "图片")
_SCRIPT = "<script>var _hmt = _hmt || []; document.write('<p>载入中。请稍候。</p>');</script>"


def page(story: Story, rng: random.Random) -> tuple[str, str]:
    """Return the page of one of the sites, and the text that a perfect reader would take from it."""
    return rng.choice(SITES)(story, rng)


def _escaped(text: str, rng: random.Random) -> str:
    """Write the text as HTML, some of its characters as references."""
    named = {"“": "&ldquo;", "”": "&rdquo;", "—": "&mdash;", "…": "&hellip;", "·": "&middot;"}
    share = rng.choice((0.0, 0.0, 1.0))
    return "".join(
        named[char] if char in named and rng.random() < share else html.escape(char, quote=False)
        for char in text
    )


def _menu(rng: random.Random, tag: str = "li") -> str:
    return "".join(
        f'<{tag}><a href="/{i}/">{name}</a></{tag}>' for i, name in enumerate(rng.sample(_MENU, 7))
    )


def _others(story: Story, rng: random.Random) -> list[str]:
    return [other.title for other in rng.sample(stories(40, seed=99), 6) if other.title != story.title]


def _date(story: Story) -> str:
    year, month, day = story.published.split("-")
    return f"{year}年{month}月{day}日"


def government(story: Story, rng: random.Random) -> tuple[str, str]:
    """A county's site: tables of layout, a line of facts, buttons, paragraphs with an indent."""
    line = f"发布日期：{story.published}　来源：{story.outlet}"
    body = "".join(f"<p>&nbsp;&nbsp;&nbsp;&nbsp;{_escaped(text, rng)}</p>\n" for text in story.paragraphs)
    source = f"""<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" "x.dtd">
<html><head><meta charset="utf-8"><title>{story.title}-某县人民政府</title>
<meta name="PubDate" content="{story.published} 10:11"><meta name="ContentSource" content="{story.outlet}">{_SCRIPT}
</head><body><table class="top"><tr><td class="nav">{_menu(rng, "span")}</td></tr></table>
<table><tr><td class="location">您现在的位置：<a href="/">首页</a> &gt; <a href="/x">工作动态</a></td></tr>
<tr><td><h1>{story.title}</h1></td></tr><tr><td><div class="info">{line}</div></td></tr>
<tr><td><div id="zoom" class="TRS_Editor">{body}</div></td></tr></table>
<div class="share">分享到：<a href="#">微信</a><a href="#">微博</a></div>
<div class="footer">主办：某县人民政府 网站标识码1234567890 <a href="#">ICP备12345678号</a></div></body></html>"""
    return source, f"{story.title}\n{line}\n" + "\n".join(story.paragraphs)


def portal(story: Story, rng: random.Random) -> tuple[str, str]:
    """A portal: a header with the headline, advertisements between paragraphs, comments, what is read most."""
    blocks = []
    for text in story.paragraphs:
        blocks.append(f"<p>　　{_escaped(text, rng)}</p>")
        if rng.random() < 0.2:
            blocks.append('<div class="ad-banner"><a href="/ad">限时抢购，全场五折起，快来看看吧！</a></div>')
    hot = "".join(f'<li><a href="/n/{i}">{title}</a></li>' for i, title in enumerate(_others(story, rng)))
    source = f"""<!doctype html><html lang="zh"><head><title>{story.title}_某某财经</title>
<meta property="article:published_time" content="{story.published}T08:09:46+08:00">
<style>.a{{color:red}}</style></head><body>
<nav><ul>{_menu(rng)}</ul></nav><header class="article-header"><h1>{story.title}</h1></header>
<article class="content">{"".join(blocks)}</article>
<div class="comments"><p>网友：我们村也在做，支持！</p><p>网友：东西很好，就是快递慢。</p></div>
<aside class="rank"><h3>热门排行</h3><ol>{hot}</ol></aside>{_SCRIPT}
<footer>Copyright &copy; 1996-2024 某某公司 版权所有</footer></body></html>"""
    return source, story.text


def paper(story: Story, rng: random.Random) -> tuple[str, str]:
    """The site of a paper: everything in div, line breaks instead of paragraphs, the paper's name below."""
    body = "<br/><br/>".join(f"　　{_escaped(text, rng)}" for text in story.paragraphs)
    others = "".join(f"<li><a href=/>{title}</a></li>" for title in _others(story, rng))
    last = f"《{story.outlet}》（{_date(story)} 05版）"
    source = f"""<html><head><meta http-equiv="Content-Type" content="text/html"><title>{story.title}</title></head>
<body><div id="top" class="header_top"><a href="/">{story.outlet}</a> | <a href="/2">数字报</a></div>
<div class="crumbs"><a href="/">首页</a> &gt;&gt; <a href="/b">要闻</a></div>
<div class="wrap"><div class="main"><h1>{story.title}</h1>
<div class="text_con">{body}<br/><br/>{last}</div>
<div class="bdsharebuttonbox"><a href="#">QQ空间</a></div>
<div class="related_news"><h4>相关新闻</h4><ul>{others}</ul></div>
</div></div><div id="bottom_copyright">版权所有，未经许可不得转载。</div></body></html>"""
    return source, story.text + "\n" + last


def reader(story: Story, rng: random.Random) -> tuple[str, str]:
    """A reading site: spans in paragraphs, empty paragraphs, pictures with captions out of the text, JSON-LD."""
    blocks = []
    for text in story.paragraphs:
        at = rng.randrange(len(text))
        first, second = _escaped(text[:at], rng), _escaped(text[at:], rng)
        blocks.append(f'<p style="text-indent:2em"><span>{first}</span><span style="x">{second}</span></p>')
        if rng.random() < 0.3:
            blocks.append("<p><br></p><p>&nbsp;</p>")
    source = f"""<!DOCTYPE html><html><head><title>{story.title}</title>
<script type="application/ld+json">{{"@context": "https://schema.org", "@type": "NewsArticle",
"headline": "{story.title}", "datePublished": "{story.published}", "author": {{"name": "{story.reporter}"}}}}</script>
</head><body><div id="app"><div class="side-bar"><button>收藏</button><button>点赞</button></div>
<section class="article-box"><h1>{story.title}</h1><div id="js_content">{"".join(blocks)}</div></section>
<div class="recommend-list">{"".join(f'<div><a href="/a">{t}</a></div>' for t in _others(story, rng))}</div>
<div style="display:none">请在客户端打开。</div></div></body></html>"""
    return source, story.text


def old(story: Story, rng: random.Random) -> tuple[str, str]:
    """A site of the year 2005: font and center, unclosed paragraphs, attributes without quotation marks."""
    body = "\n".join(f"<P>　　{_escaped(text, rng)}" for text in story.paragraphs)
    source = f"""<HTML><HEAD><TITLE>{story.title}</TITLE></HEAD><BODY bgcolor=#ffffff>
<TABLE width=760 align=center><TR><TD>{_menu(rng, "span")}</TD></TR>
<TR><TD><CENTER><H1>{story.title}</H1></CENTER>
<FONT size=3><DIV class=content>{body}</DIV></FONT></TD></TR>
<TR><TD align=right>【<A href=javascript:print()>打印本页</A>】【<A href=javascript:close()>关闭窗口</A>】</TD></TR>
<TR><TD class=copyright align=center>版权所有：某县广播电视台</TD></TR></TABLE></BODY></HTML>"""
    return source, story.text


SITES: tuple[Callable[[Story, random.Random], tuple[str, str]], ...] = (
    government,
    portal,
    paper,
    reader,
    old,
)
