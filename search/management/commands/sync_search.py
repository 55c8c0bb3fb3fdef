"""Completes the search index: what is marked as behind, and what it visibly lacks."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from guidance.management.watching import add_watch, keep_at
from search.actions.indexing import catch_up
from search.engines import EngineDown


class Command(BaseCommand):
    help = "Bring the search index up to the ledger; quick when nothing is to be done."

    def add_arguments(self, parser: ArgumentParser) -> None:
        add_watch(parser)

    def handle(self, *args: Any, watch: float | None = None, **options: Any) -> None:
        if watch:  # what is under way when it is told to stop stays marked
            keep_at(self._try, watch)
        try:
            self._sync()
        except EngineDown as error:
            raise CommandError(str(error)) from error

    def _try(self) -> None:
        try:
            self._sync()
        except EngineDown as error:
            self.stderr.write(str(error))

    def _sync(self) -> None:
        done = catch_up()
        if done:
            self.stdout.write(f"Indexed {done} document{'' if done == 1 else 's'}.")
