"""Compares the search index with the ledger, unit by unit, and says where they differ."""

import json
from argparse import ArgumentParser
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from search.actions.indexing import Drift, check, sync_document
from search.engines import EngineDown


class Command(BaseCommand):
    help = "Compare the search index with the ledger. Exit code 1 where they differ."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--repair", action="store_true", help="put right what differs")
        parser.add_argument("--json", action="store_true", help="print JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            found = list(check())
            if options["repair"]:
                for document in sorted({drift.document for drift in found}):
                    sync_document(document)
        except EngineDown as error:
            raise CommandError(str(error)) from error
        if options["json"]:
            report = {"drift": [asdict(drift) for drift in found], "repaired": options["repair"]}
            self.stdout.write(json.dumps(report, indent=1))
        else:
            self._say(found, repaired=options["repair"])
        if found and not options["repair"]:
            raise SystemExit(1)

    def _say(self, found: list[Drift], *, repaired: bool) -> None:
        for drift in found:
            self.stdout.write(drift.words)
        if not found:
            self.stdout.write("The search index is what the ledger says.")
        elif repaired:
            self.stdout.write("Put right.")
        else:
            self.stdout.write("Run manage.py check_search --repair to put it right.")
