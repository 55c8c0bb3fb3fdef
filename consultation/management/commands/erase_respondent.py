"""manage.py erase_respondent: erases all that is held of one person who asks for it."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.management.base import BaseCommand, CommandError, CommandParser

from consultation.actions.erasing import Held, erase_person
from consultation.management.people import acting, add_person, held_of


class Command(BaseCommand):
    help = "Erases names, contacts, words and files of one respondent; counts and choices stay."

    def add_arguments(self, parser: CommandParser) -> None:
        add_person(parser)
        parser.add_argument("--consultation", default="", help="The slug of one consultation.")
        parser.add_argument("--reason", required=True, help="For the audit log; name nobody.")
        parser.add_argument(
            "--yes", action="store_true", help="Do it; without this, only say what."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        user = acting(options["user"])
        held = held_of(options, consultation=options["consultation"])
        for line in _lines(held):
            self.stdout.write(line)
        if not options["yes"]:
            self.stdout.write("Nothing was erased. Say the same with --yes to erase this.")
            return
        try:
            done = erase_person(user=user, held=held, reason=options["reason"])
        except PermissionDenied as denied:
            raise CommandError(str(denied)) from None
        self.stdout.write(
            f"Erased: {done.responses} responses, {done.drafts} unsent drafts, {done.files} files."
        )


def _lines(held: Held) -> list[str]:
    """What would go, by reference and never by name."""
    lines = [
        f"{response.consultation.slug}: {response.reference}, version {response.version},"
        f" {response.get_state_display().lower()}"
        for response in held.responses
    ]
    lines += [f"{draft.consultation.slug}: an unsent draft" for draft in held.drafts]
    others = held.letters_elsewhere().count() + held.links_elsewhere().count()
    if others:
        lines.append(f"{others} letters and links that went to this address for others' responses")
    return lines
