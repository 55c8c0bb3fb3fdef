"""Atom feeds (RFC 4287): what is new in the folder, in one document, and open consultations."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponseBase
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape
from django.views.decorators.http import require_safe

from guidance.consultations import consultations
from guidance.models import Edition, Stage, Withdrawal
from guidance.rendering.addresses import document_path, edition_path
from guidance.standing import day_words
from guidance.views.ledger import find_document
from guidance.views.listing import issued_documents
from home.folder.addresses import (
    CONSULTATIONS_FEED,
    FEED,
    FOLDER,
    UPDATES,
    document_feed_path,
    item_path,
)
from home.folder.kept import changed, kept, state
from home.models import Making, PlanUpdate

ATOM = "application/atom+xml; charset=utf-8"
LONGEST = 50


@dataclass(frozen=True, slots=True)
class Event:
    """Something to tell: when, what, where; `key` tells it from others of the same address."""

    at: datetime
    title: str
    address: str
    words: str
    key: str


@require_safe
def folder_feed(request: HttpRequest) -> HttpResponseBase:
    """Editions, withdrawals, updates of the plan, and public notes of progress."""
    return kept(
        request, ("feed",), lambda: _feed("The electronic folder", FOLDER, FEED, _folder()), ATOM
    )


@require_safe
def consultations_feed(request: HttpRequest) -> HttpResponseBase:
    """Drafts that are out for consultation."""
    return kept(
        request,
        ("consultations",),
        lambda: _feed("Open consultations", FOLDER, CONSULTATIONS_FEED, _open()),
        ATOM,
    )


@require_safe
def document_feed(request: HttpRequest, document: str) -> HttpResponseBase:
    """Editions and withdrawals of one document."""
    return kept(request, ("feed", document), lambda: _of_document(document), ATOM)


def _of_document(document: str) -> bytes:
    facts = find_document(document)
    if facts is None:
        raise Http404
    own, itself = document_path(document), document_feed_path(document)
    return _feed(facts.title, own, itself, _issued(facts.pk))


def _feed(title: str, address: str, itself: str, events: Iterable[Event]) -> bytes:
    site = settings.WAGTAILADMIN_BASE_URL
    newest = sorted(events, key=lambda event: event.at, reverse=True)[:LONGEST]
    feed = Atom1Feed(
        title=f"{title} – Statutory guidance",
        link=f"{site}{address}",
        description="",
        feed_url=f"{site}{itself}",
        feed_guid=f"{site}{itself}",
        language="en-GB",
        author_name=settings.WAGTAIL_SITE_NAME,
    )
    for event in newest:
        feed.add_item(
            title=event.title,
            link=f"{site}{event.address}",
            description=escape(event.words),  # the generator says that it is HTML
            unique_id=f"{site}{event.address}#{event.key}",
            pubdate=event.at,
            updateddate=event.at,
        )
    if not newest:  # the generator would say that it was changed now, each time another
        feed.latest_post_date = lambda: changed(state(), timezone.localtime())  # type: ignore[method-assign]
    return str(feed.writeString("utf-8")).encode()


def _folder() -> list[Event]:
    return [*_issued(), *_planned(), *_progress()]


def _issued(document: int | None = None) -> list[Event]:
    editions = Edition.objects.order_by("-issued_at").values_list(
        "document__title", "document__slug", "title", "slug", "stage", "in_force_from", "issued_at"
    )
    withdrawals = Withdrawal.objects.order_by("-made_at").values_list(
        "document__title", "document__slug", "withdrawn_from", "reason", "made_at", "pk"
    )
    if document is not None:
        editions = editions.filter(document=document)
        withdrawals = withdrawals.filter(document=document)
    found = []
    for title, of, words, slug, stage, in_force, at in editions[:LONGEST]:
        said = str(Stage(stage).label)
        said += f", in force from {day_words(in_force)}" if in_force else ""
        found.append(Event(at, f"{title}: {words}", edition_path(of, slug), said, "edition"))
    for title, of, since, reason, at, pk in withdrawals[:LONGEST]:
        said = f"Withdrawn from {day_words(since)}. {reason}"
        found.append(Event(at, f"{title}: withdrawn", document_path(of), said, f"withdrawal-{pk}"))
    return found


def _planned() -> list[Event]:
    rows = PlanUpdate.objects.order_by("-made_at").values_list(
        "pk", "title", "published", "made_at"
    )
    return [
        Event(at, title, UPDATES, f"The plan of {day_words(published)}", f"update-{pk}")
        for pk, title, published, at in rows[:LONGEST]
    ]


def _progress() -> list[Event]:
    """A note counts from the start of its day; one without a day is not news."""
    rows = Making.objects.filter(public=True, on__isnull=False).select_related("item")
    return [
        Event(
            timezone.make_aware(datetime.combine(row.on, time())),
            f"{row.item.title}: {row}",
            item_path(row.item.slug),
            row.text,
            f"note-{row.pk}",
        )
        for row in rows.order_by("-on")[:LONGEST]
        if row.on
    ]


def _open() -> list[Event]:
    """Consultations that are open; and drafts that nothing was published after, on which none is
    known."""
    now = timezone.localtime()
    known = consultations()
    found = [
        Event(
            c.opens,
            c.title,
            c.address,
            f"Open until {c.until}",
            "consultation",
        )
        for c in known
        if c.is_open(now)
    ]
    asked = {consultation.document for consultation in known}
    for facts, summary in issued_documents():
        newest = max(facts.editions, key=lambda e: (e.published, e.issued_at))
        if newest.stage == Stage.CONSULTATION and facts.slug not in asked:
            address = edition_path(facts.slug, newest.slug)
            title = f"{facts.title}: {newest.title}"
            found.append(Event(newest.issued_at, title, address, summary, "draft"))
    return found
