"""Draws the files of an answer with the fields to add, mark and remove them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import template
from django.conf import settings
from django.db.models import prefetch_related_objects

from consultation.file_kinds import ACCEPT, TAKEN
from consultation.models import Question
from consultation.views.desk import Desk

register = template.Library()


@register.inclusion_tag("consultation/parts/files.html")
def response_files(
    desk: Desk, question: Question | None = None, faults: Sequence[Any] = ()
) -> dict[str, Any]:
    """`{% response_files desk question file_faults %}` inside a form of enctype multipart/form-data
    whose POST goes through `views.respond.files.save_files`. Without a question: the files that
    belong to no answer. All files of a response are read in one query, however often it is used."""
    listed: list[Any] = []
    if desk.response is not None:
        prefetch_related_objects([desk.response], "attachments")
        pk = question.pk if question else None
        listed = [
            file
            for file in desk.response.attachments.all()
            if file.question_id == pk and not file.original
        ]
    place = str(question.key) if question else ""
    return {
        "desk": desk,
        "files": listed,
        "place": place,
        "id": f"files-{place or 'other'}",
        "label": f"Add files to {question.label}" if question else "Add other files",
        "faults": [fault for fault in faults if fault.place == place],
        "megabytes": settings.CONSULTATION_FILE_MEGABYTES,
        "taken": TAKEN,
        "accept": ACCEPT,
    }
