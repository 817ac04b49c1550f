"""Tables that only grow: the database itself refuses a change, on SQLite and on PostgreSQL.

A model says `append_only = True` and is guarded from the next migration on. The guards are set
again after every migration, because SQLite remakes a table, and loses its triggers, to alter it.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from django.apps import apps
from django.db import connections, models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.utils.translation import gettext_noop

REFUSAL = gettext_noop("is append-only: what happened stays; write a new row that corrects it.")

FUNCTION = f"""
create or replace function wellkept_refuse_change() returns trigger language plpgsql as $$
begin
  raise exception using errcode = 'restrict_violation', message = tg_table_name || ' {REFUSAL}';
end $$
"""


def append_only_models() -> list[type[models.Model]]:
    """This will list the models whose rows may never change."""
    return [model for model in apps.get_models() if getattr(model, "append_only", False)]


def guards(table: str, vendor: str) -> dict[str, str]:
    """This will give the triggers of one table by name, each with the statement that makes it."""
    if vendor == "postgresql":
        rows = f"{table}_refuses_change"
        emptying = f"{table}_refuses_truncate"
        call = "execute function wellkept_refuse_change()"
        return {
            rows: f'create or replace trigger "{rows}" before update or delete on "{table}" '
            f"for each row {call}",
            emptying: f'create or replace trigger "{emptying}" before truncate on "{table}" '
            f"for each statement {call}",
        }
    return {
        f"{table}_refuses_{act}": f'create trigger if not exists "{table}_refuses_{act}" before '
        f"{act} on \"{table}\" begin select raise(abort, '{table} {REFUSAL}'); end"
        for act in ("update", "delete")
    }


def guard(connection: BaseDatabaseWrapper) -> None:
    """This will set the guards of every append-only table that stands in the database."""
    standing = set(connection.introspection.table_names())
    tables = [m._meta.db_table for m in append_only_models() if m._meta.db_table in standing]
    with connection.cursor() as cursor:
        if tables and connection.vendor == "postgresql":
            cursor.execute(FUNCTION)
        for table in tables:
            for statement in guards(table, connection.vendor).values():
                cursor.execute(statement)


@contextmanager
def lifted(connection: BaseDatabaseWrapper, tables: Iterable[str]) -> Iterator[None]:
    """This will let rows of append-only tables be taken away, for the undo of an import alone.

    For use inside a transaction: whatever ends it, the guards stand again. PostgreSQL refuses to
    touch triggers while checks of relations wait, so these are made first and last.
    """
    named = sorted(tables)
    with connection.cursor() as cursor:
        _check_relations_now(connection)
        for table in named:
            for name in guards(table, connection.vendor):
                where = f' on "{table}"' if connection.vendor == "postgresql" else ""
                cursor.execute(f'drop trigger "{name}"{where}')
    yield
    with connection.cursor() as cursor:
        _check_relations_now(connection)
        for table in named:
            for statement in guards(table, connection.vendor).values():
                cursor.execute(statement)


def _check_relations_now(connection: BaseDatabaseWrapper) -> None:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("set constraints all immediate")
            cursor.execute("set constraints all deferred")


def guards_standing(connection: BaseDatabaseWrapper) -> set[str]:
    """This will read back from the database which of our guards stand and are awake."""
    query = "select name from sqlite_master where type = 'trigger'"
    if connection.vendor == "postgresql":
        query = "select tgname from pg_trigger where not tgisinternal and tgenabled = 'O'"
    with connection.cursor() as cursor:
        cursor.execute(query)
        return {name for (name,) in cursor.fetchall() if "_refuses_" in name}


def guards_wanted(tables: Iterable[type[models.Model]], vendor: str) -> set[str]:
    """This will name the guards that the tables of these models should have."""
    return {name for model in tables for name in guards(model._meta.db_table, vendor)}


def guard_after_migration(using: str = "default", **_: Any) -> None:
    """This will set the guards; Django calls it after each migration of a room."""
    guard(connections[using])
