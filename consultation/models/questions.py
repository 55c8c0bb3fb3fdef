"""Questions of a consultation, and the places in the draft that they ask about.

A wording that somebody may have answered is never changed: a change is a new wording, and each
answer says which one it answers.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import TextChoices

from consultation import answers as rules
from consultation.models.pages import ConsultationPage
from consultation.querysets import QuestionQuerySet
from guidance.models import Paragraph, ParagraphVersion


class QuestionKind(TextChoices):
    """What is answered with."""

    TEXT = rules.TEXT, "Words"
    AGREE = rules.AGREE, "How far you agree, with a comment"
    ONE = rules.ONE, "One of several, with a comment"
    SEVERAL = rules.SEVERAL, "Any of several, with a comment"
    YES_NO = rules.YES_NO, "Yes or no, with a comment"
    NUMBER = rules.NUMBER, "A number, with a comment"
    FILE = rules.FILE, "A file, with a comment"


class Anchored(models.Model):
    """An anchor to a paragraph of a draft: its identity, its version, its number as displayed and a
    quotation of its words. `consultation.actions.anchors` makes them and says where it stands now."""

    paragraph = models.ForeignKey(Paragraph, models.PROTECT, related_name="+")
    version = models.ForeignKey(ParagraphVersion, models.PROTECT, related_name="+", db_index=False)
    number = models.CharField(max_length=200)
    quotation = models.TextField(blank=True)

    class Meta:
        abstract = True


class Question(models.Model):
    """A question; `key` is how forms, the API and the Word form name it, for good.

    `printed` is the block of the draft in which it is printed, where it is. A question that was
    taken out (`retired_at`) is asked no more and keeps its answers.
    """

    consultation = models.ForeignKey(ConsultationPage, models.CASCADE, related_name="questions")
    key = models.UUIDField(default=uuid4, unique=True, editable=False)
    position = models.PositiveSmallIntegerField()
    printed = models.ForeignKey(Paragraph, models.PROTECT, null=True, related_name="+")
    wording = models.OneToOneField(
        "consultation.QuestionWording", models.PROTECT, null=True, related_name="+"
    )
    retired_at = models.DateTimeField(null=True)

    objects = QuestionQuerySet.as_manager()

    class Meta:
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return f"Question {self.wording.number}" if self.wording else "Question"

    @property
    def label(self) -> str:
        """ "Question 3"; a number that begins with a letter stands alone."""
        number = self.wording.number if self.wording else ""
        return f"Question {number}" if number[:1].isdigit() else number or "Question"


class QuestionWording(models.Model):
    """A question as it is or was asked. `options` are [key, words] pairs; the keys of an option stay
    when its words change."""

    question = models.ForeignKey(Question, models.CASCADE, related_name="wordings")
    version = models.PositiveSmallIntegerField(default=1)
    number = models.CharField(max_length=20)
    text = models.TextField()
    help = models.TextField(blank=True)
    kind = models.CharField(max_length=10, choices=QuestionKind.choices, default=QuestionKind.TEXT)
    options = models.JSONField(default=list, blank=True)
    word_guide = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="About how many words are wanted; nobody is stopped by it"
    )
    smallest = models.DecimalField(max_digits=18, decimal_places=4, null=True, blank=True)
    largest = models.DecimalField(max_digits=18, decimal_places=4, null=True, blank=True)
    unit = models.CharField(max_length=40, blank=True)
    required = models.BooleanField(default=False)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        ordering = ["version"]
        constraints = [
            models.UniqueConstraint(fields=["question", "version"], name="wording_is_numbered")
        ]

    def __str__(self) -> str:
        return f"{self.number}. {self.text}"[:120]

    @property
    def asked(self) -> rules.Asked:
        """As answers are read against it."""
        return rules.Asked(
            kind=self.kind,
            options=[(str(key), str(words)) for key, words in self.options],
            smallest=_plain(self.smallest),
            largest=_plain(self.largest),
            unit=self.unit,
            required=self.required,
        )

    def value_in_words(self, value: dict[str, Any]) -> str:
        return rules.words_of(self.asked, value)


class QuestionParagraph(Anchored):
    """A paragraph that a question asks about."""

    question = models.ForeignKey(Question, models.CASCADE, related_name="paragraphs")
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["question", "paragraph"], name="asked_about_once")
        ]

    def __str__(self) -> str:
        return self.number


def _plain(number: Decimal | None) -> Decimal | None:
    """Without the noughts that the database adds."""
    if number is None:
        return None
    whole = number.to_integral_value()
    return whole if number == whole else number.normalize()
