"""Facets: which are counted for a search, and their counts with labels."""

from __future__ import annotations

from collections.abc import Mapping

from search.actions.labels import FACETS, label_of, section_labels
from search.engines import Facet, When
from search.results import FacetCounts, FacetValue, Wanted
from search.units import ANYONE

MOST_SHOWN = 30


def facets_for(wanted: Wanted) -> list[Facet]:
    """Sections only within one document, stages only where there can be more than one."""
    left_out = set()
    if len(wanted.chosen.get(Facet.DOCUMENT, ())) != 1 and not wanted.edition:
        left_out.add(Facet.SECTION)
    if wanted.when is When.DRAFTS or wanted.edition:
        left_out.add(Facet.STAGE)
    if wanted.edition:
        left_out.add(Facet.DOCUMENT)
    return [facet for facet in FACETS if facet not in left_out]


def facet_counts(wanted: Wanted, counts: Mapping[Facet, Mapping[str, int]]) -> list[FacetCounts]:
    """The counts for people: most first, what is chosen always among them, nothing with one value
    that would narrow nothing."""
    shown = []
    for facet in facets_for(wanted):
        chosen = wanted.chosen.get(facet, frozenset())
        found = _for_people(facet, counts.get(facet, {}))
        values = {**dict.fromkeys(chosen, 0), **found}
        if not values:
            continue
        most = sorted(values, key=lambda value: (value not in chosen, -values[value], value))
        most = most[:MOST_SHOWN]
        labels = section_labels(most) if facet is Facet.SECTION else None
        label = labels.__getitem__ if labels else label_of(facet)
        rows = [FacetValue(v, label(v), values[v], v in chosen) for v in most]
        rows.sort(key=lambda row: (not row.chosen, -row.count, row.label))
        shown.append(FacetCounts(facet, FACETS[facet], rows))
    return shown


def _for_people(facet: Facet, counts: Mapping[str, int]) -> dict[str, int]:
    """Choosing an authority type shows what binds it and what names nobody in particular."""
    if facet is not Facet.BINDS:
        return dict(counts)
    everybody = counts.get(ANYONE, 0)
    return {
        value: count + everybody
        for value, count in counts.items()
        if value != ANYONE and not value.startswith("!")
    }
