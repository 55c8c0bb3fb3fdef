"""The OpenAPI document: what ninja finds, and what is true of every operation of ours."""

from __future__ import annotations

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


class DocumentedAPI(NinjaAPI):
    """A NinjaAPI whose document also tells of problems and of 304."""

    def get_openapi_schema(self, **options: Any) -> OpenAPISchema:
        schema = super().get_openapi_schema(**options)
        for operations in schema["paths"].values():
            for operation in operations.values():
                _complete(operation["responses"])
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
    for status, description in _PROBLEMS.items():
        shape = {"$ref": "#/components/schemas/ProblemDetails"}
        responses[status] = {
            "description": description,
            "content": {PROBLEM_JSON: {"schema": shape}},
        }
