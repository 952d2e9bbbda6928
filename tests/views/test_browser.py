"""What the page does, in a headless Chromium."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from kg.views import network_page

from . import sample
from .chromium import Page

READY = "document.body.hasAttribute('data-ready')"
ATTACKS = (
    "<script>window.harm=1</script>",
    "</script><script>window.harm=1</script>",
    "<img src=http://harm.example/x onerror=window.harm=1>",
    "\"'><svg onload=window.harm=1>",
    "javascript:window.harm=1",
    "data:text/html,<script>window.harm=1</script>",
    "]]>-->*/window.harm=1//",
    "\u2028window.harm=1\u2029",
    "${window.harm=1}`+window.harm=1+`{{ 7*7 }}{% raw %}",
    "<b>*_`harm`_*</b><a href=http://harm.example>",
    "<style>@import 'http://harm.example/s.css'</style>",
    "__proto__",
    "constructor",
    "\0\ud800\u202e\ufffe",
)


@pytest.fixture
def page(tab: Page, address: str) -> Page:
    tab.open(address, ready=READY)
    return tab


def text(page: Page, selector: str) -> str:
    return page.run(f"document.querySelector({json.dumps(selector)})?.innerText ?? ''")


def node(name: str) -> str:
    return f"DATA.entities.findIndex((entity) => entity.name === {json.dumps(name)})"


def point(page: Page, *names: str) -> tuple[float, float]:
    """Return where on the screen a node, or the middle of two, is."""
    places = [page.run(f"network.canvasToDOM(network.getPosition({node(name)}))") for name in names]
    frame = page.run("(({x, y}) => ({x, y}))(byId('network').getBoundingClientRect())")
    return tuple(frame[axis] + sum(place[axis] for place in places) / len(places) for axis in "xy")  # type: ignore[return-value]


def shown_edges(page: Page) -> int:
    return page.run("edges.get().filter((edge) => !edge.hidden).length")


def test_it_loads_alone_and_in_silence(page: Page, address: str) -> None:
    assert page.complaints() == []
    assert page.requests() == [address]


def test_something_is_drawn(page: Page) -> None:
    assert len(page.screenshot()) > 20_000
    colours = """(() => {
      const canvas = document.querySelector('canvas');
      const pixels = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data;
      const seen = new Set();
      for (let at = 0; at < pixels.length; at += 4) seen.add(pixels.slice(at, at + 3).join());
      return [...seen];
    })()"""
    assert {"43,154,102", "37,99,201", "240,180,0"} <= set(page.run(colours)), "the colours of three classes"


def test_a_click_on_a_link_shows_every_fact_with_its_quotes(page: Page) -> None:
    page.mouse(*point(page, "肃宁县", "阿里巴巴集团"), click=True)
    page.wait("!byId('panel').hidden")
    panel = text(page, "#panel")
    for part in ("合作", "Partnership", "2015-05", "201X", "000.txt", "900–908"):
        assert part in panel
    for quote in ("2015年5月，肃宁签约", "双方再次合作签约八字", "又一处同样的说法"):
        assert quote in panel


def test_a_click_on_a_node_shows_names_neighbours_and_facts(page: Page) -> None:
    page.mouse(*point(page, "肃宁县"), click=True)
    page.wait("!byId('panel').hidden")
    panel = text(page, "#panel")
    for part in ("肃宁县", "Suning", "地方", "县级", "京东", "将与京东合作", "计划", "西乾泊村"):
        assert part in panel
    assert page.run("[...document.links].map((link) => [link.href, link.rel])") == [
        [sample.iri("肃宁县"), "noopener noreferrer"]
    ]


def test_the_tooltip_quotes(page: Page) -> None:
    page.mouse(*point(page, "陈雷", "西乾泊村"))
    page.wait("!byId('tip').hidden")
    assert "村支书陈雷" in text(page, "#tip")


def test_planned_and_denied_facts_are_dashed(page: Page) -> None:
    dashed = "edges.get().filter((edge) => edge.dashes).map((edge) => DATA.facts[edge.facts[0].fact].modality).sort()"
    assert page.run(dashed) == ["negated", "planned"]


def test_the_search_knows_aliases_and_quotes_by_keyboard(page: Page) -> None:
    page.press("/", "/")
    page.call("Input.insertText", text="alibaba")
    page.wait("!byId('results').hidden")
    assert "阿里巴巴集团" in text(page, "#results")
    page.press("Enter", "\r")
    page.wait("!byId('panel').hidden")
    assert text(page, "#panel .title") == "阿里巴巴集团"
    assert page.run("document.activeElement.id") == "panel"
    page.press("Escape")
    page.wait("byId('panel').hidden")
    page.run("byId('query').focus(); byId('query').value = ''")
    page.call("Input.insertText", text="并未销售")
    page.press("ArrowDown")
    page.press("Enter", "\r")
    page.wait("!byId('panel').hidden")
    assert "否定" in text(page, "#panel .fact")


def test_the_legend_filters(page: Page) -> None:
    everything = shown_edges(page)
    page.run("document.querySelector('#types .toggle').click()")  # Partnership
    assert shown_edges(page) == everything - 2
    page.run("byId('reset').click()")
    assert shown_edges(page) == everything
    page.run("document.querySelector('#classes .toggle').click()")  # Person
    assert shown_edges(page) == everything - 1
    assert page.run(f"nodes.get({node('陈雷')}).hidden") is True


def test_the_years_filter(page: Page) -> None:
    assert text(page, "#span") == "2010–2022"
    page.run(
        "byId('undated').click(); byId('from').value = 2020; byId('from').dispatchEvent(new Event('input'))"
    )
    assert shown_edges(page) == 1


def test_the_window_may_be_small(tab: Page, address: str) -> None:
    tab.open(address, 390, 800, ready=READY)
    assert tab.run("document.documentElement.scrollWidth <= innerWidth")
    assert tab.run("byId('network').clientHeight > 350")


def hostile(attack: str, number: int) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    names = [f"{attack}{number}a", f"{attack}{number}b"]
    ids = {name: attack + str(index) + str(number) for index, name in enumerate(names)}
    roles = {attack: [names[0], attack], attack + "2": [names[1]], "kind": [attack]}
    fact = sample.fact(number, attack, roles, attack, doc=attack, time=attack, modality=attack, rule=attack)
    fact |= {"ids": ids, "aliases": {name: [attack] for name in names}, "id": attack + str(number)}
    entities = [
        {"doc": attack, "class": attack, "names": name, "aliases": [attack], "level": attack, "id": iri}
        for name, iri in ids.items()
    ]
    return fact, entities


def test_nothing_from_an_article_runs(tab: Page, tmp_path: Path) -> None:
    facts, entities, labels = [], [], {}
    for number, attack in enumerate(ATTACKS):
        fact, two = hostile(attack, number)
        facts.append(fact)
        entities += two
        labels |= {f"{kind}/{attack}": {"zh": attack, "en": attack} for kind in ("class", "fact")}
    path = tmp_path / "hostile.html"
    path.write_text(network_page(facts, entities, labels, "".join(ATTACKS)), "utf-8")
    tab.open(path.as_uri(), ready=READY)
    assert tab.run("DATA.facts.length") == len(ATTACKS)
    links = tab.run("""(() => {
      const links = [];
      const look = () => document.querySelectorAll('a').forEach((link) => links.push(link.href));
      const event = { pointer: { DOM: { x: 5, y: 5 } } };
      DATA.nodes.forEach(({ id }) => { openNode(id); look(); showTip(tipForNode(id), event); });
      DATA.edges.forEach(({ id }) => { openEdge(id); look(); showTip(tipForEdge(id), event); });
      DATA.facts.forEach((_, index) => { openFact(index); look(); });
      for (const sought of ['harm', 'script', '_', 'constr']) { byId('query').value = sought; search(); }
      document.querySelectorAll('.toggle').forEach((toggle) => toggle.click());
      byId('reset').click();
      return links;
    })()""")
    assert links == []
    tab.run("new Promise((done) => setTimeout(done, 300))")
    assert tab.run("window.harm") is None
    assert tab.run("document.querySelectorAll('img, iframe, object, embed, link, base, form').length") == 0
    assert tab.run("document.querySelectorAll('style').length") == 1
    assert tab.run("document.scripts.length") == 6
    assert tab.complaints() == []
    assert tab.requests() == [path.as_uri()]


def test_the_policy_would_stop_what_got_in(page: Page) -> None:
    page.run("""(() => {
      const script = document.createElement('script');
      try { script.textContent = 'window.harm=1'; document.body.append(script); } catch (refused) {}
      const image = document.createElement('img');
      image.src = 'http://harm.example/';
      document.body.append(image);
      return new Promise((done) => setTimeout(done, 100));
    })()""")
    assert page.run("window.harm") is None
    assert any("Content Security Policy" in one for one in page.complaints())
    failures = [event["params"] for event in page.events if event["method"] == "Network.loadingFailed"]
    assert [failure.get("blockedReason") for failure in failures] == ["csp"]
