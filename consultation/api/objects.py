"""What the API says of consultations and their questions, as plain values for JSON."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from django.conf import settings
from wagtail.rich_text import expand_db_html

from consultation.answers import LONGEST
from consultation.closing import LONDON, Phase, in_words
from consultation.models import (
    ConsultationPage,
    Criterion,
    Department,
    Question,
    QuestionParagraph,
)
from guidance.api.addresses import API, absolute
from guidance.api.objects import Json, Place, document_ref, edition_ref
from guidance.models import Edition
from guidance.views.ledger import DocumentFacts, EditionFacts

COLLECTION = f"{API}consultations/"


def consultation_api(slug: str, part: str = "") -> str:
    return absolute(f"{COLLECTION}{slug}/{part}")


def summary(page: ConsultationPage, now: datetime) -> Json:
    """A consultation in a list; its edition and document are loaded."""
    assert page.edition is not None
    assert page.opens is not None
    assert page.closes is not None
    document = page.edition.document
    return {
        "slug": page.slug,
        "title": page.title,
        "summary": page.summary,
        "phase": str(page.phase(now)),
        "opens": page.opens.astimezone(LONDON),
        "closes": page.closes.astimezone(LONDON),
        "closes_in_words": in_words(page.closes),
        "ends": page.ends.astimezone(LONDON),
        "document": document_ref(DocumentFacts(document.slug, document.pk, document.title, ())),
        "edition": edition_ref(document.slug, _facts(page.edition)),
        "url": absolute(page.address),
        "api_url": consultation_api(page.slug),
    }


def whole(page: ConsultationPage, now: datetime) -> Json:
    """All that its page says; in five queries, and one more for each linked page or document."""
    required = list(page.questions.asked().values_list("wording__required", flat=True))
    return {
        **summary(page, now),
        "about": expand_db_html(page.about),
        "audience": expand_db_html(page.audience),
        "ways_to_respond": expand_db_html(page.ways_to_respond),
        "ways": _ways(page) if page.phase(now) == Phase.OPEN else [],
        "contact": {
            "coordinator": page.coordinator,
            "email": page.contact_email,
            "phone": page.contact_phone,
            "postal_address": page.postal_address,
        },
        "related_documents": [
            {"title": r.title, "url": absolute(r.document.url) if r.document else r.link}
            for r in page.related_documents.select_related("document")
        ],
        "impact_assessment": expand_db_html(page.impact_assessment),
        "privacy_notice": expand_db_html(page.privacy_notice),
        "alternative_formats": expand_db_html(page.alternative_formats),
        "criteria": [
            {
                "criterion": row.criterion,
                "words": Criterion(row.criterion).label,
                "met": row.met,
                "evidence": row.evidence,
            }
            for row in page.criteria.all()
        ],
        "weeks": round(page.weeks, 2),
        "minimum_weeks": _minimum_weeks(page),
        "shorter_reason": page.shorter_reason,
        "extensions": [
            {
                "closed_before": row.closed_before.astimezone(LONDON),
                "closes": row.closes.astimezone(LONDON),
                "reason": row.reason,
                "made_at": row.made_at.astimezone(LONDON),
            }
            for row in page.extensions.all()
        ],
        "retention_months": page.retention_months,
        "counts": {"questions": len(required), "required": sum(required)},
        "questions_url": consultation_api(page.slug, "questions/"),
        "responses_url": consultation_api(page.slug, "responses/"),
    }


def asked_question(
    question: Question, page: ConsultationPage, references: Mapping[UUID, str]
) -> Json:
    """A question as it is asked now; its wording and paragraphs are loaded, and `references` are the
    addresses of those paragraphs in the edition."""
    wording = question.wording
    assert wording is not None
    asked = wording.asked
    return {
        "key": question.key,
        "number": wording.number,
        "label": question.label,
        "text": wording.text,
        "help": wording.help,
        "kind": wording.kind,
        "options": [{"key": key, "words": words} for key, words in asked.choices],
        "required": wording.required,
        "word_guide": wording.word_guide,
        "longest": LONGEST,
        "smallest": _number(asked.smallest),
        "largest": _number(asked.largest),
        "unit": wording.unit,
        "paragraphs": list(_paragraphs(question.paragraphs.all(), page, references)),
        "url": absolute(f"{page.address}questions/"),
        "api_url": consultation_api(page.slug, "questions/"),
    }


def _paragraphs(
    rows: Iterable[QuestionParagraph], page: ConsultationPage, references: Mapping[UUID, str]
) -> Iterable[Json]:
    assert page.edition is not None
    place = Place.of(page.document_slug, page.edition.slug)
    for row in rows:
        at = f"{references.get(row.paragraph_id, '')}{place.pin}"
        yield {
            "id": row.paragraph_id,
            "number": row.number,
            "quotation": row.quotation,
            "url": f"{place.page}{at}",
            "api_url": f"{place.api}{at}",
        }


def _ways(page: ConsultationPage) -> list[Json]:
    ways: list[Json] = [
        {"kind": "online", "url": absolute(f"{page.address}respond/"), "address": ""},
        {"kind": "api", "url": consultation_api(page.slug, "responses/"), "address": ""},
        {"kind": "word", "url": absolute(f"{page.address}form.docx"), "address": ""},
    ]
    for kind, address in (("email", page.contact_email), ("post", page.postal_address)):
        if address:
            ways.append({"kind": kind, "url": None, "address": address})
    return ways


def _minimum_weeks(page: ConsultationPage) -> int:
    """What the department that publishes the document asks for, or else the site."""
    assert page.edition is not None
    rows = Department.objects.filter(name=page.edition.document.publisher)
    found = rows.values_list("minimum_weeks", flat=True).first()
    return settings.CONSULTATION_MINIMUM_WEEKS if found is None else found


def _facts(edition: Edition) -> EditionFacts:
    return EditionFacts(
        edition.pk, edition.slug, edition.title, edition.stage, edition.published,
        edition.in_force_from, edition.digest, edition.issued_at,
    )  # fmt: skip


def _number(number: Decimal | None) -> str | None:
    return None if number is None else format(number, "f")
