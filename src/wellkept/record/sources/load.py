"""Text rows into DuckDB: one strict bulk read, and a view that numbers the rows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

from wellkept.record.sources.tables import Dialect

if TYPE_CHECKING:
    import duckdb

PLAIN = Dialect(",", quote='"')  # how rewritten files are written
LONGEST_LINE = 2**21


def literal(text: str) -> str:
    """This will write a text as an SQL literal."""
    return "'" + text.replace("'", "''") + "'"


def given(place: int = 1, kind: str = "varchar") -> str:
    """This will stand for a list that is handed over as a text of JSON, the `place`-th value.

    To bind each value of a list takes DuckDB two tenths of a millisecond.
    """
    return f"cast(cast(${place} as json) as {kind}[])"


def fresh_relations(con: duckdb.DuckDBPyConnection) -> Iterator[str]:
    """This will give names, one by one, that no table or view of this database has yet."""
    taken = {
        str(name)
        for (name,) in con.execute(
            "select table_name from information_schema.tables where table_name like 'raw%'"
        ).fetchall()
    }
    for number in count():
        if f"raw{number}" not in taken and f"raw{number}_cells" not in taken:
            yield f"raw{number}"


def load_cells(
    con: duckdb.DuckDBPyConnection,
    relation: str,
    path: Path,
    dialect: Dialect,
    width: int,
    *,
    skip: int = 0,
    new_line: str | None = None,
    longest: int = LONGEST_LINE,
) -> int:
    """This will read a well-formed UTF-8 file into `<relation>_cells`, and count its rows.

    Every row must have `width` cells; DuckDB refuses anything else (duckdb.Error).
    """
    columns = ", ".join(f"'c{place}': 'VARCHAR'" for place in range(width))
    quote = dialect.quote or ""
    options = {
        "delim": literal(dialect.separator or "\x1f"),
        "quote": literal(quote),
        "escape": literal(dialect.escape or quote),
        "header": "false",
        "auto_detect": "false",
        "strict_mode": "true",
        "skip": str(skip),
        "columns": "{" + columns + "}",
        "max_line_size": str(max(longest, LONGEST_LINE)),
    }
    if new_line:
        options["new_line"] = literal(new_line)
    asked = ", ".join(f"{name}={value}" for name, value in options.items())
    before = con.execute("select current_setting('force_compression')").fetchone()
    con.execute("set force_compression='uncompressed'")  # halves the time to load
    try:
        found = con.execute(
            f"create or replace table {relation}_cells as "
            f"select * from read_csv({literal(str(path))}, {asked})"
        ).fetchone()
    finally:
        con.execute(f"set force_compression={literal(str(before[0]) if before else 'auto')}")
    return int(found[0]) if found else 0


def number_rows(
    con: duckdb.DuckDBPyConnection, relation: str, width: int, where: Sequence[str] = ()
) -> None:
    """This will make the view with `row` (1-based, as in the file) and the columns c0, c1, …"""
    kept = ", ".join(f"c{place}" for place in range(width))
    condition = " where " + " and ".join(where) if where else ""
    con.execute(
        f"create or replace view {relation} as "
        f"select rowid + 1 as row, {kept} from {relation}_cells{condition}"
    )


def drop(con: duckdb.DuckDBPyConnection, relation: str) -> None:
    """This will take away what a failed reading left behind."""
    con.execute(f"drop view if exists {relation}")
    con.execute(f"drop table if exists {relation}_cells")
