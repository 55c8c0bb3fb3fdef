"""Fills an empty site with the demonstration: a folder, two documents, and a person for each role.

What it shows came in by the same import and the same act of publication as any other guidance.
Running it again adds what is missing and changes nothing that is there.
"""

from __future__ import annotations

import secrets
from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from django.conf import settings
from django.contrib.auth.models import Group
from django.core.management.base import BaseCommand, CommandError

from accounts.models import User
from accounts.roles import ensure_roles
from guidance.actions.importing import plan_import, save_import
from guidance.actions.publishing import publish_edition
from guidance.models import GuidanceIndexPage, GuidancePage
from guidance.readers.bounded import read_outline
from home.site_tree import ensure_site_tree

FOLDER = Path(__file__).resolve().parents[2] / "demonstration"


class DemonstrationEdition(NamedTuple):
    """One edition to show: where its text is and the dates printed on it."""

    file: str
    document: str
    title: str
    summary: str
    edition: str
    stage: str
    published: date
    in_force_from: date | None = None


EDITIONS = [
    DemonstrationEdition(
        file="local-priorities-final-2009.html",
        document="local-priorities",
        title="Local people, local priorities",
        summary="How to involve local people, find out what an area needs, and agree priorities.",
        edition="final-2009",
        stage="final",
        published=date(2009, 2, 16),
        in_force_from=date(2009, 4, 1),
    ),
    DemonstrationEdition(
        file="community-buildings-draft-2026.html",
        document="community-buildings",
        title="Community buildings in community hands",
        summary="How an authority can pass a building to a local group, and on what terms.",
        edition="draft-2026",
        stage="consultation",
        published=date(2026, 10, 5),
    ),
]

PEOPLE = [
    ("editor@example.org", "Edith", "Editor", "Editors"),
    ("publisher@example.org", "Paul", "Publisher", "Publishers"),
    ("administrator@example.org", "Ada", "Administrator", None),
]
"""E-mail address, names and group; no group means a superuser."""


class Command(BaseCommand):
    help = "Fills an empty site with the demonstration folder and a person for each role."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--how-to-sign-in", action="store_true", help="only say how")
        parser.add_argument("--port", default="8000")

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMONSTRATION:
            raise CommandError(
                "This is not a demonstration site: set DEMONSTRATION in its settings."
            )
        if options["how_to_sign_in"]:
            self._say_how_to_sign_in(options["port"])
            return
        index = ensure_site_tree()
        ensure_roles()
        administrator = self._ensure_people()
        for edition in EDITIONS:
            self._ensure_edition(edition, index, administrator)

    def _ensure_people(self) -> User:
        for email, first_name, last_name, group in PEOPLE:
            user, created = User.objects.get_or_create(
                email=email, defaults={"first_name": first_name, "last_name": last_name}
            )
            if created:
                user.set_password(_password())
                user.is_superuser = user.is_staff = group is None
                user.save()
            if group:
                user.groups.add(Group.objects.get(name=group))
        return User.objects.get(email="administrator@example.org")

    def _ensure_edition(
        self, edition: DemonstrationEdition, index: GuidanceIndexPage, user: User
    ) -> None:
        document = GuidancePage.objects.child_of(index).filter(slug=edition.document).first()
        if document and document.get_children().filter(slug=edition.edition).exists():
            return
        outline = read_outline(FOLDER / edition.file)
        page = save_import(
            user=user,
            plan=plan_import(outline, document),
            document_slug=edition.document,
            edition_slug=edition.edition,
            stage=edition.stage,
            published=edition.published,
            in_force_from=edition.in_force_from,
            title=edition.title,
        )
        GuidancePage.objects.filter(slug=edition.document).update(
            summary=edition.summary, publisher="Demonstration department", extent="England"
        )
        publish_edition(user=user, page=page)
        self.stdout.write(f"Published {edition.title}: {page.title}")

    def _say_how_to_sign_in(self, port: str) -> None:
        self.stdout.write(f"Sign in at http://localhost:{port}/admin/ with one of")
        for email, _, _, group in PEOPLE:
            self.stdout.write(f"  {email:28} {group or 'may do everything'}")
        self.stdout.write(f"Password for each: {_password()}")


def _password() -> str:
    """The password of this demonstration, made up once and kept beside its database."""
    file = settings.BASE_DIR / "var" / "demonstration-password"
    if not file.exists():
        file.parent.mkdir(exist_ok=True)
        file.write_text(secrets.token_urlsafe(9))
        file.chmod(0o600)
    return file.read_text().strip()
