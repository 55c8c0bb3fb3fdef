"""Checks of identities and numbers: what cannot be cited, what stands twice, gaps and disorder."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from guidance.actions.earlier import Earlier
from guidance.actions.edition_source import Source
from guidance.actions.finding import Check, Spot, spots, uuid_or_none
from guidance.edition_text import EditionText
from guidance.editorial.numbers import Disorder, Gap, irregularities

_LONGEST_NUMBER = 30
_IDENTITY = re.compile(r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}")
_TITLED = re.compile(r"(?:box|table|figure|term)\b")
_LEADING = re.compile(r"(?:[Cc]hapter|[Pp]art|[Ss]ection)?\s*([0-9][0-9A-Za-z.]*)")


def check_identities_and_numbers(source: Source) -> Iterator[Check]:
    """What would leave a paragraph without an address of its own."""
    identities: dict[str, Spot] = {}
    references: dict[str, Spot] = {}
    for spot in spots(source):
        yield from _identity(spot, identities.setdefault(spot.block.identity, spot))
        if spot.block.kind == "paragraph":
            yield from _number(spot, references.setdefault(spot.place.reference, spot))
    if not references:
        yield Check(
            "no-paragraphs",
            "The edition has no numbered paragraph.",
            "the whole edition",
            "Write or import its text.",
            page=source.page.pk,
        )


def _identity(spot: Spot, first: Spot) -> Iterator[Check]:
    identity = spot.block.identity
    if not _IDENTITY.fullmatch(identity) and uuid_or_none(identity) is None:
        yield spot.found(
            "identity-missing",
            "A block has no identity.",
            "Open the section in the editor and save it; the block is then given one.",
        )
    elif first.block is not spot.block:
        yield spot.found(
            "identity-repeated",
            "One and the same paragraph stands twice in the edition:"
            f" {first.words}, and {spot.words}.",
            "Delete the copy and write it as a new block, so that it has an identity of its own.",
        )


def _number(spot: Spot, first: Spot) -> Iterator[Check]:
    number = spot.block.number
    if not spot.place.reference or len(number) > _LONGEST_NUMBER:
        yield spot.found(
            "number-unreadable",
            f"“{number[:40]}” cannot be cited as a paragraph number.",
            "Write a number such as 2.13, 2.13A, 12 or A4.",
        )
    elif first.block is not spot.block:
        yield spot.found(
            "number-repeated",
            f"Two paragraphs have the number {number}: {first.words}, and {spot.words}.",
            "Correct one of the numbers; where numbering starts again, as in an annex, give the"
            " section a prefix.",
        )


def check_sequence(source: Source, text: EditionText, before: Earlier) -> Iterator[Check]:
    """Gaps and disorder. A gap that stood in the edition issued last was accepted then."""
    accepted = _neighbours([place[0] for place in before.places])
    titles = [section.number for section in source.sections]
    counted: defaultdict[str, list[Spot]] = defaultdict(list)
    for spot in spots(source):
        if spot.block.kind == "paragraph":
            counted[spot.section.prefix].append(spot)
        elif spot.block.kind == "heading" and (leading := _LEADING.match(spot.block.title)):
            titles.append(leading[1])
    for listed in counted.values():
        for found in irregularities([s.block.number for s in listed], titles):
            previous = listed[found.at - 1].place.reference if found.at else ""
            if (previous, listed[found.at].place.reference) not in accepted:
                yield _irregular(listed[found.at], found)


def _neighbours(references: Sequence[str]) -> set[tuple[str, str]]:
    """Which number followed which in the edition issued last."""
    cited = [reference for reference in references if reference and not _TITLED.match(reference)]
    return set(zip(["", *cited], cited, strict=False))


def _irregular(spot: Spot, found: Gap | Disorder) -> Check:
    if isinstance(found, Disorder):
        return spot.found(
            "number-order",
            f"{found.number} stands behind {found.before}.",
            "Put the paragraphs in the order of their numbers, or correct the number.",
        )
    are = "are" if found.many else "is"
    after = f"{found.before} is followed by {found.number}"
    told = after if found.before else f"the first is {found.number}"
    return spot.found(
        "number-gap",
        f"{found.missing} {are} missing: {told}.",
        "Look whether a paragraph was lost or a number mistyped; a number that was given up on"
        " purpose may stay empty.",
    )
