"""What every operation of the API has in common, at its door: which methods, from where, how often,
which parameters; what was kept is handed out here, and an error leaves as a problem.

Operations read, except those that are named as writing: `guidance.api.writing` is their part.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Mapping
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.urls import URLPattern

from guidance.api import kept, writing
from guidance.api.problems import Fault, Problem, not_found, refused
from guidance.api.throttle import count

View = Callable[..., HttpResponseBase]
Run = Callable[..., HttpResponseBase]

ALLOW = "GET, HEAD, OPTIONS"
ANY_ORIGIN = {"Access-Control-Allow-Origin": "*"}
EXPOSED = {
    "Access-Control-Expose-Headers": "ETag, Last-Modified, Retry-After, RateLimit, RateLimit-Policy"
}
PREFLIGHT = {
    "Allow": ALLOW,
    "Access-Control-Allow-Methods": ALLOW,
    "Access-Control-Allow-Headers": "Accept, If-None-Match, If-Modified-Since",
    "Access-Control-Max-Age": "86400",
}
LONGEST_QUERY = 4096
NOTHING_HERE = "There is nothing at this address. /api/v1/docs lists every address there is."

logger = logging.getLogger("guidance.api")


def behind_the_door(
    patterns: Iterable[URLPattern], writes: Mapping[str, str] | None = None
) -> list[URLPattern]:
    """The same addresses, each with its view behind the door. `writes` are the names of those that
    take a POST and nothing else, each with what is said to whoever reads there."""
    guarded = list(patterns)
    for pattern in guarded:
        why = (writes or {}).get(pattern.name or "")
        pattern.callback = writing_door(pattern.callback, why) if why else door(pattern.callback)
    return guarded


def writing_door(view: View, why: str) -> View:
    """A view that takes a POST only, from no other origin, and whose errors are logged by their place
    alone; `why` it cannot be read."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.method == "OPTIONS":
            return writing.preflight()
        allowance = count(request)
        try:
            if allowance.spent:
                raise _too_many(allowance.limit, allowance.reset)
            if request.method != "POST":
                raise writing.only_written(why)
            response = writing.write(view, request, args, kwargs)
        except Problem as problem:
            response = problem.response()
        except Http404:
            response = not_found(NOTHING_HERE).response()
        except Exception as error:
            said = (getattr(view, "__name__", ""), type(error).__name__, writing.where(error))
            logger.error("event=api_error view=%s kind=%s at=%s", *said)
            response = broken().response()
        return _with(response, allowance.headers)

    guarded.csrf_exempt = True  # type: ignore[attr-defined]  # whoever writes sends a token
    return guarded


def door(view: View) -> View:
    """A view that reads only, may be asked from any origin, and never shows its insides."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.method == "OPTIONS":
            return _with(HttpResponse(status=204), ANY_ORIGIN | PREFLIGHT)
        allowance = count(request)
        try:
            if allowance.spent:
                raise _too_many(allowance.limit, allowance.reset)
            response = _read(view, request, args, kwargs)
        except Problem as problem:
            response = problem.response()
        except Http404:
            response = not_found(NOTHING_HERE).response()
        except Exception:
            logger.exception("event=api_error view=%s", getattr(view, "__name__", ""))
            response = broken().response()
        if response.status_code != 304:  # then what a browser has of the answer says so
            _with(response, EXPOSED)
        return _with(response, ANY_ORIGIN | allowance.headers)

    guarded.csrf_exempt = True  # type: ignore[attr-defined]  # nothing here is written
    return guarded


def known_parameters(run: Run) -> Run:
    """Refuses query parameters that the operation does not have, given twice where it takes one, or
    with NUL.

    For `NinjaAPI.add_decorator(…, mode="view")`, which hands over the operation's bound `run`.
    """
    operation: Any = run.__self__  # type: ignore[attr-defined]
    models = [model for model in operation.models if model.__ninja_param_source__ == "query"]
    known = {name for model in models for name in model.__ninja_flatten_map__}
    several = {name for model in models for name in model.__ninja_collection_fields__}

    @wraps(run)
    def checked(request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        if len(request.META.get("QUERY_STRING", "")) > LONGEST_QUERY:
            raise Problem(414, f"Keep the query below {LONGEST_QUERY} characters.")
        faults = list(_faults(request, known, several))
        if faults:
            raise refused(faults)
        if any("\0" in str(value) for value in kwargs.values()):
            raise not_found("No address has the character NUL in it.")
        return run(request, **kwargs)

    return checked


def broken() -> Problem:
    """500, without what happened: that is in the log."""
    return Problem(500, "Something went wrong here. Ask again in a minute; we have a record of it.")


def _read(view: View, request: HttpRequest, args: Any, kwargs: Any) -> HttpResponseBase:
    if request.method not in ("GET", "HEAD"):
        detail = f"This address can only be read: use {ALLOW}."
        raise Problem(405, detail, headers={"Allow": ALLOW})
    response = kept.recall(request)
    if response is not None:
        return response
    if request.method == "GET":
        return view(request, *args, **kwargs)
    request.method = "GET"  # ninja knows no HEAD; the server leaves the body out
    try:
        return view(request, *args, **kwargs)
    finally:
        request.method = "HEAD"


def _faults(request: HttpRequest, known: set[str], several: set[str]) -> Iterable[Fault]:
    for name, values in request.GET.lists():
        if name not in known:
            listed = ", ".join(sorted(known)) or "none"
            yield Fault(name[:100], f"“{name[:100]}” is not a parameter here. There are: {listed}.")
        elif len(values) > 1 and name not in several:
            yield Fault(name, f"Give “{name}” once.")
        elif any("\0" in value for value in values):
            yield Fault(name, f"Leave the character NUL out of “{name}”.")


def _too_many(limit: int, reset: int) -> Problem:
    detail = f"More than {limit} requests in a minute. Ask again in {reset} seconds."
    return Problem(429, detail, headers={"Retry-After": str(reset)})


def _with(response: HttpResponseBase, headers: dict[str, str]) -> HttpResponseBase:
    for name, value in headers.items():
        response.headers[name] = value
    return response
