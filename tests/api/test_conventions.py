"""What is true of every operation: shapes, errors, headers, 304, and that no draft leaves."""

from __future__ import annotations

import json

import pytest
from jsonschema_rs import Draft202012Validator

from guidance.api import kept
from guidance.models import EditionPage
from tests import factories
from tests.api.asking import ADDRESSES, operations, schema
from tests.api.conftest import SECRET, sections

pytestmark = pytest.mark.django_db


def body(response):
    return json.loads(response.getvalue() if response.streaming else response.content)


def shape(operation):
    """The JSON Schema of an operation's answer, with everything that it refers to."""
    content = operation["responses"][200]["content"]
    found = next(iter(content.values()))["schema"]
    return {**found, "components": schema()["components"]}


def problem(response, status: int):
    """The problem, once it is seen to be one."""
    assert response.status_code == status
    assert response["Content-Type"] == "application/problem+json"
    found = json.loads(response.content)
    whole = {"$ref": "#/components/schemas/ProblemDetails", "components": schema()["components"]}
    Draft202012Validator(whole).validate(found)
    assert found["status"] == status
    return found


def test_every_answer_has_the_shape_that_the_document_promises(client, indexed):
    for name, address, operation in operations():
        response = client.get(address)
        assert response.status_code == 200, (name, response.content)
        text = response.getvalue().decode()
        validator = Draft202012Validator(shape(operation))
        values = text.splitlines() if name == "export_paragraphs" else [text]
        assert values
        for value in values:
            validator.validate(json.loads(value))


def test_every_answer_may_be_asked_for_again_with_its_etag(client, parks):
    for name, address in ADDRESSES.items():
        first = client.get(address)
        for etag in (first["ETag"], f'"x", {first["ETag"]}'):
            kept.forget()
            again = client.get(address, headers={"If-None-Match": etag})
            assert (again.status_code, again.content) == (304, b""), name
            assert again["ETag"] == first["ETag"]
            assert again["Cache-Control"] == first["Cache-Control"]
        for etag in ('"other"', "*"):
            assert client.get(address, headers={"If-None-Match": etag}).status_code == 200, name


def test_who_has_no_etag_may_ask_with_a_date(client, parks):
    address = ADDRESSES["paragraph"]
    since = client.get(address)["Last-Modified"]
    assert client.get(address, headers={"If-Modified-Since": since}).status_code == 304
    long_ago = "Mon, 01 Jan 2001 00:00:00 GMT"
    assert client.get(address, headers={"If-Modified-Since": long_ago}).status_code == 200
    missing = address.replace("2.13", "77.7")
    assert client.get(missing, headers={"If-Modified-Since": since}).status_code == 404


def test_every_answer_is_open_to_every_origin_and_says_its_limits(client, parks):
    for left, address in zip(range(599, 0, -1), ADDRESSES.values(), strict=False):
        response = client.get(address, headers={"Origin": "https://elsewhere.example"})
        assert response["Access-Control-Allow-Origin"] == "*"
        assert "ETag" in response["Access-Control-Expose-Headers"]
        assert response["RateLimit-Policy"] == '"default";q=600;w=60'
        assert response["RateLimit"].startswith(f'"default";r={left};t=')


def test_no_operation_takes_what_it_does_not_know(client, parks):
    for address in ADDRESSES.values():
        found = problem(client.get(f"{address}{'&' if '?' in address else '?'}colour=red"), 422)
        assert found["errors"][0]["parameter"] == "colour"
        assert "colour" in found["detail"]


def test_every_operation_can_only_be_read(client, parks):
    for address in ADDRESSES.values():
        for method in ("POST", "PUT", "PATCH", "DELETE"):
            response = client.generic(method, address)
            problem(response, 405)
            assert response["Allow"] == "GET, HEAD, OPTIONS"
        asked = client.options(address, headers={"Access-Control-Request-Method": "GET"})
        assert asked.status_code == 204
        assert asked["Access-Control-Allow-Origin"] == "*"
        assert "If-None-Match" in asked["Access-Control-Allow-Headers"]


def test_head_says_what_get_would(client, parks):
    for address in ADDRESSES.values():
        head, get = client.head(address), client.get(address)
        assert head.status_code == 200
        assert head["ETag"] == get["ETag"]
        assert b"".join(head) == b""


def test_no_draft_leaves_by_any_address(client, hidden, settings):
    """Also where its own slugs, numbers and dates are asked for, in every format."""
    settings.API_REQUESTS_PER_MINUTE = 1_000_000
    draft = EditionPage.objects.get(slug=f"{SECRET}-edition")
    other = hidden.slug
    for address in ADDRESSES.values():
        ways = [address, address.replace("parks", other), address.replace("2.13", "9.9")]
        ways += [address.replace(slug, draft.slug) for slug in ("final-2008", "draft-2007")]
        for way in dict.fromkeys(ways):
            for query in ("", f"edition={draft.slug}", "as_at=2030-01-01", "page_size=200"):
                for form in ("", "&format=html", "&format=md", "&format=akn"):
                    asked = f"{way}{'&' if '?' in way else '?'}{query}{form}"
                    response = client.get(asked)
                    assert response.status_code in (200, 404, 422), asked
                    assert SECRET not in response.getvalue().decode(), asked


def test_a_document_with_drafts_alone_is_not_there(client, hidden):
    problem(client.get(f"/api/v1/guidance/{SECRET}-guidance/"), 404)
    assert client.get("/api/v1/guidance/").json()["count"] == 1


REFUSED = (
    ("as_at=2008-02-30", "as_at"),
    ("as_at=1 July 2008", "as_at"),
    ("as_at=0", "as_at"),
    ("as_at=", "as_at"),
    ("known_on=yesterday", "known_on"),
    ("page_size=201", "page_size"),
    ("page_size=0", "page_size"),
    ("page=-1", "page"),
    ("page=1e3", "page"),
    ("page=99999999999999999999", "page"),
    ("page=1&page=2", "page"),
    ("status=legal", "status"),
    ("kind=heading", "kind"),
    ("provision=the Act", "provision"),
    ("section=a%00b", "section"),
    ("edition=final-2008&as_at=2009-01-01", "as_at"),
)
NOT_THERE = (
    "",
    "nothing/",
    "guidance/nothing/",
    f"guidance/{'x' * 10_000}/",
    "guidance/a%00b/",
    "guidance/parks/editions/nothing/",
    "guidance/parks/paragraphs/99.1/",
    f"guidance/parks/paragraphs/{'9' * 10_000}/",
    "guidance/parks/paragraphs/%F0%9F%A6%93/",
    "guidance/parks/paragraphs/99.1/history/",
    "guidance/parks/paragraphs/?page=1000",
    "guidance/parks/paragraphs/?as_at=0001-01-01",
    "guidance/parks/paragraphs/?known_on=0001-01-01",
    "paragraphs/00000000-0000-4000-8000-000000000000/",
    "instruments/ukpga/2007/28/",
    "instruments/../../etc/",
)


def test_a_value_that_cannot_be_honoured_is_named(client, parks):
    for query, parameter in REFUSED:
        found = problem(client.get(f"/api/v1/guidance/parks/paragraphs/?{query}"), 422)
        assert [error["parameter"] for error in found["errors"]] == [parameter], query


def test_what_is_not_there_is_a_problem_that_says_where_to_look(client, parks):
    for address in NOT_THERE:
        assert len(problem(client.get(f"/api/v1/{address}"), 404)["detail"]) > 20, address


def test_the_farthest_dates_are_dates(client, parks):
    for day in ("0001-01-01", "9999-12-31"):
        address = f"/api/v1/guidance/?known_on={day}"
        assert client.get(address).status_code == 422  # the list of documents takes no date
        for path in ("duties", "instruments", "export/paragraphs.jsonl"):
            slash = "" if path.endswith("jsonl") else "/"
            asked = client.get(f"/api/v1/{path}{slash}?as_at={day}&known_on={day}")
            assert asked.status_code == 200
            asked.getvalue()


def test_a_query_too_long_is_refused(client, parks):
    problem(client.get(f"/api/v1/guidance/?page={'1' * 5000}"), 414)


def test_an_address_without_its_last_slash_leads_to_it(client, parks):
    response = client.get("/api/v1/guidance/parks/paragraphs?page=2&edition=final-2008")
    assert response.status_code == 301
    assert response["Location"] == "/api/v1/guidance/parks/paragraphs/?page=2&edition=final-2008"


def test_an_error_of_ours_shows_nothing_of_itself(client, parks, monkeypatch):
    def fail(*args, **kwargs):
        raise RuntimeError("the password is swordfish")

    monkeypatch.setattr("guidance.api.documents.document_of", fail)
    response = client.get("/api/v1/guidance/parks/")
    problem(response, 500)
    assert b"swordfish" not in response.content


def test_what_is_published_is_seen_at_once(client, parks, settings):
    settings.READING_UNASKED_SECONDS = 0.0
    address = "/api/v1/guidance/parks/"
    before = client.get(address)
    factories.issued(parks, sections(final=True), slug="final-2010")
    after = client.get(address, headers={"If-None-Match": before["ETag"]})
    assert after.status_code == 200
    assert next(edition["slug"] for edition in after.json()["editions"]) == "final-2010"


def test_only_an_edition_as_it_was_issued_is_for_ever(client, parks):
    for_ever = "public, max-age=31536000, immutable"
    said = {name: client.get(address)["Cache-Control"] for name, address in ADDRESSES.items()}
    assert said.pop("edition") == for_ever
    assert set(said.values()) == {"public, max-age=10"}


def test_an_edition_is_the_same_byte_for_byte_after_the_next_is_issued(client, parks):
    address = "/api/v1/guidance/parks/editions/final-2008/"
    before = client.get(address)
    parks.title = "Another title"
    parks.save()
    factories.issued(parks, sections(final=True), slug="final-2010")
    kept.forget()
    after = client.get(address)
    assert (after.content, after["ETag"]) == (before.content, before["ETag"])


def test_who_asks_too_often_is_told_when_to_come_back(client, parks, settings):
    settings.API_REQUESTS_PER_MINUTE = 2
    for _ in range(2):
        assert client.get("/api/v1/guidance/").status_code == 200
    response = client.get("/api/v1/guidance/")
    problem(response, 429)
    assert 0 < int(response["Retry-After"]) <= 60
    assert response["RateLimit"].startswith('"default";r=0;t=')
    assert client.get("/api/v1/guidance/", REMOTE_ADDR="203.0.113.9").status_code == 200


@pytest.mark.parametrize(
    ("proxies", "forwarded", "remote", "expected"),
    [
        (0, "203.0.113.1", "198.51.100.1", "198.51.100.1"),
        (1, "203.0.113.1", "198.51.100.1", "203.0.113.1"),
        (1, "10.9.9.9, 203.0.113.1", "198.51.100.1", "203.0.113.1"),
        (2, "10.9.9.9, 203.0.113.1, 192.0.2.1", "198.51.100.1", "203.0.113.1"),
        (1, "", "198.51.100.1", "198.51.100.1"),
        (1, "words", "198.51.100.1", "unknown"),
        (0, "", "2001:db8:1:2:3:4:5:6", "2001:0db8:0001:0002"),
    ],
)
def test_a_forwarded_address_counts_only_where_our_proxies_wrote_it(
    rf, settings, proxies, forwarded, remote, expected
):
    from guidance.api.throttle import address

    settings.API_TRUSTED_PROXIES = proxies
    request = rf.get("/", REMOTE_ADDR=remote, HTTP_X_FORWARDED_FOR=forwarded)
    assert address(request) == expected
