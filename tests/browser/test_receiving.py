"""Taking in, placing by keyboard, entering, checking by another person, and deciding a late one, in a
real browser."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect

from consultation.models import Response
from tests import factories
from tests.consultation import samples
from tests.consultation.letters import mail

pytestmark = pytest.mark.browser
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
OURS = ".guidance-wide, .guidance-narrow"
"""The rest of the page is Wagtail's."""
WORDS = "Q1: Yes, and here is why.\n\npara 1.2: Unclear.\n\nKind regards,\nRobin\n"


@pytest.fixture
def sign_in(chromium: Browser, live_server: Any) -> Iterator[Callable[[str], Page]]:
    """Opens a window in which a person is signed in; a script error fails the test."""
    faults: list[str] = []

    def window(email: str, width: int = 1280) -> Page:
        factories.user(email)
        viewport = {"width": width, "height": 800}
        page = chromium.new_context(base_url=live_server.url, viewport=viewport).new_page()
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.goto("/admin/login/")
        page.fill("input[name=username]", email)
        page.fill("input[name=password]", "x")
        page.press("input[name=password]", "Enter")
        page.wait_for_url("**/admin/")
        return page

    yield window
    assert faults == []


def clean(page: Page) -> None:
    """axe finds nothing, and nothing is wider than the window."""
    page.wait_for_load_state()
    found = Axe().run(page, context=OURS, options={"runOnly": RULES}).response["violations"]
    assert [(v["id"], v["nodes"][0]["html"]) for v in found] == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_an_e_mail_becomes_a_checked_response(
    transactional_db: None, sign_in: Any, tmp_path: Path
) -> None:
    consultation = samples.consultation(title="Parks: have your say")
    samples.question(consultation, "1", kind="agree")
    file = tmp_path / "response.eml"
    file.write_bytes(mail(WORDS).as_bytes())

    page = sign_in("first@example.org")
    page.goto("/admin/consultations/take-in/")
    clean(page)
    page.get_by_role("link", name="Parks: have your say").click()
    clean(page)
    page.get_by_label("What came").set_input_files(file)
    page.get_by_role("button", name="Take it in").click()
    expect(page.get_by_text("Taken in as")).to_be_visible()
    clean(page)

    page.get_by_role("link", name="To be placed").first.click()
    expect(page.get_by_role("button", name="Confirm Question 1")).to_be_focused()
    clean(page)
    page.keyboard.press("Enter")
    expect(page.get_by_text("Placed at Question 1: words")).to_be_visible()
    expect(page.get_by_role("button", name="Confirm paragraph 1.2")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Nothing waits to be placed.")).to_be_visible()

    response = Response.objects.get()
    page.goto(f"/admin/consultations/responses/{response.pk}/enter/")
    page.get_by_label("Agree", exact=True).check()
    page.get_by_label("Number", exact=True).fill("2.1")
    page.locator("textarea[name=new]").fill("Costs change.")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_text("is saved")).to_be_visible()
    expect(page.locator("textarea", has_text="Costs change.")).to_be_visible()
    expect(page.get_by_text("somebody else has to check it")).to_be_visible()

    other = sign_in("second@example.org", 360)
    other.goto("/admin/consultations/to-be-checked/")
    clean(other)
    other.get_by_role("link", name=response.reference).click()
    clean(other)
    other.get_by_role("button", name="check it off").click()
    expect(other.get_by_text(f"{response.reference} is checked.")).to_be_visible()
    expect(other.get_by_text("Nothing waits to be checked.")).to_be_visible()
    response.refresh_from_db()
    assert response.answers.get().value == {"choice": "agree"}
    assert [c.number for c in response.comments.order_by("number")] == ["1.2", "2.1"]


def test_a_late_response_is_admitted_with_a_reason(transactional_db: None, sign_in: Any) -> None:
    late = samples.submitted(samples.closed(), received_at=timezone.now())
    page = sign_in("first@example.org", 360)
    page.goto("/admin/consultations/late/")
    clean(page)
    page.get_by_role("button", name=f"Admit {late.reference}").click()
    expect(page.get_by_role("alert").first).to_contain_text("Give the reason")
    expect(page.get_by_label("Reason")).to_be_focused()
    page.keyboard.type("The site was down on the last evening.")
    page.get_by_role("button", name=f"Admit {late.reference}").click()
    expect(page.get_by_text(f"{late.reference} is admitted.")).to_be_visible()
    page.get_by_role("link", name="Decided before").click()
    expect(page.get_by_text("The site was down on the last evening.")).to_be_visible()
    clean(page)
