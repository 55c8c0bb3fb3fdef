"""E-mails to respondents: owed with the act that owes them, and sent afterwards, once.

Whoever sends claims a letter first, so that any number may send side by side. A claim lasts some
minutes: a sender that died in between leaves its letter to the next one.
"""

from __future__ import annotations

import logging
from datetime import timedelta
from functools import partial

from django.core.mail import get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django_tasks import task

from consultation.actions.letter_texts import compose
from consultation.models import Letter, LetterKind, Response, ReturnLink

logger = logging.getLogger("consultation.letters")

AT_ONCE = frozenset({LetterKind.LINK, LetterKind.INVITATION})
"""Somebody waits for these before a screen."""
CLAIM = timedelta(minutes=10)
WAITS = tuple(timedelta(minutes=m) for m in (1, 5, 15, 60, 4 * 60, 12 * 60, 24 * 60))
"""After each failure; after as many, and one more, a letter is given up."""


def owe(
    response: Response, kind: LetterKind, *, to: str = "", link: ReturnLink | None = None
) -> Letter | None:
    """Write down, in the transaction of the act, that a letter is to be sent to `to` or else to the
    address that the response gives; None where there is none."""
    address = to or response.email
    if not address:
        return None
    now = timezone.now()
    letter = Letter.objects.create(
        response=response, link=link, kind=kind, to=address, made_at=now, next_attempt_at=now
    )
    if kind in AT_ONCE:
        transaction.on_commit(partial(send_at_once.enqueue, letter.pk), robust=True)
    return letter


@task(backend="background")
def send_at_once(letter: int) -> None:
    """Send one letter now; where that fails it is owed like any other."""
    _send_all([letter])


def send_due(*, limit: int = 2000) -> int:
    """Send the letters that are owed, the oldest first; how many were sent. Running it twice, or in
    two processes at once, sends nothing twice."""
    due = (
        Letter.objects.filter(sent_at=None, next_attempt_at__lte=timezone.now())
        .filter(attempts__lte=len(WAITS))
        .order_by("next_attempt_at", "pk")
    )
    return _send_all(list(due.values_list("pk", flat=True)[:limit]))


def _send_all(letters: list[int]) -> int:
    if not letters:
        return 0
    connection: BaseEmailBackend = get_connection()
    sent = sum(_send(pk, connection) for pk in letters if _claim(pk))
    connection.close()
    return sent


def _claim(pk: int) -> bool:
    now = timezone.now()
    rows = Letter.objects.filter(pk=pk, sent_at=None, next_attempt_at__lte=now)
    return bool(rows.update(next_attempt_at=now + CLAIM, attempts=F("attempts") + 1))


def _send(pk: int, connection: BaseEmailBackend) -> bool:
    """One that was claimed. Whatever ails the mail is logged by number, never by address."""
    letter = (
        Letter.objects.select_related("response__consultation__edition", "link__response")
        .filter(pk=pk)
        .first()
    )
    if letter is None:
        return False
    try:
        message = compose(letter)
        if message is None:
            letter.delete()
            logger.info("event=letter_dropped letter=%s kind=%s", pk, letter.kind)
            return False
        connection.open()
        connection.send_messages([message])
    except Exception as error:  # a mail server may answer with anything
        connection.close()
        _put_off(letter, error)
        return False
    Letter.objects.filter(pk=pk).update(sent_at=timezone.now())
    logger.info("event=letter_sent letter=%s kind=%s", pk, letter.kind)
    return True


def _put_off(letter: Letter, error: Exception) -> None:
    failures = min(letter.attempts, len(WAITS))
    Letter.objects.filter(pk=letter.pk).update(next_attempt_at=timezone.now() + WAITS[failures - 1])
    given_up = letter.attempts > len(WAITS)
    logger.error(
        "event=%s letter=%s kind=%s attempts=%s error=%s",
        "letter_given_up" if given_up else "letter_failed",
        letter.pk,
        letter.kind,
        letter.attempts,
        type(error).__name__,
    )
