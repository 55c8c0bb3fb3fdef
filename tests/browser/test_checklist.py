"""What an edition demands, in a real browser: decided by an editor, read by an officer, on paper."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pypdfium2
import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Browser, Page, expect

from guidance.actions.obligation_proposals import proposals
from guidance.actions.obligations import decisions_of
from guidance.actions.publishing import publish_edition
from tests import factories

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
DESKTOP = {"width": 1280, "height": 900}
PHONE = {"width": 360, "height": 740}
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
WORDS = "A best value authority must ask. It should keep a record of what was said to it."


def faults(page: Page, rules: list[str], within: str = "body") -> list[tuple[str, str]]:
    page.wait_for_load_state()
    found = Axe().run(page, context=within, options={"runOnly": rules}).response["violations"]
    return [(v["id"], v["nodes"][0]["html"]) for v in found]


def signed_in(chromium: Browser, live_server: Any, user: Any) -> Page:
    client = Client()
    client.force_login(user)
    page = chromium.new_page(base_url=live_server.url, viewport=DESKTOP)
    cookie = client.cookies[settings.SESSION_COOKIE_NAME]
    page.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": live_server.url}])
    return page


def test_an_editor_decides_in_place_and_an_officer_reads_filters_and_prints(chromium, live_server):
    user = factories.user()
    blocks = [factories.paragraph(f"1.{n}", WORDS) for n in range(1, 13)]
    draft = factories.draft(
        factories.document("parks"),
        [factories.section("Asking", blocks, number="1")],
        slug="first",
        title="First edition",
    )
    page = signed_in(chromium, live_server, user)
    page.goto(reverse("guidance_demands", args=[draft.pk]))
    row = page.locator("[data-row]").first
    row.locator("summary").click()
    row.get_by_role("group", name="Except").get_by_label("police authorities").check()
    row.get_by_label("Strength").select_option("should")
    row.get_by_label("Confirm").check()
    expect(page.get_by_role("status").filter(has_text="Saved")).to_be_visible()
    expect(page.locator("[data-count=confirmed]")).to_have_text("1")
    assert faults(page, ["wcag2a", "wcag2aa"], ".guidance-wide") == []
    (decision,) = decisions_of(draft)
    assert (decision.strength, decision.binds, decision.excepts) == (
        "should",
        ("best value authorities",),
        ("police authorities",),
    )
    page.get_by_role("button", name="Confirm all proposals").click()
    expect(page.locator("[data-count=undecided]")).to_have_text("0")
    assert all(p.state == "confirmed" for p in proposals(draft).proposals)

    publish_edition(user=user, page=draft)
    for viewport in (DESKTOP, PHONE):
        reader = chromium.new_page(base_url=live_server.url, viewport=viewport)
        reader.goto("/guidance/parks/checklist/")
        assert faults(reader, RULES) == []
        width = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        assert reader.evaluate(width) == 0
    reader.get_by_label("Kind of authority").focus()
    reader.keyboard.type("police")
    reader.get_by_role("button", name="Show").press("Enter")
    expect(reader.get_by_text("of 24 sentences")).to_have_text("23 of 24 sentences")
    with reader.expect_download() as download:
        reader.get_by_role("link", name="CSV file").click()
    assert download.value.suggested_filename == "parks-first-checklist.csv"
    reader.goto("/guidance/parks/checklist/?strength=ought")
    assert faults(reader, RULES) == []
    reader.goto("/guidance/parks/checklist/")
    sheets = pypdfium2.PdfDocument(BytesIO(reader.pdf(prefer_css_page_size=True)))
    text = " ".join(sheet.get_textpage().get_text_bounded() for sheet in sheets)
    assert "First edition" in text
    assert "Kind of authority" not in text
