"""Saves what a respondent writes, as they write it.

Every save names the revision that it was written over. Where somebody else saved another text in
the meantime nothing is overwritten: both texts come back, for the respondent to choose.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from consultation.actions.access import open_access
from consultation.actions.anchors import Anchor
from consultation.answers import Given, clean_text
from consultation.models import (
    Answer,
    Channel,
    ConsultationPage,
    ParagraphComment,
    Question,
    Response,
    State,
)

ABOUT_FIELDS = (
    "respondent", "name", "organisation", "organisation_type", "authority", "role",
    "on_behalf_of", "email", "phone", "postal_address",
)  # fmt: skip
USE_FIELDS = ("publish_name", "publish_answer", "confidential", "confidential_reason")


class NotWritable(Exception):
    """The response was submitted, withdrawn or thrown away in the meantime."""


@dataclass(frozen=True, slots=True)
class Saved:
    """What was written is stored, as `revision`."""

    revision: int
    at: datetime


@dataclass(frozen=True, slots=True)
class Conflict:
    """Nothing was stored: somebody (`by`, a name that they gave, or "") saved this at `at`."""

    revision: int
    at: datetime
    by: str
    text: str = ""
    value: dict[str, Any] = field(default_factory=dict)
    fields: dict[str, Any] = field(default_factory=dict)


def begin(
    *, consultation: ConsultationPage, person: str = "", key: str = ""
) -> tuple[Response, str]:
    """A new response that is written online, and the key of the device on which it was begun: `key`
    where the device has one that was not used yet (else IntegrityError), or a new one."""
    now = timezone.now()
    with transaction.atomic():
        response = Response.objects.create(
            consultation=consultation, channel=Channel.ONLINE, started_at=now, saved_at=now
        )
        return response, open_access(response=response, person=person, key=key)


def save_answer(
    *, response: Response, question: Question, given: Given, seen: int, by: str = ""
) -> Saved | Conflict:
    """`seen` is the revision that the respondent had before them, 0 where there was none; `by` how
    whoever writes is called. Raises NotWritable."""
    now = timezone.now()
    with transaction.atomic():
        _touch(response, now)
        found = Answer.objects.filter(response=response, question=question).first()
        if found is None:
            if given.empty:
                return Saved(0, now)
            Answer.objects.create(
                response=response, question=question, wording_id=question.wording_id or 0,
                value=given.value, text=given.text, saved_at=now, saved_by=by,
            )  # fmt: skip
            return Saved(1, now)
        same = (found.value, found.text) == (given.value, given.text)
        if same and found.wording_id == question.wording_id:
            return Saved(found.revision, found.saved_at)
        if found.revision != seen:
            return Conflict(found.revision, found.saved_at, found.saved_by, found.text, found.value)
        found.value, found.text, found.saved_at, found.saved_by = given.value, given.text, now, by
        found.wording_id, found.revision = question.wording_id or 0, found.revision + 1
        found.save()
        return Saved(found.revision, now)


def save_comment(
    *, response: Response, anchor: Anchor, text: str, seen: int, by: str = ""
) -> Saved | Conflict:
    """What the respondent says on a paragraph; as `save_answer`. AnswerFault where it is too long."""
    now, text = timezone.now(), clean_text(text)
    with transaction.atomic():
        _touch(response, now)
        rows = ParagraphComment.objects.filter(response=response, paragraph=anchor.paragraph)
        found = rows.first()
        if found is None:
            if not text.strip():
                return Saved(0, now)
            ParagraphComment.objects.create(
                response=response, **anchor.fields, text=text, saved_at=now, saved_by=by
            )
            return Saved(1, now)
        if found.text == text:
            return Saved(found.revision, found.saved_at)
        if found.revision != seen:
            return Conflict(found.revision, found.saved_at, found.saved_by, found.text)
        found.text, found.saved_at, found.saved_by = text, now, by
        found.revision += 1
        found.save()
        return Saved(found.revision, now)


def save_fields(*, response: Response, fields: Mapping[str, Any], seen: int) -> Saved | Conflict:
    """Who is answering (`ABOUT_FIELDS`) or how it may be used (`USE_FIELDS`), already validated."""
    now = timezone.now()
    unknown = set(fields) - {*ABOUT_FIELDS, *USE_FIELDS}
    if unknown:
        raise ValueError(f"Not of these fields: {sorted(unknown)}")
    with transaction.atomic():
        _touch(response, now)
        found = Response.objects.get(pk=response.pk)
        before = {name: getattr(found, name) for name in fields}
        if before == dict(fields):
            return Saved(found.revision, found.saved_at)
        if found.revision != seen and any(before.values()):
            return Conflict(found.revision, found.saved_at, "", fields=before)
        for name, value in fields.items():
            setattr(found, name, value)
        found.revision = F("revision") + 1
        found.save(update_fields=[*fields, "revision"])
        return Saved(Response.objects.values_list("revision", flat=True).get(pk=found.pk), now)


def _touch(response: Response, now: datetime) -> None:
    """Say that it was saved, which also keeps everybody else out of it until this is over."""
    rows = Response.objects.filter(pk=response.pk, state=State.DRAFT)
    if not rows.update(saved_at=now):
        raise NotWritable
