"""The measures of a ranking, against values worked out by hand."""

from __future__ import annotations

from math import log2
from pathlib import Path

import pytest

from search.actions.evaluating import Judged, evaluate, read_judgements, score_of


def test_a_perfect_ranking_scores_one():
    score = score_of(["a", "b", "c"], {"a": 3, "b": 2, "c": 1})
    assert (score.ndcg, score.mrr, score.recall) == (1.0, 1.0, 1.0)


def test_gains_are_discounted_by_their_rank():
    score = score_of(["x", "b", "a"], {"a": 3, "b": 1})
    assert score.ndcg == pytest.approx((1 / log2(3) + 7 / 2) / (7 + 1 / log2(3)))
    assert score.mrr == 1 / 2
    assert score.recall == 1.0


def test_only_the_first_ten_count():
    score = score_of([str(n) for n in range(20)], {"10": 3, "2": 1})
    assert score.recall == 0.5
    assert score.ndcg < 0.1


def test_nothing_relevant_scores_nothing():
    score = score_of(["a"], {"a": 0})
    assert (score.ndcg, score.mrr, score.recall) == (0.0, 0.0, 0.0)


def test_the_whole_is_the_mean_of_the_queries():
    judged = [Judged("one", {"a": 1}), Judged("two", {"b": 1})]
    mean, rows = evaluate(judged, lambda query: ["a"])
    assert mean.ndcg == 0.5
    assert [score.ndcg for _, score, _ in rows] == [1.0, 0.0]


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", '{"queries": [{"query": "a"}]}', '{"queries": 3}']
)
def test_a_file_without_judgements_is_refused_with_what_it_needs(tmp_path: Path, text: str):
    file = tmp_path / "judgements.json"
    file.write_text(text)
    with pytest.raises(ValueError, match="it needs"):
        read_judgements(file)
