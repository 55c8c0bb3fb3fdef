"""What belongs to consultations beside their pages: related documents, the criteria and how they are
met, extensions; departments, and the authorities that a respondent can choose from."""

from __future__ import annotations

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q, TextChoices
from modelcluster.fields import ParentalKey
from wagtail.models import Orderable

PAGE = "consultation.ConsultationPage"


class Criterion(TextChoices):
    """The six criteria of the Code of Practice on Consultation (2004), in its order."""

    WIDELY = "a", "Consult widely, in good time, with a minimum of 12 weeks for written comments"
    CLEAR = "b", "Say clearly what is proposed, who may be affected, what is asked and by when"
    CONCISE = "c", "Be clear, concise and widely accessible"
    FEEDBACK = "d", "Tell what responses were received and how they changed the policy"
    MONITOR = "e", "Monitor how well the Department consults, with a named co-ordinator"
    REGULATION = "f", "Follow better regulation, with an impact assessment where one is due"


class RelatedDocument(Orderable):
    """Something to read beside the draft: a file kept here, or an address elsewhere."""

    page = ParentalKey(PAGE, on_delete=models.CASCADE, related_name="related_documents")
    title = models.CharField(max_length=200)
    document = models.ForeignKey(
        "wagtaildocs.Document", models.PROTECT, null=True, blank=True, related_name="+"
    )
    link = models.URLField(blank=True)

    def clean(self) -> None:
        super().clean()
        if bool(self.document_id) == bool(self.link):
            raise ValidationError("Choose a file or give an address, one of the two.")


class CriterionEvidence(Orderable):
    """How a consultation meets one of the six criteria, in words that are published."""

    page = ParentalKey(PAGE, on_delete=models.CASCADE, related_name="criteria")
    criterion = models.CharField(max_length=1, choices=Criterion.choices)
    met = models.BooleanField(default=False)
    evidence = models.TextField(blank=True)

    class Meta(Orderable.Meta):
        constraints = [
            models.UniqueConstraint(fields=["page", "criterion"], name="criterion_stated_once")
        ]


class Extension(models.Model):
    """The act by which a consultation stays open longer; the reason is published."""

    consultation = models.ForeignKey(PAGE, models.CASCADE, related_name="extensions")
    closed_before = models.DateTimeField()
    closes = models.DateTimeField()
    reason = models.TextField()
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["made_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(closes__gt=F("closed_before")), name="extension_is_later"
            )
        ]

    def __str__(self) -> str:
        return f"open until {self.closes:%Y-%m-%d %H:%M}"


class Department(models.Model):
    """What a department, known by the name of its documents' publisher, asks of its consultations."""

    name = models.CharField(
        max_length=200, unique=True, help_text="As its documents name their publisher"
    )
    minimum_weeks = models.PositiveSmallIntegerField(default=12)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Authority(models.Model):
    """An authority that a respondent can choose by name; taken in from a list that is published
    elsewhere (`manage.py import_authorities`)."""

    name = models.CharField(max_length=200, unique=True)
    kind = models.ForeignKey(
        "guidance.AuthorityType", models.PROTECT, null=True, blank=True, related_name="+"
    )
    code = models.CharField(max_length=20, blank=True, help_text="GSS code, such as E10000018")

    class Meta:
        ordering = ["name"]
        verbose_name_plural = "authorities"

    def __str__(self) -> str:
        return self.name
