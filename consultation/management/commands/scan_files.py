"""`manage.py scan_files`: have files that still wait looked at by clamd, and say how many."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from consultation.actions.scanning import scan_waiting, scanner
from consultation.models import Attachment, Scan


class Command(BaseCommand):
    help = "Has files of responses that wait for the virus scanner looked at (setting CLAMD)."

    def handle(self, *args: Any, **options: Any) -> None:
        if not scanner():
            raise CommandError(
                "No scanner is set up: set CLAMD to host:port or to a socket's path."
            )
        done = scan_waiting()
        left = Attachment.objects.filter(scan=Scan.WAITING).count()
        self.stdout.write(f"{done} looked at, {left} still waiting.")
        if left and not done:
            raise CommandError("The scanner gave no answer: see the log, and run this again.")
