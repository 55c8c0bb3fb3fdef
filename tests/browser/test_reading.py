"""Reading in a real browser: accessible, on a phone, by keyboard, on paper and without a script."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date
from io import BytesIO
from typing import Any

import pypdfium2
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests import factories

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
DESKTOP = {"width": 1280, "height": 900}
PHONE = {"width": 360, "height": 740}
NARROW = {"width": 320, "height": 640}
SECTION = "/guidance/parks/first/governance/"
PAGES = (
    "/",
    "/guidance/",
    "/guidance/parks/",
    "/guidance/parks/as-at/2030-01-01/",
    "/guidance/parks/as-at/2000-01-01/",
    "/guidance/parks/first/",
    "/guidance/parks/first/status/",
    SECTION,
    "/guidance/parks/para/2.13/",
    "/guidance/parks/para/box-data-sharing/",
    "/guidance/parks/para/9.99/",
    "/nothing-here/",
)
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
LONG = "<p>An authority must consult. " + "It should keep a record of what was said to it. " * 8
WIDER_THAN_THE_WINDOW = """() => {
  const width = document.documentElement.clientWidth
  if (document.documentElement.scrollWidth <= width) return []
  const wide = [...document.querySelectorAll('body *')]
    .filter(e => e.getBoundingClientRect().right > width && !e.closest('.table-scroll'))
  return wide.map(e => e.outerHTML.slice(0, 120))
}"""
SUBPARAGRAPHS = [
    {"type": "item", "id": f"0000000{i}-0000-4000-8000-000000000000", "value": value}
    for i, value in enumerate(
        (
            {"label": "(a)", "depth": 1, "text": "<p>first</p>"},
            {"label": "i.", "depth": 2, "text": "<p>inner</p>"},
            {"label": "(b)", "depth": 1, "text": "<p>second</p>"},
        )
    )
]


def blocks() -> list[dict[str, Any]]:
    parts = factories.paragraph("2.2")
    parts["value"]["body"].append(factories.block("subparagraphs") | {"value": SUBPARAGRAPHS})
    return [
        factories.heading("Involving people"),
        factories.paragraph("2.1", LONG + "</p>"),
        parts,
        factories.box("Data sharing", "<p>See <a href='https://example.org/a-very-long-address'>this</a>.</p>"),
        factories.heading("Minor", 4),
        *(factories.paragraph(f"2.{n}", LONG + "</p>") for n in range(3, 13)),
        factories.paragraph("2.13", "<p>The duty.<sup>20 21</sup></p>", None, {"20": "A note.", "21": "Another."}),
        factories.table("Who does what", ["Who", "What"], [["<p>Councils</p>", "<p>Everything</p>"]]),
        factories.block("figure", image=None, alt="Three boxes", caption="Figure 1", description=""),
        factories.block("quotation", text="<p>Ask first.</p>", source="A councillor", notes=[]),
        factories.block("question", number="1", text="<p>Is it clear?</p>"),
        factories.term("Partner"),
        factories.term("Target"),
    ]  # fmt: skip


@pytest.fixture
def open_page(chromium: Browser, live_server: Any) -> Iterator[Callable[..., Page]]:
    """Opens windows on a site with one document; a script error or a refused style fails the test."""
    document = factories.document("parks", "Keeping parks open")
    sections = [
        factories.section("Aims", [factories.paragraph("1.1")], number="1", slug="aims"),
        factories.section("Governance", blocks(), number="2", slug="governance"),
        factories.section("Money", [factories.paragraph("3.1")], number="3", slug="money"),
    ]
    factories.issued(
        document, sections, slug="first", title="First edition", published=date(2008, 7, 1),
        statements=[
            factories.statement("2.1 to 2.12", words="Paragraphs 2.1 to 2.12 are statutory."),
            factories.statement("2.13", "non-statutory"),
        ],
    )  # fmt: skip
    faults: list[str] = []

    def window(viewport: dict[str, int] = DESKTOP, **options: Any) -> Page:
        page = chromium.new_page(base_url=live_server.url, viewport=viewport, **options)
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on(
            "console",
            lambda m: faults.append(m.text) if "Content Security" in m.text else None,
        )
        return page

    yield window
    assert faults == []


@pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_axe_finds_nothing_on_any_page(open_page, viewport):
    page = open_page(viewport)
    for address in PAGES:
        page.goto(address)
        page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true })")
        page.wait_for_load_state()
        found = Axe().run(page, options={"runOnly": RULES}).response["violations"]
        assert [(address, v["id"], v["nodes"][0]["html"]) for v in found] == []


@pytest.mark.parametrize("viewport", [PHONE, NARROW], ids=["360", "320"])
def test_every_page_reflows_on_a_phone(open_page, viewport):
    page = open_page(viewport)
    for address in PAGES:
        page.goto(address)
        wide = page.evaluate(WIDER_THAN_THE_WINDOW)
        assert wide == [], address


def test_the_keyboard_goes_from_skip_link_to_contents_to_text_to_neighbours(open_page):
    page = open_page()
    page.goto(SECTION)
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to main content")).to_be_focused()
    page.keyboard.press("Enter")
    order = []
    for _ in range(80):
        page.keyboard.press("Tab")
        order.append(page.evaluate("document.activeElement.innerText.trim().split('\\n')[0]"))
        if order[-1].startswith("Next"):
            break
    wanted = ["change", "1 Aims", "Involving people", "2.1", "Statutory", "2.2", "Next"]
    assert order[-1].startswith("Next"), order
    places = [next(i for i, words in enumerate(order) if words.startswith(w)) for w in wanted]
    assert places == sorted(places)


def test_a_footnote_opens_in_place_and_by_keyboard(open_page):
    page = open_page()
    page.goto(SECTION)
    note = page.locator("[id='2.13-note-20']")
    expect(note).to_be_hidden()
    page.locator("a.note-mark").first.focus()
    page.keyboard.press("Enter")
    expect(note).to_be_visible()
    expect(note).to_be_focused()


def test_the_basis_of_a_paragraph_is_a_click_away(open_page):
    page = open_page()
    page.goto(SECTION)
    paragraph = page.locator("[id='2.1']")
    link = paragraph.get_by_role("link", name="section 3A of the Local Government Act 1999")
    expect(link).to_be_hidden()
    paragraph.locator("summary", has_text="Statutory").click()
    expect(link).to_be_visible()
    paragraph.get_by_role("link", name="statement 1").click()
    expect(page).to_have_url(re.compile(r"/status/#statement-1$"))
    expect(page.get_by_text("Paragraphs 2.1 to 2.12 are statutory.")).to_be_visible()


def test_the_contents_stay_in_view_and_mark_where_the_reader_is(open_page):
    page = open_page()
    page.goto(SECTION)
    contents = page.get_by_role("navigation", name="Contents")
    page.locator("[id='2.12']").scroll_into_view_if_needed()
    page.mouse.wheel(0, 300)
    expect(contents.get_by_role("link", name="2 Governance")).to_be_in_viewport()
    expect(contents.locator("[aria-current=true]")).to_have_text("Minor")


def test_on_a_phone_the_contents_fold_into_one_button(open_page):
    page = open_page(PHONE)
    page.goto(SECTION)
    aims = page.get_by_role("navigation", name="Contents").get_by_role("link", name="1 Aims")
    expect(aims).to_be_hidden()
    page.locator("summary", has_text="Contents").click()
    expect(aims).to_be_visible()


def test_links_and_citations_are_copied(open_page):
    page = open_page()
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(SECTION)
    paragraph = page.locator("[id='2.1']")
    paragraph.locator("summary", has_text="Statutory").click()
    paragraph.get_by_role("link", name="Link to this").click()
    expect(page.get_by_role("status")).to_have_text("Copied")
    assert page.evaluate("navigator.clipboard.readText()").endswith(f"{SECTION}#2.1")
    page.goto("/guidance/parks/para/2.1/")
    page.get_by_role("button", name="Copy the citation").click()
    expect(page.get_by_role("status")).to_have_text("Copied")
    assert "Keeping parks open, paragraph 2.1" in page.evaluate("navigator.clipboard.readText()")


def test_everything_can_be_read_without_a_script(open_page):
    page = open_page(java_script_enabled=False)
    page.goto(SECTION)
    page.locator("a.note-mark").first.click()
    expect(page.locator("[id='2.13-note-20']")).to_be_visible()
    page.locator("[id='2.1'] summary", has_text="Statutory").click()
    expect(page.locator("[id='2.1']").get_by_role("link", name="Link to this")).to_be_visible()
    expect(page.locator(".contents").get_by_role("link", name="3 Money")).to_be_visible()
    expect(page.get_by_role("heading", name="Footnotes")).to_be_visible()


def test_on_paper_every_sheet_names_the_edition_and_the_marks_are_words(open_page):
    page = open_page()
    page.goto(SECTION)
    sheets = pypdfium2.PdfDocument(BytesIO(page.pdf(prefer_css_page_size=True)))
    texts = [sheet.get_textpage().get_text_bounded() for sheet in sheets]
    assert len(texts) > 1
    for number, text in enumerate(texts, 1):
        assert "Keeping parks open · First edition · In force since 1 July 2008" in text
        assert f"{number} / {len(texts)}" in text
    whole = " ".join(texts)
    assert "Statutory" in whole
    assert "Non-statutory" in whole
    assert "A note." in whole
    assert "Skip to main content" not in whole
    assert "Link to this" not in whole
