"""A search finds nothing, an editor sees it and adds a synonym, and the search finds it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from search.actions import counting
from search.actions.counting import write_counts
from tests import factories
from tests.guidance.review_samples import member
from tests.search.indexed import index

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
OURS = ".guidance-wide, .guidance-narrow"
"""The rest of the page is Wagtail's."""


@pytest.fixture
def parks(transactional_db: None, settings: Any, tmp_path: Path) -> None:
    counting._begin_anew()
    words = ("Household waste in a park is taken away.", "A park gate is closed at night.")
    blocks = [factories.paragraph(f"2.{n}", f"<p>{w}</p>") for n, w in enumerate(words, 1)]
    document = factories.document("parks", "Keeping parks open")
    factories.issued(document, [factories.section("Upkeep", blocks, number="2")])
    index(settings, tmp_path)
    member("Editors")


@pytest.fixture
def editor(chromium: Browser, live_server: Any, parks: None) -> Page:
    page = chromium.new_page(base_url=live_server.url, viewport={"width": 1280, "height": 900})
    page.goto("/admin/login/")
    page.fill("input[name=username]", "editors@example.org")
    page.fill("input[name=password]", "x")
    page.press("input[name=password]", "Enter")
    page.wait_for_url("**/admin/")
    return page


def accessible(page: Page) -> None:
    page.wait_for_load_state()
    found = Axe().run(page, context=OURS, options={"runOnly": RULES}).response["violations"]
    assert [(page.url, v["id"], v["nodes"][0]["html"]) for v in found] == []


def test_what_was_not_found_is_found_once_an_editor_has_taught_it(
    chromium: Browser, live_server: Any, editor: Page
):
    reader = chromium.new_page(base_url=live_server.url)
    for way in ("", "&page_size=20", "&page_size=50"):  # a browser keeps an answer for seconds
        reader.goto(f"/search/?q=dustbins{way}")
    expect(reader.locator("main")).not_to_contain_text("in a park is taken away")

    editor.get_by_role("link", name="Searches").click()
    row = editor.get_by_role("row", name=re.compile("dustbins"))
    expect(row).to_contain_text("3")
    accessible(editor)
    row.get_by_role("link", name="Add a synonym").click()

    box = editor.get_by_label("Words that mean the same")
    expect(box).to_have_value("dustbins")
    expect(editor.locator("#look")).to_contain_text("One word alone")
    box.press("End")
    editor.keyboard.type(", household waste")
    expect(editor.locator("#look")).to_contain_text("household waste: 1 paragraph")
    expect(editor.locator("#look")).not_to_contain_text("One word alone")
    accessible(editor)
    editor.keyboard.press("Enter")
    expect(editor.get_by_text("From now on these mean the same")).to_be_visible()
    accessible(editor)

    reader.wait_for_timeout(1100)  # what is known is looked for anew each second
    reader.goto("/search/?q=Dustbins")
    expect(reader.locator("main")).to_contain_text("in a park is taken away")


def test_a_result_is_shown_first_by_keyboard(editor: Page):
    editor.goto("/admin/searches/first/for/?q=park")
    choose = editor.get_by_role("button", name=re.compile("Show first.*2.2"))
    choose.focus()
    editor.keyboard.press("Enter")
    expect(editor.get_by_text("It is shown first for “park” from now on.")).to_be_visible()
    expect(editor.locator(".search-chosen li")).to_have_count(1)
    accessible(editor)
    editor.get_by_role("button", name=re.compile("Show first.*2.1")).click()
    editor.get_by_role("button", name=re.compile("Move up")).click()
    expect(editor.locator(".search-chosen li").first).to_contain_text("2.1")
    editor.get_by_role("button", name=re.compile("Remove .*2.2")).click()
    expect(editor.locator(".search-chosen li")).to_have_count(1)
    assert write_counts() == 0


@pytest.mark.parametrize("width", [1280, 360])
def test_every_page_is_accessible_and_nothing_is_wider_than_the_window(editor: Page, width: int):
    editor.set_viewport_size({"width": width, "height": 800})
    for address in ("", "synonyms/", "synonyms/add/?words=bins", "first/", "index/?check=1"):
        editor.goto(f"/admin/searches/{address}")
        accessible(editor)
        assert editor.evaluate("document.documentElement.scrollWidth") <= width, address
