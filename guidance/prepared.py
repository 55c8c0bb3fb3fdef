"""A query that is compiled once: building its SQL costs several times as much as running it.

The SQL is the ORM's own, as are the conversions of what comes back; only the arguments change.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.db import connections, models

_BUILT = "\N{SYMBOL FOR NULL}{name}"


class Prepared:
    """`build` gets each argument's name as text and returns a `values_list`; `rows` runs it.

    The arguments are text that is compared as it is (slugs, references); each must be used. `build`
    is called once for each kind of database, at first use.
    """

    def __init__(self, build: Callable[..., models.QuerySet[Any, Any]], *names: str) -> None:
        self._build = build
        self._names = names
        self._compiled: dict[str, tuple[str, tuple[Any, ...], Mapping[int, Any]]] = {}

    def rows(self, *, using: str = "default", **arguments: str) -> list[tuple[Any, ...]]:
        """The rows as tuples, converted as the ORM converts them."""
        connection = connections[using]
        if connection.vendor not in self._compiled:
            self._compiled[connection.vendor] = self._compile(using)
        sql, parameters, converters = self._compiled[connection.vendor]
        values = [arguments[p.name] if isinstance(p, _Slot) else p for p in parameters]
        with connection.cursor() as cursor:
            cursor.execute(sql, values)
            found = cursor.fetchall()
        return [_converted(row, converters, connection) for row in found] if converters else found

    def _compile(self, using: str) -> tuple[str, tuple[Any, ...], Mapping[int, Any]]:
        slots = {_BUILT.format(name=name): _Slot(name) for name in self._names}
        queryset = self._build(*slots).using(using)
        compiler = queryset.query.get_compiler(using)
        sql, given = compiler.as_sql()
        parameters = tuple(slots.get(value, value) for value in given)
        missing = set(slots.values()) - {p for p in parameters if isinstance(p, _Slot)}
        if missing:
            raise ValueError(f"The query does not use {', '.join(s.name for s in missing)}.")
        return sql, parameters, compiler.get_converters([column[0] for column in compiler.select])


class _Slot:
    __slots__ = ("name",)

    def __init__(self, name: str) -> None:
        self.name = name


def _converted(
    row: tuple[Any, ...], converters: Mapping[int, Any], connection: Any
) -> tuple[Any, ...]:
    values = list(row)
    for position, (functions, expression) in converters.items():
        for convert in functions:
            values[position] = convert(values[position], expression, connection)
    return tuple(values)
