"""Pages of consultations that are the same for everybody, so that caches may keep them for a moment.

None is kept past the instant at which what it says changes: an opening, a close, midnight.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.template.loader import render_to_string
from django.utils.cache import get_conditional_response

from consultation.closing import LONDON
from consultation.models import ConsultationPage
from guidance.views.responses import FRESH

INDEX = "/consultations/"
HTML = "text/html; charset=utf-8"


def public_page(
    request: HttpRequest,
    template: str,
    context: Mapping[str, Any],
    now: datetime,
    consultations: Iterable[ConsultationPage],
) -> HttpResponseBase:
    """A page that tells of these consultations as they stand `now` (aware); 304 where the asker has
    it. Nothing of the request is in it; `site` is the public address."""
    body = render_to_string(template, {**context, "site": settings.WAGTAILADMIN_BASE_URL})
    return public_answer(request, body.encode(), now, consultations)


def public_answer(
    request: HttpRequest,
    body: bytes,
    now: datetime,
    consultations: Iterable[ConsultationPage],
    media_type: str = HTML,
) -> HttpResponseBase:
    """As `public_page`, of bytes that are there."""
    response = HttpResponse(body, content_type=media_type)
    etag = f'"{sha256(body).hexdigest()[:32]}"'
    response.headers["ETag"] = etag
    response.headers["Cache-Control"] = f"public, max-age={_fresh(consultations, now)}"
    if "HTTP_IF_NONE_MATCH" in request.META:
        return get_conditional_response(request, etag, None, response) or response
    return response


def _fresh(consultations: Iterable[ConsultationPage], now: datetime) -> int:
    """Seconds for which it stays right, at most `FRESH`."""
    local = now.astimezone(LONDON)
    midnight = local.replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)
    instants = [midnight]
    for consultation in consultations:
        assert consultation.opens is not None
        instants += [consultation.opens, consultation.ends]
    left = min((at - now).total_seconds() for at in instants if at > now)
    return min(FRESH, int(left))
