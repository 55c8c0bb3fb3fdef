"""What an import writes beside the text: statements of status, definitions and duties.

Statements and definitions become StreamField data of the edition; duties become rows of the
register, found again by their title and commencement.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import uuid4

from django.utils.text import slugify

from guidance.actions.import_plan import PlannedDuty
from guidance.authorities import bound_and_excepted, find_name
from guidance.fuzzy_dates import parse_fuzzy
from guidance.models import AuthorityType, Duty
from guidance.outline.model import DutyRow, Statement

_TITLE_LENGTH = 300
_SLUG_LENGTH = 150


def statement_value(statement: Statement) -> dict[str, Any]:
    """A statement as an editor would have typed it, its exceptions folded into the ranges."""
    return {
        "paragraphs": _with_exceptions(statement.paragraphs, statement.exceptions),
        "status": statement.status,
        "provisions": list(statement.provisions),
        "replaces": list(statement.replaces),
        "replaced_under": list(statement.replaced_under),
        "on": statement.on,
        "words": statement.words,
        "note": "",
    }


def statements_stream(statements: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Raw StreamField data for `EditionPage.statements`."""
    return [
        _child(
            "statement",
            {
                **statement,
                **{
                    name: [_child("item", words) for words in statement[name]]
                    for name in ("provisions", "replaces", "replaced_under")
                },
            },
        )
        for statement in statements
    ]


def definitions_stream(definitions: Mapping[str, str]) -> list[dict[str, Any]]:
    """Raw StreamField data for `EditionPage.definitions`."""
    return [
        _child("definition", {"term": term, "meaning": meaning})
        for term, meaning in definitions.items()
    ]


def planned_duty(row: DutyRow) -> PlannedDuty:
    """A row of the schedule with the kinds of authority that it names told apart."""
    binds, excepts = bound_and_excepted(row.binds, row.excepts)
    words = row.binds if not row.excepts else f"{row.binds} except {row.excepts}"
    return PlannedDuty(
        title=row.title[:_TITLE_LENGTH],
        binds=binds,
        excepts=excepts,
        binds_words=words,
        commences=row.commences,
        explained_in=row.explained_in,
    )


def duties_stream(duties: Sequence[PlannedDuty]) -> list[dict[str, Any]]:
    """Raw StreamField data for `EditionPage.duties`; the register gets the rows that it lacks."""
    return [
        _child("duty", {"duty": _register(duty).pk, "explained_in": duty.explained_in})
        for duty in duties
    ]


def _register(planned: PlannedDuty) -> Duty:
    commences, unread = _commencement(planned.commences)
    duty, created = Duty.objects.get_or_create(
        title=planned.title,
        commences=commences,
        defaults={"binds_words": planned.binds_words, "description": unread},
    )
    if created:
        duty.binds.set(_authority_types(planned.binds))
        duty.excepts.set(_authority_types(planned.excepts))
    return duty


def _commencement(words: str) -> tuple[str, str]:
    """The words of the date, and beside them a sentence where they cannot be read as one."""
    try:
        if words:
            parse_fuzzy(words)
    except ValueError:
        return "", f"Commences, as printed: {words}"
    return words, ""


def _authority_types(names: Iterable[str]) -> list[AuthorityType]:
    register = {kind.name: kind for kind in AuthorityType.objects.all()}
    found = []
    for name in names:
        known = find_name(name, register)
        if known is None:
            known = name
            register[name] = AuthorityType.objects.create(name=name, slug=_free_slug(name))
        found.append(register[known])
    return found


def _free_slug(name: str) -> str:
    base = slugify(name)[: _SLUG_LENGTH - 5] or "authorities"
    taken = set(AuthorityType.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    return next(s for s in (base, *(f"{base}-{n}" for n in range(2, 9999))) if s not in taken)


def _with_exceptions(paragraphs: str, exceptions: Sequence[str]) -> str:
    if not exceptions or "except" in paragraphs:
        return paragraphs
    return f"{paragraphs}, except {' and '.join(exceptions)}"


def _listed(value: Any) -> Any:
    """A list as the raw data of a ListBlock; anything else as it is."""
    return [_child("item", item) for item in value] if isinstance(value, list) else value


def _child(kind: str, value: Any) -> dict[str, Any]:
    return {"type": kind, "value": value, "id": str(uuid4())}
