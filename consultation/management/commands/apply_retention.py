"""manage.py apply_retention: erases what consultations keep no longer. The watch beside the site does the
same a part at a time; here it is done at once, or only counted."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from consultation.actions.erasing import Erased, apply_retention, due, would_go


class Command(BaseCommand):
    help = "Erases personal data of responses whose time of keeping is over."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="Only say what would go.")

    def handle(self, *args: Any, **options: Any) -> None:
        now = timezone.now()
        if not options["dry_run"]:
            self.stdout.write(f"Erased: {_words(apply_retention(now=now))}.")
            return
        found = Erased()
        for consultation in due(now):
            goes = would_go(consultation, now)
            self.stdout.write(f"{consultation.slug}: {_words(goes)}")
            found += goes
        self.stdout.write(f"Would be erased: {_words(found)}. Nothing was erased.")


def _words(erased: Erased) -> str:
    return f"{erased.responses} responses, {erased.drafts} unsent drafts, {erased.files} files"
