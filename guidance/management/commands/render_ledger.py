"""Renders the stored HTML of the ledger again."""

from typing import Any

from django.core.management.base import BaseCommand

from guidance.actions.ledger import render_ledger


class Command(BaseCommand):
    help = "Render the ledger's stored HTML again, after a change in how it is rendered."

    def handle(self, *args: Any, **options: Any) -> None:
        done = render_ledger()
        self.stdout.write(
            f"Rendered anew: {done.versions} paragraph versions and {done.sections} sections."
        )
