"""When a found fact agrees with an annotated one, one convention after the other."""

from __future__ import annotations

from typing import Any

import pytest

from kg.evaluation.compare import Agreement, compare_entities
from kg.evaluation.records import fold, named

from .support import agreement, fact, rules

NONE, LENIENT, STRICT = Agreement
PARTNERS = ["肃宁县|肃宁", "阿里巴巴集团|阿里"]
SIGNED = fact("Partnership", partner=PARTNERS, agreement="合作框架协议|框架协议", time="2015-05")


def test_required_roles_are_those_of_the_contract() -> None:
    assert {name: dict(rule.required) for name, rule in rules().items()} == {
        "Partnership": {"partner": 2},
        "Designation": {"holder": 1, "title": 1},
        "Issuance": {"issuer": 1, "document": 1},
        "Sale": {"seller": 1},
        "Production": {"producer": 1, "product": 1},
        "Position": {"person": 1, "title": 1},
        "Location": {"entity": 1, "place": 1},
        "Establishment": {"thing": 1},
        "Holding": {"event": 1},
        "Measurement": {"subject": 1, "indicator": 1, "value": 1},
        "Kinship": {"person": 1, "relative": 1},
        "Control": {"controller": 1, "controlled": 1},
    }
    assert rules()["Sale"].alternatives == ("product", "platform")


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ({"partner": ["阿里", "肃宁"], "agreement": "框架协议"}, STRICT),
        ({"partner": ["肃宁县", "阿里巴巴集团", "浙江大学"], "agreement": "框架协议"}, STRICT),
        ({"partner": ["肃宁县", "阿里巴巴集团"]}, LENIENT),  # the agreement that gold fills is missing
        ({"partner": ["肃宁县", "阿里巴巴集团"], "agreement": "备忘录"}, LENIENT),
        ({"partner": ["肃宁县", "阿里巴巴集团"], "agreement": ["备忘录", "框架协议"]}, STRICT),
        ({"partner": ["肃宁县", "阿里巴巴集团"], "agreement": "框架协议", "kind": "agreement"}, STRICT),
        ({"partner": ["肃宁县"], "agreement": "框架协议"}, NONE),
        ({"partner": ["肃宁县", "浙江大学"], "agreement": "框架协议"}, NONE),
        ({"agreement": "框架协议"}, NONE),
    ],
)
def test_roles(said: dict[str, Any], expected: Agreement) -> None:
    assert agreement(SIGNED, fact("Partnership", time="2015-05", **said)) is expected


def test_two_of_three_partners_are_enough() -> None:
    gold = fact("Partnership", partner=[*PARTNERS, "浙江大学"])
    assert agreement(gold, fact("Partnership", partner=["浙江大学", "阿里"])) is STRICT
    assert agreement(gold, fact("Partnership", partner=["浙江大学", "商务局"])) is NONE


def test_names_are_folded_and_aliases_count() -> None:
    gold = fact("Issuance", issuer="许昌市商务局", document="《行动方案（2020—2022年）》")
    found = fact("Issuance", issuer="市商务局", document="行动方案(2020—2022年)")
    assert agreement(gold, found) is NONE
    assert agreement(gold, found | {"aliases": {"市商务局": ["许昌市商务局"]}}) is STRICT
    assert agreement(gold, found | {"aliases": {"别的局": ["许昌市商务局"]}}) is NONE
    assert fold("《ＡＢ·Ｃ》 “淘宝，村”,") == "abc淘宝村"


def test_a_place_that_gold_accepts_stands_for_its_body() -> None:
    gold = fact("Issuance", issuer="许昌市商务局|许昌市", document="行动方案")
    assert agreement(gold, fact("Issuance", issuer="许昌市", document="行动方案")) is STRICT
    assert agreement(gold, fact("Issuance", issuer="长葛市", document="行动方案")) is NONE


@pytest.mark.parametrize(
    ("gold", "found", "expected"),
    [
        (None, "2019", STRICT),
        ("2020-09", "2020-09", STRICT),
        ("2020-09", "2020-09-25", STRICT),  # more exact than gold
        ("2020-09", "2020-09-25/2020-09-27", STRICT),
        ("2020-09", "2020", LENIENT),
        ("2020-09", None, LENIENT),
        ("2020-09/2020-10", "2020-09/2020-10", STRICT),
        ("2020-09/2020-10", "2020-09/2020-10-03", LENIENT),
        ({"edtf": "2020"}, "2020-01", STRICT),
    ],
)
def test_time(gold: Any, found: Any, expected: Agreement) -> None:
    held = {"event": "淘宝村高峰论坛"}
    assert agreement(fact("Holding", **held, time=gold), fact("Holding", **held, time=found)) is expected


def test_states_have_no_time() -> None:
    made = {"producer": "曹县", "product": "演出服"}
    assert agreement(fact("Production", **made, time="2020"), fact("Production", **made)) is STRICT


@pytest.mark.parametrize(
    ("gold", "found", "expected"),
    [
        (None, "actual", STRICT),
        ("planned", "planned", STRICT),
        ("planned", "actual", LENIENT),
        ("negated", "actual", NONE),
        ("planned", "negated", NONE),
        ("negated", "negated", STRICT),
    ],
)
def test_modality(gold: Any, found: Any, expected: Agreement) -> None:
    one, other = (fact("Establishment", thing="孵化基地", modality=it) for it in (gold, found))
    assert agreement(one, other) is expected


@pytest.mark.parametrize(
    ("person", "relative", "relation", "expected"),
    [
        ("陈雷", "郭小随", "儿媳", STRICT),
        ("郭小随", "陈雷", "儿媳", STRICT),
        ("郭小随", "陈雷", "公公", LENIENT),
        ("陈雷", "陈雷", "儿媳", NONE),
        ("陈雷", "王芳", "儿媳", NONE),
    ],
)
def test_kinship_in_both_directions(person: str, relative: str, relation: str, expected: Agreement) -> None:
    gold = fact("Kinship", person="陈雷", relative="郭小随|小随", relation="儿媳")
    found = fact("Kinship", person=person, relative=relative, relation=relation)
    assert agreement(gold, found) is expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("1000", STRICT),
        ("1,000", STRICT),
        ("1005", STRICT),
        ("995", STRICT),
        ("1005.1", NONE),
        ("994.9", NONE),
        ("千余", NONE),
    ],
)
def test_numbers_within_half_a_percent(value: str, expected: Agreement) -> None:
    gold = fact("Measurement", subject="肃宁县", indicator="网店", value="1000")
    assert agreement(gold, fact("Measurement", subject="肃宁县", indicator="网店", value=value)) is expected


@pytest.mark.parametrize(
    ("indicator", "expected"),
    [("电商交易额", STRICT), ("交易总额", STRICT), ("额", STRICT), ("销售额", NONE), ("网店数量", NONE)],
)
def test_indicators_share_half_of_the_shorter_ones_characters(indicator: str, expected: Agreement) -> None:
    gold = fact("Measurement", subject="曹县", indicator="电子商务交易额", value="0")
    assert agreement(gold, fact("Measurement", subject="曹县", indicator=indicator, value="0")) is expected


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ({"product": "鱼竿", "platform": "淘宝"}, STRICT),
        ({"product": "鱼竿"}, LENIENT),
        ({"platform": "淘宝网"}, LENIENT),
        ({"product": "渔具", "platform": "京东"}, NONE),
        ({}, NONE),
    ],
)
def test_sale_needs_product_or_platform(said: dict[str, Any], expected: Agreement) -> None:
    gold = fact("Sale", seller="陈雷", product=["鱼竿", "鱼线"], platform="淘宝|淘宝网")
    assert agreement(gold, fact("Sale", seller="陈雷", **said)) is expected


def test_establishment_needs_the_count_that_gold_gives() -> None:
    gold = fact("Establishment", thing="服务站", count="100")
    assert agreement(gold, fact("Establishment", thing="服务站", count="100")) is STRICT
    assert agreement(gold, fact("Establishment", thing="服务站", count="10")) is NONE
    assert agreement(gold, fact("Establishment", thing="服务站")) is NONE
    assert (
        agreement(fact("Establishment", thing="服务站"), fact("Establishment", thing="服务站", count="9"))
        is STRICT
    )


def test_types_must_agree() -> None:
    assert (
        agreement(fact("Location", entity="甲", place="乙"), fact("Control", entity="甲", place="乙")) is NONE
    )


@pytest.mark.parametrize(
    ("cls", "names", "aliases", "expected"),
    [
        ("Facility", "众慧基地", [], STRICT),
        ("Organization", "众慧", ["众慧电商孵化基地"], STRICT),
        ("Facility", "众慧", [], NONE),
        ("Place", "众慧基地", [], NONE),
    ],
)
def test_entities(cls: str, names: str, aliases: list[str], expected: Agreement) -> None:
    gold = {"doc": "a", "class": "Organization|Facility", "names": "众慧电商孵化基地|众慧基地"}
    found = {"doc": "a", "class": cls, "names": names, "aliases": aliases}
    assert compare_entities(named(gold, in_gold=True), named(found)) is expected
