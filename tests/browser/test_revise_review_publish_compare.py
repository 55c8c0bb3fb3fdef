"""Guidance II in a real browser, from a new edition to its certificate: an editor revises, the
reviewers comment and approve, a publisher sets a time, and an officer reads what applied and when."""

from __future__ import annotations

import json
import re
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect

from guidance.models import Edition, EditionPage, Lineage, PlannedPublication
from tests import factories as make

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SECRET = "a good secret"
LONDON = ZoneInfo("Europe/London")
FIRST = date(2009, 4, 1)
PARKS = "/guidance/parks/"


class Walk:
    """The people of one walk, each with a window of their own."""

    def __init__(self, browser: Browser, address: str) -> None:
        self._browser, self._address = browser, address

    def sign_in(self, role: str) -> Page:
        email = f"{role.lower().replace(' ', '.')}@example.org"
        person = get_user_model().objects.create_user(email, SECRET)
        person.groups.add(Group.objects.get(name=role))
        page = self._browser.new_page(base_url=self._address)
        page.goto("/admin/login/")
        page.locator("[name=username]").fill(email)
        page.locator("[name=password]").fill(SECRET)
        page.get_by_role("button", name="Sign in").click()
        expect(page).to_have_url(re.compile(r"/admin/$"))
        return page

    def reader(self) -> Page:
        return self._browser.new_page(base_url=self._address)


def accessible(page: Page, within: str | None = None) -> None:
    page.wait_for_load_state()
    found = Axe().run(page, context=within)
    assert found.violations_count == 0, f"{page.url}\n{found.generate_report()}"


@pytest.fixture
def first_edition() -> Edition:
    """What is in force when the walk begins."""
    make.user("publisher@example.org")
    blocks = [
        make.paragraph("2.12", "An authority must ask people before it closes a park."),
        make.paragraph("2.13", "It should publish what it heard. See paragraph 2.14."),
        make.paragraph("2.14", "It may close a park for a day."),
    ]
    return make.issued(
        make.document("parks", "Keeping parks open", summary="What an authority must do first."),
        [make.section("Asking first", blocks, number="2")],
        slug="final-2009",
        title="Final edition 2009",
        published=FIRST,
        in_force_from=FIRST,
        statements=[make.statement("2.12 to 2.13")],
        now=datetime(2009, 4, 1, 9, tzinfo=LONDON),
    )


def test_from_a_new_edition_to_its_certificate(
    chromium: Browser, live_server: Any, first_edition: Edition
) -> None:
    walk = Walk(chromium, live_server.url)
    editor = walk.sign_in("Editors")
    draft = start_edition(editor, first_edition)
    rewrite(editor, draft)
    review_changes(editor, draft)
    send_for_review(editor, draft)
    for role in ("Policy leads", "Legal"):
        approve(walk.sign_in(role), draft)
    comment_and_approve(walk.sign_in("Sounding Board"), draft)
    see_the_comment(editor, draft)
    publisher = walk.sign_in("Publishers")
    approve(publisher, draft)
    publish_at_a_set_time(publisher, draft)
    reader = walk.reader()
    compare(reader)
    read_as_at(reader)
    find_the_old_number(reader)
    take_and_check_a_certificate(reader)
    locked_for_good(editor, draft)


def start_edition(editor: Page, before: Edition) -> EditionPage:
    editor.goto(f"/admin/guidance/{before.document_id}/start/")
    accessible(editor, ".guidance-narrow")
    today = timezone.localdate().isoformat()
    for name, value in (
        ("title", "Amended edition"),
        ("slug", "amended"),
        ("published", today),
        ("in_force_from", today),
    ):
        editor.locator(f"[name={name}]").fill(value)
    editor.get_by_role("button", name="Start the new edition").click()
    expect(editor.get_by_text("is a draft with the words of the edition before")).to_be_visible()
    return EditionPage.objects.get(slug="amended")


def rewrite(editor: Page, draft: EditionPage) -> None:
    """In Wagtail's own editor: other words for 2.13, and another number for 2.14."""
    section = draft.get_children().get()
    editor.goto(f"/admin/pages/{section.pk}/edit/")
    words = editor.locator("[contenteditable=true]", has_text="It should publish what it heard")
    words.click()
    editor.keyboard.press("Control+End")
    editor.keyboard.type(" It must say why.")
    wait_for_the_form(editor, "It must say why.")
    number = editor.locator("input[type=text][name$=number]").nth(3)
    expect(number).to_have_value("2.14")
    number.fill("2.15")
    editor.get_by_role("button", name="Save draft").click()
    expect(editor.get_by_text("has been updated")).to_be_visible()


def wait_for_the_form(editor: Page, words: str) -> None:
    """The editor of rich text hands its words to the form a moment after they are typed."""
    fields = "words => [...document.querySelectorAll('[name]')].some(f => f.value?.includes(words))"
    for _ in range(100):
        if editor.evaluate(fields, words):
            return
        editor.wait_for_timeout(100)
    pytest.fail("The form never had what was typed.")


def review_changes(editor: Page, draft: EditionPage) -> None:
    """The cross-reference that now leads nowhere is found; each change gets its reason."""
    editor.goto(f"/admin/editions/{draft.pk}/changes/")
    expect(editor.locator("ins").first).to_contain_text("It must say why.")
    expect(editor.get_by_text("is numbered 2.15 now")).to_be_visible()
    accessible(editor, ".guidance-wide")
    editor.get_by_label("Reason for 2.13").fill("People asked for reasons.")
    editor.get_by_label("Reason for 2.15").fill("Leaves room for another paragraph.")
    editor.get_by_role("button", name="Save all decisions on this page").click()
    expect(editor.get_by_label("Reason for 2.15")).to_have_value(
        "Leaves room for another paragraph."
    )
    assert draft.change_decisions.count() == 2


def send_for_review(editor: Page, draft: EditionPage) -> None:
    editor.goto(f"/admin/editions/{draft.pk}/publish/")
    accessible(editor, ".guidance-wide")
    editor.get_by_role("button", name="Send for review").click()
    expect(editor.get_by_text("It is being read at the step")).to_be_visible()


def approve(page: Page, draft: EditionPage) -> None:
    page.goto(f"/admin/editions/{draft.pk}/read/")
    page.get_by_role("button", name="Approve").click()
    expect(page.get_by_role("button", name="Approve")).to_have_count(0)


def comment_and_approve(member: Page, draft: EditionPage) -> None:
    """A member of the Sounding Board was asked by e-mail, reads, comments, and cannot edit."""
    member.goto(f"/admin/editions/{draft.pk}/read/")
    accessible(member, ".guidance-narrow")
    member.get_by_role("link", name="Asking first").click()
    member.get_by_text("Comment on paragraph 2.13").click()
    member.get_by_label("Your comment on paragraph 2.13").fill("Say it in plain words, please.")
    member.get_by_role("button", name="Save comment").first.click()
    expect(member.get_by_text("Say it in plain words, please.").first).to_be_visible()
    accessible(member, ".guidance-wide")
    section = draft.get_children().get()
    member.goto(f"/admin/pages/{section.pk}/edit/")
    expect(member.get_by_role("button", name="Save draft")).to_have_count(0)
    approve(member, draft)


def see_the_comment(editor: Page, draft: EditionPage) -> None:
    editor.goto(f"/admin/editions/{draft.pk}/read/")
    expect(editor.get_by_text("1 open comment")).to_be_visible()


def publish_at_a_set_time(publisher: Page, draft: EditionPage) -> None:
    publisher.goto(f"/admin/editions/{draft.pk}/publish/")
    expect(publisher.get_by_text("it is ready to be published")).to_be_visible()
    soon = timezone.now().astimezone(LONDON) + timedelta(days=1)
    publisher.locator("[name=day]").fill(soon.date().isoformat())
    publisher.locator("[name=time]").fill("09:30")
    publisher.get_by_role("button", name="Publish at this time").click()
    expect(publisher.get_by_text("It will be published on")).to_be_visible()
    call_command("publish_due_editions")
    assert not Edition.objects.filter(slug="amended").exists()
    PlannedPublication.objects.update(at=timezone.now())
    call_command("publish_due_editions")
    issued = Edition.objects.get(slug="amended")
    reasons = Lineage.objects.filter(edition=issued).values_list("change", "reason")
    assert dict(reasons) == {
        "substantive": "People asked for reasons.",
        "renumbered": "Leaves room for another paragraph.",
    }


def compare(reader: Page) -> None:
    reader.goto(f"{PARKS}compare/final-2009/amended/")
    expect(reader.locator("ins").first).to_contain_text("It must say why.")
    expect(reader.get_by_text("People asked for reasons.")).to_be_visible()
    accessible(reader)
    reader.goto(f"{PARKS}origins/amended/")
    expect(reader.get_by_role("table")).to_contain_text("2.15")
    accessible(reader)


def read_as_at(reader: Page) -> None:
    """The words of the day that is asked for; as known before they were issued, the old ones."""
    today = timezone.localdate().isoformat()
    reader.goto(f"{PARKS}para/2.13/?as_at=2010-01-01")
    expect(reader.locator(".paragraph-large")).not_to_contain_text("It must say why.")
    accessible(reader)
    reader.goto(f"{PARKS}para/2.13/?as_at={today}")
    expect(reader.locator(".paragraph-large")).to_contain_text("It must say why.")
    reader.goto(f"{PARKS}para/2.13/?as_at={today}&known_on=2015-01-01")
    expect(reader.locator(".paragraph-large")).not_to_contain_text("It must say why.")
    reader.goto(f"{PARKS}as-at/2010-01-01/")
    expect(reader.locator(".standing")).to_contain_text("replaced from")
    accessible(reader)


def find_the_old_number(reader: Page) -> None:
    reader.goto(f"{PARKS}para/2.14/")
    expect(reader.locator("main")).to_contain_text("2.15")
    accessible(reader)


def take_and_check_a_certificate(reader: Page) -> None:
    reader.goto(f"{PARKS}para/2.13/certificate/?as_at=2010-01-01")
    expect(reader.locator("main")).to_contain_text("It should publish what it heard")
    accessible(reader)
    answer = reader.request.get(f"{PARKS}para/2.13/certificate/?as_at=2010-01-01&format=json")
    certificate = answer.text()
    assert json.loads(certificate)
    reader.goto("/certificates/check/")
    accessible(reader)
    reader.locator("textarea").fill(certificate)
    reader.get_by_role("button", name="Check").click()
    expect(reader.locator("main")).to_contain_text("certificate is genuine", ignore_case=True)
    reader.goto("/certificates/check/")
    reader.locator("textarea").fill(certificate.replace("publish", "hide"))
    reader.get_by_role("button", name="Check").click()
    expect(reader.locator("main")).not_to_contain_text("certificate is genuine", ignore_case=True)


def locked_for_good(editor: Page, draft: EditionPage) -> None:
    editor.goto(f"/admin/pages/{draft.pk}/edit/")
    expect(editor.get_by_text("This edition has been published").first).to_be_visible()
