"""manage.py import_authorities FILE.csv: the authorities that respondents choose from."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from consultation.actions.authorities import ListFaulty, import_authorities

MOST_FAULTS = 20


class Command(BaseCommand):
    help = "Takes in a CSV list of authorities: name, kind, code (GSS). Again changes nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            data = options["file"].read_bytes()
        except OSError as error:
            raise CommandError(f"{options['file']} cannot be read: {error.strerror}.") from None
        try:
            changes = import_authorities(data=data)
        except ListFaulty as faulty:
            raise CommandError(_words(faulty.faults)) from None
        for name in changes.added:
            self.stdout.write(f"added: {name}")
        for name in changes.changed:
            self.stdout.write(f"changed: {name}")
        self.stdout.write(
            f"{len(changes.added)} added, {len(changes.changed)} changed, {changes.same} as they were;"
            f" {len(changes.missing)} that the list does not have are left alone."
        )


def _words(faults: list[str]) -> str:
    shown = faults[:MOST_FAULTS]
    more = len(faults) - len(shown)
    lines = [*shown, *([f"… and {more} more."] if more else [])]
    return "Nothing was changed.\n" + "\n".join(lines)
