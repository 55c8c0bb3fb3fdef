"""The lineage between two editions that are not neighbours, from the steps of those between."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from guidance.comparison.model import LineageStep, Side

_JOINING = frozenset({"split", "merged"})
_WORDING = frozenset({"substantive", "editorial"})
_TURNED = {"inserted": "removed", "removed": "inserted", "split": "merged", "merged": "split"}

Steps = Sequence[LineageStep]


def combine(
    stages: Sequence[Steps],
    before: Mapping[str, Side],
    after: Mapping[str, Side],
    moved: Collection[str] = (),
) -> list[LineageStep]:
    """The steps from an edition to a later one, given those of each edition after it in order.

    `before` and `after` have, by identity, every block that a step speaks of as far as it stands
    there; `moved` are those whose place differs between the two. A rewording is of substance if any
    on the way was, and none if the words came back. Splits and mergers are followed through
    paragraphs that came and went between. The reasons are kept, in order.
    """
    own: dict[str, list[LineageStep]] = {}
    for stage in stages:
        for step in stage:
            own.setdefault(step.after or step.before, []).append(step)
    roots = _roots(stages, before)
    found: list[LineageStep] = []
    for identity in dict.fromkeys([*own, *moved]):
        was, now = before.get(identity), after.get(identity)
        steps = own.get(identity, [])
        if now is None:
            continue
        if was is None:
            found += _new(identity, steps, roots.get(identity, ()))
        else:
            found += _kept(was, now, steps, identity in moved)
            found += _joined(identity, steps, roots.get(identity, ()))
    return found + _gone(found, own, before, after)


def turned_round(steps: Iterable[LineageStep]) -> list[LineageStep]:
    """The same lineage read from the later edition to the earlier one."""
    return [
        LineageStep(step.after, step.before, _TURNED.get(step.change, step.change), step.reason)
        for step in steps
    ]


def _roots(stages: Sequence[Steps], before: Collection[str]) -> dict[str, dict[str, None]]:
    """Which blocks of the first edition each block came from by splits and mergers, itself left
    out."""
    roots: dict[str, dict[str, None]] = {}
    for stage in stages:
        gained: dict[str, dict[str, None]] = {}
        for step in stage:
            if step.change in _JOINING and step.before and step.before != step.after:
                to = gained.setdefault(step.after, {})
                if step.before in before:
                    to[step.before] = None
                to.update(roots.get(step.before, {}))
        for identity, found in gained.items():
            found.pop(identity, None)
            roots.setdefault(identity, {}).update(found)
    return roots


def _kept(was: Side, now: Side, steps: Steps, moved: bool) -> Iterator[LineageStep]:
    """What still holds of a block that stands in both editions."""
    holding: dict[str, str] = {}
    if _differ(was, now):
        told = {step.change for step in steps} & _WORDING
        wording = "editorial" if told == {"editorial"} else "substantive"
        holding |= {"substantive": wording, "editorial": wording, wording: wording}
    if was.number != now.number:
        holding["renumbered"] = "renumbered"
    if moved:
        holding["moved"] = "moved"
    untold = dict.fromkeys(holding.values())
    for step in steps:
        if step.change in holding:
            untold.pop(holding[step.change], None)
            yield LineageStep(was.identity, was.identity, holding[step.change], step.reason)
    for change in untold:
        yield LineageStep(was.identity, was.identity, change)


def _differ(was: Side, now: Side) -> bool:
    """Whether more than the number is another: words, status, or where those agree the marking."""
    if was.digest == now.digest:
        return False
    if was.number == now.number:
        return True
    old, new = ((s.kind, s.title, s.text, s.status, s.provisions) for s in (was, now))
    return old != new


def _new(identity: str, steps: Steps, roots: Collection[str]) -> Iterator[LineageStep]:
    """A block that the first edition did not have; what befell it since is part of how it came."""
    split = bool(roots) and any(step.change == "split" for step in steps)
    for step in steps:
        if step.change == "removed":
            continue
        if step.change in _JOINING and roots:
            yield from _joined(identity, [step], roots)
        elif split:
            yield from _joined(identity, [_as_split(step)], roots)
        else:
            yield LineageStep("", identity, "inserted", step.reason)
    if not split and all(step.change in _JOINING for step in steps):
        yield LineageStep("", identity, "inserted")


def _as_split(step: LineageStep) -> LineageStep:
    return LineageStep(step.before, step.after, "split", step.reason)


def _joined(identity: str, steps: Steps, roots: Collection[str]) -> Iterator[LineageStep]:
    for step in steps:
        if step.change in _JOINING:
            yield from (LineageStep(root, identity, step.change, step.reason) for root in roots)


def _gone(
    found: Steps,
    own: Mapping[str, Steps],
    before: Collection[str],
    after: Collection[str],
) -> list[LineageStep]:
    """What the later edition lacks, unless it went into another block."""
    merged = {step.before for step in found if step.change == "merged"}
    gone: list[LineageStep] = []
    for identity in before:
        if identity not in after and identity not in merged:
            told = [s.reason for s in own.get(identity, ()) if s.change == "removed"]
            gone += [LineageStep(identity, "", "removed", reason) for reason in told or [""]]
    return gone
