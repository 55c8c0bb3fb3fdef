"""Recomputes every digest of the ledger and compares it with the published pages."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from guidance.actions.ledger import verify_ledger
from guidance.models import Edition, ParagraphVersion


class Command(BaseCommand):
    help = "Prove the ledger: digests, pages and stored HTML. Exit code 1 at the first difference."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--all", action="store_true", help="name every difference, not the first"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        found = 0
        for difference in verify_ledger():
            found += 1
            self.stderr.write(str(difference))
            if not options["all"]:
                break
        if found:
            raise SystemExit(1)
        editions, versions = Edition.objects.count(), ParagraphVersion.objects.count()
        self.stdout.write(f"Verified {editions} editions and {versions} paragraph versions.")
