"""What the values of facets are called, for people."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from time import monotonic

from django.utils.text import capfirst

from guidance.models import AuthorityType, Edition, Instrument, Kind, Section, Stage, Status
from guidance.statute.places import place_words
from search.engines import Facet
from search.units import instrument_of

FRESH_SECONDS = 5.0
FACETS: Mapping[Facet, str] = {
    Facet.DOCUMENT: "Document",
    Facet.SECTION: "Section",
    Facet.STATUS: "Status",
    Facet.BINDS: "Who is bound",
    Facet.INSTRUMENT: "Act or regulations",
    Facet.PROVISION: "Provision",
    Facet.KIND: "Kind of text",
    Facet.STAGE: "Stage",
}
"""In the order in which they are shown."""

_KINDS: Mapping[str, str] = {**dict(Kind.choices), Kind.TEXT: "Unnumbered text"}


class _Names:
    """A small register by key, asked of the database at most every few seconds."""

    def __init__(self, ask: Callable[[], dict[str, str]]) -> None:
        self._ask = ask
        self._names: dict[str, str] = {}
        self._until = 0.0

    def __call__(self) -> Mapping[str, str]:
        now = monotonic()
        if now >= self._until:
            self._names, self._until = self._ask(), now + FRESH_SECONDS
        return self._names

    def forget(self) -> None:
        self._until = 0.0


_documents = _Names(  # a document of which nothing was issued has no name that anybody may read
    lambda: dict(Edition.objects.values_list("document__slug", "document__title").distinct())
)
instrument_titles = _Names(lambda: dict(Instrument.objects.values_list("path", "title")))
_authorities = _Names(lambda: dict(AuthorityType.objects.values_list("slug", "name")))


def forget() -> None:
    """Asks the database anew at the next use: for tests."""
    for names in (_documents, instrument_titles, _authorities):
        names.forget()


def provision_words(path: str) -> str:
    """ "section 138 Local Government and … Act 2007", or the path where the instrument is unknown."""
    instrument = instrument_of(path)
    place = place_words(path[len(instrument) + 1 :])
    return f"{place} {instrument_titles().get(instrument, instrument)}".strip()


def label_of(facet: Facet) -> Callable[[str], str]:
    """The label of each value of a facet; of a section's see `section_labels`."""
    names: Mapping[Facet, Callable[[str], str]] = {
        Facet.DOCUMENT: lambda value: _documents().get(value, value),
        Facet.STAGE: lambda value: str(dict(Stage.choices).get(value, value)),
        Facet.STATUS: lambda value: str(dict(Status.choices).get(value, value)),
        Facet.KIND: lambda value: str(_KINDS.get(value, value)),
        Facet.INSTRUMENT: lambda value: instrument_titles().get(value, value),
        Facet.PROVISION: provision_words,
        Facet.BINDS: lambda value: capfirst(_authorities().get(value, value)),
    }
    return names.get(facet, str)


def section_labels(values: Iterable[str]) -> dict[str, str]:
    """Number and title of sections ("document/section"), as the newest edition has them."""
    wanted = sorted(set(values))
    documents = {value.partition("/")[0] for value in wanted}
    if not documents:
        return {}
    rows = (
        Section.objects.filter(
            edition__document__slug__in=documents,
            slug__in={value.partition("/")[2] for value in wanted},
        )
        .order_by("edition_id")
        .values_list("edition__document__slug", "slug", "number", "title")
    )
    found = {
        f"{document}/{slug}": f"{number} {title}".strip() for document, slug, number, title in rows
    }
    return {value: found.get(value, value.partition("/")[2]) for value in wanted}
