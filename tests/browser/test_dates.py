"""Dates, old numbers and certificates in a real browser: accessible, by keyboard, on a phone."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests import factories

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
DESKTOP = {"width": 1280, "height": 900}
PHONE = {"width": 360, "height": 740}
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
PARKS = "/guidance/parks/"
PAGES = (
    f"{PARKS}as-at/2008-08-01/",
    f"{PARKS}as-at/2008-08-01/?known_on=2009-01-01",
    f"{PARKS}first/governance/?as_at=2008-08-01",
    f"{PARKS}?as_at=yesterday",
    f"{PARKS}para/2.1/?as_at=2008-08-01&known_on=2009-01-01",
    f"{PARKS}para/2.2/",
    f"{PARKS}para/2.1/certificate/",
    f"{PARKS}first/certificate/",
    "/certificates/check/",
    "/certificates/key/",
)
OVERFLOWS = "document.documentElement.scrollWidth > document.documentElement.clientWidth"


@pytest.fixture
def parks(live_server: Any) -> str:
    """Two editions; what was 2.1 in the first is 2.2 in the second. Gives the site's address."""
    document = factories.document("parks", "Keeping parks open")
    kept = uuid4()
    for slug, number, day in (
        ("first", "2.1", date(2008, 7, 1)),
        ("second", "2.2", date(2009, 4, 1)),
    ):
        new = [factories.paragraph("2.1", "Something new.")] if slug == "second" else []
        blocks = [*new, factories.paragraph(number, "An authority must consult.", kept)]
        factories.issued(
            document, [factories.section("Governance", blocks, number="2", slug="governance")],
            slug=slug, title=f"{slug.capitalize()} edition", published=day,
            now=datetime(day.year, day.month, day.day, 9, tzinfo=UTC),
        )  # fmt: skip
    return str(live_server.url)


def window(chromium: Browser, parks: str, viewport: dict[str, int]) -> Page:
    return chromium.new_page(base_url=parks, viewport=viewport)


def test_axe_finds_nothing_and_nothing_is_wider_than_a_phone(chromium, parks):
    page = window(chromium, parks, DESKTOP)
    for address in PAGES:
        page.set_viewport_size(DESKTOP)
        page.goto(address)
        page.evaluate("document.querySelectorAll('form details').forEach(d => { d.open = true })")
        page.wait_for_load_state()
        found = Axe().run(page, options={"runOnly": RULES}).response["violations"]
        assert [(address, v["id"], v["nodes"][0]["html"]) for v in found] == []
        page.set_viewport_size(PHONE)
        assert not page.evaluate(OVERFLOWS), address


def test_from_today_to_another_date_and_what_was_known_by_keyboard(chromium, parks):
    page = window(chromium, parks, PHONE)
    page.goto(f"{PARKS}para/2.1/")
    expect(page.get_by_text("Something new.")).to_be_visible()
    page.get_by_role("link", name="change the date").focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{parks}{PARKS}para/2.1/#as-at")
    page.get_by_label("What applied on").fill("2008-08-01")
    page.keyboard.press("Tab")
    while page.evaluate("document.activeElement.tagName") != "SUMMARY":
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.get_by_label("As this site knew it at the end of").fill("2008-12-31")
    page.keyboard.press("Enter")
    expect(page.locator(".standing")).to_contain_text("as this site knew it on 31 December 2008")
    expect(page.locator(".paragraph-large")).to_contain_text("An authority must consult.")
    page.get_by_role("link", name="what it knows now").click()
    expect(
        page.get_by_text("From 1 April 2009 the number 2.1 belongs to another paragraph")
    ).to_be_visible()


def test_a_certificate_is_kept_as_a_file_and_checked(chromium, parks, tmp_path: Path):
    page = window(chromium, parks, DESKTOP)
    page.goto(f"{PARKS}para/2.2/")
    page.get_by_role("link", name="Certificate of these words").click()
    expect(page.get_by_role("heading", name="Certificate: paragraph 2.2")).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("link", name="JSON").click()
    file = tmp_path / "certificate.json"
    download.value.save_as(file)
    page.get_by_role("link", name="checked").click()
    page.get_by_label("The certificate’s file").set_input_files(file)
    page.get_by_role("button", name="Check it").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(
        "The certificate is genuine, and what it states still holds"
    )
    assert Axe().run(page, options={"runOnly": RULES}).response["violations"] == []
    file.write_text(file.read_text().replace("must consult", "may ignore"))
    page.get_by_role("link", name="Check another certificate").click()
    page.get_by_label("The certificate’s file").set_input_files(file)
    page.get_by_role("button", name="Check it").click()
    expect(page.get_by_text("The signature does not fit")).to_be_visible()
