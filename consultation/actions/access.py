"""Keys by which a device may write in a response, without an account.

A key is 256 random bits. Only its SHA-256 is kept, so that neither a copy of the database nor a log
opens a response.
"""

from __future__ import annotations

import secrets
from datetime import timedelta
from hashlib import sha256

from django.utils import timezone

from consultation.models import Access, Response

SEEN_EVERY = timedelta(hours=1)


def new_key() -> str:
    return secrets.token_urlsafe(32)


def digest_of(key: str) -> str:
    """As a key is kept."""
    return sha256(key.encode()).hexdigest()


def open_access(*, response: Response, person: str = "", key: str = "") -> str:
    """Let one more device write in the response; gives the key for its cookie. `key` is one that the
    device was given before there was a response; IntegrityError where it has been used."""
    key, now = key or new_key(), timezone.now()
    Access.objects.create(
        response=response, digest=digest_of(key), person=person, made_at=now, seen_at=now
    )
    return key


def find_access(key: str, *, consultation: int) -> Access | None:
    """The access that a key gives to a response to this consultation, with both; in one query."""
    if not key or len(key) > 100:
        return None
    found = (
        Access.objects.filter(
            digest=digest_of(key), revoked_at=None, response__consultation=consultation
        )
        .select_related("response")
        .first()
    )
    if found is not None and timezone.now() - found.seen_at > SEEN_EVERY:
        Access.objects.filter(pk=found.pk).update(seen_at=timezone.now())
    return found
