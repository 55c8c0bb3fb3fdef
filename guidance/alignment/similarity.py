"""How alike two texts are, which texts are worth comparing, and what stayed in order."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence

from rapidfuzz.distance import Indel

Words = tuple[str, ...]

_CANDIDATES = 6
_RARE_WORDS = 12


def words_of(text: str) -> Words:
    """The words of a text, without capitals and punctuation."""
    return tuple(re.findall(r"\w+", text.casefold()))


def similarity(first: Words, second: Words) -> float:
    """From 0 to 1: twice their longest common subsequence over the length of both."""
    return float(Indel.normalized_similarity(first, second)) if first or second else 1.0


def share_held(part: Words, whole: Words) -> float:
    """The share of `part` that stands in `whole` in the same order: their longest common
    subsequence over the length of the part."""
    common = (len(part) + len(whole) - Indel.distance(part, whole)) / 2
    return float(common / len(part)) if part else 0.0


def nearest(
    sought: Sequence[int],
    among: Sequence[int],
    sought_words: Callable[[int], Words],
    among_words: Callable[[int], Words],
) -> Iterator[tuple[int, list[int]]]:
    """For each sought text the few that share most of its rarest words; bounded work for each."""
    if not sought or not among:
        return
    holders: defaultdict[str, list[int]] = defaultdict(list)
    for index in among:
        for word in set(among_words(index)):
            holders[word].append(index)
    common = max(20, len(among) // 20)
    for index in sought:
        known = [w for w in set(sought_words(index)) if 0 < len(holders.get(w, ())) <= common]
        rarest = sorted(known, key=lambda w: (len(holders[w]), w))[:_RARE_WORDS]
        hits: Counter[int] = Counter()
        for word in rarest:
            hits.update(holders[word])
        best = sorted(hits.items(), key=lambda hit: (-hit[1], abs(hit[0] - index), hit[0]))
        yield index, [other for other, _ in best[:_CANDIDATES]]


def longest_run(values: Sequence[int]) -> set[int]:
    """The members of a longest increasing subsequence (patience sorting, n log n)."""
    tops: list[int] = []
    places: list[int] = []
    before: list[int] = []
    for place, value in enumerate(values):
        pile = bisect_left(tops, value)
        before.append(places[pile - 1] if pile else -1)
        tops[pile : pile + 1] = [value]
        places[pile : pile + 1] = [place]
    run: set[int] = set()
    place = places[-1] if places else -1
    while place >= 0:
        run.add(values[place])
        place = before[place]
    return run
