"""Pages and feeds of the folder and the timetable, kept until something that they show has changed.

For a second a page is sent unasked, as section pages are; after that only while neither the folder
nor the ledger nor the consultations are others than when it was made, and never on another day.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any
from zlib import crc32

from django.http import HttpRequest, HttpResponseBase
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.http import http_date

from guidance.consultations import MINUTE, Consultation, consultations
from guidance.models import Edition, Withdrawal
from guidance.views.kept import Rows, keep, recall
from guidance.views.responses import Validators, answer
from home.models import FolderMark

HTML = "text/html; charset=utf-8"


def page(template: str, context: Mapping[str, Any]) -> bytes:
    """A page as it is sent; nothing of who asks is in it."""
    return render_to_string(template, dict(context)).encode()


def kept(
    request: HttpRequest, name: tuple[str, ...], make: Callable[[], bytes], media_type: str = HTML
) -> HttpResponseBase:
    """What `make` gives, kept under `name`; 304 where the asker has it. A name takes few values."""
    now = timezone.localtime()
    key = ("folder", *name)
    found = recall(key, now.date())
    if found is None or not found.unasked():
        rows = state()
        if found is None or not found.stands(rows):
            body = make()
            found = keep(key, rows, now.date(), body, _validators(body, rows, now))
    response = answer(request, found.body, found.validators, now)
    if response.status_code == 200:
        response.headers["Content-Type"] = media_type
    return response


def state() -> Rows:
    """What the folder and the timetable depend on, in three queries: their mark, and what the
    ledger and the consultations hold; with how each stands now, for it opens and closes by itself."""
    now = timezone.now()
    marks = FolderMark.objects.values_list("number", "changed")
    issued = Edition.objects.order_by("-issued_at", "-pk").values_list("pk", "issued_at")
    made = Withdrawal.objects.order_by("-made_at", "-pk").values_list("pk", "made_at")
    return [*marks[:1], *issued[:1], *made[:1], *((c, c.words(now)) for c in consultations())]


def changed(rows: Rows, now: datetime) -> datetime:
    """When what they show last changed, as far as is known; midnight, where that is later."""
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
    instants = [value for row in rows for value in row if isinstance(value, datetime)]
    asked = [value for row in rows for value in row if isinstance(value, Consultation)]
    instants += [at for c in asked for at in (c.opens, c.closes + MINUTE) if at <= now]
    return min(now, max([midnight, *instants]))


def _validators(body: bytes, rows: Rows, now: datetime) -> Validators:
    modified = int(changed(rows, now).timestamp())
    return Validators(f'"folder-{crc32(body):08x}-{len(body):x}"', modified, http_date(modified))
