"""The keys in links that are sent by e-mail: made when the letter is, never kept.

A key names its link and the day until which it works, has 256 random bits, and is signed, so that
nothing is looked up for a key that we did not make. Of the whole only the SHA-256 is kept.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from secrets import compare_digest

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.utils import timezone

from consultation.actions.access import digest_of, new_key
from consultation.models import ReturnLink

LONGEST = 200


class NotAKey(ValueError):
    """We never made this key, or it was cut short on its way."""


def make_key(link: ReturnLink) -> str:
    """The key for a letter that is about to be sent. One that was made for the link before works no
    longer; its days count from now."""
    until = timezone.now() + timedelta(days=settings.CONSULTATION_LINK_DAYS)
    key = _signer().sign(f"{link.pk}-{int(until.timestamp())}-{new_key()}")
    link.digest = digest_of(key)
    link.expires_at = datetime.fromtimestamp(int(until.timestamp()), UTC)
    link.save(update_fields=["digest", "expires_at"])
    return key


def read_key(key: str) -> tuple[int, datetime]:
    """The primary key of its link, and the instant at which it stops working; NotAKey."""
    try:
        link, until, _ = _signer().unsign(key[:LONGEST]).split("-", 2)
        return int(link), datetime.fromtimestamp(int(until), UTC)
    except (BadSignature, ValueError) as error:
        raise NotAKey from error


def fits(key: str, link: ReturnLink) -> bool:
    """Whether it is the key that was made last for this link."""
    return bool(link.digest) and compare_digest(digest_of(key), link.digest or "")


def _signer() -> Signer:
    return Signer(salt="consultation.return-link", sep=".")
