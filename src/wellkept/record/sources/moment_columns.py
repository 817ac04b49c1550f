"""A column of moments, ready for use: SQL for what SQL reads, a table for what Python reads."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass

import duckdb

from wellkept.record.sources.load import given
from wellkept.record.sources.moment_sql import blank_sql, moment_sql, precision_sql
from wellkept.record.sources.moment_text import Moment, parse_moment
from wellkept.record.sources.notes import EXAMPLES_KEPT
from wellkept.record.sources.reads import MomentFormat

_EPOCH = dt.datetime(1970, 1, 1)  # noqa: DTZ001  (civil seconds are counted without a zone)
_DAY = 86400


@dataclass(frozen=True, slots=True)
class Unread:
    """A value that nothing reads, with its row."""

    row: int
    value: str


@dataclass(frozen=True, slots=True)
class Residual:
    """What SQL alone did not read of a column."""

    table: str | None  # for `moment_sql`; None when Python could read nothing more
    read: int  # distinct values that Python read
    unread_rows: int  # rows that are not blank and that nothing reads
    unread: tuple[Unread, ...]  # the first few of them, each value once
    turned_rows: int = 0  # rows that are possible only with day and month the other way round
    turned: tuple[Unread, ...] = ()


@dataclass(frozen=True, slots=True)
class MomentColumn:
    """The SQL of one column of moments, over its relation."""

    seconds: str  # BIGINT seconds since 1970 UTC; a day is its first second
    ends: str  # the same, but a day (week, month) is the moment in which it ends
    precision: str  # 'moment' | 'day' | 'week' | 'month', NULL where there is no moment
    residual: Residual


def moments_of(
    con: duckdb.DuckDBPyConnection,
    relation: str,
    expr: str,
    formats: Sequence[MomentFormat],
    zone: str | None = None,
) -> MomentColumn:
    """This will make the SQL that reads a column (or any text expression) as moments.

    `expr` may name the relation as `t`. `zone` is the IANA zone of values without an offset,
    None for UTC. Whatever Python can read and SQL cannot stands in a small table that the
    SQL looks into, so that nothing is lost.
    """
    native = any(form.pattern == "native" for form in formats)
    text = expr if native or not _padded(con, relation, expr) else f"trim({expr})"
    left = Residual(None, 0, 0, ()) if native else read_residual(con, relation, text, formats)
    return MomentColumn(
        seconds=moment_sql(text, formats, zone, residual=left.table),
        ends=moment_sql(text, formats, zone, day_end=True, residual=left.table),
        precision=precision_sql(text, formats, left.table),
        residual=left,
    )


def _padded(con: duckdb.DuckDBPyConnection, relation: str, expr: str) -> bool:
    found = con.execute(
        f"select count(*) from (select cast({expr} as varchar) as value from {relation} t "
        "limit 5000) where value <> trim(value)"
    ).fetchone()
    return bool(found and found[0])


def read_residual(
    con: duckdb.DuckDBPyConnection, relation: str, expr: str, formats: Sequence[MomentFormat]
) -> Residual:
    """This will read with Python, once per distinct value, what the formats leave unread."""
    seconds = moment_sql(expr, formats)
    found = con.execute(
        f"select {expr} as value, count(*) as n, min(t.row) as first from {relation} t "
        f"where not {blank_sql(expr)} and ({seconds}) is null group by 1 order by first"
    ).fetchall()
    day_first = order_in(formats)
    read: list[tuple[str, Moment]] = []
    unread: list[tuple[int, Unread]] = []
    turned: list[tuple[int, Unread]] = []
    for value, rows, first in found:
        place = (int(rows), Unread(int(first), str(value)))
        moment = parse_moment(str(value), day_first=day_first) or _serial(str(value))
        if moment is None:
            unread.append(place)
            continue
        read.append((str(value), moment))
        if moment.pattern.startswith("%m" if day_first else "%d") and _ORDER.match(moment.pattern):
            turned.append(place)
    table = _write(con, relation, read) if read else None
    return Residual(
        table=table,
        read=len(read),
        unread_rows=sum(rows for rows, _ in unread),
        unread=tuple(one for _, one in unread[:EXAMPLES_KEPT]),
        turned_rows=sum(rows for rows, _ in turned),
        turned=tuple(one for _, one in turned[:EXAMPLES_KEPT]),
    )


def _serial(value: str) -> Moment | None:
    """Among dates, a number is the day number that a spreadsheet keeps for one: 1970 to 2100."""
    if not _NUMBER.fullmatch(value.strip()):
        return None
    days = float(value.strip().replace(",", "."))
    if not FIRST_SERIAL <= days < LAST_SERIAL:
        return None
    civil = _EPOCH + dt.timedelta(seconds=round((days - FIRST_SERIAL) * _DAY))
    return Moment(civil, None, "day" if days == int(days) else "moment", "excel")


FIRST_SERIAL, LAST_SERIAL = 25569, 73051
_NUMBER = re.compile(r"[2-7]\d{4}([.,]\d+)?")


def order_in(formats: Sequence[MomentFormat]) -> bool:
    """This will tell whether the first format with numbers for day and month has day first."""
    orders = [form.pattern for form in formats if _ORDER.match(form.pattern)]
    return not orders or orders[0].startswith("%d")


_ORDER = re.compile("%d[-/ ]%m|%m[-/ ]%d")


def _write(
    con: duckdb.DuckDBPyConnection, relation: str, read: Sequence[tuple[str, Moment]]
) -> str:
    taken = con.execute(
        "select count(*) from duckdb_tables() where starts_with(table_name, ?)",
        [f"{relation}_moments"],
    ).fetchone()
    table = f"{relation}_moments{taken[0] if taken else 0}"
    rows = [_row(value, moment) for value, moment in read]
    con.execute(
        f"create table {table} as select unnest({given(1)}) as value, "
        f"unnest({given(2, 'bigint')}) as civil_s, unnest({given(3, 'bigint')}) as last_s, "
        f"unnest({given(4, 'bigint')}) as offset_s, unnest({given(5)}) as precision",
        [json.dumps(column) for column in zip(*rows, strict=True)],
    )
    return table


def _row(value: str, moment: Moment) -> tuple[str, int, int, int | None, str]:
    civil = _seconds(moment.civil)
    last = civil
    if moment.precision == "day":
        last = civil + _DAY
    elif moment.precision == "week":
        last = civil + 7 * _DAY
    elif moment.precision == "month":
        last = _seconds((moment.civil.replace(day=1) + dt.timedelta(days=32)).replace(day=1))
    offset = None if moment.offset_min is None else moment.offset_min * 60
    return value, civil, last, offset, moment.precision


def _seconds(civil: dt.datetime) -> int:
    return (civil - _EPOCH) // dt.timedelta(seconds=1)
