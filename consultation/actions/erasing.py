"""Erases what is personal: when the time for which a consultation keeps it is over, or for one person who
asks for it.

Erased are names, contacts, roles, what was written in words, files with their bytes, the text of letters
and e-mails, keys, links and addresses. What stays holds no person: the reference, the instants, channel
and kind of respondent, what was chosen from lists, numbers, the paragraphs commented on, the counts, and
what officials wrote down of their own acts. Each run does again only what is left to do.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from wagtail.log_actions import log

from accounts.models import User
from consultation.actions.submitting import give_up_amending
from consultation.models import (
    Access,
    Answer,
    Attachment,
    ConsultationPage,
    Letter,
    ParagraphComment,
    Piece,
    Response,
    ReturnLink,
    State,
)
from consultation.models.attachments import private_files
from consultation.references import read_reference
from consultation.retention import drafts_kept_until, kept_until

logger = logging.getLogger("consultation")

ERASE = "consultation.erase_responses"
ACT = "consultation.erase"
BATCH = 200
"""Responses of one transaction."""
MOST_BESIDE = 2_000
"""Responses of one turn of the watch beside the site; the next turn goes on."""

UNPUBLISHED = Q()
"""Which words of answers and comments were not published: all, while responses are not published. The
condition is on the rows of `Said`."""

BLANK: dict[str, object] = {
    **dict.fromkeys(
        (
            "name", "organisation", "role", "on_behalf_of", "email", "phone", "postal_address",
            "confidential_reason", "message_id", "idempotency_key", "idempotency_digest",
        ),
        "",
    ),
    "authority": None,
}  # fmt: skip
"""The fields of a response that say who it was, as they are left."""


@dataclass(frozen=True, slots=True)
class Erased:
    """How much was erased, or would be: responses emptied, drafts deleted, files deleted."""

    responses: int = 0
    drafts: int = 0
    files: int = 0

    def __add__(self, other: Erased) -> Erased:
        return Erased(
            self.responses + other.responses, self.drafts + other.drafts, self.files + other.files
        )

    @property
    def facts(self) -> dict[str, int]:
        return {"responses": self.responses, "drafts": self.drafts, "files": self.files}


@dataclass(frozen=True, slots=True)
class Held:
    """What is held of one person: responses in every version, what they have not sent yet, and the
    address to which letters and links with the responses of others may have gone."""

    responses: Sequence[Response]
    drafts: Sequence[Response]
    email: str = ""

    @property
    def keys(self) -> list[int]:
        return [response.pk for response in (*self.responses, *self.drafts)]

    def letters_elsewhere(self) -> QuerySet[Letter, Letter]:
        rows = Letter.objects.filter(to__iexact=self.email) if self.email else Letter.objects.none()
        return rows.exclude(response__in=self.keys)

    def links_elsewhere(self) -> QuerySet[ReturnLink, ReturnLink]:
        found = ReturnLink.objects
        rows = found.filter(email__iexact=self.email) if self.email else found.none()
        return rows.exclude(response__in=self.keys)


class NobodyFound(ValueError):
    """Nothing is held under this reference or address; says so."""


def erase_what_is_due() -> Erased:
    """The part of `apply_retention` that one turn of the watch beside the site does."""
    return apply_retention(most=MOST_BESIDE)


def apply_retention(*, now: datetime | None = None, most: int | None = None) -> Erased:
    """Erase what no consultation keeps any longer, at most about `most` responses; how much it was."""
    now = now or timezone.now()
    done = Erased()
    for consultation in due(now):
        left = None if most is None else most - done.responses - done.drafts
        done += _apply_to(consultation, now, left)
    return done


def _apply_to(consultation: ConsultationPage, now: datetime, most: int | None) -> Erased:
    """One consultation's part, batch by batch; what was done is logged also where it is cut off."""
    found = Erased()
    try:
        while most is None or found.responses + found.drafts < most:
            some = _some_of(consultation, now)
            if some == Erased():
                break
            found += some
    finally:
        if found != Erased():
            log(instance=consultation, action=ACT, data=found.facts)
            logger.info(
                "event=retention_applied consultation=%s responses=%s drafts=%s files=%s",
                *(consultation.pk, *found.facts.values()),
            )
    return found


def due(now: datetime) -> list[ConsultationPage]:
    """Consultations with something that they keep no longer, the longest closed first; in two queries
    and without looking at responses where there is none."""
    drafts, received = [], []
    closed = ConsultationPage.objects.filter(closes__lte=now)
    for pk, closes, months in closed.values_list("pk", "closes", "retention_months"):
        if drafts_kept_until(closes, months) <= now:
            drafts.append(pk)
        if kept_until(closes, months) <= now:
            received.append(pk)
    if not drafts:
        return []
    of = Response.objects.filter(consultation=OuterRef("pk"), erased_at=None)
    some = Q(Exists(of.filter(state=State.DRAFT)), pk__in=drafts)
    some |= Q(Exists(of.exclude(state=State.DRAFT)), pk__in=received)
    return list(ConsultationPage.objects.filter(some).order_by("closes", "pk"))


def would_go(consultation: ConsultationPage, now: datetime) -> Erased:
    """What `apply_retention` would erase of this consultation."""
    rows = _due_of(consultation, now)
    drafts = rows.filter(state=State.DRAFT).count()
    files = Attachment.objects.filter(response__in=rows).count()
    return Erased(rows.count() - drafts, drafts, files)


def find_held(*, reference: str = "", email: str = "", consultation: str = "") -> Held:
    """What is held under a reference, or under the address that responses give, perhaps of one
    consultation (its slug). Raises NobodyFound."""
    rows = Response.objects.filter(erased_at=None)
    if consultation:
        rows = rows.filter(consultation__slug=consultation)
    if reference:
        read = read_reference(reference)
        if read is None:
            raise NobodyFound("That is not a reference: it looks like 4F7K-92MX.")
        named = rows.filter(reference=read)
    else:
        named = rows.filter(email__iexact=email) if email else rows.none()
    names = named.exclude(reference="").values("reference")
    chain = Q(pk__in=named) | Q(reference__in=names) | Q(amends__reference__in=names)
    found = list(rows.filter(chain).select_related("consultation").order_by("pk"))
    held = Held(
        [response for response in found if response.state != State.DRAFT],
        [response for response in found if response.state == State.DRAFT],
        email if not consultation else "",
    )
    if not found and not held.letters_elsewhere().exists() and not held.links_elsewhere().exists():
        raise NobodyFound("Nothing is held under this.")
    return held


def erase_person(*, user: User, held: Held, reason: str) -> Erased:
    """Erase all that is held of one person, at once; `reason` goes to the audit log and names nobody.
    Raises PermissionDenied."""
    if not user.has_perm(ERASE):
        raise PermissionDenied("This account may not erase personal data.")
    with transaction.atomic():
        for consultation in {draft.consultation for draft in held.drafts}:
            log(instance=consultation, action=ACT, user=user, data={"reason": reason})
        dropped = _drop([draft.pk for draft in held.drafts])  # which hands back the keys of others
        files = _wipe([response.pk for response in held.responses], timezone.now())
        for response in held.responses:
            log(instance=response, action=ACT, user=user, data={"reason": reason})
        held.letters_elsewhere().delete()
        held.links_elsewhere().delete()
    done = Erased(len(held.responses), 0, files) + dropped
    logger.info("event=person_erased user=%s responses=%s", user.pk, done.responses)
    return done


def _due_of(consultation: ConsultationPage, now: datetime) -> QuerySet[Response, Response]:
    closes, months = consultation.closes, consultation.retention_months
    assert closes is not None
    over = Q(state=State.DRAFT)
    if kept_until(closes, months) <= now:
        over |= ~Q(state=State.DRAFT)
    return Response.objects.filter(over, consultation=consultation, erased_at=None)


def _some_of(consultation: ConsultationPage, now: datetime) -> Erased:
    """One transaction's worth; nothing where nothing is left. Drafts first: each hands back the keys
    of the response that it was to amend."""
    with transaction.atomic():
        rows = _due_of(consultation, now).select_for_update(of=("self",)).order_by("pk")
        drafts = list(rows.filter(state=State.DRAFT).values_list("pk", flat=True)[:BATCH])
        if drafts:
            return _drop(drafts)
        some = list(rows.exclude(state=State.DRAFT).values_list("pk", flat=True)[:BATCH])
        return Erased(len(some), 0, _wipe(some, now)) if some else Erased()


def _wipe(responses: Sequence[int], now: datetime) -> int:
    """Empty responses of what is personal; how many files went."""
    files = _delete_files(responses)
    for model in (Piece, Letter, ReturnLink, Access):
        model._default_manager.filter(response__in=responses).delete()
    for said in (Answer, ParagraphComment):
        rows = said._default_manager.filter(UNPUBLISHED, response__in=responses)
        rows.update(text="", has_confidential=False, saved_by="")
    Response.objects.filter(pk__in=responses).update(**BLANK, erased_at=now)
    return files


def _drop(drafts: Sequence[int]) -> Erased:
    """Delete what was never sent."""
    files = _delete_files(drafts)
    for draft in Response.objects.filter(pk__in=drafts):
        if draft.amends_id is None:
            draft.delete()
        else:
            give_up_amending(response=draft)
    return Erased(0, len(drafts), files)


def _delete_files(responses: Sequence[int]) -> int:
    """The bytes before the rows: what is cut off in between is done again, and leaves nothing that no
    row names. An amended response shares its files with the one before it, which may stay."""
    rows = Attachment.objects.filter(response__in=responses)
    names = set(rows.exclude(file="").values_list("file", flat=True))
    others = Attachment.objects.filter(file__in=names).exclude(response__in=responses)
    for name in names - set(others.values_list("file", flat=True)):
        private_files().delete(name)
    return int(rows.delete()[1].get("consultation.Attachment", 0))
