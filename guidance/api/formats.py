"""Which format an edition or a paragraph is wanted in: `?format=`, else what Accept prefers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from ninja import Field, Schema

from guidance.api.parameters import Format
from guidance.api.problems import Problem


@dataclass(frozen=True, slots=True)
class Form:
    """A format: its name in `?format=`, what it is asked for by in Accept, and what is sent."""

    name: str
    accepted: tuple[str, ...]
    media_type: str


FORMS = (
    Form("json", ("application/json",), "application/json; charset=utf-8"),
    Form("html", ("text/html", "application/xhtml+xml"), "text/html; charset=utf-8"),
    Form("md", ("text/markdown",), "text/markdown; charset=utf-8"),
    Form(
        "akn",
        ("application/akn+xml", "application/xml", "text/xml"),
        "application/akn+xml; charset=utf-8",
    ),
)

MEDIA_TYPES: dict[str, Any] = {
    "responses": {
        200: {
            "content": {
                form.media_type.partition(";")[0]: {"schema": {"type": "string"}}
                for form in FORMS[1:]
            }
        }
    }
}
"""The other formats, for the OpenAPI document."""


class Formatted(Schema):
    format: Format | None = Field(
        None,
        description="json, html, md (Markdown) or akn (Akoma Ntoso 3.0). Default: what Accept says.",
    )


def chosen(request: HttpRequest, asked: str | None) -> Form:
    """The format asked for by name, else the one that Accept likes best; 406 where it likes none."""
    if asked is not None:
        return next(form for form in FORMS if form.name == asked)
    accept = request.META.get("HTTP_ACCEPT", "")
    if not accept.strip():
        return FORMS[0]
    liked = [(_quality(form, accept), -i, form) for i, form in enumerate(FORMS)]
    quality, _, form = max(liked, key=lambda item: item[:2])
    if quality <= 0:
        known = ", ".join(name for form in FORMS for name in form.accepted)
        raise Problem(406, f"There is no such format. There are: {known}.")
    return form


def _quality(form: Form, accept: str) -> float:
    """How much a form is liked: by the most exact range that fits it (RFC 9110, 12.5.1)."""
    fitting = [
        (exactness, quality)
        for media_range, quality in _ranges(accept)
        for name in form.accepted
        if (exactness := _fits(media_range, name))
    ]
    return max(fitting)[1] if fitting else 0.0


def _fits(media_range: str, name: str) -> int:
    if media_range == name:
        return 3
    if media_range == f"{name.partition('/')[0]}/*":
        return 2
    return 1 if media_range == "*/*" else 0


def _ranges(accept: str) -> Iterator[tuple[str, float]]:
    for part in accept.split(","):
        media_range, *parameters = (piece.strip().lower() for piece in part.split(";"))
        quality = 1.0
        for parameter in parameters:
            name, _, value = parameter.partition("=")
            if name.strip() == "q":
                try:
                    quality = min(max(float(value), 0.0), 1.0)
                except ValueError:
                    quality = 0.0
        yield media_range, quality
