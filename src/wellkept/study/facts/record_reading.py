"""Reading the record's own database column by column, through DuckDB's scanners."""

import importlib.resources
import sqlite3
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal
from urllib.parse import quote

import duckdb

from wellkept.study.facts.record_columns import Read
from wellkept.study.facts.source import literal

MEMORY = "900MB"
Vendor = Literal["sqlite", "postgresql"]
SCANNERS: dict[Vendor, str] = {"sqlite": "sqlite", "postgresql": "postgres"}


@dataclass(frozen=True, slots=True)
class Address:
    """Where the record lies: a file of SQLite, or the words libpq connects by."""

    vendor: Vendor
    name: str


@contextmanager
def workshop() -> Iterator[duckdb.DuckDBPyConnection]:
    """This will open an empty database for facts that are in the making, and remove it after."""
    with tempfile.TemporaryDirectory(prefix="wellkept-") as work:
        con = duckdb.connect(
            str(Path(work) / "facts.duckdb"),
            config={
                "memory_limit": MEMORY,
                "temp_directory": work,
                "autoinstall_known_extensions": "false",
            },
        )
        try:
            con.execute("SET preserve_insertion_order = false")  # no order is relied on
            con.execute("SET force_compression = 'uncompressed'")  # it lives for minutes
            con.execute("SET enable_progress_bar = false")
            yield con
        finally:
            con.close()


@contextmanager
def attached(
    con: duckdb.DuckDBPyConnection, address: Address, only: Sequence[Read] = ()
) -> Iterator[None]:
    """This will let the record be read as `rec`, never written, as it was at one moment.

    Of SQLite a copy is read: the scanner brings a second SQLite into the process, and when that
    one closes a file, the system takes the locks of the first one on it away. `only`: the reads
    to come, so that no more than their tables need to be copied.
    """
    with _safe(address, only) as name:
        yield from _read_at_once(con, address.vendor, name)


@contextmanager
def _safe(address: Address, only: Sequence[Read]) -> Iterator[str]:
    """The address itself, or that of a copy in a file of its own."""
    if address.vendor != "sqlite":
        yield address.name
        return
    with tempfile.TemporaryDirectory(prefix="wellkept-") as work:
        file = str(Path(work) / "record.sqlite3")
        source = f"file:{quote(address.name)}?mode=ro"
        with closing(sqlite3.connect(file, uri=True)) as copy:
            if only:
                copy.execute("ATTACH ? AS record", [source])
                for table in sorted({one.table for one in only}):
                    copy.execute(f'CREATE TABLE "{table}" AS SELECT * FROM record."{table}"')
                copy.commit()
            else:
                with closing(sqlite3.connect(source, uri=True)) as record:
                    record.backup(copy)
        yield file


def _read_at_once(con: duckdb.DuckDBPyConnection, vendor: Vendor, name: str) -> Iterator[None]:
    scanner = SCANNERS[vendor]
    con.execute(f"LOAD {literal(str(_extension(scanner)))}")
    con.execute(f"ATTACH {literal(name)} AS rec (TYPE {scanner}, READ_ONLY)")
    con.execute("BEGIN")
    try:
        yield
        con.execute("COMMIT")
    except BaseException:
        con.execute("ROLLBACK")
        raise
    finally:
        con.execute("DETACH rec")


def read(con: duckdb.DuckDBPyConnection, reads: Iterable[Read]) -> None:
    """This will copy columns of the attached record into tables of their own."""
    for one in reads:
        con.execute(f"CREATE TABLE {one.into} AS {one.select_sql('rec')}")


def asked(address: Address, sql: str) -> str:
    """This will give a relation that the attached record answers itself, by its own indexes."""
    return f"{SCANNERS[address.vendor]}_query('rec', {literal(sql)})"


def read_some(
    con: duckdb.DuckDBPyConnection, address: Address, one: Read, column: str, keys: Iterable[int]
) -> None:
    """This will copy the rows of one table that have some keys, as `read` copies all of them."""
    con.execute(f"CREATE TABLE {one.into} AS {one.select_sql('rec')} LIMIT 0")
    more_some(con, address, one, column, keys)


def more_some(
    con: duckdb.DuckDBPyConnection, address: Address, one: Read, column: str, keys: Iterable[int]
) -> None:
    """This will add rows with some keys to a table that `read_some` made."""
    wanted = asked(address, one.some_sql(address.vendor, column, keys))
    con.execute(f"INSERT INTO {one.into} SELECT * FROM {wanted}")


def _extension(scanner: str) -> Path:
    """The scanner as its wheel carries it; DuckDB refuses one that is not signed for it."""
    folder = importlib.resources.files(f"duckdb_extension_{scanner}_scanner")
    name = f"{scanner}_scanner.duckdb_extension"
    return Path(str(folder / "extensions" / f"v{duckdb.__version__}" / name))
