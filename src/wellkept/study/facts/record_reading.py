"""Reading the record's own database column by column, through DuckDB's scanners."""

import importlib.resources
import sqlite3
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal
from urllib.parse import quote

import duckdb

from wellkept.study.facts.record_columns import Read
from wellkept.study.facts.source import literal

MEMORY = "700MB"
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
def within(con: duckdb.DuckDBPyConnection, memory: str) -> Iterator[None]:
    """This will let the engine use only so much memory for a while; what is more goes to its file.

    Of what was just written nothing is lost by that: it stands in the file already.
    """
    before = con.execute("SELECT current_setting('memory_limit')").fetchone()
    con.execute(f"SET memory_limit = {literal(memory)}")
    try:
        yield
    finally:
        con.execute(f"SET memory_limit = {literal(str(before[0] if before else MEMORY))}")


@contextmanager
def attached(con: duckdb.DuckDBPyConnection, address: Address) -> Iterator[None]:
    """This will let the record be read as `rec`, never written, as it was at one moment.

    Of SQLite a copy is read: the scanner brings a second SQLite into the process, and when that
    one closes a file, the system takes the locks of the first one on it away. For some rows of it
    see `record_asking`, which needs none.
    """
    with _safe(address) as name, standing_by(con, address.vendor, name):
        yield


def source_of(address: Address) -> str:
    """This will name a file of SQLite as one that is only read."""
    return f"file:{quote(address.name)}?mode=ro"


@contextmanager
def _safe(address: Address) -> Iterator[str]:
    """The address itself, or that of a copy in a file of its own."""
    if address.vendor != "sqlite":
        yield address.name
        return
    with tempfile.TemporaryDirectory(prefix="wellkept-") as work:
        file = str(Path(work) / "record.sqlite3")
        with (
            closing(sqlite3.connect(file)) as copy,
            closing(sqlite3.connect(source_of(address), uri=True)) as record,
        ):
            copy.execute("PRAGMA journal_mode = OFF")  # it lives for minutes
            copy.execute("PRAGMA synchronous = OFF")
            record.backup(copy)
        yield file


@contextmanager
def standing_by(con: duckdb.DuckDBPyConnection, vendor: Vendor, name: str) -> Iterator[None]:
    """This will attach a database as `rec` for one transaction; a file that nobody else reads."""
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
        number_words(con, one)


def number_words(con: duckdb.DuckDBPyConnection, one: Read) -> None:
    """This will put one number in the place of the columns that are numbered together."""
    if not one.words:
        return
    named = ", ".join(one.words.split())
    same = " AND ".join(f"w.{name} IS NOT DISTINCT FROM r.{name}" for name in one.words.split())
    con.execute(
        f"CREATE TABLE {one.into}_words AS SELECT CAST(row_number() OVER (ORDER BY {named}) - 1 AS "
        f"INTEGER) AS no, {named} FROM (SELECT DISTINCT {named} FROM {one.into}) d"
    )
    con.execute(f"ALTER TABLE {one.into} RENAME TO {one.into}_written")
    con.execute(
        f"CREATE TABLE {one.into} AS SELECT r.* EXCLUDE ({named}), w.no AS said "
        f"FROM {one.into}_written r JOIN {one.into}_words w ON {same}"
    )
    con.execute(f"DROP TABLE {one.into}_written")


def asked(sql: str) -> str:
    """This will give a relation that an attached PostgreSQL answers itself, by its own indexes."""
    return f"postgres_query('rec', {literal(sql)})"


def _extension(scanner: str) -> Path:
    """The scanner as its wheel carries it; DuckDB refuses one that is not signed for it."""
    folder = importlib.resources.files(f"duckdb_extension_{scanner}_scanner")
    name = f"{scanner}_scanner.duckdb_extension"
    return Path(str(folder / "extensions" / f"v{duckdb.__version__}" / name))
