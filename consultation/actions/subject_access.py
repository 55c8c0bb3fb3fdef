"""Puts together all that is held of one person, for their request for access (UK GDPR, article 15).

One ZIP file: `held.json` with every field, answer, comment, letter and act, and the files that came with
the responses. It is made for its owner's eyes alone (mode 0600) and never over another file.
"""

from __future__ import annotations

import json
import logging
import os
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any
from zipfile import ZIP_DEFLATED, ZipFile

from django.core.exceptions import PermissionDenied
from django.db import models
from django.utils import timezone
from wagtail.log_actions import log
from wagtail.models import ModelLogEntry

from accounts.models import User
from consultation.actions.erasing import ERASE, Held
from consultation.models import Attachment, Response, Scan
from consultation.models.attachments import private_files

logger = logging.getLogger("consultation")

ACT = "consultation.give_access"
CHUNK = 1024 * 1024
_KEYS = frozenset({"digest", "idempotency_key", "idempotency_digest"})
"""Fields that open or prove something and say nothing of a person."""
_OFFICIALS = frozenset({"entered_by", "checked_by", "late_decided_by", "placed_by", "submitted_by"})
"""Fields that name somebody else: that it was done is said by its time."""

Facts = dict[str, Any]


def give_access(*, user: User, held: Held, to: Path) -> int:
    """Write all that is held to a new file; how many files of responses are in it. Raises
    PermissionDenied, and OSError where the file is there already or cannot be written."""
    if not user.has_perm(ERASE):
        raise PermissionDenied("This account may not answer requests for access.")
    responses = [*held.responses, *held.drafts]
    descriptor = os.open(to, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as out:
            files = _write(out, held, responses)
    except BaseException:
        to.unlink(missing_ok=True)
        raise
    for response in responses:
        log(instance=response, action=ACT, user=user)
    logger.info("event=access_given user=%s responses=%s", user.pk, len(responses))
    return files


def _write(out: IO[bytes], held: Held, responses: list[Response]) -> int:
    files = 0
    with ZipFile(out, "w", ZIP_DEFLATED) as archive:
        for response in responses:
            for attachment in response.attachments.all():
                if attachment.scan != Scan.INFECTED:
                    _copy(archive, attachment)
                    files += 1
        content = {
            "made_at": timezone.localtime(),
            "responses": [_response(response) for response in responses],
            "letters_with_others": [_fields(row) for row in held.letters_elsewhere()],
            "links_with_others": [_fields(row) for row in held.links_elsewhere()],
        }
        archive.writestr(
            "held.json", json.dumps(content, ensure_ascii=False, indent=1, default=str)
        )
    return files


def _response(response: Response) -> Facts:
    """A response with everything that hangs on it."""
    return {
        **_fields(response),
        "consultation": response.consultation.title,
        "answers": [
            {
                **_fields(answer),
                "question": answer.wording.text,
                "chosen": answer.wording.value_in_words(answer.value),
            }
            for answer in response.answers.select_related("wording")
        ],
        "comments": [_fields(row) for row in response.comments.all()],
        "files": [
            {**_fields(row), "in_this_file": _place(row) if row.scan != Scan.INFECTED else ""}
            for row in response.attachments.all()
        ],
        "pieces": [_fields(row) for row in response.pieces.all()],
        "devices": [_fields(row) for row in response.accesses.all()],
        "links": [_fields(row) for row in response.links.all()],
        "letters": [_fields(row) for row in response.letters.all()],
        "acts": list(_acts(response)),
    }


def _fields(row: models.Model) -> Facts:
    """The row's own columns, a choice in words beside its key."""
    found: Facts = {}
    for column in row._meta.concrete_fields:
        if column.name in _KEYS or column.name in _OFFICIALS:
            continue
        value = getattr(row, column.attname)
        found[column.name] = value
        if column.choices and value:
            found[f"{column.name}_in_words"] = str(dict(column.flatchoices).get(value, value))
    if isinstance(row, Response):
        found["authority"] = row.authority.name if row.authority else None
    return found


def _acts(response: Response) -> Iterator[Facts]:
    """What was done to it and when, reasons too; not by whom."""
    rows = ModelLogEntry.objects.for_instance(response).order_by("timestamp", "pk")
    for entry in rows:
        yield {"act": entry.action, "at": entry.timestamp, "reason": entry.data.get("reason", "")}


def _copy(archive: ZipFile, attachment: Attachment) -> None:
    with (
        private_files().open(str(attachment.file.name)) as source,
        archive.open(_place(attachment), "w", force_zip64=True) as copy,
    ):
        while piece := source.read(CHUNK):
            copy.write(piece)


def _place(attachment: Attachment) -> str:
    """A name in the archive that leads nowhere else and is there once."""
    name = attachment.name.replace("/", "_").replace("\\", "_").lstrip(".") or "file"
    return f"files/{attachment.key}-{name}"
