"""manage.py respondent_access: all that is held of one person, as a ZIP file that only its owner can
read."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.management.base import BaseCommand, CommandError, CommandParser

from consultation.actions.subject_access import give_access
from consultation.management.people import acting, add_person, held_of


class Command(BaseCommand):
    help = "Writes all that is held of one respondent to a ZIP file."

    def add_arguments(self, parser: CommandParser) -> None:
        add_person(parser)
        parser.add_argument("--to", required=True, type=Path, help="A new file, such as held.zip.")

    def handle(self, *args: Any, **options: Any) -> None:
        held = held_of(options)
        to: Path = options["to"]
        try:
            files = give_access(user=acting(options["user"]), held=held, to=to)
        except PermissionDenied as denied:
            raise CommandError(str(denied)) from None
        except FileExistsError:
            raise CommandError(f"{to} is there already: name a new file.") from None
        except OSError as error:
            raise CommandError(f"{to} could not be written: {error.strerror or error}.") from None
        count = len(held.responses) + len(held.drafts)
        self.stdout.write(f"{to}: {count} responses with {files} files. Only you can read it.")
