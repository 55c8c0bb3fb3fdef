"""The dates of a consultation as a calendar file (iCalendar, RFC 5545).

An extension changes the event that a calendar already has: the same UID with a higher SEQUENCE.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone
from django.views.decorators.http import require_safe
from icalendar import Alarm, Calendar, Event

from consultation.closing import MINUTE, in_words
from consultation.models import ConsultationPage
from consultation.views.desk import find_consultation
from consultation.views.public import public_answer

ICALENDAR = "text/calendar; charset=utf-8"
REMIND = timedelta(days=7)


@require_safe
def calendar(request: HttpRequest, slug: str) -> HttpResponseBase:
    found, now = find_consultation(slug), timezone.now()
    sent = public_answer(request, calendar_file(found), now, [found], ICALENDAR)
    sent.headers["Content-Disposition"] = f'attachment; filename="{found.slug}.ics"'
    return sent


def calendar_file(found: ConsultationPage) -> bytes:
    """Its opening and the minute in which it closes; the same bytes until something changes."""
    assert found.opens is not None
    assert found.closes is not None
    extensions = list(found.extensions.values_list("made_at", flat=True))
    stamp = max([found.last_published_at or found.opens, *extensions]).astimezone(UTC)
    made = Calendar()
    made.add("prodid", "-//Statutory guidance//Consultation//EN")
    made.add("version", "2.0")
    made.add("method", "PUBLISH")
    made.add("x-wr-calname", found.title)
    made.add_component(_event(found, "opens", found.opens, stamp, 0))
    closing = _event(found, "closes", found.closes, stamp, len(extensions))
    closing.add("dtend", (found.closes + MINUTE).astimezone(UTC))
    closing.add("description", f"Responses are taken until {in_words(found.closes)}.")
    closing.add_component(_reminder(found))
    made.add_component(closing)
    return bytes(made.to_ical())


def _event(
    found: ConsultationPage, what: str, at: datetime, stamp: datetime, sequence: int
) -> Event:
    event = Event()
    host = urlsplit(settings.WAGTAILADMIN_BASE_URL).hostname or "localhost"
    event.add("uid", f"consultation-{found.pk}-{what}@{host}")
    event.add("sequence", sequence)
    event.add("dtstamp", stamp)
    event.add("summary", f"Consultation {what}: {found.title}")
    event.add("dtstart", at.astimezone(UTC))
    event.add("transp", "TRANSPARENT")
    event.add("url", f"{settings.WAGTAILADMIN_BASE_URL}{found.address}")
    return event


def _reminder(found: ConsultationPage) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", f"Consultation closes in a week: {found.title}")
    alarm.add("trigger", -REMIND)
    return alarm
