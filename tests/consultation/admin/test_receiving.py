"""The pages on which officials take in, place, enter, check and decide: who may, and what they show."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry

from consultation.actions.receiving_mail import take_in_mail
from consultation.actions.taking_in import take_in
from consultation.models import PieceState, Response
from tests import factories
from tests.consultation import samples
from tests.consultation.letters import mail

pytestmark = pytest.mark.django_db

WORDS = "Hello.\n\nQ1: Yes, [[at our price]].\n\npara 1.2: Unclear.\n"


@pytest.fixture
def consultation():
    page = samples.consultation()
    samples.question(page, "1", kind="agree")
    samples.question(page, "2")
    return page


@pytest.fixture
def response(consultation):
    return take_in_mail(
        user=factories.user("first@example.org"), data=mail(WORDS).as_bytes(),
        consultation=consultation,
    ).response  # fmt: skip


@pytest.fixture
def team(client):
    """One of the consultation team, signed in."""
    user = factories.user("team@example.org", superuser=False)
    user.groups.add(Group.objects.get(name="Consultation team"))
    client.force_login(user)
    return user


def letter_of(consultation, **fields):
    return take_in(
        user=factories.user("first@example.org"), consultation=consultation, channel="post",
        received_at=timezone.now(), **fields,
    ).response  # fmt: skip


def entered(client, address, response, **said):
    response.refresh_from_db()
    return client.post(address, {"seen": response.revision, **said})


PAGES = {
    "take_in_which": lambda r: [],
    "take_in": lambda r: [r.consultation_id],
    "enter": lambda r: [r.pk],
    "pieces": lambda r: [],
    "to_check": lambda r: [],
    "late": lambda r: [],
}
ALLOWED = {
    "Editors": (),
    "Policy leads": (),
    "Publishers": (),
    "Consultation team": tuple(PAGES),
    "Administrators": tuple(PAGES),
}


@pytest.mark.parametrize("role", ALLOWED)
def test_who_may_open_what(client, response, role):
    user = factories.user("someone@example.org", superuser=False)
    user.groups.add(Group.objects.get(name=role))
    client.force_login(user)
    opened = {
        name
        for name, args in PAGES.items()
        if client.get(reverse(f"consultation_{name}", args=args(response))).status_code == 200
    }
    assert opened == set(ALLOWED[role])


def test_a_mail_is_uploaded_and_opened_for_entering(client, team, consultation):
    address = reverse("consultation_take_in", args=[consultation.pk])
    file = SimpleUploadedFile("a.eml", mail(WORDS).as_bytes())
    sent = client.post(address, {"channel": "post", "originals": [file]})
    response = Response.objects.get()
    assert (response.channel, response.entered_by) == ("email", team)
    assert sent.url == reverse("consultation_enter", args=[response.pk])
    file.seek(0)
    again = client.post(address, {"channel": "post", "originals": [file]}, follow=True)
    assert f"taken in before, as {response.reference}" in again.content.decode()


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"channel": "post"}, "Enter when it was received."),
        ({"channel": "post", "received_at": "2126-01-01 10:00"}, "in the future"),
        ({"channel": "post", "received_at": "soon"}, "Enter a date and a time"),
        (
            {"channel": "post", "received_at": "2026-01-05 10:00", "postmarked_on": "2026-01-06"},
            "postmarked after",
        ),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_stored(client, team, consultation, said, sentence):
    shown = client.post(reverse("consultation_take_in", args=[consultation.pk]), said)
    assert sentence in shown.content.decode()
    assert not Response.objects.exists()


def test_an_automatic_reply_is_taken_in_only_when_somebody_insists(client, team, consultation):
    address = reverse("consultation_take_in", args=[consultation.pk])
    data = mail(Subject="Out of office").as_bytes()
    shown = client.post(
        address, {"channel": "email", "originals": [SimpleUploadedFile("a.eml", data)]}
    )
    assert "A person wrote it" in shown.content.decode()
    assert not Response.objects.exists()
    client.post(
        address,
        {"channel": "email", "anyway": "on", "originals": [SimpleUploadedFile("a.eml", data)]},
    )
    assert Response.objects.exists()


def test_a_piece_is_confirmed_put_elsewhere_set_aside_and_undone(client, team, response):
    address = reverse("consultation_pieces")
    hello, first, second = response.pieces.all()
    client.post(address, {"piece": first.pk, "act": "place"})
    client.post(address, {"piece": second.pk, "act": "place", "at": "q2"})
    shown = client.post(address, {"piece": hello.pk, "act": "place", "at": "q99"})
    assert "such as Q3 or 4.3" in shown.content.decode()
    assert 'value="q99"' in shown.content.decode()
    client.post(address, {"piece": hello.pk, "act": "aside"})
    states = list(response.pieces.values_list("state", flat=True))
    assert states == [PieceState.SET_ASIDE, PieceState.PLACED, PieceState.PLACED]
    assert sorted(response.answers.values_list("question__wording__number", "text")) == [
        ("1", "Yes, [[at our price]]."),
        ("2", "Unclear."),
    ]
    client.post(address, {"piece": second.pk, "act": "undo"})
    assert response.answers.count() == 1


def test_the_queue_shows_no_confidential_words(client, team, consultation, response):
    take_in_mail(
        user=None, data=mail("Q1: All of this is secret.\n", From="Whole <w@example.org>").as_bytes(),
        consultation=consultation,
    )  # fmt: skip
    Response.objects.filter(name="Whole").update(confidential="whole")
    shown = client.get(reverse("consultation_pieces")).content.decode()
    assert "Yes, [confidential]." in shown
    assert "at our price" not in shown
    assert "All of this is secret" not in shown
    assert "Whole" not in shown
    assert "Whole" not in client.get(reverse("consultation_to_check")).content.decode()


def test_the_queue_costs_the_same_for_many_pieces(
    client, team, consultation, response, django_assert_max_num_queries
):
    address = reverse("consultation_pieces")
    client.get(address)
    with django_assert_max_num_queries(40) as few:
        client.get(address)
    for _ in range(4):
        take_in_mail(user=None, data=mail(WORDS).as_bytes(), consultation=consultation)
    with django_assert_max_num_queries(len(few.captured_queries)):
        client.get(address)


def test_opening_confidential_words_is_written_in_the_log(client, team, consultation, response):
    client.get(reverse("consultation_enter", args=[response.pk]))
    plain = letter_of(consultation)
    client.get(reverse("consultation_enter", args=[plain.pk]))
    reads = ModelLogEntry.objects.filter(action="consultation.read_confidential")
    assert list(reads.values_list("object_id", "user")) == [(str(response.pk), team.pk)]


def test_a_wholly_confidential_one_is_closed_to_who_may_not_read_it(client, consultation):
    user = factories.user("enters@example.org", superuser=False)
    codes = ["enter_response", "access_admin"]
    user.user_permissions.set(Permission.objects.filter(codename__in=codes))
    client.force_login(user)
    response = letter_of(consultation, use={"confidential": "whole"})
    assert client.get(reverse("consultation_enter", args=[response.pk])).status_code == 302
    shown = client.get(reverse("consultation_to_check")).content.decode()
    assert reverse("consultation_enter", args=[response.pk]) not in shown


def test_a_draft_written_online_is_never_found(client, team, consultation):
    draft, _ = samples.written(consultation, comments={"1.1": "Mine alone."})
    submitted = samples.submitted(consultation)
    for found in (draft, submitted):
        assert client.get(reverse("consultation_enter", args=[found.pk])).status_code == 404


def test_everything_is_typed_by_number_and_stored_at_once(client, team, consultation):
    response = letter_of(consultation)
    one, two = consultation.questions.order_by("position")
    address = reverse("consultation_enter", args=[response.pk])
    sent = entered(
        client, address, response,
        **{f"q{one.pk}-choice": "agree", f"q{one.pk}": "Yes.", f"q{two.pk}": "No.",
           "where": "1.2", "new": "Weak.", "name": "A. Writer", "respondent": "individual",
           "publish_name": "no", "confidential": "nothing"},
    )  # fmt: skip
    assert sent.status_code == 302
    response.refresh_from_db()
    assert (response.name, response.publish_name, response.publish_answer) == (
        "A. Writer",
        False,
        None,
    )
    assert response.answers.get(question=one).value == {"choice": "agree"}
    assert response.comments.get().number == "1.2"


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"where": "99.9", "new": "Lost?"}, "number of a paragraph"),
        ({"where": "", "new": "Lost?"}, "number of a paragraph"),
        ({"email": "not an address", "new": "Lost?", "where": "1.1"}, "Enter an e-mail address"),
    ],
)
def test_nothing_typed_is_lost_by_a_mistake(client, team, consultation, said, sentence):
    response = letter_of(consultation)
    two = consultation.questions.get(wording__number="2")
    address = reverse("consultation_enter", args=[response.pk])
    shown = entered(client, address, response, **{f"q{two.pk}": "Typed for long.", **said})
    text = shown.content.decode()
    assert sentence in text
    assert "Typed for long." in text
    assert "Lost?" in text
    assert not response.answers.exists()


def test_what_somebody_else_stored_meanwhile_is_shown_beside_what_was_typed(
    client, team, consultation
):
    response = letter_of(consultation)
    two = consultation.questions.get(wording__number="2")
    address = reverse("consultation_enter", args=[response.pk])
    client.post(address, {"seen": 0, f"q{two.pk}": "Theirs."})
    shown = client.post(address, {"seen": 0, f"q{two.pk}": "Mine."}).content.decode()
    assert "Somebody else changed this response" in shown
    assert "Theirs." in shown
    assert "Mine." in shown
    assert response.answers.get().text == "Theirs."


def test_a_place_that_was_typed_is_followed_whichever_button_is_pressed(client, team, response):
    hello = response.pieces.first()
    address = reverse("consultation_enter", args=[response.pk])
    entered(client, address, response, **{f"at-{hello.pk}": "q2", "act": "save"})
    hello.refresh_from_db()
    assert hello.state == PieceState.PLACED
    assert response.answers.get().text == "Hello."


def test_it_is_checked_by_somebody_else_once_everything_is_placed(client, team, consultation):
    response = letter_of(consultation)
    address = reverse("consultation_enter", args=[response.pk])
    sent = entered(client, address, response, act="check")
    assert sent.url == reverse("consultation_to_check")
    response.refresh_from_db()
    assert response.checked_by == team
    shown = client.get(address).content.decode()
    assert "nothing in it changes any more" in shown
    assert 'value="save"' not in shown


def test_a_late_one_is_decided_with_a_reason(client, team):
    response = samples.submitted(samples.closed(), received_at=timezone.now())
    address = reverse("consultation_late")
    shown = client.post(address, {"response": response.pk, "act": "admit", "reason": ""})
    assert "Give the reason" in shown.content.decode()
    client.post(address, {"response": response.pk, "act": "admit", "reason": "Strike."})
    response.refresh_from_db()
    assert response.lateness == "admitted"
    assert response.reference not in client.get(address).content.decode().split("</nav>")[
        -1
    ].replace(f"{response.reference} is admitted", "")
    decided = client.get(f"{address}?show=decided").content.decode()
    assert "Strike." in decided
    client.post(
        f"{address}?show=decided",
        {"response": response.pk, "act": "refuse", "reason": "Not so.", "seen": "admitted"},
    )
    response.refresh_from_db()
    assert response.lateness == "refused"


@pytest.mark.parametrize(
    ("after", "words"),
    [
        (timedelta(seconds=30), "1 minute"),
        (timedelta(hours=3, minutes=5), "3 hours"),
        (timedelta(days=2), "2 days"),
    ],
)
def test_how_late_it_came_is_said_in_words(client, team, after, words):
    page = samples.closed()
    samples.submitted(page, received_at=page.ends + after)
    assert f"{words} after the close" in client.get(reverse("consultation_late")).content.decode()
