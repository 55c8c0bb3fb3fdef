"""Lists: `{"count", "next", "previous", "results"}`, a page at a time, and how JSON is written."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest

from guidance.api.addresses import absolute
from guidance.api.parameters import Paged
from guidance.api.problems import not_found

JSON = "application/json; charset=utf-8"


def json_bytes(value: Any) -> bytes:
    """UTF-8 without escapes; dates, times and UUIDs as ISO and plain text."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=_text).encode()


def _text(value: Any) -> str:
    return str(value.isoformat()) if hasattr(value, "isoformat") else str(value)


def window(paged: Paged) -> slice:
    """The rows of the page that is asked for."""
    start = (paged.page - 1) * paged.page_size
    return slice(start, start + paged.page_size)


def envelope(
    request: HttpRequest, paged: Paged, count: int, results: Sequence[Any], **more: Any
) -> dict[str, Any]:
    """A page of a list; a problem where the list ends before it."""
    last = max(1, -(-count // paged.page_size))
    if paged.page > last:
        raise not_found(f"The list has {last} page{'' if last == 1 else 's'} of this size.")
    return {
        "count": count,
        "next": _page(request, paged.page + 1) if paged.page < last else None,
        "previous": _page(request, paged.page - 1) if paged.page > 1 else None,
        **more,
        "results": list(results),
    }


def with_query(request: HttpRequest, changes: Mapping[str, str]) -> str:
    """The address that was asked for, with other values of some parameters."""
    query = {**request.GET.dict(), **changes}
    return f"{absolute(request.path)}?{urlencode(query)}"


def _page(request: HttpRequest, number: int) -> str:
    return with_query(request, {"page": str(number)})
