"""What stage an item has reached, as a table of what exists and what the folder says of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from guidance.consultations import Consultation
from home.folder.stages import item_stage

LONDON = ZoneInfo("Europe/London")
NOW = datetime(2008, 6, 15, 12, tzinfo=LONDON)


@dataclass(frozen=True)
class E:
    stage: str
    published: date
    in_force_from: date | None = None
    withdrawn_from: date | None = None
    slug: str = "x"
    title: str = "X"


def consultation(opens, closes):
    return Consultation(
        "x", "Parks", "/c/", datetime(*opens, tzinfo=LONDON), datetime(*closes, tzinfo=LONDON)
    )


DRAFT = E("consultation", date(2007, 11, 1))
FINAL = E("final", date(2008, 3, 1), date(2008, 4, 1), slug="f")
LATER = E("final", date(2008, 6, 1), date(2008, 9, 1), slug="l")
SECOND = E("final", date(2008, 5, 1), date(2008, 6, 1), slug="s")
FIXED = E("corrigendum", date(2008, 5, 1), date(2008, 6, 1), slug="k")
GONE = E("final", date(2008, 3, 1), date(2008, 4, 1), date(2008, 6, 1), slug="g")
NEW_DRAFT = E("consultation", date(2008, 6, 10), slug="n")
OPEN = consultation((2008, 5, 1), (2008, 8, 1, 17, 0))
MIDNIGHT = consultation((2008, 5, 1), (2008, 8, 1))
CLOSED = consultation((2008, 1, 1), (2008, 2, 12, 17, 0))
AHEAD = consultation((2008, 7, 1), (2008, 9, 1))

TABLE = [
    # editions, consultations, kind, words, note
    ([], [], "planned", "Planned", ""),
    ([DRAFT], [], "consultation", "Draft for consultation, published 1 November 2007", ""),
    ([DRAFT], [OPEN], "consultation", "Consultation open until 1 August 2008", ""),
    ([DRAFT], [MIDNIGHT], "consultation", "Consultation open until 1 August 2008", ""),
    ([DRAFT], [CLOSED], "being-finalised", "Being finalised", "consultation closed on 12 February 2008"),
    ([], [AHEAD], "in-preparation", "In preparation", "consultation opens on 1 July 2008"),
    ([DRAFT, LATER], [CLOSED], "not-yet", "Published: applies from 1 September 2008", ""),
    ([DRAFT, FINAL], [CLOSED], "in-force", "In force since 1 April 2008", ""),
    ([FINAL, NEW_DRAFT], [], "in-force", "In force since 1 April 2008", "a new draft is out for consultation"),
    ([FINAL, NEW_DRAFT], [OPEN], "in-force", "In force since 1 April 2008", "a new draft is out for consultation until 1 August 2008"),
    ([FINAL, SECOND], [], "revised", "Revised: in force since 1 June 2008", ""),
    ([FINAL, FIXED], [], "in-force", "In force since 1 June 2008", ""),
    ([GONE], [], "withdrawn", "Withdrawn on 1 June 2008", "it no longer applies"),
]  # fmt: skip


@pytest.mark.parametrize(("editions", "consultations", "kind", "words", "note"), TABLE)
def test_the_stage_follows_from_what_there_is(editions, consultations, kind, words, note):
    found = item_stage([(editions, consultations)], NOW)
    assert (found.kind, found.words, found.note) == (kind, words, note)


def test_an_item_whose_making_is_known_is_in_preparation():
    assert item_stage([], NOW, being_written=True).kind == "in-preparation"


def test_an_item_that_a_plan_left_out_says_so_unless_something_of_it_was_issued():
    assert item_stage([], NOW, dropped="The plan of July").note == "left out of “The plan of July”"
    assert item_stage([([FINAL], [])], NOW, dropped="The plan of July").kind == "in-force"


def test_the_document_that_is_furthest_speaks_for_its_item():
    assert item_stage([([GONE], []), ([DRAFT], []), ([FINAL], [])], NOW).kind == "in-force"
    assert item_stage([([GONE], []), ([DRAFT], [])], NOW).kind == "consultation"
