"""Takes in responses that came by e-mail: from files, or from the mailbox of the settings."""

from __future__ import annotations

import imaplib
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.management.base import BaseCommand, CommandError

from consultation.actions.mailbox import receive_mail
from consultation.actions.receiving_mail import take_in_mail
from consultation.actions.taking_in import NotTaken
from consultation.answers import AnswerFault
from consultation.models import ConsultationPage
from guidance.management.watching import add_watch, keep_at


class Command(BaseCommand):
    help = (
        "Takes in responses that came by e-mail: the files that are named, or else what is in the "
        "mailbox CONSULTATION_MAILBOX. A message is taken in once however often it is given."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", nargs="*", type=Path, metavar="message.eml")
        parser.add_argument("--consultation", metavar="SLUG", help="which one the files answer")
        add_watch(parser)

    def handle(
        self,
        *args: Any,
        files: list[Path],
        consultation: str | None = None,
        watch: float | None = None,
        **options: Any,
    ) -> None:
        if files:
            self._files(files, consultation)
        elif not settings.CONSULTATION_MAILBOX:
            raise CommandError("Name a file, or set CONSULTATION_MAILBOX.")
        elif watch:
            keep_at(self._mailbox, watch)
        else:
            self._mailbox()

    def _files(self, files: list[Path], slug: str | None) -> None:
        page = None
        if (
            slug
            and (page := ConsultationPage.objects.published().filter(slug=slug).first()) is None
        ):
            raise CommandError(f"There is no published consultation “{slug}”.")
        failed = 0
        for path in files:
            try:
                taken = take_in_mail(
                    user=None, data=path.read_bytes(), consultation=page, name=path.name
                )
            except (NotTaken, AnswerFault, OSError) as error:
                failed += 1
                self.stderr.write(f"{path}: {error}")
                continue
            again = " (it was taken in before)" if taken.again else ""
            self.stdout.write(f"{path}: {taken.response.reference}{again}")
            for sentence in taken.left_out:
                self.stderr.write(f"{path}: {sentence}")
        if failed:
            raise CommandError(f"{failed} of {len(files)} not taken in.")

    def _mailbox(self) -> None:
        try:
            visit = receive_mail()
        except (OSError, imaplib.IMAP4.error, ImproperlyConfigured) as error:
            self.stderr.write(f"The mailbox could not be read: {type(error).__name__}")
            return
        self.stdout.write(
            f"Taken in: {visit.taken_in}. Known before: {visit.again}. "
            f"Not taken in: {visit.not_taken_in}."
        )
