"""Rows of the register for the provisions that an edition rests on or cites."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import QuerySet

from guidance.models import Instrument, Provision
from guidance.statute import parse_provision


def provision_rows(paths: Iterable[str]) -> dict[str, int]:
    """The primary keys of provisions by path; rows are made for those that the register lacks.

    Raises Instrument.DoesNotExist where an instrument is not in the register (the checks say so).
    """
    wanted = {path: parse_provision(path) for path in paths}
    if not wanted:
        return {}
    instruments = dict(
        Instrument.objects.filter(
            path__in={p.instrument.path for p in wanted.values()}
        ).values_list("path", "pk")
    )
    for provision in wanted.values():
        if provision.instrument.path not in instruments:
            raise Instrument.DoesNotExist(f"No instrument {provision.instrument} in the register.")
    known = _provisions(instruments.values())
    Provision.objects.bulk_create(
        [
            Provision(instrument_id=instruments[p.instrument.path], place=p.place)
            for p in sorted(wanted.values())
            if (instruments[p.instrument.path], p.place) not in known
        ]
    )
    known = _provisions(instruments.values())
    return {path: known[instruments[p.instrument.path], p.place] for path, p in wanted.items()}


def _provisions(instruments: Iterable[int]) -> dict[tuple[int, str], int]:
    rows: QuerySet[Provision] = Provision.objects.filter(instrument__in=list(instruments))
    return {(i, place): pk for i, place, pk in rows.values_list("instrument_id", "place", "pk")}
