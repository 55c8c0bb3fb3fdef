"""Documents for the API's tests, and nothing kept between tests.

`parks` has two editions of a hundred ways to be asked for; `hidden` has drafts that nobody may see.
"""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest
from django.core.cache import cache

from consultation.models import ConsultationPage
from guidance.api import kept, titles
from guidance.models import Edition, GuidancePage
from tests import factories
from tests.consultation import samples
from tests.guidance.views.conftest import IDENTITY, today  # noqa: F401  a fixture
from tests.search.indexed import index

SECRET = "zebra-crossing"
"""Words that stand in drafts alone."""

RENUMBERED, REMOVED, BOX = (UUID(int=n, version=4) for n in (1, 2, 3))


@pytest.fixture(autouse=True)
def _nothing_kept_by_the_api():
    kept.forget()
    titles.forget()
    cache.clear()


def sections(*, final: bool):
    """A section of one paragraph, and one with everything that a section may hold."""
    words = "must" if final else "should"
    text = f"<p>An authority {words} consult.<sup>1</sup> See paragraph 2.1.</p>"
    blocks = [
        factories.heading("The duty"),
        factories.paragraph("2.1", identity=RENUMBERED),
        factories.paragraph("2.13" if final else "2.12", text, IDENTITY, {"1": "See <b>it</b>."}),
        factories.box("Data sharing", identity=BOX),
        factories.table("Who does what", ["Who", "What"], [["Councils", "Ask & answer"]]),
        factories.term("Partner"),
    ]
    if not final:
        blocks.insert(3, factories.paragraph("2.14", "It may wait.", REMOVED))
    return [
        factories.section("Aims", [factories.paragraph("1.1")], number="1", slug="aims"),
        factories.section("Governance", blocks, number="2", slug="governance"),
    ]


@pytest.fixture
def parks(db) -> GuidancePage:
    """A draft of 2007 in which 2.13 was 2.12 and there was a 2.14; in force since 1 July 2008."""
    document = factories.document(
        "parks", "Keeping parks open", summary="Parks & how to keep them.", publisher="A ministry"
    )
    factories.issued(
        document, sections(final=False), slug="draft-2007", stage="consultation",
        title="Draft for consultation, 2007", published=date(2007, 11, 1),
    )  # fmt: skip
    factories.issued(
        document, sections(final=True), slug="final-2008", title="Final edition, 2008",
        published=date(2008, 6, 1), in_force_from=date(2008, 7, 1),
        statements=[factories.statement("2.1 to 2.13", words="As printed.")],
    )  # fmt: skip
    consulted_on(document)
    return document


def consulted_on(document: GuidancePage) -> ConsultationPage:
    """An open consultation on the draft of 2007, with two questions."""
    edition = Edition.objects.get(document=document, slug="draft-2007")
    page = samples.consultation(edition, slug="parks", title="Parks: have your say")
    samples.question(page, "1", "Is asking enough?", paragraphs=["2.12"])
    samples.question(page, "2", "Do you agree?", kind="agree", required=True)
    return page


@pytest.fixture
def indexed(parks, settings, tmp_path) -> GuidancePage:
    """The parks, in an index of their own."""
    index(settings, tmp_path)
    return parks


@pytest.fixture
def hidden(parks) -> GuidancePage:
    """A new edition of the parks that is a draft, and a document that has drafts alone."""
    marked = [
        factories.section(
            f"The {SECRET}", [factories.paragraph("9.9", f"A {SECRET} here.")], number="9"
        )
    ]
    factories.draft(parks, marked, slug=f"{SECRET}-edition", title=f"The {SECRET} edition")
    other = factories.document(f"{SECRET}-guidance", f"On the {SECRET}", summary=SECRET)
    factories.draft(other, [], slug=f"{SECRET}-first", title=SECRET)
    return other
