"""Tells the rest of the site which consultations there are (`guidance.consultations`).

The list is kept in the process for `READING_UNASKED_SECONDS`, since many pages ask for it, and is
forgotten as soon as anything of it changes in this process.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from copy import copy
from dataclasses import dataclass
from time import monotonic
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.db.models.signals import post_delete, post_save
from wagtail.signals import page_published, page_unpublished

from consultation.models import (
    ConsultationPage,
    Extension,
    Question,
    QuestionParagraph,
    QuestionWording,
)
from guidance.consultations import (
    AskedQuestion,
    Asking,
    Consultation,
    register_questions,
    register_source,
)
from guidance.signals import ledger_changed
from guidance.views import kept

_COLUMNS = ("edition__document__slug", "title", "slug", "opens", "closes", "edition__slug")


@dataclass(frozen=True, slots=True)
class _Read:
    at: float
    found: Sequence[Consultation]


_read: list[_Read] = []
"""At most one: what was read last."""
_pages: dict[str, tuple[float, ConsultationPage]] = {}
"""By slug, with when each was read; those that are saved into while somebody writes are asked for a
hundred times a second."""


def connect() -> None:
    """Once, when the app is ready."""
    register_source("consultation", published)
    register_questions("consultation", on_edition, about_paragraph)
    for at, signal in enumerate((page_published, page_unpublished)):
        uid = f"consultation.known.{at}"
        signal.connect(_changed, sender=ConsultationPage, dispatch_uid=uid)
    post_save.connect(_changed, sender=Extension, dispatch_uid="consultation.known.extension")
    for model in (ConsultationPage, Question, QuestionWording, QuestionParagraph):
        for at, signal in enumerate((post_save, post_delete)):
            uid = f"consultation.known.{model.__name__}.{at}"
            signal.connect(_forget, sender=model, dispatch_uid=uid)


def published() -> Iterable[Consultation]:
    """Every consultation that the public may know of; in one query, or none where it was read a
    moment ago."""
    if _read and monotonic() - _read[0].at < settings.READING_UNASKED_SECONDS:
        return _read[0].found
    rows = ConsultationPage.objects.published().order_by("closes", "pk").values_list(*_COLUMNS)
    found = [_consultation(row) for row in rows]
    _read[:] = [_Read(monotonic(), found)]
    return found


def find_published(slug: str) -> ConsultationPage | None:
    """A consultation that the public may know of, with its edition and document: a copy of its own for
    each that asks. In one query, or none where it was read a moment ago; whoever submits is judged by
    what is read then."""
    at, page = _pages.get(slug, (0.0, None))
    if page is None or monotonic() - at >= settings.READING_UNASKED_SECONDS:
        rows = ConsultationPage.objects.published().select_related("edition__document")
        page = rows.filter(slug=slug).first()
        if page is None:
            return None
        _pages[slug] = (monotonic(), page)
    return copy(page)


def on_edition(document: str, edition: str) -> list[Asking]:
    """The consultations on an edition (by slugs) with the questions that they ask; in one query."""
    pages = ConsultationPage.objects.published().filter(
        edition__document__slug=document, edition__slug=edition
    )
    return _askings(pages)


def about_paragraph(paragraph: UUID) -> list[Asking]:
    """The consultations that ask about a paragraph, with the questions that do; in one query."""
    pages = ConsultationPage.objects.published().filter(questions__paragraphs__paragraph=paragraph)
    return [asking for asking in _askings(pages) if asking.questions]


def _askings(pages: QuerySet[ConsultationPage]) -> list[Asking]:
    """One row for each question; a consultation without any has one row without one."""
    rows = pages.order_by("pk", "questions__position", "questions__pk").values_list(
        *("pk", *_COLUMNS),
        *("questions__key", "questions__printed", "questions__wording__number"),
        *("questions__wording__text", "questions__retired_at"),
    )
    found: dict[int, tuple[Consultation, list[AskedQuestion]]] = {}
    for pk, *row in rows:
        known = found.setdefault(pk, (_consultation(row[:6]), []))
        key, printed, number, text, retired = row[6:]
        if key is not None and number is not None and retired is None:
            label = Question(wording=QuestionWording(number=number)).label
            address = f"{known[0].address}respond/question/{key}/"
            known[1].append(AskedQuestion(label, text, address, printed))
    return [Asking(consultation, tuple(questions)) for consultation, questions in found.values()]


def _consultation(row: Sequence[Any]) -> Consultation:
    document, title, slug, opens, closes, edition = row
    return Consultation(document, title, f"/consultations/{slug}/", opens, closes, edition)


def _changed(**_: Any) -> None:
    _forget()
    ledger_changed.send(ConsultationPage, document="")


def _forget(**_: Any) -> None:
    """Now, and again when what was done is there for others to read."""
    _forget_now()
    transaction.on_commit(_forget_now)


def _forget_now() -> None:
    _read.clear()
    _pages.clear()
    kept.forget()
