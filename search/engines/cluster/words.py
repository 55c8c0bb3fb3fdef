"""Words as a cluster knows them: how common they are, which are spelt alike, what completes them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from rapidfuzz.distance import OSA

from search.analysis import folded
from search.engines.cluster.mapping import BACKWARD, OPENING, WORDS
from search.engines.cluster.queries import Body

LONG = 6
"""Letters from which two may differ; in a shorter word one."""
_CANDIDATES = 200


def counting_of(stem: str) -> Body:
    """Counts the units that a stem stands in."""
    return {"size": 0, "track_total_hits": True, "query": {"term": {WORDS: {"value": stem}}}}


def alike_of(stem: str) -> Body:
    """Asks for the stems that are spelt much like one.

    Servers take two different letters only where the first is the same; from behind, they take them
    also where only the last is.
    """
    return {
        "size": 0,
        "suggest": {
            "forward": {"text": stem, "term": _alike(WORDS, stem)},
            "backward": {"text": stem[::-1], "term": _alike(BACKWARD, stem)},
        },
    }


def _alike(field: str, stem: str) -> Body:
    return {
        "field": field,
        "analyzer": "keyword",
        "suggest_mode": "always",
        "sort": "frequency",
        "string_distance": "damerau_levenshtein",
        "max_edits": most_edits(stem),
        "prefix_length": 0,
        "min_word_length": 1,
        "max_inspections": 100,
        "accuracy": 0.01,
        "size": _CANDIDATES,
        "shard_size": _CANDIDATES,
    }


def most_edits(stem: str) -> int:
    return 2 if len(stem) >= LONG else 1


def alike_in(answer: Mapping[str, Any], stem: str) -> list[tuple[str, int]]:
    """The stems that a server found, with how many letters away they are."""
    options = {
        option["text"][::step]
        for way, step in (("forward", 1), ("backward", -1))
        for entry in answer["suggest"][way]
        for option in entry["options"]
    }
    near = ((other, OSA.distance(stem, other)) for other in options)
    return [(other, away) for other, away in near if 0 < away <= most_edits(stem)]


def nearest(
    near: Sequence[tuple[str, int]], frequencies: Mapping[str, int], limit: int
) -> list[tuple[str, int]]:
    """Stems with their frequencies, the nearest and then the commonest first."""
    known = [(other, away) for other, away in near if frequencies[other]]
    known.sort(key=lambda pair: (pair[1], -frequencies[pair[0]], pair[0]))
    return [(other, frequencies[other]) for other, _ in known[:limit]]


def completing_of(words: Sequence[str], kinds: Iterable[str], limit: int) -> Body | None:
    """Asks for phrases in which each word begins a word; None where no word is there."""
    beginnings = [start for word in words for start in folded(word)]
    if not beginnings or limit <= 0:
        return None
    filters: list[Body] = [{"prefix": {WORDS: start}} for start in dict.fromkeys(beginnings)]
    if wanted := list(kinds):
        filters.append({"terms": {"kind": wanted}})
    opening = {"constant_score": {"filter": {"prefix": {OPENING: beginnings[0]}}}}
    return {
        "size": limit,
        "query": {"bool": {"filter": filters, "should": [opening]}},
        "sort": [{"_score": "desc"}, {"weight": "desc"}, {"length": "asc"}, {"id": "asc"}],
    }
