"""Pages about the whole site, made again after a moment: whatever they show, it is seldom older than
`READING_UNASKED_SECONDS`, and nobody has to list what they depend on."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from hashlib import sha256
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.cache import get_conditional_response

from guidance.views.kept import keep, recall
from guidance.views.responses import FRESH, Validators


def drawn(template: str, context: Mapping[str, Any]) -> bytes:
    """The page as it is sent. Nothing of the request is in it; `site` is the public address."""
    site = settings.WAGTAILADMIN_BASE_URL
    return render_to_string(template, {**context, "site": site}).encode()


def kept_moment(
    request: HttpRequest, key: tuple[str, ...], make: Callable[[], bytes], *, personal: bool = False
) -> HttpResponseBase:
    """The page kept under `key`, or made now; 304 where the asker has it.

    `personal` says that it shows what was chosen on this device, so that no shared cache keeps it.
    `key` takes few values, for as many pages are kept.
    """
    now = timezone.localtime()
    kept = recall(key, now.date())
    if kept is None or not kept.unasked():
        body = make()
        etag = f'"{sha256(body).hexdigest()[:32]}"'
        kept = keep(key, (), now.date(), body, Validators(etag, 0, ""))
    return sent(request, kept.body, kept.validators.etag, personal=personal)


def made_now(request: HttpRequest, body: bytes) -> HttpResponseBase:
    """A page that is asked for seldom, and so not kept."""
    return sent(request, body, f'"{sha256(body).hexdigest()[:32]}"')


def sent(
    request: HttpRequest, body: bytes, etag: str, *, personal: bool = False
) -> HttpResponseBase:
    """The page with its ETag, or 304."""
    response = HttpResponse(body)
    response.headers["ETag"] = etag
    response.headers["Cache-Control"] = f"{'private' if personal else 'public'}, max-age={FRESH}"
    response.headers["Vary"] = "Cookie"
    if "HTTP_IF_NONE_MATCH" in request.META:
        return get_conditional_response(request, etag, None, response) or response
    return response
