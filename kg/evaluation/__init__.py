"""How well the graph reads: facts and entities compared with what careful readers annotated.

``lines`` reads the files, ``records`` makes their lines comparable, ``compare`` says whether two agree,
``scoring`` pairs and counts them, ``clusters`` says whether one thing is one node, ``codes`` whether places have
the right official codes, ``calibration`` whether stated confidences hold. The stage knows no other; the command line
joins it with the graph.
"""

from kg.evaluation.calibration import Bin, Estimate, bins, estimates, gap
from kg.evaluation.clusters import Clusters, Spot, score_clusters
from kg.evaluation.codes import Coded, Codes, gold_codes, score_codes
from kg.evaluation.compare import Conventions, conventions
from kg.evaluation.lines import BadLine, gold_entities, gold_facts, predicted_entities, predicted_facts
from kg.evaluation.records import Claim, Named
from kg.evaluation.scoring import Figures, Score, Tally, macro_f1, score_entities, score_facts
from kg.evaluation.sentences import sentence

__all__ = [
    "BadLine",
    "Bin",
    "Claim",
    "Clusters",
    "Coded",
    "Codes",
    "Conventions",
    "Estimate",
    "Figures",
    "Named",
    "Score",
    "Spot",
    "Tally",
    "bins",
    "conventions",
    "estimates",
    "gap",
    "gold_codes",
    "gold_entities",
    "gold_facts",
    "macro_f1",
    "predicted_entities",
    "predicted_facts",
    "score_clusters",
    "score_codes",
    "score_entities",
    "score_facts",
    "sentence",
]
