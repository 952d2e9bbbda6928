"""How well the graph reads: facts and entities compared with what careful readers annotated.

``lines`` reads the files, ``records`` makes their lines comparable, ``compare`` says whether two agree,
``scoring`` pairs and counts them. The stage knows no other; the command line joins it with the graph.
"""

from kg.evaluation.compare import Conventions, conventions
from kg.evaluation.lines import BadLine, gold_entities, gold_facts, predicted_entities, predicted_facts
from kg.evaluation.records import Claim, Named
from kg.evaluation.scoring import Score, Tally, score_entities, score_facts
from kg.evaluation.sentences import sentence

__all__ = [
    "BadLine",
    "Claim",
    "Conventions",
    "Named",
    "Score",
    "Tally",
    "conventions",
    "gold_entities",
    "gold_facts",
    "predicted_entities",
    "predicted_facts",
    "score_entities",
    "score_facts",
    "sentence",
]
