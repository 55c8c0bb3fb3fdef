"""What the site says of itself: accessibility, privacy, cookies, licence."""

from __future__ import annotations

from functools import partial

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.views.decorators.http import require_safe

from home.authorities import COOKIE
from home.views.kept_moment import drawn, kept_moment


def _about(request: HttpRequest, name: str) -> HttpResponseBase:
    return kept_moment(request, ("home", name), partial(_page, name))


def _page(name: str) -> bytes:
    context = {
        "operator": settings.OPERATOR,
        "contact": settings.CONTACT_EMAIL,
        "authority_cookie": COOKIE,
        "session_cookie": settings.SESSION_COOKIE_NAME,
        "csrf_cookie": settings.CSRF_COOKIE_NAME,
        "session_days": settings.SESSION_COOKIE_AGE // 86_400,
        "counts_days": settings.SEARCH_COUNTS_KEPT_DAYS,
        "requests_per_minute": settings.API_REQUESTS_PER_MINUTE,
    }
    return drawn(f"home/{name}.html", context)


@require_safe
def accessibility(request: HttpRequest) -> HttpResponseBase:
    return _about(request, "accessibility")


@require_safe
def privacy(request: HttpRequest) -> HttpResponseBase:
    return _about(request, "privacy")


@require_safe
def cookies(request: HttpRequest) -> HttpResponseBase:
    return _about(request, "cookies")


@require_safe
def licence(request: HttpRequest) -> HttpResponseBase:
    return _about(request, "licence")
