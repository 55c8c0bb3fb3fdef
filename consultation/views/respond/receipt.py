"""The copy of what was sent, as PDF, for the device that holds the key."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from consultation.actions.receipts import receipt_name, receipt_pdf
from consultation.models import State
from consultation.views.desk import Desk, at_desk
from consultation.views.respond.pages import respond_page
from guidance.rendering.typeset import NotTypeset


@at_desk
@require_safe
def receipt(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Of what was sent; while it is being changed, of what still stands. 404 where nothing was."""
    response = desk.response
    sent = response.amends if response and response.state == State.DRAFT else response
    if sent is None:
        raise Http404("Nothing was sent from this device.")
    try:
        drawn = receipt_pdf(sent)
    except NotTypeset:
        return respond_page(request, desk, "receipt_not_drawn", {"sent": sent}, status=503)
    return HttpResponse(
        drawn,
        content_type="application/pdf",
        headers={
            "Content-Disposition": f'attachment; filename="{receipt_name(sent)}"',
            "Cache-Control": "private, no-store",
            "X-Content-Type-Options": "nosniff",
            "Content-Security-Policy": "sandbox; default-src 'none'",
        },
    )
