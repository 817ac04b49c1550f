"""The index of trigrams, which the database keeps true by itself.

On PostgreSQL it is an index over the columns. On SQLite it is a full-text table beside the rows:
triggers follow what is changed and taken away; new rows are taken in behind, by `catch_up`, since
a trigger would cost more than the row. Up to where it reaches stands in a table, and a search
looks through the rows beyond. Set up after every migration, which may lose triggers on SQLite.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import connections, models, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.utils import DatabaseError
from django.utils.translation import gettext as _

from wellkept.record.access.turns import turn
from wellkept.record.search.rules import Searched

REACH = "search_reach"
REACH_MADE = f"create table {REACH} (name text primary key, upto integer not null) without rowid"
CHUNK = 5_000
"""So many rows are taken in by one transaction: some hundredths of a second of a writer's turn."""


class NoTrigrams(RuntimeError):
    """The database has no index of trigrams; the sentence says what to do."""


@dataclass(frozen=True, slots=True)
class Indexed:
    """One table whose texts are indexed."""

    table: str
    key: str
    columns: tuple[str, ...]

    @property
    def index(self) -> str:
        """The name of its index."""
        return f"{self.table}_words"


def searched(model: type[models.Model]) -> Searched:
    """This will give what a model answers with; raises TypeError where it says nothing."""
    found = getattr(model, "searched", None)
    if not isinstance(found, Searched):
        raise TypeError(f"{model._meta.label} does not say what it answers with: searched = …")
    return found


def indexed(model: type[models.Model]) -> Indexed:
    """This will give the index of a model."""
    fields = {one.name: one.column or "" for one in model._meta.concrete_fields}
    columns = tuple(fields[name] for name in searched(model).texts)
    return Indexed(model._meta.db_table, model._meta.pk.attname, columns)


def every_index() -> list[Indexed]:
    """This will list the indexes of all models that say what they answer with."""
    return [indexed(model) for model in apps.get_models() if hasattr(model, "searched")]


def parts(one: Indexed, vendor: str) -> dict[str, str]:
    """This will give what an index is made of, by name, each with the statement that makes it."""
    if vendor == "postgresql":
        texts = ", ".join(f'lower("{column}") gin_trgm_ops' for column in one.columns)
        return {one.index: f'create index "{one.index}" on "{one.table}" using gin ({texts})'}
    columns = ", ".join(f'"{column}"' for column in one.columns)
    old, new = (", ".join(f'{row}."{c}"' for c in one.columns) for row in ("old", "new"))
    reached = f"old.\"{one.key}\" <= (select upto from {REACH} where name = '{one.table}')"
    changed = " or ".join(f'old."{c}" is not new."{c}"' for c in one.columns)
    gone = f'insert into "{one.index}"("{one.index}", rowid, {columns})'
    gone = f"{gone} values ('delete', old.\"{one.key}\", {old});"
    come = f'insert into "{one.index}"(rowid, {columns}) values (new."{one.key}", {new});'
    return {
        one.index: f'CREATE VIRTUAL TABLE "{one.index}" using fts5({columns}, '
        f'content="{one.table}", content_rowid="{one.key}", tokenize=trigram, detail=none, '
        "columnsize=0)",
        f"{one.index}_changed": f'CREATE TRIGGER "{one.index}_changed" after update of {columns} '
        f'on "{one.table}" when ({changed}) and {reached} begin {gone} {come} end',
        f"{one.index}_gone": f'CREATE TRIGGER "{one.index}_gone" after delete on "{one.table}" '
        f"when {reached} begin {gone} end",
    }


def standing(connection: BaseDatabaseWrapper) -> dict[str, str]:
    """This will read back from the database what stands of the indexes, by name."""
    query = "select name, sql from sqlite_master where instr(name, '_words') > 0"
    if connection.vendor == "postgresql":
        query = "select indexname, indexdef from pg_indexes where strpos(indexname, '_words') > 0"
    with connection.cursor() as cursor:
        cursor.execute(query)
        return dict(cursor.fetchall())


def set_up(connection: BaseDatabaseWrapper) -> None:
    """This will make every index that does not stand as it should; raises NoTrigrams."""
    tables, lacking = set(connection.introspection.table_names()), lacks(connection)
    wanted = [one for one in lacking if one.table in tables]
    if not wanted:
        return
    try:
        with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                cursor.execute("create extension if not exists pg_trgm")
                for one in wanted:
                    for made in parts(one, "postgresql").values():
                        cursor.execute(made)
                return
            if REACH not in tables:
                cursor.execute(REACH_MADE)
            for one in wanted:
                _renew(cursor, one)
    except DatabaseError as problem:
        raise NoTrigrams(
            _(
                "The search needs an index of trigrams, and the database refuses it: %(problem)s. "
                "On PostgreSQL, have an administrator say once: create extension pg_trgm. SQLite "
                "needs version 3.34 with FTS5."
            )
            % {"problem": problem}
        ) from problem


def lacks(connection: BaseDatabaseWrapper) -> list[Indexed]:
    """This will list the indexes that do not stand as they should.

    PostgreSQL writes a statement down in its own words, so that there the name alone tells.
    """
    there, vendor = standing(connection), connection.vendor
    return [
        one
        for one in every_index()
        if any(
            name not in there or (vendor == "sqlite" and there[name] != made)
            for name, made in parts(one, vendor).items()
        )
    ]


def _renew(cursor: Any, one: Indexed) -> None:
    """Begin an index anew, empty: rows may have changed while nothing followed them."""
    made = parts(one, "sqlite")
    for name in made.keys() - {one.index}:
        cursor.execute(f'drop trigger if exists "{name}"')
    cursor.execute(f'drop table if exists "{one.index}"')
    for statement in made.values():
        cursor.execute(statement)
    cursor.execute(f"replace into {REACH} values ('{one.table}', 0)")


def set_up_after_migration(using: str = "default", **_: Any) -> None:
    """This will set the indexes up; Django calls it after a migration."""
    set_up(connections[using])


def reaches(connection: BaseDatabaseWrapper) -> dict[str, int]:
    """This will say up to which key each table is indexed; nothing on PostgreSQL: it all is."""
    if connection.vendor == "postgresql":
        return {}
    with connection.cursor() as cursor:
        cursor.execute(f"select name, upto from {REACH}")
        return dict(cursor.fetchall())


def catch_up(connection: BaseDatabaseWrapper) -> Iterator[int]:
    """This will take new rows into the index, a chunk at a time, until none is left.

    Each chunk is a transaction of its own, and gives its number of rows. Nothing to do on
    PostgreSQL. It may end at any point, and goes on from there.
    """
    if connection.vendor == "postgresql":
        return
    for one in every_index():
        while taken := _next_chunk(connection, one):
            yield taken


def _next_chunk(connection: BaseDatabaseWrapper, one: Indexed) -> int:
    columns = ", ".join(f'"{column}"' for column in one.columns)
    beyond = (
        f'select max(key), count(*) from (select "{one.key}" as key from "{one.table}" where '
        f'"{one.key}" > (select upto from {REACH} where name = %s) order by key limit {CHUNK})'
    )
    with connection.cursor() as cursor:
        cursor.execute(beyond, [one.table])
        if not cursor.fetchone()[1]:
            return 0  # without a writer's turn
        with turn(connection), transaction.atomic(using=connection.alias):
            cursor.execute(beyond, [one.table])
            last, many = cursor.fetchone()
            cursor.execute(
                f'insert into "{one.index}"(rowid, {columns}) select "{one.key}", {columns} from '
                f'"{one.table}" where "{one.key}" <= %s and "{one.key}" > '
                f"(select upto from {REACH} where name = %s)",
                [last or 0, one.table],
            )
            if many:
                cursor.execute(f"update {REACH} set upto = %s where name = %s", [last, one.table])
            return int(many)
