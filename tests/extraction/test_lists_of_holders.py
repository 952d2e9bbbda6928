"""The layouts in which papers and bulletins print who holds an honour."""

from __future__ import annotations

import pytest

# Text, and the honours with those of their holders that nothing but the list tells.
LAYOUTS = {
    "a line for each, under its county": (
        "江苏省商务厅公布2020年淘宝村名单。\n沛县\n敬安镇李家庄\n丰县\n首羡镇孙楼村\n",
        {"淘宝村": "李家庄 孙楼村"},
    ),
    "county and colon": (
        "2020年淘宝村名单\n沛县：敬安镇西李庄、小马坊；\n丰县：首羡镇孙楼村。\n",
        {"淘宝村": "西李庄 小马坊 孙楼村"},
    ),
    "county and number": (
        "公布2020年淘宝村名单。\n沛县（2个）：敬安镇吕卷、龙固镇三里河村\n丰县（1个）：首羡镇小孙坊\n",
        {"淘宝村": "吕卷 三里河村 小孙坊"},
    ),
    "numbered": ("2020年淘宝村名单\n1. 沛县敬安镇后姚村\n2、丰县首羡镇小孙坊\n", {"淘宝村": "后姚村 小孙坊"}),
    "bullets after a line that names nobody": (
        "首批“电商示范镇”名单公布！快看有没有你家乡\n● 沛县敬安镇\n■丰县首羡镇\n",
        {"电商示范镇": "敬安镇 首羡镇"},
    ),
    "columns": (
        "2020年淘宝村名单\n序号 县 镇 村\n1 沛县 敬安镇 洋内\n2 丰县 首羡镇 孙楼村\n",
        {"淘宝村": "洋内 孙楼村"},
    ),
    "a cell in each line": (
        "2020年淘宝村名单\n序号\n县区\n乡镇\n村\n1\n沛县\n敬安镇\n后姚村\n",
        {"淘宝村": "后姚村"},
    ),
    "townships that no list has": (
        "2020年淘宝镇名单\n1 沛县 绿叶镇\n2 丰县 青禾乡\n",
        {"淘宝镇": "绿叶镇 青禾乡"},
    ),
    "members in brackets": (
        "2020年淘宝村名单\n沛县：敬安镇（后姚村、李家村）、龙固镇（孙家村）\n",
        {"淘宝村": "后姚村 李家村 孙家村"},
    ),
    "townships in brackets": (
        "2020年淘宝村揭晓，沛县新增淘宝村3个，包括：后姚村（敬安镇）、李家村（龙固镇）、小马坊（杨屯镇）。",
        {"淘宝村": "后姚村 李家村 小马坊"},
    ),
    "told of one township after the other": (
        "江苏省商务厅公布今年淘宝村名单。敬安镇2个，分别为后姚村、李家村；龙固镇1个：孙家村。",
        {"淘宝村": "后姚村 李家村 孙家村"},
    ),
    "townships of each district": (
        "2020年淘宝镇名单公布，徐州有3个乡镇上榜，它们是：沛县的敬安镇、龙固镇，丰县的首羡镇。",
        {"淘宝镇": "敬安镇 龙固镇 首羡镇"},
    ),
    "people and firms under headings": (
        "名单如下：\n一、电商创业带头人（2名）\n孙倩 沛县青禾食品有限公司总经理\n李国强 惠民合作社理事长\n"
        "二、电商示范企业：青禾食品有限公司、惠民合作社。\n",
        {"电商创业带头人": "孙倩 李国强", "电商示范企业": "青禾食品有限公司 惠民合作社"},
    ),
}


@pytest.mark.parametrize(("text", "expected"), LAYOUTS.values(), ids=LAYOUTS)
def test_holders_in_every_layout(read, text, expected):
    held = {
        (statement.roles["title"][0].text.strip("“”"), statement.roles["holder"][0].text)
        for statement in read(text).statements
        if statement.type == "Designation" and "holder" in statement.roles
    }
    missing = {(title, holder) for title, holders in expected.items() for holder in holders.split()} - {
        (name[-len(title) :], holder) for name, holder in held for title in expected
    }
    assert not missing, held


def test_what_is_no_list_names_no_village(read):
    for text in (
        "2020年淘宝村名单公布。\n三、认定口径\n沛县：电商富民\n",
        "沛县敬安镇小马坊\n孙倩、李国强\n",
        "沛县有多个淘宝村，产品包括蒜片、蒜粉、蒜油。",
    ):
        names = {m.text for group in read(text).mentions for m in group if m.cls == "Place"}
        assert not names & {"认定口径", "电商富民", "孙倩", "李国强", "蒜片", "蒜粉", "蒜油"}, names


def test_a_year_in_brackets_is_that_of_the_holder_before_it(read):
    text = "历年获评“中国淘宝村”的有：\n后姚村（2013年）、李家村（2014年）。\n"
    times = {s.roles["holder"][0].text: s.time for s in read(text).statements if s.type == "Designation"}
    assert times == {"后姚村": "2013", "李家村": "2014"}


def test_the_verb_before_a_count_is_no_part_of_what_is_counted(read):
    found = read("沛县加快布点，建设村级服务站150个。").mentions
    assert "村级服务站" in {m.text for group in found for m in group}


def test_an_honour_for_villages_is_not_that_of_the_county_spoken_of(read):
    found = read("沛县地处湖西，家家开网店，被评为“最美淘宝村”。").statements
    held = [s.roles["holder"][0] for s in found if s.type == "Designation"]
    assert held and all(holder.text != "沛县" for holder in held)


def test_a_township_in_a_list_of_villages_has_the_sister_honour(read):
    text = "阿里研究院公布“中国淘宝村”名单。我市共有29个村、4个镇榜上有名，沛县敬安镇等在列。"
    held = {
        (s.roles["title"][0].text, s.roles["holder"][0].text)
        for s in read(text).statements
        if "holder" in s.roles
    }
    assert ("中国淘宝镇", "敬安镇") in held


def test_a_surname_that_is_a_preposition_after_a_post(read):
    text = "沛县商务局副局长向朝阳解读说，网店多了。"
    assert "向朝阳" in {m.text for group in read(text).mentions for m in group if m.cls == "Person"}
