"""Tells the rest of the site which consultations there are (`guidance.consultations`)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from wagtail.signals import page_published, page_unpublished

from consultation.models import ConsultationPage
from guidance.consultations import Consultation, register_source
from guidance.signals import ledger_changed


def connect() -> None:
    """Once, when the app is ready."""
    register_source("consultation", published)
    for signal in (page_published, page_unpublished):
        signal.connect(
            _changed, sender=ConsultationPage, dispatch_uid=f"consultation.known.{id(signal)}"
        )


def published() -> Iterable[Consultation]:
    """Every consultation that the public may know of; in one query."""
    rows = ConsultationPage.objects.published().order_by("closes", "pk")
    found = rows.values_list(
        "edition__document__slug", "edition__slug", "title", "slug", "opens", "closes"
    )
    for document, edition, title, slug, opens, closes in found:
        address = f"/consultations/{slug}/"
        yield Consultation(document, title, address, opens, closes, edition)


def _changed(**_: Any) -> None:
    ledger_changed.send(ConsultationPage, document="")
