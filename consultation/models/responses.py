"""Responses: one record for every channel, with what was said and what came with it.

A response that its respondent submitted is never changed: amending it makes a new one under the
same reference that takes its place when it is submitted, and the old one is kept. One that an
official takes in from a letter or an e-mail counts at once and is put in order until somebody has
checked it; the original file is kept beside it. What is being written (`State.DRAFT`) is the
respondent's alone; the Department reads `Response.objects.received()`.
"""

from __future__ import annotations

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import Q, TextChoices

from consultation.models.pages import ConsultationPage
from consultation.models.particulars import Authority
from consultation.models.questions import Anchored, Question, QuestionWording
from consultation.passages import has_confidential
from consultation.querysets import ResponseQuerySet
from guidance.models import Paragraph


class State(TextChoices):
    """Where a response is."""

    DRAFT = "draft", "Not sent yet"
    SUBMITTED = "submitted", "Received"
    REPLACED = "replaced", "Replaced by an amended one"
    WITHDRAWN = "withdrawn", "Withdrawn"


class Channel(TextChoices):
    """How it came."""

    ONLINE = "online", "Online form"
    API = "api", "API"
    WORD = "word", "Word form"
    EMAIL = "email", "E-mail"
    POST = "post", "Post"


OFFICIAL = frozenset({Channel.WORD, Channel.EMAIL, Channel.POST})
"""The channels through which an official takes a response in."""


class Lateness(TextChoices):
    """Whether it came in time, and what was decided where it did not."""

    IN_TIME = "in-time", "In time"
    WAITING = "waiting", "Late: to be decided"
    ADMITTED = "admitted", "Late: admitted"
    REFUSED = "refused", "Late: refused"


class Confidential(TextChoices):
    """What the respondent asks to be kept confidential. Passages are marked in the text itself
    (`consultation.passages`) and count whatever stands here."""

    NOTHING = "nothing", "Nothing"
    PASSAGES = "passages", "The passages marked"
    WHOLE = "whole", "The whole response"


class Respondent(TextChoices):
    """For whom the respondent speaks."""

    INDIVIDUAL = "individual", "An individual"
    ORGANISATION = "organisation", "An organisation"


class OrganisationType(TextChoices):
    """What kind of organisation."""

    LOCAL_AUTHORITY = "local-authority", "Local authority"
    OTHER_PUBLIC = "other-public", "Other public body"
    CHARITY = "charity", "Charity, voluntary or community organisation"
    BUSINESS = "business", "Business"
    REPRESENTATIVE = "representative", "Representative or professional body"
    PARTNERSHIP = "partnership", "Partnership"
    POLITICAL = "political", "Member of Parliament, councillor or political party"
    OTHER = "other", "Other"


class Response(models.Model):
    """One response to a consultation.

    `revision` counts saves of who is answering and how it may be used; each answer counts its own.
    `received_at` is the instant at which it reached us, by which it is late or not; `entered_at` is
    when it was typed in or read in.
    """

    consultation = models.ForeignKey(ConsultationPage, models.PROTECT, related_name="responses")
    key = models.UUIDField(default=uuid4, unique=True, editable=False)
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
    channel = models.CharField(max_length=10, choices=Channel.choices, default=Channel.ONLINE)
    reference = models.CharField(max_length=9, blank=True)
    version = models.PositiveSmallIntegerField(default=1)
    amends = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="amended_by", editable=False
    )
    revision = models.PositiveIntegerField(default=0)

    started_at = models.DateTimeField()
    saved_at = models.DateTimeField()
    received_at = models.DateTimeField(null=True)
    postmarked_on = models.DateField(null=True, blank=True)
    entered_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    checked_at = models.DateTimeField(null=True)

    lateness = models.CharField(max_length=10, choices=Lateness.choices, default=Lateness.IN_TIME)
    late_reason = models.TextField(blank=True)
    late_decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    late_decided_at = models.DateTimeField(null=True)

    respondent = models.CharField(max_length=12, choices=Respondent.choices, blank=True)
    name = models.CharField(max_length=200, blank=True)
    organisation = models.CharField(max_length=200, blank=True)
    organisation_type = models.CharField(
        max_length=20, choices=OrganisationType.choices, blank=True
    )
    authority = models.ForeignKey(
        Authority, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    role = models.CharField(max_length=200, blank=True)
    on_behalf_of = models.CharField(max_length=300, blank=True)
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=40, blank=True)
    postal_address = models.TextField(blank=True)

    publish_name = models.BooleanField(null=True)
    publish_answer = models.BooleanField(null=True)
    confidential = models.CharField(
        max_length=10, choices=Confidential.choices, default=Confidential.NOTHING
    )
    confidential_reason = models.TextField(blank=True)

    message_id = models.CharField(max_length=255, blank=True)
    idempotency_key = models.CharField(max_length=100, blank=True)
    idempotency_digest = models.CharField(max_length=64, blank=True)
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    reminded_at = models.DateTimeField(null=True)
    erased_at = models.DateTimeField(null=True)

    objects = ResponseQuerySet.as_manager()

    class Meta:
        default_permissions = ("view",)
        indexes = [
            models.Index(
                fields=["consultation", "state", "-received_at", "-id"], name="responses_newest"
            ),
            models.Index(
                fields=["consultation", "lateness", "-received_at", "-id"], name="responses_late"
            ),
            *(
                models.Index(  # without drafts, so that saving one writes none of these
                    fields=["consultation", *first, "-received_at", "-id"],
                    condition=~Q(state="draft"),
                    name=f"responses_{name}",
                )
                for name, first in (
                    ("received", ()),
                    ("by_channel", ("channel",)),
                    ("by_type", ("organisation_type",)),
                )
            ),
            models.Index(
                fields=["consultation", "-received_at", "-id"],
                condition=Q(
                    state="submitted", channel__in=("word", "email", "post"), checked_at=None
                ),
                name="responses_unchecked",
            ),
            models.Index(fields=["state", "saved_at"], name="responses_to_remind"),
            models.Index(fields=["reference"], name="responses_by_reference"),
            models.Index(
                fields=["received_at"],
                condition=Q(state="submitted", lateness="waiting"),
                name="responses_to_decide",
            ),
            models.Index(
                fields=["consultation"], condition=Q(erased_at=None), name="responses_to_erase"
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["reference", "version"],
                condition=~Q(reference=""),
                name="reference_is_unique",
            ),
            models.UniqueConstraint(
                fields=["reference"], condition=Q(state="submitted"), name="one_response_stands"
            ),
            models.UniqueConstraint(
                fields=["amends"], condition=Q(state="draft"), name="one_amendment_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(state="draft") | (~Q(reference="") & Q(received_at__isnull=False)),
                name="what_was_received_has_a_reference",
            ),
            models.UniqueConstraint(
                fields=["consultation", "message_id"],
                condition=~Q(message_id=""),
                name="message_taken_in_once",
            ),
            models.UniqueConstraint(
                fields=["consultation", "submitted_by", "idempotency_key"],
                condition=~Q(idempotency_key=""),
                name="submitted_once",
            ),
        ]

    def __str__(self) -> str:
        return self.reference or "Unsent response"

    @property
    def who(self) -> str:
        """By whom it is known to the Department."""
        return self.organisation or self.name or "No name given"


class Said(models.Model):
    """Words that a respondent wrote, and who among those who work on it saved them last."""

    text = models.TextField(blank=True)
    has_confidential = models.BooleanField(default=False, editable=False)
    revision = models.PositiveIntegerField(default=1)
    saved_at = models.DateTimeField()
    saved_by = models.CharField(max_length=200, blank=True)

    class Meta:
        abstract = True

    def save(self, *args: object, **kwargs: object) -> None:
        self.has_confidential = has_confidential(self.text)
        super().save(*args, **kwargs)  # type: ignore[arg-type]


class Answer(Said):
    """The answer to a question, in the wording in which it was asked."""

    response = models.ForeignKey(Response, models.CASCADE, related_name="answers", db_index=False)
    question = models.ForeignKey(Question, models.PROTECT, related_name="answers")
    wording = models.ForeignKey(QuestionWording, models.PROTECT, related_name="answers")
    value = models.JSONField(default=dict, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["response", "question"], name="question_answered_once")
        ]

    def __str__(self) -> str:
        return f"answer {self.pk}"


class ParagraphComment(Said, Anchored):
    """What a respondent says on a paragraph."""

    response = models.ForeignKey(Response, models.CASCADE, related_name="comments", db_index=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["response", "paragraph"], name="paragraph_commented_once"
            )
        ]

    def __str__(self) -> str:
        return f"comment {self.pk}"


class PieceState(TextChoices):
    """What became of words that came in one text."""

    WAITING = "waiting", "To be placed"
    PLACED = "placed", "Placed"
    SET_ASIDE = "set-aside", "Set aside"


class Piece(models.Model):
    """Words of an e-mail or letter, proposed to the question or the paragraph that they name; the
    rest waits until somebody places it. The words themselves are kept as they came."""

    response = models.ForeignKey(Response, models.CASCADE, related_name="pieces")
    position = models.PositiveIntegerField()
    text = models.TextField()
    named = models.CharField(max_length=60, blank=True, help_text="The words that name its place")
    question = models.ForeignKey(Question, models.PROTECT, null=True, blank=True, related_name="+")
    paragraph = models.ForeignKey(
        Paragraph, models.PROTECT, null=True, blank=True, related_name="+"
    )
    state = models.CharField(max_length=10, choices=PieceState.choices, default=PieceState.WAITING)
    placed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    placed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["response", "position"]
        indexes = [
            models.Index(fields=["response"], condition=Q(state="waiting"), name="pieces_waiting")
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["response", "position"], name="piece_position_is_unique"
            ),
            models.CheckConstraint(
                condition=Q(question=None) | Q(paragraph=None), name="piece_has_one_place"
            ),
        ]

    def __str__(self) -> str:
        return f"piece {self.pk}"
