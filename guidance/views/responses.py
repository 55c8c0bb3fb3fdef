"""Answers that caches and browsers may keep, and the 304 that saves sending them again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from zlib import crc32

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.http import http_date

from guidance.views.ledger import DocumentFacts

FRESH = 10
"""Seconds for which a cache may show an issued page without asking. Its words never change, but its
first line does: an edition comes into force, another is published. So late may that be noticed;
asking again then costs a 304."""


@dataclass(frozen=True, slots=True)
class Validators:
    """By what a copy of a page is compared: its ETag, and when it last changed."""

    etag: str
    modified: int
    last_modified: str


def validators(
    body: bytes, facts: DocumentFacts, digest: str, now: datetime, *, moves: bool = False
) -> Validators:
    """The ETag holds the digest of what is shown and a checksum of every byte around it. The page
    last changed when the document was last published, or when today began, for its first line is
    of today. `moves` says that it shows what changes by other clocks: a consultation."""
    latest = max(edition.issued_at for edition in facts.editions)
    if moves or any(edition.withdrawn_from for edition in facts.editions):
        latest = now  # a withdrawal changes the first line, and when it was made is not known here
    modified = int(max(latest, _midnight(now)).timestamp())
    return Validators(f'"{digest[:16]}-{crc32(body):08x}"', modified, http_date(modified))


def answer(request: HttpRequest, body: bytes, found: Validators, now: datetime) -> HttpResponseBase:
    """The page, or 304 where the asker has it; no cache keeps it past midnight."""
    response = HttpResponse(body)
    left = int((_midnight(now) + timedelta(days=1) - now).total_seconds())
    headers = response.headers
    headers["ETag"] = found.etag
    headers["Last-Modified"] = found.last_modified
    headers["Cache-Control"] = f"public, max-age={min(FRESH, max(left, 0))}"
    if "HTTP_IF_NONE_MATCH" in request.META or "HTTP_IF_MODIFIED_SINCE" in request.META:
        return get_conditional_response(request, found.etag, found.modified, response) or response
    return response


def issued_page(
    request: HttpRequest, body: bytes, facts: DocumentFacts, *, digest: str, moves: bool = False
) -> HttpResponseBase:
    """A page that was made from issued editions just now."""
    now = timezone.localtime()
    return answer(request, body, validators(body, facts, digest, now, moves=moves), now)


def _midnight(now: datetime) -> datetime:
    return now.replace(hour=0, minute=0, second=0, microsecond=0)
