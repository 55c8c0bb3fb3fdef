"""Takes in an e-mail: to the consultation that it answers, in pieces by what they name, with its
files. A filled Word form in it speaks for itself."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from consultation.actions.places import Places
from consultation.actions.reading_mail import Mail, read_mail
from consultation.actions.receiving_forms import filled_form, rest_of
from consultation.actions.taking_in import Came, NotTaken, TakenIn, take_in
from consultation.models import Channel, ConsultationPage
from consultation.parting import part_text

NO_CONSULTATION = (
    "It does not say which consultation it answers: take it in by hand, where you can choose."
)


def take_in_mail(
    *,
    user: Any | None,
    data: bytes,
    consultation: ConsultationPage | None = None,
    received_at: datetime | None = None,
    postmarked_on: date | None = None,
    name: str = "e-mail.eml",
    anyway: bool = False,
) -> TakenIn:
    """Keep an e-mail as a response; once. Without `consultation` it says itself which it answers
    (`which`); `received_at` is when our mailbox got it, else what the servers on its way say.

    An automatic reply is not taken in unless `anyway`. Raises NotTaken and PermissionDenied.
    """
    mail = read_mail(data)
    if mail.automatic and not anyway:
        raise NotTaken(mail.automatic)
    consultation = consultation or which(mail)
    if consultation is None:
        raise NotTaken(NO_CONSULTATION)
    places = Places.of(consultation)
    pieces = (
        part_text(mail.text, places.known, forwarded=mail.forwarded) if mail.text.strip() else []
    )
    filled = next((form for file in mail.files if (form := filled_form(consultation, file))), None)
    if filled is not None:
        pieces += rest_of(filled, places)
    return take_in(
        user=user,
        consultation=consultation,
        channel=Channel.WORD if filled else Channel.EMAIL,
        received_at=received_at or _came(mail),
        postmarked_on=postmarked_on,
        about=_about(mail, consultation) | (filled.about if filled else {}),
        use=filled.use if filled else {},
        answers=filled.answers if filled else {},
        comments=filled.comments if filled else {},
        pieces=pieces,
        originals=[Came(name, data)],
        files=mail.files,
        message_id=mail.message_id,
    )


def which(mail: Mail) -> ConsultationPage | None:
    """The consultation that a message answers: the one whose contact it was sent to or that its
    subject names, or else the only one that is open; None where that is not clear."""
    published = list(ConsultationPage.objects.published())
    now = timezone.now()
    is_open = set(ConsultationPage.objects.open_at(now).values_list("pk", flat=True))
    named = [c for c in published if _names(mail.subject, c.slug) or _names(mail.subject, c.title)]
    addressed = [c for c in published if c.contact_email.lower() in mail.to and c.contact_email]
    for found in (
        [c for c in addressed if c in named],
        named,
        [c for c in addressed if c.pk in is_open],
        addressed,
        [] if addressed or named else [c for c in published if c.pk in is_open],
    ):
        if len(found) == 1:
            return found[0]
    return None


def _names(subject: str, words: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(words)}(?!\w)", subject, re.IGNORECASE) is not None


def _came(mail: Mail) -> datetime:
    """Never in the future, whatever a clock on its way said."""
    now = timezone.now()
    return min(mail.received_at or mail.sent_at or now, now)


def _about(mail: Mail, consultation: ConsultationPage) -> dict[str, str]:
    """The sender, as a contact; of a mail that a colleague passes on, whoever wrote it."""
    name, address = mail.name, mail.address
    ours = _domain(consultation.contact_email)
    if mail.forwarded and mail.written_by[1] and ours and _domain(address) == ours:
        name, address = mail.written_by
    return {"name": name[:200], "email": address[:254]}


def _domain(address: str) -> str:
    return address.rpartition("@")[2].lower()
