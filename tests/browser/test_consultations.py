"""Consultations in a real browser, as whoever has not begun to respond finds them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect

from consultation.models import CriterionEvidence, RelatedDocument
from guidance.models import Entry
from guidance.views import kept
from tests import factories
from tests.browser.test_reading import DESKTOP, PHONE, RULES, WIDER_THAN_THE_WINDOW
from tests.consultation import samples

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
BASE = "/consultations/parks/"
PAGES = (
    "/consultations/", BASE, f"{BASE}questions/", f"{BASE}draft/", f"{BASE}draft/1-beginning/",
    f"{BASE}draft/2-money/", "/consultations/old-parks/",
)  # fmt: skip


@pytest.fixture
def site() -> str:
    """An open consultation with all that one can have, one to come and one closed; the address of
    the draft's first section."""
    kept.forget()
    edition, now = samples.draft_edition(), timezone.now()
    page = samples.consultation(
        edition, title="Parks: have your say", slug="parks", shorter_reason="The Act commences soon.",
        about="<p>Parks.</p><ul><li>gates</li></ul>", audience="<p>Everybody.</p>",
        impact_assessment="<p>Small.</p>", alternative_formats="<p>Ask us for large print.</p>",
        privacy_notice="<p>We read what you send.</p>", contact_phone="020 7946 0000",
        postal_address="1 A-Very-Long-Street-Name-That-Goes-On\nLondon",
        ways_to_respond="<p>Or at a meeting.</p>",
    )  # fmt: skip
    asked = samples.question(
        page, text="Is asking users enough?", kind="agree", help="Think of your park.", paragraphs=["1.1", "1.2"]
    )  # fmt: skip
    row = Entry.objects.get(edition=edition, version__kind="question", version__number="1")
    asked.printed_id = row.paragraph_id
    asked.save()
    samples.question(page, text="What should a park cost?", paragraphs=["2.1"])
    samples.question(page, text="Is anything missing?")
    CriterionEvidence.objects.create(page=page, criterion="a", met=True, evidence="Thirteen weeks.")
    RelatedDocument.objects.create(page=page, title="A letter", link="https://example.org/letter")
    samples.consultation(edition, opens=now + timedelta(days=3), closes=now + timedelta(days=90))
    old = samples.closed(edition, title="Old parks", slug="old-parks")
    samples.question(old, paragraphs=["1.3"])
    factories.issued(edition.document, title="Final 2026")
    return f"/guidance/{edition.document.slug}/{edition.slug}/1-beginning/"


@pytest.fixture
def open_page(chromium: Browser, live_server: Any, site: str) -> Iterator[Callable[..., Page]]:
    """A script error or a refused style fails the test."""
    faults: list[str] = []

    def window(viewport: dict[str, int] = DESKTOP, **options: Any) -> Page:
        page = chromium.new_page(base_url=live_server.url, viewport=viewport, **options)
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on(
            "console", lambda m: faults.append(m.text) if "Content Security" in m.text else None
        )
        return page

    yield window
    assert faults == []


@pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_axe_finds_nothing_and_nothing_is_wider_than_the_window(open_page, site, viewport):
    page = open_page(viewport)
    for address in (*PAGES, site):
        page.goto(address)
        page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true })")
        assert (address, page.evaluate(WIDER_THAN_THE_WINDOW)) == (address, [])
        page.wait_for_load_state()
        found = Axe().run(page, options={"runOnly": RULES}).response["violations"]
        assert [(address, v["id"], v["nodes"][0]["html"]) for v in found] == []


def test_from_the_first_line_of_the_draft_by_keyboard_to_the_question_and_its_form(open_page, site):
    page = open_page(java_script_enabled=False)
    page.goto(site)
    page.get_by_role("link", name="closes").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Parks: have your say")
    page.get_by_role("link", name="Read the draft with the questions in it").press("Enter")
    page.get_by_role("link", name="Question 1", exact=True).press("Enter")
    expect(page.locator(".asked:target")).to_contain_text("Is asking users enough?")
    answer = page.locator(".asked:target").get_by_role("link", name="Answer this question")
    href = answer.get_attribute("href") or ""
    assert href.startswith(f"{BASE}respond/question/")
    answer.press("Enter")
    expect(page).to_have_url(re.compile(f"{re.escape(href)}$"))
    expect(page.locator("main")).to_contain_text("Is asking users enough?")
