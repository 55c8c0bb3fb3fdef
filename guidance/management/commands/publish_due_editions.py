"""Publishes the editions whose planned time has come; run it every minute, or let it watch."""

from __future__ import annotations

import signal
import sys
import time
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.db import close_old_connections

from guidance.actions.planning_publication import publish_due
from guidance.models import PlannedPublication, PlanState
from guidance.signals import looked_for_due


class Command(BaseCommand):
    help = "Publishes the editions whose planned time has come. Running it twice does no harm."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--watch",
            type=float,
            metavar="SECONDS",
            help="go on, looking again after so many seconds, until told to stop",
        )

    def handle(self, *args: Any, watch: float | None = None, **options: Any) -> None:
        if not watch:
            self._publish()
            return
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, _end)
        while True:
            self._publish()
            close_old_connections()
            time.sleep(watch)

    def _publish(self) -> None:
        for plan in publish_due():
            self._say(plan)
        looked_for_due.send_robust(PlannedPublication)

    def _say(self, plan: PlannedPublication) -> None:
        if plan.state == PlanState.DONE:
            self.stdout.write(f"Published “{plan.page.title}”.")
        else:
            self.stderr.write(f"Refused “{plan.page.title}”: {plan.refusal}")


def _end(*_: Any) -> None:
    """At once: what is under way is one transaction, and is done by the next run."""
    sys.exit(0)
