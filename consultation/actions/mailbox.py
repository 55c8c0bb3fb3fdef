"""Reads the mailbox that responses come to, by IMAP: each message is taken in once.

A message is stored first and moved afterwards, so that a crash in between is harmless: the next
time it is known by its Message-ID, and only moved. What is not taken in is kept in a folder of its
own for somebody to look at.
"""

from __future__ import annotations

import imaplib
import logging
import re
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError

from consultation.actions.receiving_mail import take_in_mail
from consultation.actions.taking_in import NotTaken
from consultation.answers import AnswerFault
from consultation.models import ConsultationPage

logger = logging.getLogger("consultation.mailbox")

TAKEN_IN, NOT_TAKEN_IN = "Taken in", "Not taken in"
TIMEOUT = 30
"""Seconds for which the server may say nothing."""
AT_ONCE = 200
"""Messages of one visit; the rest is for the next."""
MEGABYTE = 1024 * 1024

_SIZE = re.compile(rb"RFC822\.SIZE (\d+)")


@dataclass(frozen=True, slots=True)
class Mailbox:
    """Where the messages are; with `consultation` (a slug), all of them answer that one."""

    host: str
    port: int
    secure: bool
    user: str
    password: str
    folder: str
    consultation: str = ""

    @classmethod
    def of(cls, address: str) -> Mailbox:
        """From "imaps://user:password@host:port/folder?consultation=slug", each part quoted as in
        any URL. ImproperlyConfigured, without the address, which has the password in it."""
        try:
            parts = urlsplit(address)
            port = parts.port
        except ValueError:
            parts, port = urlsplit(""), None
        if parts.scheme not in ("imap", "imaps") or not parts.hostname or not parts.username:
            raise ImproperlyConfigured(
                "CONSULTATION_MAILBOX is not of the form imaps://user:password@host/folder."
            )
        return cls(
            host=parts.hostname,
            port=port or (993 if parts.scheme == "imaps" else 143),
            secure=parts.scheme == "imaps",
            user=unquote(parts.username),
            password=unquote(parts.password or ""),
            folder=unquote(parts.path.strip("/")) or "INBOX",
            consultation=parse_qs(parts.query).get("consultation", [""])[0],
        )


@dataclass
class Visit:
    """What one visit did."""

    taken_in: int = 0
    again: int = 0
    not_taken_in: int = 0
    failed: int = 0


def receive_mail(address: str = "") -> Visit:
    """Take in what has come, and put it away. Nothing is done where no mailbox is set. Raises
    ImproperlyConfigured, OSError, and imaplib.IMAP4.error."""
    address = address or settings.CONSULTATION_MAILBOX
    visit = Visit()
    if not address:
        return visit
    box = Mailbox.of(address)
    consultation = _consultation(box.consultation)
    with _connected(box) as server:
        for number in _waiting(server):
            _one(server, number, consultation, visit)
    if visit != Visit():
        logger.info(
            "event=mail_received taken_in=%s again=%s not_taken_in=%s",
            visit.taken_in, visit.again, visit.not_taken_in,
        )  # fmt: skip
    return visit


def receive_mail_if_set() -> None:
    """The visit as a job beside the site: what goes wrong is said in the log and tried again the
    next time."""
    try:
        receive_mail()
    except (OSError, imaplib.IMAP4.error, ImproperlyConfigured) as error:
        logger.error("event=mailbox_failed kind=%s", type(error).__name__)


def _one(
    server: imaplib.IMAP4, number: str, consultation: ConsultationPage | None, visit: Visit
) -> None:
    """Store a message, then move it. One that cannot be stored for a reason of its own is moved too,
    so that it does not stop those behind it."""
    try:
        data, came = _fetch(server, number)
        taken = take_in_mail(user=None, data=data, consultation=consultation, received_at=came)
    except (NotTaken, AnswerFault) as refused:
        visit.not_taken_in += 1
        logger.info("event=mail_not_taken_in reason=%s", type(refused).__name__)
        _move(server, number, NOT_TAKEN_IN)
        return
    except (OSError, imaplib.IMAP4.error, DatabaseError):
        raise
    except Exception as error:  # whatever one message does must not stop those behind it
        visit.failed += 1
        logger.error("event=mail_failed kind=%s", type(error).__name__)
        return
    visit.again += taken.again
    visit.taken_in += not taken.again
    _move(server, number, TAKEN_IN)


def _consultation(slug: str) -> ConsultationPage | None:
    if not slug:
        return None
    found = ConsultationPage.objects.published().filter(slug=slug).first()
    if found is None:
        raise ImproperlyConfigured("CONSULTATION_MAILBOX names a consultation that is not there.")
    return found


@contextmanager
def _connected(box: Mailbox) -> Iterator[imaplib.IMAP4]:
    """Signed in, with the folder open. A password never goes over an open line to another machine."""
    server: imaplib.IMAP4
    if box.secure:
        secured = ssl.create_default_context()
        server = imaplib.IMAP4_SSL(box.host, box.port, ssl_context=secured, timeout=TIMEOUT)
    else:
        server = imaplib.IMAP4(box.host, box.port, timeout=TIMEOUT)
    try:
        if not box.secure and box.host not in ("localhost", "127.0.0.1", "::1"):
            server.starttls(ssl_context=ssl.create_default_context())
        server.login(box.user, box.password)
        _done(server.select(_quoted(box.folder)))
        for folder in (TAKEN_IN, NOT_TAKEN_IN):
            server.create(_quoted(folder))  # where it is there already the server says no, rightly
        yield server
    finally:
        with suppress(OSError, imaplib.IMAP4.error):
            server.logout()


def _waiting(server: imaplib.IMAP4) -> list[str]:
    """The messages of the folder, the oldest first, by the numbers that they keep."""
    (found,) = _done(server.uid("SEARCH", "UNDELETED"))[:1]
    return (found or b"").decode("ascii", "ignore").split()[:AT_ONCE]


def _fetch(server: imaplib.IMAP4, number: str) -> tuple[bytes, datetime | None]:
    """A message and when it came into the mailbox; NotTaken where it is too large."""
    said = _done(server.uid("FETCH", number, "(RFC822.SIZE)"))
    size = _SIZE.search(b" ".join(part for part in said if isinstance(part, bytes)))
    most = settings.CONSULTATION_FILES_MEGABYTES * MEGABYTE
    if size and int(size.group(1)) > most:
        raise NotTaken(f"It is larger than {settings.CONSULTATION_FILES_MEGABYTES} MB.")
    parts = _done(server.uid("FETCH", number, "(INTERNALDATE BODY.PEEK[])"))
    for part in parts:
        if isinstance(part, tuple):
            came = imaplib.Internaldate2tuple(part[0])
            at = datetime(*came[:6]).astimezone(UTC) if came else None
            return part[1], at
    raise NotTaken("The mailbox does not give it.")


def _move(server: imaplib.IMAP4, number: str, folder: str) -> None:
    if "MOVE" in server.capabilities:
        _done(server.uid("MOVE", number, _quoted(folder)))
        return
    _done(server.uid("COPY", number, _quoted(folder)))
    _done(server.uid("STORE", number, "+FLAGS.SILENT", r"(\Deleted)"))
    if "UIDPLUS" in server.capabilities:
        _done(server.uid("EXPUNGE", number))


def _done(answer: tuple[str, list[Any]]) -> list[Any]:
    """What the server answered; what it refuses is an error, without its words, which may quote."""
    if answer[0] != "OK":
        raise imaplib.IMAP4.error("The mailbox refused a command.")
    return answer[1]


def _quoted(name: str) -> str:
    return '"' + name.replace("\\", "\\\\").replace('"', '\\"') + '"'
