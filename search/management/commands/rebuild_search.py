"""Makes the search index anew from the ledger, in place of the old one when it is whole."""

from time import perf_counter
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from search.actions.indexing import rebuild, sync_pending
from search.engines import EngineDown


class Command(BaseCommand):
    help = "Make the search index anew from the ledger; searches go on meanwhile."

    def handle(self, *args: Any, **options: Any) -> None:
        start = perf_counter()
        try:
            items = rebuild()
            sync_pending()
        except EngineDown as error:
            raise CommandError(str(error)) from error
        seconds = perf_counter() - start
        self.stdout.write(f"Indexed {items} paragraphs and phrases in {seconds:.1f} seconds.")
