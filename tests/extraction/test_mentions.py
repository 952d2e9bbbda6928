"""What is found in sentences: which stretch, as what, and what is left alone."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.model import Mention


@pytest.fixture(scope="session")
def found(read):
    """A function from a text to its mentions, (class, text) each; auxiliary classes only if asked for."""

    def _found(text: str, *classes: str) -> list[tuple[str, str]]:
        mentions = [m for sentence in read(text).mentions for m in sentence]
        return [(m.cls, m.text) for m in mentions if not classes or m.cls in classes]

    return _found


@pytest.mark.parametrize(
    ("text", "places"),
    [
        # Chains, each unit by itself.
        ("浙江省丽水市缙云县壶镇镇的网店多。", ["浙江省", "丽水市", "缙云县", "壶镇镇"]),
        ("浙江丽水缙云的麻鸭卖到上海。", ["浙江", "丽水", "缙云", "上海"]),
        ("山东省菏泽市曹县的网店卖汉服。", ["山东省", "菏泽市", "曹县"]),
        ("新疆维吾尔自治区和田地区于田县的玫瑰。", ["新疆维吾尔自治区", "和田地区", "于田县"]),
        ("上海市浦东新区的白领。", ["上海市", "浦东新区"]),
        ("碧湖镇下圳村的网店多。", ["碧湖镇", "下圳村"]),
        # Autonomous and former names.
        ("景宁畲族自治县的惠明茶。", ["景宁畲族自治县"]),
        ("密云县的板栗好。", ["密云县"]),
        # Lists.
        ("舒洪镇、新建镇和东渡镇都种茶。", ["舒洪镇", "新建镇", "东渡镇"]),
        ("缙云县、云和县和庆元县合作。", ["缙云县", "云和县", "庆元县"]),
        # Names that are ordinary words stand only with support.
        ("热爱和平的人们来到缙云。", ["缙云"]),
        ("天津市和平区的企业来了。", ["天津市", "和平区"]),
        ("新华书店在庆元开业。", ["庆元"]),
        ("三元一斤的价格。", []),
        ("万年来的传统。", []),
        # No names at all.
        ("村庄和小镇都在变化，乡村振兴有了起色。", []),
        ("淘宝村和示范县多起来。", []),
        ("许多县市区参加，各乡镇响应。", []),
        ("碧湖镇下圳村、赵村和魏村是电商村。", ["碧湖镇", "下圳村", "赵村", "魏村"]),
        ("碧湖镇下圳村和魏村的网店多。", ["碧湖镇", "下圳村", "魏村"]),
        ("下圳村和美丽乡村都变了。", ["下圳村"]),
        ("壶镇镇供销社、下圳村和赵村都来了。", ["下圳村", "赵村"]),
        ("壶镇镇李家店、小李村、下圳村等都来了。", ["壶镇镇", "李家店", "小李村", "下圳村"]),
        # The fields of offices.
        ("缙云县的农业农村工作有了起色。", ["缙云县"]),
        # Characters of two words.
        ("部分乡镇振兴乡村，建设数字新乡村。", []),
        ("农村电商州县体系建成。", []),
        ("成武三县、沿海两镇都来了。", ["两镇"]),
        ("南方县、苏北县的网店多。", []),
        # Chains without units; names that only look like a larger place.
        ("缙云壶镇镇和缙云新碧街道的网店多。", ["缙云", "壶镇镇", "缙云", "新碧街道"]),
        ("曹县河北村的网店多。", ["曹县", "河北村"]),
        ("缙云县壶镇镇湖川村和新碧街道黄碧村的网店多。", ["缙云县", "壶镇镇", "湖川村", "新碧街道", "黄碧村"]),
        ("缙云县壶镇镇下潜自然村的网店多。", ["缙云县", "壶镇镇", "下潜自然村"]),
        ("壶镇镇有自然村五十个，每个自然村都有网店。", ["壶镇镇"]),
        # Lists that share an ending.
        ("莘、冠两县签约。", ["莘", "冠"]),
        ("山东省莘、冠等县签约。", ["山东省", "莘", "冠"]),
        ("曹县大集、安蔡楼两镇签约。", ["曹县", "大集", "安蔡楼"]),
        ("曹县大集镇丁楼、孙庄等村签约。", ["曹县", "大集镇", "丁楼", "孙庄"]),
        ("东、西两区签约。", ["两区"]),
        ("食品、服装两县签约。", ["两县"]),
        ("烟台5个县市签约。", ["烟台"]),
        # Units that posts open; not those that only look so.
        ("缙云县长李伟和缙云县县长李伟是一人。", ["缙云", "缙云县"]),
        ("龙岩市长汀县的豆腐好。", ["龙岩市", "长汀县"]),
    ],
)  # fmt: skip
def test_places(found, text, places):
    assert [name for _, name in found(text, "Place")] == places


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("浙江省的县。", "province"),
        ("丽水市的县。", "prefecture"),
        ("缙云县的镇。", "county"),
        ("义乌市的镇。", "county"),
        ("壶镇镇的村。", "township"),
        ("碧湖镇下圳村的人。", "village"),
        ("和田地区的枣。", "prefecture"),
        ("泰国的榴莲。", "country"),
    ],
)
def test_levels_of_places(read, text, level):
    assert [m.level for s in read(text).mentions for m in s if m.cls == "Place"][-1] == level


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("丽水学院与缙云县电子商务协会合作。", ["丽水学院", "缙云县电子商务协会"]),
        ("缙云县供销合作社联合社到场。", ["缙云县供销合作社联合社"]),
        ("青禾农业科技有限公司在缙云开分店。", ["青禾农业科技有限公司"]),
        ("缙云县青禾果蔬专业合作社成立。", ["青禾果蔬专业合作社"]),  # the county only says where it is
        ("缙云县委、县政府召开会议。", ["缙云县委", "县政府"]),
        ("京东物流浙江分公司和菜鸟网络入驻。", ["京东物流浙江分公司", "菜鸟网络"]),
        ("缙云县农业农村局印发通知。", ["缙云县农业农村局"]),
        ("《人民日报》刊登消息。", ["人民日报"]),
        # Names without a telling end, and bodies without a name.
        ("今年2月，一家叫青禾满的外地公司派人来看过。", ["青禾满"]),
        ("由省商务厅会同省农业农村厅出台。", ["省商务厅", "省农业农村厅"]),
        ("如今青禾针织（安徽）有限公司用工上万人。", ["青禾针织（安徽）有限公司"]),
        ("贵阳一家文化公司来村里。", []),
        # Quoted names of shops and brands.
        ("她注册了“山里阿妹”网店。", ["“山里阿妹”"]),
        ("王小丽的网店叫“壶镇小厨”。", ["“壶镇小厨”"]),
        ("“雪莲”品牌卖得好。", ["“雪莲”"]),
        # Lists explained by their last words.
        ("中通、圆通、极兔等快递企业入驻。", ["中通", "圆通", "极兔"]),
        ("青禾果业、山里红食品等龙头企业来了。", ["青禾果业", "山里红食品"]),
        # Nobody's name.
        ("各县商务部门和农业农村部门参加。", []),
        ("一家公司和几个合作社来了。", []),
        ("多家快递公司、物流企业进村。", []),
        ("当地电商协会很活跃。", []),
    ],
)
def test_organisations(found, text, expected):
    assert [name for _, name in found(text, "Organization")] == expected


@pytest.mark.parametrize(
    ("cls", "text", "expected"),
    [
        ("Facility", "缙云农村电商产业园开园。", ["缙云农村电商产业园"]),
        ("Facility", "云和县木玩电商孵化基地建成。", ["木玩电商孵化基地"]),
        ("Facility", "农村淘宝缙云服务中心揭牌。", ["农村淘宝缙云服务中心"]),
        ("Facility", "镇上有电商服务中心和产业园。", []),
        ("Person", "记者陈晓燕、通讯员吴伟明报道。", ["陈晓燕", "吴伟明"]),
        ("Person", "县长李伟说，副县长周洁、局长郑国强陪同。", ["李伟", "周洁", "郑国强"]),
        ("Person", "欧阳晓明介绍了情况。", ["欧阳晓明"]),
        ("Person", "许多村民说好。", []),
        ("Platform", "淘宝网、天猫商城和1688都有店。", ["淘宝网", "天猫商城", "1688"]),
        ("Platform", "抖音、快手、拼多多等平台开课。", ["抖音", "快手", "拼多多"]),
        ("Platform", "Temu和SHEIN落户义乌。", ["Temu", "SHEIN"]),
        ("Platform", "这个淘宝村很有名。", []),  # a part of the honour's name, no mention of its own
        ("Policy", "《缙云县电商扶贫实施方案》同时发布。", ["《缙云县电商扶贫实施方案》"]),
        ("Policy", "《大山里的来信》一文很动人。", []),
        ("Report", "《2020中国木玩产业报告》同时发布。", ["《2020中国木玩产业报告》"]),
        ("Programme", "云和县的“木玩计划”项目获批。", ["“木玩计划”项目"]),
        ("Product", "香菇、木耳和笋干热销。", ["香菇", "木耳", "笋干"]),
        ("Designation", "入选“全国电子商务进农村综合示范县”名单。", ["“全国电子商务进农村综合示范县”"]),
        ("Designation", "北山村成为淘宝村。", ["淘宝村"]),
        ("Event", "第三届缙云烧饼文化节开幕。", ["第三届缙云烧饼文化节"]),
        ("Agreement", "签订战略合作框架协议。", ["战略合作框架协议"]),
        ("JobTitle", "副县长周洁到场。", ["副县长"]),
        ("Quantity", "新开网店1.2万家，增长14.1%。", ["1.2万家"]),
        ("Money", "卖了1.2亿元。", ["1.2亿元"]),
        ("Time", "2019年5月签约，次年投产。", ["2019年5月", "次年"]),
        ("Programme", "电子商务进农村综合示范项目落地缙云。", ["电子商务进农村综合示范项目"]),
        ("Event", "县里打算办一场汉服新品发布会。", ["汉服新品发布会"]),
        ("Event", "首届丽水网货节在莲都区开幕。", ["首届丽水网货节"]),
        ("Person", "村民和网友都说好。", []),
        ("JobTitle", "缙云县委书记王立军到场。", ["县委书记"]),
    ],
)  # fmt: skip
def test_other_classes(found, cls, text, expected):
    assert [name for _, name in found(text, cls)] == expected


@pytest.mark.parametrize(
    ("text", "word", "kind"),
    [
        ("我市出台新政。", "我市", "home"), ("该县的茶好。", "该县", "last"), ("该公司计划扩产。", "该公司", "last"),
        ("双方握手。", "双方", "parties"), ("市商务局负责。", "市商务局", "home"), ("县委召开会议。", "县委", "home"),
        ("她是本地人。", "她", "last"),
    ],
)  # fmt: skip
def test_anaphors(read, text, word, kind):
    assert [(m.text, m.anaphor) for s in read(text).mentions for m in s if m.anaphor][:1] == [(word, kind)]


@pytest.mark.parametrize(
    "text", ["全市场都在看。", "县城热闹。", "他们走了。", "其他商户不来。", "公司化经营。"]
)
def test_no_anaphors(read, text):
    assert [m.text for s in read(text).mentions for m in s if m.anaphor] == []


def test_a_name_holds_what_is_named_inside_it(read):
    ((body,),) = [
        [m for m in s if m.cls == "Organization"] for s in read("缙云县电子商务协会成立。").mentions
    ]
    assert [(p.cls, p.text, p.level) for p in body.parts] == [("Place", "缙云县", "county")]
    ((policy,),) = [
        [m for m in s if m.cls == "Policy"]
        for s in read("《云和县电商发展规划（2020—2025年）》印发。").mentions
    ]
    assert ("Place", "云和县") in [(p.cls, p.text) for p in policy.parts]
    assert ("Time", "2020/2025") in [(p.cls, p.value) for p in policy.parts]


def test_the_field_of_an_office_is_no_place(read):
    ((body,),) = [
        [m for m in s if m.cls == "Organization"] for s in read("缙云县农业农村局印发通知。").mentions
    ]
    assert [p.text for p in body.parts] == ["缙云县"]


def test_a_name_once_introduced_is_found_again(found):
    text = "“山里阿妹”网店开张。后来，山里阿妹火了。"
    assert [name for _, name in found(text, "Organization")] == ["“山里阿妹”", "山里阿妹"]


def test_names_without_their_marks(read):
    (mention,) = [
        m for s in read("王小丽的网店叫“壶镇小厨”。").mentions for m in s if m.cls == "Organization"
    ]
    assert (mention.text, mention.name) == ("“壶镇小厨”", "壶镇小厨")


def test_times_are_dates(read):
    text = "2019年5月3日签约。次日开工。去年投产。"
    times = [m.value for s in read(text).mentions for m in s if m.cls == "Time"]
    assert times == ["2019-05-03", "2019-05-04", "2020"]


def test_an_older_dateline_is_the_day_of_the_article(read):
    text = "本报丽水5月17日讯 昨日，缙云县开会。"
    assert [m.value for s in read(text).mentions for m in s if m.cls == "Time"][-1] == "2021-05-16"


def everything(mentions) -> list[Mention]:
    return [m for mention in mentions for m in (mention, *everything(mention.parts))]


PIECES = (
    "缙云县 丽水市 壶镇镇 下圳村 北山村 和平 新华 青禾公司 京东集团 拼多多 “山里阿妹” 网店 品牌 "
    "《电商发展规划》 《人民日报》 县长 李伟 王小丽 2019年 次日 3月5日 近日 1.2亿元 三家 香菇 淘宝村 "
    "示范县 “ ” 《 》 （ ） 、 和 与 等 ， 。 ； \n 被评为 签订 合作协议 双方 该县 我市 市商务局 "
    "电商产业园 第三届 文化节 协会 在 的 快递企业 😀 A"
)
pieces = st.sampled_from(PIECES.split(" "))


@given(st.lists(pieces, max_size=25).map("".join))
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_mentions_quote_the_text_and_do_not_overlap(read, text):
    end = 0
    for sentence in read(text).mentions:
        for mention in sentence:
            assert end <= mention.start < mention.end <= len(text)
            end = mention.end
            for inner in everything([mention]):
                assert inner.text == text[inner.start : inner.end]
                assert mention.start <= inner.start < inner.end <= mention.end


@pytest.mark.parametrize(
    "text",
    [
        "全县有\ufffd12家网店。",
        "全县有1\ufffd2家网店。",
        "全县有12\ufffd家网店。",
        "201\ufffd年5月，全县有网店。",
    ],
)
def test_nothing_is_read_from_a_figure_with_an_unreadable_digit(found, text):
    assert found(text, "Quantity") == [] and found(text, "Time") == []


@pytest.mark.parametrize(
    ("text", "names"),
    [("缙云县直播电商一季度零售额2亿元。", []), ("缙云县云谷电商去年在淘宝卖出烧饼3万斤。", ["云谷电商"])],
)
def test_the_trade_of_a_place_is_no_firm(found, text, names):
    assert [name for _, name in found(text, "Organization")] == names


def test_a_forum_by_its_name_is_no_shop(found):
    assert ("Event", "“北湖农村电商高峰论坛”") in found("此次论坛名为“北湖农村电商高峰论坛”，孙倩到会。")


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("秋木耳前围的人最多。", []),
        ("（记者孙倩 通讯员李青山）县商务局介绍，网店多了。", ["孙倩", "李青山", "县商务局"]),
        ("青禾（山东）电子商务有限公司开业了。", ["青禾（山东）电子商务有限公司"]),
    ],
)
def test_goods_are_no_people_and_bylines_no_part_of_a_body(text, names, found):
    assert [name for _, name in found(text, "Person", "Organization")] == names


@pytest.mark.parametrize(
    ("text", "goods"),
    [
        # What is sold is the good, not the phrase with its verb.
        ("沛县通过电商平台销售香菇1.2万吨。", ["香菇"]),
        # One character is a good only after a verb of trade or farming.
        ("孙倩家种枣，养鸡，卖茶。", ["枣", "鸡", "茶"]),
        ("孙倩喝着茶，鸡叫了。", []),
        # The nouns before a good belong to its name, who sells it or where does not.
        ("村里做藤铁家居的网店多。", ["藤铁家居"]),
        ("沛县卖有机大蒜。", ["有机大蒜"]),
        ("孙倩在直播间卖电商大蒜。", ["大蒜"]),
        # A longer good that is cut wrongly hides no shorter one.
        ("这个做演出服饰的乡富了。", ["演出服饰"]),
        ("孙倩为山猪火腿酱代言。", ["山猪火腿酱"]),
        ("沛县的大蒜、丰县的苹果都好。", ["大蒜", "苹果"]),
    ],
)
def test_goods(found, text, goods):
    assert [word for _, word in found(text, "Product")] == goods


@pytest.mark.parametrize("text", ["他的合作社卖大蒜。", "她的公司卖大蒜。"])
def test_somebodys_body_is_one_named_before(read, text):
    assert any(m.anaphor and m.cls == "Organization" for s in read(text).mentions for m in s)


@pytest.mark.parametrize(
    ("text", "events"),
    [
        ("12月14日，第六届沛县国际橙博会在沛县开幕。", ["第六届沛县国际橙博会"]),
        ("首届橙博会开办。", ["首届橙博会"]),
        ("“农行杯”沛县第五届橙交会在安国镇举行。", ["“农行杯”沛县第五届橙交会"]),
        ("市里昨天召开全市农村电商现场推进会。", ["全市农村电商现场推进会"]),
        ("他第五次会面时说起沛县。", []),
        ("村里召开会议。", []),
    ],
)
def test_events_told_by_number_quotation_or_verb(found, text, events):
    assert [t for _, t in found(text, "Event")] == events


@pytest.mark.parametrize(
    ("text", "bodies"),
    [
        ("中通快递沛县网点搬了家。", ["中通快递沛县网点"]),
        ("京东物流与沛县签约，该事业部出车。", ["京东物流", "该事业部"]),
        ("沛县青禾食品有限公司出货，京东物流与公司签约。", ["青禾食品有限公司", "京东物流", "公司"]),
        ("沛县青禾食品有限公司出货，他开了公司。", ["青禾食品有限公司"]),
        ("南京农业大学与沛县共建青禾研究院。", ["南京农业大学"]),
    ],
)
def test_bodies_named_by_others(found, text, bodies):
    names = [t for _, t in found(text, "Organization")]
    assert [b for b in bodies if b not in names] == []
    assert not any("共建" in name for name in names)
    assert ("公司" in bodies) == ("公司" in names)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("两家机构联合发布《从平台看县域》。", ["Report"]),
        ("两家机构推出题为《从平台看县域》的研究报告。", ["Report"]),
        ("县里印发《从平台看县域》。", ["Policy"]),
        ("他在读《从平台看县域》。", []),
    ],
)
def test_titles_told_by_what_is_done_with_them(found, text, kind):
    assert [cls for cls, _ in found(text, "Report", "Policy")] == kind


def test_the_article_tells_how_long_the_name_of_a_person_is(found):
    text = "孙寒来了。孙寒说，网店不难。记者离开时，孙寒正和妻子张艳拌嘴。"
    assert [name for _, name in found(text, "Person")] == ["孙寒", "孙寒", "孙寒", "张艳"]
