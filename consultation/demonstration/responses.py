"""What people say in the consultations of the demonstration."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from consultation.closing import LONDON

AUTHORITIES = (
    "Ashcombe Borough Council",
    "Eastbrook District Council",
    "Fenby Parish Council",
    "Harwell Fire and Rescue Authority",
    "Larkhill City Council",
    "Northmarsh County Council",
    "Oldbury Vale District Council",
    "Silverdale Metropolitan Borough Council",
)
"""None of them exists."""


@dataclass(frozen=True)
class Sent:
    """A response: when it was received, who sent it (fields of `Response`), answers by the number of
    the question as (chosen, words), comments by reference. A letter or an e-mail has a `body` that
    names its places instead, and may have a postmark."""

    received: datetime
    you: Mapping[str, Any]
    answers: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    comments: Mapping[str, str] = field(default_factory=dict)
    channel: str = "online"
    body: str = ""
    postmarked: date | None = None


def _at(year: int, month: int, day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=LONDON)


def _person(name: str, **more: Any) -> dict[str, Any]:
    return {
        "respondent": "individual", "name": name, "email": _address(name),
        "publish_name": False, "publish_answer": True, **more,
    }  # fmt: skip


def _body(organisation: str, kind: str, name: str, role: str, **more: Any) -> dict[str, Any]:
    return {
        "respondent": "organisation", "organisation": organisation, "organisation_type": kind,
        "name": name, "role": role, "email": _address(organisation),
        "publish_name": True, "publish_answer": True, **more,
    }  # fmt: skip


def _address(name: str) -> str:
    return f"{'.'.join(name.lower().replace('’', '').split())}@example.org"


ON_2008 = (
    Sent(
        _at(2008, 9, 22, 14, 5),
        _body(
            "Northmarsh County Council", "local-authority", "Ruth Fenwick", "Policy officer",
            authority="Northmarsh County Council",
        ),
        {
            "1": ("no", "Eight weeks leave out August, or the whole of a parish council’s cycle of"
                  " meetings. Twelve would be fair."),
            "2": ("every-three-years", "A year is too short to see anything change."),
            "3": ("disagree", "Nobody can look after fifty targets."),
        },
        {"2.16": "Say who pays for interpreters."},
    ),
    Sent(
        _at(2008, 10, 3, 9, 40),
        _person("Owen Carter"),
        {"1": ("no", "I work shifts. I was on leave for three of the eight weeks last time.")},
    ),
    Sent(
        _at(2008, 10, 17, 16, 20),
        _body(
            "Federation of Village Halls", "charity", "Mary Lark", "Secretary",
            on_behalf_of="310 halls",
        ),
        {
            "1": ("no", "Our committees meet once a month, so eight weeks is two meetings."),
            "2": ("every-three-years", ""),
            "3": ("agree", "Fifty is better than the 198 before."),
        },
        {
            "2.4": "“Where it is appropriate” will be read as “where it is easy”. Give an example of"
            " a case in which it is not.",
            "5.11": "A public meeting every spring will be empty by the second spring.",
        },
    ),
    Sent(
        _at(2008, 11, 5, 11, 0),
        _body(
            "Silverdale Primary Care Trust", "other-public", "Dr Ishaan Rao", "Director",
            confidential="passages",
            confidential_reason="It is about negotiations that are not over.",
        ),
        {
            "2": ("every-five-years", "Health needs move slowly. Our own assessment is made [[with the"
                  " county under an agreement that ends in March and that we do not mean to renew]]."),
            "3": ("neither", ""),
        },
        {"3.4": "Add the health data that every trust already holds."},
    ),
    Sent(
        _at(2008, 11, 20, 10, 15),
        _person("Sunita Patel"),
        comments={"4.2": "Please say in plain words what an agreement is.",
                  "2.1": "I was never asked anything by my council in thirty years."},
    ),
    Sent(
        _at(2008, 11, 28, 9, 30),
        _body("Harwell Fire and Rescue Authority", "other-public", "J. Stone", "Clerk"),
        channel="email",
        body="Dear Sir or Madam,\n\nThank you for the chance to comment.\n\nQuestion 1: twelve weeks,"
        " please. Our members meet each quarter.\n\nQ3 – fewer targets would be kept better. Twenty"
        " would do.\n\nPara 2.16: we would welcome a word on people who cannot come to meetings.\n\n"
        "We should also like to see the data on fires in every assessment.\n\nYours faithfully\n"
        "J. Stone, Clerk",
    ),
    Sent(
        _at(2008, 12, 7, 22, 50),
        _body(
            "Eastbrook District Council", "local-authority", "Tom Adeyemi", "Chief executive",
            authority="Eastbrook District Council",
        ),
        {
            "1": ("yes", "With the summer left out."),
            "2": ("every-three-years", "With a short update each year."),
            "3": ("strongly-disagree", "Thirty-five at most."),
        },
        {"3.2": "Districts hold half of what is needed and are only “consulted”."},
    ),
    Sent(
        _at(2008, 12, 8, 12, 0),
        _person("Gwen Morris"),
        {"3": ("disagree", "Ten that people have heard of would be better.")},
    ),
    Sent(
        _at(2008, 12, 10, 8, 45),
        _person("Arthur Bell", email="", postal_address="2 Mill Lane, Fenby", publish_name=None,
                publish_answer=None),
        channel="post",
        body="Question 1. No. I am eighty-one and I need someone to read it to me.\n\n"
        "2.4 Who decides what is appropriate?",
        postmarked=date(2008, 12, 6),
    ),
    Sent(
        _at(2008, 12, 12, 17, 30),
        _body("Brightwater Developments", "business", "P. Quill", "Partner", publish_name=False),
        channel="email",
        body="Our comments come a few days late.\n\nQuestion 2: every five years is enough.",
    ),
)  # fmt: skip

OPEN_2026 = (
    Sent(
        _at(2026, 10, 19, 19, 10),
        _body(
            "Friends of Larkhill Pool", "charity", "Dee Okafor", "Treasurer",
        ),
        {
            "1": ("agree", "Add a fourth: closing it. It is what happens when nobody compares."),
            "2": ("no", "Twice in the first two years, when everything goes wrong."),
        },
        {"2.3": "Our lottery grant asked for 30 years."},
    ),
    Sent(
        _at(2026, 11, 2, 11, 25),
        _body(
            "Eastbrook District Council", "local-authority", "Amal Haddad", "Estates manager",
            authority="Eastbrook District Council", confidential="passages",
            confidential_reason="A sale is being negotiated.",
        ),
        {"1": ("strongly-agree", "We compared the same three for the old baths, [[where the freehold"
               " was worth less than the roof]].")},
        {"2.5": "Give model words for what happens when a group is wound up."},
    ),
    Sent(_at(2026, 11, 16, 8, 5), _person("Kit Rowe"), comments={"1.3": "Say this first."}),
)  # fmt: skip
