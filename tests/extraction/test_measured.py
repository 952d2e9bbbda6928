"""What figures count and whose they are, beyond the examples of the rules."""

from __future__ import annotations

import pytest

from kg import extraction, language, linking


@pytest.fixture(scope="module")
def tools():
    return language.load(), extraction.prepare(linking.known_names())


def figures(text: str, tools) -> dict[str, set[tuple[str, str]]]:
    """Return for each plain value that a text states the names of its subjects and its indicators."""
    nlp, lexicon = tools
    (doc,) = language.analyse(nlp, [text])
    found: dict[str, set[tuple[str, str]]] = {}
    for s in extraction.extract(doc, lexicon, "2021-06-15").statements:
        if s.type == "Measurement":
            subject, indicator, value = (s.roles[role][0] for role in ("subject", "indicator", "value"))
            pair = (getattr(subject, "text", subject), getattr(indicator, "text", indicator))
            found.setdefault(value.value, set()).add(pair)
    return found


@pytest.mark.parametrize(
    ("text", "value", "subject"),
    [
        ("各地淘宝村数（由多到少）：缙云县69，松阳县52，遂昌县36。", "52", "松阳县"),
        ("各地淘宝村数：缙云县69，松阳县、遂昌县各13，庆元县10。", "13", "松阳县"),
        ("2016年，缙云县、松阳县同批入选名单，各得中央财政资金2000万元。", "20000000", "松阳县"),
        ("邮政缙云县分公司总经理孙倩表态，年内把站点由98个扩充到200个。", "200", "邮政缙云县分公司"),
        ("中国果品流通协会一位专家提醒，缙云电商发货量约1500万单。", "15000000", "缙云"),
        ("去年，缙云县打造云谷电商产业园，占地110亩。", "110", "云谷电商产业园"),
        ("县供销社直属的缙云农产品有限公司每年供应蔬菜30万吨。", "300000", "缙云农产品有限公司"),
        ("缙云县网络零售额5亿元。松阳县以1.86亿元排在第二。", "186000000", "松阳县"),
    ],
)
def test_whose_a_figure_is(text, value, subject, tools):
    assert subject in {name for name, _ in figures(text, tools)[value]}


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("缙云县年产值做到1个亿。", {"100000000"}),
        ("缙云县带动2200余名妇女就业，人均增收2100元。", {"2200", "2100"}),
        ("孙倩当天接到120多笔订单。", {"120"}),
        ("缙云县单日销售过百万元的店铺有147家。", {"147"}),
        ("孙倩上个月卖出酸奶1.2万盒。", {"12000"}),
        ("缙云县出台办法：年网络零售额500万元及以上的，一次性奖励3万元。", set()),
    ],
)
def test_which_figures_are_stated(text, values, tools):
    assert set(figures(text, tools)) == values


def test_a_sum_without_words_is_of_what_the_paragraph_counted(tools):
    found = figures("缙云县网络零售额5亿元。松阳县以1.86亿元排在第二。", tools)
    assert {indicator for _, indicator in found["186000000"]} == {"网络零售额"}
    apart = figures("缙云县网络零售额5亿元。\n松阳县以1.86亿元排在第二。", tools)
    assert "186000000" not in apart
