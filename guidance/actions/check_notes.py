"""Checks of footnotes: markers without notes, notes without markers, notes that break off, order."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from guidance.actions.edition_source import Source
from guidance.actions.finding import Check, Spot, spots
from guidance.content import markers
from guidance.editorial.notes import breaks_off, slips
from guidance.editorial.words import strings
from guidance.richtext import to_text

_MARK = re.compile(r"\d{1,4}[a-z]?|[*†‡§¶#]{1,3}")
_DIGITS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_LONGEST = 70


def check_notes(source: Source) -> Iterator[Check]:
    """Findings about the notes of every block, then about their marks as a series."""
    series: list[tuple[Spot, str]] = []
    raised: dict[int, set[str]] = defaultdict(set)
    for spot in spots(source):
        raised[spot.section.page].update(_raised(spot.block.title))
        if not _may_have_notes(spot):
            continue
        given = {note["mark"]: note["html"] for note in spot.block.content.get("notes", ())}
        used = list(dict.fromkeys(markers(spot.block.content)))
        yield from _pairs(spot, given, used, raised[spot.section.page])
        yield from _words(spot, given)
        series += [(spot, mark) for mark in used if mark in given]
    for slip in slips(mark for _, mark in series):
        said = "stands a second time" if slip.same else f"stands behind {slip.before}"
        yield series[slip.at][0].found(
            "note-order",
            f"Footnote {slip.mark} {said}.",
            "Number the notes in the order of the text, each mark once.",
        )


def _may_have_notes(spot: Spot) -> bool:
    """Seen from the raw data, so that most blocks need not be read."""
    value = spot.block.raw.get("value") or {}
    return bool(value.get("notes")) or any("<sup" in text for text in strings(value))


def _raised(title: str) -> list[str]:
    """Marks in a title, which has no superscripts but those of Unicode."""
    return [mark.translate(_DIGITS) for mark in re.findall("[⁰¹²³⁴-⁹]+", title)]


def _pairs(spot: Spot, given: dict[str, str], used: list[str], raised: set[str]) -> Iterator[Check]:
    """`raised` are marks in the titles of its section up to here; a note may answer to one."""
    for mark in used:
        if mark not in given and _MARK.fullmatch(mark):
            yield spot.found(
                "note-missing",
                f"The footnote marker {mark} has no note.",
                "Add the note beside the paragraph, or take the marker away.",
            )
    for mark in given:
        if mark not in used and mark not in raised:
            yield spot.found(
                "note-unreferenced",
                f"Nothing in the text refers to footnote {mark}.",
                "Put its marker into the text as a superscript, or delete the note.",
            )


def _words(spot: Spot, given: dict[str, str]) -> Iterator[Check]:
    for mark, html in given.items():
        if reason := breaks_off(html):
            words = " ".join(to_text(html).split())
            short = words if len(words) <= _LONGEST else f"…{words[-_LONGEST:]}"
            yield spot.found(
                "note-incomplete",
                f"Footnote {mark} seems to break off, since it {reason}: “{short}”.",
                "Complete the note from its source.",
            )
