"""What the two commands share that take a plan in: reading its file, and saying what came of it."""

from __future__ import annotations

from argparse import ArgumentParser
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.management.base import BaseCommand, CommandError

from accounts.models import User
from accounts.roles import command_user
from guidance.outline.model import Outline
from guidance.outline.source import UnreadableFile
from guidance.readers.bounded import read_outline
from guidance.standing import day_words
from home.actions.updates import PlanRefused, Taken
from home.plan.model import NoPlan


class PlanCommand(BaseCommand):
    """Reads a plan and hands it to `take_in`, which the commands define."""

    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", help="the plan: text, Markdown, Word (.docx), HTML or PDF")
        parser.add_argument(
            "--published", required=True, help="date printed on it: 2007-01-15, or 2007-01"
        )
        parser.add_argument("--title", default="", help="what to call this update of the plan")
        parser.add_argument(
            "--dry-run", action="store_true", help="say what was read, save nothing"
        )
        parser.add_argument("--user", help="e-mail address of the person who takes it in")

    def handle(self, *args: Any, **options: Any) -> None:
        published = _day(options["published"])
        try:
            outline = read_outline(options["file"])
            if options["dry_run"]:
                self.describe(outline)
                return
            taken = self.take_in(
                outline,
                user=_user(options["user"]),
                title=options["title"] or _title(options["published"], published),
                published=published,
                digest=sha256(Path(options["file"]).read_bytes()).hexdigest(),
            )
        except (UnreadableFile, NoPlan, PlanRefused, PermissionDenied, ValueError) as error:
            raise CommandError(str(error)) from error
        self._say(taken)

    def describe(self, outline: Outline) -> None:
        """Print what was read of the plan."""
        raise NotImplementedError

    def take_in(self, outline: Outline, **about: Any) -> Taken:
        """Save what was read."""
        raise NotImplementedError

    def _say(self, taken: Taken) -> None:
        if taken.again:
            self.stdout.write(f"Nothing to do: “{taken.update}” was taken in before.")
            return
        self.stdout.write(f"Taken in: {taken.update}")
        self.stdout.write(f"  {len(taken.added):>4}  new\n  {taken.found:>4}  known already")
        for moved in taken.moved:
            was = moved.before.words if moved.before else "no date"
            now = moved.after.words if moved.after else "no date"
            self.stdout.write(f"  {moved.title}: {was} → {now}, {moved.slip.words}")
        for title in taken.dropped:
            self.stdout.write(f"  Not in this plan any more: {title}")


def _title(given: str, published: date) -> str:
    words = day_words(published)
    return f"The plan of {words.partition(' ')[2] if given.count('-') == 1 else words}"


def _user(email: str | None) -> User:
    if not email:
        return command_user()
    try:
        return User.objects.get(email__iexact=email, is_active=True)
    except User.DoesNotExist as error:
        raise CommandError("--user: there is no active account with this address.") from error


def _day(words: str) -> date:
    """An ISO date; a month alone ("2007-01") is its first day."""
    try:
        return date.fromisoformat(words if words.count("-") == 2 else f"{words}-01")
    except ValueError as error:
        raise CommandError(
            f"--published: “{words}” is not a date; write year, month and day, such as 2007-01-15,"
            " or year and month, such as 2007-01."
        ) from error
