"""Some rows of the record, all of one moment, without a copy of the whole.

SQLite is asked by the library that writes it, so that no lock of this process is touched. Rows
that are wanted go into a small file, from which they are read as a whole record is. PostgreSQL is
attached and answers by itself.
"""

import sqlite3
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, Protocol

import duckdb

from wellkept.study.facts.record_columns import Read
from wellkept.study.facts.record_reading import (
    Address,
    Vendor,
    asked,
    attached,
    number_words,
    read,
    source_of,
    standing_by,
)

Wanted = tuple[Read, str]
"""A table to read, and the condition of its rows in the record's own words."""
EVERY = "true"


class Asking(Protocol):
    """The record at one moment."""

    vendor: Vendor

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        """This will give the answer of the record to its own words."""
        ...

    def take(self, wanted: Iterable[Wanted]) -> None:
        """This will make a table of each read, with its rows, and be the last that is asked."""
        ...


@contextmanager
def asking(con: duckdb.DuckDBPyConnection, address: Address) -> Iterator[Asking]:
    """This will let the record be asked; what is taken of it goes into tables of `con`."""
    if address.vendor != "sqlite":
        with attached(con, address):
            yield _OfPostgres(con)
        return
    with tempfile.TemporaryDirectory(prefix="wellkept-") as work:
        part = Path(work) / "part.sqlite3"
        with closing(sqlite3.connect(source_of(address), uri=True, isolation_level=None)) as held:
            held.execute("ATTACH ? AS part", [part.as_uri()])
            held.execute("PRAGMA part.journal_mode = OFF")  # it lives for moments
            held.execute("PRAGMA part.synchronous = OFF")
            held.execute("BEGIN")
            yield _OfSqlite(con, held, part)


class _OfSqlite:
    vendor: Vendor = "sqlite"

    def __init__(
        self, con: duckdb.DuckDBPyConnection, held: sqlite3.Connection, part: Path
    ) -> None:
        self.con, self.held, self.part = con, held, part

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        return self.held.execute(sql).fetchall()

    def take(self, wanted: Iterable[Wanted]) -> None:
        reads = []
        for one, where in wanted:
            found = self.held.execute(f"PRAGMA main.table_info({one.table})").fetchall()
            kinds = {name: kind for _, name, kind, *_ in found}
            typed = ", ".join(f'"{name}" {kinds[name]}' for name in one.columns)
            named = ", ".join(f'"{name}"' for name in one.columns)
            self.held.execute(f"CREATE TABLE part.{one.table} ({typed})")
            self.held.execute(
                f"INSERT INTO part.{one.table} SELECT {named} FROM main.{one.table} WHERE {where}"
            )
            reads.append(one)
        self.held.execute("COMMIT")
        self.held.close()
        with standing_by(self.con, self.vendor, str(self.part)):
            read(self.con, reads)


class _OfPostgres:
    vendor: Vendor = "postgresql"

    def __init__(self, con: duckdb.DuckDBPyConnection) -> None:
        self.con = con

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        return self.con.execute(f"SELECT * FROM {asked(sql)}").fetchall()

    def take(self, wanted: Iterable[Wanted]) -> None:
        for one, where in wanted:
            if where == EVERY:
                read(self.con, [one])
                continue
            self.con.execute(f"CREATE TABLE {one.into} AS {one.select_sql('rec')} LIMIT 0")
            found = asked(one.some_sql(where))
            self.con.execute(f"INSERT INTO {one.into} SELECT * FROM {found}")
            number_words(self.con, one)
