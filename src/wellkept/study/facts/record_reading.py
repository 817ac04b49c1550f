"""Reading the record's own database column by column, through DuckDB's scanners."""

import importlib.resources
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

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
def attached(con: duckdb.DuckDBPyConnection, address: Address) -> Iterator[None]:
    """This will let the record be read as `rec`, never written; PostgreSQL at one moment.

    On SQLite each table is read at a moment of its own: who reads passes a moment before the
    first of them as `until`, and what was written down later is left out.
    """
    scanner = SCANNERS[address.vendor]
    con.execute(f"LOAD {literal(str(_extension(scanner)))}")
    con.execute(f"ATTACH {literal(address.name)} AS rec (TYPE {scanner}, READ_ONLY)")
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
