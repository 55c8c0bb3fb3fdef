"""The folder and the timetable in a real browser: accessible, on a phone, by keyboard."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from guidance.views import kept
from home.actions.folder_plan import take_in_bundles
from home.actions.timetable_plan import take_in_timetables
from home.models import FolderItem, Making
from tests import factories
from tests.browser.test_reading import RULES, WIDER_THAN_THE_WINDOW
from tests.home.folder.conftest import bundles, workstreams

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SIZES = ({"width": 1280, "height": 900}, {"width": 360, "height": 740})
PAGES = (
    "/folder/",
    "/folder/gates/",
    "/folder/contents/",
    "/folder/glossary/",
    "/folder/law/",
    "/folder/updates/",
    "/timetable/",
    "/timetable/?by=workstream",
)


@pytest.fixture
def folder(transactional_db: None) -> None:
    """Two plans and a document in force."""
    kept.forget()
    user = factories.user()
    for gates, opened, published in (
        ("By April 2090", "April 2090", date(2007, 1, 15)),
        ("By October 2090", "May 2090", date(2007, 7, 15)),
    ):
        about: dict[str, Any] = {"user": user, "title": f"Plan {published}", "published": published}
        take_in_bundles(bundles=bundles(gates=gates), **about)
        take_in_timetables(workstreams=workstreams(opened=opened), **about)
    document = factories.document("ponds", "Keeping ponds")
    blocks = [factories.paragraph("1.1"), factories.term("Pond")]
    factories.issued(
        document,
        [factories.section("Water", blocks, number="1")],
        statements=[factories.statement("1.1")],
    )
    ponds = FolderItem.objects.get(title="Ponds")
    ponds.documents.add(document)
    ponds.save()
    gates = FolderItem.objects.get(title="Gates")
    gates.makings.add(Making(step="progress", text="They met.", on=date(2007, 3, 1), public=True))
    gates.save()


@pytest.fixture
def open_page(chromium: Browser, live_server: Any) -> Iterator[Callable[..., Page]]:
    """Opens windows; what the console complains of fails the test."""
    complaints: list[str] = []

    def opened(address: str, size: Any = SIZES[0]) -> Page:
        page = chromium.new_page(viewport=size)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda m: complaints.append(m.text) if m.type == "error" else None)
        page.goto(f"{live_server.url}{address}")
        return page

    yield opened
    assert complaints == []


def test_the_pages_are_accessible_and_fit_at_desktop_and_phone_width(
    folder: None, open_page: Callable[..., Page], live_server: Any
) -> None:
    for size in SIZES:
        page = open_page(PAGES[0], size)
        for address in PAGES:
            page.goto(f"{live_server.url}{address}")
            page.wait_for_load_state()
            found = Axe().run(page, options={"runOnly": RULES}).response["violations"]
            assert [(v["id"], v["nodes"][0]["html"]) for v in found] == [], address
            assert page.evaluate(WIDER_THAN_THE_WINDOW) == [], address


def test_one_goes_from_the_folder_to_the_guidance_and_on_through_all_items(
    folder: None, open_page: Callable[..., Page]
) -> None:
    page = open_page("/folder/")
    page.get_by_role("link", name="Gates", exact=True).focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Gates")
    expect(page.get_by_text("6 months later than first promised").first).to_be_visible()
    page.get_by_role("navigation", name="Through the folder").get_by_role("link").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Walls")
    page.get_by_role("link", name="Next in the folder").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Ponds")
    page.get_by_role("navigation", name="Breadcrumb").get_by_role("link", name="Rivers").click()
    page.get_by_role("link", name="Read Keeping ponds").click()
    expect(page).to_have_url(re.compile(r"/guidance/ponds/$"))


def test_the_timetable_is_a_list_to_a_screen_reader(
    folder: None, open_page: Callable[..., Page]
) -> None:
    page = open_page("/timetable/", SIZES[1])
    rows = page.locator("main ol.timeline").get_by_role("listitem")
    expect(rows).to_have_count(2)
    expect(rows.first).to_contain_text("1 May 2008")
    page.get_by_role("link", name="By workstream").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="1 Parks")).to_be_visible()
    expect(page.get_by_text("Lead director: Ann Lee")).to_be_visible()
