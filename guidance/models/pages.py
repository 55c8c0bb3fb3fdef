"""Where guidance is written: index > document > edition > section.

An issued edition is closed: its pages cannot be edited, moved, unpublished or deleted by anybody.
Its text is read from the ledger, never from here.
"""

from __future__ import annotations

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q, TextChoices
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.fields import RichTextField
from wagtail.models import Page, PageManager

from guidance.blocks import DefinitionBlock, QuietStreamField, SectionBlock, StatementBlock
from guidance.models.duties import DutyReferenceBlock
from guidance.models.issued import (
    ClosedPagePermissionTester,
    DocumentPermissionTester,
    IssuedMixin,
)

RESERVED_EDITION_SLUGS = frozenset(
    (
        *("para", "paras", "paragraph", "paragraphs", "as-at", "compare", "origins", "status"),
        *("export", "certificate", "checklist", "history", "withdrawn"),
    )
)
RESERVED_SECTION_SLUGS = frozenset({"status", "certificate"})


class Stage(TextChoices):
    """The stage that an edition was issued at."""

    CONSULTATION = "consultation", "Draft for consultation"
    FINAL = "final", "Final edition"
    CORRIGENDUM = "corrigendum", "Corrigendum"


CAN_BE_IN_FORCE = frozenset({Stage.FINAL, Stage.CORRIGENDUM})
"""The stages at which an edition can be in force; a consultation draft never is."""


class GuidanceIndexPage(Page):
    """The list of guidance documents, at /guidance/."""

    introduction = RichTextField(blank=True, features=["bold", "italic", "link", "ul"])

    preview_modes: list[tuple[str, str]] = []
    parent_page_types = ["home.HomePage"]
    subpage_types = ["guidance.GuidancePage"]
    max_count = 1
    content_panels = [*Page.content_panels, FieldPanel("introduction")]

    class Meta:
        verbose_name = "guidance index"

    @property
    def has_issued(self) -> bool:
        return GuidancePage.objects.filter(issued_editions__isnull=False).exists()

    def permissions_for_user(self, user: Any) -> ClosedPagePermissionTester:
        return ClosedPagePermissionTester(user, self)


class GuidancePage(Page):
    """A guidance document: the identity of a piece of guidance through time."""

    summary = models.TextField(blank=True, help_text="One or two sentences: what it is about")
    publisher = models.CharField(max_length=200, blank=True)
    extent = models.CharField(max_length=100, blank=True, help_text="Where it applies, as England")

    preview_modes: list[tuple[str, str]] = []
    parent_page_types = ["guidance.GuidanceIndexPage"]
    subpage_types = ["guidance.EditionPage"]
    content_panels = [
        *Page.content_panels,
        FieldPanel("summary"),
        FieldPanel("publisher"),
        FieldPanel("extent"),
    ]

    class Meta:
        verbose_name = "guidance document"

    @property
    def has_issued(self) -> bool:
        return self.issued_editions.exists()

    def permissions_for_user(self, user: Any) -> DocumentPermissionTester:
        return DocumentPermissionTester(user, self)

    def clean(self) -> None:
        super().clean()
        if self.pk and self.has_issued:
            before = GuidancePage.objects.values_list("slug", flat=True).get(pk=self.pk)
            if self.slug != before:
                raise ValidationError(
                    {"slug": f"Published paragraphs are cited under “{before}”; it cannot change."}
                )


class EditionPage(IssuedMixin, Page):
    """One complete issue of a document's text, as it is written; issued by one act."""

    stage = models.CharField(max_length=20, choices=Stage.choices, default=Stage.CONSULTATION)
    published = models.DateField(null=True, blank=True, help_text="The date printed on it")
    in_force_from = models.DateField(null=True, blank=True)
    product_code = models.CharField("product code", max_length=40, blank=True)
    isbn = models.CharField("ISBN", max_length=20, blank=True)
    statements = QuietStreamField(
        [("statement", StatementBlock())], blank=True, verbose_name="statements of status"
    )
    duties = QuietStreamField([("duty", DutyReferenceBlock())], blank=True)
    definitions = QuietStreamField([("definition", DefinitionBlock())], blank=True)
    corrects = models.ForeignKey(
        "guidance.Edition",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="For a corrigendum: the published edition whose mistake it puts right",
    )
    correction = models.TextField(
        blank=True, help_text="For a corrigendum: what was wrong, and what it says now"
    )
    as_issued = models.JSONField(null=True, editable=False)

    template = "guidance/preview/edition.html"
    admin_default_ordering = "ord"
    objects: ClassVar[Any] = PageManager()  # two bases bring one each; mypy cannot choose

    parent_page_types = ["guidance.GuidancePage"]
    subpage_types = ["guidance.SectionPage"]
    content_panels = [
        *Page.content_panels,
        FieldPanel("stage"),
        FieldRowPanel([FieldPanel("published"), FieldPanel("in_force_from")]),
        MultiFieldPanel([FieldPanel("product_code"), FieldPanel("isbn")], heading="Identifiers"),
        FieldPanel("statements"),
        FieldPanel("duties"),
        FieldPanel("definitions"),
        MultiFieldPanel(
            [FieldPanel("corrects"), FieldPanel("correction")], heading="What it corrects"
        ),
    ]

    class Meta:
        verbose_name = "edition"
        constraints = [
            models.CheckConstraint(
                condition=Q(issued=False) | Q(as_issued__isnull=False, published__isnull=False),
                name="issued_edition_keeps_what_it_said",
            )
        ]

    def clean(self) -> None:
        super().clean()
        if self.slug in RESERVED_EDITION_SLUGS:
            raise ValidationError(
                {"slug": f"“{self.slug}” is an address of the site; choose another."}
            )
        if self.stage == Stage.CONSULTATION and self.in_force_from:
            raise ValidationError({"in_force_from": "A draft for consultation is never in force."})


class SectionPage(IssuedMixin, Page):
    """A chapter of an edition: its number as printed, its title, and its blocks."""

    number = models.CharField(max_length=30, blank=True)
    prefix = models.CharField(
        max_length=60,
        blank=True,
        help_text="Where numbering starts again: how this section's paragraphs are told apart, "
        "such as Annex (paragraph 1 is then cited as Annex 1)",
    )
    body = QuietStreamField(SectionBlock(), blank=True)

    template = "guidance/preview/section.html"
    submitted_whole = False
    objects: ClassVar[Any] = PageManager()

    parent_page_types = ["guidance.EditionPage"]
    subpage_types: list[str] = []
    content_panels = [
        *Page.content_panels,
        FieldRowPanel([FieldPanel("number"), FieldPanel("prefix")]),
        FieldPanel("body"),
    ]

    class Meta:
        verbose_name = "section"

    def get_admin_display_title(self) -> str:
        return f"{self.number} {super().get_admin_display_title()}".strip()

    def clean(self) -> None:
        super().clean()
        if self.slug in RESERVED_SECTION_SLUGS:
            raise ValidationError(
                {"slug": f"“{self.slug}” is an address of the site; choose another."}
            )
