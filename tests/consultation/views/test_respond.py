"""Writing a response: every state, and every way in which words could be lost."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from consultation.answers import LONGEST, Given
from consultation.models import Answer, Attachment, ConsultationPage, ParagraphComment, Response
from consultation.views.desk import cookie_of
from tests.consultation import samples

pytestmark = pytest.mark.django_db


@pytest.fixture
def page() -> ConsultationPage:
    return samples.consultation()


@pytest.fixture
def device() -> Callable[..., Client]:
    """A browser that holds the key of a response."""

    def holding(response: Response, key: str) -> Client:
        client = Client()
        client.cookies[cookie_of(response.consultation)] = key
        return client

    return holding


def base(page: ConsultationPage) -> str:
    return f"{page.address}respond/"


def form_of(client: Client, address: str, **changes: Any) -> dict[str, Any]:
    """What a browser would send from the page at an address, with changes by name."""
    return fields_in(client.get(address).content.decode()) | changes


def fields_in(html: str) -> dict[str, Any]:
    from lxml.html import fromstring

    form = next(f for f in fromstring(html).forms if f.method == "POST")
    found: dict[str, Any] = {}
    for name, value in form.form_values():
        value = value.removeprefix("\n")
        found[name] = [*found[name], value] if name in found else [value]
    return found


def texts() -> list[str]:
    return list(Answer.objects.values_list("text", flat=True))


# Beginning


def test_looking_begins_nothing(client, page):
    samples.question(page)
    for path in ("", "all/", "you/", "use/", "draft/", "draft/1-beginning/"):
        assert client.get(base(page) + path).status_code == 200
    assert Response.objects.count() == 0


def test_the_first_save_begins_a_response_and_the_next_go_into_it(client, page):
    one, two = samples.question(page), samples.question(page)
    for asked in (one, two):
        address = f"{base(page)}question/{asked.key}/"
        sent = client.post(address, form_of(client, address, **{f"text.q-{asked.key}": "Yes."}))
        assert sent.status_code == 303
    assert Response.objects.count() == 1
    assert texts() == ["Yes.", "Yes."]


def test_a_double_click_begins_one_response(client, page):
    asked = samples.question(page)
    address = f"{base(page)}question/{asked.key}/"
    sent = form_of(client, address, **{f"text.q-{asked.key}": "Yes."})
    again = Client()
    again.cookies = client.cookies.copy()
    for browser in (client, again):
        assert browser.post(address, sent).status_code == 303
    assert Response.objects.count() == 1
    assert texts() == ["Yes."]


def test_an_empty_save_begins_nothing_and_goes_on(client, page):
    asked = samples.question(page)
    address = f"{base(page)}question/{asked.key}/"
    sent = client.post(address, form_of(client, address))
    assert sent["Location"] == f"{base(page)}you/"
    assert Response.objects.count() == 0


def test_a_save_whose_key_is_gone_begins_a_new_response_and_says_so(page, device):
    asked = samples.question(page)
    response, key = samples.written(page, {asked: "Before."})
    browser = device(response, key)
    address = f"{base(page)}question/{asked.key}/"
    sent = form_of(browser, address, **{f"text.q-{asked.key}": "After."})
    browser.cookies.clear()
    answer = browser.post(address, sent, follow=True)
    assert "was saved as a new response" in answer.content.decode()
    assert sorted(texts()) == ["After.", "Before."]


def test_a_form_from_another_site_is_refused(client, page):
    asked = samples.question(page)
    address = f"{base(page)}question/{asked.key}/"
    sent = form_of(client, address, **{f"text.q-{asked.key}": "Yes."})
    assert client.post(address, sent, headers={"Sec-Fetch-Site": "cross-site"}).status_code == 403
    assert Response.objects.count() == 0


# Saving


def test_leading_lines_and_line_ends_come_back_as_typed(client, page):
    asked = samples.question(page)
    address = f"{base(page)}question/{asked.key}/"
    client.post(
        address, form_of(client, address, **{f"text.q-{asked.key}": "\r\nOne\r\n\r\n two "})
    )
    assert texts() == ["\nOne\n\n two "]
    assert form_of(client, address)[f"text.q-{asked.key}"] == ["\nOne\n\n two "]


@pytest.mark.parametrize(
    ("kind", "chosen", "value"),
    [
        ("agree", "agree", {"choice": "agree"}),
        ("yes-no", "no", {"choice": "no"}),
        ("several", ["a", "b"], {"choices": ["a", "b"]}),
        ("number", "1,200", {"number": "1200"}),
    ],
)
def test_each_kind_of_question_takes_its_answer(client, page, kind, chosen, value):
    options = [["a", "First"], ["b", "Second"]] if kind == "several" else []
    asked = samples.question(page, kind=kind, options=options)
    address = f"{base(page)}question/{asked.key}/"
    client.post(address, form_of(client, address, **{f"choice.q-{asked.key}": chosen}))
    assert Answer.objects.get().value == value
    again = client.get(address).content.decode()
    assert "checked" in again or 'value="1200"' in again


def test_one_answer_that_is_wrong_loses_none_of_the_others(client, page):
    number = samples.question(page, kind="number", smallest=1)
    words = samples.question(page)
    address = f"{base(page)}all/"
    sent = form_of(client, address) | {
        f"choice.q-{number.key}": "many",
        f"text.q-{number.key}": "About so many.",
        f"text.q-{words.key}": "Words.",
    }
    answer = client.post(address, sent)
    html = answer.content.decode()
    assert answer.status_code == 400
    assert "<title>Error: " in html
    assert f'<a href="#q-{number.key}-choice-1">Question 1: Enter a number in digits' in html
    assert 'value="many"' in html
    assert sorted(texts()) == ["About so many.", "Words."]


def test_words_that_are_too_many_come_back_as_typed(client, page):
    asked = samples.question(page)
    address = f"{base(page)}question/{asked.key}/"
    words = "word " * (LONGEST // 5 + 1)
    answer = client.post(address, form_of(client, address, **{f"text.q-{asked.key}": words}))
    assert answer.status_code == 400
    assert words in answer.content.decode()


def test_two_windows_never_overwrite_each_other_without_saying_so(page, device):
    asked = samples.question(page)
    response, key = samples.written(page, {asked: "Mine."})
    first, second = device(response, key), device(response, key)
    address = f"{base(page)}question/{asked.key}/"
    here = form_of(first, address, **{f"text.q-{asked.key}": "From here."})
    there = form_of(second, address, **{f"text.q-{asked.key}": "From there."})
    assert first.post(address, here).status_code == 303
    refused = second.post(address, there)
    html = refused.content.decode()
    assert refused.status_code == 409
    assert "From here." in html
    assert texts() == ["From here."]
    assert second.post(address, fields_in(html)).status_code == 303
    assert texts() == ["From there."]


def test_a_box_that_was_left_alone_is_not_saved_over_what_somebody_else_wrote(page, device):
    one, two = samples.question(page), samples.question(page)
    response, key = samples.written(page, {one: "One.", two: "Two."})
    browser = device(response, key)
    address = f"{base(page)}all/"
    stale = form_of(browser, address, **{f"text.q-{one.key}": "One, changed."})
    browser.post(address, form_of(browser, address, **{f"text.q-{two.key}": "Two, by Jo."}))
    assert browser.post(address, stale).status_code == 303
    assert sorted(texts()) == ["One, changed.", "Two, by Jo."]


def test_saving_once_more_after_going_back_saves_nothing_twice(client, page):
    asked = samples.question(page)
    address = f"{base(page)}question/{asked.key}/"
    sent = form_of(client, address, **{f"text.q-{asked.key}": "Yes."})
    assert [client.post(address, sent).status_code for _ in range(3)] == [303, 303, 303]
    assert Answer.objects.get().revision == 1


def test_what_is_typed_after_sending_elsewhere_is_shown_to_be_copied(page, device):
    asked = samples.question(page)
    response, key = samples.written(page, {asked: "Sent."})
    browser = device(response, key)
    address = f"{base(page)}question/{asked.key}/"
    late = form_of(browser, address, **{f"text.q-{asked.key}": "One more thing."})
    browser.post(f"{base(page)}check/")
    answer = browser.post(address, late)
    assert answer.status_code == 409
    html = answer.content.decode()
    assert "One more thing." in html
    assert f"{base(page)}amend/" in html
    assert texts() == ["Sent."]


def test_what_is_typed_across_the_close_comes_back_with_where_to_send_it(client, page):
    asked = samples.question(page)
    address = f"{base(page)}question/{asked.key}/"
    sent = form_of(client, address, **{f"text.q-{asked.key}": "Just too late."})
    ConsultationPage.objects.filter(pk=page.pk).update(closes=timezone.now() - timedelta(hours=1))
    answer = client.post(address, sent)
    html = answer.content.decode()
    assert answer.status_code == 409
    assert "Just too late." in html
    assert "mailto:parks@department.example" in html
    assert Response.objects.count() == 0


def test_a_comment_on_a_paragraph_quotes_it_and_is_kept(client, page):
    address = f"{base(page)}paragraph/1.2/"
    html = client.get(address).content.decode()
    assert "It should ask those who use a park" in html
    sent = client.post(
        address, form_of(client, address, **{"text.p-1.2": "Ask twice.", "onward": "draft"})
    )
    assert sent["Location"].endswith("respond/draft/1-beginning/#1.2")
    assert ParagraphComment.objects.get().text == "Ask twice."


def test_no_comment_on_what_is_not_there(client, page):
    assert client.get(f"{base(page)}paragraph/9.9/").status_code == 404
    assert (
        client.get(f"{base(page)}question/00000000-0000-4000-8000-000000000000/").status_code == 404
    )


def test_the_draft_takes_answers_and_comments_where_they_belong(client, page):
    asked = samples.question(page, text="Is it enough?", paragraphs=["1.2"])
    address = f"{base(page)}draft/1-beginning/"
    html = client.get(address).content.decode()
    assert html.index('id="1.2"') < html.index("Is it enough?") < html.index('id="1.3"')
    sent = form_of(client, address) | {f"text.q-{asked.key}": "No.", "text.p-1.3": "Others too."}
    assert client.post(address, sent).status_code == 303
    assert texts() == ["No."]
    assert ParagraphComment.objects.get().number == "1.3"


# A question that was reworded


def test_an_answer_to_an_older_wording_says_so_until_it_is_saved_again(page, device):
    from consultation.models import QuestionWording

    asked = samples.question(page, text="Is it enough?")
    response, key = samples.written(page, {asked: "Yes."})
    asked.wording = QuestionWording.objects.create(
        question=asked, version=2, number="1", text="Is it too much?", made_at=timezone.now()
    )
    asked.save()
    browser = device(response, key)
    address = f"{base(page)}question/{asked.key}/"
    assert "Changed" in browser.get(base(page)).content.decode()
    html = browser.get(address).content.decode()
    assert "Is it enough?" in html
    assert "Is it too much?" in html
    browser.post(address, fields_in(html))
    assert "Is it enough?" not in browser.get(address).content.decode()
    assert Answer.objects.get().wording_id == asked.wording_id


# Who is answering


def test_what_is_right_is_saved_and_what_is_wrong_is_said_at_its_field(client, page):
    address = f"{base(page)}you/"
    sent = form_of(client, address, name="Robin", email="robin@", respondent="individual")
    answer = client.post(address, sent)
    html = answer.content.decode()
    assert answer.status_code == 400
    assert '<a href="#email">Enter an e-mail address' in html
    assert 'value="robin@"' in html
    response = Response.objects.get()
    assert (response.name, response.email) == ("Robin", "")
    sent = fields_in(html) | {"email": "robin@example.org"}
    assert client.post(address, sent)["Location"] == f"{base(page)}use/"
    response.refresh_from_db()
    assert response.email == "robin@example.org"


def test_an_individual_is_not_taken_for_an_organisation(page, device):
    response, key = samples.written(
        page, respondent="organisation", organisation="Parks Trust", organisation_type="charity"
    )
    browser = device(response, key)
    address = f"{base(page)}you/"
    browser.post(address, form_of(browser, address, respondent="individual"))
    response.refresh_from_db()
    assert (response.organisation, response.organisation_type) == ("", "")


def test_the_two_forms_on_the_respondent_do_not_stand_in_each_others_way(page, device):
    response, key = samples.written(page)
    browser = device(response, key)
    you, use = f"{base(page)}you/", f"{base(page)}use/"
    stale = form_of(browser, you, name="Robin Second")
    browser.post(use, form_of(browser, use, publish_name="no"))
    assert browser.post(you, stale).status_code == 303
    stale = form_of(browser, you, name="Robin Third")
    browser.post(you, form_of(browser, you, name="Jo"))
    refused = browser.post(you, stale)
    assert refused.status_code == 409
    assert "Robin Third" in refused.content.decode()
    response.refresh_from_db()
    assert (response.name, response.publish_name) == ("Jo", False)
    assert browser.post(you, fields_in(refused.content.decode())).status_code == 303
    response.refresh_from_db()
    assert response.name == "Robin Third"


def test_the_act_is_named_where_confidentiality_is_asked_for(client, page):
    html = client.get(f"{base(page)}use/").content.decode()
    assert "Freedom of Information Act 2000" in html


# Checking and sending


def test_what_is_missing_is_said_with_links_and_nothing_is_sent(page, device):
    required = samples.question(page, kind="agree", required=True)
    response, key = samples.written(page, comments={"1.1": "Good."}, publish_name=None)
    browser = device(response, key)
    answer = browser.post(f"{base(page)}check/")
    html = answer.content.decode()
    assert answer.status_code == 400
    assert "<title>Error: " in html
    assert f'href="{base(page)}question/{required.key}/#q-{required.key}-choice-1"' in html
    assert f'href="{base(page)}use/#publish_name"' in html
    response.refresh_from_db()
    assert response.state == "draft"


def test_sending_twice_gives_the_same_confirmation(page, device):
    response, key = samples.written(page, comments={"1.1": "Good."})
    browser = device(response, key)
    first = browser.post(f"{base(page)}check/", follow=True)
    second = browser.post(f"{base(page)}check/", follow=True)
    response.refresh_from_db()
    for answer in (first, second):
        assert response.reference in answer.content.decode()
    assert Response.objects.count() == 1


def test_a_draft_is_sent_late_and_says_so(device):
    page = samples.consultation()
    response, key = samples.written(page, comments={"1.1": "Good."})
    ConsultationPage.objects.filter(pk=page.pk).update(closes=timezone.now() - timedelta(hours=1))
    browser = device(response, key)
    assert "You can still send this" in browser.get(base(page)).content.decode()
    assert "marked as late" in browser.get(f"{base(page)}check/").content.decode()
    html = browser.post(f"{base(page)}check/", follow=True).content.decode()
    assert "It came after the close" in html
    response.refresh_from_db()
    assert response.lateness == "waiting"


def test_marked_words_are_shown_as_confidential_before_sending(page, device):
    response, key = samples.written(
        page, comments={"1.1": "It is [[our land]]. [[And"}, confidential_reason="Ours."
    )
    html = device(response, key).get(f"{base(page)}check/").content.decode()
    assert "Confidential: </span>our land" in html
    assert "begins with [[ and does not end" in html


# States


def test_the_task_list_in_each_state(client, device):
    upcoming = samples.consultation(opens=timezone.now() + timedelta(days=1))
    assert "not open yet" in client.get(base(upcoming)).content.decode()
    page = samples.consultation(upcoming.edition)
    asked = samples.question(page, kind="agree", required=True)
    assert "0 of 1 question answered" in client.get(base(page)).content.decode()
    response, key = samples.written(page, {asked: Given({}, "Only words.")}, {"1.1": "Good."})
    browser = device(response, key)
    html = browser.get(base(page)).content.decode()
    assert "Needs attention" in html
    assert "1 comment</strong> on paragraphs" in html
    closed = samples.closed(upcoming.edition)
    assert "has closed" in client.get(base(closed)).content.decode()
    sent = samples.submitted(page, {asked: Given({"choice": "agree"})})
    from consultation.actions.access import open_access

    browser = device(sent, open_access(response=sent))
    html = browser.get(base(page)).content.decode()
    assert sent.reference in html
    assert "withdraw it" in html
    assert browser.get(f"{base(page)}question/{asked.key}/")["Location"] == base(page)


def test_pages_of_a_response_are_kept_out_of_shared_caches_and_of_searches(client, page):
    answer = client.get(base(page))
    assert "private" in answer["Cache-Control"]
    assert answer["X-Robots-Tag"] == "noindex"
    cookie = answer.cookies[cookie_of(page)]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert cookie["path"] == page.address


@pytest.mark.parametrize("number", [1, 10])
def test_queries_do_not_grow_with_the_questions(
    page, device, django_assert_max_num_queries, number
):
    asked = [samples.question(page, paragraphs=["1.1"]) for _ in range(number)]
    response, key = samples.written(page, dict.fromkeys(asked, "Yes."), {"1.2": "Good."})
    browser = device(response, key)
    most = {
        "": 13,
        "all/": 5,
        f"question/{asked[0].key}/": 7,
        "draft/1-beginning/": 10,
        "check/": 13,
        "you/": 4,
        "use/": 3,
    }
    for path, queries in most.items():
        with django_assert_max_num_queries(queries):
            assert browser.get(base(page) + path).status_code == 200, path


def test_no_file_is_needed_for_a_question_that_was_answered_with_one(page, device):
    asked = samples.question(page, kind="file", required=True)
    response, key = samples.written(page)
    Attachment.objects.create(
        response=response, question=asked, file="x", name="plan.pdf", size=1, sha256="0" * 64,
        media_type="application/pdf", added_at=timezone.now(),
    )  # fmt: skip
    html = device(response, key).get(base(page)).content.decode()
    assert "1 of 1 question answered" in html


# A preview, robots, and a response that is gone


def test_a_preview_shows_every_page_and_saves_nothing(rf, page):
    from consultation.views.desk import Desk
    from consultation.views.respond import about, check, draft, paragraph, question, tasks

    asked = samples.question(page, kind="agree", paragraphs=["1.2"])
    pages = [
        (tasks.respond, ()),
        (question.question, (asked.key,)),
        (question.all_questions, ()),
        (draft.respond_draft, ()),
        (draft.respond_section, ("1-beginning",)),
        (paragraph.respond_paragraph, ("1.1",)),
        (about.you, ()),
        (about.use, ()),
        (check.check, ()),
    ]
    for view, arguments in pages:
        desk = Desk(page, preview=True, base="/admin/preview/")
        html = view.at_desk(rf.get("/"), desk, *arguments).content.decode()
        assert "This is a preview" in html
        assert "/consultations/parks-" not in html.replace(f'href="{page.address}"', "")
        assert "<textarea" not in html or "disabled" in html


def test_a_robot_gets_its_words_back_to_send_once_more(client, page):
    asked = samples.question(page)
    address = f"{base(page)}question/{asked.key}/"
    sent = form_of(client, address, **{f"text.q-{asked.key}": "Buy.", "website": "x.example"})
    html = client.post(address, sent).content.decode()
    assert "Buy." in html
    assert Response.objects.count() == 0
    assert client.post(address, fields_in(html)).status_code == 303
    assert texts() == ["Buy."]


def test_one_place_may_not_begin_any_number_and_loses_nothing(page, settings):
    settings.CONSULTATION_BEGUN_PER_HOUR = 2
    asked = samples.question(page)
    address = f"{base(page)}question/{asked.key}/"
    answers = []
    for number in range(3):
        client = Client(REMOTE_ADDR="203.0.113.9")
        sent = form_of(client, address, **{f"text.q-{asked.key}": f"Answer {number}."})
        answers.append(client.post(address, sent))
    assert [answer.status_code for answer in answers] == [303, 303, 429]
    assert "Answer 2." in answers[2].content.decode()


def test_what_is_typed_after_it_was_thrown_away_elsewhere_is_not_lost(page, device):
    from consultation.actions.submitting import throw_away

    asked = samples.question(page)
    response, key = samples.written(page, {asked: "Before."})
    browser = device(response, key)
    address = f"{base(page)}question/{asked.key}/"
    sent = form_of(browser, address, **{f"text.q-{asked.key}": "After."})
    throw_away(response=response)
    html = browser.post(address, sent, follow=True).content.decode()
    assert "was saved as a new response" in html
    assert texts() == ["After."]


def test_a_key_that_was_taken_away_begins_a_new_response(page, device):
    asked = samples.question(page)
    response, key = samples.written(page, {asked: "Theirs."})
    response.accesses.update(revoked_at=timezone.now())
    browser = device(response, key)
    address = f"{base(page)}question/{asked.key}/"
    assert "Theirs." not in browser.get(address).content.decode()
    browser.post(address, form_of(browser, address, **{f"text.q-{asked.key}": "Mine."}))
    assert sorted(texts()) == ["Mine.", "Theirs."]
    assert "Mine." in browser.get(address).content.decode()


def test_a_file_is_added_with_its_answer(client, page):
    from django.core.files.uploadedfile import SimpleUploadedFile

    asked = samples.question(page, kind="file", required=True)
    address = f"{base(page)}question/{asked.key}/"
    file = SimpleUploadedFile("plan.txt", b"Where the park is.", "text/plain")
    sent = form_of(client, address) | {
        f"text.q-{asked.key}": "See the plan.",
        f"files-{asked.key}": file,
    }
    assert client.post(address, sent).status_code == 303
    assert Attachment.objects.get().question == asked
    assert texts() == ["See the plan."]


def test_what_is_typed_for_a_question_that_was_taken_out_comes_back(page, device):
    one, two = samples.question(page), samples.question(page)
    response, key = samples.written(page, {one: "One."})
    browser = device(response, key)
    address, single = f"{base(page)}all/", f"{base(page)}question/{two.key}/"
    words = {f"text.q-{one.key}": "One, changed.", f"text.q-{two.key}": "Taken out."}
    together, alone = form_of(browser, address) | words, form_of(browser, single) | words
    two.retired_at = timezone.now()
    two.save()
    for answer in (browser.post(address, together), browser.post(single, alone)):
        assert answer.status_code == 409
        assert "Taken out." in answer.content.decode()
    assert texts() == ["One, changed."]


def test_an_answer_is_kept_with_the_wording_that_was_on_the_page(client, page):
    from consultation.models import QuestionWording

    asked = samples.question(page, text="Is it enough?")
    address = f"{base(page)}question/{asked.key}/"
    sent = form_of(client, address, **{f"text.q-{asked.key}": "Yes."})
    before = asked.wording
    asked.wording = QuestionWording.objects.create(
        question=asked, version=2, number="1", text="Is it too much?", made_at=timezone.now()
    )
    asked.save()
    assert client.post(address, sent).status_code == 303
    assert Answer.objects.get().wording == before
    assert "Is it enough?" in client.get(address).content.decode()
