"""Publishes the editions whose planned time has come; run it every minute, or let it watch."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from guidance.actions.planning_publication import publish_due
from guidance.management.watching import add_watch, keep_at
from guidance.models import PlannedPublication, PlanState
from guidance.signals import looked_for_due


class Command(BaseCommand):
    help = "Publishes the editions whose planned time has come. Running it twice does no harm."

    def add_arguments(self, parser: ArgumentParser) -> None:
        add_watch(parser)

    def handle(self, *args: Any, watch: float | None = None, **options: Any) -> None:
        if watch:
            keep_at(self._publish, watch)
        self._publish()

    def _publish(self) -> None:
        for plan in publish_due():
            self._say(plan)
        looked_for_due.send_robust(PlannedPublication)

    def _say(self, plan: PlannedPublication) -> None:
        if plan.state == PlanState.DONE:
            self.stdout.write(f"Published “{plan.page.title}”.")
        else:
            self.stderr.write(f"Refused “{plan.page.title}”: {plan.refusal}")
