"""How the paragraphs of an edition came from the edition before, once identities are known. Pure.

A paragraph may be changed in more than one way at once, and gets a step for each: its words (or its
status), its number, its place. One that is unchanged gets none.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from guidance.alignment import Difference, difference
from guidance.content import plain_text


@dataclass(slots=True)
class Stood:
    """Where a paragraph stood in an edition: the digest of its version, and its section there."""

    identity: str
    digest: str
    section: int


@dataclass(frozen=True, slots=True)
class Said:
    """What a paragraph version says: enough to tell a slip of the pen from a change of substance."""

    content: Mapping[str, Any]
    status: str
    provisions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """One change; `change` is a value of `guidance.models.ledger.Change`. For an inserted paragraph
    the digest before is None, for a removed one the digest after. `origin` is the identity before
    where it is another: of what was split into this paragraph, or merged into it."""

    identity: str
    change: str
    before: str | None
    after: str | None
    reason: str = ""
    origin: str = ""


@dataclass(frozen=True, slots=True)
class Decided:
    """What an editor decided about one change: identities before and after ("" where there is
    none), a value of `Change`, and the reason given."""

    before: str
    after: str
    change: str
    reason: str = ""


def trace(
    before: Sequence[Stood],
    after: Sequence[Stood],
    said: Mapping[tuple[str, str], Said],
    decided: Sequence[Decided] = (),
) -> list[Step]:
    """The steps from one edition to the next: those of the new edition in its order, then what was
    removed in the order it had. `said` has both versions of what `changed` returns.

    What was decided gives each step its reason, says of a rewording whether it is editorial or of
    substance (a change of status always is), and makes an insertion or a removal a split or a
    merger. A decision about what did not happen changes nothing.
    """
    old = {stood.identity: stood for stood in before}
    new = {stood.identity: stood for stood in after}
    moved = set(_moved(before, after))
    kept = {d.after: d for d in decided if d.before == d.after or not d.before}
    gone = {d.before: d for d in decided if not d.after}
    split, merged = _joined(decided, old, new)
    steps: list[Step] = []
    for stood in after:
        was, choice = old.get(stood.identity), kept.get(stood.identity)
        reason = choice.reason if choice else ""
        if was is not None:
            changes = [_as_decided(c, was, stood, said, choice) for c in _changes(was, stood, said)]
            changes += ["moved"] if stood.identity in moved else []
            steps += [Step(stood.identity, c, was.digest, stood.digest, reason) for c in changes]
        elif not split.get(stood.identity):
            steps.append(Step(stood.identity, "inserted", None, stood.digest, reason))
        for d in (*split.get(stood.identity, ()), *merged.get(stood.identity, ())):
            steps.append(
                Step(
                    stood.identity, d.change, old[d.before].digest, stood.digest, d.reason, d.before
                )
            )
    absorbed = {d.before for joined in merged.values() for d in joined}
    steps += [
        Step(
            s.identity,
            "removed",
            s.digest,
            None,
            gone[s.identity].reason if s.identity in gone else "",
        )
        for s in before
        if s.identity not in new and s.identity not in absorbed
    ]
    return steps


def _joined(
    decided: Sequence[Decided], old: Mapping[str, Stood], new: Mapping[str, Stood]
) -> tuple[dict[str, list[Decided]], dict[str, list[Decided]]]:
    """The decisions that hold, by the identity after: what each inserted paragraph was split from,
    and which removed ones each paragraph took in."""
    split: dict[str, list[Decided]] = {}
    merged: dict[str, list[Decided]] = {}
    for d in decided:
        if d.before == d.after or d.before not in old or d.after not in new:
            continue
        if d.change == "split" and d.after not in old:
            split.setdefault(d.after, []).append(d)
        elif d.change == "merged" and d.before not in new:
            merged.setdefault(d.after, []).append(d)
    return split, merged


def _as_decided(
    change: str,
    was: Stood,
    now: Stood,
    said: Mapping[tuple[str, str], Said],
    choice: Decided | None,
) -> str:
    """A rewording as an editor sees it; a change of status is one of substance whoever says what."""
    if choice is None or {change, choice.change} != {"editorial", "substantive"}:
        return change
    old, new = said[was.identity, was.digest], said[now.identity, now.digest]
    return change if _restated(old, new) else choice.change


def changed(before: Sequence[Stood], after: Sequence[Stood]) -> list[str]:
    """The identities that stand in both editions with different versions."""
    old = {stood.identity: stood.digest for stood in before}
    return [s.identity for s in after if old.get(s.identity, s.digest) != s.digest]


def _changes(was: Stood, now: Stood, said: Mapping[tuple[str, str], Said]) -> Iterator[str]:
    if was.digest == now.digest:
        return
    old, new = said[was.identity, was.digest], said[now.identity, now.digest]
    if words := _reworded(old, new):
        yield words
    if old.content["number"] != new.content["number"]:
        yield "renumbered"


def _reworded(old: Said, new: Said) -> str | None:
    """A change of status is one of substance, and so is another picture or kind of block."""
    if _restated(old, new):
        return "substantive"
    if _but_number(old.content) == _but_number(new.content):
        return None
    if any(old.content.get(key) != new.content.get(key) for key in ("kind", "image")):
        return "substantive"
    found = difference(plain_text(old.content), plain_text(new.content))
    return "substantive" if found is Difference.SUBSTANTIVE else "editorial"


def _restated(old: Said, new: Said) -> bool:
    return (old.status, old.provisions) != (new.status, new.provisions)


def _but_number(content: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in content.items() if key != "number"}


def _moved(before: Sequence[Stood], after: Sequence[Stood]) -> Iterator[str]:
    """The fewest paragraphs whose moving turns the old order into the new, and those that changed
    section. Sections are paired by the paragraphs that they share, so that one that is retitled or
    put elsewhere as a whole moves nothing inside it."""
    if [(s.identity, s.section) for s in before] == [(s.identity, s.section) for s in after]:
        return
    rank = {stood.identity: order for order, stood in enumerate(before)}
    kept = [stood for stood in after if stood.identity in rank]
    was_in = {stood.identity: stood.section for stood in before}
    shared = Counter((was_in[s.identity], s.section) for s in kept)
    heir: dict[int, int] = {}
    for (old, new), _ in sorted(shared.items(), key=lambda item: (-item[1], item[0])):
        heir.setdefault(old, new)
    groups: dict[int, list[Stood]] = {}
    for stood in kept:
        if heir[was_in[stood.identity]] == stood.section:
            groups.setdefault(stood.section, []).append(stood)
        else:
            yield stood.identity
    for group in groups.values():
        in_order = _longest_rising([rank[stood.identity] for stood in group])
        yield from (s.identity for i, s in enumerate(group) if i not in in_order)


def _longest_rising(values: Sequence[int]) -> set[int]:
    """The positions of a longest rising run of `values`, not necessarily neighbours."""
    tails: list[int] = []
    ends: list[int] = []
    previous: list[int] = []
    for index, value in enumerate(values):
        at = bisect_left(tails, value)
        previous.append(ends[at - 1] if at else -1)
        tails[at : at + 1] = [value]
        ends[at : at + 1] = [index]
    kept: set[int] = set()
    index = ends[-1] if ends else -1
    while index >= 0:
        kept.add(index)
        index = previous[index]
    return kept
