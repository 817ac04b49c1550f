"""Rows of a batch as columns: written without a row of Python for each, for a million at once.

A column is a list or an array with a value for each row; a masked value is empty. Moments are
whole seconds since 1970. What all rows have in common is given once.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import numpy as np
from django.db import connection, models
from numpy.typing import NDArray

from wellkept.record.access.batches import adapted, next_keys, quoted, write

Column = Sequence[Any] | NDArray[Any]


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
    shared = {name: value for name, value in shared.items() if value is not None}
    columns = [keys, *(_values(fields[name], column) for name, column in batch.columns.items())]
    names = [model._meta.pk.attname, *(fields[name].column or "" for name in batch.columns)]
    write(
        quoted(model._meta.db_table),
        [quoted(name) for name in names],
        zip(*columns, strict=True),
        {quoted(fields[name].column or ""): value for name, value in shared.items()},
    )
    return Keys(model, keys)


def _values(one: Any, column: Column) -> Sequence[Any]:
    if isinstance(one, models.DateTimeField):
        return moments(np.ma.asarray(column))
    return column.tolist() if isinstance(column, np.ndarray) else column


def moments(seconds: Any) -> list[str | None]:
    """This will write seconds as the database keeps moments: UTC; a masked one is None.

    >>> moments(np.ma.masked_values([0, -1], -1))[0][:19]
    '1970-01-01 00:00:00'
    """
    texts = np.datetime_as_string(np.ma.getdata(seconds).astype("datetime64[s]"))
    texts = np.ascontiguousarray(texts)
    texts.view("U1").reshape(texts.size, -1)[:, 10] = " "
    if connection.vendor == "postgresql":
        texts = np.char.add(texts, "+00")
    found = texts.astype(object)
    found[np.ma.getmaskarray(seconds)] = None
    return list(found.tolist())


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
