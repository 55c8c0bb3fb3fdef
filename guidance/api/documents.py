"""The documents: /guidance/ and /guidance/{slug}/."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from django.db.models import Count, Exists, OuterRef
from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone
from ninja import Query, Router

from guidance.api.addresses import absolute, document_api
from guidance.api.asked import document_of, state_of
from guidance.api.kept import State, answered
from guidance.api.lists import JSON, envelope, json_bytes, window
from guidance.api.objects import Json, document_ref, edition_ref, edition_summary
from guidance.api.parameters import KnownOn, Paged
from guidance.api.schemas import Document, DocumentSummary, Listing
from guidance.models import Edition, Entry, GuidancePage, Kind, Status, Withdrawal
from guidance.rendering.addresses import document_path
from guidance.standing import in_force_on, shown_on
from guidance.views.ledger import EditionFacts

router = Router(tags=["Guidance"], by_alias=True)

_EDITION = (
    "document_id", "pk", "slug", "title", "stage", "published", "in_force_from", "digest",
    "issued_at", "withdrawn_from",
)  # fmt: skip
_ABOUT = ("pk", "slug", "title", "summary", "publisher", "extent")

About = tuple[int, str, str, str, str, str]


@router.get("/", response=Listing[DocumentSummary], operation_id="documents", summary="Documents")
def documents(request: HttpRequest, paged: Query[Paged]) -> HttpResponseBase:
    """Every document that has a published edition, by title, with the edition that it shows."""
    issued = Edition.objects.filter(document=OuterRef("pk"))
    rows = GuidancePage.objects.filter(Exists(issued)).order_by("title", "pk").values_list(*_ABOUT)
    count = rows.count()
    found: list[About] = list(rows[window(paged)])
    editions = _editions(row[0] for row in found)
    return answered(
        request,
        _state(count, found, editions),
        lambda: json_bytes(envelope(request, paged, count, _summaries(found, editions))),
        JSON,
    )


@router.get("/{slug}/", response=Document, operation_id="document", summary="One document")
def document(request: HttpRequest, slug: str, known: Query[KnownOn]) -> HttpResponseBase:
    """A document with its published editions, newest first, and the one in force today."""
    facts = document_of(slug, known.instant)

    def make() -> bytes:
        day = timezone.localdate()
        current = in_force_on(facts.editions, day)
        about = GuidancePage.objects.values_list("summary", "publisher", "extent").get(pk=facts.pk)
        return json_bytes(
            {
                **document_ref(facts),
                **dict(zip(("summary", "publisher", "extent"), about, strict=True)),
                "in_force": edition_ref(slug, current)
                if isinstance(current, EditionFacts)
                else None,
                "editions": [edition_summary(slug, e, facts.editions, day) for e in facts.editions],
            }
        )

    return answered(request, state_of(facts, today=True), make, JSON)


def _editions(documents: Iterable[int]) -> dict[int, list[EditionFacts]]:
    """The issued editions of some documents, newest first, in one query."""
    rows = (
        Edition.objects.filter(document__in=list(documents))
        .annotate(withdrawn_from=Edition.objects.all().withdrawn_from())
        .newest_first()
        .values_list(*_EDITION)
    )
    found: dict[int, list[EditionFacts]] = {}
    for document, *facts in rows:
        found.setdefault(document, []).append(EditionFacts(*facts))
    return found


def _state(count: int, found: Iterable[About], editions: Mapping[int, list[EditionFacts]]) -> State:
    """The newest edition or withdrawal there is says when the list last changed."""
    issued = [(e.pk, e.withdrawn_from) for rows in editions.values() for e in rows]
    modified = [e.issued_at for rows in editions.values() for e in rows]
    modified += Withdrawal.objects.order_by("-made_at").values_list("made_at", flat=True)[:1]
    latest = max(modified, default=timezone.localtime())
    return State((count, list(found), issued), latest)


def _summaries(found: Iterable[About], editions: Mapping[int, list[EditionFacts]]) -> list[Json]:
    day = timezone.localdate()
    shown: dict[int, EditionFacts] = {}
    for document, rows in editions.items():
        edition = shown_on(rows, day)
        assert isinstance(edition, EditionFacts)
        shown[document] = edition
    counts = _counts(edition.pk for edition in shown.values())
    return [_summary(about, editions[about[0]], shown[about[0]], counts, day) for about in found]


def _summary(
    about: About,
    editions: list[EditionFacts],
    shown: EditionFacts,
    counts: Mapping[tuple[int, str], int],
    day: date,
) -> Json:
    _, slug, title, summary, publisher, extent = about
    by_status = {status: counts.get((shown.pk, status), 0) for status in Status.values}
    return {
        "slug": slug,
        "title": title,
        "summary": summary,
        "publisher": publisher,
        "extent": extent,
        "edition": edition_summary(slug, shown, editions, day),
        "counts": {
            "editions": len(editions),
            "paragraphs": sum(by_status.values()),
            **{status.replace("-", "_"): number for status, number in by_status.items()},
        },
        "url": absolute(document_path(slug)),
        "api_url": document_api(slug),
    }


def _counts(editions: Iterable[int]) -> dict[tuple[int, str], int]:
    """Numbered paragraphs by (edition, status), in one query."""
    rows = (
        Entry.objects.filter(edition__in=list(editions), version__kind=Kind.PARAGRAPH)
        .order_by()
        .values_list("edition_id", "version__status")
        .annotate(Count("pk"))
    )
    return {(edition, status): number for edition, status, number in rows}
