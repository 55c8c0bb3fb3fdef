"""What there is to decide about one row of a comparison, and whether what was decided still holds."""

from __future__ import annotations

from collections.abc import Mapping

from guidance.alignment import Difference, difference
from guidance.comparison import Row
from guidance.models import Change, ChangeDecision

REWORDED = ("editorial", "substantive")
_IN_ITSELF = ("renumbered", "moved")


def decidable(row: Row) -> bool:
    """Whether there is anything to decide; nothing where another paragraph was merged into this one
    and it is as it was, since that is decided where the other is gone."""
    alone = row.before is None or row.after is None
    return bool(row.changes) and (
        alone or any(change in (*REWORDED, *_IN_ITSELF) for change in row.changes)
    )


def fitting(row: Row) -> tuple[str, ...]:
    """The kinds of change that an editor can choose from; what the system proposes comes first.

    None where there is nothing to decide.
    """
    if not decidable(row):
        return ()
    if row.before is None:
        return (Change.INSERTED, Change.SPLIT)
    if row.after is None:
        return (Change.REMOVED, Change.MERGED)
    if any(change in REWORDED for change in row.changes):
        first = proposed(row)
        return (first,) if row.restated else (first, *(c for c in REWORDED if c != first))
    return tuple(change for change in row.changes if change in _IN_ITSELF)


def proposed(row: Row) -> str:
    """What the words alone say of a paragraph that stands in both editions and was reworded; a
    change of its status, or of what kind of block it is, is always one of substance."""
    old, new = row.before, row.after
    if old is None or new is None or row.restated or old.kind != new.kind:
        return str(Change.SUBSTANTIVE)
    if old.kind == "figure" and old.text == new.text:
        return str(Change.SUBSTANTIVE)  # then it is the picture that changed
    found = difference(old.text, new.text)
    return str(Change.SUBSTANTIVE if found is Difference.SUBSTANTIVE else Change.EDITORIAL)


def stale(row: Row, decision: ChangeDecision) -> bool:
    """Whether it was decided on other words, or what it says did not happen after all."""
    return decision.digest != row.side.digest or decision.change not in row.changes


def wants_reason(row: Row, decisions: Mapping[str, ChangeDecision]) -> bool:
    """Whether a paragraph that can be cited has changed and no reason holds for its present words;
    `decisions` are by subject."""
    if not row.side.reference or not decidable(row):
        return False
    decision = decisions.get(row.side.identity)
    return decision is None or not decision.reason or stale(row, decision)
