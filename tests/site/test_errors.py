"""What a person sees when something is wrong, and that it is said with the right status."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.exceptions import BadRequest, PermissionDenied
from django.db import OperationalError
from django.test import Client, RequestFactory
from lxml import html

from guidance_site import errors
from tests import factories

DOCUMENTS = [
    ("Creating strong places", "/guidance/strong-places/"),
    ("Keeping parks open", "/guidance/parks/"),
]


@pytest.mark.parametrize(
    ("path", "number", "first"),
    [
        ("/parks/2.13", "2.13", "/guidance/parks/para/2.13/"),
        ("/old/Keeping_Parks_Open_2_13.aspx", "2.13", "/guidance/parks/para/2.13/"),
        ("/publications/strong-places.pdf", "", "/guidance/strong-places/"),
        ("/strong-plases/", "", "/guidance/strong-places/"),
        ("/x/ukpga/2007/28/section/138/", "", "/legislation/ukpga/2007/28/section/138/"),
    ],
)
def test_an_address_is_understood_by_its_number_its_document_or_its_act(path, number, first):
    meant = errors.meant(path, DOCUMENTS)
    assert meant.number == number
    assert meant.likely[0][1] == first


@pytest.mark.parametrize(
    "path", ["/wp-login.php", "/2008-07-01/", "/", "/%00/%ff/", "/" + "x" * 9999]
)
def test_nothing_is_made_of_an_address_that_means_nothing(path):
    assert errors.meant(path, DOCUMENTS).likely == []


def test_a_number_without_a_document_is_offered_in_each_of_a_few():
    likely = errors.meant("/somewhere/2.13/", DOCUMENTS).likely
    assert [address for _, address in likely] == [
        "/guidance/strong-places/para/2.13/", "/guidance/parks/para/2.13/",
    ]  # fmt: skip


@pytest.mark.django_db
def test_a_page_that_is_not_there_offers_a_search_for_the_words_of_its_address(client):
    factories.issued(factories.document("parks", "Keeping parks open"), published=date(2008, 7, 1))
    factories.draft(factories.document("secret", "Secret plans"))
    response = client.get("/old_site/keeping-parks.html")
    page = html.fromstring(response.content)
    assert response.status_code == 404
    assert page.get_element_by_id("box-q").get("value") == "old site keeping parks"
    assert "/guidance/parks/" in [a.get("href") for a in page.iter("a")]
    assert b"Secret" not in response.content


@pytest.mark.django_db
def test_what_an_address_holds_is_shown_as_words_and_not_as_markup(client):
    response = client.get('/"><script>alert(1)</script>')
    assert b"<script>alert" not in response.content


@pytest.fixture
def broken(monkeypatch):
    """Lets the page of cookies fail with an error."""

    def fail(error: Exception) -> None:
        def view(*_: object, **__: object) -> None:
            raise error

        monkeypatch.setattr("home.views.about.kept_moment", view)

    return fail


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("error", "status", "words"),
    [
        (RuntimeError("a secret of ours"), 500, b"Something went wrong"),
        (OperationalError("host db.internal is gone"), 503, b"cannot answer at the moment"),
        (PermissionDenied("a secret of ours"), 403, b"cannot see this page"),
        (BadRequest("a secret of ours"), 400, b"could not be read"),
    ],
)
def test_each_failure_has_a_page_that_says_what_to_do_and_tells_nothing_else(
    broken, django_assert_num_queries, error, status, words
):
    broken(error)
    with django_assert_num_queries(0):
        response = Client(raise_request_exception=False).get("/cookies/")
    assert response.status_code == status
    assert words in response.content
    assert str(error).encode() not in response.content
    assert (response.headers.get("Retry-After") == "30") == (status == 503)


def test_where_even_the_page_of_the_error_fails_a_plain_one_is_sent(monkeypatch):
    def fail(*_: object) -> str:
        raise ValueError("the manifest of static files is gone")

    monkeypatch.setattr(errors, "render_to_string", fail)
    response = errors.server_error(RequestFactory().get("/"))
    assert response.status_code == 500
    assert b"Try again in a few minutes" in response.content


@pytest.mark.django_db
def test_a_form_without_our_mark_says_what_to_do():
    response = Client(enforce_csrf_checks=True).post("/certificates/check/", {"certificate": "x"})
    assert response.status_code == 403
    assert b"Nothing was saved" in response.content
