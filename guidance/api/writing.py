"""What every operation that writes has in common, behind the door: POST alone, JSON alone, of a bounded
length. The answer is kept nowhere, and pages of other sites cannot ask, since a token has no place in a
page.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import PurePath
from traceback import extract_tb
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase

from guidance.api.problems import Problem

ALLOW = "POST, OPTIONS"
LONGEST_BODY = 5 * 1024 * 1024
"""Bytes."""


def write(
    view: Callable[..., HttpResponseBase], request: HttpRequest, args: Any, kwargs: Any
) -> HttpResponseBase:
    """The answer to a POST; Problem where the request is none that can be read."""
    if _length(request) > LONGEST_BODY:
        megabytes = LONGEST_BODY // (1024 * 1024)
        raise Problem(413, f"Keep what you send below {megabytes} megabytes.")
    if request.content_type != "application/json":
        raise Problem(415, "Send JSON, and say so: Content-Type: application/json.")
    return unkept(view(request, *args, **kwargs))


def only_written(detail: str) -> Problem:
    """405 for whoever reads or changes where one can only add; `detail` says why."""
    return Problem(405, detail, headers={"Allow": ALLOW})


def preflight() -> HttpResponse:
    """What may be asked. Nothing is said of other origins, which refuses them."""
    return HttpResponse(status=204, headers={"Allow": ALLOW})


def unkept(response: HttpResponseBase) -> HttpResponseBase:
    response.headers["Cache-Control"] = "no-store"
    return response


def where(error: BaseException) -> str:
    """The place at which it happened, for a log: the words of an error may be words of a person."""
    frames = extract_tb(error.__traceback__)
    return f"{PurePath(frames[-1].filename).name}:{frames[-1].lineno}" if frames else ""


def _length(request: HttpRequest) -> int:
    said = request.META.get("CONTENT_LENGTH") or "0"
    return int(said) if str(said).isdecimal() else 0
