"""Teaches the search of the demonstration a few synonyms and what to show first.

`load_demonstration` calls it. Running it again adds what is missing and changes nothing else.
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from accounts.models import User
from accounts.roles import command_user
from guidance.models import Edition, Entry, GuidancePage, Paragraph
from search.actions.teaching import add_synonym, promote, promotions_of
from search.demonstration import PROMOTED, SYNONYMS
from search.models import Synonym


class Command(BaseCommand):
    help = "Teaches the search of the demonstration synonyms, and what to show first."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMONSTRATION:
            raise CommandError(
                "This is not a demonstration site: set DEMONSTRATION in its settings."
            )
        user = User.objects.filter(email="editor@example.org").first() or command_user()
        taught = sum([*self._synonyms(user), *self._promotions(user)])
        if taught:
            self.stdout.write(f"Taught the search {taught} things")

    def _synonyms(self, user: User) -> list[bool]:
        return [_add(user, words) for words in SYNONYMS]

    def _promotions(self, user: User) -> list[bool]:
        return [_promote(user, *chosen) for chosen in PROMOTED]


def _add(user: User, words: str) -> bool:
    if Synonym.objects.filter(words=words).exists():
        return False
    add_synonym(user=user, words=words)
    return True


def _promote(user: User, search: str, slug: str, number: str) -> bool:
    """The paragraph that has the number in the newest edition; False where it is shown already."""
    document = GuidancePage.objects.filter(slug=slug).first()
    edition = Edition.objects.filter(document__slug=slug).newest_first().first()
    if document is None or edition is None:
        return False
    entry = Entry.objects.filter(edition=edition, reference=number).first() if number else None
    if number and entry is None:
        return False
    paragraph = Paragraph.objects.get(versions=entry.version_id) if entry else None
    if promotions_of(search).filter(document=document, paragraph=paragraph).exists():
        return False
    promote(user=user, search=search, document=document, paragraph=paragraph)
    return True
