"""What the parameters of an address ask of the search, and the address that asks it.

Lenient: what cannot be read is left out, a sentence says so at its field, and the rest still works.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import replace
from datetime import date
from typing import Any

from django.http import QueryDict

from guidance.models import CITABLE, Kind, Stage, Status
from guidance.views.dates import WRITE_IT, read_day
from search.engines import Facet, When
from search.query import LONGEST
from search.results import LARGEST_PAGE, MOST_PAGES, PAGE_SIZE, Wanted

SEARCH = "/search/"
MOST_VALUES = 50
"""Values of one facet that are read."""
LONGEST_VALUE = 200

_FIXED: dict[Facet, Collection[str]] = {
    Facet.STAGE: Stage.values,
    Facet.STATUS: Status.values,
    Facet.KIND: [str(kind) for kind in (*CITABLE, Kind.TEXT, Kind.QUOTATION, Kind.QUESTION)],
}
_EDITION = re.compile(r"[-\w]+/[-\w]+")
_UNIT = re.compile(r"[0-9a-f]{32}")
_CONTROL = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff]")


class Problem(str):
    """A sentence about what could not be read, the field that it was given in, and what was given."""

    field: str
    given: str

    def __new__(cls, field: str, sentence: str, given: str = "") -> Problem:
        made = super().__new__(cls, sentence)
        made.field, made.given = field, given
        return made


def wanted_from(params: QueryDict) -> tuple[Wanted, list[Problem]]:
    """What is asked, and sentences about what could not be read; never raises.

    `scope` is what the form of the page sends: "today", "date", "drafts", "everything" or "edition"
    decides whether `as_at` and `edition` count, whatever stands in them. Without it `when`, `as_at`
    and `edition` speak for themselves, and drafts are meant where `stage` asks for them alone.
    """
    reader = _Reader(params)
    wanted = Wanted(
        text=params.get("q", "")[: LONGEST * 4],  # more, so that the query language says so
        chosen=reader.chosen(),
        exempt=params.get("exempt", "") == "1",
        like=reader.like(),
        page=reader.page(),
        size=reader.size(),
    )
    return reader.scoped(wanted), reader.problems


class _Reader:
    def __init__(self, params: QueryDict) -> None:
        self._params = params
        self.problems: list[Problem] = []

    def chosen(self) -> dict[Facet, frozenset[str]]:
        found = {facet: self._values(facet) for facet in Facet}
        return {facet: values for facet, values in found.items() if values}

    def _values(self, facet: Facet) -> frozenset[str]:
        given = dict.fromkeys(_plain(value) for value in self._params.getlist(facet)[:MOST_VALUES])
        given.pop("", None)
        known = _FIXED.get(facet)
        for value in [v for v in given if known is not None and v not in known]:
            del given[value]
            self._say(facet, f"There is no {facet} “{value}”. Choose {_or(known or ())}.")
        return frozenset(given)

    def scoped(self, wanted: Wanted) -> Wanted:
        scope = self._params.get("scope", "")
        if scope and typed(wanted):
            wanted = replace(wanted, like="")  # new words were typed where more like one was shown
        if scope == "today":
            return wanted
        if scope == "date":
            if not self._given("as_at"):
                self._say("as_at", f"Give the date to look at. {WRITE_IT}")
            return replace(wanted, day=self._day())
        if scope in ("drafts", "everything"):
            return replace(wanted, when=When(scope))
        edition = self._edition()
        if edition:
            return replace(wanted, edition=edition)
        return replace(wanted, when=self._when(wanted), day=self._day())

    def _when(self, wanted: Wanted) -> When:
        given = self._given("when")
        if given in list(When):
            return When(given)
        if given:
            self._say("when", f"“{given}” says nothing of when. Choose {_or(When)}.")
        drafts = _drafts_alone(wanted) and not self._given("as_at")
        return When.DRAFTS if drafts else When.IN_FORCE

    def _day(self) -> date | None:
        given = self._given("as_at")
        day = read_day(given)
        if given and day is None:
            self._say("as_at", f"“{given}” is not a date. {WRITE_IT}", given)
        return day

    def _edition(self) -> str:
        given = self._given("edition")
        if given and not _EDITION.fullmatch(given):
            self._say("edition", f"“{given}” names no edition. Write document/edition.")
            return ""
        return given

    def like(self) -> str:
        given = self._given("like")
        if given and not _UNIT.fullmatch(given):
            self._say("like", "The paragraph to find more like cannot be read; it was left out.")
            return ""
        return given

    def page(self) -> int:
        given = self._given("page")
        if not given:
            return 1
        number = _whole(given)
        if 1 <= number <= MOST_PAGES:
            return number
        self._say("page", f"Pages go from 1 to {MOST_PAGES}. To see more, narrow the search.")
        return 1

    def size(self) -> int:
        given = self._given("page_size")
        if not given:
            return PAGE_SIZE
        if 1 <= _whole(given) <= LARGEST_PAGE:
            return _whole(given)
        self._say("page_size", f"A page shows from 1 to {LARGEST_PAGE} results.")
        return PAGE_SIZE

    def _given(self, name: str) -> str:
        return _plain(self._params.get(name, ""))

    def _say(self, field: str, sentence: str, given: str = "") -> None:
        self.problems.append(Problem(field, sentence, given))


def address_of(wanted: Wanted, *, path: str = SEARCH, format: str = "", **changes: Any) -> str:
    """The address of a search, with some of it changed and all else kept.

    Whatever changes, one begins again at page 1, unless `page` itself is given. The same search has
    one address, however it was asked.
    """
    if changes:
        wanted = replace(wanted, **{"page": 1, **changes})
    query = QueryDict(mutable=True)
    query["q"] = typed(wanted)
    if wanted.edition:
        query["edition"] = wanted.edition
    else:
        meant = When.DRAFTS if _drafts_alone(wanted) and not wanted.day else When.IN_FORCE
        query["when"] = "" if wanted.when is meant else wanted.when
        query["as_at"] = wanted.day.isoformat() if wanted.day else ""
    for facet in Facet:
        query.setlist(facet, sorted(wanted.chosen.get(facet, ())))
    query["exempt"] = "1" if wanted.exempt else ""
    query["like"] = wanted.like
    query["page"] = str(wanted.page) if wanted.page > 1 else ""
    query["page_size"] = str(wanted.size) if wanted.size != PAGE_SIZE else ""
    query["format"] = format
    for name in [name for name, values in query.lists() if values in ([], [""])]:
        del query[name]
    return f"{path}?{query.urlencode(safe='/')}" if query else path


def typed(wanted: Wanted) -> str:
    """What was typed, on one line and no longer than it is read."""
    return " ".join(_CONTROL.sub(" ", wanted.text).split())[:LONGEST].strip()


def without(wanted: Wanted, facet: Facet, value: str = "") -> dict[Facet, frozenset[str]]:
    """What is chosen, without one value of a facet or without the facet."""
    left = (wanted.chosen.get(facet, frozenset()) - {value}) if value else frozenset()
    others = {f: values for f, values in wanted.chosen.items() if f != facet}
    return {**others, facet: left} if left else others


def _drafts_alone(wanted: Wanted) -> bool:
    return wanted.chosen.get(Facet.STAGE) == {str(Stage.CONSULTATION)}


def _plain(value: str) -> str:
    return _CONTROL.sub("", value[: LONGEST_VALUE * 2]).strip()[:LONGEST_VALUE]


def _or(words: Collection[str] | Any) -> str:
    *most, last = [str(word) for word in words]
    return f"{', '.join(most)} or {last}" if most else last


def _whole(given: str) -> int:
    """0 where it is no whole number."""
    return int(given) if given.isascii() and given.isdigit() and len(given) < 10 else 0
