"""Guidance that is published, drafted and superseded, in an index of its own."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from django.db import transaction
from django.test import override_settings
from pytest_django import DjangoDbBlocker

from search.actions import knowledge, labels, using
from search.actions.indexing import rebuild
from search.engines import EngineDown
from tests import factories
from tests.search.places import fresh_url, remove

UNPUBLISHED, BESIDE = "zanzibar", "lagoon"
"""Words that stand only in what was never published, always together."""


SECOND = UUID("00000000-0000-4000-8000-000000000021")


def words(number: str, text: str, identity: UUID | None = None) -> dict[str, object]:
    return factories.paragraph(number, f"<p>{text}</p>", identity)


def sections(*blocks: dict[str, object]):
    duty = [
        factories.heading("The duty to involve"),
        words(
            "2.1",
            "An authority must <b>consult</b> the people it serves about playgrounds.",
            SECOND,
        ),
        words(
            "2.2", "=SUM(A1) &lt;script&gt;alert(1)&lt;/script&gt; playgrounds are to be kept safe."
        ),
        factories.box(
            "Playgrounds & <i>swings</i>", "<p>Anyone who lives nearby a playground.</p>"
        ),
        *blocks,
    ]
    aims = [words("1.1", "The aim is a park for everybody.")]
    return [
        factories.section("Aims", aims, number="1", slug="aims"),
        factories.section("Governance", duty, number="2", slug="governance"),
    ]


def publish() -> None:
    """A draft of 2007 that speaks of ponds, a first edition that speaks of bandstands and was
    replaced, and the edition in force; then drafts that were never published."""
    document = factories.document(
        "parks", "Keeping parks open", summary="Parks & how to keep them."
    )
    factories.issued(
        document, sections(words("2.3", "Ponds should be fenced.")), slug="draft-2007",
        title="Draft for consultation", stage="consultation", published=date(2007, 11, 1),
    )  # fmt: skip
    factories.issued(
        document, sections(words("2.3", "Bandstands may be let.")), slug="final-2008",
        title="Final edition", published=date(2008, 7, 1), statements=[factories.statement("2.1")],
    )  # fmt: skip
    more = [words(f"2.{n}", f"A playground needs a bench, number {n}.") for n in range(3, 20)]
    factories.issued(
        document, sections(*more), slug="final-2010", title="Second edition",
        published=date(2010, 4, 1), statements=[factories.statement("2.1")],
    )  # fmt: skip
    secret = words("2.99", f"A playground in {UNPUBLISHED} {BESIDE}.")
    factories.draft(document, sections(secret), slug="secret", title=f"{UNPUBLISHED} {BESIDE}")
    factories.draft(
        factories.document("hidden", f"Guidance about {UNPUBLISHED} {BESIDE}"), slug="first"
    )


@pytest.fixture(scope="module")
def _published(
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[str]:
    """Published and indexed once for a module, which only reads."""
    url = fresh_url(tmp_path_factory.mktemp("search"), kept=True)
    with django_db_blocker.unblock(), override_settings(SEARCH_URL=url), transaction.atomic():
        _forget()
        publish()
        rebuild()
        yield url
        transaction.set_rollback(True)
    _forget()
    remove(url)


@pytest.fixture
def parks(_published: str, db: None, settings: Any) -> None:
    """What `publish` published, in an index of its own."""
    settings.SEARCH_URL = _published
    _forget()


def _forget() -> None:
    for module in (knowledge, labels, using):
        module.forget()


class Down:
    """An engine that does not answer."""

    name = "embedded"

    def __getattr__(self, name: str):
        raise EngineDown("it is not there")

    def close(self) -> None: ...


@pytest.fixture
def _down(monkeypatch: pytest.MonkeyPatch):
    for module in ("searching", "completing"):
        monkeypatch.setattr(f"search.actions.{module}.engine", Down)
