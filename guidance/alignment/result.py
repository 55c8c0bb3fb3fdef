"""Aligns two editions and says of each paragraph how it came about."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence

from guidance.alignment.difference import Difference, difference
from guidance.alignment.matcher import Matcher, Parts
from guidance.alignment.model import Aligned, Alignment, Change, Item
from guidance.alignment.similarity import longest_run


def align(old: Sequence[Item], new: Sequence[Item]) -> Alignment:
    """Which old item each new item is; every old identity is given at most once.

    The result depends on the two lists alone. Ids must differ within each list (ValueError).
    """
    for items in (old, new):
        if len({item.id for item in items}) != len(items):
            raise ValueError("Two items have the same id; give each paragraph an id of its own.")
    matcher = Matcher(old, new)
    matcher.same_text()
    matcher.same_words()
    matcher.same_number()
    matcher.closest()
    return _result(matcher, matcher.parts())


def _result(matcher: Matcher, parts: Parts) -> Alignment:
    old, new = matcher.old, matcher.new
    moved = _moved(matcher)
    into: defaultdict[int, list[int]] = defaultdict(list)
    for other, index in parts.merged.items():
        into[index].append(other)
    divided = set(parts.split.values())
    lines: list[Aligned] = []
    for index in range(len(new)):
        pair = matcher.pairs.get(index)
        origins = [pair[0]] if pair else []
        if index in parts.split and parts.split[index] not in origins:
            origins.append(parts.split[index])
        origins += [o for o in into[index] if o not in origins]
        split = index in parts.split or (pair is not None and pair[0] in divided)
        change = _change(matcher, index, split, bool(into[index]), index in moved)
        lines.append(
            Aligned(
                new=new[index],
                old=old[pair[0]].id if pair else None,
                change=change,
                confidence=_confidence(matcher, index, split),
                origins=tuple(old[o].id for o in origins),
            )
        )
    merged = {old[o].id: new[n].id for o, n in sorted(parts.merged.items())}
    removed = tuple(old[o].id for o in matcher.free_old() if o not in parts.merged)
    return Alignment(tuple(lines), removed, merged)


def _change(matcher: Matcher, index: int, split: bool, merged: bool, moved: bool) -> Change:
    if merged:
        return Change.MERGED
    if split:
        return Change.SPLIT
    if index not in matcher.pairs:
        return Change.INSERTED
    before, after = matcher.old[matcher.pairs[index][0]], matcher.new[index]
    match difference(f"{before.title}\n{before.text}", f"{after.title}\n{after.text}"):
        case Difference.SUBSTANTIVE:
            return Change.SUBSTANTIVE
        case Difference.EDITORIAL:
            return Change.EDITORIAL
    if moved:
        return Change.MOVED
    return Change.UNCHANGED if before.number == after.number else Change.RENUMBERED


def _confidence(matcher: Matcher, index: int, split: bool) -> float:
    if pair := matcher.pairs.get(index):
        return round(max(0.0, min(1.0, pair[1])), 3)
    return 0.7 if split else round(1.0 - matcher.nearest.get(index, 0.0), 3)


def _moved(matcher: Matcher) -> set[int]:
    """New items that stand in another section than the rest of their old one, or out of order
    under another number. A section is followed by where most of its paragraphs went."""
    votes: defaultdict[str, Counter[str]] = defaultdict(Counter)
    ordered = sorted((new, old) for new, (old, _) in matcher.pairs.items())
    for new, old in ordered:
        votes[matcher.old[old].section][matcher.new[new].section] += 1
    home = {
        before: max(after, key=lambda name: (after[name], name == before, name))
        for before, after in votes.items()
    }
    in_order = longest_run([old for _, old in ordered])
    moved: set[int] = set()
    for new, old in ordered:
        before, after = matcher.old[old], matcher.new[new]
        strayed = old not in in_order and (before.number != after.number or not after.number)
        if strayed or home[before.section] != after.section:
            moved.add(new)
    return moved
