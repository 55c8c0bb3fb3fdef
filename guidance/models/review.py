"""What editors decide about a draft edition before it is issued, and when it is to be issued.

These rows belong to the draft. What they say is frozen into the edition at publication
(`EditionPage.as_issued`, `Edition.changes`, `Edition.obligations`), and is read from there after.
"""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.db import models
from django.db.models import Q, TextChoices, Value
from django.db.models.functions import Coalesce

from guidance.models.ledger import Change
from guidance.models.pages import EditionPage

NOBODY = UUID(int=0)


class ChangeDecision(models.Model):
    """What an editor decided about one paragraph's change, and why.

    `before` and `after` are identities in the edition issued last and in the draft: both and the
    same for a paragraph that was kept; only `after` for one inserted; only `before` for one
    removed; both and different for one split off (`before` was split into `after`) or merged
    (`before` went into `after`). `digest` is that of the draft's version decided on (of the earlier
    version where it is removed): when it is another now, the decision wants to be looked at again.
    """

    page = models.ForeignKey(EditionPage, models.CASCADE, related_name="change_decisions")
    before = models.UUIDField(null=True, blank=True)
    after = models.UUIDField(null=True, blank=True)
    change = models.CharField(max_length=20, choices=Change.choices)
    reason = models.TextField(blank=True)
    digest = models.CharField(max_length=64)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    decided_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            # SQLite calls two nulls different; nobody has this identity.
            models.UniqueConstraint(
                "page",
                Coalesce("before", Value(NOBODY)),
                Coalesce("after", Value(NOBODY)),
                name="one_decision_per_change",
            ),
            models.CheckConstraint(
                condition=Q(before__isnull=False) | Q(after__isnull=False),
                name="decision_has_an_end",
            ),
        ]

    def __str__(self) -> str:
        return self.change

    @property
    def subject(self) -> str:
        """The identity of the paragraph that it is about: the one that is gone, or the one that
        stands in the draft. There is one decision for each."""
        gone = self.after is None or self.change == Change.MERGED
        return str(self.before if gone else self.after)


class Strength(TextChoices):
    """How strongly a sentence of guidance demands something."""

    MUST = "must", "Must"
    SHOULD = "should", "Should"
    MAY = "may", "May"


class ObligationDecision(models.Model):
    """Whether a sentence of a draft demands something, how strongly, and of whom.

    A sentence is known by its paragraph and the digest of its words, so that a decision holds as
    long as the sentence does. `binds` and `excepts` are names of authority types.
    """

    page = models.ForeignKey(EditionPage, models.CASCADE, related_name="obligation_decisions")
    paragraph = models.UUIDField()
    sentence = models.CharField(max_length=64)
    confirmed = models.BooleanField()
    strength = models.CharField(max_length=10, choices=Strength.choices)
    binds = models.JSONField(default=list, blank=True)
    excepts = models.JSONField(default=list, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    decided_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["page", "paragraph", "sentence"], name="one_decision_per_sentence"
            )
        ]

    def __str__(self) -> str:
        return f"{self.strength} {'confirmed' if self.confirmed else 'dropped'}"


class PlanState(TextChoices):
    """What became of a plan to publish."""

    WAITING = "waiting", "Waiting for its time"
    DONE = "done", "Published"
    REFUSED = "refused", "Refused when its time came"


class PlannedPublication(models.Model):
    """An edition that is to be issued at a set time.

    `digest` is that of the edition as it was checked when the plan was made: an edition whose text
    is another when its time comes is not issued, and `refusal` says so.
    """

    page = models.OneToOneField(EditionPage, models.CASCADE, related_name="planned_publication")
    at = models.DateTimeField()
    digest = models.CharField(max_length=64)
    state = models.CharField(max_length=10, choices=PlanState.choices, default=PlanState.WAITING)
    refusal = models.TextField(blank=True)
    planned_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    planned_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["at"]

    def __str__(self) -> str:
        return f"{self.page_id} at {self.at:%Y-%m-%d %H:%M}"
