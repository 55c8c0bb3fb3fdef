"""The review in a real browser: sent, read on a phone, commented on by keyboard, answered, planned
and published at its time; with axe on each of its pages."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect

from guidance.actions.planning_publication import publish_due
from guidance.models import Edition, PlannedPublication
from tests import factories as make
from tests.guidance.review_samples import answer, at_step, draft, fresh, member

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PHONE = {"width": 360, "height": 740}
DESKTOP = {"width": 1280, "height": 900}


@pytest.fixture
def signed_in(chromium: Browser, live_server: Any) -> Callable[..., Page]:
    """Opens a window in which a person of a group has signed in."""

    def open_window(group: str, viewport: dict[str, int] = DESKTOP) -> Page:
        page = chromium.new_page(base_url=live_server.url, viewport=viewport)
        page.goto("/admin/login/")
        page.locator("[name=username]").fill(member(group).email)
        page.locator("[name=password]").fill("x")
        page.get_by_role("button", name="Sign in").click()
        expect(page).to_have_url(re.compile(r"/admin/$"))
        return page

    return open_window


def axe_finds_nothing(page: Page) -> None:
    """In what is ours on a page of the admin; the shell around it is Wagtail's."""
    page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true })")
    found = (
        Axe()
        .run(page, context={"include": [[".guidance-wide, .guidance-narrow"]]})
        .response["violations"]
    )
    assert [(v["id"], [n["html"] for n in v["nodes"]]) for v in found] == []
    width = page.evaluate(
        "[document.documentElement.scrollWidth, document.documentElement.clientWidth]"
    )
    assert width[0] <= width[1], page.url


def test_a_draft_goes_from_its_editor_to_its_readers(signed_in):
    page = draft(title="Second edition")
    publication = f"/admin/editions/{page.pk}/publish/"

    editor = signed_in("Editors")
    editor.goto(publication)
    editor.get_by_role("button", name="Send for review").click()
    expect(editor.get_by_text("is sent for review")).to_be_visible()
    axe_finds_nothing(editor)
    answer(page, "Policy leads")
    answer(page, "Legal")

    outside = signed_in("Sounding Board", PHONE)
    outside.get_by_role("link", name="Second edition").first.click()
    expect(outside.get_by_text("is wanted by")).to_be_visible()
    axe_finds_nothing(outside)
    outside.get_by_role("link", name="1 Governance").click()
    fold = outside.locator("summary", has_text="Comment on paragraph 1.1")
    fold.focus()
    outside.keyboard.press("Enter")
    outside.keyboard.press("Tab")
    outside.keyboard.type("Who pays for this?")
    outside.keyboard.press("Tab")
    outside.keyboard.press("Enter")
    comment = outside.get_by_role("article", name="Comment by Sounding Board")
    expect(comment).to_contain_text("Who pays for this?")
    axe_finds_nothing(outside)

    section = page.get_children().get()
    editor.goto(f"/admin/pages/{section.pk}/edit/")
    editor.get_by_role("button", name="Toggle comments").click()
    expect(editor.locator(".comment", has_text="Who pays for this?")).to_be_visible()

    outside.get_by_role("link", name="All sections and your answer").click()
    outside.get_by_role("button", name="Ask for changes").click()
    expect(outside.get_by_text("Say what should change.")).to_be_visible()
    outside.get_by_role("button", name="Approve").click()
    expect(outside).to_have_url(re.compile(r"/admin/$"))
    answer(page, "Publishers")

    publisher = signed_in("Publishers")
    publisher.goto(publication)
    expect(publisher.get_by_text("it is ready to be published")).to_be_visible()
    at = timezone.localtime(timezone.now() + timedelta(days=1))
    publisher.get_by_label("Day").fill(f"{at:%Y-%m-%d}")
    publisher.get_by_role("textbox", name="Time").fill("09:30")
    publisher.get_by_role("button", name="Publish at this time").click()
    expect(publisher.get_by_text("It will be published on")).to_be_visible()
    axe_finds_nothing(publisher)
    assert not Edition.objects.exists()
    publish_due(PlannedPublication.objects.get().at)
    assert Edition.objects.get().title == "Second edition"
    publisher.goto(f"/admin/editions/{page.pk}/history/")
    expect(publisher.get_by_text("Planned to be published on")).to_be_visible()
    axe_finds_nothing(publisher)


def test_the_pages_of_withdrawal_and_corrigendum_are_accessible_and_fit_a_phone(signed_in):
    document = make.issued(make.document(), published=timezone.localdate()).document
    publisher = signed_in("Publishers", PHONE)
    for place in ("withdraw", "corrigendum"):
        publisher.goto(f"/admin/guidance/{document.pk}/{place}/")
        axe_finds_nothing(publisher)
        publisher.get_by_role("button", name=re.compile("Withdraw|Make the draft")).click()
        expect(publisher.locator(".error-message").first).to_be_visible()
        axe_finds_nothing(publisher)


def test_people_outside_are_shown_no_way_to_what_is_not_theirs(signed_in):
    page = at_step("Sounding Board")
    outside = signed_in("Sounding Board")
    outside.goto(f"/admin/editions/{page.pk}/read/")
    links = outside.evaluate("[...document.querySelectorAll('a[href]')].map(a => a.pathname)")
    closed = re.compile(r"/admin/(pages|images|documents|users|guidance|import|reports|workflows)/")
    assert [link for link in links if closed.match(link)] == []
    assert fresh(page).workflow_in_progress
