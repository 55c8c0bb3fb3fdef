"""The Acts and regulations that guidance rests on or cites, and their provisions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest, HttpResponseBase
from ninja import Query, Router

from guidance.api.addresses import instrument_api, legislation_page
from guidance.api.asked import ledger_state
from guidance.api.kept import answered
from guidance.api.lists import JSON, envelope, json_bytes, window
from guidance.api.objects import Json
from guidance.api.parameters import AsAt, Paged
from guidance.api.problems import not_found
from guidance.api.schemas import Listing
from guidance.api.statute_schemas import Instrument as InstrumentShape
from guidance.api.statute_schemas import InstrumentSummary
from guidance.api.titles import titles
from guidance.models import Citation, Edition, Entry, Instrument, Provision, VersionProvision
from guidance.numbering import sort_key

router = Router(tags=["Statute"], by_alias=True)

_FIELDS = ("pk", "path", "title", "short_title")


class Wanted(AsAt, Paged):
    """Counted in the editions in force on a date."""


@router.get(
    "/", response=Listing[InstrumentSummary], operation_id="instruments", summary="Instruments"
)
def instruments(request: HttpRequest, wanted: Query[Wanted]) -> HttpResponseBase:
    """Every instrument that published guidance rests on or cites, by title."""

    def make() -> bytes:
        rows = Instrument.objects.filter(_named("instrument")).order_by("title", "pk")
        some = list(rows.values_list(*_FIELDS)[window(wanted)])
        resting, citing = _counts(wanted, "instrument", (row[0] for row in some))
        results = [
            {**_instrument(*row), "rests": resting[row[0]], "cites": citing[row[0]]} for row in some
        ]
        return json_bytes(envelope(request, wanted, rows.count(), results))

    return answered(request, ledger_state(today=wanted.as_at is None), make, JSON)


@router.get(
    "/{kind}/{year}/{number}/",
    response=InstrumentShape,
    operation_id="instrument",
    summary="One instrument and its provisions",
)
def instrument(
    request: HttpRequest, kind: str, year: str, number: str, asked: Query[AsAt]
) -> HttpResponseBase:
    """An instrument by its type, year and number on legislation.gov.uk, as ukpga/2007/28, with how
    many paragraphs rest on each of its provisions, and how many cite it."""
    path = f"{kind}/{year}/{number}"[:60]

    def make() -> bytes:
        rows = Instrument.objects.filter(_named("instrument"), path=path)
        row = rows.values_list(*_FIELDS).first()
        if row is None:
            raise not_found(
                "No published guidance rests on or cites an instrument of this address."
            )
        return json_bytes({**_instrument(*row), "provisions": _provisions(row[0], path, asked)})

    return answered(request, ledger_state(today=asked.as_at is None), make, JSON)


def _named(of: str) -> Q:
    """Whether issued words rest on or cite it: what a draft alone names is not public."""
    outer = OuterRef("pk")
    return Q(Exists(VersionProvision.objects.filter(**{f"provision__{of}": outer}))) | Q(
        Exists(Citation.objects.filter(**{f"provision__{of}": outer}))
    )


def _instrument(_: int, path: str, title: str, short_title: str) -> Json:
    return {
        "path": path,
        "title": title,
        "short_title": short_title,
        "legislation_url": f"https://www.legislation.gov.uk/{path}",
        "url": legislation_page(path),
        "api_url": instrument_api(path),
    }


def _provisions(instrument: int, path: str, asked: AsAt) -> list[Json]:
    """Those that issued words rest on or cite, in the order of the instrument."""
    outer = OuterRef("pk")
    rows = list(
        Provision.objects.filter(
            Exists(VersionProvision.objects.filter(provision=outer))
            | Exists(Citation.objects.filter(provision=outer)),
            instrument=instrument,
        ).values_list("pk", "place")
    )
    resting, citing = _counts(asked, "pk", (pk for pk, _ in rows))
    register = titles()
    return [
        {
            **register.provision(f"{path}/{place}".rstrip("/")),
            "rests": resting[pk],
            "cites": citing[pk],
        }
        for pk, place in sorted(rows, key=lambda row: sort_key(row[1]))
    ]


def _counts(asked: AsAt, of: str, wanted: Iterable[int]) -> tuple[Counter[int], Counter[int]]:
    """How many paragraphs in force on the day rest on each, and how many cite it; two queries."""
    editions = Edition.objects.in_force_on(asked.day, asked.instant).order_by().values("pk")
    key = f"provision__{of}"
    within = {f"{key}__in": list(wanted)}
    entries = Entry.objects.filter(edition__in=editions).order_by().values("version")
    bases: QuerySet[VersionProvision] = VersionProvision.objects.filter(version__in=entries)
    cited = Citation.objects.filter(edition__in=editions)
    resting, citing = (
        Counter(
            dict(
                rows.filter(**within)
                .order_by()
                .values_list(key)
                .annotate(Count(paragraph, distinct=True))
            )
        )
        for rows, paragraph in ((bases, "version__paragraph"), (cited, "paragraph"))
    )
    return resting, citing
