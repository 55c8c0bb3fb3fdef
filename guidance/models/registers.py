"""The registers that are not pages: instruments and their provisions, duties, authority types."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models

from guidance import statute
from guidance.fuzzy_dates import parse_fuzzy


class Instrument(models.Model):
    """An Act or a regulation, known by its place on legislation.gov.uk ("ukpga/2007/28")."""

    path = models.CharField(
        max_length=60,
        unique=True,
        help_text="Its place on legislation.gov.uk, such as ukpga/2007/28 or uksi/2000/2853",
        validators=[
            RegexValidator(
                r"^[a-z]{3,6}/\d{4}/\d{1,5}$",
                "Write type, year and number as on legislation.gov.uk, such as ukpga/2007/28.",
            )
        ],
    )
    title = models.CharField(max_length=300)
    short_title = models.CharField(
        max_length=60, blank=True, help_text="An abbreviation in use, such as LGPIHA 2007"
    )

    class Meta:
        ordering = ["title"]

    def __str__(self) -> str:
        return self.title

    @property
    def address(self) -> str:
        return f"https://www.legislation.gov.uk/{self.path}"


class Provision(models.Model):
    """A place in an instrument ("section/138"); the empty place is the whole instrument."""

    instrument = models.ForeignKey(Instrument, models.PROTECT, related_name="provisions")
    place = models.CharField(max_length=100, blank=True)

    class Meta:
        ordering = ["instrument", "place"]
        constraints = [
            models.UniqueConstraint(fields=["instrument", "place"], name="one_row_per_provision")
        ]

    def __str__(self) -> str:
        words = statute.parse_provision(self.path).words
        return f"{words} {self.instrument.title}".strip()

    @property
    def path(self) -> str:
        return f"{self.instrument.path}/{self.place}".rstrip("/")

    @property
    def address(self) -> str:
        return f"https://www.legislation.gov.uk/{self.path}"


class AuthorityType(models.Model):
    """A kind of authority, or a class that includes other kinds ("best value authorities")."""

    name = models.CharField(
        max_length=150, unique=True, help_text="In the plural: police authorities"
    )
    slug = models.SlugField(max_length=150, unique=True)
    includes = models.ManyToManyField(
        "self", symmetrical=False, blank=True, related_name="included_in"
    )

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Duty(models.Model):
    """A named duty: whom it binds, whom it excepts, when it commences.

    The commencement keeps the words it was given in ("Early 2008"); the two dates that sort it
    are derived from them.
    """

    title = models.CharField(max_length=300)
    description = models.TextField(blank=True)
    binds = models.ManyToManyField(AuthorityType, related_name="duties", blank=True)
    excepts = models.ManyToManyField(AuthorityType, related_name="exempt_from", blank=True)
    binds_words = models.CharField("binds, in words", max_length=500, blank=True)
    commences = models.CharField(
        max_length=100, blank=True, help_text="A date, or words such as Early 2008 or By April 2008"
    )
    commences_earliest = models.DateField(null=True, editable=False)
    commences_latest = models.DateField(null=True, editable=False)
    provisions = models.ManyToManyField(Provision, related_name="duties", blank=True)

    class Meta:
        ordering = ["commences_earliest", "commences_latest", "title"]
        verbose_name_plural = "duties"
        constraints = [
            models.UniqueConstraint(fields=["title", "commences"], name="one_row_per_duty")
        ]

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        if self.commences:
            try:
                parse_fuzzy(self.commences)
            except ValueError as error:
                raise ValidationError({"commences": str(error)}) from error

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.commences_earliest = self.commences_latest = None
        if self.commences:
            when = parse_fuzzy(self.commences)
            self.commences_earliest, self.commences_latest = when.earliest, when.latest
        super().save(*args, **kwargs)
