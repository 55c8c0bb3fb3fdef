"""Reading an e-mail: who, when, what it says and what it brings, however it is damaged."""

from datetime import timedelta

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from consultation.actions.reading_mail import read_mail
from consultation.actions.receiving_mail import take_in_mail, which
from consultation.actions.taking_in import NotTaken
from consultation.mail_text import decoded, text_of_html, unflowed
from consultation.models import Attachment, ConsultationPage, Lateness, Response
from tests.consultation import samples
from tests.consultation.letters import mail


def test_plain_words_are_preferred_to_the_page_that_says_the_same():
    message = mail("Plain words.\n")
    message.add_alternative("<p>Page words.</p>", subtype="html")
    assert read_mail(message.as_bytes()).text == "Plain words.\n"


def test_a_page_alone_is_read_as_its_reader_sees_it():
    message = mail("x")
    message.set_content(
        "<style>p{}</style><p>Question 3<br>Yes</p><p style='display: none'>Hidden</p>"
        "<ol start=4><li>Four</ol><blockquote>Quoted</blockquote><script>no()</script>",
        subtype="html",
    )
    assert read_mail(message.as_bytes()).text == "Question 3\nYes\n\n4. Four\n\n> Quoted\n"


@pytest.mark.parametrize(
    ("data", "charset", "words"),
    [
        ("£5 — caf\u00e9".encode("cp1252"), "utf-8", "£5 — café"),
        ("£5 — café".encode(), "us-ascii", "£5 — café"),
        ("£5".encode("latin-1"), "no-such-charset", "£5"),
        ("£5".encode("utf-16"), "utf-16", "£5"),
        (b"\x81\x8d", "ascii", "\ufffd\ufffd"),
        (b"a\0b\r\nc\rd", "ascii", "ab\nc\nd"),
    ],
)
def test_a_wrong_character_set_costs_no_words(data, charset, words):
    assert decoded(data, charset) == words


def test_wrapped_lines_are_joined_as_they_say():
    assert (
        unflowed("One \nline.\n\n> quoted \n> too\n-- \nme")
        == "One line.\n\n> quoted \n> too\n-- \nme"
    )
    assert unflowed("hyph \nen", delete_space=True) == "hyphen"


@given(st.binary(max_size=400))
def test_any_bytes_are_some_message(data):
    assert isinstance(read_mail(data).text, str)
    assert read_mail(b"From: a@b\nContent-Type: text/html\n\n" + data).message_id


@given(st.text(max_size=200))
def test_any_page_is_read(html):
    assert "\0" not in text_of_html(html)


def test_files_are_kept_and_the_logo_of_a_signature_is_not():
    message = mail("See attached.\n")
    message.add_related(b"logo", "image", "png", cid="<1@a>")
    message.add_attachment(b"%PDF-", maintype="application", subtype="pdf", filename="b.pdf")
    assert [file.content for file in read_mail(message.as_bytes()).files] == [b"%PDF-"]


def test_a_message_in_a_message_is_what_was_written_to_us():
    inner = mail("Q1: Inner words.\n", From="Sam <sam@example.org>")
    outer = mail("For you.\n", From="us@department.example")
    outer.add_attachment(inner)
    found = read_mail(outer.as_bytes())
    assert found.forwarded
    assert found.written_by == ("Sam", "sam@example.org")
    assert "For you." in found.text
    assert "Q1: Inner words." in found.text


@pytest.mark.parametrize(
    "headers",
    [
        {"Auto_Submitted": "auto-replied"},
        {"Subject": "Automatic reply: your letter"},
        {"Subject": "Out of Office"},
        {"X_Autoreply": "yes"},
        {"From": "MAILER-DAEMON@mail.example"},
        {"Precedence": "auto_reply"},
        {"Subject": "Undeliverable: Parks", "Return_Path": "<>"},
    ],
)
def test_what_no_person_wrote_is_recognised(headers):
    assert read_mail(mail(**headers).as_bytes()).automatic


def test_what_a_person_wrote_is_not_taken_for_a_robot_s():
    for headers in ({}, {"Auto_Submitted": "no"}, {"Subject": "Re: office parks out of use"}):
        assert read_mail(mail(**headers).as_bytes()).automatic == ""


@pytest.mark.django_db
class TestTakingIn:
    def test_words_wait_where_they_belong_and_nothing_is_published_by_default(self):
        page = samples.consultation()
        asked = samples.question(page, "1")
        data = mail("Hello.\n\nQ1: Yes.\n\npara 1.2: no\n\nRegards,\nRobin\n").as_bytes()
        response = take_in_mail(user=None, data=data).response
        assert (response.channel, response.name, response.email) == (
            "email", "Robin Example", "robin@example.org",
        )  # fmt: skip
        assert (response.publish_name, response.publish_answer) == (None, None)
        pieces = list(response.pieces.all())
        assert [p.state for p in pieces] == ["waiting", "waiting", "waiting", "set-aside"]
        assert pieces[1].question == asked
        assert pieces[2].paragraph_id is not None
        original = response.attachments.get(original=True)
        assert original.file.read() == data

    def test_the_same_message_is_taken_in_once(self):
        samples.consultation()
        data = mail().as_bytes()
        assert not take_in_mail(user=None, data=data).again
        assert take_in_mail(user=None, data=data).again
        assert (Response.objects.count(), Attachment.objects.count()) == (1, 1)

    def test_a_message_without_an_id_is_known_by_its_bytes(self):
        samples.consultation()
        data = mail(Message_ID="").as_bytes()
        assert (
            take_in_mail(user=None, data=data).response
            == take_in_mail(user=None, data=data).response
        )

    def test_an_automatic_reply_is_not_taken_in_unless_somebody_says_so(self):
        samples.consultation()
        data = mail(Subject="Out of office").as_bytes()
        with pytest.raises(NotTaken, match="automatic reply"):
            take_in_mail(user=None, data=data)
        assert take_in_mail(user=None, data=data, anyway=True).response.reference

    def test_it_is_late_by_our_server_s_clock_and_not_by_its_sender_s(self):
        page = samples.closed()
        sent = page.closes - timedelta(days=3)
        data = mail(Date=sent.strftime("%a, %d %b %Y %H:%M:%S +0000")).as_bytes()
        response = take_in_mail(user=None, data=data, consultation=page).response
        assert response.lateness == Lateness.WAITING

    def test_a_colleague_s_forward_is_from_whoever_wrote_it(self):
        samples.consultation()
        text = "-----Original Message-----\nFrom: Sam [mailto:sam@example.org]\nSent: now\nTo: us\nSubject: x\n\nQ1: Yes.\n"
        for sender, name in (("us@department.example", "Sam"), ("Robin <r@example.org>", "Robin")):
            data = mail(text, Subject="FW: Parks", From=sender).as_bytes()
            assert take_in_mail(user=None, data=data).response.name == name

    def test_which_consultation_it_answers(self):
        first = samples.consultation(contact_email="first@department.example")
        second = samples.consultation(contact_email="second@department.example")

        def asked(**headers):
            return which(read_mail(mail(**headers).as_bytes()))

        assert asked(To="Team <SECOND@department.example>") == second
        assert asked(To="x@example.org", Subject=f"Re: {first.title}") == first
        assert asked(To="x@example.org") is None
        closed = timezone.now() - timedelta(hours=1)
        ConsultationPage.objects.filter(pk=first.pk).update(closes=closed)
        assert asked(To="x@example.org") == second

    def test_one_that_says_nothing_clear_waits_for_somebody(self):
        samples.consultation()
        samples.consultation()
        with pytest.raises(NotTaken, match="which consultation"):
            take_in_mail(user=None, data=mail(To="x@example.org").as_bytes())
