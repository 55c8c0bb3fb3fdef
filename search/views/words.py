"""Pieces of text as HTML, and what was asked for and found in plain words."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from guidance.standing import day_words
from search.asking import typed
from search.engines import When
from search.results import Piece, Results, Wanted


def marked(pieces: Iterable[Piece]) -> SafeString:
    """Words as HTML, those that were looked for in `mark`."""
    return format_html_join(
        "",
        "{}",
        ((format_html("<mark>{}</mark>", p.words) if p.marked else p.words,) for p in pieces),
    )


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
