"""The review of a draft edition: what changes against the edition issued last, and what an editor
decides about each change before it is published.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from wagtail.log_actions import log

from guidance.actions.batches import batches
from guidance.actions.checks import Examined, examine
from guidance.actions.comparing import compare_draft
from guidance.actions.earlier import Earlier, earlier
from guidance.actions.review_rows import decidable, fitting, wants_reason
from guidance.comparison import Comparison, Row
from guidance.models import Change, ChangeDecision, EditionPage

LOG_ACTION = "guidance.decide_changes"
REASON_LENGTH = 2000

logger = logging.getLogger("guidance.reviewing")


@dataclass(frozen=True, slots=True)
class Decision:
    """What an editor decides about one paragraph: its identity, in the draft or (where it is gone)
    in the edition before; a value of `Change`; and why.

    `other` is the reference of the paragraph that it was split from, or merged into. `digest` is
    that of the words that the editor saw; where it is given, other words are not decided on.
    """

    paragraph: str
    change: str
    reason: str = ""
    other: str = ""
    digest: str = ""


class DecisionsRefused(Exception):
    """None of the decisions was kept. `problems` are sentences by paragraph; the paragraph is ""
    for what concerns them all."""

    def __init__(self, problems: Mapping[str, str]) -> None:
        self.problems = dict(problems)
        super().__init__(" ".join(self.problems.values()))


@dataclass(slots=True)
class Reviewed:
    """A draft beside the edition issued last. `comparison` is None where there is none to compare
    with, or where the checks leave no text. `decisions` are by the paragraph that they are about."""

    examined: Examined
    before: Earlier
    comparison: Comparison | None
    decisions: dict[str, ChangeDecision]

    @property
    def old_references(self) -> dict[str, str]:
        """The identities of what can be cited in the edition before, by reference."""
        stood = zip(self.before.stood, self.before.places, strict=True)
        return {place[0]: entry.identity for entry, place in stood if place[0]}

    @property
    def new_references(self) -> dict[str, str]:
        """The identities of what can be cited in the draft, by reference."""
        lines = self.examined.text.lines if self.examined.text else ()
        return {line.reference: line.identity for line in lines if line.reference}


def may_review(user: Any, page: EditionPage) -> bool:
    """Whether the user may see the review of an edition and decide about its changes."""
    permissions = page.permissions_for_user(user)
    return bool(permissions.can_edit() or permissions.can_publish_edition())


def review_edition(page: EditionPage, *, blocking_only: bool = False) -> Reviewed:
    """The whole review of a draft, in a fixed number of queries; with `blocking_only` without the
    advisory checks."""
    before = earlier(page.get_parent().pk)
    examined = examine(page, before, blocking_only=blocking_only)
    comparison = None
    if before.edition is not None and examined.text is not None:
        comparison = compare_draft(before.edition, examined.text, show="changes")
    return Reviewed(examined, before, comparison, decisions_of(page))


def decisions_of(page: EditionPage) -> dict[str, ChangeDecision]:
    """What was decided about the changes of a draft, by the paragraph that it is about."""
    rows = ChangeDecision.objects.filter(page=page).select_related("decided_by")
    return {row.subject: row for row in rows}


def one_reason(reviewed: Reviewed, *, kind: str, reason: str, section: str = "") -> list[Decision]:
    """The same reason for every paragraph that changed in this way above all, and for which none
    was given yet: in the whole edition, or in one section (by its slug)."""
    rows = reviewed.comparison.rows if reviewed.comparison else ()
    return [
        Decision(row.side.identity, kind, reason)
        for row in rows
        if row.changes[:1] == (kind,)
        and section in ("", row.side.section_slug)
        and wants_reason(row, reviewed.decisions)
        and kind in fitting(row)
    ]


def undecided(page: EditionPage, comparison: Comparison) -> int:
    """How many changes of paragraphs that can be cited have no reason, or one that was given for
    other words than the present."""
    decisions = decisions_of(page)
    return sum(wants_reason(row, decisions) for row in comparison.rows)


def decide_changes(
    *, user: Any, page: EditionPage, decisions: Sequence[Decision]
) -> list[ChangeDecision]:
    """Keep what was decided, all of it or nothing; what was decided before about these paragraphs is
    replaced. A decision that says no more than the system proposes takes the earlier one away.

    Raises PermissionDenied, or DecisionsRefused with a sentence for each paragraph of which
    something cannot be. What was once decided about changes that were since undone is dropped.
    """
    if not may_review(user, page):
        raise PermissionDenied("You may not decide about the changes of this edition.")
    with transaction.atomic():
        page = EditionPage.objects.select_for_update(of=("self",)).get(pk=page.pk)
        if page.issued:
            raise DecisionsRefused({"": "This edition is published; its changes are decided."})
        if page.permissions_for_user(user).page_locked():
            raise DecisionsRefused(
                {"": "The edition is being read by others and cannot be changed."}
            )
        reviewed = review_edition(page, blocking_only=True)
        if reviewed.comparison is None:
            raise DecisionsRefused({"": "Nothing can be compared yet; see the checks."})
        rows = _Fitting(reviewed).rows(page, user, decisions)
        changed = {row.side.identity for row in reviewed.comparison.rows if decidable(row)}
        _replace(page, {d.paragraph for d in decisions}, changed, rows)
        told = [
            {"paragraph": d.paragraph, "change": d.change, "other": d.other, "reason": d.reason}
            for d in decisions
        ]
        log(instance=page, action=LOG_ACTION, user=user, data={"decisions": told})
    logger.info(
        "event=changes_decided edition=%s user=%s count=%s", page.pk, user.pk, len(decisions)
    )
    return rows


def _replace(
    page: EditionPage, decided: set[str], changed: set[str], rows: Sequence[ChangeDecision]
) -> None:
    gone = [
        row.pk
        for row in ChangeDecision.objects.filter(page=page)
        if (about := row.subject) in decided or about not in changed
    ]
    for some in batches(gone):
        ChangeDecision.objects.filter(pk__in=some).delete()
    ChangeDecision.objects.bulk_create(rows, batch_size=1000)


class _Fitting:
    """Holds decisions against what happened."""

    def __init__(self, reviewed: Reviewed) -> None:
        rows = reviewed.comparison.rows if reviewed.comparison else ()
        self._rows = {row.side.identity: row for row in rows}
        self._old, self._new = reviewed.old_references, reviewed.new_references

    def rows(
        self, page: EditionPage, user: Any, decisions: Iterable[Decision]
    ) -> list[ChangeDecision]:
        """Unsaved rows for what is more than the proposal; DecisionsRefused where any cannot be."""
        problems: dict[str, str] = {}
        found: list[ChangeDecision] = []
        for decision in decisions:
            row = self._rows.get(decision.paragraph)
            problem = self._problem(row, decision)
            if problem or row is None:
                problems.setdefault(decision.paragraph, problem)
            elif decision.reason.strip() or decision.change != fitting(row)[0]:
                found.append(self._kept(page, user, row, decision))
        if problems:
            raise DecisionsRefused(problems)
        return found

    def _problem(self, row: Row | None, decision: Decision) -> str:
        """What is wrong in a sentence, or nothing."""
        if row is None or not (kinds := fitting(row)):
            return "This paragraph is as it was in the edition before; there is nothing to decide."
        if decision.digest and decision.digest != row.side.digest:
            return "The paragraph was changed while you decided. Look at its words again."
        if decision.change not in kinds:
            names = " or ".join(Change(kind).label.lower() for kind in kinds)
            return f"Choose what happened to it: {names}."
        if len(decision.reason) > REASON_LENGTH:
            return f"Give the reason in at most {REASON_LENGTH:,} characters."
        return self._end_problem(decision)

    def _end_problem(self, decision: Decision) -> str:
        """Whether the other end of a split or a merger is there."""
        other = decision.other.strip()
        if decision.change == Change.SPLIT and other not in self._old:
            return (
                "Give the number, in the edition before, of the paragraph that it was split from."
            )
        if decision.change == Change.MERGED and other not in self._new:
            return "Give the number, in this draft, of the paragraph that it was merged into."
        return ""

    def _kept(self, page: EditionPage, user: Any, row: Row, decision: Decision) -> ChangeDecision:
        before = row.before.identity if row.before else None
        after = row.after.identity if row.after else None
        if decision.change == Change.SPLIT:
            before = self._old[decision.other.strip()]
        if decision.change == Change.MERGED:
            after = self._new[decision.other.strip()]
        return ChangeDecision(
            page=page,
            before=UUID(before) if before else None,
            after=UUID(after) if after else None,
            change=decision.change,
            reason=decision.reason.strip(),
            digest=row.side.digest,
            decided_by=user,
        )
