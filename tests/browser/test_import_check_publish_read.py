"""The first slice in a real browser: an editor imports, a publisher checks and publishes, a reader
reads; with the keyboard, on a phone, and without JavaScript."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from playwright.sync_api import Browser, Page, expect, sync_playwright

from guidance.models import Edition, EditionPage
from tests.guidance.sample_texts import FIRST, REPEATED, SECOND

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
CHROMIUM = Path("/usr/bin/chromium")
SECRET = "a good secret"
PHONE = {"width": 360, "height": 740}


@pytest.fixture
def chromium(monkeypatch: pytest.MonkeyPatch) -> Iterator[Browser]:
    if not CHROMIUM.exists():
        pytest.skip("NO BROWSER: install Debian's chromium; this test proved nothing")
    # Playwright runs an event loop in this thread, which Django takes for asynchronous code.
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def signed_in(chromium: Browser, live_server: Any) -> Callable[..., Page]:
    """Opens a window in which a person of a role has signed in."""

    def open_window(role: str, **options: Any) -> Page:
        email = f"{role.lower()}@example.org"
        people = get_user_model().objects
        if not people.filter(email=email).exists():
            people.create_user(email, SECRET).groups.add(Group.objects.get(name=role))
        page = chromium.new_page(base_url=live_server.url, **options)
        page.goto("/admin/login/")
        page.locator("[name=username]").fill(email)
        page.locator("[name=password]").fill(SECRET)
        page.get_by_role("button", name="Sign in").click()
        expect(page).to_have_url(re.compile(r"/admin/$"))
        return page

    return open_window


def send(
    page: Page, words: str | bytes, *, name: str = "rivers.md", document: str = "", **fields: str
) -> None:
    """Fill in the first step and send the file."""
    page.goto("/admin/import/")
    data = words.encode() if isinstance(words, str) else words
    file = {"name": name, "mimeType": "application/octet-stream", "buffer": data}
    page.get_by_label("File").set_input_files(file)
    if document:
        page.get_by_label("Document", exact=True).select_option(label=document)
    else:
        page.get_by_label("Title of the new document").fill("Clean rivers")
    page.get_by_label("Stage").select_option(fields.get("stage", "consultation"))
    for field in ("published", "in_force_from"):
        if field in fields:
            page.locator(f"[name={field}]").fill(fields[field])
    page.get_by_role("button", name="Send the file").click()


def test_import_check_publish_read(signed_in, chromium, live_server):
    editor = signed_in("Editors")
    send(editor, FIRST, published="2008-03-01")
    expect(editor.get_by_role("heading", name="What was understood")).to_be_visible()
    expect(editor.get_by_text("5 numbered paragraphs")).to_be_visible()
    editor.get_by_text("1 Keeping a river clean").click()
    expect(editor.get_by_text("It should write down what it finds")).to_be_visible()
    editor.get_by_role("button", name="Save as a draft edition").click()
    expect(editor.get_by_text("is saved as a draft")).to_be_visible()
    draft = EditionPage.objects.get()
    editor.goto(f"/admin/editions/{draft.pk}/publish/")
    expect(editor.get_by_role("button", name="Publish this edition")).to_be_disabled()

    publisher = signed_in("Publishers")
    publisher.get_by_role("link", name="ready to be published").click()
    expect(publisher.get_by_text("It will not be in force")).to_be_visible()
    publisher.get_by_role("button", name="Publish this edition").click()
    expect(publisher.get_by_text("is published.")).to_be_visible()
    publisher.goto(f"/admin/pages/{draft.pk}/edit/")
    expect(publisher.get_by_text("This edition has been published").first).to_be_visible()

    reader = chromium.new_page(base_url=live_server.url)
    reader.goto("/guidance/clean-rivers/draft-march-2008/keeping-a-river-clean/")
    expect(reader.get_by_text("the authority must say who is to clean it")).to_be_visible()
    expect(reader.get_by_text("Draft for consultation").first).to_be_visible()
    reader.goto("/guidance/clean-rivers/para/1.3/")
    expect(reader.get_by_text("the authority must say who is to clean it").first).to_be_visible()
    issued = Edition.objects.get()
    assert issued.entries.get(reference="1.3").version.digest in reader.content()
    reader.goto("/guidance/clean-rivers/draft-march-2008/")
    assert issued.digest in reader.content()


def test_a_further_edition_is_corrected_before_it_is_saved(signed_in):
    publisher = signed_in("Publishers")
    send(publisher, FIRST, published="2008-03-01")
    publisher.get_by_role("button", name="Save as a draft edition").click()
    expect(publisher.get_by_text("is saved as a draft")).to_be_visible()
    send(publisher, SECOND, document="Clean rivers", stage="final", published="2009-02-01")
    row = publisher.get_by_label("Paragraph that 1.3 continues")
    expect(row).to_have_value("")
    row.fill("1.1")
    publisher.get_by_role("button", name="Keep these corrections").click()
    expect(publisher.get_by_text("cannot both continue 1.1")).to_be_visible()
    expect(row).to_have_value("1.1")
    row.fill("2.2")
    publisher.get_by_role("button", name="Keep these corrections").click()
    expect(publisher.get_by_text("The corrections are kept")).to_be_visible()
    expect(row).to_have_value("2.2")
    publisher.get_by_role("button", name="Save as a draft edition").click()
    expect(publisher.get_by_text("is saved as a draft")).to_be_visible()
    publisher.go_back()
    expect(publisher).to_have_url(re.compile(r"/admin/pages/\d+/"))
    assert EditionPage.objects.count() == 2


def test_what_stands_in_the_way_leads_to_where_it_is_put_right(signed_in):
    publisher = signed_in("Publishers")
    send(publisher, REPEATED, published="2008-03-01")
    publisher.get_by_role("button", name="Save as a draft edition").click()
    expect(publisher.get_by_text("is saved as a draft")).to_be_visible()
    publisher.goto("/admin/")
    publisher.get_by_role("link", name="1 point to put right").click()
    expect(publisher.get_by_role("button", name="Publish this edition")).to_be_disabled()
    publisher.locator(".guidance-findings a").first.click()
    expect(publisher.get_by_role("button", name="Save draft")).to_be_visible()


def test_a_bad_file_is_answered_at_its_field(signed_in):
    editor = signed_in("Editors")
    send(editor, b"\x89PNG\r\n\x1a\n and more", name="scan.png", published="2008-03-01")
    expect(editor.get_by_text("This file is a picture")).to_be_visible()
    expect(editor).to_have_url(re.compile(r"/admin/import/$"))


def test_the_steps_work_without_javascript(signed_in):
    editor = signed_in("Editors", java_script_enabled=False)
    send(editor, FIRST, published="2008-03-01")
    expect(editor.get_by_role("heading", name="What was understood")).to_be_visible()
    editor.get_by_role("button", name="Save as a draft edition").click()
    expect(editor.get_by_text("is saved as a draft")).to_be_visible()


def test_the_pages_reflow_on_a_phone_and_axe_finds_nothing_in_them(signed_in):
    editor = signed_in("Editors", viewport=PHONE)
    send(editor, FIRST, published="2008-03-01")
    editor.get_by_role("button", name="Save as a draft edition").click()
    expect(editor.get_by_text("is saved as a draft")).to_be_visible()
    send(editor, SECOND, document="Clean rivers", stage="final", published="2009-02-01")
    expect(editor.get_by_role("heading", name="What was understood")).to_be_visible()
    review, draft = editor.url, EditionPage.objects.get()
    for address in (review, "/admin/import/", f"/admin/editions/{draft.pk}/publish/"):
        editor.goto(address)
        assert editor.evaluate("document.documentElement.scrollWidth") <= PHONE["width"], address
        editor.wait_for_load_state()
        found = Axe().run(editor, context=".guidance-wide, .guidance-narrow")
        assert found.violations_count == 0, found.generate_report()


def test_a_correction_is_made_with_the_keyboard_alone(signed_in):
    editor = signed_in("Editors")
    send(editor, FIRST, published="2008-03-01")
    editor.get_by_role("button", name="Save as a draft edition").press("Enter")
    expect(editor.get_by_text("is saved as a draft")).to_be_visible()
    send(editor, SECOND, document="Clean rivers", stage="final", published="2009-02-01")
    editor.get_by_label("Paragraph that 1.3 continues").focus()
    editor.keyboard.type("2.2")
    for _ in range(40):
        editor.keyboard.press("Tab")
        if editor.evaluate("document.activeElement.name") == "correct":
            break
    editor.keyboard.press("Enter")
    expect(editor.get_by_text("The corrections are kept")).to_be_visible()
