"""Who may write in a response without an account: devices that hold a key, and links sent by e-mail.

Only digests are kept: what is in a cookie or in an e-mail cannot be read back from the database.
"""

from __future__ import annotations

from django.db import models

from consultation.models.responses import Response


class Access(models.Model):
    """A device on which somebody works on a response. `person` is what they call themselves to those
    who work on it with them."""

    response = models.ForeignKey(Response, models.CASCADE, related_name="accesses")
    digest = models.CharField(max_length=64, unique=True)
    person = models.CharField(max_length=200, blank=True)
    made_at = models.DateTimeField()
    seen_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"access {self.pk}"


class ReturnLink(models.Model):
    """A link by which one person returns: it works once and gives the next one."""

    response = models.ForeignKey(Response, models.CASCADE, related_name="links")
    digest = models.CharField(  # noqa: DJ001  none until the letter that carries it is sent
        max_length=64, unique=True, null=True
    )
    email = models.EmailField()
    person = models.CharField(max_length=200, blank=True)
    invited_by = models.CharField(max_length=200, blank=True)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"link {self.pk}"


class LetterKind(models.TextChoices):
    """What is written to a respondent; the template is consultation/email/<value>.txt."""

    LINK = "link", "Link to return by"
    INVITATION = "invitation", "Invitation to work on a response"
    RECEIPT = "receipt", "Receipt"
    WITHDRAWN = "withdrawn", "Response withdrawn"
    REMINDER = "reminder", "Reminder before the close"
    LATE = "late", "Decision on a late response"


class Letter(models.Model):
    """An e-mail that is owed: written down with the act that owes it, sent afterwards, once.

    What it says is made when it is sent, so that no key lies here. A letter of a kind that needs a
    link makes it then.
    """

    response = models.ForeignKey(Response, models.CASCADE, related_name="letters")
    link = models.ForeignKey(ReturnLink, models.CASCADE, null=True, related_name="letters")
    kind = models.CharField(max_length=12, choices=LetterKind.choices)
    to = models.EmailField()
    made_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_attempt_at = models.DateTimeField()

    class Meta:
        ordering = ["made_at", "pk"]
        indexes = [
            models.Index(
                fields=["next_attempt_at"],
                condition=models.Q(sent_at=None),
                name="letters_owed",
            )
        ]

    def __str__(self) -> str:
        return f"letter {self.pk}"
