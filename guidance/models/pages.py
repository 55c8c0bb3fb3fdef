"""Where guidance is written: index > document > edition > section.

An issued edition is closed: its pages cannot be edited, moved, unpublished or deleted by anybody.
Its text is read from the ledger, never from here.
"""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import TextChoices
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.fields import RichTextField
from wagtail.locks import BaseLock
from wagtail.models import Page, PagePermissionTester

from guidance.blocks import DefinitionBlock, QuietStreamField, SectionBlock, StatementBlock
from guidance.models.duties import DutyReferenceBlock

RESERVED_EDITION_SLUGS = frozenset({"para", "as-at", "compare", "origins", "status", "export"})


class Stage(TextChoices):
    """The stage that an edition was issued at."""

    CONSULTATION = "consultation", "Draft for consultation"
    FINAL = "final", "Final edition"
    CORRIGENDUM = "corrigendum", "Corrigendum"


CAN_BE_IN_FORCE = frozenset({Stage.FINAL, Stage.CORRIGENDUM})
"""The stages at which an edition can be in force; a consultation draft never is."""


class IssuedLock(BaseLock):
    """Says why an issued edition cannot be edited; it holds for everybody."""

    def for_user(self, user: Any) -> bool:
        return True

    def get_message(self, user: Any) -> str:
        return (
            "This edition has been published. Its words are part of the record and cannot be"
            " changed; to change the guidance, publish another edition."
        )

    def get_description(self, user: Any) -> str:
        return self.get_message(user)


class IssuedPagePermissionTester(PagePermissionTester):
    """Wagtail's page permissions, less what would publish piecemeal or rewrite what was issued."""

    def can_publish_edition(self) -> bool:
        """Whether the user may publish the edition as a whole (see `guidance.actions.publish`)."""
        return bool(super().can_publish())

    def can_publish(self) -> bool:
        return False

    def can_unpublish(self) -> bool:
        return not self.page.has_issued and bool(super().can_unpublish())

    def can_delete(self, ignore_bulk: bool = False) -> bool:
        return not self.page.has_issued and bool(super().can_delete(ignore_bulk))

    def can_move(self) -> bool:
        return not self.page.has_issued and bool(super().can_move())


class GuidanceIndexPage(Page):
    """The list of guidance documents, at /guidance/."""

    introduction = RichTextField(blank=True, features=["bold", "italic", "link", "ul"])

    parent_page_types = ["home.HomePage"]
    subpage_types = ["guidance.GuidancePage"]
    max_count = 1
    content_panels = [*Page.content_panels, FieldPanel("introduction")]

    class Meta:
        verbose_name = "guidance index"


class GuidancePage(Page):
    """A guidance document: the identity of a piece of guidance through time."""

    summary = models.TextField(blank=True, help_text="One or two sentences: what it is about")
    publisher = models.CharField(max_length=200, blank=True)
    extent = models.CharField(max_length=100, blank=True, help_text="Where it applies, as England")

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

    def clean(self) -> None:
        super().clean()
        if self.pk and self.has_issued:
            before = GuidancePage.objects.values_list("slug", flat=True).get(pk=self.pk)
            if self.slug != before:
                raise ValidationError(
                    {"slug": f"Published paragraphs are cited under “{before}”; it cannot change."}
                )


class IssuedMixin(models.Model):
    """A page that is closed once its edition has been issued."""

    issued = models.BooleanField(default=False, editable=False)

    class Meta:
        abstract = True

    @property
    def has_issued(self) -> bool:
        return self.issued

    def get_lock(self) -> BaseLock | None:
        return IssuedLock(self) if self.issued else super().get_lock()  # type: ignore[misc]

    def permissions_for_user(self, user: Any) -> IssuedPagePermissionTester:
        return IssuedPagePermissionTester(user, self)


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
    ]

    class Meta:
        verbose_name = "edition"

    def clean(self) -> None:
        super().clean()
        if self.slug in RESERVED_EDITION_SLUGS:
            raise ValidationError({"slug": f"“{self.slug}” is an address of the site; choose another."})
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

    parent_page_types = ["guidance.EditionPage"]
    subpage_types: list[str] = []
    content_panels = [
        *Page.content_panels,
        FieldRowPanel([FieldPanel("number"), FieldPanel("prefix")]),
        FieldPanel("body"),
    ]

    class Meta:
        verbose_name = "section"
