"""The consultations that the demonstration shows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from consultation.closing import LONDON
from consultation.demonstration.responses import ON_2008, OPEN_2026, Sent

CO_ORDINATOR = {
    "coordinator": "The consultation co-ordinator",
    "contact_email": "consultations@department.example",
    "contact_phone": "020 7946 0000",
    "postal_address": "Local Guidance Team\nDemonstration department\n1 Example Street\nLondon",
    "alternative_formats": (
        "<p>Write or telephone for large print, braille, audio or easy read, or for another"
        " language. We answer within five working days.</p>"
    ),
    "privacy_notice": (
        "<p>We use your response to decide what the guidance should say. Your name and how to reach"
        " you are seen by the team that reads responses and by nobody else, unless you let us"
        " publish your name.</p>"
    ),
}


@dataclass(frozen=True)
class Shown:
    """A consultation: on which document and edition, the page's fields, how questions are asked
    other than as printed (by number), the evidence for the criteria, and what was sent."""

    document: str
    edition: str
    slug: str
    title: str
    opens: datetime
    closes: datetime
    fields: Mapping[str, Any]
    kinds: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    criteria: Mapping[str, str] = field(default_factory=dict)
    responses: Sequence[Sent] = ()


def shown(now: datetime) -> list[Shown]:
    """The closed one is of 2008; the open one stays open for six weeks at least from the day on which
    the demonstration is made. `now` is aware."""
    closes = datetime(2027, 1, 11, 23, 45, tzinfo=LONDON)
    later = (now + timedelta(weeks=6)).astimezone(LONDON)
    return [
        _on_2008(),
        _on_2026(max(closes, later.replace(hour=23, minute=45))),
    ]


def _on_2008() -> Shown:
    return Shown(
        document="local-priorities",
        edition="draft-2008",
        slug="local-priorities-2008",
        title="Local people, local priorities: consultation on draft guidance",
        opens=datetime(2008, 9, 15, 9, 30, tzinfo=LONDON),
        closes=datetime(2008, 12, 8, 12, 0, tzinfo=LONDON),
        fields={
            **CO_ORDINATOR,
            "summary": "How authorities should involve local people, assess what an area needs, and"
            " agree priorities for it.",
            "about": "<p>Three new duties are coming. This draft tells authorities and their"
            " partners what is expected of them, and asks whether it asks too much or too"
            " little.</p>",
            "audience": "<p>Councils, police, fire and health bodies, community groups, and anybody"
            " whom they serve.</p>",
            "impact_assessment": "<p>Involving people costs an authority of average size about two"
            " officers for a month each year. We found no cost for business.</p>",
            "retention_months": 600,
        },
        kinds={
            "1": {"kind": "yes-no", "word_guide": 200},
            "2": {
                "kind": "one",
                "options": ["Every year", "Every three years", "Every five years"],
            },
            "3": {"kind": "agree", "text": "Is fifty the right ceiling for targets?"},
        },
        criteria={
            "a": "Open for twelve weeks, and sent to every authority in the country.",
            "b": "Three questions, each where it arises, and a date and an hour for the close.",
            "c": "Forty pages were cut to sixteen. A version in large print could be had.",
            "d": "A summary of responses was published with the final edition in February 2009.",
            "e": "Our co-ordinator reviewed the consultation after its close.",
            "f": "An impact assessment is part of this page.",
        },
        responses=ON_2008,
    )


def _on_2026(closes: datetime) -> Shown:
    return Shown(
        document="community-buildings",
        edition="draft-2026",
        slug="community-buildings-2026",
        title="Community buildings in community hands: have your say",
        opens=datetime(2026, 10, 5, 9, 30, tzinfo=LONDON),
        closes=closes,
        fields={
            **CO_ORDINATOR,
            "summary": "How an authority can pass a hall, a library or a pool to the people who use"
            " it, and when it should not.",
            "about": "<p>Groups ask for buildings, and authorities do not always know what to"
            " answer. The draft says what to find out first, what terms to offer and what to do"
            " afterwards.</p>",
            "audience": "<p>Authorities that own buildings, and groups that run one or would like"
            " to.</p>",
            "ways_to_respond": "<p>You can also tell us at one of our open meetings: ask for the"
            " next date.</p>",
            "impact_assessment": "<p>None was made: the draft asks for nothing that the law does not"
            " ask for already.</p>",
        },
        kinds={"1": {"kind": "agree", "word_guide": 250}, "2": {"kind": "yes-no"}},
        criteria={
            "a": "Open for fourteen weeks.",
            "b": "Two questions stand where they arise; comments on any paragraph are welcome.",
            "c": "The draft has two sections and no annex.",
            "e": "The co-ordinator is named on this page.",
        },
        responses=OPEN_2026,
    )
