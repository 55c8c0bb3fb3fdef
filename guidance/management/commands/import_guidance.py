"""Imports a file as a draft edition: says what was understood of it, and can publish it at once."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from datetime import date
from typing import Any, NoReturn

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, transaction

from accounts.models import User
from accounts.roles import command_user
from guidance.actions.import_plan import ImportPlan
from guidance.actions.import_target import ImportRefused, ImportTarget
from guidance.actions.importing import plan_import, save_import
from guidance.actions.publishing import EditionNotReady, publish_edition
from guidance.models import Stage
from guidance.models.pages import CAN_BE_IN_FORCE
from guidance.outline.model import Outline
from guidance.outline.report import report, report_text
from guidance.outline.source import UnreadableFile
from guidance.readers.bounded import read_outline

OPTION = {"document_slug": "--document", "edition_slug": "--edition", "stage": "--stage",
          "in_force_from": "--in-force-from"}  # fmt: skip


class Command(BaseCommand):
    help = "Import a document (text, Word, HTML or PDF) as a draft edition of guidance."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", help="the document: text, Markdown, Word (.docx), HTML or PDF")
        parser.add_argument("--document", required=True, help="slug of the guidance document")
        parser.add_argument("--edition", required=True, help="slug of the new edition")
        parser.add_argument("--stage", required=True, choices=Stage.values)
        parser.add_argument(
            "--published", required=True, help="date printed on it: 2007-11-23, or 2007-11"
        )
        parser.add_argument("--in-force-from", help="date from which it applies: 2008-07-01")
        parser.add_argument("--title", default="", help="title of the document when it is new")
        parser.add_argument("--edition-title", default="", help="title of the edition")
        parser.add_argument("--dry-run", action="store_true", help="say what would be imported")
        parser.add_argument("--publish", action="store_true", help="publish the edition at once")
        parser.add_argument("--json", action="store_true", help="print the report as JSON, alone")
        parser.add_argument("--user", help="e-mail address of the person who imports")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            target = self._target(options)
            outline = read_outline(options["file"])
            if options["dry_run"]:
                self._say(options, outline, None if options["json"] else _planned(outline, target))
            else:
                self._import(outline, target, options)
        except UnreadableFile as error:
            raise CommandError(str(error)) from error
        except ImportRefused as error:
            raise CommandError(f"{OPTION.get(error.field, error.field)}: {error}") from error
        except PermissionDenied as error:
            raise CommandError(str(error)) from error

    def _target(self, options: dict[str, Any]) -> ImportTarget:
        in_force = options["in_force_from"]
        target = ImportTarget(
            document_slug=options["document"],
            edition_slug=options["edition"],
            stage=options["stage"],
            published=_day("--published", options["published"]),
            in_force_from=_day("--in-force-from", in_force) if in_force else None,
        )
        target.check_form()
        if options["publish"] and target.stage in CAN_BE_IN_FORCE and not in_force:
            raise CommandError(
                "--in-force-from is missing: a final edition cannot be published without the date "
                "from which it applies."
            )
        return target

    def _import(self, outline: Outline, target: ImportTarget, options: dict[str, Any]) -> None:
        user = _user(options["user"])
        target.check()
        plan = plan_import(outline, target.document())
        try:
            with transaction.atomic():
                edition = save_import(
                    user=user,
                    plan=plan,
                    document_slug=target.document_slug,
                    edition_slug=target.edition_slug,
                    stage=target.stage,
                    published=target.published,
                    in_force_from=target.in_force_from,
                    title=options["title"],
                    edition_title=options["edition_title"],
                )
                if options["publish"]:
                    publish_edition(user=user, page=edition)
        except EditionNotReady as error:
            self._refuse(error)
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        self._say(options, outline, plan)
        if not options["json"]:
            done = "Published" if options["publish"] else "Saved as a draft"
            self.stdout.write(f"\n{done}: {edition.get_parent().title}, {edition.title}")

    def _refuse(self, error: EditionNotReady) -> NoReturn:
        for check in filter(lambda check: check.blocking, error.checks):
            self.stderr.write(f"{check.place}: {check.message} {check.remedy}".strip())
        raise CommandError(
            "The edition cannot be published as it is, and nothing was saved. Import it without "
            "--publish, put these points right in the admin, and publish it there."
        ) from error

    def _say(self, options: dict[str, Any], outline: Outline, plan: ImportPlan | None) -> None:
        if options["json"]:
            self.stdout.write(json.dumps(report(outline), ensure_ascii=False, indent=2))
            return
        self.stdout.write(report_text(outline))
        if plan and plan.previous:
            self.stdout.write(_comparison(plan))


def _planned(outline: Outline, target: ImportTarget) -> ImportPlan | None:
    """The plan, or None where there is no database to compare with."""
    try:
        return plan_import(outline, target.document())
    except DatabaseError:
        return None


def _comparison(plan: ImportPlan) -> str:
    """What changed against the edition before, a line for each kind of change."""
    counts: dict[str, int] = {}
    for match in plan.matches:
        if match.citable:
            counts[match.change] = counts.get(match.change, 0) + 1
    lines = [f"  {count:>5}  {change}" for change, count in sorted(counts.items())]
    lines += [f"  {len(plan.removed):>5}  removed"] if plan.removed else []
    return "\n".join([f"\nCompared with {plan.previous}:", *lines])


def _user(email: str | None) -> User:
    if not email:
        return command_user()
    try:
        return User.objects.get(email__iexact=email, is_active=True)
    except User.DoesNotExist as error:
        raise CommandError("--user: there is no active account with this address.") from error


def _day(option: str, words: str) -> date:
    """An ISO date; a month alone ("2007-11") is its first day."""
    try:
        return date.fromisoformat(words if words.count("-") == 2 else f"{words}-01")
    except ValueError as error:
        raise CommandError(
            f"{option}: “{words}” is not a date; write year, month and day, such as 2007-11-23, "
            "or year and month, such as 2007-11."
        ) from error
