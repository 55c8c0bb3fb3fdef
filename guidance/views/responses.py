"""Answers that caches and browsers may keep, and the 304 that saves sending them again."""

from __future__ import annotations

from datetime import datetime, timedelta
from zlib import crc32

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.http import http_date

from guidance.views.ledger import DocumentFacts

FRESH = 60
"""Seconds for which an issued page may be shown without asking. Its words never change, but its
first line does: an edition comes into force, another is published. A minute is how late that may
be noticed; asking again then costs a 304."""


def issued_page(
    request: HttpRequest,
    body: bytes,
    facts: DocumentFacts,
    *,
    digest: str,
    checksum: int | None = None,
    now: datetime | None = None,
) -> HttpResponseBase:
    """A page made from an issued edition, answered with 304 where the asker has it.

    The ETag holds the digest of what is shown and a checksum of the page (by default of all its
    bytes). Last-Modified is the later of the document's last publication and the start of today,
    for the first line is of today.
    """
    now = now or timezone.localtime()
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
    latest = max(edition.issued_at for edition in facts.editions)
    modified = int(max(latest, midnight).timestamp())
    etag = f'"{digest[:16]}-{crc32(body) if checksum is None else checksum:08x}"'
    response = HttpResponse(body)
    left = int((midnight + timedelta(days=1) - now).total_seconds())
    response.headers["ETag"] = etag
    response.headers["Last-Modified"] = http_date(modified)
    response.headers["Cache-Control"] = f"public, max-age={min(FRESH, max(left, 0))}"
    if "HTTP_IF_NONE_MATCH" in request.META or "HTTP_IF_MODIFIED_SINCE" in request.META:
        return get_conditional_response(request, etag, modified, response) or response
    return response
