"""The binary links that stand beside facts for browsing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import pyoxigraph as ox

from kg.graph.schema import FactType

Term = ox.NamedNode | ox.Literal
Triple = tuple[ox.NamedNode, ox.NamedNode, Term]


def links(fact_type: FactType, fillers: Mapping[str, Sequence[Term]]) -> Iterator[Triple]:
    """Yield the binary links that an actual fact with these fillers yields."""
    for shortcut in fact_type.shortcuts:
        sources = [term for term in fillers.get(shortcut.source, ()) if isinstance(term, ox.NamedNode)]
        for source in sources:
            for target in fillers.get(shortcut.target, ()):
                if source != target:
                    yield source, ox.NamedNode(shortcut.link), target
