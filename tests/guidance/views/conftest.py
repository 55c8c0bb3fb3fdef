"""A document with a draft and a final edition, as the reading pages find it."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest

from guidance.models import GuidancePage
from guidance.views import kept
from tests import factories

TODAY = date(2010, 6, 15)
IDENTITY = UUID("00000000-0000-4000-8000-00000000002d")


@pytest.fixture(autouse=True)
def _nothing_kept():
    kept.forget()


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> date:
    """It is 15 June 2010 in these tests."""
    from datetime import datetime

    from django.utils import timezone

    noon = datetime(TODAY.year, TODAY.month, TODAY.day, 12, tzinfo=timezone.get_default_timezone())
    monkeypatch.setattr(timezone, "localtime", lambda *a, **k: noon)
    monkeypatch.setattr(timezone, "localdate", lambda *a, **k: TODAY)
    return TODAY


def sections(text: str = "An authority must consult.", count: int = 3, number: str = "2.13"):
    blocks = [factories.heading("The duty"), factories.paragraph("2.1")]
    blocks += [factories.paragraph(f"2.{n}") for n in range(2, count)]
    blocks.append(
        factories.paragraph(number, f"<p>{text}<sup>1</sup></p>", IDENTITY, {"1": "See the Act."})
    )
    blocks += [factories.box("Data sharing"), factories.term("Partner")]
    return [
        factories.section("Aims", [factories.paragraph("1.1")], number="1", slug="aims"),
        factories.section("Governance", blocks, number="2", slug="governance"),
    ]


@pytest.fixture
def parks(db) -> GuidancePage:
    """A draft of 2007, in force since 1 July 2008: paragraph 2.13 was 2.12 in the draft."""
    document = factories.document(
        "parks", "Keeping parks open", summary="Parks & how to keep them."
    )
    factories.issued(
        document, sections("An authority should consult.", number="2.12"), slug="draft-2007",
        title="Draft for consultation, 2007", stage="consultation", published=date(2007, 11, 1),
    )  # fmt: skip
    factories.issued(
        document, sections(), slug="final-2008", title="Final edition, 2008", published=date(2008, 6, 1),
        in_force_from=date(2008, 7, 1), statements=[factories.statement("2.1 to 2.13", words="As printed.")],
    )  # fmt: skip
    return document
