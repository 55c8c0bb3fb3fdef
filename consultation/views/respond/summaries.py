"""Who is answering and how it may be used, as lines to read before sending."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from consultation.models import Confidential, Respondent, Response


@dataclass(frozen=True, slots=True)
class Line:
    """A field, what is in it, and the id by which its form is led to."""

    label: str
    words: str
    field: str


def about_rows(response: Response) -> list[Line]:
    """Those that are filled in, and the name in any case."""
    organisation = response.respondent == Respondent.ORGANISATION
    authority = response.authority.name if response.authority_id and response.authority else ""
    lines = [
        Line("Answering as", response.get_respondent_display(), "respondent"),
        Line("Name", response.name, "name"),
        Line("Role", response.role, "role"),
    ]
    if organisation:
        lines += [
            Line("Organisation", response.organisation, "organisation"),
            Line("Kind of organisation", response.get_organisation_type_display(), "organisation_type"),
            Line("Authority", authority, "authority"),
        ]  # fmt: skip
    lines += [
        Line("On behalf of", response.on_behalf_of, "on_behalf_of"),
        Line("E-mail address", response.email, "email"),
        Line("Telephone", response.phone, "phone"),
        Line("Postal address", response.postal_address, "postal_address"),
    ]
    always = ("respondent", "name", "organisation", "organisation_type", "email")
    return [line for line in lines if line.words or line.field in always]


def use_rows(response: Response) -> list[Line]:
    """What may be published and what is to be kept confidential."""
    lines = [
        Line("Publish your name", _yes_no(response.publish_name), "publish_name"),
        Line("Publish your answers", _yes_no(response.publish_answer), "publish_answer"),
        Line("To be kept confidential", str(Confidential(response.confidential).label), "confidential"),
    ]  # fmt: skip
    if response.confidential_reason:
        lines.append(Line("Because", response.confidential_reason, "confidential_reason"))
    return lines


def lines_of(fields: Mapping[str, Any]) -> list[Line]:
    """What is stored in some fields, those that are filled in, under their names in words."""
    stored = Response(**fields)
    lines = [*about_rows(stored), *use_rows(stored)]
    return [line for line in lines if line.field in fields and line.words]


def _yes_no(said: bool | None) -> str:
    return "" if said is None else "Yes" if said else "No"
