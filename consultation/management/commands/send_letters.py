"""Sends the e-mails that are owed to respondents; run it every minute, or let it watch."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from consultation.actions.letters import send_due
from consultation.actions.reminding import send_reminders
from guidance.management.watching import add_watch, keep_at


class Command(BaseCommand):
    help = "Sends the e-mails that are owed to respondents. Running it twice sends nothing twice."

    def add_arguments(self, parser: ArgumentParser) -> None:
        add_watch(parser)

    def handle(self, *args: Any, watch: float | None = None, **options: Any) -> None:
        if watch:
            keep_at(self._send, watch)
        self._send()

    def _send(self) -> None:
        send_reminders()
        if sent := send_due():
            self.stdout.write(f"Sent {sent}.")
