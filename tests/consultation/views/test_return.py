"""Returning, working together, leaving, amending, withdrawing: each page in each state."""

import re
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.utils import timezone

from consultation.actions import submitting
from consultation.actions.access import find_access
from consultation.actions.letters import send_due
from consultation.actions.link_keys import make_key
from consultation.actions.links import invite, offer_link
from consultation.models import (
    Access,
    ConsultationPage,
    Letter,
    ParagraphComment,
    Response,
    ReturnLink,
    State,
)
from consultation.views.desk import Desk, cookie_of
from consultation.views.respond.amend import amend, withdraw
from consultation.views.respond.leave import leave, throw_away
from consultation.views.respond.link import link, link_again
from consultation.views.respond.together import together
from tests.consultation import samples

pytestmark = pytest.mark.django_db
PAGES = (
    *("link/", "link-again/", "together/", "leave/", "throw-away/", "amend/", "withdraw/"),
    *("return/nonsense/",),
)


@pytest.fixture(autouse=True)
def _nothing_counted_yet():
    cache.clear()


@pytest.fixture
def consultation():
    return samples.consultation()


@pytest.fixture
def base(consultation):
    return f"{consultation.address}respond/"


@pytest.fixture
def response(client, consultation):
    """A draft, on this device."""
    made, key = samples.written(consultation, comments={"1.1": "Ours."})
    client.cookies[cookie_of(consultation)] = key
    return made


def words(answer):
    text = re.sub(r"<(script|style).*?</\1>", "", answer.content.decode(), flags=re.S)
    return " ".join(re.sub(r"<[^>]+>", "", text).split())


def close(consultation):
    """It closes now; the constraint asks that it opened before."""
    ConsultationPage.objects.filter(pk=consultation.pk).update(
        closes=timezone.now() - timedelta(minutes=2)
    )


@pytest.mark.parametrize("page", PAGES)
def test_a_device_without_a_response_is_told_so(client, base, page):
    answer = client.get(base + page)
    assert answer.status_code == 200
    assert f'{base}link-again/"' in answer.content.decode()


@pytest.mark.parametrize("page", PAGES)
def test_a_form_without_a_response_changes_nothing(client, base, page):
    answer = client.post(base + page, {"email": "jo@example.org"})
    assert answer.status_code in (200, 302, 400)
    assert not Response.objects.exists()
    assert not Letter.objects.exists()


@pytest.mark.parametrize("page", [p for p in PAGES if p != "return/nonsense/"])
def test_a_form_from_another_site_is_refused(client, base, response, page):
    answer = client.post(base + page, {}, headers={"sec-fetch-site": "cross-site"})
    assert answer.status_code == 403
    assert Response.objects.get().state == State.DRAFT


def test_pages_of_a_response_stay_out_of_shared_caches(client, base, response):
    for page in PAGES:
        sent = client.get(base + page, follow=True)
        assert "private" in sent.headers["Cache-Control"], page
        assert sent.headers["X-Robots-Tag"] == "noindex", page


def test_a_link_is_asked_for_and_its_address_shown_masked(client, base, response):
    answer = client.post(base + "link/", {"email": "robin@example.org", "person": "Robin"})
    assert (answer.status_code, answer.url) == (303, base + "link/?sent=1")
    said = words(client.get(answer.url))
    assert "r•••@example.org" in said
    assert "robin@example.org" not in said
    assert Access.objects.get().person == "Robin"


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({}, "Enter an e-mail address"),
        ({"email": "robin at example"}, "Enter an e-mail address"),
        ({"email": "robin@example.org", "person": "www.buy.example"}, "without an address in it"),
    ],
)
def test_what_is_wrong_with_a_form_is_said_and_what_was_typed_is_kept(
    client, base, response, typed, said
):
    answer = client.post(base + "link/", typed)
    assert answer.status_code == 400
    assert words(answer).startswith("Error: ")
    assert words(answer).count(said) == 2
    for value in typed.values():
        assert f'value="{value}"' in answer.content.decode()
    assert not ReturnLink.objects.exists()


def test_too_many_letters_are_refused_in_a_sentence(client, base, response):
    for _ in range(5):
        client.post(base + "link/", {"email": "robin@example.org"})
    answer = client.post(base + "link/", {"email": "robin@example.org"})
    assert answer.status_code == 429
    assert "try again in an hour" in words(answer)


def test_opening_a_link_uses_nothing_and_the_button_lets_the_device_in(
    client, base, consultation, response
):
    key = make_key(offer_link(response=response, email="jo@example.org", person="Jo"))
    client.cookies.clear()
    first = client.get(f"{base}return/{key}/")
    assert client.get(f"{base}return/{key}/").status_code == 200
    form = re.search(r'name="form" value="([^"]+)"', first.content.decode())[1]
    answer = client.post(f"{base}return/{key}/", {"form": form})
    assert (answer.status_code, answer.url) == (303, base)
    cookie = answer.cookies[cookie_of(consultation)]
    assert cookie["httponly"]
    assert find_access(cookie.value, consultation=consultation.pk).response == response
    assert "1 comment on" in words(client.get(base))


def test_a_double_click_on_the_button_lets_in_once(client, base, response):
    key = make_key(offer_link(response=response, email="jo@example.org"))
    client.cookies.clear()
    first = client.post(f"{base}return/{key}/", {"form": "same"}).cookies
    client.cookies.clear()
    second = client.post(f"{base}return/{key}/", {"form": "same"}).cookies
    assert [c.value for c in first.values()] == [c.value for c in second.values()]
    assert Access.objects.count() == 2


def test_on_a_device_that_is_in_already_the_link_is_not_used_up(client, base, response):
    key = make_key(offer_link(response=response, email="jo@example.org"))
    answer = client.get(f"{base}return/{key}/")
    assert (answer.status_code, answer.url) == (302, base)
    assert ReturnLink.objects.get().used_at is None


def test_a_device_with_another_response_is_warned(client, base, consultation, response):
    other, _ = samples.written(consultation)
    key = make_key(offer_link(response=other, email="jo@example.org"))
    assert "already has another response" in words(client.get(f"{base}return/{key}/"))


def test_of_a_used_link_a_new_one_goes_to_the_address_on_record(client, base, response):
    key = make_key(offer_link(response=response, email="jo@example.org"))
    client.cookies.clear()
    client.post(f"{base}return/{key}/", {"form": "a"})
    client.cookies.clear()
    said = words(client.get(f"{base}return/{key}/"))
    assert "This link has been used" in said
    assert "Send a new link to j•••@example.org" in said
    answer = client.post(f"{base}return/{key}/", {"again": "1", "email": "thief@example.org"})
    assert "Look at your e-mail" in words(answer)
    assert set(Letter.objects.values_list("to", flat=True)) == {"jo@example.org"}


def test_of_a_link_that_was_taken_back_none_is_sent(client, base, response):
    key = make_key(offer_link(response=response, email="jo@example.org"))
    ReturnLink.objects.update(revoked_at=timezone.now())
    client.cookies.clear()
    answer = client.post(f"{base}return/{key}/", {"again": "1"})
    assert "taken your access away" in words(answer)
    assert ReturnLink.objects.count() == 1


def test_a_key_is_not_logged_when_a_request_with_it_is_refused(client, base, response, caplog):
    key = make_key(offer_link(response=response, email="jo@example.org"))
    answer = client.post(f"{base}return/{key}/", headers={"sec-fetch-site": "cross-site"})
    assert answer.status_code == 403
    assert "Forbidden" in caplog.text
    assert key not in caplog.text


def test_nobody_learns_from_the_page_whether_an_address_responds(client, base, response):
    client.cookies.clear()
    known = words(client.post(base + "link-again/", {"known": "robin@example.org"}))
    unknown = words(client.post(base + "link-again/", {"known": "nobody@example.org"}))
    neither = words(client.post(base + "link-again/", {"known": "4F7K-92MX"}))
    assert known == unknown == neither
    assert list(Letter.objects.values_list("to", flat=True)) == ["robin@example.org"]


def test_asking_for_lost_links_is_limited(client, base):
    for _ in range(20):
        client.post(base + "link-again/", {"known": "nobody@example.org"})
    answer = client.post(base + "link-again/", {"known": "nobody@example.org"})
    assert answer.status_code == 429


def test_somebody_is_asked_in_and_listed(client, base, response):
    typed = {"act": "invite", "person": "Jo", "email": "jo@example.org", "own_name": "Robin"}
    answer = client.post(base + "together/", typed)
    assert answer.status_code == 303
    said = words(client.get(answer.url))
    assert "We are sending the invitation." in said
    assert "Jo a link waits at j•••@example.org" in said
    assert "Robin (you)" in said
    assert "jo@example.org" not in said


@pytest.mark.parametrize("name", ["Jo", "robin"])
def test_two_people_are_not_called_the_same(client, base, response, name):
    invite(response=response, email="jo@example.org", person="Jo", invited_by="Robin")
    typed = {"act": "invite", "person": name, "email": "x@example.org", "own_name": "Robin"}
    answer = client.post(base + "together/", typed)
    assert answer.status_code == 400
    assert "tells them apart" in words(answer)
    assert ReturnLink.objects.count() == 1


def test_access_is_taken_away_from_the_page(client, base, response):
    invite(response=response, email="jo@example.org", person="Jo", invited_by="Robin")
    page = client.get(base + "together/").content.decode()
    jo = re.search(r'name="colleague" value="(link-\d+)"', page)[1]
    answer = client.post(base + "together/", {"act": "take", "colleague": jo})
    assert "Their access is taken away." in words(client.get(answer.url))
    assert ReturnLink.objects.get().revoked_at
    again = client.post(base + "together/", {"act": "take", "colleague": jo})
    assert "no access any more" in words(client.get(again.url))


def test_one_calls_oneself_by_a_name(client, base, response):
    client.post(base + "together/", {"act": "name", "name": "Robin"})
    assert Access.objects.get().person == "Robin"
    answer = client.post(base + "together/", {"act": "name", "name": " "})
    assert "Enter your name." in words(answer)


@pytest.mark.parametrize("people", [1, 10])
def test_the_list_of_people_costs_the_same_at_any_number(
    client, base, response, people, django_assert_num_queries
):
    for n in range(people):
        offer_link(response=response, email=f"p{n}@example.org", person=f"P{n}")
    client.get(base + "together/")
    with django_assert_num_queries(4):
        client.get(base + "together/")


def test_leaving_takes_the_key_and_keeps_the_response(client, base, consultation, response):
    answer = client.post(base + "leave/")
    assert answer.cookies[cookie_of(consultation)].value == ""
    assert "Nothing is left on this device" in words(client.get(answer.url))
    assert Response.objects.get().state == State.DRAFT
    assert not Access.objects.filter(revoked_at=None).exists()


def test_leaving_without_a_way_back_is_warned_about(client, base, response):
    assert "nobody can reach it" not in words(client.get(base + "leave/"))
    Response.objects.update(email="")
    assert "nobody can reach it" in words(client.get(base + "leave/"))
    offer_link(response=response, email="robin@example.org")
    assert "nobody can reach it" not in words(client.get(base + "leave/"))


def test_throwing_away_is_asked_about_and_then_done(client, base, response):
    assert "Nobody can bring them back" in words(client.get(base + "throw-away/"))
    answer = client.post(base + "throw-away/")
    assert "It is thrown away" in words(client.get(answer.url))
    assert not Response.objects.exists()
    assert not ParagraphComment.objects.exists()


def test_what_was_sent_is_not_thrown_away(client, base, response):
    submitting.submit(response=response)
    assert client.post(base + "throw-away/").url == base
    assert Response.objects.get().state == State.SUBMITTED


def test_a_response_is_changed_and_sent_again_under_its_reference(client, base, response):
    reference = submitting.submit(response=response).reference
    page = words(client.get(base + "amend/"))
    assert reference in page
    assert "stands until you send the changed one" in page
    assert client.post(base + "amend/").url == base
    assert client.post(base + "amend/").url == base
    assert Response.objects.filter(state=State.DRAFT).count() == 1
    assert "Change your response" in words(client.get(base))


def test_changes_are_given_up(client, base, response):
    submitting.submit(response=response)
    submitting.amend(response=response)
    assert "Give up the changes?" in words(client.get(base + "amend/"))
    assert client.post(base + "amend/", {"act": "give-up"}).url == base
    client.post(base + "amend/", {"act": "give-up"})
    assert Response.objects.filter(state=State.DRAFT).count() <= 1
    assert Response.objects.get(state=State.SUBMITTED) == response


def test_a_response_is_withdrawn_after_a_question(client, base, response):
    submitting.submit(response=response)
    assert "It will not be counted" in words(client.get(base + "withdraw/"))
    answer = client.post(base + "withdraw/")
    assert "Your response is withdrawn" in words(client.get(answer.url))
    assert client.post(base + "withdraw/").status_code == 303
    assert Response.objects.get().state == State.WITHDRAWN
    assert "You withdrew it at" in words(client.get(base + "amend/"))
    assert Letter.objects.filter(kind="withdrawn").count() == 1


def test_withdrawing_while_changing_withdraws_what_was_sent(client, base, response):
    submitting.submit(response=response)
    submitting.amend(response=response)
    assert "The changes that you began are deleted." in words(client.get(base + "withdraw/"))
    client.post(base + "withdraw/")
    assert Response.objects.get().state == State.WITHDRAWN


@pytest.mark.parametrize("page", ["amend/", "withdraw/"])
def test_after_the_close_nothing_is_changed_and_why_is_said(
    client, base, consultation, response, page
):
    submitting.submit(response=response)
    close(consultation)
    assert "nothing can be changed now" in words(client.get(base + page))
    answer = client.post(base + page)
    assert answer.status_code == 409
    assert "nothing can be changed now" in words(answer)
    assert "parks@department.example" in words(answer)
    assert Response.objects.get().state == State.SUBMITTED


def test_after_the_close_changes_that_were_begun_are_not_lost_by_withdrawing(
    client, base, consultation, response
):
    submitting.submit(response=response)
    submitting.amend(response=response)
    close(consultation)
    assert client.post(base + "withdraw/").status_code == 409
    assert Response.objects.filter(state=State.DRAFT).count() == 1


def test_the_copy_is_for_the_device_that_has_the_key(client, base, response):
    assert client.get(base + "receipt.pdf").status_code == 404
    reference = submitting.submit(response=response).reference
    answer = client.get(base + "receipt.pdf")
    assert answer.content.startswith(b"%PDF-")
    assert (
        answer.headers["Content-Disposition"] == f'attachment; filename="response-{reference}.pdf"'
    )
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in answer.headers["Cache-Control"]
    submitting.amend(response=response)
    assert client.get(base + "receipt.pdf").content == answer.content
    client.cookies.clear()
    assert client.get(base + "receipt.pdf").status_code == 404


def test_the_copy_of_a_withdrawn_response_can_still_be_had(client, base, response):
    submitting.submit(response=response)
    submitting.withdraw(response=response)
    assert client.get(base + "receipt.pdf").status_code == 200


def test_a_form_that_a_robot_filled_comes_back_whole_and_works(client, base, response):
    typed = {"email": "robin@example.org", "person": "Robin “R” <b>", "website": "http://spam"}
    answer = client.post(base + "link/", typed)
    page = answer.content.decode()
    assert "Please send it once more" in page
    assert not ReturnLink.objects.exists()
    again = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', page))
    assert set(again) == {"email", "person"}
    assert (
        client.post(base + "link/", {k: v for k, v in typed.items() if k in again}).status_code
        == 303
    )


def test_a_letter_leads_to_a_page_that_works(client, base, response, mailoutbox):
    client.post(base + "link/", {"email": "robin@example.org"})
    send_due()
    client.cookies.clear()
    address = re.search(r"http://testserver(\S+/return/\S+)", mailoutbox[0].body)[1]
    assert "Continue" in words(client.get(address))


@pytest.mark.parametrize("view", [link, link_again, together, leave, throw_away, amend, withdraw])
def test_a_preview_shows_the_page_and_changes_nothing(rf, consultation, view):
    request = rf.get("/preview/")
    desk = Desk(consultation, preview=True, base="/preview/")
    said = view.at_desk(request, desk).content.decode().partition("<main")[2]
    assert "This is a preview" in said
    buttons = re.findall(r"<button[^>]*govuk-button[^>]*>", said)
    assert buttons
    assert all("disabled" in button for button in buttons)
