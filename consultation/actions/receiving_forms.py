"""Takes in the Word form of a consultation that came back, and tells it from any other file."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from consultation.actions.places import Places
from consultation.actions.reading_word import FilledForm, NotAForm, read_word
from consultation.actions.taking_in import Came, TakenIn, take_in
from consultation.models import Channel, ConsultationPage
from consultation.parting import Part, Sort, part_text

ZIP = b"PK\x03\x04"


def filled_form(consultation: ConsultationPage, came: Came) -> FilledForm | None:
    """What the form says; None where the file is no form of this consultation."""
    if not came.content.startswith(ZIP):
        return None
    try:
        return read_word(consultation, came.content)
    except NotAForm:
        return None


def rest_of(form: FilledForm, places: Places) -> list[Part]:
    """The words of a form that have no place, and what could not be taken from it."""
    words = [part for text in form.rest if text.strip() for part in part_text(text, places.known)]
    return [*words, *(Part(fault, Sort.NOTE) for fault in form.faults)]


def take_in_form(
    *,
    user: Any,
    consultation: ConsultationPage,
    form: FilledForm,
    original: Came,
    received_at: datetime,
    postmarked_on: date | None = None,
) -> TakenIn:
    """Keep a filled form as a response; once. Raises NotTaken and PermissionDenied."""
    return take_in(
        user=user,
        consultation=consultation,
        channel=Channel.WORD,
        received_at=received_at,
        postmarked_on=postmarked_on,
        about=form.about,
        use=form.use,
        answers=form.answers,
        comments=form.comments,
        pieces=rest_of(form, Places.of(consultation)),
        originals=[original],
    )
