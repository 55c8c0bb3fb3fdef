"""Writes an edition's entries: those that stand as they stood are copied by the database itself.

There is an entry for every block of every edition, so that writing them would be half the time of
publishing a few changes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from django.db import connections, router

from guidance.actions.batches import batches
from guidance.actions.earlier import Earlier, Key
from guidance.edition_text import Line
from guidance.models import Edition, Entry

BATCH = 1000
RANGES = 100


def write_entries(
    edition: Edition,
    lines: Sequence[Line],
    sections: Mapping[int, int],
    versions: Mapping[Key, int],
    before: Earlier,
) -> None:
    """One entry for each line. `sections` are primary keys by position, `versions` by paragraph and
    digest, and `before` is the edition that unchanged entries are copied from."""
    standing = [line.position for line in lines if _stands(line, before)]
    for ranges in batches(list(_ranges(standing)), RANGES):
        _copy(edition, before, ranges)
    copied = set(standing)
    entries = [
        Entry(
            edition_id=edition.pk,
            section_id=sections[line.section],
            position=line.position,
            paragraph_id=line.identity,
            version_id=versions[line.identity, line.digest],
            reference=line.reference,
            after=line.after,
            statements=list(line.basis.statements),
            conflict=line.basis.conflict,
        )
        for line in lines
        if line.position not in copied
    ]
    Entry.objects.bulk_create(entries, batch_size=BATCH)


def _stands(line: Line, before: Earlier) -> bool:
    """Whether the edition before has the same entry at the same position."""
    if line.position > len(before.stood):
        return False
    stood = before.stood[line.position - 1]
    return (
        stood.identity == line.identity
        and stood.digest == line.digest
        and stood.section == line.section
        and before.places[line.position - 1]
        == (line.reference, line.after, line.basis.statements, line.basis.conflict)
    )


def _ranges(positions: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Runs of neighbours, as first and last."""
    start = 0
    for index, position in enumerate(positions, 1):
        if index == len(positions) or positions[index] != position + 1:
            yield positions[start], position
            start = index


def _copy(edition: Edition, before: Earlier, ranges: Sequence[tuple[int, int]]) -> None:
    """Sections are joined by position, since an entry stands in the section at the same one."""
    connection = connections[router.db_for_write(Entry)]
    kept = [
        connection.ops.quote_name(str(field.column))
        for field in Entry._meta.concrete_fields
        if field.name not in ("id", "edition", "section")
    ]
    columns, values = ", ".join(kept), ", ".join(f"e.{column}" for column in kept)
    within = " OR ".join("e.position BETWEEN %s AND %s" for _ in ranges)
    sql = f"""
        INSERT INTO guidance_entry (edition_id, section_id, {columns})
        SELECT s.edition_id, s.id, {values}
        FROM guidance_entry e
        JOIN guidance_section o ON o.id = e.section_id
        JOIN guidance_section s ON s.edition_id = %s AND s.position = o.position
        WHERE e.edition_id = %s AND ({within})"""  # noqa: S608
    assert before.edition is not None
    bounds = [bound for pair in ranges for bound in pair]
    with connection.cursor() as cursor:
        cursor.execute(sql, [edition.pk, before.edition.pk, *bounds])
