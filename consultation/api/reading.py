"""Consultations and their questions: /consultations/, …/{slug}/ and …/{slug}/questions/."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.contrib.contenttypes.models import ContentType
from django.db.models import Max, Min, Q
from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone
from ninja import Query, Router
from pydantic import Field
from wagtail.models import PageLogEntry

from consultation.actions.anchors import anchors_of
from consultation.api.objects import Json, asked_question, summary, whole
from consultation.api.schemas import AskedQuestion, Consultation, ConsultationSummary, PhaseName
from consultation.closing import MINUTE, Phase
from consultation.models import ConsultationPage, Question
from consultation.querysets import ConsultationQuerySet
from guidance.api.kept import State, answered
from guidance.api.lists import JSON, envelope, json_bytes, window
from guidance.api.parameters import Paged, Slug
from guidance.api.problems import not_found
from guidance.api.schemas import Listing

router = Router(tags=["Consultations"], by_alias=True)


class Wanted(Paged):
    phase: PhaseName | None = Field(None, description="Where they are now. Default: any.")
    document: Slug | None = Field(None, description="On editions of the document with this slug.")


@router.get(
    "/",
    response=Listing[ConsultationSummary],
    operation_id="consultations",
    summary="Consultations",
)
def consultations(request: HttpRequest, wanted: Query[Wanted]) -> HttpResponseBase:
    """Every consultation, the one that opened or opens last first."""
    now = timezone.now()
    rows = _wanted(wanted, now).select_related("edition__document").order_by("-opens", "-pk")
    results = [summary(page, now) for page in rows[window(wanted)]]
    content = envelope(request, wanted, rows.count(), results)
    return _answered(request, content, _changed(_log(), now), _next_instant(now))


@router.get(
    "/{slug}/", response=Consultation, operation_id="consultation", summary="One consultation"
)
def consultation(request: HttpRequest, slug: str) -> HttpResponseBase:
    """All that its page says: what it is about, until when, how to respond, what it promises."""
    now = timezone.now()
    page = find(slug)
    content = whole(page, now)
    made = [row["made_at"] for row in content["extensions"]]
    return _answered(
        request, content, _changed([*_log(page), *_own(page), *made], now), _next_of(page, now)
    )


@router.get(
    "/{slug}/questions/",
    response=Listing[AskedQuestion],
    operation_id="questions",
    summary="Its questions",
)
def questions(request: HttpRequest, slug: str, paged: Query[Paged]) -> HttpResponseBase:
    """The questions that are asked now, in order, with the paragraphs that they ask about."""
    page = find(slug)
    rows = page.questions.asked().order_by("position", "pk")
    found = list(rows.prefetch_related("paragraphs")[window(paged)])
    about = {row.paragraph_id for question in found for row in question.paragraphs.all()}
    references = {
        identity: anchor.reference
        for identity, anchor in anchors_of(page.edition_id or 0, about).items()
    }
    results = [asked_question(question, page, references) for question in found]
    content = envelope(request, paged, rows.count(), results)
    worded = Question.objects.filter(consultation=page.pk).aggregate(
        made=Max("wordings__made_at"), retired=Max("retired_at")
    )
    changed = _changed([*_log(page), *_own(page), *worded.values()], timezone.now())
    return _answered(request, content, changed, None)


def find(slug: str) -> ConsultationPage:
    """A consultation that the public may know of, with its edition and document, or a problem."""
    rows = ConsultationPage.objects.published().select_related("edition__document")
    found: ConsultationPage | None = rows.filter(slug=slug).first() if len(slug) <= 255 else None
    if found is None:
        raise not_found("There is no such consultation. /api/v1/consultations/ lists them.")
    return found


def _wanted(wanted: Wanted, now: datetime) -> ConsultationQuerySet:
    rows: ConsultationQuerySet = ConsultationPage.objects.published()
    if wanted.phase == Phase.OPEN:
        rows = rows.open_at(now)
    elif wanted.phase == Phase.CLOSED:
        rows = rows.closed_by(now)
    elif wanted.phase == Phase.UPCOMING:
        rows = rows.filter(opens__gt=now)
    if wanted.document is not None:
        rows = rows.filter(edition__document__slug=wanted.document)
    return rows


def _answered(
    request: HttpRequest, content: Json, changed: datetime, until: datetime | None
) -> HttpResponseBase:
    """What is said is little and changes in many ways, so the answer's ETag is made of all of it."""
    body = json_bytes(content)
    state = State((body,), changed, today=False, until=until)
    return answered(request, state, lambda: body, JSON)


def _changed(instants: Iterable[datetime | None], now: datetime) -> datetime:
    """The last of those that have passed; they may be many, and none."""
    return max((at for at in instants if at is not None and at <= now), default=now)


def _own(page: ConsultationPage) -> list[datetime | None]:
    """The instants at which what is said of it changed with itself."""
    return [page.last_published_at, page.latest_revision_created_at, page.opens, page.ends]


def _log(page: ConsultationPage | None = None) -> list[datetime | None]:
    """When something was last done to it, or to any consultation; in one query or two."""
    if page is not None:
        rows = PageLogEntry.objects.filter(page=page.pk)
        return [rows.aggregate(last=Max("timestamp"))["last"]]
    kind = ContentType.objects.get_for_model(ConsultationPage)
    said = PageLogEntry.objects.filter(content_type=kind).aggregate(last=Max("timestamp"))
    own = ConsultationPage.objects.published().aggregate(
        opened=Max("opens", filter=Q(opens__lte=timezone.now())),
        closed=Max("closes", filter=Q(closes__lte=timezone.now() - MINUTE)),
        made=Max("last_published_at"),
    )
    closed = own["closed"] and own["closed"] + MINUTE
    return [said["last"], own["opened"], closed, own["made"]]


def _next_instant(now: datetime) -> datetime | None:
    """When the next consultation opens or closes."""
    found = ConsultationPage.objects.published().aggregate(
        opens=Min("opens", filter=Q(opens__gt=now)),
        closes=Min("closes", filter=Q(closes__gt=now - MINUTE)),
    )
    closes = found["closes"] and found["closes"] + MINUTE
    return min((at for at in (found["opens"], closes) if at), default=None)


def _next_of(page: ConsultationPage, now: datetime) -> datetime | None:
    return min((at for at in (page.opens, page.ends) if at and at > now), default=None)
