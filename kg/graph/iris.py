"""How the IRIs of the graph are made. docs/iris.md tells the same to users of the data."""

from __future__ import annotations

import hashlib
import re
from urllib.parse import quote

from kg.model import Article, Evidence

_PLAIN = re.compile("[A-Za-z0-9/._~-]*")
DEFAULT_BASE = "https://kg.example/"


def check_base(base: str) -> str:
    """Return ``base`` if it can head every IRI: http(s), ASCII, ending in "/" or "#". Else ValueError."""
    legal = base.startswith(("http://", "https://")) and base.endswith(("/", "#")) and base.isascii()
    if not legal or base != quote(base, safe="/:#@!$&'()*+,;=~%"):
        raise ValueError(f"the base must be an ASCII http(s) IRI that ends in '/' or '#': {base!r}")
    return base


def join(base: str, path: str) -> str:
    """Return the IRI of an ``Entity.id`` or ``Fact.id`` below ``base``, percent-encoded where needed."""
    plain = path.isascii() and _PLAIN.fullmatch(path)  # nearly all are; quoting takes ten times as long
    return base + (path if plain else quote(path.encode("utf-8", "replace"), safe="/-._~"))


def article_key(article: Article) -> str:
    """Return 16 hexadecimal digits that stand for this name with these original bytes."""
    return _digest(article.name, article.sha256)


def evidence_path(article: Article, evidence: Evidence) -> str:
    """Return the path of a passage: the same span read by the same rule is the same passage."""
    return "evidence/" + _digest(article_key(article), str(evidence.start), str(evidence.end), evidence.rule)


def mention_path(article: Article, entity: str, form: str) -> str:
    """Return the path of a mention: one form of one entity in one article."""
    return "mention/" + _digest(article_key(article), entity, form)


def _digest(*parts: str) -> str:
    # NUL parts the fields because no file name and no rule name can hold it.
    data = "\0".join(parts).encode("utf-8", "surrogatepass")
    return hashlib.sha256(data).hexdigest()[:16]
