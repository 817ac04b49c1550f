"""A statement whose text is made once: a page asks the same things all day, with other values.

To make the text of a query costs more than to answer it. So it is made with marks where values
will stand, and kept; the next time values take their places. What else the text depends on is its
shape, which the caller names.
"""

from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet

Value = datetime | date | int
MOST = 256
"""So many texts are kept; the one that was longest not asked for goes first."""
FIRST = datetime(1, 1, 2, tzinfo=UTC)
LEAST = -(2**30)


@dataclass(frozen=True, slots=True)
class Sql:
    """A statement, and the values that are bound to it."""

    text: str
    bound: tuple[Any, ...] = ()


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a value stands; numbers are bound as the type that the column has."""

    name: str
    type: type[Any]


def sql_of(rows: QuerySet[Any, Any]) -> Sql:
    """This will give the statement of a query; raises EmptyResultSet where it can find nothing."""
    text, bound = rows.query.sql_with_params()
    return Sql(text, tuple(bound))


def keys_of(parts: Iterable[QuerySet[Any, Any]], most: int = 0) -> Sql:
    """This will select the keys of rows in any of some parts, each once; `most` of each, if given.

    Each part is found by an index of its own; an *or* of them is looked for from end to end.
    """
    return columns_of(parts, ("pk",), most) or Sql("select 0 where 1 = 0")


def columns_of(
    parts: Iterable[QuerySet[Any, Any]], columns: Iterable[str], most: int = 0
) -> Sql | None:
    """This will select columns of the same rows, the key among them; None where none can be."""
    found: list[Sql] = []
    for rows in parts:
        try:
            one = sql_of(rows.order_by().values(*columns))
        except EmptyResultSet:
            continue
        some = f"select * from ({one.text} limit {most}) part" if most else one.text
        found.append(Sql(some, one.bound))
    if not found:
        return None
    text = " union ".join(one.text for one in found)
    return Sql(text, tuple(value for one in found for value in one.bound))


def kept(make: Callable[..., Sql], *shape: Hashable, **values: Value) -> Sql:
    """This will give the statement that `make(*shape, **values)` says, with its text made once.

    `make` is called with marks for values: it may put them into conditions, and not look at them.
    """
    kinds = tuple((name, type(value)) for name, value in values.items())
    text, places = _text(connection.vendor, make, shape, kinds)
    adapted = {name: _adapted(value) for name, value in values.items()}
    return Sql(
        text,
        tuple(
            one if not isinstance(one, _Place)
            else one.type(adapted[one.name]) if issubclass(one.type, int) else adapted[one.name]
            for one in places
        ),
    )  # fmt: skip


def asked(statement: Sql) -> list[tuple[Any, ...]]:
    """This will ask a statement and give its rows as the database has them: see `moment`."""
    with connection.cursor() as cursor:
        cursor.execute(statement.text, statement.bound)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows


def moment(value: Any) -> Any:
    """This will read a moment as a statement without a model gives it.

    >>> moment("2026-03-02 09:00:00").isoformat(), moment(None)
    ('2026-03-02T09:00:00+00:00', None)
    """
    read = datetime.fromisoformat(value) if isinstance(value, str) else value
    return read.replace(tzinfo=UTC) if read is not None and read.tzinfo is None else read


@lru_cache(maxsize=MOST)
def _text(
    vendor: str,
    make: Callable[..., Sql],
    shape: tuple[Hashable, ...],
    kinds: tuple[tuple[str, type[Value]], ...],
) -> tuple[str, tuple[Any, ...]]:
    """The text, and what is bound to it: constants, and places of values. Once for a vendor."""
    marks = {name: _mark(number, kind) for number, (name, kind) in enumerate(kinds)}
    made = make(*shape, **marks)
    names: Mapping[Any, str] = {_adapted(mark): name for name, mark in marks.items()}
    return made.text, tuple(
        _Place(names[one], type(one)) if _is_known(one, names) else one for one in made.bound
    )


def _is_known(one: Any, names: Mapping[Any, str]) -> bool:
    return isinstance(one, Hashable) and one in names


def _mark(number: int, kind: type[Value]) -> Value:
    """A value that no row has."""
    if issubclass(kind, int):
        return LEAST - number
    day = FIRST + timedelta(days=number)
    return day if issubclass(kind, datetime) else day.date()


def _adapted(value: Value) -> Any:
    if isinstance(value, datetime):
        return connection.ops.adapt_datetimefield_value(value)
    return connection.ops.adapt_datefield_value(value) if isinstance(value, date) else value
