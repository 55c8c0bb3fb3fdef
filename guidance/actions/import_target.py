"""Where an import is to go: which document, which edition, at which stage and dates."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.core.validators import validate_slug
from django.utils.formats import date_format

from guidance.models import EditionPage, GuidancePage, Stage
from guidance.models.pages import RESERVED_EDITION_SLUGS


class ImportRefused(ValueError):
    """An import that cannot be written as asked; `field` names the part of the request."""

    def __init__(self, field: str, sentence: str) -> None:
        super().__init__(sentence)
        self.field = field


@dataclass(frozen=True, slots=True)
class ImportTarget:
    """The edition that an import will become."""

    document_slug: str
    edition_slug: str
    stage: str
    published: date
    in_force_from: date | None = None

    def document(self) -> GuidancePage | None:
        """The document, if it is already there."""
        return GuidancePage.objects.filter(slug=self.document_slug).first()

    @property
    def edition_title(self) -> str:
        """As in "Draft for consultation, November 2007"."""
        return f"{Stage(self.stage).label}, {date_format(self.published, 'F Y')}"

    def check_form(self) -> None:
        """Raise ImportRefused for what is wrong whatever the database holds."""
        for field, slug in (
            ("document_slug", self.document_slug),
            ("edition_slug", self.edition_slug),
        ):
            _check_slug(field, slug)
        if self.edition_slug in RESERVED_EDITION_SLUGS:
            raise ImportRefused(
                "edition_slug", f"“{self.edition_slug}” is an address of the site; choose another."
            )
        if self.stage not in Stage.values:
            raise ImportRefused("stage", f"The stage is one of {', '.join(Stage.values)}.")
        if self.stage == Stage.CONSULTATION and self.in_force_from:
            raise ImportRefused(
                "in_force_from",
                "A draft for consultation is never in force; leave out the date from which it is.",
            )

    def check(self) -> None:
        """Raise ImportRefused where the edition cannot be written."""
        self.check_form()
        document = self.document()
        if (
            document
            and EditionPage.objects.child_of(document).filter(slug=self.edition_slug).exists()
        ):
            raise ImportRefused(
                "edition_slug",
                f"“{document.title}” already has an edition “{self.edition_slug}”; "
                "choose another slug for this one.",
            )


def _check_slug(field: str, slug: str) -> None:
    try:
        validate_slug(slug)
    except ValidationError as error:
        raise ImportRefused(
            field,
            f"“{slug}” cannot stand in an address; use lower-case letters, digits and hyphens, "
            "such as strong-communities.",
        ) from error
    if slug != slug.lower() or "_" in slug:
        raise ImportRefused(
            field, f"“{slug}” is not a plain address; use lower-case letters, digits and hyphens."
        )
