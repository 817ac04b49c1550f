"""Columns of new rows on PostgreSQL: one statement, with an array for each column.

COPY would be told of every row what all rows share, and moments as text; here both are said once,
or as numbers.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import psycopg
from django.db import connection, models

from wellkept.record.access.batches import quoted


def insert_arrays(
    model: type[models.Model],
    fields: Mapping[str, Any],
    columns: Mapping[str, Sequence[Any]],
    same: Mapping[str, Any],
) -> None:
    """This will write rows given as columns by field, moments in seconds; `same` as they are kept.

    In a verb. Raises IntegrityError and what else the database says, as Django names it.
    """
    names = ", ".join(quoted(fields[name].column) for name in (*columns, *same))
    places = {name: f"c{place}" for place, name in enumerate(columns)}
    picked = [_picked(fields[name], place) for name, place in places.items()]
    picked += [f"%s::{_type(fields[name])}" for name in same]
    arrays = ", ".join(f"%s::{_sent(fields[name])}[]" for name in columns)
    statement = (
        f"insert into {quoted(model._meta.db_table)} ({names}) select {', '.join(picked)} "
        f"from unnest({arrays}) as given({', '.join(places.values())})"
    )
    # Values are bound by the server: as a part of its text they would be read twice.
    connection.ensure_connection()
    with connection.wrap_database_errors, psycopg.Cursor(connection.connection) as cursor:
        cursor.execute(
            statement.encode(), [*same.values(), *map(_array, columns.values())], prepare=False
        )


def _type(field: Any) -> str:
    """What a field is on the server, without a length: to cast to one would cut a text silently."""
    return str(field.db_type(connection)).split("(")[0]


def _sent(field: Any) -> str:
    return "bigint" if isinstance(field, models.DateTimeField) else _type(field)


def _picked(field: Any, place: str) -> str:
    return f"to_timestamp({place})" if isinstance(field, models.DateTimeField) else place


def _array(values: Sequence[Any]) -> str:
    """Values as PostgreSQL reads an array.

    >>> _array(['a "b"', None, ""]), _array([1, None, True])
    ('{"a \\\\"b\\\\"",NULL,""}', '{1,NULL,True}')
    """
    return "{" + ",".join(map(_element, values)) + "}"


def _element(value: Any) -> str:
    if value is None:
        return "NULL"
    if isinstance(value, str):
        return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
    return str(value)
