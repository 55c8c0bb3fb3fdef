"""A draft of 24 paragraphs, a consultation on it with eight questions, and what respondents have
written so far; the keys of their devices go to a file for whoever plays them."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from pathlib import Path
from uuid import uuid4

from django.utils import timezone

from bench.api_site.populate import SECTIONS
from bench.api_site.populate import populate as publish
from consultation.actions.access import digest_of, new_key
from consultation.models import (
    Access,
    Answer,
    ConsultationIndexPage,
    ConsultationPage,
    Question,
    QuestionWording,
    Response,
)
from guidance.actions.publishing import publish_edition
from guidance.actions.starting import start_edition
from guidance.models import GuidancePage
from tests import factories

QUESTIONS = 8


def populate(drafts: int, closes: datetime, keys: Path) -> None:
    """The database is migrated and has no document."""
    publish()
    page = _consultation(closes)
    questions = [_question(page, number) for number in range(1, QUESTIONS + 1)]
    now = timezone.now()
    responses = Response.objects.bulk_create(
        Response(
            consultation=page, started_at=now, saved_at=now, respondent="individual",
            name=f"Respondent {number}", email=f"respondent{number}@example.org",
            publish_name=True, publish_answer=True, key=uuid4(),
        )
        for number in range(drafts)
    )  # fmt: skip
    made = [(new_key(), response) for response in responses]
    Access.objects.bulk_create(
        Access(response=response, digest=digest_of(key), made_at=now, seen_at=now)
        for key, response in made
    )
    Answer.objects.bulk_create(
        Answer(
            response=response, question=question, wording=question.wording, saved_at=now,
            text="We have tried this for three years and it worked well.",
        )
        for response in responses
        for question in questions[:-1]
    )  # fmt: skip
    found = {
        "cookie": f"response-{page.pk}",
        "address": page.address,
        "question": str(questions[-1].key),
        "keys": [[key, response.pk] for key, response in made],
    }
    keys.write_text(json.dumps(found))


def _consultation(closes: datetime) -> ConsultationPage:
    user = factories.user("bench@example.com")
    document = GuidancePage.objects.get()
    draft = start_edition(
        user=user, document=document, stage="consultation", title="Draft", slug="draft",
        published=timezone.localdate(), in_force_from=None,
    )  # fmt: skip
    edition = publish_edition(user=user, page=draft)
    page = ConsultationPage(
        title="Benchmark", slug="benchmark", edition=edition,
        opens=closes - timedelta(weeks=12), closes=closes,
    )  # fmt: skip
    ConsultationIndexPage.objects.get().add_child(instance=page)
    assert edition.entries.count() >= SECTIONS
    return page


def _question(page: ConsultationPage, number: int) -> Question:
    made = Question.objects.create(consultation=page, position=number)
    made.wording = QuestionWording.objects.create(
        question=made, number=str(number), text="What do you think?", made_at=timezone.now()
    )
    made.save()
    return made
