"""A request answered from a snapshot: which parts are asked, the page of hits, and the counts."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from tantivy import DocAddress, Order, Query

from search.engines import Found, Hit, Request, Scope, When
from search.engines.embedded.asking import Asking, narrowed
from search.engines.embedded.calendar import day_number
from search.engines.embedded.counting import counts_of
from search.engines.embedded.parts import Part, Snapshot
from search.plan import Applies, Best, Everything, Flat, Has, Node, Times, Whole
from search.units import Unit

_DIGITS = 4
"""Scores that differ less than this are equal: sums of the same numbers may differ in the last bit."""

_MARGIN = 16
_DEEPEST = 100_000
_MOST_EQUALS = 10_000

Rank = tuple[float, int, int]
"""Score (negative), `Unit.order` and the id as a number: what results are ordered by."""


@dataclass(frozen=True, slots=True)
class _Candidate:
    rank: Rank
    part: Part
    address: DocAddress


def answer(snapshot: Snapshot, request: Request) -> Found:
    """What was found; see `search.engines.Found`."""
    began = time.perf_counter()
    parts = _parts(snapshot, request.scope)
    askings = [Asking(part, parts) for part in parts]
    total, hits = _page(askings, request)
    counts = counts_of(askings, request)
    return Found(total, hits, counts, (time.perf_counter() - began) * 1000)


def _parts(snapshot: Snapshot, scope: Scope) -> list[Part]:
    """The parts that may hold something within a scope."""
    if scope.edition or scope.when == When.EVERYTHING:
        parts: Sequence[Part] = snapshot.units
    elif scope.when == When.DRAFTS:
        parts = [snapshot.drafts]
    else:
        day = day_number(scope.day or date.today())
        parts = [part for part in snapshot.units if part.alive(day)]
    return [part for part in parts if part.size]


def _page(askings: Sequence[Asking], request: Request) -> tuple[int, list[Hit]]:
    """How many there are in all, and the hits of the page asked for."""
    wanted = request.first + request.size
    total = 0
    candidates: list[_Candidate] = []
    for asking in askings:
        found, best = _best_of(asking, request, wanted if wanted <= _DEEPEST else 0)
        total += found
        candidates += best
    candidates.sort(key=lambda candidate: candidate.rank)
    page = candidates[request.first : wanted] if request.size else []
    return total, [
        Hit(Unit.read(candidate.part.stored(candidate.address)), -candidate.rank[0])
        for candidate in page
    ]


def _best_of(asking: Asking, request: Request, wanted: int) -> tuple[int, list[_Candidate]]:
    """How many there are in a part, and at least the best `wanted` of them, in order.

    tantivy knows scores or an order but not both. So more is fetched than is wanted, until those
    that are equal to the last one wanted are all there.
    """
    part, level = asking.part, level_of(request.plan)
    if level is None:
        query = narrowed(asking, asking.scored(request.plan), request)
    else:
        query = narrowed(asking, asking.matched(request.plan), request)
    if not wanted:
        return part.count(query), []
    limit = min(wanted + _MARGIN, part.size)
    while True:
        total, keys, addresses = _top(part, query, limit, by_order=level is not None)
        whole = len(keys) == min(total, limit) and (
            total <= limit or keys[-1] != keys[wanted - 1] or limit >= wanted + _MOST_EQUALS
        )
        if whole:
            break
        limit = min(limit * 4, wanted + _MOST_EQUALS, part.size)
    scores = keys if level is None else [-level] * len(keys)
    return total, _ranked(part, scores, addresses)


def _top(
    part: Part, query: Query, limit: int, by_order: bool
) -> tuple[int, list[float], list[DocAddress]]:
    """How many match, and the first of them with what they are ordered by, the smallest first."""
    if by_order:
        found: Any = part.searcher.search(
            query, limit, order_by_field="order", order=Order.Asc, count=True
        )
        hits = found.hits
        return found.count, [key for key, _ in hits], [address for _, address in hits]
    found = part.searcher.search(query, limit, count=True)
    hits = found.hits
    return found.count, [-round(key, _DIGITS) for key, _ in hits], [address for _, address in hits]


def _ranked(part: Part, scores: Sequence[float], addresses: list[DocAddress]) -> list[_Candidate]:
    orders: Sequence[Any] = part.searcher.fast_field_values("order", addresses)
    ties: Sequence[Any] = part.searcher.fast_field_values("tie", addresses)
    return [
        _Candidate((score, order, tie), part, address)
        for score, order, tie, address in zip(scores, orders, ties, addresses, strict=True)
    ]


def level_of(node: Node) -> float | None:
    """The score that everything gets which a node matches; None where scores differ."""
    match node:
        case Has() | Applies():
            return 1.0
        case Everything():
            return 0.0
        case Flat(_, score):
            return score
        case Times(part, weight):
            level = level_of(part)
            return None if level is None else level * weight
        case Best([part], _):
            return level_of(part)
        case Whole(must, [], _, _):
            levels = [level_of(part) for part in must]
            return None if None in levels else sum(filter(None, levels))
    return None
