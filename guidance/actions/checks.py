"""What stands in the way of issuing an edition, and what an editor should look at before.

Each check says what it found, where, and what to do. Whether it blocks is decided by its code
(`guidance.editorial.codes`) and by `settings.GUIDANCE_CHECKS`. Nothing here writes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from django.conf import settings

from guidance.actions.check_basis import check_basis
from guidance.actions.check_citations import check_citations
from guidance.actions.check_decisions import changes_that_hold, check_decisions
from guidance.actions.check_edition import (
    check_correction,
    check_dates,
    check_empty_sections,
    check_rivals,
    check_sections,
    check_strangers,
)
from guidance.actions.check_figures import check_figures
from guidance.actions.check_language import check_abbreviations, check_reading
from guidance.actions.check_notes import check_notes
from guidance.actions.check_numbering import check_identities_and_numbers, check_sequence
from guidance.actions.check_questions import check_questions
from guidance.actions.check_statements import check_agreement, check_statements
from guidance.actions.earlier import Earlier, earlier
from guidance.actions.edition_source import Source, drafted, issued
from guidance.actions.finding import Check
from guidance.edition_text import EditionText, compose
from guidance.editorial.codes import Severity, severities
from guidance.models import Edition, EditionPage

__all__ = ["Check", "Examined", "check_edition", "examine"]


@dataclass(slots=True)
class Examined:
    """An edition as drafted, composed where it can be, with what was found."""

    source: Source
    text: EditionText | None
    checks: list[Check]


def check_edition(page: EditionPage) -> list[Check]:
    """Every finding about the edition as it is drafted now, what blocks it first."""
    return examine(page).checks


def examine(
    page: EditionPage, before: Earlier | None = None, *, blocking_only: bool = False
) -> Examined:
    """The edition with its findings; `text` is None where they leave nothing to issue.

    A draft is read as its pages' latest drafts have it, an issued edition as it was issued.
    `before` is the edition issued before, looked up where it is not given; with `blocking_only`
    nothing advisory is looked for.
    """
    source = issued(page) if page.issued else drafted(page)
    before = before or _before(page)
    judge = _Judge(blocking_only)
    return judge.examine(source, before)


def _before(page: EditionPage) -> Earlier:
    """The edition issued before this one."""
    own = Edition.objects.filter(page=page).values_list("issued_at", flat=True).first()
    return earlier(page.get_parent().pk, own)


_OnPages = Callable[[Source], Iterable[Check]]
_OnText = Callable[[Source, EditionText, Earlier], Iterable[Check]]

_ON_PAGES: tuple[tuple[_OnPages, tuple[str, ...]], ...] = (
    (
        check_dates,
        ("published-missing", "in-force-missing", "in-force-on-draft", "slug-reserved"),
    ),
    (check_rivals, ("slug-taken", "dates-taken")),
    (
        check_correction,
        ("corrects-elsewhere", "corrects-missing", "correction-missing", "corrects-unasked"),
    ),
    (check_sections, ("section-title-missing", "slug-reserved")),
    (check_empty_sections, ("section-empty",)),
    (
        check_identities_and_numbers,
        (
            *("no-paragraphs", "identity-missing", "identity-repeated"),
            *("number-unreadable", "number-repeated"),
        ),
    ),
    (check_questions, ("question-differs", "question-unlisted", "question-not-printed")),
    (check_figures, ("picture-missing", "alt-missing", "alt-unhelpful")),
    (check_abbreviations, ("abbreviation-undefined",)),
    (check_notes, ("note-missing", "note-unreferenced", "note-incomplete", "note-order")),
)
"""The checks that need the pages alone, each with the codes of what it may find."""

_ON_TEXT: tuple[tuple[_OnText, tuple[str, ...]], ...] = (
    (check_strangers, ("identity-elsewhere",)),
    (check_agreement, ("statements-disagree",)),
    (check_sequence, ("number-gap", "number-order")),
    (check_basis, ("provision-differs",)),
    (
        check_citations,
        (
            *("citation-unresolved", "cross-reference-unresolved"),
            "cross-reference-out-of-date",
        ),
    ),
    (check_decisions, ("changes-undecided",)),
    (check_reading, ("sentence-long", "reading-hard")),
)
"""The checks that need the text composed, or the edition issued before."""


class _Judge:
    """Runs the checks that are wanted, and says of each finding whether it blocks."""

    def __init__(self, blocking_only: bool) -> None:
        self._severity = severities(settings.GUIDANCE_CHECKS)
        self._wanted = {Severity.BLOCKING} if blocking_only else {*Severity} - {Severity.OFF}

    def examine(self, source: Source, before: Earlier) -> Examined:
        checks: list[Check] = []
        for find, codes in _ON_PAGES:
            if self._wants(codes):
                checks += self._judged(find(source))
        statement_checks, readable = check_statements(source)
        checks += self._judged(statement_checks)
        text = None
        if readable and not any(c.code.startswith("identity-") for c in checks):
            known = before.known(source.facts.statements)
            text = compose(source.facts, source.sections, known)
            changes = changes_that_hold(source, text, before)
            source.facts = text.facts = replace(text.facts, changes=changes)
            for look, codes in _ON_TEXT:
                if self._wants(codes):
                    checks += self._judged(look(source, text, before))
        checks.sort(key=lambda check: not check.blocking)
        return Examined(source, text, checks)

    def _wants(self, codes: Iterable[str]) -> bool:
        return any(self._severity[code] in self._wanted for code in codes)

    def _judged(self, found: Iterable[Check]) -> list[Check]:
        return [
            replace(check, blocking=severity is Severity.BLOCKING)
            for check in found
            if (severity := self._severity[check.code]) in self._wanted
        ]
