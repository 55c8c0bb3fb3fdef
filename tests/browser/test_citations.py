"""Citations, terms and the legislation pages in a real browser: by mouse, by keyboard, without a
script, on a phone and on paper."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from io import BytesIO
from typing import Any

import pypdfium2
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests import factories
from tests.browser.test_reading import DESKTOP, PHONE, RULES, WIDER_THAN_THE_WINDOW

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SECTION = "/guidance/parks/first/access/"
ACT = "/legislation/ukpga/1999/27/"
PAGES = (
    SECTION,
    "/guidance/parks/para/2.2/",
    "/legislation/",
    ACT,
    f"{ACT}section/3A/",
    "/legislation/x/",
)


@pytest.fixture
def open_page(chromium: Browser, live_server: Any) -> Iterator[Callable[..., Page]]:
    document = factories.document("parks", "Keeping parks open")
    blocks = [
        factories.paragraph("2.1", "A Local Access Forum (LAF) meets, as section 3A of the Local Government Act 1999 asks."),
        factories.paragraph("2.2", "Every LAF reads paragraph 2.1 with care, and paragraph 3.1."),
    ]  # fmt: skip
    factories.issued(
        document,
        [
            factories.section("Access", blocks, number="2", slug="access"),
            factories.section("Money", [factories.paragraph("3.1"), factories.term("Fund")], number="3", slug="money"),
        ],
        slug="first", title="First edition", published=date(2008, 7, 1), statements=[factories.statement("2.1 to 3.1")],
    )  # fmt: skip
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


def test_axe_finds_nothing_and_nothing_is_wider_than_a_phone(open_page):
    page = open_page(PHONE)
    for address in PAGES:
        page.goto(address)
        page.wait_for_load_state()
        found = Axe().run(page, options={"runOnly": RULES}).response["violations"]
        assert [(address, v["id"], v["nodes"][0]["html"]) for v in found] == []
        assert page.evaluate(WIDER_THAN_THE_WINDOW) == [], address


def test_a_term_is_explained_in_place_by_keyboard_and_the_reader_comes_back(open_page):
    page = open_page()
    page.goto(SECTION)
    term = page.locator("[id='2.2'] a[role=doc-glossref]")
    term.focus()
    page.keyboard.press("Enter")
    meaning = page.get_by_role("dialog", name="Meaning of LAF")
    expect(meaning).to_contain_text("Local Access Forum")
    expect(meaning).to_be_focused()
    assert Axe().run(page, options={"runOnly": RULES}).response["violations"] == []
    page.keyboard.press("Escape")
    expect(meaning).to_be_hidden()
    expect(term).to_be_focused()
    term.click()
    meaning.get_by_role("button", name="Close").click()
    expect(meaning).to_be_hidden()


def test_without_a_script_a_term_leads_to_its_meaning(open_page):
    page = open_page(java_script_enabled=False)
    page.goto(SECTION)
    page.locator("[id='2.2'] a[role=doc-glossref]").click()
    expect(page.locator("#means-laf")).to_be_in_viewport()
    expect(page.locator("#means-laf")).to_contain_text("Local Access Forum")


def test_a_reader_follows_a_citation_there_and_back(open_page):
    page = open_page()
    page.goto(SECTION)
    page.get_by_role("link", name="section 3A of the Local Government Act 1999").last.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Section 3A")
    page.locator(".citing").get_by_role("link", name="Paragraph 2.1").click()
    expect(page.get_by_role("heading", name="What cites it in this edition")).to_be_visible()
    page.get_by_role("link", name="paragraph 2.2").click()
    page.locator(".words").get_by_role("link", name="paragraph 3.1").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Paragraph 3.1")


def test_on_paper_the_words_and_the_meanings_are_there(open_page):
    page = open_page()
    page.goto(SECTION)
    sheets = pypdfium2.PdfDocument(BytesIO(page.pdf()))
    text = " ".join(sheet.get_textpage().get_text_bounded() for sheet in sheets)
    assert "Every LAF reads paragraph 2.1 with care" in " ".join(text.split())
    assert "LAF: Local Access Forum" in " ".join(text.split())
