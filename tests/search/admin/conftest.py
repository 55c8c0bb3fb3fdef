"""Guidance about parks that can be searched, and people of every role."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from guidance.models import GuidancePage
from search.actions import counting
from tests import factories
from tests.guidance.review_samples import member
from tests.search.indexed import index


@pytest.fixture(autouse=True)
def _nothing_waits():
    counting._begin_anew()


@pytest.fixture
def parks(db: None, settings: Any, tmp_path: Path) -> GuidancePage:
    """A draft for consultation, and an edition in force without what it said of ponds."""
    document = factories.document("parks", "Keeping parks open")
    words = [
        "An authority must consult people about playgrounds.",
        "Household waste is taken away on Mondays.",
        "Refuse is not left at the gate.",
        "A bench stands at each playground.",
    ]
    blocks = [factories.paragraph(f"2.{n}", f"<p>{w}</p>") for n, w in enumerate(words, 1)]
    pond = factories.paragraph("2.9", "<p>Ponds should be fenced.</p>")
    for slug, stage, day, more in (
        ("draft-2007", "consultation", date(2007, 11, 1), [pond]),
        ("final-2008", "final", date(2008, 7, 1), []),
    ):
        factories.issued(
            document, [factories.section("Governance", [*blocks, *more], number="2")],
            slug=slug, stage=stage, title=slug, published=day,
        )  # fmt: skip
    index(settings, tmp_path)
    return document


@pytest.fixture
def as_role() -> Callable[[str], Client]:
    """A browser in which the person of a role is signed in; "nobody" is not signed in."""

    def sign_in(role: str = "Editors") -> Client:
        client = Client()
        if role == "superuser":
            client.force_login(factories.user("superuser@example.org"))
        elif role != "nobody":
            client.force_login(member(role))
        return client

    return sign_in
