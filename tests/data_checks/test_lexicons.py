"""The word lists: every file says what it is, loads fast, and holds nothing twice by mistake."""

import re
from collections import Counter
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[2]
DATA = ROOT / "kg/linking/data"
LEXICONS = ROOT / "kg/language/lexicons"
OURS = (
    "job_titles", "organisation_heads", "agreements", "products", "anaphors", "kinship",
)  # fmt: skip
FILES = [
    *(LEXICONS / f"{name}.yaml" for name in OURS),
    LEXICONS / "surnames.txt",
    *sorted(DATA.glob("*.tsv")),
    *sorted(DATA.glob("*.txt")),
    DATA / "registry.yaml",
]
CLASSES = {
    "Place", "Organization", "Platform", "Facility", "Programme", "Policy", "Report", "Event", "Person",
    "Actor",
}  # fmt: skip


def load(name: str) -> dict:
    return yaml.load((LEXICONS / f"{name}.yaml").read_text("utf-8"), yaml.CSafeLoader)


def leaves(value):
    if isinstance(value, dict):
        for key, inner in value.items():
            yield key
            yield from leaves(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from leaves(inner)
    else:
        yield value


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_a_file_says_what_it_is_and_whence(path):
    head = ""
    for line in path.read_text("utf-8").splitlines():
        if not line.startswith("#"):
            break
        head += line
    assert "Source:" in head and "Licence:" in head


@pytest.mark.parametrize("path", [path for path in FILES if path.suffix == ".yaml"], ids=str)
def test_no_key_stands_twice(path):
    def check(node):
        if isinstance(node, yaml.MappingNode):
            keys = Counter(key.value for key, _ in node.value)
            assert max(keys.values(), default=1) == 1, keys.most_common(1)
            for _, inner in node.value:
                check(inner)
        elif isinstance(node, yaml.SequenceNode):
            for inner in node.value:
                check(inner)

    check(yaml.compose(path.read_text("utf-8"), yaml.CSafeLoader))


@pytest.mark.parametrize("name", ["job_titles", "organisation_heads", "agreements", "products", "kinship"])
def test_words_are_strings(name):
    """A bare 618 or 1688 would be a number in YAML."""
    assert [leaf for leaf in leaves(load(name)) if not isinstance(leaf, str)] == []


@pytest.mark.parametrize(
    ("name", "keys"),
    [
        ("agreements", ["heads", "modifiers", "names", "generic", "verbs", "negative"]),
        ("products", ["generic", "makers", "modifiers", "weak", "not_products"]),
        ("job_titles", ["prefixes", "qualifiers", "domains", "roles"]),
        ("organisation_heads", ["platform_heads"]),
    ],
)
def test_lists_hold_nothing_twice(name, keys):
    lexicon = load(name)
    for key in keys:
        twice = [word for word, count in Counter(lexicon[key]).items() if count > 1]
        assert twice == [], key


def test_surnames():
    lines = (LEXICONS / "surnames.txt").read_text("utf-8").splitlines()
    rows = [line.split("\t") for line in lines if not line.startswith("#")]
    names = [row[0] for row in rows]
    assert len(names) == len(set(names)) >= 450
    assert names[:5] == ["王", "李", "张", "刘", "陈"]
    assert {"欧阳", "上官", "司马", "诸葛"} <= set(names)
    assert all(row[1:] in ([], ["weak"]) for row in rows)


def test_bare_posts_name_a_level_and_a_kind():
    for title, post in load("job_titles")["implied"].items():
        assert post["level"] in {"province", "prefecture", "county", "township", "village"}, title
        assert set(post) == {"level", "body", "kind"}, title


def test_weak_heads_are_heads():
    lexicon = load("organisation_heads")
    for cls, words in lexicon["weak"].items():
        heads = {leaf for leaf in leaves(lexicon[cls])}
        assert set(words) <= heads, (cls, set(words) - heads)


def test_anaphors_have_a_class_and_a_way_to_their_referent():
    for group, words in load("anaphors").items():
        if group == "organ":
            continue
        for surface, record in words.items():
            assert record["cls"] in CLASSES, surface
            assert record["kind"] in {"home", "last", "main", "parties", "speaker"}, surface


def test_a_product_stands_under_one_kind():
    lexicon = load("products")
    counts = Counter(noun for kind in lexicon["kinds"].values() for noun in kind["nouns"])
    assert len(counts) >= 700
    assert [noun for noun, count in counts.items() if count > 1] == []
    assert not set(lexicon["generic"]) & set(counts)
    broader = {kind["broader"] for kind in lexicon["kinds"].values()}
    assert broader <= set(lexicon["kinds"]) | set(lexicon["tops"])
    assert set(lexicon["weak"]) <= set(counts)


def test_what_is_no_product_is_not_listed_as_one():
    lexicon = load("products")
    nouns = {noun for kind in lexicon["kinds"].values() for noun in kind["nouns"]}
    assert not set(lexicon["not_products"]) & (nouns | set(lexicon["generic"]))


def test_kinship_is_symmetric():
    lexicon = load("kinship")
    assert set(lexicon["inverse"]) == set(lexicon["relations"])
    assert all(lexicon["inverse"][lexicon["inverse"][one]] == one for one in lexicon["inverse"])
    assert set(lexicon["pairs"]) <= set(lexicon["relations"])
    assert not re.search(r"\s", "".join(leaves(lexicon["relations"])))
