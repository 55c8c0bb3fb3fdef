"""Completes the search index: what is marked as behind, and what it visibly lacks."""

import signal
import sys
import time
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import close_old_connections

from search.actions.indexing import catch_up
from search.engines import EngineDown


class Command(BaseCommand):
    help = "Bring the search index up to the ledger; quick when nothing is to be done."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--watch",
            type=float,
            metavar="SECONDS",
            help="go on, looking again after so many seconds, until told to stop",
        )

    def handle(self, *args: Any, watch: float | None = None, **options: Any) -> None:
        if not watch:
            try:
                self._sync()
            except EngineDown as error:
                raise CommandError(str(error)) from error
            return
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, _end)
        while True:
            try:
                self._sync()
            except EngineDown as error:
                self.stderr.write(str(error))
            close_old_connections()
            time.sleep(watch)

    def _sync(self) -> None:
        done = catch_up()
        if done:
            self.stdout.write(f"Indexed {done} document{'' if done == 1 else 's'}.")


def _end(*_: Any) -> None:
    """At once: what was under way is still marked, and is done by the next run."""
    sys.exit(0)
