"""What went wrong, as RFC 9457 problem details: one shape for every error that the API gives."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from http import HTTPStatus

from django.http import HttpResponse

PROBLEM_JSON = "application/problem+json"


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong with a request: the parameter, and what to do about it."""

    parameter: str
    detail: str


class Problem(Exception):
    """An answer that is an error; `detail` says what to do, `faults` name the parameters."""

    def __init__(
        self,
        status: int,
        detail: str,
        faults: Iterable[Fault] = (),
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(detail)
        self.status = status
        self.detail = detail
        self.faults = list(faults)
        self.headers = dict(headers or {})

    def response(self) -> HttpResponse:
        """The problem as it is sent. No cache keeps it."""
        body: dict[str, object] = {
            "type": "about:blank",
            "title": HTTPStatus(self.status).phrase,
            "status": self.status,
            "detail": self.detail,
        }
        if self.faults:
            body["errors"] = [
                {"parameter": fault.parameter, "detail": fault.detail} for fault in self.faults
            ]
        return HttpResponse(
            json.dumps(body, ensure_ascii=False).encode(),
            status=self.status,
            content_type=PROBLEM_JSON,
            headers={"Cache-Control": "no-store", **self.headers},
        )


def not_found(detail: str) -> Problem:
    """404: there is nothing public at this address."""
    return Problem(404, detail)


def refused(faults: Iterable[Fault]) -> Problem:
    """422: parameters that cannot be honoured, each named."""
    found = list(faults)
    return Problem(422, " ".join(fault.detail for fault in found), found)
