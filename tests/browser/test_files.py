"""Files of a response in a real browser, without a script: added, refused, marked, removed."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from consultation.models import Attachment
from tests.browser.test_reading import DESKTOP, PHONE
from tests.browser.test_respond import accessible
from tests.consultation import samples

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PDF = {
    "name": "Our plan.pdf",
    "mimeType": "application/pdf",
    "buffer": b"%PDF-1.4\n1 0 obj<<>>endobj\nstartxref\n9\n%%EOF\n",
}
PAGE = {"name": "page.pdf", "mimeType": "application/pdf", "buffer": b"<html><script>"}
NOTE = {"name": "note.txt", "mimeType": "text/plain", "buffer": b"A note."}


@pytest.fixture
def parks(live_server: Any) -> str:
    from consultation.site_tree import ensure_consultations

    ensure_consultations()
    found = samples.consultation(title="Parks: have your say", slug="parks")
    samples.question(found, "1", "Send us your plan.", "file", required=True)
    return f"{live_server.url}/consultations/parks/respond/"


@pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_files_are_added_marked_and_removed_without_a_script(
    chromium: Browser, parks: str, viewport: dict[str, int]
) -> None:
    context = chromium.new_context(base_url=parks, viewport=viewport, java_script_enabled=False)
    page = context.new_page()
    page.goto("./")
    page.get_by_role("link", name="Question 1").first.click()
    page.get_by_label("Your comment").fill("It is attached.")
    page.get_by_label("Add files to Question 1").set_input_files([PDF, PAGE])
    page.get_by_role("button", name="Upload").click()
    expect(page.get_by_role("alert")).to_contain_text("“page.pdf” was not added. It is a web page")
    expect(page.get_by_label("Your comment")).to_have_value("It is attached.")
    expect(page.get_by_role("link", name="Our plan.pdf")).to_be_visible()
    page.goto("files/")
    page.get_by_label("Add other files").set_input_files([NOTE])
    page.get_by_role("button", name="Upload").last.click()
    page.get_by_label("Keep it confidential: Our plan.pdf").check()
    page.get_by_label("Remove it: note.txt").check()
    page.get_by_role("button", name="Save and go back").click()
    [kept] = Attachment.objects.all()
    assert (kept.name, kept.confidential) == ("Our plan.pdf", True)
    context.close()


@pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_axe_finds_nothing_on_the_page_of_files(
    chromium: Browser, parks: str, viewport: dict[str, int]
) -> None:
    context = chromium.new_context(base_url=parks, viewport=viewport)
    page = context.new_page()
    page.goto("files/")
    page.get_by_label("Add files to Question 1").set_input_files([PDF, PAGE])
    page.get_by_role("button", name="Upload").first.click()
    expect(page).to_have_title("Error: Files – Parks: have your say – Statutory guidance")
    accessible(page)
    with page.expect_download() as download:
        page.get_by_role("link", name="Our plan.pdf").click()
    assert download.value.suggested_filename == "Our plan.pdf"
    page.get_by_role("link", name="“page.pdf” was not added").click()
    expect(page.get_by_label("Add files to Question 1")).to_be_focused()
    context.close()
