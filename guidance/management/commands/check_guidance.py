"""Prints what the editorial checks find in an edition."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.core.serializers.json import DjangoJSONEncoder

from guidance.actions.checks import Check, check_edition
from guidance.models import EditionPage, GuidancePage


class Command(BaseCommand):
    help = "Check an edition of a guidance document. Exit code 1 where something blocks it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("document", help="slug of the guidance document")
        parser.add_argument(
            "--edition", help="slug of the edition (default: the one written last), draft or issued"
        )
        parser.add_argument("--json", action="store_true", help="print the findings as JSON, alone")

    def handle(self, *args: Any, **options: Any) -> None:
        page = _edition(options["document"], options["edition"])
        checks = check_edition(page)
        if options["json"]:
            rows = [asdict(check) for check in checks]
            self.stdout.write(json.dumps(rows, cls=DjangoJSONEncoder, indent=1, ensure_ascii=False))
        else:
            self._print(page, checks)
        if any(check.blocking for check in checks):
            raise SystemExit(1)

    def _print(self, page: EditionPage, checks: list[Check]) -> None:
        for check in checks:
            weight = "blocks" if check.blocking else "advice"
            self.stdout.write(f"{weight}  {check.code}  {check.place}\n  {check.message}")
            self.stdout.write(f"  {check.remedy}")
        blocking = sum(check.blocking for check in checks)
        self.stdout.write(
            f"{page.title}: {blocking} that block, {len(checks) - blocking} to look at."
        )


def _edition(document: str, edition: str | None) -> EditionPage:
    parent = GuidancePage.objects.filter(slug=document).first()
    if parent is None:
        raise CommandError(f"No guidance document has the slug “{document}”.")
    pages = EditionPage.objects.child_of(parent)
    page = pages.filter(slug=edition).first() if edition else pages.order_by("-pk").first()
    if page is None:
        known = ", ".join(pages.values_list("slug", flat=True)) or "none yet"
        raise CommandError(
            f"“{document}” has no edition “{edition}”; it has {known}."
            if edition
            else f"“{document}” has no edition yet."
        )
    return page
