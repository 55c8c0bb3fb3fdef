"""E-mails to respondents: owed with the act that owes them, and sent afterwards."""

from __future__ import annotations

from django.utils import timezone

from consultation.models import Letter, LetterKind, Response, ReturnLink


def owe(
    response: Response, kind: LetterKind, *, to: str = "", link: ReturnLink | None = None
) -> Letter | None:
    """Write down, in the transaction of the act, that a letter is to be sent to `to` or else to the
    address that the response gives; None where there is none."""
    address = to or response.email
    if not address:
        return None
    now = timezone.now()
    return Letter.objects.create(
        response=response, link=link, kind=kind, to=address, made_at=now, next_attempt_at=now
    )
