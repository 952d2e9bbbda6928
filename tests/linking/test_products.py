"""The kind of a product is told by its last noun."""

from __future__ import annotations

import pyoxigraph as ox
import pytest

from kg.linking.products import kind
from kg.resources import folder, lexicon, load_yaml

_SKOS = "http://www.w3.org/2004/02/skos/core#"
_PREFIX = "https://kg.example/ontology#product-"


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("苹果", "fruit"), ("洛川苹果", "fruit"), ("葡萄酒", "food"), ("肃宁鱼竿", "tackle"), ("有机大米", "grain"),
        ("毛绒玩具", "toy"), ("民族乐器", "instrument"), ("演出服", "textile"), ("草编工艺品", "craft"),
        ("松茸", "mushroom"), ("口罩", "medical"), ("苹果手机", None), ("无此物", None), ("", None),
    ],
)  # fmt: skip
def test_the_longest_noun_at_the_end_tells(name, expected):
    assert kind(name) == expected


def test_products_have_kinds(link):
    (apple,) = link("缙云县产苹果。").of("Product")
    assert (apple.name, apple.kind) == ("苹果", "fruit")


def test_the_scheme_and_the_nouns_have_the_same_kinds():
    data = load_yaml(lexicon("products.yaml"))
    labels: dict[str, dict[str, str]] = {}
    broader = {}
    for quad in ox.parse(path=str(folder("ontology") / "products.ttl"), format=ox.RdfFormat.TURTLE):
        subject, predicate = quad.subject.value, quad.predicate.value.removeprefix(_SKOS)
        if subject.startswith(_PREFIX) and predicate == "prefLabel":
            labels.setdefault(subject.removeprefix(_PREFIX), {})[quad.object.language] = quad.object.value
        if predicate == "broader":
            broader[subject.removeprefix(_PREFIX)] = quad.object.value.removeprefix(_PREFIX)
    assert set(labels) == set(data["kinds"]) | set(data["tops"])
    assert all(set(label) == {"zh", "en"} for label in labels.values())
    assert {key: labels[key]["zh"] for key in data["kinds"]} == {
        key: entry["label"] for key, entry in data["kinds"].items()
    }
    assert {key: broader[key] for key in data["kinds"]} == {
        key: entry["broader"] for key, entry in data["kinds"].items()
    } | {"food": "goods"}
