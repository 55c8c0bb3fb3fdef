"""Where a respondent works: the consultation, its questions, and the response that this device may
write in.

There is no account: a device holds a key in a cookie of this consultation alone. It gets the key
with the first page, and the first save begins a response under it: so looking leaves nothing behind
with us, and two saves at once (a double click, two tabs) still begin one response. A save whose key
is gone is not lost either: it begins a new response, and the page says so.

Forms carry no token against forgery, which would expire and take with it what was typed. Instead
the cookie is not sent by other sites (SameSite), and a POST that a browser says comes from another
site is refused.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property, wraps
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError
from django.http import Http404, HttpRequest, HttpResponseBase
from django.views.decorators.csrf import csrf_exempt

from consultation.actions.access import find_access, new_key
from consultation.actions.answering import begin
from consultation.closing import Phase
from consultation.known import find_published
from consultation.models import Access, ConsultationPage, Question, Response, State

A_YEAR = 365 * 24 * 60 * 60
View = Callable[..., HttpResponseBase]
_KEY = re.compile(r"[-\w]{43}", re.ASCII)


@dataclass
class Desk:
    """What every page of a response needs. `base` is where its pages are, with a slash at the end;
    in a preview there is never a response, and nothing is saved. `key` is what the device holds,
    `new_key` what it is to hold from now on."""

    consultation: ConsultationPage
    access: Access | None = None
    preview: bool = False
    base: str = ""
    key: str = ""
    new_key: str = ""

    def __post_init__(self) -> None:
        self.base = self.base or f"{self.consultation.address}respond/"

    @property
    def response(self) -> Response | None:
        return self.access.response if self.access else None

    @property
    def person(self) -> str:
        """How whoever writes here is called by those who work on it with them; may be ""."""
        return self.access.person if self.access else ""

    @cached_property
    def questions(self) -> Sequence[Question]:
        """Those that are asked now, in order, with wording and paragraphs; in two queries."""
        rows = self.consultation.questions.asked().prefetch_related("paragraphs")
        return list(rows)

    @property
    def phase(self) -> Phase:
        return Phase.OPEN if self.preview else self.consultation.phase()

    @property
    def writable(self) -> bool:
        """Whether there is something to be written on: a draft, or the beginning of one."""
        if self.response is not None:
            return self.response.state == State.DRAFT
        return self.phase == Phase.OPEN

    def ensure(self) -> Response:
        """The response, begun now if this device has none. PermissionDenied while nothing can be
        begun: before it opens and after it has closed."""
        if self.response is None:
            if self.preview or self.phase != Phase.OPEN:
                raise PermissionDenied("This consultation takes no new responses here.")
            self._begin()
        assert self.response is not None
        return self.response

    def _begin(self) -> None:
        """Under the key that the device holds, where it has not been used; what another request of
        the same device has begun in the same moment is the response."""
        pk = self.consultation.pk
        try:
            _, key = begin(consultation=self.consultation, key=self.key)
        except IntegrityError:
            self.access = find_access(self.key, consultation=pk)
            if self.access is not None:
                return
            _, key = begin(consultation=self.consultation)
        self.use_key(key)

    def use_key(self, key: str) -> None:
        """Work from now on with another key, which `seal` gives to the device."""
        self.new_key = key
        self.access = find_access(key, consultation=self.consultation.pk)

    def seal(self, sent: HttpResponseBase) -> HttpResponseBase:
        """Give the device the key of what it began, and keep the page out of shared caches. Browsers
        may keep it for their back button, since typed words are then still in it."""
        sent.headers.setdefault("Cache-Control", "private, no-cache")
        sent.headers.setdefault("X-Robots-Tag", "noindex")
        sent.headers["Referrer-Policy"] = "same-origin"
        if not (self.preview or self.key or self.new_key) and self.phase == Phase.OPEN:
            self.new_key = new_key()
        if self.new_key:
            sent.set_cookie(
                cookie_of(self.consultation),
                self.new_key,
                max_age=A_YEAR,
                path=self.consultation.address,
                secure=settings.SESSION_COOKIE_SECURE,
                httponly=True,
                samesite="Lax",
            )
        return sent

    def forget(self, sent: HttpResponseBase) -> HttpResponseBase:
        """Take the key from the device."""
        sent.delete_cookie(
            cookie_of(self.consultation), path=self.consultation.address, samesite="Lax"
        )
        return sent


def cookie_of(consultation: ConsultationPage) -> str:
    return f"response-{consultation.pk}"


def find_consultation(slug: str) -> ConsultationPage:
    """A consultation that the public may know of, with its edition and document; 404."""
    found = find_published(slug)
    if found is None:
        raise Http404("There is no such consultation.")
    return found


def at_desk(view: View) -> View:
    """A page of a response: `view(request, desk, …)` at an address that begins with `slug`."""

    @wraps(view)
    def opened(request: HttpRequest, slug: str, *args: Any, **kwargs: Any) -> HttpResponseBase:
        consultation = find_consultation(slug)
        if request.method not in ("GET", "HEAD"):
            refuse_other_sites(request)
        key = request.COOKIES.get(cookie_of(consultation), "")
        key = key if _KEY.fullmatch(key) else ""
        desk = Desk(consultation, find_access(key, consultation=consultation.pk), key=key)
        return desk.seal(view(request, desk, *args, **kwargs))

    opened.at_desk = view  # type: ignore[attr-defined]  # for the preview
    return csrf_exempt(opened)


def refuse_other_sites(request: HttpRequest) -> None:
    """PermissionDenied where the browser says that another site sent the form."""
    site = request.headers.get("Sec-Fetch-Site", "")
    origin = request.headers.get("Origin", "")
    foreign = origin not in ("", "null") and urlsplit(origin).netloc != request.get_host()
    if site in ("cross-site", "same-site") or foreign or origin == "null":
        raise PermissionDenied("This form was sent from another site.")
