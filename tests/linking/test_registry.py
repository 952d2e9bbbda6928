"""Companies and platforms known before any text is read."""

from __future__ import annotations

from collections import Counter

import pytest

from kg.linking import known_names, registry


def entry(name: str) -> registry.Entry:
    return next(e for e in registry.entries().values() if e.name == name)


@pytest.mark.parametrize(
    ("name", "owners"),
    [
        ("淘宝", ["阿里巴巴集团"]),
        ("农村淘宝", ["阿里巴巴集团"]),
        ("盒马鲜生", ["阿里巴巴集团"]),
        ("阿里巴巴集团", []),
    ],
)
def test_owners(name, owners):
    assert [registry.entries()[o].name for o in registry.owners(entry(name).id)] == owners


def test_chains_of_owners_end():
    longest = 0
    for known in registry.entries():
        chain = registry.owners(known)
        assert known not in chain and len(chain) == len(set(chain))
        longest = max(longest, len(chain))
    assert longest > 1  # some arm of an arm is there to test
    assert registry.owners("organization/nonesuch") == []


def test_owners_are_entries():
    assert all(e.owner in registry.entries() for e in registry.entries().values() if e.owner)


def test_a_name_belongs_to_one_entry():
    forms = Counter(form for e in registry.entries().values() for form in {e.name, *e.aliases})
    assert [form for form, count in forms.items() if count > 1] == []
    assert all(len(known.keys) == 1 for known in registry.known_names().values())


@pytest.mark.parametrize(
    ("name", "owner"),
    [
        ("阿里巴巴（山东）有限公司", "阿里巴巴集团"),
        ("京东云和馆", "京东集团"),
        ("阿里云计算公司", "阿里云"),  # the longest stem wins
        ("淘宝大学", "阿里巴巴集团"),
        # Words that only begin like a brand.
        ("京东方科技集团", None),
        ("阿里地区电商公司", None),
        ("盒马村", None),
        ("淘宝村", None),
        ("淘宝店主联盟", None),
        # No brand at all, or not at the start.
        ("青禾公司", None),
        ("缙云京东馆", None),
        ("", None),
    ],
)
def test_brand_owner(name, owner):
    found = registry.brand_owner(name)
    assert (found and registry.entries()[found].name) == owner


def test_everyday_words_among_names_need_support():
    names = registry.known_names()
    assert names["阿里"].weak and not names["阿里巴巴"].weak


def test_the_registry_wins_over_the_gazetteer():
    both = known_names()
    assert both["拼多多"].cls == "Platform" and both["缙云县"].cls == "Place"
    assert all(both[name] == known for name, known in registry.known_names().items())
