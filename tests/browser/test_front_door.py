"""The front door in a real browser: accessible, on a phone, by keyboard, without a script."""

from __future__ import annotations

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from guidance.views import kept
from tests.browser.test_reading import DESKTOP, PHONE, RULES, WIDER_THAN_THE_WINDOW
from tests.home.front_door_samples import world

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
COUNTY = "/duties/county-councils/"
PAGES = (
    "/", "/duties/", COUNTY, f"{COUNTY}?as_at=nonsense", "/duties/police-authorities/", "/duties/dragons/",
    "/accessibility/", "/privacy/", "/cookies/", "/licence/", "/rivers-0/2.1", "/guidance/rivers-0/",
    "/guidance/rivers-0/para/2.1/",
)  # fmt: skip


@pytest.fixture
def site(live_server: Any) -> str:
    kept.forget()
    world()
    return str(live_server.url)


def window(chromium: Browser, site: str, faults: list[str], **options: Any) -> Page:
    """A window whose script errors and refusals of the content security policy become faults."""
    page = chromium.new_page(base_url=site, **options)
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda m: faults.append(m.text) if "Content Security" in m.text else None)
    return page


@pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_axe_finds_nothing_and_every_page_fits(chromium, site, viewport):
    faults: list[str] = []
    page = window(chromium, site, faults, viewport=viewport)
    for address in PAGES:
        page.goto(address)
        page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true })")
        page.wait_for_load_state()
        found = Axe().run(page, options={"runOnly": RULES}).response["violations"]
        assert [(address, v["id"], v["nodes"][0]["html"]) for v in found] == []
        assert page.evaluate(WIDER_THAN_THE_WINDOW) == [], address
    assert faults == []


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
def test_from_the_front_door_to_a_paragraph_in_three_clicks(chromium, site, script):
    page = window(chromium, site, [], java_script_enabled=script)
    page.goto("/")
    page.get_by_label("Kind of authority").select_option(label="County councils")
    page.get_by_role("button", name="Show its duties").click()  # one
    expect(page).to_have_url(f"{site}{COUNTY}")
    expect(page.get_by_role("heading", name="Duty to involve")).to_be_visible()
    page.get_by_role("link", name="Paragraph 2.1", exact=True).click()  # two
    expect(page.get_by_role("heading", name="Paragraph 2.1")).to_be_visible()
    page.goto("/")
    page.get_by_role("link", name="What county councils must do").click()
    page.get_by_role("button", name="Forget the choice").click()
    page.goto("/")
    expect(page.get_by_role("link", name="What county councils must do")).to_have_count(0)


def test_the_keyboard_alone_chooses_an_authority(chromium, site):
    page = window(chromium, site, [], viewport=DESKTOP)
    page.goto("/")
    page.get_by_label("Search all guidance").focus()
    for _ in range(30):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.id") == "authority":
            break
    page.keyboard.type("County c")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{site}{COUNTY}")


def test_the_box_on_the_front_door_searches(chromium, site):
    page = window(chromium, site, [])
    page.goto("/")
    page.get_by_label("Search all guidance").fill("register")
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{site}/search/?q=register")
