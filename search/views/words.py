"""Pieces of text as HTML, and what was asked for and found in plain words."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from guidance.standing import day_words
from search.asking import typed
from search.engines import When
from search.results import FacetValue, Piece, Results, Wanted


def marked(pieces: Iterable[Piece]) -> SafeString:
    """Words as HTML, those that were looked for in `mark`."""
    return format_html_join(
        "",
        "{}",
        ((format_html("<mark>{}</mark>", p.words) if p.marked else p.words,) for p in pieces),
    )


_BOX = (
    '<div class="govuk-checkboxes__item"><input class="govuk-checkboxes__input" form="search-form"'
    ' type="checkbox" name="{0}" id="{0}-{1}" value="{2}"{3}><label class="govuk-label'
    ' govuk-checkboxes__label" for="{0}-{1}">{4} <span class="count">{5}<span'
    ' class="govuk-visually-hidden"> result{6}</span></span></label></div>'
)


def check_boxes(name: str, values: Iterable[tuple[int, FacetValue]]) -> SafeString:
    """A check box for each value, with its place in the facet; a template would take ten times as
    long, for there can be hundreds."""
    rows = (
        (
            name,
            place,
            value.value,
            mark_safe(" checked") if value.chosen else "",
            value.label,
            f"{value.count:,}",
            "" if value.count == 1 else "s",
        )
        for place, value in values
    )
    return format_html_join("\n", _BOX, rows)


def counted(number: int, one: str = "result", many: str = "") -> str:
    return f"{number:,} {one if number == 1 else many or f'{one}s'}"


def scope_words(wanted: Wanted, edition: str = "") -> str:
    """Which text was looked at; `edition` is the title of the one edition asked for."""
    if wanted.edition:
        return f"in {edition or wanted.edition}"
    if wanted.when is When.DRAFTS:
        return "in consultation drafts"
    if wanted.when is When.EVERYTHING:
        return "in everything that was published"
    return f"in force on {day_words(wanted.day)}" if wanted.day else "in force today"


def found_words(results: Results) -> str:
    """How many were found and for what: "12 results for “duty to involve”"."""
    number = counted(results.total) if results.total else "No results"
    unit = results.like
    if results.wanted.like:
        return f"{number} like {_named(unit.number, unit.title) if unit else 'that paragraph'}"
    text = results.corrected or typed(results.wanted)
    return f"{number} for “{text}”" if text else number


def _named(number: str, title: str) -> str:
    return f"paragraph {number}" if number else f"“{title}”"
