"""The questions of a consultation, with the paragraphs that they ask about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone
from django.views.decorators.http import require_safe

from consultation.actions.standing_anchors import Standing, where_now
from consultation.answers import FILE, NUMBER, ONE, SEVERAL, TEXT
from consultation.closing import Phase
from consultation.models import ConsultationPage, Question, QuestionParagraph
from consultation.views.beside import Layout, lay_out, place_id
from consultation.views.desk import find_consultation
from consultation.views.public import INDEX, public_page
from consultation.views.standing import standing


@dataclass(frozen=True, slots=True)
class About:
    """A paragraph that a question asks about, where it is in the draft, and where it stands now."""

    number: str
    quotation: str
    address: str
    now: Standing


@dataclass(frozen=True, slots=True)
class Shown:
    """A question as the page shows it; `how` says what it is answered with."""

    question: Question
    how: str
    about: Sequence[About]
    printed: str


@require_safe
def questions(request: HttpRequest, slug: str) -> HttpResponseBase:
    """In seven queries at most, however many questions there are."""
    found, now = find_consultation(slug), timezone.now()
    context = {
        "consultation": found,
        "standing": standing(found, now),
        "is_open": found.phase(now) == Phase.OPEN,
        "shown": asked_about(found, list(found.questions.asked().prefetch_related("paragraphs"))),
        "crumbs": [("Consultations", INDEX), (found.title, found.address)],
    }
    return public_page(request, "consultation/questions.html", context, now, [found])


def asked_about(found: ConsultationPage, asked: Sequence[Question]) -> list[Shown]:
    """Each question with its paragraphs and where they stand now; in four queries at most."""
    assert found.edition is not None
    layout = lay_out(found, asked)
    rows = [row for question in asked for row in question.paragraphs.all()]
    now = dict(zip((row.pk for row in rows), where_now(rows, edition=found.edition), strict=True))
    return [_shown(found, question, layout, now) for question in asked]


def _shown(
    found: ConsultationPage, question: Question, layout: Layout, now: dict[int, Standing]
) -> Shown:
    places = {place.block: place for place in layout.about.get(question.pk, ())}

    def about(row: QuestionParagraph) -> About:
        place = places.get(row.paragraph_id)
        address = f"{found.address}draft/{place.section}/#{place.reference}" if place else ""
        return About(row.number, row.quotation, address, now[row.pk])

    home = layout.home.get(question.pk)
    printed = f"{found.address}draft/{home.section}/#{place_id(question)}" if home else ""
    return Shown(
        question, how(question), [about(row) for row in question.paragraphs.all()], printed
    )


def how(question: Question) -> str:
    """What it is answered with, in a few words."""
    wording = question.wording
    assert wording is not None
    guide = f", about {wording.word_guide} words" if wording.word_guide else ""
    if wording.kind == TEXT:
        said = f"Answered in your own words{guide}"
    elif wording.kind == FILE:
        said = "Answered with a file and a comment"
    elif wording.kind == NUMBER:
        unit = f" ({wording.unit})" if wording.unit else ""
        said = f"Answered with a number{unit} and a comment{guide}"
    else:
        choices = "; ".join(words for _, words in wording.asked.choices)
        many = {ONE: "one of", SEVERAL: "any of"}.get(wording.kind, "one of")
        said = f"Answered with {many}: {choices}; and a comment{guide}"
    return f"{said}. Must be answered." if wording.required else f"{said}."
