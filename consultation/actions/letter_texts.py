"""What the letters to respondents say: a plain text each, consultation/email/<kind>.txt, whose first
line is the subject. Made when it is sent, with the key that a link needs."""

from __future__ import annotations

import logging
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID, uuid5

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from consultation.actions.link_keys import make_key
from consultation.actions.receipts import receipt_name, receipt_pdf
from consultation.closing import in_words
from consultation.models import Lateness, Letter, LetterKind, Response, State
from guidance.rendering.typeset import NotTypeset

logger = logging.getLogger("consultation.letters")

_LETTERS = UUID("6a1c6b9e-3c4e-4d0b-9a59-0a7e1f1c2b55")
CARRIES_LINK = frozenset({LetterKind.LINK, LetterKind.INVITATION, LetterKind.REMINDER})


def compose(letter: Letter) -> EmailMessage | None:
    """The letter, or None where it is of no use any more. Whoever sends it has claimed it."""
    response = letter.link.response if letter.link else letter.response
    if not _wanted(letter, response):
        return None
    context = _context(letter, response)
    attached = _copy(response) if letter.kind == LetterKind.RECEIPT else None
    words = render_to_string(
        f"consultation/email/{letter.kind}.txt", {**context, "attached": attached is not None}
    )
    subject, _, body = words.strip().partition("\n")
    contact = response.consultation.contact_email
    message = EmailMessage(
        subject=" ".join(subject.split()),
        body=body.strip() + "\n",
        to=[letter.to],
        reply_to=[contact] if contact else None,
        headers={"Auto-Submitted": "auto-generated", "Message-ID": _message_id(letter)},
    )
    if attached is not None:
        message.attach(receipt_name(response), attached, "application/pdf")
    return message


def _wanted(letter: Letter, response: Response) -> bool:
    link = letter.link
    if letter.kind in CARRIES_LINK and (link is None or link.used_at or link.revoked_at):
        return False
    if letter.kind == LetterKind.REMINDER:
        return response.state == State.DRAFT and timezone.now() < response.consultation.ends
    return True


def _context(letter: Letter, response: Response) -> dict[str, Any]:
    consultation = response.consultation
    assert consultation.closes is not None
    until = None
    addresses = {
        "about_address": _full(consultation.address),
        "respond_address": _full(f"{consultation.address}respond/"),
        "again_address": _full(f"{consultation.address}respond/link-again/"),
    }
    if letter.kind in CARRIES_LINK and letter.link is not None:
        key = make_key(letter.link)
        until = letter.link.expires_at
        addresses["link_address"] = _full(
            reverse("consultations:return", args=[consultation.slug, key])
        )
    return {
        "consultation": consultation,
        "response": response,
        "link": letter.link,
        "closes": in_words(consultation.closes),
        "closed": timezone.now() >= consultation.ends,
        "received": in_words(response.received_at) if response.received_at else "",
        "withdrawn": in_words(response.withdrawn_at) if response.withdrawn_at else "",
        "late": response.lateness != Lateness.IN_TIME,
        "admitted": response.lateness == Lateness.ADMITTED,
        "until": in_words(until) if until else "",
        **addresses,
    }


def _copy(response: Response) -> bytes | None:
    """What they sent, as PDF. Without it the receipt still has to go: it has the reference."""
    try:
        return receipt_pdf(response)
    except NotTypeset:
        logger.error("event=receipt_not_drawn response=%s", response.pk)
        return None


def _message_id(letter: Letter) -> str:
    """The same each time that a letter is sent, so that a mail server that got it twice shows it
    once; one with a link has another link each time, and the last is the one that works."""
    name = f"{letter.pk}:{letter.made_at.isoformat()}"
    if letter.kind in CARRIES_LINK:
        name = f"{name}:{letter.attempts}"
    host = urlsplit(settings.WAGTAILADMIN_BASE_URL).hostname or "localhost"
    return f"<{uuid5(_LETTERS, name)}@{host}>"


def _full(path: str) -> str:
    return f"{settings.WAGTAILADMIN_BASE_URL}{path}"
