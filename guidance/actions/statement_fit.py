"""Which paragraphs each statement of status of a draft covers now, against those that it covered in
the edition before: a range that an insertion, a removal or a new number has slipped under."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from guidance.actions.earlier import Earlier
from guidance.content import head_of
from guidance.edition_text import EditionText

Statement = Mapping[str, Any]
_SAME = (("paragraphs", "status", "provisions"), ("status", "provisions"), ("paragraphs",))
"""By what a statement is known again, the surest first."""


@dataclass(frozen=True, slots=True)
class Fit:
    """A statement that covers other paragraphs than before.

    `position` counts from 1, and is 0 for a statement that the draft no longer makes; `was` is what
    it named before, where that was something else, and empty for a new statement too. `gained` and
    `lost` are paragraphs in words, as "2.13A (new)" and "2.20 (removed)", in their order.
    """

    position: int
    paragraphs: str
    was: str
    status: str
    gained: tuple[str, ...]
    lost: tuple[str, ...]
    new: bool = False


def misfits(before: Earlier, text: EditionText) -> list[Fit]:
    """The statements whose cover has changed, those of the draft in their order, then those that it
    no longer makes. Nothing is read from the database."""
    if before.edition is None:
        return []
    old, new = before.edition.statements, text.facts.statements
    cover = _Cover(before, text)
    partner = _partners(old, new)
    found = [_fit(cover, old, new, partner.get(at), at) for at in range(len(new))]
    left = [at for at in range(len(old)) if at not in partner.values()]
    found += [_fit(cover, old, new, at, None) for at in left]
    return [fit for fit in found if fit.gained or fit.lost]


def _fit(
    cover: _Cover,
    old: Sequence[Statement],
    new: Sequence[Statement],
    was: int | None,
    now: int | None,
) -> Fit:
    row = new[now] if now is not None else old[was or 0]
    named = old[was]["paragraphs"] if was is not None else ""
    gained, lost = cover.difference(was, now)
    return Fit(
        position=0 if now is None else now + 1,
        paragraphs=row["paragraphs"],
        was="" if now is not None and named == row["paragraphs"] else named,
        status=row["status"],
        gained=gained,
        lost=lost,
        new=was is None,
    )


def _partners(old: Sequence[Statement], new: Sequence[Statement]) -> dict[int, int]:
    """The position before of each statement of the draft that was there before."""
    found: dict[int, int] = {}
    for keys in _SAME:
        free = [at for at in range(len(old)) if at not in found.values()]
        for at, row in enumerate(new):
            same = (f for f in free if all(old[f].get(key) == row.get(key) for key in keys))
            if at not in found and (match := next(same, None)) is not None:
                found[at] = match
                free.remove(match)
    return found


class _Cover:
    """The identities that each statement covers in the two editions, and what they are called."""

    def __init__(self, before: Earlier, text: EditionText) -> None:
        self._old: dict[int, list[str]] = {}
        self._new: dict[int, list[str]] = {}
        self._old_names: dict[str, str] = {}
        self._new_names: dict[str, str] = {}
        for stood, (reference, _, statements, _) in zip(before.stood, before.places, strict=True):
            if reference:
                self._old_names[stood.identity] = _old_name(before, stood.identity, reference)
                _gather(self._old, statements, stood.identity)
        for line in text.lines:
            if line.reference:
                prefix = text.sections[line.section - 1].prefix
                name = _name(prefix, line.block.number, line.block.title) or line.reference
                self._new_names[line.identity] = name
                _gather(self._new, line.basis.statements, line.identity)

    def difference(
        self, was: int | None, now: int | None
    ) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """What a statement covers now and did not before, and the reverse."""
        old = self._old.get(was, []) if was is not None else []
        new = self._new.get(now, []) if now is not None else []
        before, after = set(old), set(new)
        return (
            tuple(self._gained(identity) for identity in new if identity not in before),
            tuple(self._lost(identity) for identity in old if identity not in after),
        )

    def _gained(self, identity: str) -> str:
        name, was = self._new_names[identity], self._old_names.get(identity)
        if was is None:
            return f"{name} (new)"
        return name if name == was else f"{name} (was {was})"

    def _lost(self, identity: str) -> str:
        name, now = self._old_names[identity], self._new_names.get(identity)
        if now is None:
            return f"{name} (removed)"
        return name if name == now else f"{name} (now {now})"


def _gather(cover: dict[int, list[str]], statements: Iterable[int], identity: str) -> None:
    for at in statements:
        cover.setdefault(at, []).append(identity)


def _old_name(before: Earlier, identity: str, reference: str) -> str:
    known = before.entries.get(identity)
    if known is None:
        return reference
    _, number, title = head_of(known.raw)
    return _name(known.prefix, number, title) or reference


def _name(prefix: str, number: str, title: str) -> str:
    return f"{prefix} {number}".strip() if number else title
