"""The database's own refusal to change what was issued: triggers on SQLite and PostgreSQL.

Every ledger table refuses DELETE and any UPDATE but of `html`; a sealed edition takes no more rows;
issued pages, the slugs they are cited under, and the provisions and pictures that issued paragraphs
rest on stay as they are. Every `migrate` puts the triggers in place anew, the first one included.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.db import connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from guidance.guard_rules import Guard, rules

PREFIX = "guard_"


@dataclass(frozen=True, slots=True)
class Missing:
    """A guard that the database should have and has not."""

    table: str
    name: str


def install(using: str = "default") -> None:
    """Put every guard in place, anew; tables that do not exist yet are left out."""
    connection = connections[using]
    with transaction.atomic(using=using):
        _drop(connection)
        for guard in _expected(connection):
            _create(connection, guard)


def remove(using: str = "default") -> None:
    """Take every guard away, until `install` or the next migrate."""
    with transaction.atomic(using=using):
        _drop(connections[using])


@contextmanager
def lifted(using: str = "default") -> Iterator[None]:
    """Let issued rows be written inside this block, which is one transaction.

    For `rebuild_ledger`, which adds rows that were lost to a sealed edition, and for the emptying
    of a test database. On PostgreSQL only this transaction is let through and nothing is locked;
    on SQLite the triggers are dropped and made again, and a failure brings them back with the rest.
    """
    connection = connections[using]
    with transaction.atomic(using=using):
        _lift(connection)
        yield
        _lower(connection)


def missing(using: str = "default") -> list[Missing]:
    """The guards that are not in place, for `verify_ledger` to report."""
    connection = connections[using]
    present = set(_present(connection))
    return [Missing(g.table, g.name) for g in _expected(connection) if g.name not in present]


def make_way(using: str = "default", **kwargs: Any) -> None:
    """Receiver of `pre_migrate`: SQLite changes a table by building it anew, which it will not do
    to one that a trigger names, whether the migration is ours or Wagtail's."""
    if connections[using].vendor == "sqlite":
        remove(using)


def put_back(using: str = "default", **kwargs: Any) -> None:
    """Receiver of `post_migrate`."""
    install(using)


def _expected(connection: BaseDatabaseWrapper) -> list[Guard]:
    with connection.cursor() as cursor:
        tables = set(connection.introspection.table_names(cursor))
        columns = {
            table: [c.name for c in connection.introspection.get_table_description(cursor, table)]
            for table in sorted(tables)
            if table.startswith("guidance_")
        }
    found = [g for g in rules(columns) if g.needs <= tables]
    return [g for g in found if g.event != "TRUNCATE" or connection.vendor == "postgresql"]


def _present(connection: BaseDatabaseWrapper) -> list[str]:
    if connection.vendor == "postgresql":
        return _named(connection, "tgname", "pg_trigger WHERE NOT tgisinternal")
    return _named(connection, "name", "sqlite_master WHERE type = 'trigger'")


def _named(connection: BaseDatabaseWrapper, column: str, source: str) -> list[str]:
    """The names in a catalogue that begin as those of guards do."""
    query = f"SELECT {column} FROM {source} AND substr({column}, 1, {len(PREFIX)}) = '{PREFIX}'"
    with connection.cursor() as cursor:
        cursor.execute(query)
        return [row[0] for row in cursor.fetchall()]


def _drop(connection: BaseDatabaseWrapper) -> None:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            own = "pg_proc WHERE pronamespace = current_schema()::regnamespace"
            for name in _named(connection, "proname", own):
                cursor.execute(f'DROP FUNCTION "{name}"() CASCADE')
        else:
            for name in _present(connection):
                cursor.execute(f'DROP TRIGGER "{name}"')


def _create(connection: BaseDatabaseWrapper, guard: Guard) -> None:
    with connection.cursor() as cursor:
        for statement in _POSTGRES if connection.vendor == "postgresql" else _SQLITE:
            cursor.execute(
                statement.format(
                    name=guard.name,
                    event=guard.event,
                    table=guard.table,
                    condition=guard.condition or "true",
                    message=guard.message.replace("'", "''"),
                    each="STATEMENT" if guard.event == "TRUNCATE" else "ROW",
                    row="OLD" if guard.event == "DELETE" else "NEW",
                )
            )


def _lift(connection: BaseDatabaseWrapper) -> None:
    if connection.vendor == "postgresql":
        _set_lifted(connection, "yes")
    else:
        _drop(connection)


def _lower(connection: BaseDatabaseWrapper) -> None:
    if connection.vendor == "postgresql":
        _set_lifted(connection, "no")
    else:
        install(connection.alias)


def _set_lifted(connection: BaseDatabaseWrapper, value: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('guidance.guards_lifted', %s, true)", [value])


_SQLITE = (
    """CREATE TRIGGER {name} BEFORE {event} ON {table} FOR EACH ROW WHEN {condition}
    BEGIN SELECT RAISE(ABORT, '{message}'); END""",
)
_POSTGRES = (
    """CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $guard$ BEGIN
    IF coalesce(current_setting('guidance.guards_lifted', true), 'no') <> 'yes' THEN
        IF {condition} THEN
            RAISE EXCEPTION '{message}' USING ERRCODE = 'integrity_constraint_violation';
        END IF;
    END IF;
    RETURN {row}; END $guard$""",
    """CREATE TRIGGER {name} BEFORE {event} ON {table}
    FOR EACH {each} EXECUTE FUNCTION {name}()""",
)
