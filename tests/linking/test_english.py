"""English labels: the readings that places and surnames have, and pinyin for the rest."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from kg.linking import gazetteer
from kg.linking.english import joined, labelled, person, phrase, place
from kg.model import Entity

COUNTIES = """
    长葛市 Changge City|单县 Shan County|浚县 Xun County|肃宁县 Suning County|乐清市 Yueqing City|乐亭县 Laoting County
    枞阳县 Zongyang County|歙县 She County|黟县 Yi County|莘县 Shen County|冠县 Guan County|尉犁县 Yuli County
    大埔县 Dabu County|番禺区 Panyu District|监利市 Jianli City|铅山县 Yanshan County|洪洞县 Hongtong County
    蔚县 Yu County|涡阳县 Guoyang County|郫都区 Pidu District|犍为县 Qianwei County|长子县 Zhangzi County
    朝阳区 Chaoyang District
    长安区 Chang'an District|都江堰市 Dujiangyan City|乌什县 Wushi County|宕昌县 Tanchang County|北林区 Beilin District
    乳源瑶族自治县 Ruyuan Yao Autonomous County|鄂温克族自治旗 Ewenki Autonomous Banner|阿拉善左旗 Alxa Left Banner
    积石山保安族东乡族撒拉族自治县 Jishishan Bonan Dongxiang Salar Autonomous County|绿园区 Lüyuan District"""
PREFECTURES = """
    蚌埠市 Bengbu City|六安市 Lu'an City|亳州市 Bozhou City|厦门市 Xiamen City|台州市 Taizhou City|丽水市 Lishui City
    东莞市 Dongguan City|吐鲁番市 Turpan City|呼和浩特市 Hohhot City|拉萨市 Lhasa City|长沙市 Changsha City
    成都市 Chengdu City|宿州市 Suzhou City|漯河市 Luohe City|凉山彝族自治州 Liangshan Yi Autonomous Prefecture
    兴安盟 Xing'an League
    海西蒙古族藏族自治州 Haixi Mongol Tibetan Autonomous Prefecture|喀什地区 Kashgar Prefecture"""
PROVINCES = """
    西藏自治区 Tibet Autonomous Region|新疆维吾尔自治区 Xinjiang Uygur Autonomous Region|陕西省 Shaanxi Province
    山西省 Shanxi Province|北京市 Beijing|香港特别行政区 Hong Kong Special Administrative Region"""
SMALLER = [
    ("大周镇", "township", "Dazhou Town"), ("长安街道", "township", "Chang'an Subdistrict"),
    ("沙窝畲族乡", "township", "Shawo She Township"), ("岗李村", "village", "Gangli Village"),
    ("长岭社区", "village", "Changling Community"),
]  # fmt: skip


def listed(text: str) -> list[tuple[str, str]]:
    lines = re.split(r"[|\n]", text.strip())
    return [(name, english) for name, english in (line.strip().split(" ", 1) for line in lines)]


@pytest.mark.parametrize(
    ("name", "level", "english"),
    [
        *((name, "county", english) for name, english in listed(COUNTIES)),
        *((name, "prefecture", english) for name, english in listed(PREFECTURES)),
        *((name, "province", english) for name, english in listed(PROVINCES)),
        *SMALLER,
    ],
)
def test_places(name, level, english):
    assert place(name, level)[0] == english


@pytest.mark.parametrize(
    ("name", "level", "short"),
    [("长葛市", "county", "Changge"), ("单县", "county", "Shanxian"), ("西藏自治区", "province", "Tibet"),
     ("凉山彝族自治州", "prefecture", "Liangshan"), ("甘孜", "county", "")],
)  # fmt: skip
def test_places_for_short(name, level, short):
    assert place(name, level)[1] == short


def test_every_division_has_an_english_name():
    for division in gazetteer.divisions().values():
        if division.level != "country":
            assert re.fullmatch(r"[A-Za-z0-9ü' ·.(),、-]+", place(division.name, division.level)[0]), division


@pytest.mark.parametrize(
    ("name", "english"),
    [
        ("陈雷", "Chen Lei"), ("欧阳小红", "Ouyang Xiaohong"), ("单田芳", "Shan Tianfang"),
        ("仇和", "Qiu He"), ("解小东", "Xie Xiaodong"), ("查英", "Zha Ying"),
        ("曾小贤", "Zeng Xiaoxian"), ("盖叫天", "Ge Jiaotian"),
        ("区志强", "Ou Zhiqiang"), ("朴槿", "Piao Jin"),
        ("尉迟恭", "Yuchi Gong"), ("李安娥", "Li An'e"), ("吕大鹏", "Lü Dapeng"),
        ("古丽·买买提", ""), ("泽仁翁姆", ""), ("陈", ""),
    ],
)  # fmt: skip
def test_people(name, english):
    assert person(name) == english


@pytest.mark.parametrize(
    ("name", "pinyin"),
    [
        ("浙江青禾农业科技有限公司", "Zhejiang Qinghe Nongyekeji Youxiangongsi"),
        ("长葛市豫晨庄园", "Changge Shi Yuchen Zhuangyuan"),
        ("拉萨青稞", "Lasa Qingke"),  # pinyin, no English name
        ("青禾（山东）公司", "Qinghe (Shandong) Gongsi"),
        ("2021阿里农产品电商报告", "2021 Ali Nongchanpin Dianshang Baogao"),
        ("ABC", "ABC"),
        ("", ""),
    ],
)
def test_phrases(name, pinyin):
    assert phrase(name) == pinyin


def test_apostrophes_stand_where_a_syllable_could_be_misread():
    assert joined(["xi", "an"]) == "Xi'an" and joined(["a", "er"]) == "A'er" and joined(["xian"]) == "Xian"


@pytest.mark.parametrize(
    ("entity", "english", "pinyin", "aliases"),
    [
        (Entity("place/1", "Place", "单县", level="county"), "Shan County", None, ("Shanxian",)),
        (Entity("place/2", "Place", "德国", english="Germany", level="country"), "Germany", None, ("Deguo",)),
        (Entity("person/1", "Person", "陈雷"), "Chen Lei", None, ()),
        (Entity("person/2", "Person", "泽仁翁姆"), None, "Zerenwengmu", ()),
        (Entity("organization/1", "Organization", "京东", english="JD"), "JD", None, ()),
        (
            Entity("organization/2", "Organization", "许昌市商务局"),
            "Xuchang City Bureau of Commerce",
            None,
            (),
        ),
        (Entity("organization/3", "Organization", "单县委"), "CPC Shan County Committee", None, ()),
        (Entity("organization/4", "Organization", "青禾公司"), None, "Qinghe Gongsi", ()),
        (Entity("product/1", "Product", "鱼竿"), None, "Yugan", ()),
    ],
)
def test_labels(entity, english, pinyin, aliases):
    found = labelled(entity)
    assert found == replace(entity, english=english, pinyin=pinyin, english_aliases=aliases)


def test_every_entity_has_a_latin_label(link):
    found = link(
        "缙云县很美。王小丽任青禾公司总经理。壶镇镇获得“全国电商示范镇”称号。缙云县产香菇，在淘宝上卖。"
    )
    assert found.entities and all(e.english or e.pinyin for e in found.entities.values())
