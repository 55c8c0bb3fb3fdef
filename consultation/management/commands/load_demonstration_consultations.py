"""Adds the consultations of the demonstration, with what people said in them.

`load_demonstration` calls it. What it shows came in by the same acts as any other response. Running
it again adds what is missing and changes nothing that is there.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from accounts.roles import command_user
from consultation.actions.anchors import anchors
from consultation.actions.answering import begin, save_answer, save_comment, save_fields
from consultation.actions.asking import Asking, ask
from consultation.actions.places import Places
from consultation.actions.proposing import Proposed, proposed_questions
from consultation.actions.submitting import submit
from consultation.actions.taking_in import take_in
from consultation.answers import read_answer
from consultation.demonstration.consultations import Shown, shown
from consultation.demonstration.originals import original_of
from consultation.demonstration.responses import AUTHORITIES, Sent
from consultation.models import (
    Access,
    Authority,
    Channel,
    ConsultationIndexPage,
    ConsultationPage,
    Criterion,
    CriterionEvidence,
    Letter,
    Response,
)
from consultation.parting import part_text
from guidance.models import Edition

WRITING = timedelta(minutes=40)
"""How long a respondent of the demonstration takes to write."""


class Command(BaseCommand):
    help = "Adds the consultations of the demonstration."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMONSTRATION:
            raise CommandError(
                "This is not a demonstration site: set DEMONSTRATION in its settings."
            )
        user = User.objects.filter(email="administrator@example.org").first() or command_user()
        for name in AUTHORITIES:
            Authority.objects.get_or_create(name=name)
        for wanted in shown(timezone.now()):
            edition = Edition.objects.filter(
                document__slug=wanted.document, slug=wanted.edition
            ).first()
            if edition is None or ConsultationPage.objects.filter(slug=wanted.slug).exists():
                continue
            with transaction.atomic():
                page = _consultation(wanted, edition, user)
                received = _responses(page, wanted, user)
            self.stdout.write(f"Consulted on {edition}: {received} responses")


def _consultation(wanted: Shown, edition: Edition, user: User) -> ConsultationPage:
    """Drafted, with the questions that its edition prints, and then published."""
    page = ConsultationPage(
        title=wanted.title, slug=wanted.slug, edition=edition, opens=wanted.opens,
        closes=wanted.closes, live=False, **wanted.fields,
    )  # fmt: skip
    page.criteria = [
        CriterionEvidence(criterion=criterion, met=criterion in wanted.criteria,
                          evidence=wanted.criteria.get(criterion, ""))
        for criterion in Criterion.values
    ]  # fmt: skip
    ConsultationIndexPage.objects.get().add_child(instance=page)
    for proposed in proposed_questions(edition):
        asking = _asking(proposed, wanted)
        ask(user=user, consultation=page, asking=asking, printed=proposed.printed)
    page.save_revision(user=user).publish()
    page.refresh_from_db()
    return page


def _asking(proposed: Proposed, wanted: Shown) -> Asking:
    """As it is printed, but for what the demonstration asks otherwise."""
    return Asking(
        **{
            "number": proposed.number,
            "text": proposed.text,
            "paragraphs": [proposed.anchor] if proposed.anchor else [],
            **wanted.kinds.get(proposed.number, {}),
        }
    )


def _responses(page: ConsultationPage, wanted: Shown, user: User) -> int:
    """What was sent by now. Nobody is written to: their addresses are made up."""
    sent = [row for row in wanted.responses if row.received <= timezone.now()]
    for row in sent:
        if row.channel == Channel.ONLINE:
            _submitted(page, row)
        else:
            _taken_in(page, row, user)
    Letter.objects.filter(response__consultation=page).delete()
    Access.objects.filter(response__consultation=page).delete()
    return len(sent)


def _submitted(page: ConsultationPage, sent: Sent) -> None:
    response, _ = begin(consultation=page)
    save_fields(response=response, fields=_about(sent), seen=0)
    questions = {q.wording.number: q for q in page.questions.asked() if q.wording}
    for number, (chosen, words) in sent.answers.items():
        asked = questions[number].wording
        assert asked is not None
        given = read_answer(asked.asked, [chosen], words)
        save_answer(response=response, question=questions[number], given=given, seen=0)
    places = anchors(page.edition_id or 0)
    for reference, words in sent.comments.items():
        save_comment(response=response, anchor=places[reference], text=words, seen=0)
    begun = sent.received - WRITING
    Response.objects.filter(pk=response.pk).update(started_at=begun, saved_at=sent.received)
    submit(response=response, received_at=sent.received)


def _taken_in(page: ConsultationPage, sent: Sent, user: User) -> None:
    take_in(
        user=user,
        consultation=page,
        channel=sent.channel,
        received_at=sent.received,
        postmarked_on=sent.postmarked,
        about=_about(sent),
        pieces=part_text(sent.body, Places.of(page).known),
        originals=[original_of(sent)],
    )


def _about(sent: Sent) -> dict[str, Any]:
    """Who answers, with the authority as a row of the register."""
    about = dict(sent.you)
    if name := about.pop("authority", ""):
        about["authority"] = Authority.objects.get(name=name)
    return about
