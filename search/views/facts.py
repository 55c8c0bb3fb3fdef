"""What the search page shows of results: each with its links, filters, what is chosen, pages, scope."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from django.utils.safestring import SafeString

from guidance.standing import standing
from guidance.views.ledger import DocumentFacts, find_document
from search.asking import address_of, without
from search.engines import Facet, When
from search.results import MOST_PAGES, FacetCounts, FacetValue, Result, Results, Wanted
from search.views.words import check_boxes, counted, marked, scope_words

FIRST = 8
"""Values of a filter that are shown at once; the rest is a click away."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A result, its title and extract as HTML, and the search for more like it."""

    result: Result
    title: SafeString
    extract: SafeString
    like: str


@dataclass(frozen=True, slots=True)
class Filter:
    """A facet to choose from, as HTML: `first` values at once, `more` (so many) folded away."""

    name: str
    label: str
    chosen: int
    first: SafeString
    more: SafeString
    more_count: int


@dataclass(frozen=True, slots=True)
class Chip:
    """A value that is chosen, and the address of the search without it."""

    label: str
    words: str
    address: str
    facet: Facet | None = None


@dataclass(frozen=True, slots=True)
class PageLink:
    """A page of results; number 0 is a gap."""

    number: int
    address: str = ""
    current: bool = False


def shown(results: Results) -> list[Shown]:
    return [
        Shown(
            result,
            marked(result.title),
            marked(result.extract),
            address_of(results.wanted, text="", chosen={}, exempt=False, like=result.unit.id),
        )
        for result in results.results
    ]


def named_as_published(results: Results, document: DocumentFacts | None) -> Results:
    """A document of which nothing was found may be one of which nothing was published: it is called
    by its address, unless the ledger knows its title."""

    def named(value: FacetValue) -> FacetValue:
        if value.count:
            return value
        known = document is not None and document.slug == value.value
        return replace(value, label=document.title if document and known else value.value)

    facets = [
        replace(facet, values=[named(value) for value in facet.values])
        if facet.facet is Facet.DOCUMENT
        else facet
        for facet in results.facets
    ]
    return replace(results, facets=facets)


def filters(results: Results) -> list[Filter]:
    """The facets that narrow the results: one whose only value they all have does not, but choosing
    a document brings its sections and editions."""
    return [_filter(facet) for facet in results.facets if _narrows(facet, results.total)]


def _narrows(facet: FacetCounts, total: int) -> bool:
    values = [v for v in facet.values if v.count or v.chosen]
    if facet.facet is Facet.DOCUMENT or any(v.chosen for v in values):
        return bool(values)
    return any(v.count < total for v in values)


def _filter(facet: FacetCounts) -> Filter:
    values = sorted(
        (v for v in facet.values if v.count or v.chosen), key=lambda v: (-v.count, v.label)
    )  # whatever is chosen, so that choosing moves nothing
    places = list(enumerate(values, 1))
    more = [(place, v) for place, v in places if place > FIRST and not v.chosen]
    name = str(facet.facet)
    return Filter(
        name=name,
        label=facet.label,
        chosen=sum(v.chosen for v in values),
        first=check_boxes(name, [p for p in places if p not in more]),
        more=check_boxes(name, more),
        more_count=len(more),
    )


def chips(results: Results) -> list[Chip]:
    """Every value that is chosen, as the filters name it."""
    return list(_chips(results))


def _chips(results: Results) -> Iterator[Chip]:
    wanted = results.wanted
    named = {facet.facet: facet for facet in results.facets}
    for facet in Facet:
        counts = named.get(facet)
        labels = {v.value: v.label for v in counts.values} if counts else {}
        label = counts.label if counts else str(facet).replace("_", " ").capitalize()
        for value in sorted(wanted.chosen.get(facet, ())):
            address = address_of(wanted, chosen=without(wanted, facet, value))
            yield Chip(label, labels.get(value, value), address, facet)
    if wanted.exempt:
        yield Chip("Also", "what exempts them", address_of(wanted, exempt=False))


def pages(results: Results) -> list[PageLink]:
    """The first, the last, and those around this one."""
    last, here = min(results.pages, MOST_PAGES), results.wanted.page
    if last < 2:
        return []
    near = {1, last, *range(max(here - 1, 1), min(here + 1, last) + 1)}
    links: list[PageLink] = []
    for number in sorted(near):
        if links and number - links[-1].number > 1:
            links.append(PageLink(0))
        address = address_of(results.wanted, page=number)
        links.append(PageLink(number, address, number == here))
    return links


def document_asked(wanted: Wanted) -> DocumentFacts | None:
    """The one document that is looked in, if it is one, in one query."""
    chosen = wanted.chosen.get(Facet.DOCUMENT, frozenset())
    slug = wanted.edition.partition("/")[0] or (next(iter(chosen)) if len(chosen) == 1 else "")
    return find_document(slug) if slug else None


def edition_title(wanted: Wanted, document: DocumentFacts | None) -> str:
    """Of the one edition looked in: "Final edition of Keeping parks open"; "" where it is unknown."""
    issued = document.edition(wanted.edition.partition("/")[2]) if document else None
    return f"{issued.title} of {document.title}" if document and issued else ""


def editions(results: Results, document: DocumentFacts | None) -> list[tuple[str, str, str]]:
    """The same search in each edition of the document: its title, whether it applies, the address;
    none for the one that is looked in."""
    if document is None or len(document.editions) < 2:
        return []
    wanted = results.wanted
    found = []
    for issued in document.editions:
        key = f"{document.slug}/{issued.slug}"
        words = standing(issued, document.editions, results.day).words
        address = "" if key == wanted.edition else address_of(wanted, edition=key)
        found.append((issued.title, words, address))
    return found


def elsewhere(results: Results) -> list[tuple[str, str]]:
    """What there is in other text, in words, with the address."""
    return [
        (
            f"{counted(e.count)} {e.label}",
            address_of(results.wanted, when=e.when, day=None, edition=""),
        )
        for e in results.elsewhere
        if e.count
    ]


def scopes(wanted: Wanted, edition: str, *, dated: bool = False) -> list[tuple[str, str, bool]]:
    """The radio buttons "look in": value, words, whether it is chosen. `dated` says that a date was
    asked for, though it could not be read."""
    dated = dated or wanted.day is not None
    options = [
        ("today", "In force today", wanted.when is When.IN_FORCE and not dated),
        ("date", "In force on a date", wanted.when is When.IN_FORCE and dated),
        ("drafts", "Consultation drafts", wanted.when is When.DRAFTS),
        ("everything", "Everything that was published", wanted.when is When.EVERYTHING),
    ]
    if not wanted.edition:
        return options
    only = ("edition", f"Only {edition or scope_words(wanted)}", True)
    return [only, *((value, words, False) for value, words, _ in options)]
