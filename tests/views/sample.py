"""A few facts and entities in the shapes of kg.graph.facts and kg.graph.entities."""

from __future__ import annotations

from typing import Any

BASE = "https://kg.example/"
CLASSES = {
    "肃宁县": ("Place", "county", ["肃宁", "Suning"]),
    "阿里巴巴集团": ("Organization", None, ["阿里巴巴", "Alibaba Group"]),
    "淘宝村": ("Designation", None, []),
    "陈雷": ("Person", None, []),
    "西乾泊村": ("Place", "village", []),
    "鱼竿": ("Product", None, []),
    "京东": ("Platform", None, ["JD.com"]),
}
DOCUMENT = "000.txt"


def iri(name: str) -> str:
    return BASE + f"thing/{sorted(CLASSES).index(name)}"


def fact(number: int, kind: str, roles: dict[str, list[str]], quote: str, **more: Any) -> dict[str, Any]:
    named = sorted({value for values in roles.values() for value in values if value in CLASSES})
    return {
        "type": kind,
        "roles": roles,
        "time": None,
        "modality": "actual",
        "doc": DOCUMENT,
        "start": 100 * number,
        "end": 100 * number + len(quote),
        "quote": quote,
        "rule": f"{kind}.rule",
        "confidence": 0.9,
        "aliases": {name: CLASSES[name][2] for name in named},
        "ids": {name: iri(name) for name in named},
        "id": BASE + f"fact/{number}",
        **more,
    }


def facts() -> list[dict[str, Any]]:
    partners = ["肃宁县", "阿里巴巴集团"]
    again = [
        {"start": 300, "end": 310, "quote": "双方再次合作签约八字", "rule": "Partnership.both"},
        {"start": 900, "end": 908, "quote": "又一处同样的说法", "rule": "Partnership.both"},
    ]
    return [
        fact(
            1,
            "Partnership",
            {"partner": partners, "kind": ["agreement"]},
            "2015年5月，肃宁签约",
            time="2015-05",
        ),
        fact(
            2,
            "Designation",
            {"holder": ["西乾泊村"], "title": ["淘宝村"]},
            "西乾泊村获评淘宝村",
            time="2014/2016",
        ),
        fact(3, "Partnership", {"partner": partners}, again[0]["quote"], evidence=again, time="201X"),
        fact(
            4,
            "Position",
            {"person": ["陈雷"], "title": ["村支书"], "organization": ["西乾泊村"]},
            "村支书陈雷",
        ),
        fact(5, "Location", {"entity": ["西乾泊村"], "place": ["肃宁县"]}, "肃宁县西乾泊村"),
        fact(
            6, "Partnership", {"partner": ["京东", "肃宁县"]}, "将与京东合作", modality="planned", time="2022"
        ),
        fact(7, "Sale", {"seller": ["西乾泊村"], "product": ["鱼竿"]}, "并未销售鱼竿", modality="negated"),
        fact(
            8, "Measurement", {"subject": ["鱼竿"], "indicator": ["销量"], "value": ["20000"]}, "鱼竿卖了2万"
        ),
    ]


def entities() -> list[dict[str, Any]]:
    return [
        {"doc": DOCUMENT, "class": cls, "names": name, "aliases": aliases, "level": level, "id": iri(name)}
        for name, (cls, level, aliases) in CLASSES.items()
    ]
