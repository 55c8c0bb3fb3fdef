"""The API's contract: its OpenAPI document as a snapshot, and what it promises put to the test."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, Phase, given
from hypothesis import settings as hypothesis_settings
from schemathesis import GenerationMode
from schemathesis.specs.openapi.checks import positive_data_acceptance

from guidance_site.api import api
from guidance_site.wsgi import application

QUICKLY = hypothesis_settings(
    max_examples=6,
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
SNAPSHOT = Path(__file__).parent / "openapi.json"


def written() -> str:
    return json.dumps(api.get_openapi_schema(), indent=1, ensure_ascii=False, sort_keys=True) + "\n"


def test_the_contract_is_the_one_that_was_agreed():
    """Where the change is meant: `python manage.py shell -c "from tests.api.test_openapi import
    *; SNAPSHOT.write_text(written())"`, and say in CHANGELOG.md what clients will notice."""
    assert written() == SNAPSHOT.read_text()


def test_the_document_is_served_and_is_openapi_3_1(client, db):
    response = client.get("/api/v1/openapi.json")
    assert response["Content-Type"].startswith("application/json")
    assert response.json()["openapi"].startswith("3.1")


def test_its_page_needs_nothing_inline_and_nobody_else(client, db):
    page = client.get("/api/v1/docs").content.decode()
    assert "http://" not in page.replace("http://testserver", "")
    assert "https://" not in page
    assert "<style" not in page
    assert " onclick" not in page
    for script in page.split("<script")[1:]:
        assert "src=" in script.split(">")[0] or 'type="application/json"' in script.split(">")[0]


PROMISES = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", application)
OPERATIONS = [found.ok() for found in PROMISES.get_all_operations()]


@pytest.fixture
def one_connection():
    """Django's own test client does the same: a request must not close the test's transaction."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.mark.parametrize("mode", list(GenerationMode))
def test_every_operation_keeps_its_promises(indexed, one_connection, settings, mode):
    """Values that are right in form may still be refused: two dates at once, a cursor made up."""
    settings.API_REQUESTS_PER_MINUTE = 1_000_000
    for operation in OPERATIONS:
        if mode is GenerationMode.NEGATIVE and not (len(operation.query) or len(operation.body)):
            continue  # any text is a slug in form, so there is no wrong way to ask

        @QUICKLY
        @given(case=operation.as_strategy(generation_mode=mode))
        def keeps(case):
            case.call_and_validate(excluded_checks=[positive_data_acceptance])

        keeps()
