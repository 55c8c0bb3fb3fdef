"""Fills an empty site with the demonstration: a folder, two documents, two consultations, and a
person for each role.

What it shows came in by the same import and the same act of publication as any other guidance.
Running it again adds what is missing and changes nothing that is there.
"""

from __future__ import annotations

import secrets
from argparse import ArgumentParser
from dataclasses import replace
from typing import Any

from django.conf import settings
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from accounts.models import User
from accounts.roles import ensure_roles
from guidance.actions.importing import plan_import, save_import
from guidance.actions.obligation_proposals import proposals
from guidance.actions.obligations import decide_obligations
from guidance.actions.publishing import publish_edition
from guidance.actions.reviewing import decide_changes
from guidance.actions.starting import start_edition
from guidance.models import EditionPage, GuidanceIndexPage, GuidancePage
from guidance.readers.bounded import read_outline
from home.demonstration.drafting import Draft
from home.demonstration.editions import EDITIONS, Edition
from home.demonstration.folder import ensure_folder
from home.site_tree import ensure_site_tree

PEOPLE = [
    ("editor@example.org", "Edith", "Editor", "Editors"),
    ("policy@example.org", "Petra", "Policy", "Policy leads"),
    ("legal@example.org", "Leonard", "Legal", "Legal"),
    ("board@example.org", "Barbara", "Board", "Sounding Board"),
    ("publisher@example.org", "Paul", "Publisher", "Publishers"),
    ("team@example.org", "Tess", "Team", "Consultation team"),
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
        with transaction.atomic():
            if ensure_folder(administrator):
                self.stdout.write("Made the folder and the timetable")
        for command in ("load_demonstration_consultations", "teach_demonstration"):
            call_command(command, stdout=self.stdout)  # of other apps, called by name

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

    def _ensure_edition(self, edition: Edition, index: GuidanceIndexPage, user: User) -> None:
        """Each edition is made and published whole or not at all, so that a run that was stopped is
        completed by the next."""
        page = edition.page
        if page is not None and page.issued:
            return
        with transaction.atomic():
            page = page or self._draft(edition, index, user)
            if edition.in_force_from is not None:
                _confirm_demands(page, user)
            publish_edition(user=user, page=page, now=edition.issued_at)
        self.stdout.write(f"Published {edition.document.title}: {page.title}")

    def _draft(self, edition: Edition, index: GuidanceIndexPage, user: User) -> EditionPage:
        document = GuidancePage.objects.child_of(index).filter(slug=edition.document.slug).first()
        if edition.amend is not None and document is not None:
            return self._amended(edition, document, user)
        assert edition.source is not None
        with edition.source() as file:
            outline = read_outline(file, "demonstration.html")
        page = save_import(
            user=user,
            plan=plan_import(outline, document),
            document_slug=edition.document.slug,
            edition_slug=edition.slug,
            stage=edition.stage,
            published=edition.published,
            in_force_from=edition.in_force_from,
            title=edition.document.title,
            edition_title=edition.title,
        )
        if document is None:
            _describe(page.get_parent().specific, edition, user)
        if edition.decisions is not None:
            decide_changes(user=user, page=page, decisions=edition.decisions(page))
        return page

    def _amended(self, edition: Edition, document: GuidancePage, user: User) -> EditionPage:
        """The last edition, amended as an editor does it, each change with its reason."""
        assert edition.amend is not None
        page = start_edition(
            user=user,
            document=document,
            stage=edition.stage,
            title=edition.title,
            slug=edition.slug,
            published=edition.published,
            in_force_from=edition.in_force_from,
        )
        draft = Draft(page)
        edition.amend(draft)
        draft.save(user)
        decide_changes(user=user, page=page, decisions=draft.decisions)
        return page

    def _say_how_to_sign_in(self, port: str) -> None:
        self.stdout.write(f"Sign in at http://localhost:{port}/admin/ with one of")
        for email, _, _, group in PEOPLE:
            self.stdout.write(f"  {email:28} {group or 'may do everything'}")
        self.stdout.write(f"Password for each: {_password()}")


def _describe(document: GuidancePage, edition: Edition, user: User) -> None:
    document.summary = edition.document.summary
    document.publisher, document.extent = "Demonstration department", "England"
    document.save()
    document.save_revision(user=user)


def _confirm_demands(page: EditionPage, user: User) -> None:
    """Confirm what plainly binds somebody, and drop what is doubtful."""
    undecided = [p for p in proposals(page).proposals if p.state == "undecided"]
    decide_obligations(
        user=user,
        page=page,
        decisions=[replace(p.shown, confirmed=bool(p.binds and not p.doubt)) for p in undecided],
    )


def _password() -> str:
    """The password of this demonstration, made up once and kept beside its database."""
    file = settings.BASE_DIR / "var" / "demonstration-password"
    if not file.exists():
        file.parent.mkdir(exist_ok=True)
        file.write_text(secrets.token_urlsafe(9))
        file.chmod(0o600)
    return file.read_text().strip()
