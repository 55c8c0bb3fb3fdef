"""The page under which consultations stand, which every site has."""

from __future__ import annotations

from typing import Any

from wagtail.models import Page

from accounts.roles import ensure_roles
from consultation.models import ConsultationIndexPage


def ensure_consultations(**_: Any) -> ConsultationIndexPage:
    """Makes the index under the home page where it is missing, and gives the roles their rights on
    it. Runs after every `migrate`, when the home page is there."""
    index = ConsultationIndexPage.objects.first()
    if index is None:
        home = Page.objects.get(
            content_type__app_label="home", content_type__model="homepage", depth=2
        )
        index = ConsultationIndexPage(title="Consultations", slug="consultations")
        home.add_child(instance=index)
    ensure_roles()
    return index
