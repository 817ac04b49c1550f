"""Rows of a batch as columns: written without a row of Python for each, for a million at once.

A column is a list or an array with a value for each row; a masked value is empty. Moments are
whole seconds since 1970. What all rows have in common is given once.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from typing import Any

import numpy as np
from django.db import connection, models
from numpy.typing import NDArray

from wellkept.record.access.arrays import insert_arrays
from wellkept.record.access.batches import adapted, feed, next_keys, quoted

Column = Sequence[Any] | NDArray[Any]
SAID_AT_MOST = 60
"""Characters of a text that is written into a statement instead of being bound to it."""


@dataclass(frozen=True, slots=True)
class Batch:
    """New rows of one model: columns by field, as `customer_id`, and values that all rows share."""

    model: type[models.Model]
    columns: Mapping[str, Column]
    same: Mapping[str, Any] = field(default_factory=dict)

    @property
    def size(self) -> int:
        """How many rows there are."""
        return len(next(iter(self.columns.values())))


@dataclass(frozen=True, slots=True)
class Keys:
    """Rows of one model by their keys alone, as the journal notes them."""

    model: type[models.Model]
    keys: Sequence[int]


def insert_batch(batch: Batch) -> Keys:
    """This will write new rows and give their keys, which follow each other on SQLite; in a verb.

    Fields that are not given have the model's defaults. Constraints of the database hold. Raises
    IntegrityError, and TypeError for a name that is no column.
    """
    model = batch.model
    if not batch.size:
        return Keys(model, range(0))
    fields = {one.attname: one for one in model._meta.concrete_fields if not one.primary_key}
    strange = sorted((batch.columns.keys() | batch.same.keys()) - fields.keys())
    if strange:
        raise TypeError(f"{model._meta.label} has no columns {', '.join(strange)}")
    keys = next_keys(model, batch.size)
    shared = {
        name: adapted(one, batch.same.get(name, one.get_default()))
        for name, one in fields.items()
        if name not in batch.columns
    }
    columns = _read(fields, batch.columns)
    for name in [name for name, values in columns.items() if _one_value(fields[name], values)]:
        shared[name] = columns.pop(name)[0]
    shared = {name: value for name, value in shared.items() if value is not None}
    _write(model, {model._meta.pk.attname: keys, **columns}, shared)
    return Keys(model, keys)


def _write(
    model: type[models.Model], columns: Mapping[str, Sequence[Any]], same: Mapping[str, Any]
) -> None:
    fields = {one.attname: one for one in model._meta.concrete_fields}
    if connection.vendor == "postgresql":
        insert_arrays(model, fields, columns, same)
        return
    named = {name: quoted(one.column or "") for name, one in fields.items()}
    feed(
        quoted(model._meta.db_table),
        [named[name] for name in columns],
        zip(*columns.values(), strict=True),
        {named[name]: value for name, value in same.items()},
    )


def _read(fields: Mapping[str, Any], columns: Mapping[str, Column]) -> dict[str, Sequence[Any]]:
    """Values of each column as they are written; one that is given twice is read once."""
    found: dict[tuple[int, bool], Sequence[Any]] = {}
    read = {}
    for name, column in columns.items():
        timed = _is_moment(fields[name]) and connection.vendor == "sqlite"
        known = (id(column), timed)
        if known not in found:
            found[known] = moments(np.ma.asarray(column)) if timed else _listed(column)
        read[name] = found[known]
    return read


def _is_moment(field: Any) -> bool:
    return isinstance(field, models.DateTimeField)


def _listed(column: Column) -> Sequence[Any]:
    if isinstance(column, np.ma.MaskedArray) and column.mask.all():
        return [None] * column.size
    return column.tolist() if isinstance(column, np.ndarray) else column


def _one_value(field: Any, values: Sequence[Any]) -> bool:
    """Whether all rows have one value that a statement can say; most that vary show it early."""
    first = values[0]
    if isinstance(first, int) and _is_moment(field):
        return False  # in seconds, which no row keeps
    if isinstance(first, str) and (len(first) > SAID_AT_MOST or "\0" in first):
        return False
    plain = first is None or isinstance(first, str | int)
    return plain and bool(values[-1] == first) and values.count(first) == len(values)


def moments(seconds: Any) -> list[str | None]:
    """This will write seconds as SQLite keeps moments: UTC, unsaid; a masked one is None.

    >>> moments(np.ma.masked_values([0, -1], -1))
    ['1970-01-01 00:00:00', None]
    """
    times = _times()
    day, second = np.divmod(np.ma.getdata(seconds), 86_400)
    days, place = np.unique(day, return_inverse=True)
    dates = np.datetime_as_string(days.astype("datetime64[D]")).tolist()
    found: list[str | None] = [
        dates[on] + times[at] for on, at in zip(place.tolist(), second.tolist(), strict=True)
    ]
    for empty in np.flatnonzero(np.ma.getmaskarray(seconds)).tolist():
        found[empty] = None
    return found


@cache
def _times() -> list[str]:
    """Every second of a day as it is written after its date."""
    clock = [f"{minute // 60:02}:{minute % 60:02}" for minute in range(1_440)]
    return [f" {minute}:{second:02}" for minute in clock for second in range(60)]


def given(column: Column) -> Iterator[tuple[int, Any]]:
    """This will give the values of a column that are not empty, with their places."""
    values = column.tolist() if isinstance(column, np.ndarray) else column
    return ((place, value) for place, value in enumerate(values) if value is not None)


def earlier(one: Any, other: Any) -> NDArray[np.bool_]:
    """This will say where one moment is earlier than another, both being known."""
    return np.asarray(np.ma.filled(np.ma.asarray(one) < np.ma.asarray(other), False))


def stamp(moment: datetime) -> int:
    """This will give a moment as whole seconds, as columns have it."""
    return int(moment.timestamp())
