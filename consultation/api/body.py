"""What is sent to submit a response through the API, read strictly."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from ninja import Schema
from pydantic import AfterValidator, BeforeValidator, ConfigDict, Field, WithJsonSchema

from consultation.answers import LONGEST

OrganisationTypeName = Literal[
    "local-authority", "other-public", "charity", "business", "representative", "partnership",
    "political", "other",
]  # fmt: skip
MOST = 2_000
"""Answers or comments of one response."""


def _one_line(words: str) -> str:
    """Names, roles and addresses stand on one line."""
    if any(not letter.isprintable() for letter in words):
        raise ValueError("Write it on one line, without control characters.")
    return words.strip()


def _no_nul(words: str) -> str:
    if "\0" in words:
        raise ValueError("Leave the character NUL out.")
    return words


def _digits(number: Any) -> str:
    """A number of JSON as it would be typed."""
    if type(number) not in (int, float, str):
        raise ValueError("Give a number, in digits.")
    return str(number)


Digits = Annotated[
    str,
    Field(max_length=40),
    BeforeValidator(_digits),
    WithJsonSchema({"anyOf": [{"type": "number"}, {"type": "string", "maxLength": 40}]}),
]
Line = Annotated[str, Field(max_length=200), AfterValidator(_one_line)]
Lines = Annotated[str, Field(max_length=2_000), AfterValidator(_no_nul)]
Words = Annotated[str, Field(max_length=LONGEST), AfterValidator(_no_nul)]
Key = Annotated[str, Field(min_length=1, max_length=60), AfterValidator(_one_line)]


class Strict(Schema):
    model_config = ConfigDict(extra="forbid", hide_input_in_errors=True)


class SentRespondent(Strict):
    """Who is answering. `organisation` and `organisation_type` are needed for an organisation."""

    kind: Literal["individual", "organisation"]
    name: Annotated[Line, Field(min_length=1)]
    organisation: Line = ""
    organisation_type: OrganisationTypeName | None = None
    authority: Line = Field("", description="The name or the GSS code of an authority in our list.")
    role: Line = ""
    on_behalf_of: Annotated[str, Field(max_length=300), AfterValidator(_one_line)] = ""


class SentContact(Strict):
    email: Annotated[
        str,
        Field(max_length=254, description="Where the receipt is sent to."),
        AfterValidator(_one_line),
    ] = ""
    phone: Annotated[str, Field(max_length=40), AfterValidator(_one_line)] = ""
    postal_address: Lines = ""


class SentUse(Strict):
    """Whether the name and the answers may be published."""

    publish_name: bool
    publish_answer: bool


class SentConfidentiality(Strict):
    """What is asked to be kept confidential, and why. Passages are marked in the words themselves:
    [[like this]]. It cannot be guaranteed under the Freedom of Information Act 2000."""

    kind: Literal["nothing", "passages", "whole"] = "nothing"
    reason: Lines = ""


class SentAnswer(Strict):
    """An answer: `choice`, `choices` or `number` as the kind of question takes, and words."""

    question: Key = Field(description="The key of the question, or its number.")
    choice: Key | None = None
    choices: list[Key] = Field(default_factory=list, max_length=100)
    number: Digits | None = None
    text: Words = ""


class SentComment(Strict):
    """What is said on a paragraph."""

    paragraph: Annotated[str, Field(min_length=1, max_length=200), AfterValidator(_one_line)] = (
        Field(description="The id of the paragraph, or its number in the draft.")
    )
    text: Words


class SentResponse(Strict):
    """A whole response."""

    respondent: SentRespondent
    contact: SentContact = SentContact()
    use: SentUse
    confidentiality: SentConfidentiality = SentConfidentiality()
    answers: list[SentAnswer] = Field(default_factory=list, max_length=MOST)
    comments: list[SentComment] = Field(default_factory=list, max_length=MOST)


class Acknowledged(Strict):
    """The response is stored."""

    reference: str = Field(examples=["4F7K-92MX"])
    received_at: str
    late: bool
    url: str = Field(description="The page of the consultation.")
    api_url: str
