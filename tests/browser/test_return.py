"""Returning and working together in a real browser: another device, two people at once, the end."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.core import mail
from django.core.cache import cache
from playwright.sync_api import Browser, Page, expect

from consultation.actions.submitting import submit
from consultation.site_tree import ensure_consultations
from consultation.views.desk import cookie_of
from tests.consultation import samples

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
DESKTOP = {"width": 1280, "height": 900}
PHONE = {"width": 360, "height": 740}
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@pytest.fixture
def consultation(live_server: Any) -> Any:
    cache.clear()
    ensure_consultations()
    page = samples.consultation()
    samples.question(page, "1", "Is asking users enough?", paragraphs=["1.2"])
    return page


@pytest.fixture
def device(chromium: Browser, live_server: Any, consultation: Any) -> Iterator[Callable[..., Page]]:
    """Opens a browser of its own for each call: another device, with its own cookies."""
    faults: list[str] = []

    def opened(viewport: dict[str, int] = DESKTOP, **options: Any) -> Page:
        context = chromium.new_context(base_url=live_server.url, viewport=viewport, **options)
        page = context.new_page()
        page.on("pageerror", lambda error: faults.append(str(error)))
        return page

    yield opened
    assert faults == []


def accessible(page: Page) -> None:
    page.wait_for_load_state()
    found = Axe().run(page, options={"runOnly": RULES}).response["violations"]
    assert [(page.url, v["id"], v["nodes"][0]["html"]) for v in found] == []
    width = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    assert width <= 0, page.url


def newest_link() -> str:
    found = re.search(r"https?://[^/]+(/\S+/return/\S+)", mail.outbox[-1].body)
    assert found
    return found[1]


def write(page: Page, base: str, words: str) -> None:
    """An answer to the only question, saved."""
    page.goto(f"{base}all/")
    box = page.locator("textarea").first
    box.fill(words)
    page.locator("main form button[type=submit]").first.click()


def enter(page: Page, address: str) -> None:
    page.goto(address)
    page.get_by_role("button", name="Continue").click()
    expect(page).to_have_url(re.compile(r"/respond/$"))


def test_what_was_begun_on_one_device_goes_on_on_another(device, consultation):
    base = f"{consultation.address}respond/"
    first = device()
    write(first, base, "Begun at home.")
    first.goto(f"{base}link/")
    accessible(first)
    first.get_by_label("Your e-mail address").fill("robin")
    first.keyboard.press("Enter")
    expect(first.get_by_role("alert")).to_contain_text("Enter an e-mail address")
    accessible(first)
    first.get_by_label("Your e-mail address").fill("robin@example.org")
    first.get_by_role("button", name="Send me a link").click()
    expect(first.get_by_role("heading", level=1)).to_have_text("Look at your e-mail")
    address = newest_link()

    phone = device(PHONE, java_script_enabled=False)
    enter(phone, address)
    phone.goto(f"{base}all/")
    expect(phone.locator("textarea").first).to_have_value("Begun at home.")

    third = device(PHONE)
    third.goto(address)
    expect(third.get_by_role("heading", level=1)).to_have_text("This link has been used")
    accessible(third)
    assert newest_link() != address
    enter(third, newest_link())


def test_two_people_at_once_are_shown_both_texts(device, consultation):
    base = f"{consultation.address}respond/"
    robin = device()
    write(robin, base, "First words.")
    robin.goto(f"{base}together/")
    robin.get_by_label("Their name").fill("Jo")
    robin.get_by_label("Their e-mail address").fill("jo@example.org")
    robin.get_by_label("Your own name").fill("Robin")
    robin.get_by_role("button", name="Send the invitation").click()
    expect(robin.get_by_role("status")).to_contain_text("sending the invitation")
    accessible(robin)

    jo = device(java_script_enabled=False)
    jo.goto(newest_link())
    expect(jo.get_by_role("heading", level=1)).to_have_text("Work on a response with Robin")
    jo.get_by_role("button", name="Continue").click()
    jo.goto(f"{base}all/")
    write(robin, base, "Robin’s words.")
    jo.locator("textarea").first.fill("Jo’s words.")
    jo.locator("main form button[type=submit]").first.click()
    expect(jo.locator("main")).to_contain_text("Robin’s words.")
    expect(jo.locator("textarea").first).to_have_value("Jo’s words.")
    expect(jo.locator("main")).to_contain_text("Robin saved this")

    robin.goto(f"{base}together/")
    robin.get_by_role("button", name="Take away access of Jo").click()
    expect(robin.get_by_role("status")).to_contain_text("taken away")
    jo.goto(base)
    expect(jo.locator("main")).not_to_contain_text("1 of 1 question")


def test_what_was_sent_is_changed_then_withdrawn_and_the_device_cleared(device, consultation):
    base = f"{consultation.address}respond/"
    response, key = samples.written(consultation, comments={"1.1": "Ours."})
    reference = submit(response=response).reference
    page = device(PHONE)
    cookie = {"name": cookie_of(consultation), "value": key, "path": consultation.address}
    page.goto(consultation.address)
    host = page.evaluate("location.hostname")
    page.context.add_cookies([{**cookie, "domain": host}])  # type: ignore[list-item]

    page.goto(f"{base}amend/")
    accessible(page)
    page.get_by_role("button", name="Change my response").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Change your response")
    page.goto(f"{base}amend/")
    accessible(page)
    page.get_by_role("button", name="Give up the changes").click()
    page.goto(f"{base}withdraw/")
    accessible(page)
    page.get_by_role("button", name="Withdraw my response").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Your response is withdrawn")
    expect(page.locator("main")).to_contain_text(reference)
    accessible(page)
    page.goto(f"{base}leave/")
    accessible(page)
    page.get_by_role("button", name="Remove it from this device").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Nothing is left on this device")
    accessible(page)
    page.goto(f"{base}link-again/")
    accessible(page)


def test_a_form_that_looks_like_a_robots_is_sent_once_more_and_works(device, consultation):
    base = f"{consultation.address}respond/"
    page = device(PHONE, java_script_enabled=False)
    page.goto(f"{base}all/")
    said = "Somebody’s words, which are “important” & long enough to be shown again."
    page.locator("textarea").first.fill(said)
    page.locator("input[name=website]").evaluate("e => { e.value = 'x' }")
    page.locator("main form button[type=submit]").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Please send it once more")
    expect(page.locator("main")).to_contain_text(said)
    page.get_by_role("button", name="Send it once more").click()
    page.goto(f"{base}all/")
    expect(page.locator("textarea").first).to_have_value(said)
