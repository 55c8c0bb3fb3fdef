"""The kinds of authority that a reader can be, and the one that was chosen on this device."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from time import monotonic

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase

from guidance.models import AuthorityType

COOKIE = "authority"
"""Holds the slug of the kind chosen; nothing else is known of who chose it."""
A_YEAR = 365 * 24 * 60 * 60


@dataclass(frozen=True, slots=True)
class _Names:
    by_slug: Mapping[str, str]
    read: float


_read: _Names | None = None


def authority_names() -> Mapping[str, str]:
    """Names of the kinds of authority by slug, by name whatever its case and a leading "the"; in
    one query, or none where they were read within `READING_UNASKED_SECONDS`."""
    global _read
    found = _read
    if found is None or monotonic() - found.read >= settings.READING_UNASKED_SECONDS:
        rows = AuthorityType.objects.order_by().values_list("slug", "name")
        found = _read = _Names(dict(sorted(rows, key=lambda row: _sorted_as(row[1]))), monotonic())
    return found.by_slug


def remembered(request: HttpRequest) -> str:
    """The slug of the kind that was chosen on this device, if it is still in the register."""
    slug = request.COOKIES.get(COOKIE, "")
    return slug if slug and slug in authority_names() else ""


def remember(response: HttpResponseBase, slug: str) -> None:
    """Ask the browser to keep the choice for a year; without a slug, to drop it."""
    if not slug:
        response.delete_cookie(COOKIE, samesite="Lax")
        return
    response.set_cookie(
        COOKIE,
        slug,
        max_age=A_YEAR,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def _sorted_as(name: str) -> str:
    return name.casefold().removeprefix("the ")
