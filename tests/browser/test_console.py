"""Reading responses in a real browser: accessible, by keyboard, at a desk and on a phone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.auth.models import Group
from playwright.sync_api import Browser, Page, expect

from consultation.answers import Given
from consultation.site_tree import ensure_consultations
from tests import factories
from tests.consultation import samples

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
OURS = ".console"
"""The rest of the page is Wagtail's."""


@pytest.fixture
def consultation(transactional_db: None) -> Any:
    """One that asks two questions, with three responses, of which the last has a secret."""
    ensure_consultations()
    page = samples.consultation()
    agree = samples.question(page, kind="agree", paragraphs=["1.2"])
    words = samples.question(page, paragraphs=["2.1"])
    for name, more in (("Ash", ""), ("Birch", ""), ("Cedar", " [[My own garden borders on it.]]")):
        samples.submitted(
            page, {agree: Given({"choice": "agree"}, "We do."), words: f"Parks matter.{more}"},
            {"1.1": "Well said."}, name=name, confidential_reason="Private." if more else "",
        )  # fmt: skip
    return page


@pytest.fixture
def open_page(chromium: Browser, live_server: Any) -> Iterator[Callable[..., Page]]:
    """Opens windows in which a member of the team is signed in; a script error fails the test."""
    faults: list[str] = []

    def window(width: int = 1280) -> Page:
        user = factories.user("team@example.org", superuser=False)
        user.groups.add(Group.objects.get(name="Consultation team"))
        viewport = {"width": width, "height": 800}
        page = chromium.new_page(base_url=live_server.url, viewport=viewport)
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.goto("/admin/login/")
        page.fill("input[name=username]", "team@example.org")
        page.fill("input[name=password]", "x")
        page.press("input[name=password]", "Enter")
        page.wait_for_url("**/admin/")
        return page

    yield window
    assert faults == []


def access(page: Page, key: str) -> None:
    """Press an access key as a keyboard does: Playwright's own leaves out the character."""
    keyboard = page.context.new_cdp_session(page)
    code = {"code": f"Key{key.upper()}", "windowsVirtualKeyCode": ord(key.upper())}
    pressed = {"modifiers": 1, "key": key, **code}
    keyboard.send("Input.dispatchKeyEvent", {"type": "rawKeyDown", **pressed})
    keyboard.send(
        "Input.dispatchKeyEvent", {"type": "char", "text": key, "unmodifiedText": key, **pressed}
    )


@pytest.mark.parametrize("width", [1280, 360])
def test_axe_finds_nothing_and_nothing_is_wider_than_the_window(open_page, consultation, width):
    page, base = open_page(width), f"/admin/consultations/{consultation.pk}/"
    response = consultation.responses.last()
    paragraph = response.comments.get().paragraph_id
    for address in (
        "/admin/consultations/responses/",
        f"/admin/consultations/responses/{response.pk}/",
        f"{base}responses/?since=soon&channel=pigeon",
        f"{base}responses/",
        f"{base}answers/",
        f"{base}paragraphs/",
        f"{base}paragraphs/{paragraph}/",
        f"{base}counts/",
        f"{base}export/",
    ):
        page.goto(address)
        page.evaluate(
            "document.querySelectorAll('.console details').forEach(d => { d.open = true })"
        )
        page.wait_for_load_state()
        found = Axe().run(page, context=OURS, options={"runOnly": RULES}).response["violations"]
        assert [(address, v["id"], v["nodes"][0]["html"]) for v in found] == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width, address


def test_from_the_menu_to_a_confidential_word_and_on_by_keyboard(open_page, consultation):
    page = open_page()
    page.get_by_role("button", name="Consultations").click()
    page.get_by_role("link", name="Responses", exact=True).click()
    page.get_by_role("link", name=consultation.title).click()
    page.get_by_label("From", exact=True).fill("cedar")
    page.keyboard.press("Enter")
    page.wait_for_url("**who=cedar**")
    page.locator(".console table a").click()
    expect(page.locator(".console")).to_contain_text("[confidential]")
    page.get_by_role("button", name="Show confidential words").focus()
    page.keyboard.press("Enter")
    expect(page.locator("mark")).to_contain_text("My own garden borders on it.")
    expect(page.locator(".console")).to_contain_text("Read confidential words")
    page.goto(page.url.partition("?")[0])
    expect(page.locator("mark")).to_have_count(0)
    access(page, "n")
    expect(page.locator(".console h2").first).to_contain_text("Birch")
    access(page, "p")
    expect(page.locator(".console h2").first).to_contain_text("Cedar")


def test_a_filtered_list_is_downloaded(open_page, consultation):
    page = open_page()
    page.goto(f"/admin/consultations/{consultation.pk}/responses/?who=ash")
    page.get_by_role("link", name="Export the responses like this").click()
    page.get_by_label("CSV: one row for each response").check()
    with page.expect_download() as download:
        page.get_by_role("button", name="Export").click()
    text = download.value.path().read_text()
    assert "Ash" in text
    assert "Birch" not in text
