"""What comes by e-mail or post is one response, counted once, with its original."""

import io
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone
from docx import Document
from wagtail.models import ModelLogEntry

from consultation.actions.anchors import anchor
from consultation.actions.counting import counted, total
from consultation.actions.late import posted_in_time
from consultation.actions.receiving_files import take_in_files
from consultation.actions.taking_in import Came, NotTaken, take_in
from consultation.actions.word_form import word_form
from consultation.answers import Given
from consultation.mentions import Place, To
from consultation.models import Attachment, Lateness, PieceState, Response, State
from consultation.parting import Part, Sort
from consultation.word_marks import text_tag
from tests import factories
from tests.consultation import samples
from tests.consultation.letters import mail
from tests.consultation.word_filling import filled

pytestmark = pytest.mark.django_db


@pytest.fixture
def consultation():
    return samples.consultation()


def taken(page, **fields):
    said = {"user": factories.user(), "channel": "post", "received_at": timezone.now()}
    return take_in(consultation=page, **{**said, **fields})


def test_a_letter_is_kept_with_everything_that_came(consultation):
    asked = samples.question(consultation, "1", kind="agree")
    found = taken(
        consultation,
        about={"name": "Robin", "organisation_type": "charity"},
        answers={asked: Given({"choice": "agree"}, "Yes.")},
        comments={anchor(consultation.edition_id, "1.2"): "Unclear."},
        originals=[Came("letter.txt", b"The letter.")],
        files=[Came("more.txt", b"More.")],
    )
    response = found.response
    assert (response.state, response.channel) == (State.SUBMITTED, "post")
    assert response.reference
    assert response.entered_by is not None
    assert response.answers.get().text == "Yes."
    assert response.comments.get().number == "1.2"
    assert sorted(response.attachments.values_list("name", "original")) == [
        ("letter.txt", True),
        ("more.txt", False),
    ]
    assert (total(consultation.pk), counted(consultation.pk, "value", asked.pk)) == (
        1,
        {"agree": 1},
    )
    entry = ModelLogEntry.objects.for_instance(response).get()
    assert entry.action == "consultation.take_in"
    assert "Yes" not in str(entry.data)


def test_the_same_original_or_message_is_taken_in_once(consultation):
    first = taken(consultation, originals=[Came("a.txt", b"The letter.")], message_id="<1@a>")
    by_bytes = taken(consultation, originals=[Came("other name.txt", b"The letter.")])
    by_message = taken(consultation, originals=[Came("b.txt", b"Another.")], message_id="<1@a>")
    assert [by_bytes.again, by_message.again] == [True, True]
    assert {by_bytes.response, by_message.response} == {first.response}
    assert (Response.objects.count(), Attachment.objects.count()) == (1, 1)
    elsewhere = taken(samples.consultation(), originals=[Came("a.txt", b"The letter.")])
    assert not elsewhere.again


def test_pieces_wait_where_they_are_proposed_and_quotations_are_set_aside(consultation):
    asked = samples.question(consultation, "1")
    response = taken(
        consultation,
        pieces=[
            Part("Q1: Yes.", place=Place(To.QUESTION, "1"), named="Q1"),
            Part("1.2 no", place=Place(To.PARAGRAPH, "1.2"), named="1.2"),
            Part("Dear all"),
            Part("> ours", Sort.QUOTED),
        ],
    ).response
    first, second, third, fourth = response.pieces.all()
    assert (first.question, first.state) == (asked, PieceState.WAITING)
    assert second.paragraph_id == anchor(consultation.edition_id, "1.2").paragraph
    assert (third.question, third.paragraph, third.state) == (None, None, PieceState.WAITING)
    assert (fourth.state, fourth.named) == (PieceState.SET_ASIDE, "quoted e-mail")


@pytest.mark.parametrize(("seconds", "late"), [(59, False), (60, True)])
def test_it_is_late_by_the_instant_at_which_it_was_received(seconds, late):
    closes = (timezone.now() - timedelta(days=2)).replace(second=0, microsecond=0)
    page = samples.consultation(opens=closes - timedelta(weeks=12), closes=closes)
    response = taken(page, received_at=closes + timedelta(seconds=seconds)).response
    assert (response.lateness == Lateness.WAITING) is late


def test_a_letter_posted_in_time_that_came_late_is_late_and_says_so():
    page = samples.closed()
    day = timezone.localdate(page.closes)
    in_time = taken(page, postmarked_on=day).response
    too_late = taken(page, postmarked_on=timezone.localdate()).response
    assert {in_time.lateness, too_late.lateness} == {Lateness.WAITING}
    assert (posted_in_time(in_time), posted_in_time(too_late)) == (True, False)


def test_impossible_dates_are_refused_in_a_sentence(consultation):
    tomorrow = timezone.now() + timedelta(days=1)
    with pytest.raises(NotTaken, match="in the future"):
        taken(consultation, received_at=tomorrow)
    with pytest.raises(NotTaken, match="postmarked after"):
        taken(consultation, postmarked_on=tomorrow.date())
    assert not Response.objects.exists()


def test_an_original_that_is_not_taken_leaves_nothing_behind(consultation):
    with pytest.raises(NotTaken, match=r"letter\.exe: It is a program"):
        taken(consultation, originals=[Came("letter.exe", b"MZ" + b"\0" * 100)])
    assert not Response.objects.exists()


def test_another_file_that_is_not_taken_is_named_and_stays_in_the_original(consultation):
    found = taken(consultation, files=[Came("game.exe", b"MZ" + b"\0" * 100)])
    assert found.left_out[0].startswith("game.exe: It is a program")
    assert not Attachment.objects.exists()


def test_only_who_may_enter_responses_takes_one_in(consultation):
    with pytest.raises(PermissionDenied):
        taken(consultation, user=factories.user("nobody@example.org", superuser=False))


def test_a_word_form_fills_the_answers_whether_it_comes_by_post_or_in_an_e_mail(consultation):
    asked = samples.question(consultation, "1")
    form = filled(word_form(consultation), {text_tag(asked.key): "Costs should be said."})
    user = factories.user()
    by_hand = take_in_files(
        user=user, consultation=consultation, channel="post", received_at=timezone.now(),
        files=[Came("form.docx", form)],
    ).response  # fmt: skip
    message = mail("Our form is attached.\n")
    message.add_attachment(
        form, maintype="application", subtype="octet-stream", filename="form.docx"
    )
    by_mail = take_in_files(
        user=user, consultation=consultation, channel="post",
        files=[Came("a.eml", message.as_bytes())],
    ).response  # fmt: skip
    for response in (by_hand, by_mail):
        assert response.channel == "word"
        assert "Costs should be said." in response.answers.get(question=asked).text


def test_a_word_document_that_is_no_form_is_kept_to_be_typed_from(consultation):
    samples.question(consultation, "1")
    letter, held = Document(), io.BytesIO()
    letter.add_paragraph("Dear team, all is well.")
    letter.save(held)
    response = take_in_files(
        user=factories.user(), consultation=consultation, channel="post",
        received_at=timezone.now(), files=[Came("letter.docx", held.getvalue())],
    ).response  # fmt: skip
    assert response.channel == "post"
    assert response.attachments.get().original
