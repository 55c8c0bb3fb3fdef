"""Checks of an edition's statements of status: their ranges, their provisions, where they disagree."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from guidance.actions.edition_source import Source
from guidance.actions.finding import Check
from guidance.edition_text import Line, statement_of
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
            checks.append(
                _found(source, index, "provision-missing", message, remedy, blocking=False)
            )
    checks += _check_provisions(source)
    return checks, readable


def check_agreement(source: Source, lines: Sequence[Line]) -> list[Check]:
    """Runs of paragraphs about which statements disagree (advisory: both are shown)."""
    numbered = [line for line in lines if line.block.kind == "paragraph"]
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
        checks.append(
            _found(source, statements[0], "statements-disagree", message, remedy, blocking=False)
        )
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
            yield _found(source, index, "exception-names-nothing", message, remedy, blocking=False)


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
    for index, words in source.unresolved:
        status = source.facts.statements[index]["status"]
        yield _found(
            source,
            index,
            "provision-unresolved",
            f"“{words}” is not a provision of any instrument in the register.",
            "Write it as in “section 138 of the Local Government Act 1999”, or add the instrument to"
            " the register first.",
            blocking=status == "statutory",
        )


def _found(
    source: Source, index: int, code: str, message: str, remedy: str, *, blocking: bool = True
) -> Check:
    place = PLACE.format(index + 1)
    return Check(code, message, place, remedy, blocking=blocking, page=source.page.pk)
