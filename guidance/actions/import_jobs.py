"""Imports through the admin: a file is taken in, read beside the request, looked at, and saved.

Every step says in the database how far it came, so that it can be left and found again, and can be
asked for twice without doing it twice.
"""

from __future__ import annotations

import io
import logging
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django_tasks import task

from guidance.actions.import_plan import ImportPlan
from guidance.actions.import_target import ImportRefused, ImportTarget
from guidance.actions.importing import plan_import, save_import
from guidance.models import EditionPage, GuidanceIndexPage, GuidancePage, ImportJob, ImportState
from guidance.outline.source import UnreadableFile
from guidance.readers.bounded import READING, UNDERSTANDING, ReaderFailed, read_outline

logger = logging.getLogger(__name__)

COMPARING = "comparing"
STEPS = {READING: (20, "Reading the file"),
         UNDERSTANDING: (50, "Telling paragraphs, tables and notes apart"),
         COMPARING: (80, "Comparing with the edition before")}  # fmt: skip
"""How far each step is (out of 100) and what it is called."""

_FAULT = (
    "Something went wrong here while the file was read; nothing was saved. Try again, and if it "
    "happens again, tell whoever looks after this site."
)


def may_import(user: Any, document: GuidancePage | None) -> bool:
    """Whether the user may add an edition to the document, or a document if there is none yet."""
    parent = document or GuidanceIndexPage.objects.first()
    return parent is not None and parent.permissions_for_user(user).can_add_subpage()


def start_import(
    *,
    user: Any,
    file: UploadedFile,
    target: ImportTarget,
    document_title: str = "",
    edition_title: str = "",
) -> ImportJob:
    """Take a file in and have it read. Raises ImportRefused or PermissionDenied before anything is
    kept. Imports that nobody came back to are thrown away on the way."""
    target.check()
    document = target.document()
    if not may_import(user, document):
        raise PermissionDenied("You may not import guidance here.")
    ImportJob.objects.expired().delete()
    job = ImportJob.objects.create(
        user=user,
        file_name=(file.name or "")[-255:],
        source=file.read(),
        document=document,
        document_title=document_title,
        document_slug=target.document_slug,
        edition_title=edition_title,
        edition_slug=target.edition_slug,
        stage=target.stage,
        published=target.published,
        in_force_from=target.in_force_from,
    )
    transaction.on_commit(lambda: read_import.enqueue(str(job.pk)))
    return job


@task(backend="background")
def read_import(job_id: str) -> None:
    """Read the file of a waiting import and plan it. Running it a second time does nothing."""
    if not _move(job_id, ImportState.WAITING, state=ImportState.READING):
        return
    job = ImportJob.objects.select_related("document").get(pk=job_id)
    try:
        outline = read_outline(
            io.BytesIO(bytes(job.source or b"")),
            job.file_name,
            progress=lambda step: _step(job, step),
        )
        _step(job, COMPARING)
        plan = plan_import(outline, job.document)
    except UnreadableFile as error:
        if isinstance(error, ReaderFailed):
            logger.error("event=reader_failed job=%s at=%s", job_id, error.where)
        _fail(job, str(error))
    except Exception as error:
        # The text of the error may quote the document, which is confidential.
        logger.error("event=import_failed job=%s error=%s", job_id, type(error).__name__)
        _fail(job, _FAULT)
    else:
        _move(
            job_id,
            ImportState.READING,
            state=ImportState.READY,
            plan=plan.to_json(),
            source=None,
            progress=100,
        )


def correct_import(*, user: Any, job: ImportJob, answers: Mapping[str, str]) -> ImportPlan:
    """Keep the editor's corrections in the plan; raises CorrectionError where they contradict."""
    with transaction.atomic():
        locked = _own(user, job.pk)
        plan = plan_of(locked).corrected(answers)
        locked.plan = plan.to_json()
        locked.save(update_fields=["plan"])
    return plan


def finish_import(*, user: Any, job: ImportJob) -> EditionPage:
    """Save the plan as a draft edition, once: asked for again, it gives the same edition."""
    with transaction.atomic():
        locked = _own(user, job.pk)
        if locked.edition is not None:
            return locked.edition
        edition = save_import(
            user=user,
            plan=plan_of(locked),
            document_slug=locked.document_slug,
            edition_slug=locked.edition_slug,
            stage=locked.stage,
            published=locked.published,
            in_force_from=locked.in_force_from,
            title=locked.document_title,
            edition_title=locked.edition_title,
        )
        locked.edition, locked.state, locked.plan = edition, ImportState.SAVED, None
        locked.save(update_fields=["edition", "state", "plan"])
    return edition


def plan_of(job: ImportJob) -> ImportPlan:
    """The plan of an import that is ready; ImportRefused where it is not, or not any more."""
    if job.plan is None:
        raise ImportRefused("", "This import has been saved already, or is not ready to be saved.")
    return ImportPlan.from_json(job.plan)


def _own(user: Any, pk: UUID) -> ImportJob:
    try:
        return ImportJob.objects.select_for_update().of(user).get(pk=pk)
    except ImportJob.DoesNotExist as error:
        raise PermissionDenied("This import belongs to somebody else.") from error


def _step(job: ImportJob, step: str) -> None:
    _move(str(job.pk), ImportState.READING, progress=STEPS[step][0])


def _fail(job: ImportJob, sentence: str) -> None:
    _move(str(job.pk), ImportState.READING, state=ImportState.FAILED, error=sentence, source=None)


def _move(job_id: str, expected: ImportState, **changes: Any) -> bool:
    """Change the job if it is where it was expected to be; says whether it was."""
    jobs = ImportJob.objects.filter(pk=job_id, state=expected)
    return bool(jobs.update(moved=timezone.now(), **changes))
