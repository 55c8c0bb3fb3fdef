"""Files of a response: added without script from any page, each a save of its own, downloaded only by
those who work on it and never shown in place."""

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile

from consultation.actions.attaching import attach
from consultation.models import Attachment, Response, Scan
from consultation.models.attachments import private_files
from consultation.views.desk import cookie_of
from tests.consultation import samples

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\nstartxref\n9\n%%EOF\n"


def upload(name="plan.pdf", data=PDF):
    return SimpleUploadedFile(name, data)


@pytest.fixture
def page():
    return samples.consultation()


@pytest.fixture
def asked(page):
    return samples.question(page, "1", "Send us your plan.", kind="file")


@pytest.fixture
def begun(client, page):
    """A response on this device."""
    response, key = samples.written(page)
    client.cookies[cookie_of(page)] = key
    return response


def address(page, rest=""):
    return f"/consultations/{page.slug}/respond/files/{rest}"


def test_the_first_file_begins_a_response(client, page, asked):
    sent = client.post(address(page), {"files": upload(), "add-files": ""}, follow=True)
    made = Attachment.objects.get()
    assert made.question is None
    assert "plan.pdf" in sent.content.decode()
    assert client.get(address(page, f"{made.key}/")).status_code == 200


def test_files_go_to_the_question_whose_field_they_came_in(client, page, asked, begun):
    client.post(address(page), {f"files-{asked.key}": [upload(), upload("b.txt", b"More.")]})
    assert set(begun.attachments.values_list("question", "name")) == {
        (asked.pk, "plan.pdf"),
        (asked.pk, "b.txt"),
    }


def test_a_refused_file_takes_no_other_with_it_and_is_named_at_its_field(
    client, page, asked, begun
):
    bad = upload("page.pdf", b"<html><script>alert(1)</script>")
    sent = client.post(
        address(page), {f"files-{asked.key}": [bad, upload()], "files": upload("c.txt", b"C")}
    )
    assert sent.status_code == 400
    words = sent.content.decode()
    assert "“page.pdf” was not added. It is a web page" in words
    assert f'href="#files-{asked.key}"' in words
    assert words.count("govuk-error-message") == 1
    assert set(begun.attachments.values_list("name", flat=True)) == {"plan.pdf", "c.txt"}


def test_a_file_that_is_too_large_is_stopped_while_it_comes_in(client, page, begun, settings):
    settings.CONSULTATION_FILE_MEGABYTES = 1
    sent = client.post(
        address(page),
        {"files": [upload("big.txt", b"words " * 400_000), upload()], "add-files": ""},
    )
    assert sent.status_code == 400
    assert "“big.txt” was not added. It is larger than 1 MB" in sent.content.decode()
    assert [a.name for a in begun.attachments.all()] == ["plan.pdf"]


def test_pressing_upload_with_no_file_says_what_to_do(client, page, begun):
    sent = client.post(address(page), {"add-files": ""})
    assert "Choose a file, then press Upload." in sent.content.decode()


def test_sending_the_same_form_twice_adds_one_file(client, page, begun):
    for _ in range(2):
        client.post(address(page), {"files": upload()})
    assert begun.attachments.count() == 1


def test_files_are_marked_and_removed_and_what_the_page_did_not_list_stays(client, page, begun):
    first, second, other = (
        attach(response=begun, file=ContentFile(data, name="a.txt")) for data in (b"1", b"2", b"3")
    )
    client.post(
        address(page),
        {
            "listed": [first.key, second.key],
            "confidential-file": [second.key],
            "remove-file": [first.key, other.key],
        },
    )
    assert list(begun.attachments.values_list("pk", "confidential")) == [
        (second.pk, True),
        (other.pk, False),
    ]


def test_nobody_else_downloads_a_file(client, page, begun):
    made = attach(response=begun, file=ContentFile(PDF, name="a.pdf"))
    client.cookies.clear()
    assert client.get(address(page, f"{made.key}/")).status_code == 404
    _, key = samples.written(page)
    client.cookies[cookie_of(page)] = key
    assert client.get(address(page, f"{made.key}/")).status_code == 404
    client.post(address(page), {"listed": made.key, "remove-file": made.key})
    assert Attachment.objects.filter(pk=made.pk).exists()


def test_a_file_is_a_download_that_can_run_nothing(client, page, begun):
    made = attach(response=begun, file=ContentFile(PDF, name='Plän "1".pdf'))
    sent = client.get(address(page, f"{made.key}/"))
    assert b"".join(sent.streaming_content) == PDF
    assert sent["Content-Disposition"].startswith("attachment;")
    assert sent["X-Content-Type-Options"] == "nosniff"
    assert sent["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert sent["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize(
    ("scan", "words"),
    [(Scan.WAITING, "being checked"), (Scan.INFECTED, "Something harmful was found")],
)
def test_what_is_quarantined_is_named_and_not_given_out(client, page, begun, scan, words):
    made = attach(response=begun, file=ContentFile(PDF, name="a.pdf"))
    Attachment.objects.update(scan=scan)
    sent = client.get(address(page, f"{made.key}/"))
    assert (sent.status_code, words in sent.content.decode()) == (409, True)
    listed = client.get(address(page)).content.decode()
    assert "being checked" in listed or "something harmful was found" in listed
    assert f"files/{made.key}/" not in listed


def test_a_file_whose_bytes_are_gone_says_so(client, page, begun):
    made = attach(response=begun, file=ContentFile(PDF, name="a.pdf"))
    private_files().delete(made.file.name)
    assert client.get(address(page, f"{made.key}/")).status_code == 404


def test_an_original_that_an_official_took_in_is_no_file_of_the_respondents(client, page, begun):
    made = attach(response=begun, file=ContentFile(PDF, name="scan.pdf"), original=True)
    assert client.get(address(page, f"{made.key}/")).status_code == 404
    assert "scan.pdf" not in client.get(address(page)).content.decode()


def test_a_form_from_another_site_adds_nothing(client, page, begun):
    sent = client.post(address(page), {"files": upload()}, headers={"Sec-Fetch-Site": "cross-site"})
    assert (sent.status_code, Attachment.objects.count()) == (403, 0)


def test_after_the_response_was_sent_in_another_window_no_file_is_added(client, page, begun):
    Response.objects.filter(pk=begun.pk).update(
        state="submitted", reference="0000-0000", received_at=begun.started_at
    )
    client.post(address(page), {"files": upload()})
    assert Attachment.objects.count() == 0


def test_the_page_costs_the_same_at_one_question_and_at_ten(
    client, page, begun, django_assert_max_num_queries
):
    for number in range(10):
        asked = samples.question(page, kind="file")
        attach(response=begun, file=ContentFile(b"%d" % number, name="a.txt"), question=asked)
    with django_assert_max_num_queries(8):
        client.get(address(page))
