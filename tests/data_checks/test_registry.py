"""The registry of e-commerce actors."""

import re
from collections import defaultdict
from pathlib import Path

import pytest
import yaml

PATH = Path(__file__).parents[2] / "kg/linking/data/registry.yaml"
KEYS = {
    "class", "also", "name", "aliases", "ambiguous", "english", "owner", "owned_from", "owned_to",
    "founded", "successor", "wikidata", "wikidata_source", "note", "source",
}  # fmt: skip


@pytest.fixture(scope="module")
def registry() -> dict:
    return yaml.load(PATH.read_text("utf-8"), yaml.CSafeLoader)


@pytest.fixture(scope="module")
def entries(registry) -> dict:
    return registry["entries"]


def test_every_entry_is_complete(entries):
    assert len(entries) >= 500
    for key, entry in entries.items():
        assert key.isascii() and set(entry) <= KEYS, key
        assert entry["class"] in {"Organization", "Platform"}, key
        assert entry.get("also") in {None, "Organization", "Platform"} - {entry["class"]}, key
        assert entry["name"] and entry["source"], key


def test_owners_and_successors_exist(entries):
    for key, entry in entries.items():
        for role in ("owner", "successor"):
            assert entry.get(role, key) in entries, (key, role)


def test_nobody_owns_itself(entries):
    for key in entries:
        seen, at = {key}, entries[key].get("owner")
        while at:
            assert at not in seen, f"a circle of owners at {key}"
            seen.add(at)
            at = entries[at].get("owner")


def test_every_name_has_one_bearer(entries):
    bearers = defaultdict(list)
    for key, entry in entries.items():
        for name in [entry["name"], *entry["aliases"]]:
            assert isinstance(name, str) and name.strip() == name != "", (key, name)
            bearers[name].append(key)
    assert {name: keys for name, keys in bearers.items() if len(keys) > 1} == {}


def test_wikidata_identifiers_are_told_apart_and_sourced(entries):
    bearers = defaultdict(list)
    for key, entry in entries.items():
        assert ("wikidata" in entry) == ("wikidata_source" in entry), key
        if "wikidata" in entry:
            assert re.fullmatch(r"Q[1-9]\d*", entry["wikidata"]) and entry["wikidata_source"], key
            bearers[entry["wikidata"]].append(key)
    assert {item: keys for item, keys in bearers.items() if len(keys) > 1} == {}


def test_most_entries_have_a_source(entries):
    unverified = [key for key, entry in entries.items() if "unverified" in entry["source"]]
    assert len(entries) - len(unverified) >= 340


def test_ambiguous_names_are_names(entries):
    for key, entry in entries.items():
        assert set(entry.get("ambiguous", ())) <= {entry["name"], *entry["aliases"]}, key


def test_years_are_in_order(entries):
    for key, entry in entries.items():
        assert entry.get("owned_from", 0) <= entry.get("owned_to", 9999), key
        assert "owner" in entry or not {"owned_from", "owned_to"} & set(entry), key


@pytest.mark.parametrize(
    ("name", "owner"),
    [
        ("阿里研究院", "阿里巴巴集团"),
        ("速卖通", "阿里巴巴集团"),
        ("大润发", "阿里巴巴集团"),  # through 高鑫零售
        ("网商银行", "阿里巴巴集团"),  # an affiliate, through 蚂蚁集团
        ("抖音", "字节跳动"),
        ("京东生鲜", "京东集团"),
    ],
)
def test_known_owners(entries, name, owner):
    key = next(key for key, entry in entries.items() if name in [entry["name"], *entry["aliases"]])
    chain = []
    while key:
        chain.append(entries[key]["name"])
        key = entries[key].get("owner")
    assert chain[-1] == owner or owner in chain


def test_weidian_is_not_tencents(entries):
    assert "owner" not in entries["weidian"]


def test_brand_stems_belong_to_entries(registry):
    assert set(registry["brand_stems"].values()) <= set(registry["entries"])
    for word in registry["brand_exceptions"]:
        assert any(word.startswith(stem) for stem in registry["brand_stems"]), word
