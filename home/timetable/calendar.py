"""The calendar to subscribe to (iCalendar, RFC 5545): milestones, and closings of consultations.

A date that names one day is an event of that day; one that leaves days open is an event over all of
them, with its own words, and takes nobody's time (TRANSP:TRANSPARENT).
"""

from __future__ import annotations

from datetime import UTC, timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.utils import timezone
from icalendar import Calendar, Event

from guidance.consultations import Consultation, consultations
from home.folder.addresses import milestone_path
from home.folder.kept import changed, state
from home.timetable.reading import Point, points


def calendar() -> bytes:
    """Every milestone and every closing, as a file."""
    found = Calendar()
    found.add("prodid", "-//Statutory guidance//Timetable//EN")
    found.add("version", "2.0")
    found.add("method", "PUBLISH")
    found.add("name", "Statutory guidance: timetable")
    found.add("x-wr-calname", "Statutory guidance: timetable")
    found.add("refresh-interval", timedelta(hours=12), parameters={"VALUE": "DURATION"})
    stamp = changed(state(), timezone.localtime()).astimezone(UTC)
    for point in points():
        if point.state != "dropped":
            found.add_component(_milestone(point, stamp))
    for consultation in consultations():
        found.add_component(_closing(consultation, stamp))
    return bytes(found.to_ical())


def _milestone(point: Point, stamp: object) -> Event:
    event = Event()
    event.add("uid", f"milestone-{point.pk}@{_host()}")
    event.add("dtstamp", stamp)
    event.add("summary", point.title)
    event.add("dtstart", point.when.earliest)
    event.add("dtend", point.when.latest + timedelta(days=1))
    event.add("transp", "TRANSPARENT")
    event.add("categories", [point.workstream])
    promised = (
        f"{point.when.words} ({point.series.words})" if point.series.words else point.when.words
    )
    said = [promised, point.standing, point.strand]
    event.add("description", ". ".join(filter(None, said)))
    event.add("url", f"{settings.WAGTAILADMIN_BASE_URL}{milestone_path(point.pk)}")
    return event


def _closing(consultation: Consultation, stamp: object) -> Event:
    event = Event()
    event.add("uid", f"closing{consultation.address.replace('/', '-')}@{_host()}")
    event.add("dtstamp", stamp)
    event.add("summary", f"Consultation closes: {consultation.title}")
    event.add("dtstart", consultation.closes.astimezone(UTC))
    event.add("description", f"Responses are taken until {consultation.until}.")
    event.add("url", f"{settings.WAGTAILADMIN_BASE_URL}{consultation.address}")
    return event


def _host() -> str:
    return urlsplit(settings.WAGTAILADMIN_BASE_URL).hostname or "localhost"
