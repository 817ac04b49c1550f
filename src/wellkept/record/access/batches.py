"""Rows of a batch, as verbs need them: locked in one order, written fast, written back fast.

Django writes a large batch as statements of a few rows each, since it reckons with the least that
any SQLite allows; a ledger that plays through a million promises cannot wait for that. One
prepared statement, fed again and again (SQLite), or one COPY (PostgreSQL) writes the same values.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from itertools import chain
from types import MappingProxyType
from typing import Any, TypeVar

from django.db import connection, models
from django.db.models.base import ModelState
from django.db.models.fields import NOT_PROVIDED

Row = TypeVar("Row", bound=models.Model)
Key = TypeVar("Key", int, str)
CHUNK = 10_000
"""How many keys one statement asks for; below what SQLite allows as variables."""
AT_ONCE = 50
"""Rows that one statement writes on SQLite, which looks up the last key once for each statement."""


def maker(model: type[Row]) -> Callable[..., Row]:
    """This will give a function that makes rows of a model from attributes, several times faster.

    As calling the model, for large batches: values are set as they are, relations by their key
    (`asset_id=3`), and the defaults are those of the moment at which the maker was made.
    """
    blank = {field.attname: field.get_default() for field in model._meta.concrete_fields}

    def make(**given: Any) -> Row:
        row = model.__new__(model)
        row.__dict__.update(blank, **given)
        row._state = ModelState()
        return row

    return make


def chunks(keys: Iterable[Key]) -> Iterator[list[Key]]:
    """This will cut distinct keys into pieces, in order, that one statement can name."""
    ordered = sorted(set(keys))
    for begin in range(0, len(ordered), CHUNK):
        yield ordered[begin : begin + CHUNK]


def among(rows: models.QuerySet[Row], field: str, keys: Iterable[int]) -> list[Row]:
    """This will give the rows whose field is among the keys, however many they are."""
    return [row for some in chunks(keys) for row in rows.filter(**{f"{field}__in": some})]


def locked(rows: Iterable[Row], *, of: type[Row]) -> list[Row]:
    """This will read rows afresh and lock them until the verb ends, each once, in order of key.

    The one order keeps two verbs that want the same rows from waiting for each other. Rows that
    are gone are left out.
    """
    return locked_keys((row.pk for row in rows), of=of)


def locked_keys(wanted: Iterable[int], *, of: type[Row]) -> list[Row]:
    """This will read rows by their keys and lock them, as `locked` does."""
    found: list[Row] = []
    for keys in chunks(wanted):
        mine = of._default_manager.select_for_update().filter(pk__in=keys)
        found += mine.order_by("pk")
    return found


def insert(rows: Iterable[Row]) -> list[Row]:
    """This will write new rows of one model and give each its key; for use in a verb.

    As `bulk_create`, without its checks of relations: constraints of the database hold. Raises
    IntegrityError.
    """
    fresh = list(rows)
    if not fresh:
        return fresh
    model = type(fresh[0])
    keys = next_keys(model, len(fresh))
    fields = [field for field in model._meta.concrete_fields if not field.primary_key]
    if any(field.db_default is not NOT_PROVIDED for field in fields):
        raise TypeError(f"{model._meta.label} has columns that the database fills: bulk_create it.")
    columns = [quoted(model._meta.pk.attname), *(quoted(field.column or "") for field in fields)]
    read = _reader(fields)
    values = ((key, *read(row)) for key, row in zip(keys, fresh, strict=True))
    write = _copy if connection.vendor == "postgresql" else feed
    write(quoted(model._meta.db_table), columns, values)
    for key, row in zip(keys, fresh, strict=True):
        row.pk = key
        row._state.adding, row._state.db = False, "default"
    return fresh


def update(rows: Sequence[Row], fields: Sequence[str]) -> None:
    """This will write some fields of rows back, each row its own values; for use in a verb."""
    if not rows:
        return
    model = type(rows[0])
    written = [field for field in model._meta.concrete_fields if field.name in fields]
    read = _reader(written)
    assigned = ", ".join(f"{quoted(field.column or '')} = %s" for field in written)
    key = quoted(model._meta.pk.attname)
    statement = f"update {quoted(model._meta.db_table)} set {assigned} where {key} = %s"
    with connection.cursor() as cursor:
        cursor.executemany(statement, [(*read(row), row.pk) for row in rows])


def drafts(model: type[Row], rows: Iterable[Mapping[str, Any]]) -> Iterator[Row]:
    """This will make unsaved rows from values by column, as `customer_id`, without ceremony.

    For batches of a hundred thousand rows: the same rows as `model(**values)` at a tenth of its
    cost. Columns that are not given have the model's defaults. Raises TypeError for a name that is
    no column.
    """
    blank = dict(model().__dict__)
    del blank["_state"]
    columns = blank.keys()
    for values in rows:
        if not values.keys() <= columns:
            strange = ", ".join(sorted(values.keys() - columns))
            raise TypeError(f"{model._meta.label} has no columns {strange}")
        row = model.__new__(model)
        row.__dict__.update(blank, **values)
        row._state = ModelState()
        yield row


def feed(
    table: str,
    columns: list[str],
    values: Iterator[tuple[Any, ...]],
    same: Mapping[str, Any] = MappingProxyType({}),
) -> None:
    """This will write rows into a table of SQLite; of columns `same` all rows have one value.

    Names are quoted, values as the database takes them.
    """
    marks = ", ".join([*["%s"] * len(columns), *map(_literal, same.values())])
    # FAIL: the verb takes everything back, so that no statement has to keep what it could undo.
    statement = f"insert or fail into {table} ({', '.join([*columns, *same])}) values "
    rows = list(values)
    whole = len(rows) // AT_ONCE * AT_ONCE
    with connection.cursor() as cursor:
        if whole:
            some = (rows[begin : begin + AT_ONCE] for begin in range(0, whole, AT_ONCE))
            many = statement + ", ".join([f"({marks})"] * AT_ONCE)
            cursor.executemany(many, [[*chain.from_iterable(one)] for one in some])
        if rows[whole:]:
            cursor.executemany(f"{statement}({marks})", rows[whole:])


def _copy(table: str, columns: list[str], values: Iterable[tuple[Any, ...]]) -> None:
    with (
        connection.wrap_database_errors,
        connection.cursor() as cursor,
        cursor.cursor.copy(f"copy {table} ({', '.join(columns)}) from stdin") as copy,
    ):
        for row in values:
            copy.write_row(row)


def _literal(value: Any) -> str:
    """A value as it stands in a statement for SQLite, which binds each row's values anew."""
    if isinstance(value, int | float):
        return str(value + 0)
    return "'" + str(value).replace("'", "''").replace("%", "%%") + "'"


def adapted(field: Any, value: Any) -> Any:
    """This will give a value of a field as the database takes it."""
    adapt = _adapter(field)
    return value if adapt is None or value is None else adapt(value)


def next_keys(model: type[models.Model], number: int) -> Sequence[int]:
    """This will give keys that nobody else gets, for rows that are written in this transaction.

    From the sequence, or after the last while no other writes.
    """
    table, key = model._meta.db_table, model._meta.pk.attname
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            return _from_sequence(cursor, quoted(table), key, number)
        # A write takes the file for this transaction, should it have only read so far.
        cursor.execute(f"update {quoted(table)} set {quoted(key)} = {quoted(key)} where false")
        cursor.execute(
            f"select max(coalesce((select seq from sqlite_sequence where name = %s), 0), "
            f"coalesce((select max({quoted(key)}) from {quoted(table)}), 0))",
            [table],
        )
        (last,) = cursor.fetchone()
    return range(last + 1, last + 1 + number)


def _from_sequence(cursor: Any, table: str, key: str, number: int) -> Sequence[int]:
    """So many keys; mostly they follow each other, and then their ends say which they are."""
    # Found once: what names a column's sequence would be asked anew for each key.
    cursor.execute("select pg_get_serial_sequence(%s, %s)", [table, key])
    (sequence,) = cursor.fetchone()
    cursor.execute(
        "select min(one), max(one), case when max(one) - min(one) + 1 <> count(*) "
        "then array_agg(one) end from "
        "(select nextval(%s::regclass) as one from generate_series(1, %s)) as given",
        [sequence, number],
    )
    first, last, scattered = cursor.fetchone()
    return scattered or range(first, last + 1)


PLAIN = (
    models.CharField,
    models.TextField,
    models.IntegerField,
    models.BooleanField,
    models.ForeignKey,
)
"""Fields whose value the driver takes as it is."""


def _reader(fields: Sequence[Any]) -> Callable[[models.Model], list[Any]]:
    """How the values of some fields are read from a row as the database takes them."""
    names = [field.attname for field in fields]
    changing = [
        (place, adapt)
        for place, field in enumerate(fields)
        if (adapt := _adapter(field)) is not None
    ]

    def read(row: models.Model) -> list[Any]:
        held = row.__dict__
        values = [held[name] for name in names]
        for place, adapt in changing:
            if values[place] is not None:
                values[place] = adapt(values[place])
        return values

    return read


def _adapter(field: Any) -> Callable[[Any], Any] | None:
    if isinstance(field, models.DateTimeField):
        return _moment if connection.vendor == "sqlite" else None
    if isinstance(field, models.DateField):
        return connection.ops.adapt_datefield_value
    if isinstance(field, PLAIN):
        return None
    return lambda value: field.get_db_prep_save(value, connection)


def _moment(value: datetime) -> str:
    """A moment as Django keeps it in SQLite: UTC, without saying so. Raises ValueError."""
    if value.tzinfo is UTC:
        return str(value)[:-6]
    if value.tzinfo is None:
        raise ValueError(f"{value} has no zone, so it is no moment")
    return str(value.astimezone(UTC))[:-6]


def quoted(name: str) -> str:
    """This will quote the name of a table or a column."""
    return connection.ops.quote_name(name)
