"""Certificates as a page, JSON and PDF; where they are checked; and the keys they are checked with."""

from __future__ import annotations

import json
import re
from datetime import date

import pypdfium2
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from guidance.actions import certifying
from guidance.rendering import certificate_pdf as pdf
from guidance.signing import MAX_BYTES, SigningKey
from guidance.views.certificate_facts import shown
from tests import factories
from tests.guidance.views.conftest import sections

pytestmark = pytest.mark.django_db
PARAGRAPH = "/guidance/parks/para/2.13/certificate/"
EDITION = "/guidance/parks/final-2008/certificate/"
CHECK = "/certificates/check/"


def text(response) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def pdf_text(body: bytes) -> str:
    document = pypdfium2.PdfDocument(body)
    return " ".join(page.get_textpage().get_text_bounded() for page in document)


def test_a_paragraph_has_a_certificate_of_what_applies_today(client, parks):
    page = client.get(PARAGRAPH)
    words = text(page)
    assert page.status_code == 200
    assert page["Cache-Control"] == "no-store"
    assert (
        "Statutory guidance certifies the words of paragraph 2.13 of Keeping parks open in Final"
        " edition, 2008, as below, and the standing of that edition on 15 June 2010:"
        " In force since 1 July 2008."
    ) in words
    assert "An authority must consult." in words
    assert "section 3A of the Local Government Act 1999" in words
    edition = parks.issued_editions.get(slug="final-2008")
    assert edition.digest in words
    assert edition.entries.get(reference="2.13").version.digest in words


def test_it_is_linked_from_the_paragraph_with_the_date_shown(client, parks):
    html = client.get("/guidance/parks/para/2.13/?as_at=2009-01-01").content.decode()
    assert f'href="{PARAGRAPH}?edition=final-2008&amp;as_at=2009-01-01"' in html
    words = text(client.get(f"{PARAGRAPH}?edition=final-2008&as_at=2009-01-01"))
    assert "of that edition on 1 January 2009: In force since 1 July 2008." in words


def test_a_draft_is_certified_as_one(client, parks):
    words = text(client.get("/guidance/parks/para/2.12/certificate/?edition=draft-2007"))
    assert "on 15 June 2010: Draft for consultation, published 1 November 2007." in words


@pytest.mark.parametrize("address", [PARAGRAPH, EDITION])
def test_the_json_is_a_file_that_the_site_itself_finds_genuine(client, parks, address):
    page = client.get(f"{address}?as_at=2009-01-01&format=json")
    assert page["Content-Type"] == "application/json"
    assert re.search(
        r'filename="certificate-parks-(2.13|edition)-2009-01-01.json"', page["Content-Disposition"]
    )
    checked = client.post(CHECK, {"certificate": page.content.decode()})
    assert checked.status_code == 200
    assert "The certificate is genuine, and what it states still holds" in text(checked)
    sent = client.post(CHECK, {"file": SimpleUploadedFile("c.json", page.content)})
    assert "what it states still holds" in text(sent)


def test_the_pdf_says_the_same_and_carries_the_json(client, parks):
    page = client.get(f"{PARAGRAPH}?format=pdf")
    assert page["Content-Type"] == "application/pdf"
    words = pdf_text(page.content)
    assert "An authority must consult." in words
    assert "In force since 1 July 2008" in words
    attached = pypdfium2.PdfDocument(page.content).get_attachment(0)
    assert attached.get_name() == "certificate.json"
    assert "still holds" in text(
        client.post(CHECK, {"certificate": bytes(attached.get_data()).decode()})
    )


def test_the_pdf_is_tagged_and_made_to_last(client, parks):
    body = client.get(f"{EDITION}?format=pdf").content
    assert b"/MarkInfo" in body
    assert b"<pdfaid:part>3</pdfaid:part>" in body
    assert b"<pdfuaid:part>1</pdfuaid:part>" in body


def test_words_are_never_taken_for_markup_and_what_fonts_lack_is_written_by_its_code(client):
    document = factories.document("odd", 'Odd *title* #read("/etc/passwd") $x$ `y` <z>')
    words = '#import "x": * [b] \\u{41} 中 \U0001f600 \u0007 // /* @ref ~ Llŷr'
    factories.issued(
        document, [factories.section(blocks=[factories.paragraph("1.1", words.replace("<", "&lt;"))])],
        slug="first", published=date(2009, 1, 1),
    )  # fmt: skip
    page = client.get("/guidance/odd/para/1.1/certificate/?format=pdf")
    drawn = pdf_text(page.content)
    assert '#read("/etc/passwd") $x$ `y` <z>' in drawn
    assert '#import "x": * [b] \\u{41} [U+4E2D] [U+1F600]' in drawn
    assert "// /* @ref ~ Llŷr" in drawn


def test_a_pdf_that_takes_too_long_is_given_up_with_a_way_on(client, parks, monkeypatch):
    monkeypatch.setattr("guidance.rendering.typeset.SECONDS", 0.0)
    page = client.get(f"{PARAGRAPH}?format=pdf")
    assert page.status_code == 503
    assert "format=json" in page.content.decode()


def test_the_same_certificate_gives_the_same_pdf(parks):
    certificate = certifying.certify_edition(
        document="parks", edition="final-2008", on=date(2009, 1, 1)
    )
    drawn = [pdf.certificate_pdf(shown(certificate), certificate.as_json()) for _ in range(2)]
    assert drawn[0] == drawn[1]


@pytest.mark.parametrize(
    ("address", "status", "words"),
    [
        ("/guidance/nothing/para/2.13/certificate/", 404, "no guidance at this address"),
        ("/guidance/parks/para/9.9/certificate/", 404, "is not in Final edition, 2008"),
        (f"{PARAGRAPH}?as_at=2008-06-30", 404, "No edition was in force on 30 June 2008"),
        (f"{PARAGRAPH}?as_at=soon", 400, "Write the date as year, month and day"),
        (f"{PARAGRAPH}?format=docx", 400, "Ask for format=json or format=pdf"),
        (
            f"{PARAGRAPH}?as_at=2010-06-16",
            400,
            "Nobody can certify yet what applies on 16 June 2010",
        ),
        (f"{PARAGRAPH}?edition=nothing", 404, "has no edition at this address"),
        ("/guidance/parks/nothing/certificate/", 404, "has no edition at this address"),
    ],
)
def test_what_cannot_be_certified_says_why(client, parks, address, status, words):
    page = client.get(address)
    assert (page.status_code, words in text(page)) == (status, True)


def test_a_site_without_a_key_says_so_and_links_to_no_certificates(client, parks, settings):
    settings.CERTIFICATE_KEY = ""
    assert "This site signs no certificates" in text(client.get(PARAGRAPH))
    assert "certificate" not in text(client.get("/guidance/parks/para/2.13/")).lower()
    assert "it signs no certificates" in text(client.get("/certificates/key/"))
    assert client.get(CHECK).status_code == 200


def test_a_forged_certificate_is_called_so_and_nothing_in_it_is_shown(client, parks):
    file = client.get(f"{PARAGRAPH}?format=json").content.decode()
    page = client.post(CHECK, {"certificate": file.replace("must consult", "may ignore")})
    assert page.status_code == 200
    assert "This is not a genuine certificate of this site" in text(page)
    assert "may ignore" not in text(page)


def test_a_genuine_certificate_of_what_is_known_otherwise_now_is_told_apart(client, parks):
    file = client.get(f"{PARAGRAPH}?format=json").content.decode()
    factories.issued(parks, sections(), slug="final-2010", title="Next", published=date(2010, 6, 1))
    words = text(client.post(CHECK, {"certificate": file}))
    assert "genuine, but not all that it states holds now" in words
    assert "now “Superseded on 1 June 2010”" in words


@pytest.mark.parametrize(
    ("data", "status", "words"),
    [
        ({}, 400, "Choose the certificate’s JSON file, or paste what is in it."),
        ({"certificate": "hello <b>"}, 400, "It is not JSON"),
        ({"file": SimpleUploadedFile("x.json", b"[" * 90_000)}, 400, "It is not JSON"),
        (
            {"file": SimpleUploadedFile("x.json", b" " * (MAX_BYTES + 9))},
            400,
            "larger than any certificate",
        ),
        ({"file": SimpleUploadedFile("x.pdf", b"%PDF-1.7 \xff")}, 400, "It is not JSON"),
        ({"certificate": "x" * 13_000_000}, 413, "larger than any certificate"),
    ],
    ids=["nothing", "words", "nested", "large", "pdf", "huge"],
)
def test_what_is_no_certificate_gets_a_sentence_at_its_field(client, data, status, words):
    page = client.post(CHECK, data)
    assert (page.status_code, words in text(page)) == (status, True)
    assert "govuk-error-message" in page.content.decode()


def test_the_form_is_guarded_against_other_sites_and_keeps_nothing(parks):
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(CHECK, {"certificate": "x"}).status_code == 403
    form = strict.get(CHECK)
    assert form["Cache-Control"] == "no-store"
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', form.content.decode())[1]
    assert strict.post(CHECK, {"certificate": "x", "csrfmiddlewaretoken": token}).status_code == 400
    assert "sessionid" not in strict.cookies


def test_the_keys_are_published_as_page_json_and_pem(client, settings):
    older = SigningKey.generated().public
    settings.CERTIFICATE_OLD_KEYS = [older.text]
    words = text(client.get("/certificates/key/"))
    assert older.id in words
    keys = json.loads(client.get("/certificates/key/?format=json").content)["keys"]
    assert [key["kid"] for key in keys] == [k.id for k in certifying.public_keys()]
    pem = client.get("/certificates/key/?format=pem").content.decode()
    assert pem.count("BEGIN PUBLIC KEY") == 2
    assert settings.CERTIFICATE_KEY not in words


def test_a_certificate_costs_a_bounded_number_of_queries(
    client, parks, django_assert_max_num_queries
):
    with django_assert_max_num_queries(9):
        client.get(PARAGRAPH)
    with django_assert_max_num_queries(4):
        client.get(EDITION)
