"""Setting a consultation up in a real browser: written, asked from the text, published, extended;
with axe on each page of ours."""

from __future__ import annotations

import re
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from consultation.models import ConsultationIndexPage, ConsultationPage
from tests.consultation import samples
from tests.guidance.review_samples import member

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PHONE = {"width": 360, "height": 740}
DESKTOP = {"width": 1280, "height": 900}


def axe_finds_nothing(page: Page, ours: str = ".guidance-wide, .guidance-narrow") -> None:
    """In what is ours on a page of the admin; the shell around it is Wagtail's."""
    page.wait_for_load_state()
    found = Axe().run(page, context={"include": [[ours]]}).response["violations"]
    assert [(v["id"], [n["html"] for n in v["nodes"]]) for v in found] == []
    width = page.evaluate(
        "[document.documentElement.scrollWidth, document.documentElement.clientWidth]"
    )
    assert width[0] <= width[1], page.url


def sign_in(chromium: Browser, live_server: Any, group: str) -> Page:
    page = chromium.new_page(base_url=live_server.url, viewport=DESKTOP)
    page.goto("/admin/login/")
    page.locator("[name=username]").fill(member(group).email)
    page.locator("[name=password]").fill("x")
    page.get_by_role("button", name="Sign in").click()
    expect(page).to_have_url(re.compile(r"/admin/$"))
    return page


def write(page: Page, closes: str) -> None:
    index = ConsultationIndexPage.objects.get()
    page.goto(f"/admin/pages/add/consultation/consultationpage/{index.pk}/")
    page.locator("[name=title]").fill("Parks: have your say")
    page.locator("[name=edition]").select_option(index=1)
    page.locator("[name=opens]").fill("2031-06-02 09:00")
    page.locator("[name=closes]").fill(closes)
    page.get_by_role("tab", name="How to respond").click()
    page.locator("[name=contact_email]").fill("parks@department.example")
    page.get_by_role("tab", name="Criteria").click()
    page.locator("[name=met_b]").check()
    page.locator("[name=evidence_b]").fill("Section 1 says what is proposed.")
    page.get_by_role("button", name="Save draft").click()
    expect(page).to_have_url(re.compile(r"/admin/pages/\d+/edit/"))


def publish(page: Page, pk: int) -> None:
    page.goto(f"/admin/pages/{pk}/edit/")
    page.get_by_role("button", name="More actions").first.click()
    page.get_by_role("button", name="Publish", exact=True).click()


def test_a_consultation_is_set_up_published_and_extended(chromium, live_server):
    samples.draft_edition()
    page = sign_in(chromium, live_server, "Publishers")
    write(page, "2031-07-04 23:59")
    expect(page.get_by_text("the minimum is 12 weeks").first).to_be_visible()
    made = ConsultationPage.objects.get()
    assert made.criteria.get(criterion="b").met
    points = page.locator(".consultation-points")
    axe_finds_nothing(page, ".consultation-points")
    points.get_by_role("link", name="2 questions printed in the edition are not asked.").click()

    expect(page.get_by_role("checkbox", name="Ask this question").first).to_be_checked()
    page.set_viewport_size(PHONE)
    axe_finds_nothing(page)
    page.set_viewport_size(DESKTOP)
    page.get_by_role("textbox", name="Other words for question 2").fill("Should costs be public?")
    page.get_by_role("button", name="Add the ticked questions").click()
    expect(page.get_by_text("2 questions added.")).to_be_visible()
    axe_finds_nothing(page)
    texts = [q.wording.text for q in made.questions.asked()]
    assert texts == ["Is asking users enough?", "Should costs be public?"]

    page.get_by_role("link", name="Should costs be public?").click()
    page.get_by_label("Paragraphs that it asks about").fill("2.1; 9.9")
    page.get_by_role("button", name="Save the question").click()
    expect(page.get_by_text("“9.9” is no paragraph of this edition.")).to_be_visible()
    axe_finds_nothing(page)
    page.get_by_label("Paragraphs that it asks about").fill("1.3; 2.1")
    page.get_by_role("button", name="Save the question").click()
    expect(page.get_by_text("Question 2 was saved.")).to_be_visible()

    page.get_by_role("button", name="Down (Question 1)").focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("moved=down-"))
    expect(page.get_by_role("button", name="Up (Question 1)")).to_be_focused()
    assert [q.wording.number for q in made.questions.asked()] == ["2", "1"]
    page.set_viewport_size(PHONE)
    axe_finds_nothing(page)
    page.set_viewport_size(DESKTOP)

    page.get_by_role("link", name="Preview as a respondent").first.click()
    expect(page.get_by_text("This is a preview")).to_be_visible()

    publish(page, made.pk)
    expect(page.get_by_text("Enter the reason, which is published").first).to_be_visible()
    page.locator("[name=shorter_reason]").fill("The Act asks for it.")
    page.get_by_role("button", name="More actions").first.click()
    page.get_by_role("button", name="Publish", exact=True).click()
    expect(page).to_have_url(re.compile(r"/admin/pages/"))
    expect(page.get_by_text("published").first).to_be_visible()
    made.refresh_from_db()
    assert made.live

    page.goto(f"/admin/consultations/{made.pk}/extend/")
    page.get_by_role("button", name="Extend the consultation").click()
    expect(page.get_by_text("Say why it stays open longer; readers will see it.")).to_be_visible()
    axe_finds_nothing(page)
    page.get_by_label("Reason").fill("Floods kept many from answering.")
    page.locator("[name=closes]").fill("2031-07-18 23:59")
    page.keyboard.press("Tab")
    page.get_by_role("button", name="Extend the consultation").click()
    expect(page.get_by_text("It stays open until 11:59pm on Friday 18 July 2031.")).to_be_visible()
    made.refresh_from_db()
    assert made.extensions.get().reason.startswith("Floods")
    page.goto(f"/admin/consultations/{made.pk}/extend/")
    page.set_viewport_size(PHONE)
    axe_finds_nothing(page)
