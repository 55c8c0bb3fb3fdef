"""Files that come with a response: taken, marked and removed, with their bytes.

Each file is a save of its own. Bytes are in the storage "private" under a name of ours, so that
nothing a person chose is in a path, and go when the last row that names them goes.
"""

from __future__ import annotations

import logging
from datetime import datetime
from hashlib import sha256
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.core.files import File
from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import Sum
from django.db.models.signals import post_delete
from django.utils import timezone

from consultation.actions.answering import NotWritable
from consultation.actions.scanning import scan_soon, scanner
from consultation.file_kinds import Refused, told
from consultation.models import OFFICIAL, Attachment, Question, Response, Scan, State
from consultation.models.attachments import private_files

logger = logging.getLogger("consultation")

MEGABYTE = 1024 * 1024
MOST_FILES = 50
"""Files of one response."""


class AttachRefused(ValueError):
    """A file that is not taken; the message is a sentence for whoever sent it."""


def attach(
    *,
    response: Response,
    file: File[Any],
    question: Question | None = None,
    confidential: bool = False,
    original: bool = False,
) -> Attachment:
    """Keep a file (`file.name` is how its sender calls it) with the response or with the answer to a
    question. The same bytes at the same place are kept once: asked again, the row that is there.

    `original` is what an official took the response from: it may be an e-mail and as large as all
    files together. Raises AttachRefused, and NotWritable where the response is no longer the
    respondent's to change.
    """
    most = (
        settings.CONSULTATION_FILES_MEGABYTES if original else settings.CONSULTATION_FILE_MEGABYTES
    )
    data, digest = _read(file, most)
    try:
        kind = told(data, file.name or "", mail=original or response.channel in OFFICIAL)
    except Refused as refused:
        raise AttachRefused(str(refused)) from None
    made = Attachment(
        response=response, question=question, key=uuid4(), original=original,
        name=kind.name(file.name or ""), media_type=kind.media_type, size=len(data),
        sha256=digest, confidential=confidential, added_at=timezone.now(),
        scan=Scan.WAITING if scanner() else Scan.UNSCANNED,
    )  # fmt: skip
    with transaction.atomic():
        _touch(response, made.added_at)
        held = Attachment.objects.filter(response=response)
        same = held.filter(question=question, sha256=digest, original=original).first()
        if same is not None:
            return same
        if not original:
            _room(held, len(data))
        _keep(made, data)
    logger.info("event=file_attached attachment=%s response=%s", made.pk, response.pk)
    return made


def detach(*, attachment: Attachment) -> None:
    """Remove a file from what is being written. NotWritable where it was submitted."""
    with transaction.atomic():
        _touch(attachment.response, timezone.now())
        Attachment.objects.filter(pk=attachment.pk).delete()


def mark(*, attachment: Attachment, confidential: bool) -> None:
    """Ask that a file be kept confidential, or no longer. NotWritable where it was submitted."""
    with transaction.atomic():
        _touch(attachment.response, timezone.now())
        Attachment.objects.filter(pk=attachment.pk).update(confidential=confidential)


def too_large(megabytes: int) -> str:
    """The sentence about a file above the bound."""
    return f"It is larger than {megabytes} MB: make it smaller or add it in parts."


def connect() -> None:
    """Once, when the app is ready. Rows go in many ways, with the response that they belong to most
    of all, and the database's own cascade calls no action: so the bytes follow the row by signal."""
    post_delete.connect(_forget_bytes, sender=Attachment, dispatch_uid="consultation.attaching")


def _read(file: File[Any], megabytes: int) -> tuple[bytes, str]:
    """The bytes and their SHA-256; never more than the bound are read."""
    most = megabytes * MEGABYTE
    large = AttachRefused(too_large(megabytes))
    if (file.size or 0) > most:
        raise large
    held, digest = bytearray(), sha256()
    file.seek(0)
    for piece in file.chunks():
        held += piece
        digest.update(piece)
        if len(held) > most:
            raise large
    return bytes(held), digest.hexdigest()


def _touch(response: Response, now: datetime) -> None:
    """Say that it was saved, which also keeps everybody else out of it until this is over. What an
    official takes in is received already."""
    rows = Response.objects.filter(pk=response.pk)
    if response.channel not in OFFICIAL:
        rows = rows.filter(state=State.DRAFT)
    if not rows.update(saved_at=now):
        raise NotWritable


def _room(held: Any, size: int) -> None:
    """AttachRefused where the response has as many files, or as large, as it may have."""
    others = held.filter(original=False)
    if others.count() >= MOST_FILES:
        raise AttachRefused(f"{MOST_FILES} files are added already: put several into one.")
    most = settings.CONSULTATION_FILES_MEGABYTES * MEGABYTE
    used = others.aggregate(n=Sum("size"))["n"] or 0
    if used + size > most:
        left = max(0, most - used) / MEGABYTE
        raise AttachRefused(
            f"All files together may have {settings.CONSULTATION_FILES_MEGABYTES} MB and there is "
            f"room for {left:.1f} MB: remove one, or make it smaller."
        )


def _keep(made: Attachment, data: bytes) -> None:
    """Bytes first, then the row; bytes without a row are taken away again."""
    made.file.save(f"{made.key.hex}.bin", ContentFile(data), save=False)
    try:
        made.save(force_insert=True)
    except BaseException:
        private_files().delete(str(made.file.name))
        raise
    if made.scan == Scan.WAITING:
        scan_soon(made.pk)


def _forget_bytes(instance: Attachment, **_: Any) -> None:
    """After the transaction, unless another row names them: an amended copy shares its files."""
    name = instance.file.name
    if name:
        transaction.on_commit(lambda: _delete_unnamed(name))


def _delete_unnamed(name: str) -> None:
    if Attachment.objects.filter(file=name).exists():
        return
    try:
        private_files().delete(name)
    except OSError as error:
        logger.error("event=file_not_deleted kind=%s", type(error).__name__)
