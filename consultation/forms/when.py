"""When something was saved, as forms say it."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from consultation.closing import LONDON


def when_words(at: datetime) -> str:
    """ "14:32" today, "14:32 on 3 March" on another day, in London."""
    local = at.astimezone(LONDON)
    clock = f"{local:%H:%M}"
    today = timezone.now().astimezone(LONDON).date()
    return clock if local.date() == today else f"{clock} on {local.day} {local:%B}"
