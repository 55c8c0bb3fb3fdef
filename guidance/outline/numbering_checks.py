"""Gaps, repeats and new beginnings in the numbering, and the prefixes that tell sections apart."""

from __future__ import annotations

import re
from collections.abc import Iterable

from guidance.outline.model import Outline, Paragraph, Problem, Section
from guidance.outline.printed import Printed, read_number
from guidance.outline.source import Place


def check_numbering(outline: Outline) -> list[Problem]:
    """Give sections that use numbers again their prefix, and name what is wrong with the rest."""
    return [*_restarts(outline), *_numbering(outline)]


def _restarts(outline: Outline) -> Iterable[Problem]:
    """Give sections that use numbers again a prefix, and say so."""
    seen: set[str] = set()
    prefixes: set[str] = set()
    for section in outline.sections:
        mine = [p.number for p in section.paragraphs]
        again = [n for n in mine if n in seen]
        if again and 2 * len(again) >= len(mine):
            section.prefix = _prefix(section, prefixes)
            prefixes.add(section.prefix)
            yield Problem(
                "numbering-restarts",
                f"The numbering begins again at {mine[0]} in “{section.title or section.number}”.",
                section.paragraphs[0].place,
                f"Its paragraphs are cited as “{section.prefix} {mine[0]}”; change the prefix if "
                "another name is usual.",
            )
        seen.update(mine)


def _prefix(section: Section, taken: set[str]) -> str:
    """A short name of a section: its number, "Annex", or the first words of its title."""
    name = section.number
    if not name or name.isdigit():
        lead = re.match(
            r"(?:annex(?:e|ure)?|appendix|schedule|part|chapter)\b(?: [A-Z0-9]{1,3}\b)?",
            section.title,
            re.IGNORECASE,
        )
        name = lead[0] if lead else " ".join(section.title.split()[:3]) or "Part"
    if name.isdigit():
        name = f"Part {name}"
    candidate, count = name, 2
    while candidate in taken:
        candidate, count = f"{name} ({count})", count + 1
    return candidate


def _numbering(outline: Outline) -> Iterable[Problem]:
    """Gaps in the numbers of a section, and numbers printed twice under the same prefix."""
    known: dict[tuple[str, str], Place] = {}
    for section in outline.sections:
        before: Printed | None = None
        for paragraph in section.paragraphs:
            key = (section.prefix, paragraph.number)
            number = read_number(paragraph.number)
            if key in known:
                yield Problem(
                    "number-repeated",
                    f"Paragraph {paragraph.number} is printed twice; the first is at {known[key]}.",
                    paragraph.place,
                    "Give one of them its right number: an edition has each number once.",
                )
            elif before is not None and number is not None:
                yield from _gap(before, number, paragraph)
            known.setdefault(key, paragraph.place)
            before = number or before


def _gap(before: Printed, number: Printed, paragraph: Paragraph) -> Iterable[Problem]:
    """A number that is not the next one after the number before it in the same chapter."""
    if number.letters != before.letters or number.suffix or len(number.parts) != len(before.parts):
        return
    if number.parts[:-1] == before.parts[:-1]:
        first, last = before.parts[-1] + 1, number.parts[-1] - 1
    elif number.parts[-1] > 1:
        first, last = 1, number.parts[-1] - 1
    else:
        return
    if last < first:
        return
    stem = paragraph.number[: len(paragraph.number) - len(str(number.parts[-1]))]
    missing = f"{stem}{first}" + (f" to {stem}{last}" if last > first else "")
    many = last > first
    yield Problem(
        "number-gap",
        f"{missing} {'are' if many else 'is'} missing: {before.words} is followed by "
        f"{paragraph.number}.",
        paragraph.place,
        "Look whether the number is missing in the source or its text stands inside the paragraph "
        "before.",
    )
