"""Checks of an edition's statements of status: their ranges, their provisions, where they disagree."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import groupby

from guidance.actions.earlier import Earlier
from guidance.actions.edition_source import Source
from guidance.actions.finding import Check, uuid_or_none
from guidance.edition_text import EditionText, statement_of
from guidance.numbering import Ranges, parse_number, parse_ranges
from guidance.numbering.ranges import Span

PLACE = "statement of status {}"


@dataclass(frozen=True, slots=True)
class _Standing:
    """A paragraph or a titled box as ranges name it."""

    number: str
    title: str
    section: str


class _Present:
    """What stands in the edition, so that the end of a range is found without looking through it."""

    def __init__(self, source: Source) -> None:
        self.all = list(_standing(source))
        numbers = (parse_number(s.number) for s in self.all if not s.title)
        self._keys = {number.key for number in numbers if number}

    def covered(self, span: Span) -> bool:
        if span.last is None and span.first is not None and span.first.key in self._keys:
            return True
        ranges = Ranges((span,))
        return any(ranges.covers(s.number, s.title, s.section) for s in self.all)

    def excepted(self, ranges: Ranges) -> bool:
        """Whether the exceptions leave out any titled block that the ranges would cover."""
        return any(
            ranges.covers(s.number, "", s.section)
            and not ranges.covers(s.number, s.title, s.section)
            for s in self.all
            if s.title
        )


def check_statements(source: Source) -> tuple[list[Check], bool]:
    """The findings, and whether every statement's ranges could be read."""
    present = _Present(source)
    checks: list[Check] = []
    readable = True
    for index, row in enumerate(source.facts.statements):
        statement = statement_of(row)
        try:
            ranges = parse_ranges(statement.paragraphs)
        except ValueError as error:
            readable = False
            checks.append(_found(source, index, "ranges-unreadable", str(error), _RANGES))
            continue
        checks += _check_ranges(source, index, ranges, present)
        if statement.status == "statutory" and not statement.provisions:
            message = "It says that paragraphs are statutory but not under which provision."
            remedy = "Name the provision, such as section 138 of an Act."
            checks.append(_found(source, index, "provision-missing", message, remedy))
    checks += _check_provisions(source)
    return checks, readable


def check_agreement(source: Source, text: EditionText, before: Earlier) -> list[Check]:
    """Runs of paragraphs about which statements disagree."""
    numbered = [line for line in text.lines if line.block.kind == "paragraph"]
    checks: list[Check] = []
    for (conflict, statements), run in groupby(
        numbered, key=lambda line: (line.basis.conflict, line.basis.statements)
    ):
        if not conflict:
            continue
        group = list(run)
        first, last = group[0].block.number, group[-1].block.number
        which = f"paragraph {first}" if first == last else f"paragraphs {first} to {last}"
        named = " and ".join(str(i + 1) for i in statements)
        message = f"Statements {named} disagree about {which}."
        remedy = "Correct them if they are mistyped; if it is printed so, both are shown."
        checks.append(_found(source, statements[0], "statements-disagree", message, remedy))
    return checks


_RANGES = "Write the paragraphs as in: 4.3 to 4.28, 5.4 and 6.2, except the box on data sharing."


def _check_ranges(source: Source, index: int, ranges: Ranges, present: _Present) -> Iterator[Check]:
    remedy = "Correct the statement, or the number in the text."
    for span in (*ranges.spans, *ranges.excepted):
        for missing in _missing(span, present):
            message = f"It names {missing}, which is not in this edition."
            yield _found(source, index, "range-names-nothing", message, remedy)
    for words in ranges.excepted_words:
        if not present.excepted(replace(ranges, excepted_words=(words,))):
            message = f"No box, table or figure answers to the exception “{words}”."
            yield _found(source, index, "exception-names-nothing", message, remedy)


def _missing(span: Span, present: _Present) -> Iterator[str]:
    """The ends of a range that are no paragraph, or the whole where it holds none."""
    if span.first is None:
        return
    if span.kind:
        if not present.covered(span):
            yield str(span)
        return
    for end in filter(None, (span.first, span.last)):
        if not present.covered(Span(end)):
            yield str(end)


def _standing(source: Source) -> Iterator[_Standing]:
    for section in source.sections:
        after = ""
        for block in section.blocks:
            if block.kind == "paragraph":
                after = f"{section.prefix} {block.number}".strip()
                yield _Standing(after, "", section.number)
            elif block.kind in ("box", "table", "figure"):
                yield _Standing(after, block.title, section.number)


def _check_provisions(source: Source) -> Iterator[Check]:
    statements = source.facts.statements
    words = [(i, p) for i, row in enumerate(statements) for p in row["provisions"] if " " in p]
    for index, named in dict.fromkeys([*source.unresolved, *words]):
        statutory = statements[index]["status"] == "statutory"
        yield _found(
            source,
            index,
            "provision-unresolved" if statutory else "provision-unknown",
            f"“{named}” is not a provision of any instrument in the register.",
            "Write it as in “section 138 of the Local Government Act 1999”, or add the instrument to"
            " the register first.",
        )


def _found(source: Source, index: int, code: str, message: str, remedy: str) -> Check:
    blocks = source.page.statements.raw_data
    block = uuid_or_none(blocks[index].get("id") or "") if index < len(blocks) else None
    place = PLACE.format(index + 1)
    return Check(code, message, place, remedy, page=source.page.pk, paragraph=block)
