"""A consultation as the Department sets it up: a page under /consultations/, with what it promises."""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q, TextChoices
from django.utils import timezone
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField
from wagtail.models import Orderable, Page, PageManager

from consultation.closing import Phase, end_of, phase, weeks_open
from consultation.querysets import ConsultationQuerySet
from guidance.models import Edition, Stage

PLAIN = ["bold", "italic", "link", "ul", "ol"]
RESERVED_SLUGS = frozenset({"respond", "files", "return"})


class Criterion(TextChoices):
    """The six criteria of the Code of Practice on Consultation (2004), in its order."""

    WIDELY = "a", "Consult widely, in good time, with a minimum of 12 weeks for written comments"
    CLEAR = "b", "Say clearly what is proposed, who may be affected, what is asked and by when"
    CONCISE = "c", "Be clear, concise and widely accessible"
    FEEDBACK = "d", "Tell what responses were received and how they changed the policy"
    MONITOR = "e", "Monitor how well the Department consults, with a named co-ordinator"
    REGULATION = "f", "Follow better regulation, with an impact assessment where one is due"


class ConsultationIndexPage(Page):
    """The list of consultations, at /consultations/."""

    introduction = RichTextField(blank=True, features=PLAIN)

    preview_modes: list[tuple[str, str]] = []
    parent_page_types = ["home.HomePage"]
    subpage_types = ["consultation.ConsultationPage"]
    max_count = 1
    content_panels = [*Page.content_panels, FieldPanel("introduction")]

    class Meta:
        verbose_name = "consultation index"


class ConsultationPage(Page):
    """A consultation on one edition at consultation stage.

    `closes` names the last minute that still counts. Once it is open its edition, its opening and
    its slug stay as they are, and its close moves only by `Extension`, later and with a reason.
    Fields may be empty while it is drafted; a live row has what the constraint asks for.
    """

    edition = models.ForeignKey(
        Edition,
        models.PROTECT,
        null=True,
        related_name="consultations",
        limit_choices_to={"stage": Stage.CONSULTATION},
        help_text="The published draft that is consulted on",
    )
    opens = models.DateTimeField(null=True, help_text="London time")
    closes = models.DateTimeField(
        null=True, help_text="London time; a response in the minute that you name still counts"
    )
    shorter_reason = models.TextField(
        "reason for a shorter period",
        blank=True,
        help_text="Published. Needed where it is open for less than the minimum of the Department",
    )
    summary = models.TextField(blank=True, help_text="One or two sentences: what is proposed")
    about = RichTextField("what it is about", blank=True, features=PLAIN)
    audience = RichTextField("who should respond", blank=True, features=PLAIN)
    ways_to_respond = RichTextField(
        blank=True, features=PLAIN, help_text="Beside the form, e-mail and post given below"
    )
    coordinator = models.CharField("consultation co-ordinator", max_length=200, blank=True)
    contact_email = models.EmailField(blank=True)
    contact_phone = models.CharField(max_length=40, blank=True)
    postal_address = models.TextField(blank=True)
    impact_assessment = RichTextField(blank=True, features=PLAIN)
    privacy_notice = RichTextField(
        blank=True,
        features=PLAIN,
        help_text="What is done with responses. How long they are kept is added from the period below",
    )
    alternative_formats = RichTextField(
        "accessibility and alternative formats", blank=True, features=PLAIN
    )
    retention_months = models.PositiveSmallIntegerField(
        default=24,
        help_text="Months after the close; then names, contacts and what was not published are erased",
    )

    template = "consultation/preview/consultation.html"
    objects: ClassVar[Any] = PageManager.from_queryset(ConsultationQuerySet)()

    parent_page_types = ["consultation.ConsultationIndexPage"]
    subpage_types: list[str] = []

    class Meta:
        verbose_name = "consultation"
        indexes = [models.Index(fields=["closes"], name="consultations_by_close")]
        constraints = [
            models.CheckConstraint(
                condition=Q(opens=None) | Q(closes=None) | Q(closes__gt=F("opens")),
                name="consultation_closes_after_it_opens",
            ),
        ]
        permissions = [
            ("enter_response", "Can enter and check responses that came by post or e-mail"),
            ("decide_late", "Can admit or refuse late responses"),
            ("view_confidential", "Can read what respondents asked to be kept confidential"),
            ("export_responses", "Can export responses"),
            ("erase_responses", "Can erase personal data and answer requests for access"),
            ("submit_response", "Can submit responses through the API"),
        ]

    @property
    def ends(self) -> datetime:
        """The first instant at which it is closed."""
        assert self.closes is not None
        return end_of(self.closes)

    def phase(self, now: datetime | None = None) -> Phase:
        assert self.opens is not None
        assert self.closes is not None
        return phase(self.opens, self.closes, now or timezone.now())

    @property
    def weeks(self) -> float:
        """How long it is open, in weeks."""
        assert self.opens is not None
        assert self.closes is not None
        return weeks_open(self.opens, self.closes)

    @property
    def document_slug(self) -> str:
        assert self.edition is not None
        return self.edition.document.slug

    @property
    def address(self) -> str:
        """Its path on the site."""
        return f"/consultations/{self.slug}/"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Instants are whole minutes, so that "the minute that is named" is one."""
        self.opens, self.closes = _minute(self.opens), _minute(self.closes)
        super().save(*args, **kwargs)

    def clean(self) -> None:
        super().clean()
        if self.slug in RESERVED_SLUGS:
            raise ValidationError({"slug": f"“{self.slug}” is an address of the site."})


class RelatedDocument(Orderable):
    """Something to read beside the draft: a file kept here, or an address elsewhere."""

    page = ParentalKey(ConsultationPage, on_delete=models.CASCADE, related_name="related_documents")
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

    page = ParentalKey(ConsultationPage, on_delete=models.CASCADE, related_name="criteria")
    criterion = models.CharField(max_length=1, choices=Criterion.choices)
    met = models.BooleanField(default=False)
    evidence = models.TextField(blank=True)

    class Meta(Orderable.Meta):
        constraints = [
            models.UniqueConstraint(fields=["page", "criterion"], name="criterion_stated_once")
        ]


class Extension(models.Model):
    """The act by which a consultation stays open longer; the reason is published."""

    consultation = models.ForeignKey(ConsultationPage, models.CASCADE, related_name="extensions")
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


def _minute(at: datetime | None) -> datetime | None:
    return at.replace(second=0, microsecond=0) if at else None
