"""Checks of an edition's text: numbers, identities and footnotes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from uuid import UUID

from guidance.actions.edition_source import Source
from guidance.actions.finding import Check
from guidance.content import markers
from guidance.edition_text import Block, SectionSource
from guidance.references import Place

_LONGEST_NUMBER = 30
_IDENTITY = re.compile(r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}")
_MARK = re.compile(r"\d{1,4}[a-z]?|[*†‡§¶#]{1,3}")


_Found = tuple[SectionSource, Block, Place]


def check_text(source: Source, *, blocking_only: bool = False) -> list[Check]:
    """Findings about every block, in the order of the text."""
    return [*_TextCheck(source, blocking_only).findings()]


class _TextCheck:
    def __init__(self, source: Source, blocking_only: bool) -> None:
        self._source = source
        self._blocking_only = blocking_only
        self._identities: dict[str, _Found] = {}
        self._references: dict[str, _Found] = {}
        self._numbered = 0

    def findings(self) -> Iterator[Check]:
        for section in self._source.sections:
            for block, place in zip(section.blocks, section.places, strict=True):
                yield from self._identity(section, block, place)
                if block.kind == "paragraph":
                    yield from self._number(section, block, place)
                if not self._blocking_only:
                    yield from _notes(section, block, place)
        if not self._numbered:
            yield Check(
                "no-paragraphs",
                "The edition has no numbered paragraph.",
                "the whole edition",
                "Write or import its text.",
                blocking=True,
                page=self._source.page.pk,
            )

    def _identity(self, section: SectionSource, block: Block, place: Place) -> Iterator[Check]:
        first = self._identities.setdefault(block.identity, (section, block, place))
        if not _IDENTITY.fullmatch(block.identity) and _uuid(block.identity) is None:
            yield Check(
                "identity-missing",
                "A block has no identity.",
                _where(section, block, place),
                "Open the section in the editor and save it; the block is then given one.",
                blocking=True,
                page=section.page,
            )
        elif first[1] is not block:
            where = _where(section, block, place)
            yield Check(
                "identity-repeated",
                f"One and the same paragraph stands twice in the edition: {_where(*first)}, and"
                f" {where}.",
                where,
                "Delete the copy and write it as a new block, so that it has an identity of its own.",
                blocking=True,
                page=section.page,
                paragraph=_uuid(block.identity),
            )

    def _number(self, section: SectionSource, block: Block, place: Place) -> Iterator[Check]:
        self._numbered += 1
        if not place.reference or len(block.number) > _LONGEST_NUMBER:
            yield Check(
                "number-unreadable",
                f"“{block.number[:40]}” cannot be cited as a paragraph number.",
                _where(section, block, place),
                "Write a number such as 2.13, 2.13A, 12 or A4.",
                blocking=True,
                page=section.page,
                paragraph=_uuid(block.identity),
            )
            return
        first = self._references.setdefault(place.reference, (section, block, place))
        if first[1] is not block:
            where = _where(section, block, place)
            yield Check(
                "number-repeated",
                f"Two paragraphs have the number {block.number}: {_where(*first)}, and {where}.",
                where,
                "Correct one of the numbers; where numbering starts again, as in an annex, give the"
                " section a prefix.",
                blocking=True,
                page=section.page,
                paragraph=_uuid(block.identity),
            )


def _notes(section: SectionSource, block: Block, place: Place) -> Iterator[Check]:
    given = [note["mark"] for note in block.content.get("notes", ())]
    used = markers(block.content)
    for mark in dict.fromkeys(m for m in used if m not in given and _MARK.fullmatch(m)):
        yield Check(
            "note-missing",
            f"The footnote marker {mark} has no note.",
            _where(section, block, place),
            "Add the note beside the paragraph, or take the marker away.",
            page=section.page,
            paragraph=_uuid(block.identity),
        )
    for mark in dict.fromkeys(m for m in given if m not in used):
        yield Check(
            "note-unreferenced",
            f"Nothing in the text refers to footnote {mark}.",
            _where(section, block, place),
            "Put its marker into the text as a superscript, or delete the note.",
            page=section.page,
            paragraph=_uuid(block.identity),
        )


def _where(section: SectionSource, block: Block, place: Place) -> str:
    """The place of a block in words, as "paragraph 2.13 in section 2 Governance"."""
    within = f"in section {section.number} {section.title}".replace("  ", " ").rstrip()
    if block.kind == "paragraph":
        return f"{section.prefix} paragraph {block.number} {within}".strip()
    named = f"{block.kind} “{block.title}”" if block.title else block.kind
    after = f" after {place.after}" if place.after else ""
    return f"{named}{after} {within}"


def _uuid(value: str) -> UUID | None:
    try:
        return UUID(value)
    except ValueError:
        return None
