"""Pairs old and new paragraphs, in passes from the surest to the least sure."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, field

from guidance.alignment.model import Item
from guidance.alignment.similarity import Words, nearest, share_held, similarity, words_of

SAME_NUMBER = 0.5
"""The least similarity of words (0 to 1) at which a paragraph with the same number is the same."""

ELSEWHERE = 0.6
"""The least similarity at which a paragraph with another number is the same."""

PART_OF = 0.75
"""The least share of a paragraph's words that must stand in order in the one it is split from."""

LEAST_WORDS = 6
"""A shorter paragraph is not taken for a part of another."""

_SAME_NAME = 20
"""How many old paragraphs with one number (of annexes that restart) are compared."""


@dataclass(slots=True)
class Parts:
    """Positions: new items split from an old one, and old items merged into a new one."""

    split: dict[int, int] = field(default_factory=dict)
    merged: dict[int, int] = field(default_factory=dict)


class Side:
    """One edition's items, with the words of those that are compared."""

    def __init__(self, items: Sequence[Item]) -> None:
        self._items = items
        self._words: dict[int, Words] = {}

    def __len__(self) -> int:
        return len(self._items)

    def __getitem__(self, index: int) -> Item:
        return self._items[index]

    def words(self, index: int) -> Words:
        if index not in self._words:
            item = self._items[index]
            self._words[index] = words_of(f"{item.title} {item.text}")
        return self._words[index]


class Matcher:
    """Pairs positions of old and new items, in passes from the surest to the least sure."""

    def __init__(self, old: Sequence[Item], new: Sequence[Item]) -> None:
        self.old, self.new = Side(old), Side(new)
        self.pairs: dict[int, tuple[int, float]] = {}
        self.taken: set[int] = set()
        self.exact: set[int] = set()
        self.nearest: dict[int, float] = {}

    def same_text(self) -> None:
        """Equal to the letter, first with the same number in the same section, then more freely;
        among equals the order decides."""
        self._equal(1.0, lambda i, _: (i.kind, i.number, i.section, i.title, i.text), raw=True)
        self._equal(1.0, lambda i, _: (i.kind, i.number, i.title, i.text), raw=True)
        self._equal(0.98, lambda i, _: (i.kind, i.section, i.title, i.text), raw=True)

    def same_words(self) -> None:
        """Equal but for capitals and punctuation, or moved to another section."""
        self._equal(1.0, lambda i, words: (i.kind, i.number, i.section, words))
        self._equal(0.98, lambda i, words: (i.kind, i.section, words))
        self._equal(0.95, lambda i, words: (i.kind, words))

    def _equal(
        self, confidence: float, key: Callable[[Item, Words], Hashable], *, raw: bool = False
    ) -> None:
        olds: defaultdict[Hashable, deque[int]] = defaultdict(deque)
        for index in self.free_old():
            words = () if raw else self.old.words(index)
            if raw or words:
                olds[key(self.old[index], words)].append(index)
        for index in self.free_new():
            same = olds.get(key(self.new[index], () if raw else self.new.words(index)))
            if same and (self.new[index].text or self.new[index].title):
                alone = len(same) == 1
                other = same.popleft()
                self.pair(other, index, confidence if alone else confidence - 0.05)
                if raw:
                    self.exact.add(other)

    def same_number(self) -> None:
        """The same number (or the same title of a box) and close words."""
        self._close(lambda item: (item.kind, item.section, item.number or item.title))
        self._close(lambda item: (item.kind, item.number or item.title))

    def _close(self, key: Callable[[Item], Hashable]) -> None:
        olds: defaultdict[Hashable, list[int]] = defaultdict(list)
        for index in self.free_old():
            olds[key(self.old[index])].append(index)
        for index in self.free_new():
            item = self.new[index]
            same = olds.get(key(item), [])
            if not (item.number or item.title) or not same:
                continue
            score, best = max((self.score(o, index), -o) for o in same[:_SAME_NAME])
            if score >= SAME_NUMBER:
                self.pair(-best, index, score)
                same.remove(-best)

    def closest(self) -> None:
        """The closest words among what is left, the closest pair first."""
        scored: list[tuple[float, int, int, int]] = []
        left = self.free_new(), self.free_old()
        for index, found in nearest(*left, self.new.words, self.old.words):
            for other in found:
                if self.old[other].kind != self.new[index].kind:
                    continue
                score = self.score(other, index)
                self.nearest[index] = max(score, self.nearest.get(index, 0.0))
                if score >= ELSEWHERE:
                    scored.append((-score, abs(other - index), index, other))
        for negative, _, index, other in sorted(scored):
            if index not in self.pairs and other not in self.taken:
                self.pair(other, index, -negative * 0.95)

    def parts(self) -> Parts:
        """New items whose words stand in an old one, and old items whose words stand in a new one.

        Where nothing else has the identity of the old item, its longest part takes it.
        """
        found = Parts()
        self._find_split(found)
        self._find_merged(found)
        return found

    def _find_split(self, found: Parts) -> None:
        heir = {old: new for new, (old, _) in self.pairs.items()}
        changed = [i for i in range(len(self.old)) if i not in self.exact]
        held = _contained(self.free_new(), changed, self.new, self.old)
        for index, other in sorted(held, key=lambda h: (-len(self.new.words(h[0])), h[0])):
            found.split[index] = other
            if other not in heir:
                heir[other] = index
                self.pair(other, index, share_held(self.new.words(index), self.old.words(other)))
        found.split = {n: o for n, o in found.split.items() if _divided(o, found.split, heir)}

    def _find_merged(self, found: Parts) -> None:
        exact = {new for new, (old, _) in self.pairs.items() if old in self.exact}
        changed = [i for i in range(len(self.new)) if i not in exact]
        merged = _contained(self.free_old(), changed, self.old, self.new)
        for other, index in sorted(merged):
            if index in self.pairs:
                found.merged[other] = index
            else:
                self.pair(other, index, share_held(self.old.words(other), self.new.words(index)))

    def score(self, other: int, index: int) -> float:
        return similarity(self.old.words(other), self.new.words(index))

    def pair(self, old: int, new: int, confidence: float) -> None:
        self.pairs[new] = (old, confidence)
        self.taken.add(old)

    def free_old(self) -> list[int]:
        return [i for i in range(len(self.old)) if i not in self.taken]

    def free_new(self) -> list[int]:
        return [i for i in range(len(self.new)) if i not in self.pairs]


def _divided(old: int, split: Mapping[int, int], heir: Mapping[int, int]) -> bool:
    """A split leaves at least two parts, the heir among them."""
    return sum(1 for o in split.values() if o == old) + (heir[old] not in split) > 1


def _contained(
    parts: Sequence[int], wholes: Sequence[int], part_side: Side, whole_side: Side
) -> list[tuple[int, int]]:
    """Each part with the whole of its kind that holds most of its words in order and is longer."""
    parts = [p for p in parts if len(part_side.words(p)) >= LEAST_WORDS]
    found: list[tuple[int, int]] = []
    for part, near in nearest(parts, wholes, part_side.words, whole_side.words):
        words = part_side.words(part)
        shares = [
            (share_held(words, whole_side.words(whole)), -whole)
            for whole in near
            if len(whole_side.words(whole)) > len(words)
            and whole_side[whole].kind == part_side[part].kind
        ]
        if shares and max(shares)[0] >= PART_OF:
            found.append((part, -max(shares)[1]))
    return found
