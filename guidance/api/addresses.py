"""Addresses as the API gives them: absolute, of the page (`url`) and of its JSON (`api_url`)."""

from __future__ import annotations

from functools import partial
from urllib.parse import quote, urlencode

from django.conf import settings

from guidance.statute import parse_provision

API = "/api/v1/"
LEGISLATION = "/legislation/"


def absolute(path: str) -> str:
    """The path at the site's public address (`SITE_URL`)."""
    return f"{settings.WAGTAILADMIN_BASE_URL}{path}"


def _api(path: str, **query: str) -> str:
    asked = urlencode({name: value for name, value in query.items() if value})
    return absolute(f"{API}{path}{'?' if asked else ''}{asked}")


def document_api(document: str) -> str:
    return _api(f"guidance/{document}/")


def edition_api(document: str, edition: str) -> str:
    return _api(f"guidance/{document}/editions/{edition}/")


def paragraph_api(document: str, reference: str, edition: str) -> str:
    """A paragraph as it stands in one edition."""
    return f"{paragraph_stem(document)}{quote(reference)}/?edition={edition}"


def paragraph_stem(document: str) -> str:
    return _api(f"guidance/{document}/paragraphs/")


def history_api(document: str, reference: str, edition: str) -> str:
    return _api(f"guidance/{document}/paragraphs/{quote(reference)}/history/", edition=edition)


def compare_api(document: str, before: str, after: str) -> str:
    return _api(f"guidance/{document}/compare/", **{"from": before, "to": after})


def origins_api(document: str, before: str, after: str) -> str:
    return _api(f"guidance/{document}/origins/", **{"from": before, "to": after})


def instrument_api(path: str) -> str:
    """The instrument of a provision, or of itself."""
    return _api(f"instruments/{parse_provision(path).instrument.path}/")


def legislation_page(path: str) -> str:
    """Our own page of a provision or an instrument."""
    return absolute(f"{LEGISLATION}{path}/")


duties_api = partial(_api, "duties/")
