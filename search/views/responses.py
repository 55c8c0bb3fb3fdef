"""Answers of the search: public, fresh for seconds, and of no use to a robot."""

from __future__ import annotations

from hashlib import blake2b

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.cache import get_conditional_response

FRESH = 10
"""Seconds for which an answer may be kept: what is published is found within a second, and shown to
who asks again soon after. Asking again later costs a 304 where nothing changed."""


def answered(
    request: HttpRequest,
    body: bytes,
    *,
    content_type: str = "text/html; charset=utf-8",
    status: int = 200,
    fresh: int = FRESH,
) -> HttpResponseBase:
    """The answer, or 304 where the asker has it. One that is not 200 is kept by nobody."""
    response = HttpResponse(body, content_type=content_type, status=status)
    response.headers["X-Robots-Tag"] = "noindex"
    if status != 200:
        response.headers["Cache-Control"] = "no-store"
        return response
    response.headers["ETag"] = f'"{blake2b(body, digest_size=12).hexdigest()}"'
    response.headers["Cache-Control"] = f"public, max-age={fresh}"
    return get_conditional_response(request, response.headers["ETag"], None, response) or response
