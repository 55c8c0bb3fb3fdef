"""Starting an edition and reviewing its changes in a real browser: accessible, by keyboard, and
without losing the place."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any
from uuid import uuid4

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from guidance.actions.starting import start_edition
from guidance.models import ChangeDecision, SectionPage
from tests import factories

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
OURS = ".guidance-wide, .guidance-narrow"
"""The rest of the page is Wagtail's."""
LONG = "<p>An authority must keep a record of what was said to it, and publish it each year.</p>"


@pytest.fixture
def draft(transactional_db: None) -> Any:
    """Ten paragraphs of which three are reworded and one is gone, and one is new."""
    document = factories.document("parks", "Keeping parks open")
    old = [factories.paragraph(f"1.{n}", LONG, uuid4()) for n in range(1, 11)]
    factories.issued(document, [factories.section("Aims", old, number="1")], title="First edition")
    page = start_edition(user=factories.user(), document=document, stage="final", title="Second")
    section = SectionPage.objects.child_of(page).get()
    new = [*old[:8], factories.paragraph("1.9", "<p>Dogs walk on a lead.</p>"), *old[9:]]
    section.body = new
    section.save_revision()
    factories.reword(
        section, {n: "An authority should keep a record." for n in ("1.2", "1.3", "1.7")}
    )
    return page


@pytest.fixture
def open_page(chromium: Browser, live_server: Any) -> Iterator[Callable[..., Page]]:
    """Opens windows in which an editor is signed in; a script error fails the test."""
    factories.user("editor@example.org")
    faults: list[str] = []

    def window(width: int = 1280) -> Page:
        viewport = {"width": width, "height": 800}
        page = chromium.new_page(base_url=live_server.url, viewport=viewport)
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.goto("/admin/login/")
        page.fill("input[name=username]", "editor@example.org")
        page.fill("input[name=password]", "x")
        page.press("input[name=password]", "Enter")
        page.wait_for_url("**/admin/")
        return page

    yield window
    assert faults == []


@pytest.mark.parametrize("width", [1280, 360])
def test_axe_finds_nothing_and_nothing_is_wider_than_the_window(open_page, draft, width):
    page = open_page(width)
    changes = f"/admin/editions/{draft.pk}/changes/"
    start = f"/admin/guidance/{draft.get_parent().pk}/start/"
    for address in (changes, f"{changes}?show=all", start):
        page.goto(address)
        page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true })")
        page.wait_for_load_state()
        found = Axe().run(page, context=OURS, options={"runOnly": RULES}).response["violations"]
        assert [(address, v["id"], v["nodes"][0]["html"]) for v in found] == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_change_is_decided_by_keyboard_and_the_place_is_kept(open_page, draft):
    page = open_page()
    page.goto(f"/admin/editions/{draft.pk}/changes/")
    reworded = page.get_by_role("article", name="1.7")
    expect(reworded.locator("ins")).to_contain_text("should")
    expect(reworded.locator("del").first).to_contain_text("must")
    reason = page.get_by_label("Reason for 1.7")
    reason.focus()
    page.keyboard.type("The duty became a recommendation")
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Save 1.7")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Decided about 1 change.")).to_be_visible()
    assert page.url.endswith(reworded.get_attribute("id") or "?")
    expect(reworded).to_be_in_viewport()
    expect(reworded).to_contain_text("Decided by")
    assert ChangeDecision.objects.get().reason == "The duty became a recommendation"


def test_what_a_paragraph_was_split_from_is_asked_only_when_it_was(open_page, draft):
    page = open_page()
    page.goto(f"/admin/editions/{draft.pk}/changes/")
    inserted = page.locator("article", has=page.locator(".guidance-tag--inserted"))
    origin = inserted.get_by_label("Split from")
    expect(origin).to_be_hidden()
    inserted.get_by_label("What happened").select_option("split")
    origin.fill("9.9")
    inserted.get_by_role("button", name="Save").click()
    expect(page.get_by_role("alert").first).to_contain_text("Nothing was kept yet")
    expect(origin).to_have_value("9.9")
    origin.fill("1.8")
    inserted.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Split from 1.8.")).to_be_visible()
