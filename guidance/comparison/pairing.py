"""Pairs the blocks of two editions by identity and says of each how it changed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from guidance.comparison.model import (
    CHANGES,
    UNCHANGED,
    UNCITED,
    Comparison,
    LineageStep,
    Row,
    Side,
)
from guidance.comparison.ordering import in_order

_RANK = {change: order for order, change in enumerate(CHANGES)}


def compare(
    before: Sequence[Side],
    after: Sequence[Side],
    steps: Iterable[LineageStep] = (),
    *,
    changes_only: bool = False,
    order: Sequence[str] | None = None,
    unseen: int = 0,
) -> Comparison:
    """The rows of two editions, given their blocks in order and the lineage from one to the other.

    With `changes_only` there are no rows of what stands as it did. Such blocks may be left out of
    both sides; then `order` names all identities as `in_order` does, and `unseen` says how many
    citable ones were left out. Where `steps` say nothing of a block that did change, its change is
    told from its digest, status and number.
    """
    old = {side.identity: side for side in before}
    new = {side.identity: side for side in after}
    told = _Told(steps, old, new)
    if order is None:
        order = in_order({i: s.section for i, s in old.items()}, [*new], told.moved)
    same = {
        identity
        for identity, now in new.items()
        if identity in old and old[identity].digest == now.digest
    } - told.identities
    rows = [
        Row(old[identity], new[identity])
        if identity in same
        else told.row(identity, old.get(identity), new.get(identity))
        for identity in order
        if not (changes_only and identity in same) and (identity in new or identity in old)
    ]
    unchanged = sum(bool(new[identity].reference) for identity in same)
    return Comparison(rows, _counts(rows, unseen + unchanged))


class _Told:
    """What the lineage says of each block."""

    def __init__(
        self, steps: Iterable[LineageStep], old: Mapping[str, Side], new: Mapping[str, Side]
    ) -> None:
        self._old, self._new = old, new
        self._of: dict[str, list[LineageStep]] = {}
        self._origins: dict[str, list[Side]] = {}
        self._destinations: dict[str, list[Side]] = {}
        self.moved: set[str] = set()
        for step in steps:
            self._of.setdefault(step.after or step.before, []).append(step)
            if step.change == "moved":
                self.moved.add(step.after)
            elif step.before != step.after and step.before in old and step.after in new:
                self._join(step)

    def _join(self, step: LineageStep) -> None:
        self._origins.setdefault(step.after, []).append(self._old[step.before])
        self._destinations.setdefault(step.before, []).append(self._new[step.after])
        if step.change == "merged" and step.before not in self._new:
            self._of.setdefault(step.before, []).append(step)

    @property
    def identities(self) -> set[str]:
        """Of the blocks of which the lineage says something."""
        return self._of.keys() | self._destinations.keys()

    def row(self, identity: str, was: Side | None, now: Side | None) -> Row:
        steps = self._of.get(identity)
        changes = {step.change for step in steps or ()} or _evident(was, now)
        return Row(
            was,
            now,
            tuple(sorted(changes, key=_RANK.__getitem__)),
            tuple(dict.fromkeys(step.reason for step in steps or () if step.reason)),
            _once(self._origins.get(identity, ())),
            _once(self._destinations.get(identity, ())),
        )


def _once(sides: Iterable[Side]) -> tuple[Side, ...]:
    return tuple({side.identity: side for side in sides}.values())


def _evident(was: Side | None, now: Side | None) -> set[str]:
    """The change of a block of which nobody said anything; another wording is one of substance."""
    if was is None:
        return {"inserted"}
    if now is None:
        return {"removed"}
    if was.digest == now.digest:
        return set()
    words = (was.kind, was.text, was.status, was.provisions)
    changes = set()
    if was.number != now.number:
        changes.add("renumbered")
    if words != (now.kind, now.text, now.status, now.provisions) or not changes:
        changes.add("substantive")
    return changes


def _counts(rows: Iterable[Row], unchanged: int) -> dict[str, int]:
    counts: Counter[str] = Counter({UNCHANGED: unchanged})
    for row in rows:
        if not row.side.reference:
            counts[UNCITED] += bool(row.changes)
        elif row.changes:
            counts.update(c for c in row.changes if c != "merged" or row.after is None)
        elif row.destinations:
            counts[UNCHANGED] += 1
    return {name: counts[name] for name in (*CHANGES, UNCHANGED, UNCITED)}
