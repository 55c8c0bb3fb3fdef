"""People of each role, and a drafted edition."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.test import Client

from accounts.roles import command_user
from guidance.actions.importing import plan_import, save_import
from guidance.models import EditionPage, GuidancePage
from guidance.outline.build import build
from guidance.readers import read_bytes
from tests.guidance.sample_texts import FIRST

ROLES = ("nobody", "member", "Editors", "Publishers", "Administrators", "superuser")


@pytest.fixture
def person() -> Callable[[str], Any]:
    """Makes the person of a role: "member" signs in and has no role, "nobody" does not sign in."""

    def make(role: str) -> Any:
        users = get_user_model().objects
        if role == "superuser":
            return users.create_superuser("superuser@example.org", "secret")
        user = users.create_user(f"{role.lower()}@example.org", "secret")
        if role not in ("nobody", "member"):
            user.groups.add(Group.objects.get(name=role))
        return user

    return make


@pytest.fixture
def as_role(person: Callable[[str], Any]) -> Callable[[str], Client]:
    """A client in which the person of a role is signed in."""

    def sign_in(role: str) -> Client:
        client = Client()
        if role != "nobody":
            client.force_login(person(role))
        return client

    return sign_in


@pytest.fixture
def draft(db: None) -> EditionPage:
    return make_edition(FIRST)


def make_edition(words: str, edition: str = "draft", **changes: Any) -> EditionPage:
    """A draft edition of the document "rivers"."""
    document = GuidancePage.objects.filter(slug="rivers").first()
    outline = build(read_bytes(words.encode(), "rivers.md"))
    return save_import(
        user=command_user(),
        plan=plan_import(outline, document),
        document_slug="rivers",
        edition_slug=edition,
        **{"stage": "consultation", "published": date(2008, 3, 1), **changes},
    )
