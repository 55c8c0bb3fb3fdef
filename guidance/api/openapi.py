"""The OpenAPI document: what ninja finds, and what is true of every operation of ours."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ninja import NinjaAPI
from ninja.openapi.schema import OpenAPISchema

from guidance.api.problems import PROBLEM_JSON
from guidance.api.schemas import ProblemDetails

_PROBLEMS = {
    404: "Nothing public is there.",
    406: "There is no such format.",
    414: "The query is too long.",
    422: "A parameter is unknown, or its value cannot be honoured; `errors` names each.",
    429: "Too many requests; `Retry-After` says in how many seconds to ask again.",
    500: "Something went wrong here.",
}
_PROBLEMS_OF_WRITING = {
    400: "The body is no JSON, or a header that is needed is missing.",
    401: "No token was sent, or it holds no longer.",
    403: "The account of the token may not do this.",
    404: "Nothing public is there.",
    409: "Not now: it is not open, or the same request is under way.",
    413: "Too much was sent.",
    415: "Something other than JSON was sent.",
    422: "What was sent cannot be taken; `errors` names every fault with its place.",
    429: "Too many requests; `Retry-After` says in how many seconds to ask again.",
    500: "Something went wrong here.",
}


class DocumentedAPI(NinjaAPI):
    """A NinjaAPI whose document also tells of problems and of 304."""

    def get_openapi_schema(self, **options: Any) -> OpenAPISchema:
        schema = super().get_openapi_schema(**options)
        for operations in schema["paths"].values():
            for method, operation in operations.items():
                if method == "get":
                    _complete(operation["responses"])
                else:
                    _add_problems(operation["responses"], _PROBLEMS_OF_WRITING)
        shapes = schema["components"]["schemas"]
        problem = ProblemDetails.model_json_schema(ref_template="#/components/schemas/{model}")
        shapes.update(problem.pop("$defs"))
        shapes["ProblemDetails"] = problem
        return schema


def _complete(responses: dict[Any, Any]) -> None:
    """The responses that every operation has; a stream of lines is not also one JSON value."""
    found = responses[200]
    if "application/jsonl" in found["content"]:
        del found["content"]["application/json"]
    responses[304] = {"description": "As it was: the ETag or the date that was given still holds."}
    _add_problems(responses, _PROBLEMS)


def _add_problems(responses: dict[Any, Any], problems: Mapping[int, str]) -> None:
    for status, description in problems.items():
        shape = {"$ref": "#/components/schemas/ProblemDetails"}
        responses[status] = {
            "description": description,
            "content": {PROBLEM_JSON: {"schema": shape}},
        }
