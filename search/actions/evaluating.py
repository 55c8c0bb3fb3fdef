"""How good the search is: queries with graded relevant paragraphs, and the usual measures.

nDCG with gain 2^grade - 1 and discount log2(rank + 1) (Järvelin and Kekäläinen 2002; Burges et al.
2005), the reciprocal rank of the first relevant paragraph, and recall, each over the first ten.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from math import log2
from pathlib import Path

from guidance.models import Edition
from search.actions.searching import search
from search.results import Wanted

DEPTH = 10
_FETCHED = 50


@dataclass(frozen=True, slots=True)
class Judged:
    """A query with the grade (1 to 3) of each relevant paragraph, by its number."""

    query: str
    relevant: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Score:
    """The measures of one ranking, each from 0 to 1."""

    ndcg: float
    mrr: float
    recall: float

    @property
    def row(self) -> dict[str, float]:
        return {
            "ndcg@10": round(self.ndcg, 4),
            "mrr": round(self.mrr, 4),
            "recall@10": round(self.recall, 4),
        }


def read_judgements(path: Path) -> list[Judged]:
    """The judgements in a file. Raises ValueError, with what to do, where it has none."""
    try:
        rows = json.loads(path.read_text())["queries"]
        return [
            Judged(row["query"], {k: int(v) for k, v in row["relevant"].items()}) for row in rows
        ]
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        raise ValueError(
            f"{path} holds no judgements; it needs"
            ' {"queries": [{"query": "…", "relevant": {"2.13": 3}}]}.'
        ) from error


def latest_edition(document: str) -> str:
    """ "document/edition" of the edition published last, whatever its stage. Raises ValueError."""
    slug = (
        Edition.objects.filter(document__slug=document)
        .order_by("-published", "-issued_at", "-pk")
        .values_list("slug", flat=True)
        .first()
    )
    if slug is None:
        raise ValueError(f"No document “{document}” has been published.")
    return f"{document}/{slug}"


def ranking_of(query: str, edition: str) -> list[str]:
    """Numbers of paragraphs, best first; a box counts for the numbered paragraph it follows."""
    found = search(Wanted(query, edition=edition, size=_FETCHED))
    if found.down:
        raise ValueError(found.down)
    units = [result.unit for result in found.results]
    return list(
        dict.fromkeys(unit.after or unit.number for unit in units if unit.after or unit.number)
    )


def score_of(ranking: Sequence[str], relevant: Mapping[str, int]) -> Score:
    """The measures of one ranking; a query with nothing relevant scores nothing."""
    wanted = {number: grade for number, grade in relevant.items() if grade > 0}
    top = ranking[:DEPTH]
    best = sorted(wanted.values(), reverse=True)[:DEPTH]
    ideal = _gain(best)
    first = next((rank for rank, number in enumerate(top, 1) if number in wanted), 0)
    return Score(
        ndcg=_gain([wanted.get(number, 0) for number in top]) / ideal if ideal else 0.0,
        mrr=1 / first if first else 0.0,
        recall=sum(number in wanted for number in top) / len(wanted) if wanted else 0.0,
    )


def evaluate(
    judgements: Sequence[Judged], rank: Callable[[str], Sequence[str]]
) -> tuple[Score, list[tuple[Judged, Score, Sequence[str]]]]:
    """The mean over all queries, and each query with its score and its first ten."""
    rows = []
    for judged in judgements:
        ranking = rank(judged.query)
        rows.append((judged, score_of(ranking, judged.relevant), ranking[:DEPTH]))
    count = max(len(rows), 1)
    mean = Score(
        sum(score.ndcg for _, score, _ in rows) / count,
        sum(score.mrr for _, score, _ in rows) / count,
        sum(score.recall for _, score, _ in rows) / count,
    )
    return mean, rows


def _gain(grades: Sequence[int]) -> float:
    return float(sum((2**grade - 1) / log2(rank + 1) for rank, grade in enumerate(grades, 1)))
