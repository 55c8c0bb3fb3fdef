"""Compares two issued editions, or a draft with the edition issued before it.

Identities and digests are read first, and the words only of what they show to have changed.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Literal

from guidance.actions.batches import batches
from guidance.actions.comparing_rows import (
    Entered,
    chain_of,
    entered,
    provisions_of,
    sides_of,
    stages_of,
)
from guidance.comparison import (
    Comparison,
    LineageStep,
    Side,
    combine,
    compare,
    in_order,
    turned_round,
)
from guidance.content import plain_text
from guidance.edition_text import EditionText, Line
from guidance.lineage import Decided, Said, Step, Stood, changed, trace
from guidance.models import Edition, ParagraphVersion

Show = Literal["changes", "all"]
"""Rows of what changed, or of every block; the counts are the same."""


def compare_issued(before_pk: int, after_pk: int, *, show: Show = "all") -> Comparison:
    """What became of `before_pk` in `after_pk`: two editions of one document, issued in either
    order, in at most six queries (more where thousands of paragraphs changed).

    Neighbours are told by their stored lineage; others by that of the editions between, where a
    rewording is of substance if any on the way was and the words still differ. ValueError where the
    two are not issued editions of one document.
    """
    chain = chain_of(before_pk, after_pk)
    forward = chain.index(before_pk) <= chain.index(after_pk)
    first, last = (before_pk, after_pk) if forward else (after_pk, before_pk)
    between = chain[chain.index(first) + 1 : chain.index(last) + 1]
    stages = stages_of(between)
    stood = entered([first, last])
    old, new = stood[first], stood[last]
    wanted = _touched(old, new, stages) if show == "changes" else None
    sides = sides_of([first, last], wanted)
    moved = _moved(old, new, stages)
    steps = stages[0]
    if len(stages) > 1:
        steps = combine(stages, sides[first], sides[last], moved)
    if not forward:
        old, new, steps = new, old, turned_round(steps)
    return compare(
        [*sides[before_pk].values()],
        [*sides[after_pk].values()],
        steps,
        changes_only=show == "changes",
        order=in_order({i: e.section for i, e in old.items()}, [*new], moved),
        unseen=0 if wanted is None else _unseen(new, wanted),
    )


def compare_draft(before: Edition, text: EditionText, *, show: Show = "all") -> Comparison:
    """A draft against the edition issued before it, with what its editor decided so far
    (`text.facts.changes`): the lineage is the one that publishing it now would store."""
    stood = entered([before.pk])[before.pk]
    was = [Stood(identity, entry.digest, entry.section) for identity, entry in stood.items()]
    now = [Stood(line.identity, line.digest, line.section) for line in text.lines]
    said = _said(text.lines, stood, set(changed(was, now)))
    decided = [Decided(**row) for row in text.facts.changes]
    steps = [_lineage(step) for step in trace(was, now, said, decided)]
    new = {n.identity: Entered(0, n.digest, n.section, bool(n.reference)) for n in text.lines}
    wanted = _touched(stood, new, [steps]) if show == "changes" else None
    old_sides = sides_of([before.pk], wanted)[before.pk]
    new_sides = [
        _drafted(line, text, old_sides.get(line.identity))
        for line in text.lines
        if wanted is None or line.identity in wanted
    ]
    moved = {step.after for step in steps if step.change == "moved"}
    return compare(
        [*old_sides.values()],
        new_sides,
        steps,
        changes_only=show == "changes",
        order=in_order({i: e.section for i, e in stood.items()}, [*new], moved),
        unseen=0 if wanted is None else _unseen(new, wanted),
    )


def _lineage(step: Step) -> LineageStep:
    before = (step.origin or step.identity) if step.before else ""
    return LineageStep(before, step.identity if step.after else "", step.change, step.reason)


def _touched(
    old: Mapping[str, Entered], new: Mapping[str, Entered], stages: Iterable[Iterable[LineageStep]]
) -> set[str]:
    """The identities that may have a row among the changes, or be named by one."""
    touched = {i for i, now in new.items() if i not in old or old[i].digest != now.digest}
    touched |= old.keys() - new.keys()
    for stage in stages:
        for step in stage:
            touched |= {step.before, step.after}
    return touched - {""}


def _unseen(new: Mapping[str, Entered], wanted: Collection[str]) -> int:
    return sum(stood.cited and identity not in wanted for identity, stood in new.items())


def _moved(
    old: Mapping[str, Entered],
    new: Mapping[str, Entered],
    stages: Sequence[Iterable[LineageStep]],
) -> set[str]:
    """What stands elsewhere; neighbours know it already, and nothing moves where nothing did."""
    told = {s.after for stage in stages for s in stage if s.change == "moved"}
    if len(stages) == 1 or not (told or _returned(stages)):
        return told
    was = [Stood(identity, "", stood.section) for identity, stood in old.items()]
    now = [Stood(identity, "", stood.section) for identity, stood in new.items()]
    return {step.identity for step in trace(was, now, {}) if step.change == "moved"}


def _returned(stages: Iterable[Iterable[LineageStep]]) -> bool:
    """Whether a block went and came back, perhaps to another place."""
    gone = {s.before for stage in stages for s in stage if s.after != s.before}
    return any(s.after in gone for stage in stages for s in stage if s.change == "inserted")


def _said(
    lines: Iterable[Line], stood: Mapping[str, Entered], wanted: Collection[str]
) -> dict[tuple[str, str], Said]:
    """Both versions of what changed."""
    said = {
        (line.identity, line.digest): Said(line.content, line.basis.status, line.provisions)
        for line in lines
        if line.identity in wanted
    }
    old = {stood[identity].version: (identity, stood[identity].digest) for identity in wanted}
    provisions = provisions_of(old)
    for some in batches(sorted(old)):
        rows = ParagraphVersion.objects.filter(pk__in=some)
        for pk, content, status in rows.values_list("pk", "content", "status"):
            said[old[pk]] = Said(content, status, provisions.get(pk, ()))
    return said


def _drafted(line: Line, text: EditionText, before: Side | None) -> Side:
    """A line of a draft; the words of one that is unchanged are known already."""
    section = text.sections[line.section - 1]
    known = before is not None and before.digest == line.digest
    return Side(
        identity=line.identity,
        kind=line.block.kind,
        number=line.block.number,
        title=line.block.title,
        reference=line.reference,
        after=line.after,
        section=line.section,
        section_words=f"{section.number} {section.title}".strip(),
        section_slug=section.slug,
        text=before.text if before is not None and known else plain_text(line.content),
        status=line.basis.status,
        provisions=line.provisions,
        digest=line.digest,
    )
