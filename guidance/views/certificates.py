"""Certificates as they are read: a page, JSON, or PDF. Each is made when it is asked for."""

from __future__ import annotations

import re
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from guidance.actions.certifying import (
    can_certify,
    certify_edition,
    certify_paragraph,
)
from guidance.rendering.certificate_pdf import certificate_pdf
from guidance.rendering.typeset import NotTypeset
from guidance.signing import Certificate
from guidance.views.asking import Question, ask
from guidance.views.certificate_facts import shown
from guidance.views.not_found import (
    edition_not_found,
    no_certificates,
    none_in_force,
    not_certified_ahead,
    paragraph_not_found,
    pdf_not_drawn,
    wrong_format,
)
from guidance.views.paragraph_facts import find_paragraph


@require_safe
def paragraph_certificate(request: HttpRequest, document: str, reference: str) -> HttpResponseBase:
    """Of the words on `?as_at=`, by default today, or in `?edition=`."""
    question = ask(request, document)
    if not isinstance(question, Question):
        return question
    slug = request.GET.get("edition", "")
    issued = question.edition(slug)
    if issued is None and slug:
        return edition_not_found(request, question.document, slug)
    if issued is None:
        return none_in_force(request, question.document, question.dates)
    if find_paragraph(issued.pk, reference) is None:
        return paragraph_not_found(request, question.document, issued, reference, question.dates)
    return _answer(
        request,
        question,
        lambda: certify_paragraph(
            document=document,
            edition=issued.slug,
            reference=reference,
            on=question.dates.day,
            known_on=question.dates.known_on,
        ),
    )


@require_safe
def edition_certificate(request: HttpRequest, document: str, edition: str) -> HttpResponseBase:
    """Of a whole edition: its digest and those of all its paragraphs."""
    question = ask(request, document)
    if not isinstance(question, Question):
        return question
    if question.document.edition(edition) is None:
        return edition_not_found(request, question.document, edition)
    return _answer(
        request,
        question,
        lambda: certify_edition(
            document=document,
            edition=edition,
            on=question.dates.day,
            known_on=question.dates.known_on,
        ),
    )


def _answer(
    request: HttpRequest, question: Question, certify: Callable[[], Certificate]
) -> HttpResponseBase:
    """In the format asked for. No cache keeps it, since it says when it was made."""
    draw = _FORMATS.get(request.GET.get("format", "html"))
    if draw is None:
        return wrong_format(request, question.document)
    if not can_certify():
        return no_certificates(request, question.document)
    if question.dates.day > timezone.localdate():
        return not_certified_ahead(request, question.document, question.dates.day)
    response = draw(request, question, certify())
    response.headers["Cache-Control"] = "no-store"
    return response


def _page(request: HttpRequest, question: Question, certificate: Certificate) -> HttpResponse:
    context = shown(certificate)
    context |= {
        "document": question.document,
        "json": _other_format(request, "json"),
        "pdf": _other_format(request, "pdf"),
    }
    return render(request, "guidance/certificate.html", context)


def _json(request: HttpRequest, question: Question, certificate: Certificate) -> HttpResponse:
    return _file(certificate.as_json(), "application/json", certificate, "json")


def _pdf(request: HttpRequest, question: Question, certificate: Certificate) -> HttpResponse:
    try:
        drawn = certificate_pdf(shown(certificate), certificate.as_json())
    except NotTypeset:
        return pdf_not_drawn(request, question.document, _other_format(request, "json"))
    return _file(drawn, "application/pdf", certificate, "pdf")


_FORMATS: dict[str, Callable[[HttpRequest, Question, Certificate], HttpResponse]] = {
    "html": _page,
    "json": _json,
    "pdf": _pdf,
}


def _file(body: bytes, kind: str, certificate: Certificate, ending: str) -> HttpResponse:
    said = certificate.statement
    about = said["paragraph"]["reference"] if "paragraph" in said else "edition"
    name = f"certificate-{said['document']['slug']}-{about}-{said['on']}.{ending}"
    headers = {"Content-Disposition": f'attachment; filename="{_safe(name)}"'}
    return HttpResponse(body, content_type=kind, headers=headers)


def _safe(name: str) -> str:
    return re.sub(r"[^\w.-]+", "-", name, flags=re.ASCII)


def _other_format(request: HttpRequest, name: str) -> str:
    query = request.GET.copy()
    query["format"] = name
    return f"{request.path}?{query.urlencode()}"
