"""Whole tables of the record, all of one moment: a large one is stepped through, not copied.

Where Python's own SQLite can be called by a compiled loop, two threads step through the tables,
each by a handle of its own, and the engine keeps what they give. Of PostgreSQL two connections copy
them out (`record_postgres`). Else, and where there is so little that it is quicker than loading the
loop, DuckDB's scanner reads, of SQLite a copy.
"""

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from ctypes import CDLL
from dataclasses import dataclass
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING, Protocol

import duckdb

from wellkept.study.facts.record_columns import Read, seconds
from wellkept.study.facts.record_library import Handle, library, of_one_moment
from wellkept.study.facts.record_reading import Address, attached, read, source_of, within

if TYPE_CHECKING:
    from wellkept.study.facts.record_postgres import Connection
    from wellkept.study.facts.record_stream import Asked, Rows

LARGE = 64 << 20
"""Bytes of a file, or of tables, from which on they are stepped through."""
AT_ONCE = 2
MEMORY = "120MB"
"""What the engine may hold of what it was given while more is read."""
NUMBERS = ("bigint", "integer", "smallint", "bool")
TEXTS = ("varchar", "text", "char")
MOMENT, DAY = "datetime", "date"


@dataclass(frozen=True, slots=True)
class Column:
    """How a column is declared: its kind without a length, and its place in the table.

    `is_key`: it is the number of the row; `plain`: it stands in a row at its place, or is blank;
    `may_be_blank`: the database does not refuse that.
    """

    kind: str
    place: int
    is_key: bool
    plain: bool
    may_be_blank: bool = True


Declared = Mapping[str, Column]
"""The columns of a table by their names."""


def take(con: duckdb.DuckDBPyConnection, address: Address, reads: Iterable[Read]) -> None:
    """This will copy the wanted columns of whole tables into tables of `con`.

    Raises sqlite3.OperationalError where the file cannot be read, `record_postgres.NotAnswered`
    where PostgreSQL does not answer, `record_stream.UnknownValue` where the record holds what its
    column cannot hold.
    """
    reads = tuple(reads)
    if address.vendor == "postgresql":
        done = copy_out(con, address, reads)
    else:
        large = Path(address.name).stat().st_size >= LARGE
        found = library() if large else None
        done = found is not None
        if found is not None:
            step_through(con, found, source_of(address), reads)
    if not done:
        with within(con, MEMORY), attached(con, address):
            read(con, reads)


def copy_out(con: duckdb.DuckDBPyConnection, address: Address, reads: Iterable[Read]) -> bool:
    """This will read tables of PostgreSQL, several at once; False where they are small.

    False, too, where the driver's libpq cannot be called. Raises as `take`.
    """
    from wellkept.study.facts import record_postgres as postgres

    found, reads = postgres.library(), tuple(reads)
    if found is None:
        return False
    with postgres.of_one_moment(found, address.name, AT_ONCE) as ours:
        sizes = postgres.sizes(ours[0], reads)
        if sum(sizes.values()) < LARGE:
            return False
        declared = {
            one.table: {
                name: Column(kind, place, is_key=False, plain=True, may_be_blank=blank)
                for place, (name, (kind, blank)) in enumerate(
                    postgres.declared(ours[0], one).items()
                )
            }
            for one in reads
        }
        readers = [_Copies(one) for one in ours]
        _side_by_side(con, readers, sorted(reads, key=lambda one: -sizes[one.table]), declared)
    return True


def step_through(
    con: duckdb.DuckDBPyConnection, found: CDLL, source: str, reads: Iterable[Read]
) -> None:
    """This will read tables of SQLite, several at once, the largest first; raises as `take`."""
    with of_one_moment(found, source, AT_ONCE) as moment:
        declared = _declared(source, reads)
        largest_first = sorted(reads, key=lambda one: -_size(moment.handles[0], one))
        readers = [_OfFile(one, moment.in_file) for one in moment.handles]
        _side_by_side(con, readers, largest_first, declared)


def _side_by_side(
    con: duckdb.DuckDBPyConnection,
    readers: "Sequence[_Reader]",
    reads: Iterable[Read],
    declared: Mapping[str, Declared],
) -> None:
    work = SimpleQueue[Read]()
    for one in reads:
        work.put(one)
    with within(con, MEMORY), ThreadPoolExecutor(len(readers)) as pool:
        done = [pool.submit(_work, con.cursor(), one, work, declared) for one in readers]
    for ended in done:
        ended.result()


class _Reader(Protocol):
    """What reads tables, one at a time."""

    def rows(self, asked: "Asked", declared: Declared) -> "Rows":
        """This will give where the rows of a table come from."""
        ...


class _Copies:
    """What reads tables of PostgreSQL by one connection."""

    def __init__(self, connection: "Connection") -> None:
        from wellkept.study.facts import record_copied

        self.connection = connection
        record_copied.filling()  # compiled once, before two threads ask for it

    def rows(self, asked: "Asked", declared: Declared) -> "Rows":
        from wellkept.study.facts.record_postgres import Copied

        stored = [declared[name] for name, _ in asked.columns]
        return Copied(self.connection, asked, [(one.kind, one.may_be_blank) for one in stored])


class _OfFile:
    """What reads tables of one handle, by its pages where the file holds all that it sees."""

    def __init__(self, handle: Handle, in_file: bool) -> None:
        from wellkept.study.facts import record_leaves, record_stepping
        from wellkept.study.facts.record_pages import Pages

        pages = Pages(handle) if in_file else None
        self.handle = handle
        self.pages = pages if pages and pages.readable else None
        # compiled once, before two threads ask for it
        (record_stepping if self.pages is None else record_leaves).filling()

    def rows(self, asked: "Asked", declared: Declared) -> "Rows":
        from wellkept.study.facts.record_stream import Leaves, Stepped

        stored = [declared[name] for name, _ in asked.columns]
        if self.pages is not None and all(one.plain for one in stored):
            leaves = self.pages.leaves(asked.table)
            if leaves is not None:
                key = next((one.place for one in stored if one.is_key), -1)
                return Leaves(self.pages, leaves, [one.place for one in stored], key)
        return Stepped(self.handle, asked)


def _work(
    con: duckdb.DuckDBPyConnection,
    reader: _Reader,
    work: "SimpleQueue[Read]",
    declared: Mapping[str, Declared],
) -> None:
    """Read one table after the other while there are some."""
    with closing(con):
        con.execute("SET enable_progress_bar = false")
        while True:
            try:
                one = work.get_nowait()
            except Empty:
                return
            _read(con, reader, one, declared[one.table])


def _read(con: duckdb.DuckDBPyConnection, reader: _Reader, one: Read, declared: Declared) -> None:
    from wellkept.study.facts.record_stream import SAID, Asked, Stepping

    asked = Asked(one.table, _kinds(one, declared))
    table = Stepping(reader.rows(asked, declared), asked)
    parts = table.parts()
    words = [name for name, _ in asked.columns if name in one.words.split()]
    given = [_given(one, name, declared) for name in one.columns if name not in words]
    given += [SAID] if words else []
    try:
        con.execute(f"CREATE TABLE {one.into} AS SELECT {', '.join(given)} FROM parts")
    except duckdb.Error:
        if parts.failed is not None:
            raise parts.failed from None
        raise
    if words:
        _keep_words(con, one, words, table.words.parts(len(words)))


def _kinds(one: Read, declared: Declared) -> list[tuple[str, int]]:
    """The columns in the order in which they are stored, each with what it is to the loop."""
    from wellkept.study.facts import record_stepping as stepping

    kinds = []
    for name in sorted(one.columns, key=lambda name: declared[name].place):
        kind = declared[name].kind
        if name in one.words.split():
            kinds.append((name, stepping.WORD))
        elif kind == MOMENT:
            kinds.append((name, stepping.MOMENT))
        else:
            kinds.append((name, stepping.WHOLE if kind in NUMBERS else stepping.TEXT))
    return kinds


def _given(one: Read, name: str, declared: Declared) -> str:
    """A column as facts want it."""
    if name in one.moments.split():
        return f'"{name}" AS {seconds(name)}'
    if name in one.flags.split():
        return f'CAST("{name}" AS BOOLEAN) AS "{name}"'
    return f'CAST("{name}" AS DATE) AS "{name}"' if declared[name].kind == DAY else f'"{name}"'


def _keep_words(
    con: duckdb.DuckDBPyConnection,
    one: Read,
    names: Sequence[str],
    found: list[tuple[str | None, ...]],
) -> None:
    typed = ", ".join(
        f"unnest(CAST(? AS {'BOOLEAN' if name in one.flags.split() else 'VARCHAR'}[])) AS {name}"
        for name in names
    )
    columns = [[word[place] for word in found] for place in range(len(names))]
    con.execute(
        f"CREATE TABLE {one.into}_words AS SELECT unnest(CAST(? AS INTEGER[])) AS no, {typed}",
        [list(range(len(found))), *columns],
    )


def _declared(source: str, reads: Iterable[Read]) -> Mapping[str, Declared]:
    """What each column is declared as; raises sqlite3.OperationalError for an unknown kind."""
    with closing(sqlite3.connect(source, uri=True)) as record:
        found = {one.table: _columns(record, one.table) for one in reads}
    known = {*NUMBERS, *TEXTS, MOMENT, DAY}
    for one in reads:
        for name in one.columns:
            column = found[one.table].get(name)
            kind = None if column is None else column.kind
            if kind not in known:
                raise sqlite3.OperationalError(f"{one.table}.{name} is of no known kind: {kind}")
    return found


def _columns(record: sqlite3.Connection, table: str) -> Declared:
    rows = record.execute(f"PRAGMA table_xinfo({table})").fetchall()
    keys = sum(1 for row in rows if row[5])
    plain = not any(row[6] for row in rows)
    return {
        name: Column(
            kind.lower().partition("(")[0].partition(" ")[0],
            place,
            is_key=bool(key) and keys == 1 and kind.lower() == "integer",
            plain=plain and default is None,
        )
        for place, name, kind, _, default, key, _ in rows
    }


def _size(handle: Handle, one: Read) -> int:
    """How much there is to read: cells, by the highest number of a row."""
    return len(one.columns) * handle.number(f"SELECT max(rowid) FROM {one.table}")
