"""Every address of the API with values that lead somewhere, as its OpenAPI document lists them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from guidance_site.api import api
from tests.guidance.views.conftest import IDENTITY

API = "/api/v1"
IN_PATH = {
    "slug": "parks",
    "edition": "final-2008",
    "reference": "2.13",
    "identity": str(IDENTITY),
    "kind": "ukpga",
    "year": "1999",
    "number": "27",
}
NEEDED = {"compare": "from=draft-2007&to=final-2008", "origins": "from=draft-2007&to=final-2008"}


def schema() -> dict[str, Any]:
    return dict(api.get_openapi_schema())


def operations() -> Iterator[tuple[str, str, dict[str, Any]]]:
    """(operation id, an address that answers with 200, the operation) for every GET."""
    for path, methods in schema()["paths"].items():
        if "get" not in methods:
            continue
        operation = methods["get"]
        name = operation["operationId"]
        query = NEEDED.get(name, "")
        yield name, f"{path.format(**IN_PATH)}{'?' if query else ''}{query}", operation


ADDRESSES = {name: address for name, address, _ in operations()}
