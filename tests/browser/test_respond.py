"""Responding in a real browser: with a script and without, on a phone, by keyboard, offline."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect

from consultation.models import Answer, ConsultationPage, ParagraphComment, Response, State
from tests.browser.test_reading import DESKTOP, NARROW, PHONE, RULES, WIDER_THAN_THE_WINDOW
from tests.consultation import samples

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
Open = Callable[..., BrowserContext]


@pytest.fixture
def site(live_server: Any) -> tuple[str, ConsultationPage]:
    from consultation.site_tree import ensure_consultations

    ensure_consultations()
    found = samples.consultation(title="Parks: have your say", slug="parks")
    samples.question(found, "1", "Is asking enough?", "agree", paragraphs=["1.2"], required=True)
    samples.question(found, "2", "Which costs should be published?", word_guide=300)
    samples.question(found, "3", "How many parks?", "number", unit="parks", smallest=0)
    return live_server.url, found


@pytest.fixture
def device(chromium: Browser, site: tuple[str, ConsultationPage]) -> Iterator[Open]:
    """Opens browsers; a script error or a refused style fails the test."""
    faults: list[str] = []

    def opened(viewport: dict[str, int] = DESKTOP, **options: Any) -> BrowserContext:
        base = f"{site[0]}/consultations/parks/respond/"
        context = chromium.new_context(base_url=base, viewport=viewport, **options)
        context.on("weberror", lambda error: faults.append(str(error.error)))
        context.on(
            "console",
            lambda m: faults.append(m.text) if "Content Security" in m.text else None,
        )
        return context

    yield opened
    assert faults == []


def accessible(page: Page) -> None:
    page.wait_for_load_state()
    page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true })")
    found = Axe().run(page, options={"runOnly": RULES}).response["violations"]
    assert [(page.url, v["id"], v["nodes"][0]["html"]) for v in found] == []
    assert page.evaluate(WIDER_THAN_THE_WINDOW) == [], page.url


def walk_through(page: Page, look: Callable[[Page], None]) -> None:
    """From the task list to the confirmation."""
    page.goto("./")
    look(page)
    page.get_by_role("link", name="one question at a time").click()
    look(page)
    page.get_by_label("Agree", exact=True).check()
    page.get_by_label("Your comment").fill("Ask [[my neighbour]] twice.")
    page.get_by_role("button", name="Save and continue").click()
    page.get_by_label("Your answer").fill("Those of benches.")
    page.get_by_role("button", name="Save and continue").click()
    page.get_by_label("Your number").fill("many")
    page.get_by_role("button", name="Save and go on").click()
    expect(page).to_have_title(re.compile("^Error: "))
    look(page)
    page.get_by_role("link", name="Question 3: Enter a number").click()
    expect(page.get_by_label("Your number")).to_be_focused()
    page.get_by_label("Your number").fill("12")
    page.get_by_role("button", name="Save and go on").click()
    look(page)
    page.get_by_label("For an organisation").check()
    page.get_by_label("Name of the organisation").fill("Parks Trust")
    page.get_by_label("Kind of organisation").select_option("charity")
    page.get_by_label("Your name").fill("Robin Example")
    page.get_by_role("button", name="Save and continue").click()
    look(page)
    page.locator("#publish_name").check()
    page.locator("#publish_answer").check()
    page.get_by_role("button", name="Save and continue").click()
    look(page)
    page.get_by_role("button", name="Send your response").click()
    look(page)
    page.get_by_role("link", name="Say why you ask for confidentiality").click()
    page.locator("#confidential-2").check()
    page.get_by_label("Why should it be kept").fill("It is about my neighbour.")
    page.get_by_role("button", name="Save and continue").click()
    page.get_by_role("button", name="Send your response").click()
    expect(page.get_by_role("heading", name="Response sent")).to_be_visible()
    look(page)


def sent() -> Response:
    response = Response.objects.get()
    assert response.state == State.SUBMITTED
    assert response.organisation == "Parks Trust"
    assert sorted(a.text for a in response.answers.all()) == [
        "",
        "Ask [[my neighbour]] twice.",
        "Those of benches.",
    ]
    return response


def test_the_whole_journey_on_a_phone(device):
    page = device(PHONE).new_page()
    walk_through(page, accessible)
    expect(page.get_by_text(sent().reference, exact=True)).to_be_visible()


def test_the_whole_journey_without_a_script(device):
    page = device(java_script_enabled=False).new_page()
    walk_through(page, lambda _: None)
    expect(page.get_by_text(sent().reference, exact=True)).to_be_visible()


PATHS = ("./", "all/", "draft/", "draft/1-beginning/", "paragraph/1.1/", "you/", "use/")


def test_every_page_is_accessible_and_reflows_on_a_narrow_phone(device):
    page = device().new_page()
    for path in PATHS:
        page.goto(path)
        accessible(page)
    page.set_viewport_size(NARROW)
    for path in PATHS:
        page.goto(path)
        assert page.evaluate(WIDER_THAN_THE_WINDOW) == [], path


def test_a_comment_is_saved_while_it_is_written_beside_its_paragraph(device):
    page = device().new_page()
    page.goto("draft/1-beginning/")
    page.get_by_text("Comment on paragraph 1.3", exact=True).click()
    page.get_by_label("Your comment on paragraph 1.3").fill("Others know more.")
    expect(page.locator("[data-box='p-1.3'] [data-state]")).to_have_text(re.compile("^Saved at"))
    assert ParagraphComment.objects.get().text == "Others know more."
    page.reload()
    expect(page.get_by_label("Your comment on paragraph 1.3")).to_have_value("Others know more.")


def test_by_keyboard_alone(device):
    page = device().new_page()
    page.goto("all/")
    page.get_by_label("Strongly agree").focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    page.keyboard.type("By keyboard.")
    expect(page.locator(":focus")).to_have_value("By keyboard.")
    page.get_by_role("button", name="Save and go to the task list").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("1 of 3 questions answered")).to_be_visible()
    assert Answer.objects.get().value == {"choice": "agree"}


def test_what_is_typed_offline_is_kept_through_a_restart_and_saved_later(device):
    context = device()
    page = context.new_page()
    page.goto("all/")
    area = page.get_by_label("Your answer for Question 2")
    context.set_offline(True)
    area.fill("Written in a tunnel.")
    expect(page.locator("[data-saved]")).to_have_text(
        "Not saved: you are offline. It is kept on this device"
    )
    page.close(run_before_unload=False)
    context.set_offline(False)
    page = context.new_page()
    page.goto("all/")
    expect(page.get_by_label("Your answer for Question 2")).to_have_value("Written in a tunnel.")
    expect(page.get_by_text("Put back what this device kept")).to_be_visible()
    expect(page.locator("[data-saved]")).to_have_text(re.compile("^Saved at"))
    assert Answer.objects.get().text == "Written in a tunnel."
    assert page.evaluate("Object.keys(localStorage).length") == 0


def test_a_page_that_could_not_be_sent_offline_is_filled_again(device):
    context = device()
    page = context.new_page()
    page.goto("all/")
    page.get_by_label("Your answer for Question 2").fill("Sent into the void.")
    context.set_offline(True)
    page.get_by_role("button", name="Save and go to the task list").click(no_wait_after=True)
    page.wait_for_timeout(500)
    context.set_offline(False)
    page.goto("./")
    kept = page.get_by_role("link", name="Sent into the void.")
    expect(kept).to_be_visible()
    kept.click()
    expect(page.get_by_label("Your answer")).to_have_value("Sent into the void.")
    expect(page.locator("[data-saved]")).to_have_text(re.compile("^Saved at"))


def test_two_windows_see_each_others_text_and_choose(device):
    context = device()
    one, two = context.new_page(), context.new_page()
    for page in (one, two):
        page.goto("all/")
    one.get_by_label("Your answer for Question 2").fill("From the first window.")
    expect(one.locator("[data-saved]")).to_have_text(re.compile("^Saved at"))
    two.get_by_label("Your answer for Question 2").fill("From the second window.")
    expect(two.get_by_text("saved something else here")).to_be_visible()
    expect(two.get_by_text("From the first window.")).to_be_visible()
    assert Answer.objects.get().text == "From the first window."
    two.get_by_role("button", name="Save mine in its place").click()
    expect(two.locator("[data-state]", has_text="Saved at")).to_be_visible()
    assert Answer.objects.get().text == "From the second window."
    assert Response.objects.count() == 1


def test_going_back_and_saving_again_is_no_conflict(device):
    page = device().new_page()
    page.goto("./")
    page.get_by_role("link", name="Question 2").click()
    page.get_by_label("Your answer").fill("First thought.")
    page.get_by_role("button", name="Save and continue").click()
    expect(page.get_by_role("heading", name="How many parks?")).to_be_visible()
    page.go_back()
    expect(page.get_by_label("Your answer")).to_have_value("First thought.")
    page.get_by_label("Your answer").fill("Second thought.")
    page.get_by_role("button", name="Save and continue").click()
    expect(page.get_by_role("heading", name="How many parks?")).to_be_visible()
    assert Answer.objects.get().text == "Second thought."


def test_selected_words_are_marked_as_confidential(device):
    page = device().new_page()
    page.goto("paragraph/1.1/")
    area = page.get_by_label("Your comment on paragraph 1.1")
    area.fill("It is our land.")
    area.evaluate("a => { a.focus(); a.setSelectionRange(6, 14) }")
    page.get_by_text("Keeping some words confidential").click()
    page.get_by_role("button", name="Mark the selected words").click()
    expect(area).to_have_value("It is [[our land]].")
