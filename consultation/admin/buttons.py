"""Where the pages about a consultation are offered: in the explorer and above its editor."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from wagtail.admin.widgets.button import Button
from wagtail.models import Page

from consultation.models import ConsultationPage


def page_buttons(page: Page, user: Any, *_: Any, **__: Any) -> Iterator[Button]:
    """What can be done with a consultation beside editing it."""
    specific = page.specific
    if not isinstance(specific, ConsultationPage) or not specific.pk:
        return
    may = specific.permissions_for_user(user)
    if may.can_edit():
        listed = reverse("consultation_questions", args=[page.pk])
        yield Button("Questions", listed, icon_name="list-ol", priority=0)
        shown = reverse("consultation_preview", args=[page.pk])
        yield Button("Preview as a respondent", shown, icon_name="view", priority=2)
    if may.can_ask():
        proposed = reverse("consultation_from_text", args=[page.pk])
        yield Button("Questions from the text", proposed, icon_name="openquote", priority=1)
    if may.can_extend():
        address = reverse("consultation_extend", args=[page.pk])
        yield Button("Extend", address, icon_name="time", priority=3)
