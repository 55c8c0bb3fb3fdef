"""What a mirror follows: the feed of what was published, and everything in force as one stream."""

from __future__ import annotations

from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as NotBase64
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from django.db.models import Q
from django.http import HttpRequest, HttpResponseBase
from ninja import Field, Query, Router, Schema

from guidance.api.addresses import absolute, document_api
from guidance.api.asked import ledger_state
from guidance.api.kept import answered, streamed
from guidance.api.lists import JSON, json_bytes, with_query
from guidance.api.objects import Json, document_ref, edition_ref
from guidance.api.paragraph_rows import listed, rows_of
from guidance.api.parameters import LARGEST_PAGE, AsAt, Whole
from guidance.api.problems import Fault, refused
from guidance.api.statute_schemas import ChangeFeed, ExportedParagraph
from guidance.models import Edition, Entry, Withdrawal
from guidance.rendering.addresses import document_path
from guidance.views.ledger import DocumentFacts, EditionFacts

router = Router(tags=["Mirrors"], by_alias=True)
export = Router(tags=["Mirrors"], by_alias=True)

LINES = "application/jsonl; charset=utf-8"
CHUNK = 200

_EDITION = (
    "document__slug", "document_id", "document__title", "pk", "slug", "title", "stage",
    "published", "in_force_from", "digest", "issued_at",
)  # fmt: skip
_WITHDRAWAL = (
    "document__slug", "document_id", "document__title", "pk", "withdrawn_from", "reason", "made_at",
)  # fmt: skip


class Since(Schema):
    since: str | None = Field(
        None,
        max_length=40,
        description="After this instant (ISO 8601; without a zone it is UTC).",
        examples=["2026-01-31T12:00:00Z"],
    )
    cursor: str | None = Field(
        None, max_length=200, description="Where a page ended, from `next` or `resume`."
    )
    page_size: Whole = Field(20, ge=1, le=LARGEST_PAGE, description="Results on a page.")


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A place in the feed: after the event of this instant, kind and key."""

    at: datetime
    kind: str = "z"
    key: int = 0

    @property
    def cursor(self) -> str:
        words = f"{self.at.isoformat()} {self.kind} {self.key}"
        return urlsafe_b64encode(words.encode()).decode().rstrip("=")

    @classmethod
    def of(cls, cursor: str) -> Place:
        """ValueError where it is no cursor of ours."""
        padded = cursor + "=" * (-len(cursor) % 4)
        at, kind, key = urlsafe_b64decode(padded.encode("ascii")).decode("ascii").split(" ")
        found = datetime.fromisoformat(at)
        if found.tzinfo is None or kind not in _KINDS or not key.isdecimal() or len(key) > 18:
            raise ValueError(cursor)
        return cls(found, kind, int(key))


_KINDS = ("edition", "withdrawal", "z")
_BEGINNING = Place(datetime(1, 1, 2, tzinfo=UTC), "edition")


@router.get("/", response=ChangeFeed, operation_id="changes", summary="What was published")
def changes(request: HttpRequest, asked: Query[Since]) -> HttpResponseBase:
    """Every edition and withdrawal in the order in which they were published here, oldest first."""
    after = _place(asked)

    def make() -> bytes:
        editions = Edition.objects.filter(_after(after, "issued_at", "edition"))
        withdrawals = Withdrawal.objects.filter(_after(after, "made_at", "withdrawal"))
        some = asked.page_size
        events = [*map(_issued, editions.order_by("issued_at", "pk").values_list(*_EDITION)[:some])]
        events += map(
            _withdrawn, withdrawals.order_by("made_at", "pk").values_list(*_WITHDRAWAL)[:some]
        )
        events = sorted(events, key=lambda event: event[0])[:some]
        count = editions.count() + withdrawals.count()
        last = events[-1][0] if events else after
        resume = with_query(request, {"cursor": last.cursor})
        return json_bytes(
            {
                "count": count,
                "next": resume if count > len(events) else None,
                "previous": None,
                "resume": resume,
                "results": [event for _, event in events],
            }
        )

    return answered(request, ledger_state(today=False), make, JSON)


@export.get(
    "/paragraphs.jsonl",
    response=ExportedParagraph,
    operation_id="export_paragraphs",
    summary="Everything in force, as JSON lines",
    openapi_extra={
        "responses": {
            200: {
                "content": {
                    "application/jsonl": {
                        "schema": {"$ref": "#/components/schemas/ExportedParagraph"}
                    }
                }
            },
        }
    },
)
def export_paragraphs(request: HttpRequest, asked: Query[AsAt]) -> HttpResponseBase:
    """Every paragraph of every edition in force on a date, one JSON object on a line, streamed."""
    state = ledger_state(today=asked.as_at is None)
    return streamed(request, state, lambda: _lines(asked.day, asked.instant), LINES)


def _lines(day: date, known_on: datetime | None) -> Iterator[bytes]:
    editions = Edition.objects.in_force_on(day, known_on).order_by("document__slug", "pk")
    for pk, document, slug, digest in editions.values_list(
        "pk", "document__slug", "slug", "digest"
    ):
        rows = rows_of(Entry.objects.filter(edition=pk))
        start = 0
        while some := list(rows[start : start + CHUNK]):
            start += CHUNK
            of = {"document": document, "edition": slug, "edition_digest": digest}
            found = listed(some, document, slug)
            yield b"".join(json_bytes({**row, **of}) + b"\n" for row in found)


def _place(asked: Since) -> Place:
    """Where the page begins; a cursor says more exactly than an instant."""
    if asked.cursor is not None:
        try:
            return Place.of(asked.cursor)
        except (ValueError, NotBase64, OverflowError):
            detail = "That is not a cursor of this feed. Take the address in next or resume."
            raise refused([Fault("cursor", detail)]) from None
    if asked.since is None:
        return _BEGINNING
    try:
        at = datetime.fromisoformat(asked.since)
        at = at if at.tzinfo else at.replace(tzinfo=UTC)
        return Place(max(at.astimezone(UTC), _BEGINNING.at))
    except (ValueError, OverflowError):
        detail = "Write since as a date or a time, like 2026-01-31 or 2026-01-31T12:00:00Z."
        raise refused([Fault("since", detail)]) from None


def _after(place: Place, field: str, kind: str) -> Q:
    """Events of a kind that come after a place, in the order (instant, kind, key)."""
    later, same = Q(**{f"{field}__gt": place.at}), Q(**{field: place.at})
    if kind < place.kind:
        return later
    return later | (same & Q(pk__gt=place.key) if kind == place.kind else same)


def _issued(row: Any) -> tuple[Place, Json]:
    slug, document, title, *columns = row
    facts = EditionFacts(*columns)
    edition = edition_ref(slug, facts)
    event = {
        "kind": "edition",
        "at": facts.issued_at,
        "document": document_ref(DocumentFacts(slug, document, title, ())),
        "edition": edition,
        "withdrawn_from": None,
        "reason": "",
        "url": edition["url"],
        "api_url": edition["api_url"],
    }
    return Place(facts.issued_at, "edition", facts.pk), event


def _withdrawn(row: Any) -> tuple[Place, Json]:
    slug, document, title, pk, withdrawn_from, reason, made_at = row
    event = {
        "kind": "withdrawal",
        "at": made_at,
        "document": document_ref(DocumentFacts(slug, document, title, ())),
        "edition": None,
        "withdrawn_from": withdrawn_from,
        "reason": reason,
        "url": absolute(document_path(slug)),
        "api_url": document_api(slug),
    }
    return Place(made_at, "withdrawal", pk), event
