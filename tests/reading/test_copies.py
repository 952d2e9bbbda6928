"""Which articles are found to be copies, and which are not though they have much in common."""

from __future__ import annotations

import random
import sys
import time
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from corpus.reprint import reprint
from corpus.stories import Story, stories

from kg.model import Article, OffsetMap
from kg.reading.article import read_article
from kg.reading.copies import find_copies

LAW = (
    "《中华人民共和国电子商务法》第三十八条规定，电子商务平台经营者知道或者应当知道平台内经营者销售的商品或者提供的服务不符合"
    "保障人身、财产安全的要求，或者有其他侵害消费者合法权益行为，未采取必要措施的，依法与该平台内经营者承担连带责任。对关系"
    "消费者生命健康的商品或者服务，电子商务平台经营者对平台内经营者的资质资格未尽到审核义务，或者对消费者未尽到安全保障义务，"
    "造成消费者损害的，依法承担相应的责任。"
)
STORIES = stories(60, seed=3)


def article(name: str, text: str, published: str | None = None) -> Article:
    nowhere = tuple(range(len(text)))
    return Article(name, text, OffsetMap(nowhere, nowhere), "", "utf-8", published=published)


def copies(*texts: str) -> dict[str, str]:
    return find_copies(article(f"{i}.txt", text) for i, text in enumerate(texts))


STORY = STORIES[0]


@pytest.mark.parametrize(
    "copy",
    [
        STORY.text,
        STORY.text.replace("。", "。 ").replace("，", ","),
        "\n".join(("另一个标题，是转载的网站自己起的", *STORY.paragraphs)),
        "\n".join((STORY.title, *STORY.paragraphs[: len(STORY.paragraphs) * 2 // 3])),
        "\n".join((STORY.title, "来源：某某网 编辑：小王", *STORY.paragraphs, "（转自某某日报）")),
        STORY.text.replace("记者", "笔者").replace("目前", "眼下"),
    ],
    ids=["the same", "other signs", "another headline", "a cut tail", "lines added", "words changed"],
)
def test_a_copy(copy: str) -> None:
    assert len(copies(STORY.text, copy)) == 1


def test_a_reprint_out_of_step_is_a_copy() -> None:
    garbled, _ = reprint(STORY.text, random.Random(1))
    read = read_article("reprint.txt", garbled.encode())
    assert isinstance(read, Article)
    assert find_copies([article("a.txt", STORY.text, "2020-01-01"), read]) == {"reprint.txt": "a.txt"}


def without(story: Story, keep: int) -> str:
    return "\n".join((story.title, *story.paragraphs[:keep]))


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (f"{without(STORIES[1], 2)}\n{LAW}", f"{without(STORIES[2], 2)}\n{LAW}"),
        (f"{LAW}\n{without(STORIES[1], 1)}", f"{LAW}\n{without(STORIES[2], 3)}"),
        (f"{STORIES[1].paragraphs[0]}\n{LAW}", f"{without(STORIES[2], 3)}\n{LAW}"),
        (STORIES[1].text, STORIES[2].text),
        (STORIES[1].paragraphs[-1][:50], STORIES[2].text),
    ],
    ids=["one law", "one law first", "mostly the law", "two stories", "a short one"],
)
def test_two_stories(first: str, second: str) -> None:
    assert copies(first, second) == {}


def test_two_months_by_one_model_are_two_reports() -> None:
    model = (
        "{0}月份，全县实现网络零售额{1}亿元，同比增长{2}%，增速高于全市{3}个百分点，总量居全市第{4}位。其中，实物商品网络零售额"
        "{5}亿元，占比{6}%；农产品网络零售额{7}万元，同比增长{8}%。截至当月底，全县共有网店{9}家，带动就业一万余人。"
    )
    march = model.format(3, 1.21, 12.5, 2.1, 3, 1.02, 84.3, 3512, 20.4, 5123)
    april = model.format(4, 1.37, 13.9, 2.8, 2, 1.15, 83.9, 4021, 24.1, 5290)
    assert copies(march, april) == {}


def test_a_digest_of_two_stories_makes_them_no_copies() -> None:
    one, two = STORIES[1].text, STORIES[2].text
    assert "2.txt" not in copies(f"{one}\n{two}", one, two)


def test_the_first_is_the_one_published_first_and_all_lead_to_it() -> None:
    text = STORY.text
    items = [
        article("c.txt", text + "\n（转载）", "2020-05-03"),
        article("b.txt", text, "2020-05-02"),
        article("a.txt", text),
    ]
    assert find_copies(items) == find_copies(items[::-1]) == {"a.txt": "b.txt", "c.txt": "b.txt"}


def test_ten_thousand_articles_take_seconds() -> None:
    items = [article(f"{s.number}.txt", s.text) for s in stories(2000, seed=4)]
    items += [article(f"{s.number}-copy.txt", "转载\n" + s.text) for s in stories(2000, seed=4)[::10]]
    begun = time.perf_counter()
    found = find_copies(items)
    assert time.perf_counter() - begun < 6
    assert {
        name: first
        for name, first in found.items()
        if name.replace("-copy", "") != first.replace("-copy", "")
    } == {}
    assert len(found) == 200
