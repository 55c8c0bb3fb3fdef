"""Links by which people return to a response on another device, or come to work on it.

A link works once: using it lets the device in, ends every other link to the same address for this
response, and sends that address the next one. Links are sent, never shown.
"""

from __future__ import annotations

import hmac
import re
from base64 import urlsafe_b64encode
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from hashlib import sha256

from django.conf import settings
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from consultation.actions.access import digest_of
from consultation.actions.letters import owe
from consultation.actions.limits import may_write_to
from consultation.actions.link_keys import NotAKey, fits, read_key
from consultation.models import Access, Channel, LetterKind, Response, ReturnLink, State
from consultation.references import read_reference

NAME = 100
AT_ONCE = 5
"""Responses of one address for which it is written to when it asks."""
_ADDRESS_IN_NAME = re.compile(r"://|www\.|@|\S\.(com|org|net|info|ru|xyz|uk)\b", re.IGNORECASE)


class Spent(StrEnum):
    """Why a link does not work."""

    UNKNOWN = "unknown"
    GONE = "gone"
    TAKEN_AWAY = "taken-away"
    USED = "used"
    REPLACED = "replaced"
    EXPIRED = "expired"


RENEWABLE = frozenset({Spent.USED, Spent.REPLACED, Spent.EXPIRED})
"""Where whoever holds the old link may ask for a new one to the address that it was sent to."""


class LinkRefused(Exception):
    """A link that does not work; says why, and which it is where that is known."""

    def __init__(self, why: Spent, link: ReturnLink | None = None) -> None:
        super().__init__(why.value)
        self.why, self.link = why, link

    @property
    def renewable(self) -> bool:
        return self.why in RENEWABLE


class TooManyLetters(Exception):
    """More letters were asked for in an hour than anybody needs; says so."""


class NameRefused(ValueError):
    """A name that cannot stand in a letter; says what to do."""


@dataclass(frozen=True, slots=True)
class Used:
    """What using a link gives: the key for the device's cookie, the response, how whoever uses it is
    called, and the link that is sent to them next (None: this very form was sent before)."""

    key: str
    response: Response
    person: str
    following: ReturnLink | None


def offer_link(*, response: Response, email: str, person: str = "") -> ReturnLink:
    """Send somebody who works on a response a link to return by. TooManyLetters, NameRefused."""
    person = read_name(person)
    _count_letter(response, email)
    with transaction.atomic():
        return _owe_link(response, email, person, LetterKind.LINK)


def invite(*, response: Response, email: str, person: str, invited_by: str) -> ReturnLink:
    """Ask somebody to work on a response, as an equal. TooManyLetters, NameRefused."""
    person, invited_by = read_name(person), read_name(invited_by)
    if not person or not invited_by:
        raise NameRefused("Enter a name.")
    _count_letter(response, email)
    with transaction.atomic():
        return _owe_link(response, email, person, LetterKind.INVITATION, invited_by=invited_by)


def find_link(*, key: str, consultation: int) -> ReturnLink:
    """The link of a key, with its response; LinkRefused where it does not work (any more)."""
    return _working(key, consultation, ReturnLink.objects.select_related("response"))


def use_link(*, key: str, consultation: int, form: str) -> Used:
    """Let one device in by a link. `form` is what the page with the button was given at random: the
    same form sent twice, by a double click or because the answer got lost, gives the same key again.
    Raises LinkRefused."""
    device_key = _device_key(key, form)
    with transaction.atomic():
        rows = ReturnLink.objects.select_for_update(of=("self",)).select_related("response")
        if before := _let_in_before(key, device_key, consultation, rows):
            return before
        link, now = _working(key, consultation, rows), timezone.now()
        outstanding(link.response).filter(email__iexact=link.email).update(used_at=now)
        Access.objects.create(
            response=link.response, digest=digest_of(device_key), person=link.person,
            made_at=now, seen_at=now,
        )  # fmt: skip
        following = _owe_link(link.response, link.email, link.person, LetterKind.LINK)
    return Used(device_key, link.response, link.person, following)


def renew_link(*, key: str, consultation: int) -> ReturnLink:
    """Send a new link to the address of one that works no longer. LinkRefused where access was taken
    away or nothing is known of it; TooManyLetters."""
    try:
        link = find_link(key=key, consultation=consultation)
    except LinkRefused as refused:
        if refused.link is None or not refused.renewable:
            raise
        link = refused.link
    return offer_link(response=link.response, email=link.email, person=link.person)


def send_again(*, consultation: int, typed: str) -> int:
    """Send links to whoever lost theirs: to the address on record of the response that has the
    reference `typed`, or of each that is known under the e-mail address `typed`. How many are sent:
    never say so to whoever asks, who showed no key."""
    sent = 0
    for response, email, person in _known_under(typed.strip(), consultation):
        if not barred(response, email) and may_write_to(email, response=response.pk):
            with transaction.atomic():
                _owe_link(response, email, person, LetterKind.LINK)
            sent += 1
    return sent


def outstanding(response: Response, now: datetime | None = None) -> QuerySet[ReturnLink]:
    """The links to a response that may still be used."""
    return ReturnLink.objects.filter(
        response=response, used_at=None, revoked_at=None, expires_at__gt=now or timezone.now()
    )


def new_link(response: Response, email: str, person: str = "", invited_by: str = "") -> ReturnLink:
    """A link that a letter will carry, in the caller's transaction."""
    now = timezone.now()
    return ReturnLink.objects.create(
        response=response, email=email, person=person, invited_by=invited_by,
        made_at=now, expires_at=now + timedelta(days=settings.CONSULTATION_LINK_DAYS),
    )  # fmt: skip


def barred(response: Response, email: str) -> bool:
    """Whether the access of this address was taken away, and it was not asked in again since."""
    rows = ReturnLink.objects.filter(response=response, email__iexact=email).order_by("-pk")
    newest = rows.first()
    return newest is not None and newest.revoked_at is not None


def read_name(typed: str) -> str:
    """How somebody is called, in one line; NameRefused. Whatever looks like an address is refused,
    since the name stands in letters to people who did not ask for them."""
    name = " ".join(typed.split())
    if len(name) > NAME:
        raise NameRefused(f"Enter a name of {NAME} characters or fewer.")
    if _ADDRESS_IN_NAME.search(name):
        raise NameRefused("Enter a name without an address in it.")
    return "".join(c for c in name if c.isprintable())


def masked(email: str) -> str:
    """An address that whoever knows it recognises: "r•••@example.org"."""
    before, at, host = email.rpartition("@")
    return f"{before[:1]}•••{at}{host}"


def _device_key(key: str, form: str) -> str:
    """As `access.new_key` makes them: 256 bits that nobody guesses who lacks the link or the form."""
    made = hmac.new(key.encode(), form.encode(), sha256).digest()
    return urlsafe_b64encode(made).decode().rstrip("=")


def _working(key: str, consultation: int, rows: QuerySet[ReturnLink]) -> ReturnLink:
    link, until = _of(key, consultation, rows)
    if link.revoked_at:
        raise LinkRefused(Spent.TAKEN_AWAY, link)
    if link.used_at:
        raise LinkRefused(Spent.USED, link)
    if not fits(key, link):
        raise LinkRefused(Spent.REPLACED, link)
    if timezone.now() >= min(until, link.expires_at):
        raise LinkRefused(Spent.EXPIRED, link)
    return link


def _of(key: str, consultation: int, rows: QuerySet[ReturnLink]) -> tuple[ReturnLink, datetime]:
    """The link that a key names, whether it works or not, and until when the key says it does."""
    try:
        pk, until = read_key(key)
    except NotAKey:
        raise LinkRefused(Spent.UNKNOWN) from None
    link = rows.filter(pk=pk, response__consultation=consultation).first()
    if link is None:
        raise LinkRefused(Spent.GONE)
    return link, until


def _let_in_before(
    key: str, device_key: str, consultation: int, rows: QuerySet[ReturnLink]
) -> Used | None:
    link, _ = _of(key, consultation, rows)
    found = Access.objects.filter(
        digest=digest_of(device_key), revoked_at=None, response=link.response
    )
    return Used(device_key, link.response, link.person, None) if found.exists() else None


def _owe_link(
    response: Response, email: str, person: str, kind: LetterKind, *, invited_by: str = ""
) -> ReturnLink:
    link = new_link(response, email, person, invited_by)
    owe(response, kind, to=email, link=link)
    return link


def _count_letter(response: Response, email: str) -> None:
    if not may_write_to(email, response=response.pk):
        raise TooManyLetters(
            "Several letters were sent in the last hour. Look for them, also among unwanted mail, or "
            "try again in an hour."
        )


def _known_under(typed: str, consultation: int) -> list[tuple[Response, str, str]]:
    """Responses that can still be worked on, each with the address to write to and the person. Of a
    response that is being amended its copy counts."""
    rows = Response.objects.filter(
        consultation=consultation,
        channel=Channel.ONLINE,
        state__in=(State.DRAFT, State.SUBMITTED),
    ).exclude(state=State.SUBMITTED, amended_by__state=State.DRAFT)
    if reference := read_reference(typed):
        own = rows.filter(Q(reference=reference) | Q(amends__reference=reference))
        return [
            (response, *found) for response in own.distinct() if (found := _on_record(response))
        ]
    if "@" not in typed:
        return []
    at = Q(email__iexact=typed) | Q(links__email__iexact=typed, links__revoked_at=None)
    newest = rows.filter(at).distinct().order_by("-saved_at")[:AT_ONCE]
    return [(response, typed, _person_at(response, typed)) for response in newest]


def _on_record(response: Response) -> tuple[str, str] | None:
    """The address that a response gives, or else the newest to which a link was sent."""
    if response.email:
        return response.email, _person_at(response, response.email)
    rows = ReturnLink.objects.filter(response=response, revoked_at=None).order_by("-pk")
    newest = rows.first()
    return (newest.email, newest.person) if newest else None


def _person_at(response: Response, email: str) -> str:
    newest = response.links.filter(email__iexact=email).order_by("-pk").first()
    return newest.person if newest else ""
