"""Takes in what an official holds: an e-mail, a Word form, a scan of a letter, or nothing but paper."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from consultation.actions.places import Places
from consultation.actions.receiving_forms import filled_form, take_in_form
from consultation.actions.receiving_mail import take_in_mail
from consultation.actions.taking_in import Came, NotTaken, TakenIn, take_in
from consultation.file_kinds import MAIL, TEXT, FileKind, Refused, told
from consultation.mail_text import decoded
from consultation.models import ConsultationPage
from consultation.parting import Part, part_text

RECEIVED = "Enter when it was received."


def take_in_files(
    *,
    user: Any,
    consultation: ConsultationPage,
    files: Sequence[Came],
    channel: str,
    received_at: datetime | None = None,
    postmarked_on: date | None = None,
    anyway: bool = False,
) -> TakenIn:
    """Keep what came as one response. What a file is, its content says: an e-mail and a filled form
    are read, plain text is parted by what it names, and of anything else the words are typed in.

    `received_at` may be left out for an e-mail. Raises NotTaken and PermissionDenied.
    """
    kinds = [_kind(came) for came in files]
    if MAIL in kinds:
        if len(files) > 1:
            raise NotTaken("Take an e-mail in by itself: its attachments come with it.")
        return take_in_mail(
            user=user, data=files[0].content, consultation=consultation, name=files[0].name,
            received_at=received_at, postmarked_on=postmarked_on, anyway=anyway,
        )  # fmt: skip
    if received_at is None:
        raise NotTaken(RECEIVED)
    if len(files) == 1 and (form := filled_form(consultation, files[0])) is not None:
        return take_in_form(
            user=user, consultation=consultation, form=form, original=files[0],
            received_at=received_at, postmarked_on=postmarked_on,
        )  # fmt: skip
    return take_in(
        user=user,
        consultation=consultation,
        channel=channel,
        received_at=received_at,
        postmarked_on=postmarked_on,
        pieces=_pieces(consultation, files, kinds),
        originals=files,
    )


def _kind(came: Came) -> FileKind:
    try:
        return told(came.content, came.name, mail=True)
    except Refused as refused:
        raise NotTaken(f"{came.name}: {refused}") from None


def _pieces(
    consultation: ConsultationPage, files: Sequence[Came], kinds: Sequence[FileKind]
) -> list[Part]:
    texts = [decoded(f.content, "") for f, kind in zip(files, kinds, strict=True) if kind == TEXT]
    if not texts:
        return []
    known = Places.of(consultation).known
    return [part for text in texts if text.strip() for part in part_text(text, known)]
