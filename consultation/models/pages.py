"""A consultation as the Department sets it up: a page under /consultations/, with what it promises."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, time, timedelta
from typing import Any, ClassVar, Self

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models, transaction
from django.db.models import F, Q
from django.http import HttpResponse
from django.utils import timezone
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField
from wagtail.models import Page, PageManager

from consultation.closing import LONDON, Phase, day_in_words, end_of, phase, weeks_open
from consultation.models.guarding import ConsultationPermissionTester, IndexPermissionTester
from consultation.models.particulars import Department
from consultation.querysets import ConsultationQuerySet
from guidance.models import Edition, Stage

PLAIN = ["bold", "italic", "link", "ul", "ol"]
RESERVED_SLUGS = frozenset({"respond", "files", "return"})
FIXED = ("edition_id", "opens", "closes", "slug")
"""What stays as it is once a consultation has opened."""


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

    def permissions_for_user(self, user: Any) -> IndexPermissionTester:
        return IndexPermissionTester(user, self)


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
        related_name="+",
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

    shown_as: ClassVar[Callable[[ConsultationPage, Any], HttpResponse] | None] = None
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

    @property
    def minimum_weeks(self) -> int:
        """How long it is to be open at least: as the department of its document says, else as the
        settings say."""
        publisher = self.edition.document.publisher if self.edition else ""
        named = (
            Department.objects.filter(name=publisher) if publisher else Department.objects.none()
        )
        weeks = named.values_list("minimum_weeks", flat=True).first()
        return int(settings.CONSULTATION_MINIMUM_WEEKS if weeks is None else weeks)

    @property
    def too_short(self) -> bool:
        """Whether it is open for less than the minimum, with or without a reason."""
        return bool(self.opens and self.closes) and self.weeks < self.minimum_weeks

    @property
    def has_opened(self) -> bool:
        """Whether the public could respond, or somebody did: then it is part of the record."""
        if not self.pk or self.opens is None or self.opens > timezone.now():
            return False
        return bool(self.live) or self.responses.exists()

    @property
    def is_open(self) -> bool:
        return bool(self.live and self.opens and self.closes) and self.phase() == Phase.OPEN

    @property
    def can_be_extended(self) -> bool:
        """While it is known to the public and not over."""
        return bool(self.live and self.opens and self.closes) and self.phase() != Phase.CLOSED

    def faults(self) -> dict[str, str]:
        """What keeps it from being published: a sentence for each field."""
        found = {
            name: words
            for name, words in (
                ("edition", "Choose the published draft that is consulted on."),
                ("opens", "Say when it opens."),
                ("closes", "Say when it closes."),
            )
            if getattr(self, name) is None
        }
        return found or self._faults_of_time()

    def _faults_of_time(self) -> dict[str, str]:
        assert self.closes is not None
        closes = self.closes.astimezone(LONDON)
        if closes.time() == time() and not self.has_opened:
            before = day_in_words(closes.date() - timedelta(days=1))
            return {
                "closes": "Midnight leaves people unsure which day is meant."
                f" Enter 11:59pm (23:59) on {before}."
            }
        if self.too_short and not self.shorter_reason.strip():
            return {
                "shorter_reason": f"It is open for {weeks_in_words(self.weeks)}; the minimum is"
                f" {self.minimum_weeks} weeks. Enter the reason, which is published, or a later close."
            }
        return {}

    def clean(self) -> None:
        super().clean()
        if self.slug in RESERVED_SLUGS:
            raise ValidationError({"slug": f"“{self.slug}” is an address of the site."})
        if self.opens and self.closes and self.closes <= self.opens:
            raise ValidationError({"closes": "Enter a close after the opening."})
        if self.edition and self.edition.stage != Stage.CONSULTATION:
            raise ValidationError({"edition": "Choose an edition at consultation stage."})

    @property
    def fixed(self) -> tuple[str, ...]:
        """What can be changed no longer but by an act: all of `FIXED` once it has opened, and the
        close alone once that was extended."""
        if self.has_opened:
            return FIXED
        extended = self.pk and self.live and self.extensions.exists()
        return ("closes",) if extended else ()

    def with_content_json(self, content: dict[str, Any]) -> Self:
        """A revision restores words; never an opening that has been, nor the close before it was
        extended: the row says what they are."""
        page: Self = super().with_content_json(content)
        row = ConsultationPage.objects.filter(pk=self.pk).first()
        for name in row.fixed if row else ():
            setattr(page, name, getattr(row, name))
        return page

    def publish(self, revision: Any, *args: Any, **kwargs: Any) -> None:
        """Raises ValidationError where something keeps it from being published. Nobody extends it
        in the meantime."""
        with transaction.atomic():
            rows = ConsultationPage.objects.select_for_update().filter(pk=self.pk)
            list(rows.values_list("pk"))
            if faults := revision.as_object().faults():
                raise ValidationError(faults)
            super().publish(revision, *args, **kwargs)

    def unpublish(self, *args: Any, **kwargs: Any) -> None:
        if self.is_open:
            raise PermissionDenied("It is open, so it cannot be taken from the site.")
        super().unpublish(*args, **kwargs)

    def permissions_for_user(self, user: Any) -> ConsultationPermissionTester:
        return ConsultationPermissionTester(user, self)

    def serve_preview(self, request: Any, mode_name: str) -> HttpResponse:
        """As the public will read it; the view stands above, and says how (`shown_as`)."""
        assert ConsultationPage.shown_as is not None
        return ConsultationPage.shown_as(self, request)


def weeks_in_words(weeks: float) -> str:
    """ "12 weeks", "1 week", "4 weeks and 3 days"."""
    days = round(weeks * 7)
    parts = [
        f"{number} {word}{'' if number == 1 else 's'}"
        for number, word in ((days // 7, "week"), (days % 7, "day"))
        if number
    ]
    return " and ".join(parts) or "less than a day"


def _minute(at: datetime | None) -> datetime | None:
    return at.replace(second=0, microsecond=0) if at else None
