"""Rebuilds the ledger from the published pages alone."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from guidance.actions.ledger import LedgerDiffers, rebuild_ledger


class Command(BaseCommand):
    help = "Rebuild the ledger from the published pages; it comes out identical or nothing changes."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            rebuilt = rebuild_ledger()
        except LedgerDiffers as error:
            raise CommandError(f"Nothing was changed. {error}") from error
        self.stdout.write(
            f"Rebuilt {rebuilt.editions} editions, identical digest for digest;"
            f" {rebuilt.put_back} rows were put back."
        )
