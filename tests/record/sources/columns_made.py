"""Columns of texts, read as moments the whole way through SQL."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

import duckdb

from wellkept.record.sources.values import MomentColumn, Reads, moments_in, moments_of


def seconds(text: str, zone: str = "UTC") -> int:
    """The moment of an ISO text in a zone."""
    moment = dt.datetime.fromisoformat(text)
    return int((moment if moment.tzinfo else moment.replace(tzinfo=ZoneInfo(zone))).timestamp())


def a_column(values: list[str | None]) -> duckdb.DuckDBPyConnection:
    con = duckdb.connect()
    con.execute("create table cases (row bigint, due varchar)")
    con.executemany("insert into cases values (?, ?)", list(enumerate(values, 1)))
    return con


def as_read(
    values: list[str | None], zone: str | None = None, reads: Reads | None = None
) -> tuple[list[int | None], list[int | None], list[str | None], MomentColumn]:
    """Seconds, ends and precision of a column, all through SQL."""
    con = a_column(values)
    known = reads or moments_in([value for value in values if value])
    column = moments_of(con, "cases", "due", known.formats, zone)
    found = con.execute(
        f"select {column.seconds}, {column.ends}, {column.precision} from cases t order by row"
    ).fetchall()
    return [row[0] for row in found], [row[1] for row in found], [row[2] for row in found], column
