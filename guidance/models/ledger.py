"""Where guidance is read: paragraph versions are blobs, editions are ordered lists of entries.

Every row here was issued, so none is ever changed or deleted: foreign keys protect, the database's
triggers refuse (`guidance.guards`), and a digest proves it. The `html` columns alone are derived:
they hold what a rendering of the content gave and may be rendered again. An edition is written with
an empty digest and sealed by setting it, once; after that it takes no further rows either.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q, TextChoices
from wagtail.images import get_image_model_string

from guidance.models.pages import EditionPage, GuidancePage, SectionPage, Stage
from guidance.models.registers import Provision
from guidance.querysets import CITABLE_KINDS, EditionQuerySet, EntryQuerySet


class Kind(TextChoices):
    """What a block of an edition is."""

    PARAGRAPH = "paragraph", "Numbered paragraph"
    BOX = "box", "Box"
    TABLE = "table", "Table"
    FIGURE = "figure", "Figure"
    GLOSSARY = "glossary", "Glossary entry"
    HEADING = "heading", "Heading"
    TEXT = "text", "Unnumbered text"
    QUOTATION = "quotation", "Quotation"
    QUESTION = "question", "Consultation question"


CITABLE = tuple(Kind(kind) for kind in CITABLE_KINDS)
"""The kinds that are paragraphs in the sense of a citation; the others stand between them."""


class Status(TextChoices):
    """What the statements of status say of a paragraph."""

    STATUTORY = "statutory", "Statutory guidance"
    NON_STATUTORY = "non-statutory", "Non-statutory guidance"
    UNSTATED = "unstated", "Status not stated"


class Change(TextChoices):
    """How a paragraph came from the edition before."""

    UNCHANGED = "unchanged", "Unchanged"
    EDITORIAL = "editorial", "Editorial change"
    SUBSTANTIVE = "substantive", "Substantive change"
    RENUMBERED = "renumbered", "Renumbered"
    MOVED = "moved", "Moved"
    INSERTED = "inserted", "Inserted"
    REMOVED = "removed", "Removed"
    SPLIT = "split", "Split"
    MERGED = "merged", "Merged"


class Edition(models.Model):
    """An issued edition. `published` and `in_force_from` are its own dates; `issued_at` is ours.

    `obligations` are the sentences that an editor confirmed as demands on somebody, `changes` what
    an editor decided about how its paragraphs came from the edition before; both are rows as in
    `guidance.edition_text.Facts`. A corrigendum says what it `corrects`, and how.
    """

    document = models.ForeignKey(GuidancePage, models.PROTECT, related_name="issued_editions")
    page = models.OneToOneField(EditionPage, models.PROTECT, related_name="edition")
    previous = models.ForeignKey("self", models.PROTECT, null=True, related_name="next_editions")
    slug = models.SlugField(max_length=255)
    title = models.CharField(max_length=255)
    stage = models.CharField(max_length=20, choices=Stage.choices)
    published = models.DateField()
    in_force_from = models.DateField(null=True)
    product_code = models.CharField(max_length=40, blank=True)
    isbn = models.CharField(max_length=20, blank=True)
    digest = models.CharField(max_length=64, blank=True)
    statements = models.JSONField(default=list)
    duties = models.JSONField(default=list)
    definitions = models.JSONField(default=list)
    obligations = models.JSONField(default=list)
    changes = models.JSONField(default=list)
    corrects = models.ForeignKey("self", models.PROTECT, null=True, related_name="corrected_by")
    correction = models.TextField(blank=True)
    issued_at = models.DateTimeField()
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="issued_editions"
    )

    objects = EditionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["document", "slug"], name="edition_slug_is_unique"),
            models.UniqueConstraint(
                fields=["document", "in_force_from", "published"],
                condition=Q(in_force_from__isnull=False),
                name="one_edition_in_force_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(stage=Stage.CONSULTATION, in_force_from__isnull=True)
                | (~Q(stage=Stage.CONSULTATION) & Q(in_force_from__isnull=False)),
                name="in_force_from_if_and_only_if_final",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Section(models.Model):
    """A section of an issued edition."""

    edition = models.ForeignKey(Edition, models.PROTECT, related_name="sections")
    page = models.OneToOneField(SectionPage, models.PROTECT, related_name="section")
    position = models.PositiveIntegerField()
    number = models.CharField(max_length=30, blank=True)
    prefix = models.CharField(max_length=60, blank=True)
    title = models.CharField(max_length=255)
    slug = models.SlugField(max_length=255)
    html = models.TextField(blank=True)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "position"], name="section_position_is_unique"
            ),
            models.UniqueConstraint(fields=["edition", "slug"], name="section_slug_is_unique"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}".strip()


class Paragraph(models.Model):
    """A paragraph identity: the id of its block, kept for life."""

    id = models.UUIDField(primary_key=True)
    document = models.ForeignKey(GuidancePage, models.PROTECT, related_name="paragraphs")

    def __str__(self) -> str:
        return str(self.id)


class ParagraphVersion(models.Model):
    """The exact number, text and statutory basis of a paragraph.

    `content` is what the digest covers beside kind, number, title, status and provisions; `text`
    is its plain words. One row serves every edition in which the paragraph stands unchanged.
    """

    paragraph = models.ForeignKey(Paragraph, models.PROTECT, related_name="versions")
    kind = models.CharField(max_length=20, choices=Kind.choices)
    number = models.CharField(max_length=30, blank=True)
    title = models.TextField(blank=True)
    content = models.JSONField()
    text = models.TextField(blank=True)
    status = models.CharField(max_length=20, choices=Status.choices, default=Status.UNSTATED)
    provisions = models.ManyToManyField(
        Provision, through="VersionProvision", related_name="paragraph_versions"
    )
    digest = models.CharField(max_length=64)
    html = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["paragraph", "digest"], name="version_is_unique")
        ]

    def __str__(self) -> str:
        return self.number or self.title or self.get_kind_display()


class VersionProvision(models.Model):
    """A provision that a paragraph version rests on, in the order in which it is stated."""

    version = models.ForeignKey(ParagraphVersion, models.PROTECT, related_name="bases")
    provision = models.ForeignKey(Provision, models.PROTECT, related_name="bases")
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["version", "provision"], name="provision_stated_once")
        ]

    def __str__(self) -> str:
        return f"{self.version_id} under {self.provision_id}"


class VersionImage(models.Model):
    """A picture that a paragraph version shows; while it does, the picture stays as it is."""

    version = models.ForeignKey(ParagraphVersion, models.PROTECT, related_name="images")
    image = models.ForeignKey(get_image_model_string(), models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["version", "image"], name="image_shown_once")
        ]

    def __str__(self) -> str:
        return f"{self.version_id} shows {self.image_id}"


class Entry(models.Model):
    """One line of an edition's table of contents.

    `reference` is how the paragraph is addressed in this edition ("2.13", "annex-1", "box-data-sharing");
    `after` is the number of the numbered paragraph that it is or follows. `statements` are the
    positions (from 0) of the edition's statements of status that cover it, and `conflict` says that
    they disagree: both follow from the statements, and are kept so that nobody has to ask again.
    """

    edition = models.ForeignKey(  # the constraints below begin with it and are indexes enough
        Edition, models.PROTECT, related_name="entries", db_index=False
    )
    section = models.ForeignKey(Section, models.PROTECT, related_name="entries")
    position = models.PositiveIntegerField()
    paragraph = models.ForeignKey(Paragraph, models.PROTECT, related_name="entries")
    version = models.ForeignKey(ParagraphVersion, models.PROTECT, related_name="entries")
    reference = models.CharField(max_length=200, blank=True)
    after = models.CharField(max_length=30, blank=True)
    statements = models.JSONField(default=list)
    conflict = models.BooleanField(default=False)

    objects = EntryQuerySet.as_manager()

    class Meta:
        ordering = ["position"]
        verbose_name_plural = "entries"
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "position"], name="entry_position_is_unique"
            ),
            models.UniqueConstraint(
                fields=["edition", "paragraph"], name="identity_once_in_edition"
            ),
            models.UniqueConstraint(
                fields=["edition", "reference"],
                condition=~Q(reference=""),
                name="reference_once_in_edition",
            ),
        ]

    def __str__(self) -> str:
        return self.reference or f"entry {self.position}"


class Lineage(models.Model):
    """How a paragraph of an edition came from the edition before; unchanged paragraphs have none."""

    edition = models.ForeignKey(Edition, models.PROTECT, related_name="lineage")
    before = models.ForeignKey(ParagraphVersion, models.PROTECT, null=True, related_name="+")
    after = models.ForeignKey(ParagraphVersion, models.PROTECT, null=True, related_name="+")
    change = models.CharField(max_length=20, choices=Change.choices)
    reason = models.TextField(blank=True)

    class Meta:
        verbose_name_plural = "lineage"
        constraints = [
            models.CheckConstraint(
                condition=Q(before__isnull=False) | Q(after__isnull=False),
                name="lineage_has_an_end",
            )
        ]

    def __str__(self) -> str:
        return self.change


class Citation(models.Model):
    """Words of a paragraph that point elsewhere, as an edition means them: to a provision, or to a
    paragraph or section of the same edition. What could not be resolved has no row.

    Like the `html` columns it is derived from the words and may be found again. `start` and `end`
    count the characters of the words as `guidance.actions.ledger_citations` reads them; `position`
    orders the citations of one paragraph.
    """

    edition = models.ForeignKey(Edition, models.PROTECT, related_name="citations")
    paragraph = models.ForeignKey(Paragraph, models.PROTECT, related_name="citations")
    version = models.ForeignKey(ParagraphVersion, models.PROTECT, related_name="citations")
    position = models.PositiveIntegerField()
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    words = models.CharField(max_length=500)
    provision = models.ForeignKey(Provision, models.PROTECT, null=True, related_name="citations")
    to_paragraph = models.ForeignKey(Paragraph, models.PROTECT, null=True, related_name="cited_by")
    to_section = models.ForeignKey(Section, models.PROTECT, null=True, related_name="cited_by")

    class Meta:
        indexes = [models.Index(fields=["edition", "to_paragraph"])]
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "paragraph", "position"], name="citation_position_is_unique"
            ),
            models.CheckConstraint(
                condition=Q(provision__isnull=False, to_paragraph=None, to_section=None)
                | Q(provision=None, to_paragraph__isnull=False, to_section=None)
                | Q(provision=None, to_paragraph=None, to_section__isnull=False),
                name="citation_has_one_target",
            ),
        ]

    def __str__(self) -> str:
        return self.words


class Withdrawal(models.Model):
    """The act by which a document's guidance stops applying on a date; its text stays readable.

    It ranks among the editions like one that says nothing, in force from `withdrawn_from` and
    published on `made_on`: whatever ranks above it applies again.
    """

    document = models.ForeignKey(GuidancePage, models.PROTECT, related_name="withdrawals")
    withdrawn_from = models.DateField()
    reason = models.TextField()
    made_on = models.DateField()
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        ordering = ["withdrawn_from", "made_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["document", "withdrawn_from"], name="one_withdrawal_on_a_day"
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_from__gte=models.F("made_on")) & ~Q(reason=""),
                name="withdrawal_is_ahead_and_has_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"withdrawn from {self.withdrawn_from}"
