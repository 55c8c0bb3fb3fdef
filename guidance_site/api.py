"""The JSON API: one `NinjaAPI` that every app's router is mounted on, and its documents."""

from __future__ import annotations

import re
from typing import Any, NoReturn

from django.http import HttpRequest, HttpResponseBase, HttpResponsePermanentRedirect
from django.http.response import Http404
from django.urls import URLPattern, re_path, resolve
from ninja.errors import HttpError, ValidationError

from consultation.api.routers import ROUTERS as CONSULTATIONS
from consultation.api.routers import WRITES
from guidance.api.door import NOTHING_HERE, behind_the_door, door, known_parameters
from guidance.api.openapi import DocumentedAPI
from guidance.api.problems import Fault, Problem, not_found, refused
from guidance.api.routers import ROUTERS
from home.api.routers import ROUTERS as HOME
from search.api.routers import ROUTERS as SEARCH

DESCRIPTION = (
    "Consolidated statutory guidance: every paragraph, in every edition, on any date, with its"
    " statutory basis; and the consultations on its drafts. Reading needs no key, submitting a"
    " response needs a token. Errors are RFC 9457 problem details."
)

NOTHING = "nothing"

api = DocumentedAPI(
    title="Statutory guidance",
    version="1.0.0",
    description=DESCRIPTION,
    urls_namespace="api-1",
)
api.add_decorator(known_parameters, mode="view")
for prefix, router in (*ROUTERS, *SEARCH, *HOME, *CONSULTATIONS):
    api.add_router(prefix, router)


@api.exception_handler(ValidationError)
def _invalid(request: HttpRequest, error: ValidationError) -> NoReturn:
    raise refused(_fault(found) for found in error.errors)


@api.exception_handler(Http404)
def _missing(request: HttpRequest, error: Http404) -> NoReturn:
    raise not_found(NOTHING_HERE)


@api.exception_handler(HttpError)
def _http_error(request: HttpRequest, error: HttpError) -> NoReturn:
    if error.status_code == 400:  # as ninja says that a body cannot be parsed
        raise Problem(400, "What was sent cannot be read: send one JSON object, in UTF-8.")
    raise Problem(error.status_code, str(error))


@api.exception_handler(Exception)
def _unforeseen(request: HttpRequest, error: Exception) -> NoReturn:
    raise error  # the door tells it from a problem


def _fault(error: dict[str, Any]) -> Fault:
    """Pydantic's finding with the parameter's own name and without its prefix."""
    if error["loc"][0] == "body":
        return _body_fault(error)
    place = [str(part) for part in error["loc"] if part not in ("query", "path", "wanted")]
    detail = str(error["msg"]).removeprefix("Value error, ")
    name = place[-1] if place else ""
    return Fault(name, f"{name}: {detail}" if name else detail)


def _body_fault(error: dict[str, Any]) -> Fault:
    """The same for a place in the body (after "body" and the name that the operation has for it), as
    a JSON Pointer. What was sent is not repeated, be it words or the name of a field."""
    place = [str(part) for part in error["loc"][2:] if _OURS.fullmatch(str(part))]
    detail = str(error["msg"]).removeprefix("Value error, ")
    if error["type"] == "extra_forbidden":
        detail = "There is no such field here."
    pointer = "#/" + "/".join(place)
    return Fault(pointer, f"{pointer}: {detail}")


_OURS = re.compile(r"[a-z_]{1,40}|\d{1,9}")
"""Names of fields and places in lists; not what pydantic says of the branches of a union."""


@door
def nothing_here(request: HttpRequest) -> HttpResponseBase:
    """An unknown address, or one that lacks its last slash."""
    if not request.path.endswith("/") and resolve(f"{request.path_info}/").url_name != NOTHING:
        query = request.META.get("QUERY_STRING", "")
        return HttpResponsePermanentRedirect(f"{request.path}/{'?' if query else ''}{query}")
    raise not_found(NOTHING_HERE)


_documents, _operations = 2, api.urls[0]  # ninja puts the two of the document itself first
urlpatterns: list[URLPattern] = [
    *behind_the_door([*_operations[_documents:], *_operations[:_documents]], WRITES),  # type: ignore[list-item]
    re_path(r"^", nothing_here, name=NOTHING),
]
