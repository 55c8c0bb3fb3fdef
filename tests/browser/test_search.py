"""Searching in a real browser: by keyboard, on a phone, without a script, and with axe."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from search.actions import knowledge, labels, using
from search.actions.indexing import rebuild
from tests import factories
from tests.search.views.conftest import Down

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
DESKTOP = {"width": 1280, "height": 900}
PHONE = {"width": 360, "height": 740}
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
WIDER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


def faults(page: Page) -> list[tuple[str, str]]:
    page.wait_for_load_state()
    found = Axe().run(page, options={"runOnly": RULES}).response["violations"]
    return [(v["id"], v["nodes"][0]["html"]) for v in found]


@pytest.fixture
def open_page(
    chromium: Browser, live_server: Any, settings: Any, tmp_path: Any
) -> Iterator[Callable[..., Page]]:
    """Opens windows on a site with two documents; a script error or a refused style fails the test."""
    settings.SEARCH_URL = f"embedded:{tmp_path / 'search'}"
    for module in (knowledge, labels, using):
        module.forget()
    parks = factories.document("parks", "Keeping parks open")
    blocks = [factories.heading("The duty to involve")]
    blocks += [
        factories.paragraph(f"2.{n}", f"<p>A playground needs bench number {n}.</p>")
        for n in range(1, 31)
    ]
    factories.issued(
        parks, [factories.section("Governance", blocks, number="2", slug="governance")], slug="first",
        title="First edition", published=date(2008, 7, 1), statements=[factories.statement("2.1 to 2.12")],
    )  # fmt: skip
    rivers = [factories.paragraph("1.1", "<p>A playground by a river needs a fence.</p>")]
    factories.issued(
        factories.document("rivers", "Clean rivers"), [factories.section("Rivers", rivers, number="1", slug="rivers")],
        slug="first", title="First edition", published=date(2009, 7, 1),
    )  # fmt: skip
    rebuild()
    wrong: list[str] = []

    def window(viewport: dict[str, int] = DESKTOP, **options: Any) -> Page:
        page = chromium.new_page(base_url=live_server.url, viewport=viewport, **options)
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("console", lambda m: wrong.append(m.text) if "Content Security" in m.text else None)
        return page

    yield window
    assert wrong == []


def test_type_complete_choose_a_filter_turn_the_page_and_come_back(open_page):
    page = open_page()
    page.goto("/guidance/")
    box = page.get_by_role("combobox", name="Search guidance")
    box.press_sequentially("duty")
    expect(page.get_by_role("option", name="The duty to involve")).to_be_visible()
    expect(page.get_by_text("Use the up and down arrows")).to_have_count(1)
    box.press("ArrowDown")
    expect(box).to_have_value("The duty to involve")
    box.press("Escape")
    expect(box).to_have_value("duty")
    expect(page.get_by_role("listbox")).to_be_hidden()
    box.fill("playground")
    box.press("Enter")
    expect(page).to_have_url(re.compile(r"/search/\?q=playground$"))
    expect(page.get_by_role("heading", level=1)).to_contain_text("31 results for “playground”")

    statutory = page.get_by_role("checkbox", name="Statutory guidance")
    statutory.focus()
    page.keyboard.press("Space")
    expect(page.get_by_role("heading", level=1)).to_contain_text("12 results")
    expect(statutory).to_be_checked()
    expect(statutory).to_be_focused()
    expect(page.locator("#search-status")).to_contain_text("12 results for “playground”")
    assert page.url.endswith("/search/?q=playground&status=statutory")
    assert page.title().startswith("12 results")
    page.go_back()
    expect(page.get_by_role("heading", level=1)).to_contain_text("31 results")
    expect(page.get_by_role("checkbox", name="Statutory guidance")).not_to_be_checked()
    page.go_forward()
    expect(page.get_by_role("heading", level=1)).to_contain_text("12 results")

    page.get_by_role("link", name="Page 2").click()
    expect(page.locator("li.result")).to_have_count(2)
    page.get_by_role("radio", name="Everything that was published").check()
    expect(page.get_by_role("heading", level=1)).to_contain_text("in everything that was published")
    page.locator("li.result h3 a").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Paragraph 2.")
    page.go_back()
    expect(page.get_by_role("radio", name="Everything that was published")).to_be_checked()
    page.get_by_role("radio", name="In force on a date").check()
    expect(page.get_by_label("In force on", exact=True)).to_be_focused()
    page.get_by_label("In force on", exact=True).fill("2008-12-31")
    expect(page.get_by_role("heading", level=1)).to_contain_text("in force on 31 December 2008")
    with page.expect_download() as download:
        page.get_by_role("link", name="CSV").click()
    assert download.value.suggested_filename == "search-results.csv"


def test_a_completion_is_chosen_with_the_pointer_or_with_enter(open_page):
    page = open_page()
    page.goto("/search/")
    box = page.get_by_role("combobox", name="Search guidance")
    box.press_sequentially("keeping par")
    page.get_by_role("option", name="Keeping parks open").first.click()
    expect(page).to_have_url(re.compile(r"/guidance/parks/$"))
    page.goto("/search/")
    box.press_sequentially("keeping par")
    expect(page.get_by_role("option").first).to_be_visible()
    top = page.locator("#scope").bounding_box()
    box.press("ArrowDown")
    assert page.locator("#scope").bounding_box() == top
    assert faults(page) == []
    box.press("Enter")
    expect(page).to_have_url(re.compile(r"/guidance/parks/$"))


def test_without_a_script_everything_is_a_form_or_a_link(open_page):
    page = open_page(java_script_enabled=False)
    page.goto("/search/")
    page.get_by_label("Search guidance").fill("playground")
    page.get_by_role("button", name="Search").click()
    page.get_by_role("checkbox", name="Clean rivers").check()
    page.get_by_role("button", name="Apply filters").click()
    assert page.url.endswith("/search/?q=playground&document=rivers")
    expect(page.locator("li.result")).to_have_count(1)
    page.get_by_role("link", name="Remove the filter Document: Clean rivers").click()
    page.get_by_role("radio", name="In force on a date").check()
    page.get_by_label("In force on", exact=True).fill("2008-12-31")
    page.get_by_role("button", name="Search").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("30 results")


@pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_axe_finds_nothing_and_nothing_is_wider_than_the_window(open_page, viewport, monkeypatch):
    page = open_page(viewport)
    for address in (
        "/search/",
        "/search/?q=playground&status=statutory&page=2",
        "/search/?q=playground&document=parks&when=everything",
        "/search/?q=qqqqqq&status=statutory",
        "/search/?q=playground&as_at=never",
    ):
        page.goto(address)
        assert page.evaluate(WIDER) == 0, address
        page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true })")
        assert page.evaluate(WIDER) == 0, address
        assert (address, faults(page)) == (address, [])
    monkeypatch.setattr("search.actions.searching.engine", Down)
    page.goto("/search/?q=playground")
    expect(page.get_by_role("heading", level=1)).to_have_text("The search does not answer")
    assert faults(page) == []


def test_on_a_phone_the_filters_are_one_button_that_stays_open(open_page):
    page = open_page(PHONE)
    page.goto("/search/?q=playground")
    expect(page.get_by_role("checkbox", name="Clean rivers")).to_be_hidden()
    page.locator("summary", has_text="Filters").click()
    page.get_by_role("checkbox", name="Clean rivers").check()
    expect(page.locator("li.result")).to_have_count(1)
    expect(page.get_by_role("checkbox", name="Clean rivers")).to_be_visible()
