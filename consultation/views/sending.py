"""Gives out a file that came with a response: always as a download, never shown in place."""

from __future__ import annotations

from django.http import FileResponse, HttpResponse, HttpResponseBase
from django.template.loader import render_to_string

from consultation.models import Attachment, Scan

HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "sandbox; default-src 'none'",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "private, no-store",
    "X-Robots-Tag": "noindex",
}


def send_file(attachment: Attachment) -> HttpResponseBase:
    """The file, for whoever the caller has found may have it; 409 with a page that says why where it
    may not be opened, 404 where its bytes are gone."""
    if not attachment.openable:
        return _kept_back(attachment, 409)
    try:
        file = attachment.file.open("rb")
    except FileNotFoundError:
        return _kept_back(attachment, 404)
    sent = FileResponse(
        file, as_attachment=True, filename=attachment.name, content_type=attachment.media_type
    )
    for name, value in HEADERS.items():
        sent.headers[name] = value
    return sent


def _kept_back(attachment: Attachment, status: int) -> HttpResponse:
    page = render_to_string(
        "consultation/file_kept_back.html",
        {"file": attachment, "gone": status == 404, "waiting": attachment.scan == Scan.WAITING},
    )
    return HttpResponse(page, status=status, headers={"Cache-Control": "private, no-store"})
