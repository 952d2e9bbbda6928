"""A small Knowledge with made-up names: every type of fact, every modality, an owner chain."""

from __future__ import annotations

import hashlib

from kg.model import Article, Entity, Evidence, Fact, Knowledge, Merge, OffsetMap, Skipped

FIRST = "news/first.txt"
SECOND = "news/second.txt"
EMPTY = "news/empty.txt"
REPRINT = "news/reprint.txt"  # of SECOND

_TEXTS = {
    FIRST: (
        "2019年5月，云阳县与青鸟公司签订合作协议。\n"
        "青鸟研究院与青鸟集团联合云阳县举办青鸟论坛，发布《青鸟报告》。\n"
        "云阳县未与飞鱼公司合作。云阳县将与飞鱼公司合作。\n"
        "李小禾任云阳县书记，其子李大山在青鸟集市销售云阳橙\x07。\n"
        "云阳县获得橙乡称号，共有3个镇上榜，销售额1.50亿元，增长50%。"
    ),
    SECOND: (
        "云阳县与青鸟公司开展培训。青鸟研究院拥有飞鱼公司。\r\n"
        "禾田园区建在云阳县，位于云阳县。云阳县与青鸟公司再次合作。\r\n"
        "云阳县书记李小禾到场。2021年，橙树村成为橙乡。"
    ),
    REPRINT: "云阳县与青鸟公司开展培训。青鸟研究院拥有飞鱼公司。",
    EMPTY: "本文没有事实。",
}

GROUP, LAB, MARKET, FISH = "organization/aa01", "organization/aa02", "platform/aa03", "organization/aa04"
COUNTY, PROVINCE, PARK = "place/990101", "place/990000", "facility/bb01"
LI, SON = "person/cc01", "person/cc02"
ORANGE, TITLE, FORUM, REPORT = "product/dd01", "designation/dd02", "event/dd03", "report/dd04"
FISH_TWIN = "platform/aa05"
VILLAGE = "place/ee01"


def article(name: str, text: str, **known: str) -> Article:
    """Return an article whose original bytes are the text in UTF-8."""
    ends: list[int] = []
    for char in text:
        ends.append((ends[-1] if ends else 0) + len(char.encode("utf-8", "surrogatepass")))
    offsets = OffsetMap([0, *ends[:-1]], ends)
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    return Article(name, text, offsets, digest, "utf-8", **known)


def fact(
    number: int,
    kind: str,
    document: str,
    quotes: str | tuple[str, ...],
    modality: str = "actual",
    /,
    time: str | None = None,
    days: tuple[str, str] | None = None,
    elsewhere: tuple[str, str] | None = None,
    confidence: float = 0.9,
    **roles: str | tuple[str, ...],
) -> Fact:
    """Return a fact whose evidence is where each of ``quotes`` first stands in the document.

    ``elsewhere`` is another document and the quote there, of a rule as sure as the first.
    """
    passages = [(document, quote) for quote in ((quotes,) if isinstance(quotes, str) else quotes)]
    evidence = []
    for where, quote in [*passages, *([elsewhere] if elsewhere else [])]:
        start = _TEXTS[where].index(quote)
        evidence.append(Evidence(where, start, start + len(quote), quote, f"{kind}.sample", confidence))
    return Fact(
        id=f"fact/{number:04}",
        type=kind,
        roles={name: (value,) if isinstance(value, str) else value for name, value in roles.items()},
        evidence=tuple(evidence),
        confidence=confidence,
        time=time,
        earliest=days[0] if days else None,
        latest=days[1] if days else None,
        modality=modality,
    )


def _where(document: str, *forms: str) -> tuple[tuple[int, int], ...]:
    """Return all the spans at which the forms stand in a document."""
    text = _TEXTS[document]
    return tuple(
        (start, start + len(form))
        for start in range(len(text))
        for form in forms
        if text.startswith(form, start)
    )


def entities() -> tuple[Entity, ...]:
    """Return the entities, sorted by id."""
    return tuple(
        sorted(
            (
                Entity(
                    GROUP,
                    "Organization",
                    "青鸟集团",
                    ("青鸟", "青鸟公司"),
                    english="Bluebird Group",
                    source="company register",
                    wikidata="Q42",
                    seen={FIRST: _where(FIRST, "青鸟公司", "青鸟集团"), SECOND: _where(SECOND, "青鸟公司")},
                    merges=(
                        Merge(FIRST, "青鸟公司", "known-alias"),
                        Merge(SECOND, "青鸟公司", "known-alias"),
                    ),
                ),
                Entity(LAB, "Organization", "青鸟研究院", owner=GROUP, source="company register"),
                Entity(MARKET, "Platform", "青鸟集市", owner=GROUP, seen={FIRST: _where(FIRST, "青鸟集市")}),
                Entity(FISH, "Organization", "飞鱼公司", ("飞鱼",)),
                Entity(FISH_TWIN, "Platform", "飞鱼", seen={FIRST: _where(FIRST, "飞鱼")}),
                Entity(COUNTY, "Place", "云阳县", ("云阳",), level="county", code="990101", parent=PROVINCE),
                Entity(PROVINCE, "Place", "云省", level="province", code="990000"),
                Entity(VILLAGE, "Place", "橙树村", level="village", parent=COUNTY),
                Entity(PARK, "Facility", "禾田园区"),
                Entity(LI, "Person", "李小禾"),
                Entity(SON, "Person", "李大山"),
                Entity(ORANGE, "Product", "云阳橙\x07"),
                Entity(TITLE, "Designation", "橙乡"),
                Entity(FORUM, "Event", "青鸟论坛", english="Yünyang Forum", english_aliases=("Yünyang",)),
                Entity(REPORT, "Report", "青鸟报告", ("《青鸟报告》",), pinyin="Qingniao Baogao"),
            ),
            key=lambda entity: entity.id,
        )
    )


def facts() -> tuple[Fact, ...]:
    """Return the facts, sorted by id."""
    act = "青鸟研究院与青鸟集团联合云阳县举办青鸟论坛"
    may = ("2019-05-01", "2019-05-31")
    signed = {"time": "2019-05", "days": may, "agreement": "合作协议", "kind": "agreement"}
    family = (LAB, GROUP, COUNTY, PARK)
    award = {
        "holder": COUNTY,
        "title": TITLE,
        "count": "3",
        "time": "2020",
        "days": ("2020-01-01", "2020-12-31"),
    }
    return (
        fact(1, "Partnership", FIRST, "云阳县与青鸟公司签订合作协议", partner=(COUNTY, GROUP), **signed),
        fact(2, "Partnership", FIRST, act, partner=family, agreement=("乙约", "甲约")),
        fact(
            3, "Partnership", FIRST, "云阳县未与飞鱼公司合作", "negated", partner=(COUNTY, FISH), kind="other"
        ),
        fact(
            4, "Partnership", FIRST, "云阳县将与飞鱼公司合作", "planned", partner=(COUNTY, FISH), kind="other"
        ),
        fact(5, "Holding", FIRST, act, event=FORUM, organiser=LAB, host=GROUP, place=COUNTY),
        fact(6, "Issuance", FIRST, "发布《青鸟报告》", issuer=LAB, document=REPORT),
        fact(
            7,
            "Position",
            FIRST,
            "李小禾任云阳县书记",
            person=LI,
            title="书记",
            organization=COUNTY,
            elsewhere=(SECOND, "云阳县书记李小禾"),
        ),
        fact(8, "Kinship", FIRST, "其子李大山", person=LI, relative=SON, relation="子"),
        fact(9, "Sale", FIRST, "李大山在青鸟集市销售云阳橙", seller=SON, platform=MARKET, product=ORANGE),
        fact(10, "Production", FIRST, "销售云阳橙", producer=COUNTY, product=ORANGE),
        fact(11, "Designation", FIRST, "云阳县获得橙乡称号，共有3个镇上榜", **award),
        fact(
            12,
            "Measurement",
            FIRST,
            "销售额1.50亿元，增长50%",
            subject=COUNTY,
            indicator="销售额",
            value="150000000",
            unit="元",
            change="0.50",
        ),
        fact(
            13,
            "Partnership",
            SECOND,
            ("云阳县与青鸟公司再次合作", "云阳县与青鸟公司开展培训"),
            partner=(COUNTY, GROUP),
            kind="training",
            elsewhere=(REPRINT, "云阳县与青鸟公司开展培训"),
            time="2018",
            days=("2018-01-01", "2018-12-31"),
        ),
        fact(
            14, "Control", SECOND, "青鸟研究院拥有飞鱼公司", controller=LAB, controlled=FISH, confidence=0.5
        ),
        fact(15, "Establishment", SECOND, "禾田园区建在云阳县", thing=PARK, place=COUNTY),
        fact(16, "Location", SECOND, "位于云阳县", entity=PARK, place=COUNTY),
        fact(
            17,
            "Designation",
            SECOND,
            "2021年，橙树村成为橙乡",
            holder=VILLAGE,
            title=TITLE,
            grantor=GROUP,
            time="2021",
            days=("2021-01-01", "2021-12-31"),
        ),
    )


def knowledge() -> Knowledge:
    """Return everything, as a build would hand it over."""
    first = {"title": "青鸟落地云阳", "source": "云阳日报", "author": "王一", "published": "2019-06-01"}
    return Knowledge(
        articles=(
            article(EMPTY, _TEXTS[EMPTY]),
            article(FIRST, _TEXTS[FIRST], **first),
            article(REPRINT, _TEXTS[REPRINT]),
            article(SECOND, _TEXTS[SECOND]),
        ),
        entities=entities(),
        facts=facts(),
        skipped=(Skipped("news/broken.pdf", "it is encrypted"),),
        copies={REPRINT: SECOND},
    )
