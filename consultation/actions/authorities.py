"""Takes in the list of authorities that respondents choose from, whole or not at all."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.db import transaction

from consultation.authority_list import Row, read_authorities
from consultation.models import Authority
from guidance.models import AuthorityType


class ListFaulty(ValueError):
    """The list cannot be taken as it is; `faults` name the lines, and nothing was changed."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("The list cannot be taken as it is.")
        self.faults = faults


@dataclass(slots=True)
class Changes:
    """Names of authorities that were added and changed, and how many stayed as they were; `missing`
    are those that the list does not have, which are left alone."""

    added: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    same: int = 0
    missing: list[str] = field(default_factory=list)


def import_authorities(*, data: bytes) -> Changes:
    """A CSV file with the columns name, kind and code. An authority is known by its name, or else by
    its code: then it was renamed. Raises ListFaulty."""
    kinds = _kinds()
    read = read_authorities(data, kinds)
    if read.faults:
        raise ListFaulty(read.faults)
    changes = Changes()
    with transaction.atomic():
        held = list(Authority.objects.select_for_update(of=("self",)).order_by("pk"))
        known = _known(held, read.rows)
        for row in read.rows:
            _take(row, known.get(row.line), kinds.get(row.kind.casefold()), changes)
        seen = {authority.pk for authority in known.values()}
        changes.missing = [authority.name for authority in held if authority.pk not in seen]
    return changes


def _kinds() -> dict[str, AuthorityType]:
    """By name and by slug, in small letters."""
    kinds = list(AuthorityType.objects.all())
    return {k.name.casefold(): k for k in kinds} | {k.slug.casefold(): k for k in kinds}


def _known(held: list[Authority], rows: list[Row]) -> dict[int, Authority]:
    """The authority of each line that there is already. A name counts before a code, so that one that
    took over another's code is not taken for it."""
    by_name = {authority.name.casefold(): authority for authority in held}
    found = {r.line: by_name[r.name.casefold()] for r in rows if r.name.casefold() in by_name}
    taken = {authority.pk for authority in found.values()}
    by_code = {a.code.casefold(): a for a in held if a.code and a.pk not in taken}
    for row in rows:
        if row.line not in found and row.code.casefold() in by_code:
            found[row.line] = by_code.pop(row.code.casefold())
    return found


def _take(row: Row, known: Authority | None, kind: AuthorityType | None, changes: Changes) -> None:
    """A cell that is empty says nothing, and leaves what is known."""
    if known is None:
        Authority.objects.create(name=row.name, kind=kind, code=row.code)
        changes.added.append(row.name)
        return
    before = (known.name, known.kind_id, known.code)
    known.name, known.code = row.name, row.code or known.code
    known.kind = kind or known.kind
    if (known.name, known.kind_id, known.code) == before:
        changes.same += 1
        return
    known.save()
    changes.changed.append(row.name if before[0] == row.name else f"{before[0]} → {row.name}")
