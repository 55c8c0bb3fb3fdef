"""Searches: what people search for and what they do not find, with what can be done about each."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from io import StringIO
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from search.actions.asked import ORDERS, asked
from search.actions.counting import write_counts
from search.actions.searching import search
from search.admin.page import SearchAdminView
from search.asking import address_of
from search.results import Wanted

PERIODS = (7, 30, 90)
SHOWN = 25
COLUMNS = (("text", "Search"), ("searches", "Searches"), ("in_vain", "Found nothing"),
           ("last", "Last searched for"))  # fmt: skip
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


@dataclass(frozen=True, slots=True)
class Line:
    """A search as the list shows it; `now` is how many results it has today, where it found nothing
    before and an engine answers."""

    row: Mapping[str, Any]
    now: int | None
    results: str
    synonym: str
    promotion: str


@dataclass(frozen=True, slots=True)
class Column:
    """The heading of a column, and the address of the list in its order."""

    label: str
    address: str
    sorted: str


class Searches(SearchAdminView):
    """By number of searches in the last 30 days, unless another order or period is chosen."""

    template_name = "search/admin/searches.html"
    page_title = "Searches"
    tab = "search_searches"

    def get(self, request: HttpRequest) -> HttpResponse:
        write_counts()
        asks = _Asks(request.GET)
        rows = asked(asks.days, in_vain=asks.in_vain, order=asks.order)
        if request.GET.get("format") == "csv":
            return _csv(rows, asks)
        page = Paginator(rows, SHOWN).get_page(request.GET.get("p"))
        return self.render_to_response(
            self.get_context_data(
                lines=[_line(row) for row in page],
                page_obj=page,
                newer=page.has_previous() and asks.address(p=page.previous_page_number()),
                older=page.has_next() and asks.address(p=page.next_page_number()),
                columns=list(asks.columns()),
                periods=[(days, days == asks.days) for days in PERIODS],
                asks=asks,
                csv=asks.address(format="csv"),
                shown_from=settings.SEARCH_COUNTS_SHOWN_FROM,
                kept=settings.SEARCH_COUNTS_KEPT_DAYS,
            )
        )


class _Asks:
    """What is asked of the list; what cannot be read is the default."""

    def __init__(self, given: Mapping[str, str]) -> None:
        days = given.get("days", "")
        self.days = int(days) if days in map(str, PERIODS) else 30
        self.in_vain = given.get("in_vain") == "1"
        order = given.get("order", "")
        self.order = order if order.removeprefix("-") in ORDERS else "-searches"

    def address(self, **changes: Any) -> str:
        query = {"days": self.days, "in_vain": "1" if self.in_vain else "", "order": self.order}
        chosen = {name: value for name, value in (query | changes).items() if value}
        return f"?{urlencode(chosen)}"

    def columns(self) -> Iterable[Column]:
        """A click sorts numbers and days the largest first, and a second click the other way."""
        for name, label in COLUMNS:
            first = name if name == "text" else f"-{name}"
            other = f"-{name}" if first == name else name
            at = {first: "descending" if first != name else "ascending",
                  other: "ascending" if first != name else "descending"}  # fmt: skip
            address = self.address(order=other if self.order == first else first)
            yield Column(label, address, at.get(self.order, ""))


def _line(row: Mapping[str, Any]) -> Line:
    text = row["text"]
    return Line(
        row=row,
        now=_now(text) if row["all_in_vain"] else None,
        results=address_of(Wanted(text)),
        synonym=f"{reverse('search_synonym_add')}?{urlencode({'words': text})}",
        promotion=f"{reverse('search_promotion')}?{urlencode({'q': text})}",
    )


def _now(text: str) -> int | None:
    """What other words than those that were typed find does not count."""
    found = search(Wanted(text))
    return None if found.down or found.corrected else found.total


def _csv(rows: Iterable[Mapping[str, Any]], asks: _Asks) -> HttpResponse:
    """UTF-8 with the mark by which spreadsheets know it; a search is words and never a formula."""
    text = StringIO()
    writer = csv.writer(text)
    writer.writerow([label for _, label in COLUMNS])
    for row in rows:
        words = row["text"]
        shown = f"'{words}" if words.startswith(_FORMULA) else words
        writer.writerow([shown, row["all_searches"], row["all_in_vain"], row["last"].isoformat()])
    response = HttpResponse(text.getvalue().encode("utf-8-sig"), "text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = (
        f'attachment; filename="searches-{asks.days}-days.csv"'
    )
    return response
