"""Which entity a name means: the labels of the graph, folded, and how many facts speak of each."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections import defaultdict
from functools import cached_property
from typing import TYPE_CHECKING

from kg.graph import rdf

if TYPE_CHECKING:
    from kg.graph.store import Graph

# Spaces, quotation marks and title marks carry no identity: 《甲》 and 甲 are one name.
_IGNORED = re.compile(r"[\s《》〈〉“”\"'‘’「」『』]")


def fold(name: str) -> str:
    """Return the form under which names are compared: width, case, accents, spaces and quotation marks folded."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", name) if unicodedata.category(c) != "Mn")
    return _IGNORED.sub("", unicodedata.normalize("NFKC", plain)).casefold()


class Names:
    """All names of all entities of one graph."""

    def __init__(self, graph: Graph):
        self._graph = graph
        self._iris: dict[str, set[str]] = defaultdict(set)
        self._preferred: dict[str, str] = {}
        self._others: dict[str, set[str]] = defaultdict(set)
        for predicate in (rdf.PREF_LABEL, rdf.ALT_LABEL):
            for iri, _, label in graph.statements(predicate.value, graph="graph/entities"):
                self._iris[fold(label.value)].add(iri)
                if predicate == rdf.PREF_LABEL and getattr(label, "language", None) == "zh":
                    self._preferred[iri] = label.value
                else:
                    self._others[iri].add(label.value)

    def preferred(self, iri: str) -> str:
        """Return the preferred name of an entity, or its IRI where the graph has none."""
        return self._preferred.get(iri, iri)

    def aliases(self, iri: str) -> list[str]:
        """Return every other name of an entity, the English one among them, sorted."""
        return sorted(self._others.get(iri, ()))

    def find(self, name: str) -> list[str]:
        """Return the IRIs of the entities so called, the one with most facts first, then by IRI."""
        return sorted(self._iris.get(fold(name), ()), key=lambda iri: (-self._fact_count(iri), iri))

    def similar(self, name: str) -> list[str]:
        """Return at most five preferred names that hold the name, lie in it or resemble it."""
        folded = fold(name)
        forms = sorted(form for form in self._iris if form)
        near = [form for form in forms if folded and (folded in form or (len(form) > 1 and form in folded))]
        near += difflib.get_close_matches(folded, forms, n=5, cutoff=0.6)
        ranked = [iri for form in near for iri in sorted(self._iris[form])]
        return list(dict.fromkeys(self.preferred(iri) for iri in ranked))[:5]

    def _fact_count(self, iri: str) -> int:
        found = self._graph.statements(value=iri)
        return len({subject for subject, predicate, _ in found if predicate in self._role_iris})

    @cached_property
    def _role_iris(self) -> frozenset[str]:
        types = self._graph.schema.facts.values()
        return frozenset(role.iri for fact_type in types for role in fact_type.roles.values())
