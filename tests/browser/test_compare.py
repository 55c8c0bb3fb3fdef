"""Comparison, origins and history in a real browser: accessible, on a phone, by keyboard."""

from __future__ import annotations

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.browser.test_reading import RULES, WIDER_THAN_THE_WINDOW
from tests.guidance.comparison.editions import three_editions

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
CHANGED = "/guidance/three/compare/final-2008/amended-2009/"
PAGES = (
    "/guidance/three/compare/",
    "/guidance/three/compare/?from=draft-2007&to=draft-2007",
    CHANGED,
    f"{CHANGED}?show=all",
    f"{CHANGED}?section=money&kind=split",
    "/guidance/three/origins/amended-2009/",
    "/guidance/three/origins/draft-2007/",
    "/guidance/three/para/1.2/",
)


def window(browser: Browser, server: Any, width: int) -> Page:
    return browser.new_page(base_url=server.url, viewport={"width": width, "height": 800})


@pytest.mark.parametrize("width", [1280, 360])
def test_axe_finds_nothing_and_nothing_is_wider_than_the_window(chromium, live_server, width):
    three_editions("three")
    page = window(chromium, live_server, width)
    for address in PAGES:
        page.goto(address)
        page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true })")
        page.wait_for_load_state()
        found = Axe().run(page, options={"runOnly": RULES}).response["violations"]
        assert [(address, v["id"], v["nodes"][0]["html"]) for v in found] == []
        assert page.evaluate(WIDER_THAN_THE_WINDOW) == [], address


def test_editions_are_chosen_compared_and_narrowed_by_keyboard(chromium, live_server):
    three_editions("three")
    page = window(chromium, live_server, 1280)
    page.goto("/guidance/three/compare/")
    page.get_by_label("Compare", exact=True).focus()
    page.keyboard.press("D")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{live_server.url}/guidance/three/compare/draft-2007/amended-2009/")
    page.get_by_role("link", name="1 inserted").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".change-name")).to_have_text(["1.4"])
    page.get_by_role("link", name="Show every change").press("Enter")
    expect(page.locator(".change-name")).to_have_count(9)


def test_insertions_and_deletions_are_told_without_colour(chromium, live_server):
    three_editions("three")
    page = window(chromium, live_server, 1280)
    page.goto(CHANGED)
    row = page.locator("[id='1.2']")
    assert "underline" in row.locator("ins").evaluate("e => getComputedStyle(e).textDecoration")
    assert "line-through" in row.locator("del").evaluate("e => getComputedStyle(e).textDecoration")
    said = "e => getComputedStyle(e, '::before').content"
    assert "inserted" in row.locator("ins").evaluate(said)
    assert "deleted" in row.locator("del").evaluate(said)
