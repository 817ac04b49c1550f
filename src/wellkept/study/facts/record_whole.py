"""Whole tables of the record, all of one moment: a large one is stepped through, not copied.

Where Python's own SQLite can be called by a compiled loop, two threads step through the tables,
each by a handle of its own, and the engine keeps what they give. Else, and where there is so little
that a copy is quicker than loading the loop, DuckDB's scanner reads a copy.
"""

import sqlite3
from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from ctypes import CDLL
from pathlib import Path
from queue import Empty, SimpleQueue

import duckdb

from wellkept.study.facts.record_columns import Read, seconds
from wellkept.study.facts.record_library import Handle, library, of_one_moment
from wellkept.study.facts.record_reading import Address, attached, read, source_of, within

LARGE = 64 << 20
"""Bytes of a file from which on it is stepped through."""
AT_ONCE = 2
MEMORY = "120MB"
"""What the engine may hold of what it was given while more is read."""
NUMBERS = ("bigint", "integer", "smallint", "bool")
TEXTS = ("varchar", "text", "char")
MOMENT, DAY = "datetime", "date"
Declared = Mapping[str, str]
"""What kind each column of a table is declared as, without lengths."""


def take(con: duckdb.DuckDBPyConnection, address: Address, reads: Iterable[Read]) -> None:
    """This will copy the wanted columns of whole tables into tables of `con`.

    Raises sqlite3.OperationalError where the file cannot be read, `record_stream.UnknownValue`
    where it holds what its column cannot hold.
    """
    large = address.vendor == "sqlite" and Path(address.name).stat().st_size >= LARGE
    found = library() if large else None
    if found is None:
        with attached(con, address):
            read(con, reads)
        return
    step_through(con, found, source_of(address), reads)


def step_through(
    con: duckdb.DuckDBPyConnection, found: CDLL, source: str, reads: Iterable[Read]
) -> None:
    """This will read tables of SQLite, several at once, the largest first; raises as `take`."""
    from wellkept.study.facts.record_stepping import filling

    filling()  # once, before two threads ask for it
    with of_one_moment(found, source, AT_ONCE) as handles:
        declared, work = _declared(source, reads), SimpleQueue[Read]()
        for one in sorted(reads, key=lambda one: -_size(handles[0], one)):
            work.put(one)
        with within(con, MEMORY), ThreadPoolExecutor(AT_ONCE) as pool:
            done = [pool.submit(_work, con.cursor(), one, work, declared) for one in handles]
        for ended in done:
            ended.result()


def _work(
    con: duckdb.DuckDBPyConnection,
    handle: Handle,
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
            _read(con, handle, one, declared[one.table])


def _read(con: duckdb.DuckDBPyConnection, handle: Handle, one: Read, declared: Declared) -> None:
    from wellkept.study.facts.record_stream import SAID, Asked, Stepping

    table = Stepping(handle, Asked(one.table, _kinds(one, declared)))
    parts = table.parts()
    given = [_given(one, name, declared) for name in one.columns if name not in one.words.split()]
    given += [SAID] if one.words else []
    try:
        con.execute(f"CREATE TABLE {one.into} AS SELECT {', '.join(given)} FROM parts")
    except duckdb.Error:
        if parts.failed is not None:
            raise parts.failed from None
        raise
    if one.words:
        _keep_words(con, one, table.words.parts(len(one.words.split())))


def _kinds(one: Read, declared: Declared) -> list[tuple[str, int]]:
    from wellkept.study.facts import record_stepping as stepping

    kinds = []
    for name in one.columns:
        kind = declared[name]
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
    return f'CAST("{name}" AS DATE) AS "{name}"' if declared[name] == DAY else f'"{name}"'


def _keep_words(
    con: duckdb.DuckDBPyConnection, one: Read, found: list[tuple[str | None, ...]]
) -> None:
    names = one.words.split()
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
    """What kind each column is declared as; raises sqlite3.OperationalError for an unknown one."""
    with closing(sqlite3.connect(source, uri=True)) as record:
        found = {
            one.table: {
                name: kind.lower().partition("(")[0].partition(" ")[0]
                for _, name, kind, *_ in record.execute(f"PRAGMA table_info({one.table})")
            }
            for one in reads
        }
    known = {*NUMBERS, *TEXTS, MOMENT, DAY}
    for one in reads:
        for name in one.columns:
            kind = found[one.table].get(name)
            if kind not in known:
                raise sqlite3.OperationalError(f"{one.table}.{name} is of no known kind: {kind}")
    return found


def _size(handle: Handle, one: Read) -> int:
    """How much there is to read: cells, by the highest number of a row."""
    return len(one.columns) * handle.number(f"SELECT max(rowid) FROM {one.table}")
