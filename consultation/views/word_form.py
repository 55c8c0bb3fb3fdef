"""The form of a consultation as a Word document."""

from __future__ import annotations

from hashlib import sha256

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from consultation.actions.word_form import word_form as form_of
from consultation.file_kinds import DOCX
from consultation.views.desk import find_consultation

FOR_A_WHILE = "public, max-age=300"


@require_safe
def word_form(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Made when it is asked for and the same bytes each time, so that who has it is told so."""
    consultation = find_consultation(slug)
    data = form_of(consultation)
    etag = f'"{sha256(data).hexdigest()[:32]}"'
    name = f"{consultation.slug}-response-form.docx"
    sent = get_conditional_response(request, etag=etag) or HttpResponse(
        data,
        content_type=DOCX.media_type,
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
    sent.headers["ETag"] = etag
    sent.headers["Cache-Control"] = FOR_A_WHILE
    sent.headers["X-Content-Type-Options"] = "nosniff"
    return sent
